import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { engineOf, loadBundle } from '../../src/policy/bundle.ts'
import { EngineError } from '../../src/policy/engine.ts'
import { verifyBundle } from '../../src/policy/verify.ts'
import { judge } from '../../src/policy/judge.ts'
import { brokenAndSound, failingEngine } from './failing.ts'

const folder = join(import.meta.dirname, '..', '..', 'policies', 'bundle')
const bundle = loadBundle(folder)
const privileged = JSON.stringify({
  artefacts: [{
    kind: 'kubernetes',
    pod_path: ['spec'],
    value: { kind: 'Pod', spec: { containers: [{ name: 'x', securityContext: { privileged: true } }] } },
  }],
})
const entrypoint = bundle.catalogue.families.kubernetes.lint.entrypoint

test('the committed bundle is the one that its digest names', () => {
  expect(verifyBundle(folder)).toBe(true)
})

test.each([
  ['cut off', privileged.slice(0, -2)],
  ['empty', ''],
  ['null', 'null'],
  ['false', 'false'],
  ['a number', '0'],
  ['a text', '""'],
  ['a byte order mark before it', `\uFEFF${privileged}`],
])('an input that is %s is refused, not taken for nothing to find', (_, input) => {
  expect(() => engineOf(bundle).evaluate(input, [entrypoint])).toThrow(EngineError)
})

test('an entrypoint that the bundle does not have is an error', () => {
  expect(() => engineOf(bundle).evaluate(privileged, ['mcp/main/nothing'])).toThrow('no entrypoint')
})

test('one parsed input serves several entrypoints, in their order', () => {
  const { lint, outcomes } = bundle.catalogue.families.kubernetes
  const [first, second, again] = engineOf(bundle).evaluate(privileged, [lint.entrypoint, outcomes.entrypoint, lint.entrypoint])
  expect(first).toEqual(again)
  expect(Object.keys(first as object).sort()).toEqual(['excused', 'findings', 'undecided'])
  expect(Object.keys(second as object).sort()).toEqual(['inapplicable', 'judged'])
})

test('an input of many megabytes grows the memory and the next one is small again', () => {
  const engine = engineOf(bundle)
  const large = privileged.replace('"name":"x"', `"name":${JSON.stringify('é'.repeat(4_000_000))}`)
  expect(JSON.stringify(engine.evaluate(large, [entrypoint]))).toContain('is privileged')
  expect(JSON.stringify(engine.evaluate(privileged, [entrypoint]))).toContain('container x is privileged')
})

describe('modules that fail', () => {
  test('ten thousand aborts in a row leave an engine that still answers', () => {
    const conflicting = failingEngine('conflict')
    for (let round = 0; round < 10_000; round++) {
      expect(() => conflicting.evaluate('{"conflict":true}', ['test/answer'])).toThrow(EngineError)
    }
    expect(conflicting.evaluate('{}', ['test/answer'])).toEqual([1])
  })

  test('a bundle that needs a built-in that the host lacks is refused before it answers anything', () => {
    expect(() => failingEngine('missing-built-in').evaluate('{}', ['test/answer'])).toThrow(/built-ins that this host does not have: .*time\.now_ns/)
  })

  test('an undefined answer is an error', () => {
    expect(() => failingEngine('undefined').evaluate('{}', ['test/answer'])).toThrow('is undefined')
  })

  test('a control that fails is named while all others answer', () => {
    const judgement = judge(failingEngine('one-broken-control'), brokenAndSound, 'kubernetes', '{"conflict":true}', 'lint')
    expect(judgement.failed).toEqual([{ control: 'a-broken', reason: expect.stringContaining('conflict') }])
    expect([...judgement.answers.keys()]).toEqual(['a-sound'])
    expect(judgement.answers.get('a-sound')?.findings).toEqual([{ artefact: 0, path: [], message: 'found' }])
  })
})

describe('against the interpreter', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'mcp-policy-engine-'))
  afterAll(() => rmSync(scratch, { recursive: true }))
  const opa = (() => {
    try {
      return execFileSync('go', ['tool', '-n', 'opa'], { cwd: join(folder, '..'), encoding: 'utf8' }).trim()
    } catch {
      return undefined
    }
  })()

  test.skipIf(opa === undefined)('the bundle says what the interpreter says', () => {
    const file = join(scratch, 'input.json')
    writeFileSync(file, privileged)
    const rule = entrypoint.replaceAll('/', '.')
    const out = execFileSync(opa!, ['eval', '--format', 'json', '--input', file, '--data', 'lib', '--data', 'main.rego', '--data', 'data',
      ...[...new Set(bundle.catalogue.controls.map(control => control.id.split('-')[0]))].flatMap(area => ['--data', area]), `data.${rule}`],
    { cwd: join(folder, '..'), encoding: 'utf8' })
    expect(engineOf(bundle).evaluate(privileged, [entrypoint])[0]).toEqual(JSON.parse(out).result[0].expressions[0].value)
  })
})
