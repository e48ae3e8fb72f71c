import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { Finding, Report } from '../../src/report/report.ts'
import { mostAlerts, writeCodeScanning, writeSarif } from '../../src/report/sarif.ts'
import { known } from '../cli/known.ts'
import { covered, finding, report, written } from './example.ts'
import { faultsBy } from './formats.ts'

type Result = { ruleId: string; ruleIndex: number; kind?: string; level: string; message: { text: string }; locations: Location[]; suppressions?: object[]; partialFingerprints: object; properties: object }
type Location = { physicalLocation: { artifactLocation: { uri: string; uriBaseId?: string }; region: object }; logicalLocations?: object[] }
type Told = { descriptor: { id: string; index: number }; associatedRule?: object; level: string; message: { text: string }; locations?: Location[] }
type Run = {
  tool: { driver: { rules: { id: string; help: { text: string; markdown: string }; fullDescription: { text: string }; properties: Record<string, unknown> }[]; notifications: { id: string }[] } }
  automationDetails: { id: string }
  invocations: [{ executionSuccessful: boolean; toolExecutionNotifications: Told[] }]
  results: Result[]
  columnKind: string
}

const options = { known, pathOf: (file: string) => file }
const runOf = (text: string): Run => (JSON.parse(text) as { runs: [Run] }).runs[0]
const sarif = (run: Report, more: object = {}) => written(out => writeSarif(run, out, { ...options, ...more }))
const codeScanning = (run: Report, more: object = {}) => written(out => writeCodeScanning(run, out, { ...options, ...more }))
const faults = faultsBy('sarif-2.1.0')

const object = { kind: 'kubernetes', apiVersion: 'apps/v1', objectKind: 'Deployment', namespace: 'mcp', name: 'gateway', container: 'web' }
const probes: Partial<Finding> = { control: 'health-probes', case: 'liveness', severity: 'high', enforcement: 'deny', message: 'no probe', artefact: object, path: 'spec', fingerprint: 'f1', labels: ['a'] }
const full: Report = {
  ...report([
    finding('a.yaml', 3, 5, 4, probes),
    finding('a.yaml', 4, 1, 1, { ...probes, outcome: 'undecidable', enforcement: 'audit', message: 'a template' }),
    finding('b.yaml', 1, 1, 1, { control: 'net-policy', severity: 'low', enforcement: 'audit', outcome: 'exempt', exemption: { by: 'configuration', reason: 'a lab', owner: 'team-a', last_day: '2027-01-31' }, artefact: { kind: 'compose' } }),
    finding('b.yaml', 2, 1, 1, { ...probes, outcome: 'exempt', enforcement: 'audit', reason: 'the object says so' }),
  ], [covered('a.yaml', {}, { evaluated: false, reason: 'template', detail: 'a template', hint: 'render it' }), covered('c.yaml', { evaluated: false, reason: 'syntax', line: 7, column: 3 })]),
  problems: [{ path: 'd', message: 'does not exist' }],
}

test.each([['nothing', report([])], ['everything', full]])('it is valid by the schema with %s', (_, run) => {
  expect(faults(JSON.parse(sarif(run)))).toEqual([])
  expect(faults(JSON.parse(codeScanning(run)))).toEqual([])
})

test('in a run with a baseline a result is unchanged or new, and code scanning opens no alert for what is known', () => {
  const compared = report([finding('a.yaml', 3, 5, 4, probes), finding('a.yaml', 9, 5, 4, { ...probes, enforcement: 'audit', baseline: true })])
  const run = { ...compared, summary: { ...compared.summary, baseline: { known: 1, gone: 0 } } }
  for (const text of [sarif(run), codeScanning(run)]) expect(faults(JSON.parse(text))).toEqual([])
  expect(JSON.parse(sarif(run)).runs[0].results.map(({ baselineState }: { baselineState: string }) => baselineState)).toEqual(['new', 'unchanged'])
  const { results, invocations: [{ toolExecutionNotifications: told }] } = runOf(codeScanning(run))
  expect(results.map(({ level }) => level)).toEqual(['error'])
  expect(told).toEqual([expect.objectContaining({ descriptor: { id: 'known', index: 0 }, level: 'note', message: { text: 'health-probes/liveness: no probe' } })])
  expect(runOf(sarif(full)).results.every(result => !('baselineState' in result))).toBe(true)
})

test('the schema sees what is wrong', () => {
  const wrong = JSON.parse(sarif(full)) as { runs: [Run] }
  wrong.runs[0].results[0].level = 'deny'
  wrong.runs[0].results[1].locations[0].physicalLocation.artifactLocation.uri = 'a b.yaml'
  expect(faults(wrong)).toEqual([expect.stringContaining('/results/0/level'), expect.stringContaining('/results/1/locations/0/physicalLocation/artifactLocation/uri')])
})

test('a result has all that is known of a finding', () => {
  expect(runOf(sarif(full)).results[0]).toEqual({
    ruleId: 'health-probes',
    ruleIndex: 0,
    level: 'error',
    message: { text: 'no probe' },
    locations: [{
      physicalLocation: { artifactLocation: { uri: 'a.yaml', uriBaseId: '%SRCROOT%' }, region: { startLine: 3, startColumn: 5, endLine: 3, endColumn: 9 } },
      logicalLocations: [{ name: 'gateway', fullyQualifiedName: 'apps/v1/Deployment/mcp/gateway', kind: 'resource' }],
    }],
    partialFingerprints: { 'mcpPolicyFinding/v1': 'f1' },
    properties: { case: 'liveness', severity: 'high', enforcement: 'deny', artefact: 'kubernetes', container: 'web', path: 'spec', labels: ['a'] },
  })
})

test('what is undecidable is open, what is exempt is suppressed', () => {
  const { results } = runOf(sarif(full))
  expect(results.map(({ kind, level, suppressions }) => ({ kind, level, suppressions }))).toEqual([
    { kind: undefined, level: 'error', suppressions: undefined },
    { kind: 'open', level: 'none', suppressions: undefined },
    { kind: undefined, level: 'note', suppressions: [{ kind: 'external', status: 'accepted', justification: 'a lab', properties: { owner: 'team-a', lastDay: '2027-01-31' } }] },
    { kind: undefined, level: 'error', suppressions: [{ kind: 'inSource', status: 'accepted', justification: 'the object says so' }] },
  ])
})

test('an exemption in the scanned tree is suppressed in the source', () => {
  const kinds = (['configuration', 'annotation', 'comment'] as const).map((by, index) => finding('a.yaml', index + 1, 1, 1, { ...probes, outcome: 'exempt', exemption: { by, reason: 'r', owner: 'o', last_day: '2027-01-31' } }))
  expect(runOf(sarif(report(kinds))).results.map(({ suppressions }) => (suppressions?.[0] as { kind: string }).kind)).toEqual(['external', 'inSource', 'inSource'])
})

test('the level is what is done about a finding', () => {
  const findings = (['deny', 'warn', 'audit'] as const).map((enforcement, index) => finding('a.yaml', index + 1, 1, 1, { ...probes, enforcement }))
  expect(runOf(sarif(report(findings))).results.map(({ level }) => level)).toEqual(['error', 'warning', 'note'])
})

test('GitHub gets what is violated as results and the rest as notifications', () => {
  const { results, invocations: [{ toolExecutionNotifications: told, executionSuccessful }], tool: { driver } } = runOf(codeScanning(full))
  expect(results.map(({ message }) => message.text)).toEqual(['no probe'])
  expect(executionSuccessful).toBe(false)
  expect(told.map(({ descriptor, level, message: { text } }) => [driver.notifications[descriptor.index].id, level, text])).toEqual([
    ['not-evaluated', 'note', 'not evaluated: template; a template; render it'],
    ['not-evaluated', 'warning', 'not evaluated: syntax error'],
    ['problem', 'error', 'd: does not exist'],
    ['undecidable', 'note', 'health-probes/liveness: a template'],
    ['exempt', 'note', 'net-policy: container gateway can write to its root filesystem (until 2027-01-31 by team-a: a lab)'],
    ['exempt', 'note', 'health-probes/liveness: no probe (the object says so)'],
  ])
  expect(told[1].locations).toEqual([{ physicalLocation: { artifactLocation: { uri: 'c.yaml', uriBaseId: '%SRCROOT%' }, region: { startLine: 7, startColumn: 3 } } }])
  expect(told[4].associatedRule).toEqual({ id: 'net-policy', index: 1 })
})

test('what was not evaluated, and problems, are in both', () => {
  const told = (text: string) => runOf(text).invocations[0].toolExecutionNotifications.filter(({ descriptor }) => ['not-evaluated', 'problem'].includes(descriptor.id)).length
  expect([told(sarif(full)), told(codeScanning(full))]).toEqual([3, 3])
  expect(runOf(sarif(report([]))).invocations[0]).toEqual({ executionSuccessful: true, toolExecutionNotifications: [] })
})

test('a rule says all that the reference does', () => {
  const { rules } = runOf(sarif(full)).tool.driver
  expect(rules[0]).toEqual({
    id: 'health-probes',
    shortDescription: { text: 'Probe *every* server' },
    fullDescription: { text: 'A server that hangs is restarted.\nSilence counts.' },
    help: {
      text: `A server that hangs is restarted.
Silence counts.

Cases

- liveness: There is a liveness probe.
- readiness: There is a readiness probe.

What to do

Add a \`livenessProbe\` and a \`readinessProbe\`.

Checklist items

- bridge-001 \`/healthz\` endpoint <responding>
- bridge-002 Ready, a_b_c

See also

https://kubernetes.io/docs/`,
      markdown: `**Probe \\*every\\* server**

A server that hangs is restarted.
Silence counts.

**Cases**

- \`liveness\`: There is a liveness probe.
- \`readiness\`: There is a readiness probe.

**What to do**

Add a \`livenessProbe\` and a \`readinessProbe\`.

**Checklist items**

- \`bridge-001\` \`/healthz\` endpoint \\<responding>
- \`bridge-002\` Ready, a\\_b\\_c

**See also**

- <https://kubernetes.io/docs/>`,
    },
    defaultConfiguration: { level: 'error' },
    properties: { tags: ['health'], precision: 'high', 'problem.severity': 'error', severity: 'high', items: ['bridge-001', 'bridge-002'] },
  })
  expect(rules[1].properties).toMatchObject({ tags: ['security', 'net'], 'security-severity': '2.0' })
})

test('names of files are URIs', () => {
  const names = ['a b.yaml', 'ä/100%.yaml', 'c#d?.yaml', 'x:y.yaml', '/tmp/out side.yaml', 'half\ud800.yaml']
  const { results } = runOf(sarif(report(names.map(name => finding(name, 1, 1, 1, probes)))))
  expect(Object.fromEntries(results.map(({ locations: [{ physicalLocation: { artifactLocation: { uri, uriBaseId } } }] }) => [uri, uriBaseId ?? '']))).toEqual({
    'a%20b.yaml': '%SRCROOT%', '%C3%A4/100%25.yaml': '%SRCROOT%', 'c%23d%3F.yaml': '%SRCROOT%', 'x%3Ay.yaml': '%SRCROOT%', 'file:///tmp/out%20side.yaml': '', 'half%EF%BF%BD.yaml': '%SRCROOT%',
  })
  expect(faults(JSON.parse(sarif(report(names.map(name => finding(name, 1, 1, 1, probes))))))).toEqual([])
})

test('a message makes no link and hides nothing', () => {
  const [{ message }] = runOf(sarif(report([finding('a.yaml', 1, 1, 1, { ...probes, message: 'container [x](https://evil.example) \u202e\u001b[31m' })]))).results
  expect(message.text).toBe('container [x] (https://evil.example) <U+202E>␛[31m')
})

test('the category tells runs of a commit apart', () => {
  expect(runOf(sarif(full)).automationDetails.id).toBe('mcp-policy/production/')
  expect(runOf(sarif(full, { category: 'charts' })).automationDetails.id).toBe('charts/')
})

test('GitHub gets the 25,000 most urgent, and how many are left out', () => {
  const findings = Array.from({ length: mostAlerts + 7 }, (_, index) =>
    finding(`folder/${index % 5000}.yaml`, 1 + index, 1, 4, { ...probes, fingerprint: index.toString(16).padStart(32, '0'), enforcement: index < 7 ? 'warn' : 'deny' }))
  const text = codeScanning(report(findings))
  const { results, invocations: [{ toolExecutionNotifications: [told, ...others] }] } = runOf(text)
  expect(results).toHaveLength(mostAlerts)
  expect(results.every(({ level }) => level === 'error')).toBe(true)
  expect({ told: told.message.text, others }).toEqual({ told: '7 findings of 25007 are not in this file, which may hold 25000; those that are left out are the least urgent.', others: [] })
  expect(gzipSync(text, { level: 1 }).length).toBeLessThan(10 * 1024 * 1024)
  expect(runOf(sarif(report(findings))).results).toHaveLength(mostAlerts + 7)
})

test('it is never one string, and the same report gives the same bytes', () => {
  let longest = 0
  const many = report(Array.from({ length: 3000 }, (_, index) => finding(`${index}.yaml`, 1, 1, 4, probes)))
  writeSarif(many, chunk => { longest = Math.max(longest, chunk.length) }, options)
  expect(longest).toBeLessThan(2000)
  expect(sarif({ ...report(full.findings.toReversed(), full.coverage), problems: full.problems })).toBe(sarif(full))
})
