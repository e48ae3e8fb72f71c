import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadBundle } from '../src/policy/bundle.ts'
import { root } from '../src/tasks/opa.ts'
import { difference, podSecurityJudge, readFixtures } from '../src/tasks/pod-security.ts'
import { corpora } from '../src/tasks/corpora.ts'

const testdata = join(corpora, 'pss', 'test', 'testdata')

// The fixtures are not part of this repository; `npm run pss` runs those of all versions.

describe.skipIf(!existsSync(testdata))('the Pod Security Standards judge their own fixtures', () => {
  const fixtures = existsSync(testdata) ? readFixtures(testdata, [37]) : []
  const bundle = loadBundle(join(root, 'policies', 'bundle'))
  const judged = podSecurityJudge(bundle)

  test('there are fixtures', () => {
    expect(fixtures.length).toBeGreaterThan(140)
  })

  test.each(fixtures.map(fixture => [`${fixture.level} ${fixture.admitted ? 'admits' : 'refuses'} ${fixture.path.slice(testdata.length + 1)}`, fixture] as const))('%s', (_, fixture) => {
    expect(difference(bundle, fixture, judged(fixture))).toBeUndefined()
  })
})
