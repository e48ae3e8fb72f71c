/**
 * Runs the compiled bundle over the fixtures that Kubernetes tests its own Pod Security admission with, every version that the module
 * has from 1.29 on, and fails for any pod that is judged otherwise. `go mod download` fetches them; nothing of them is kept here.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadBundle } from '../policy/bundle.ts'
import { policies } from './opa.ts'
import { difference, podSecurityJudge, readFixtures } from './pod-security.ts'

const moduleVersion = 'k8s.io/pod-security-admission@v0.37.0'
const firstMinor = 29

function downloaded(): string {
  const scratch = mkdtempSync(join(tmpdir(), 'mcp-policy-'))
  try {
    const told = execFileSync('go', ['mod', 'download', '-json', moduleVersion], { cwd: scratch, encoding: 'utf8' })
    return (JSON.parse(told) as { Dir: string }).Dir
  } finally {
    rmSync(scratch, { recursive: true })
  }
}

const testdata = join(downloaded(), 'test', 'testdata')
const minors = readdirSync(join(testdata, 'baseline')).map(name => Number(name.slice('v1.'.length))).filter(minor => minor >= firstMinor).sort((a, b) => a - b)
const bundle = loadBundle(join(policies, 'bundle'))
const judged = podSecurityJudge(bundle)
let differences = 0
for (const minor of minors) {
  const fixtures = readFixtures(testdata, [minor])
  const wrong = fixtures.flatMap(fixture => {
    const why = difference(bundle, fixture, judged(fixture))
    return why === undefined ? [] : [`${fixture.path.slice(testdata.length + 1)}: ${why}`]
  })
  for (const line of wrong) console.log(line)
  console.log(`Kubernetes 1.${minor}: ${fixtures.length} pods, ${wrong.length} judged otherwise`)
  differences += wrong.length
}
process.exitCode = differences === 0 && minors.length > 0 ? 0 : 1
