import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyExemptions, covers, type Exemption } from '../../src/finding/exemption.ts'
import type { Finding } from '../../src/report/report.ts'

const finding = (own: Partial<Finding> = {}): Finding => ({
  control: 'workload-readonly-rootfs', severity: 'medium', enforcement: 'warn', outcome: 'violated', message: 'm', file: 'gateway.yaml', line: 10, column: 5, endLine: 10,
  endColumn: 9, path: 'spec', fingerprint: 'f', artefact: { kind: 'kubernetes', objectKind: 'Deployment', namespace: 'mcp', name: 'gateway', container: 'app', document: 0 }, ...own,
})
const exemption = (own: Partial<Exemption> = {}): Exemption => ({
  control: 'workload-readonly-rootfs', by: 'configuration', scope: { name: 'gateway' }, reason: 'writes a cache', owner: 'platform', last_day: '2027-01-31', ...own,
})
const exempt = { ...finding(), outcome: 'exempt', enforcement: 'audit', exemption: { by: 'configuration', reason: 'writes a cache', owner: 'platform', last_day: '2027-01-31' } }

test.each([
  ['on its last day', '2027-01-31', { findings: [exempt], expired: [], unused: [], lifted: new Map([[exemption(), 1]]) }],
  ['the day after', '2027-02-01', { findings: [finding()], expired: [exemption()], unused: [], lifted: new Map() }],
])('an exemption %s', (_, today, expected) => {
  expect(applyExemptions([finding()], [exemption()], today)).toEqual(expected)
})

test('one that meets nothing is unused; one that meets what cannot be decided changes nothing and is needed', () => {
  const undecidable = finding({ outcome: 'undecidable', enforcement: 'audit' })
  const other = exemption({ scope: { name: 'router' } })
  expect(applyExemptions([undecidable], [exemption(), other], '2027-01-01')).toEqual({ findings: [undecidable], expired: [], unused: [other], lifted: new Map() })
})

describe('what an exemption covers', () => {
  const within = (start: [number, number], end: [number, number], file = 'gateway.yaml') =>
    ({ within: { file, start: { line: start[0], column: start[1] }, end: { line: end[0], column: end[1] } } })
  test.each<[string, Partial<Exemption>, boolean]>([
    ['all cases of its control', {}, true],
    ['another control', { control: 'workload-no-hostpath' }, false],
    ['a control of which the name begins alike', { control: 'workload-readonly' }, false],
    ['another case', { control: 'workload-readonly-rootfs/windows' }, false],
    ['the object by kind, namespace and name', { scope: { kind: 'Deployment', namespace: 'mcp', name: 'gateway' } }, true],
    ['the kind of the artefact', { scope: { kind: 'kubernetes', name: 'gateway' } }, true],
    ['another namespace', { scope: { namespace: 'other', name: 'gateway' } }, false],
    ['the container', { scope: { name: 'gateway', container: 'app' } }, true],
    ['another container', { scope: { name: 'gateway', container: 'sidecar' } }, false],
    ['a file', { scope: { file: path => path === 'gateway.yaml' } }, true],
    ['another file', { scope: { file: path => path === 'router.yaml', name: 'gateway' } }, false],
    ['the part of the file from the finding on', { scope: within([10, 5], [11, 1]) }, true],
    ['the part after it', { scope: within([10, 6], [99, 1]) }, false],
    ['the part that ends where it begins', { scope: within([1, 1], [10, 5]) }, false],
    ['the part of another file', { scope: within([1, 1], [99, 1], 'router.yaml') }, false],
    ['the part and another container', { scope: { ...within([1, 1], [99, 1]), container: 'sidecar' } }, false],
  ])('%s: %j', (_, own, expected) => {
    expect(covers(exemption(own), finding())).toBe(expected)
  })

  test('one case of the control', () => {
    expect(covers(exemption({ control: 'workload-readonly-rootfs/windows' }), finding({ case: 'windows' }))).toBe(true)
  })
})

const names = fc.constantFrom('a', 'b', 'c')
const anyFinding = fc.record({
  control: fc.constantFrom('x-one', 'x-two'), case: fc.option(fc.constantFrom('p', 'q'), { nil: undefined }), outcome: fc.constantFrom('violated' as const, 'undecidable' as const, 'exempt' as const),
  name: names, container: names, file: names, line: fc.integer({ min: 1, max: 9 }),
}).map(({ name, container, ...own }) => finding({ ...own, column: 1, artefact: { kind: 'kubernetes', name, container } }))
const anyExemption = fc.record({
  control: fc.constantFrom('x-one', 'x-two', 'x-one/p', 'x-two/q'), last_day: fc.constantFrom('2026-01-01', '2027-01-01'),
  scope: fc.oneof(
    fc.record({ name: names, container: names }, { requiredKeys: ['name'] }),
    fc.record({ file: names, start: fc.integer({ min: 1, max: 9 }), length: fc.integer({ min: 0, max: 3 }) })
      .map(({ file, start, length }) => ({ within: { file, start: { line: start, column: 1 }, end: { line: start + length, column: 1 } } })),
  ),
}).map(own => exemption(own))

test('nothing disappears: each finding keeps its place in the list, and changes only where a valid exemption names it', () => {
  fc.assert(fc.property(fc.array(anyFinding), fc.array(anyExemption), (findings, exemptions) => {
    const { findings: after, expired, unused } = applyExemptions(findings, exemptions, '2026-06-01')
    expect(after.length).toBe(findings.length)
    after.forEach((one, index) => {
      const before = findings[index]
      const by = exemptions.filter(each => each.last_day >= '2026-06-01' && covers(each, before))
      if (before.outcome !== 'violated' || by.length === 0) expect(one).toBe(before)
      else expect({ ...one, exemption: undefined }).toEqual({ ...before, outcome: 'exempt', enforcement: 'audit', exemption: undefined })
    })
    expect(expired).toEqual(exemptions.filter(({ last_day }) => last_day < '2026-06-01'))
    for (const each of unused) expect(findings.some(one => covers(each, one))).toBe(false)
  }))
})
