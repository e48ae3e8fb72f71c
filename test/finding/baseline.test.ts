import fc from 'fast-check'
import { expect, test } from 'vitest'
import { baselineOf, compareWith, pruned, total, writeBaseline, type Baseline, type Looked } from '../../src/finding/baseline.ts'
import type { Finding, Report } from '../../src/report/report.ts'
import { covered, finding, report, written } from '../report/example.ts'

const same = (path: string) => path
const print = (digit: string) => digit.repeat(32)
const at = (file: string, line: number, fingerprint: string, more: Partial<Finding> = {}): Finding =>
  finding(file, line, 1, 4, { enforcement: 'deny', fingerprint: print(fingerprint), artefact: { kind: 'compose' }, ...more })
const files = (...names: string[]) => names.map(name => covered(name, {}))
const known = ({ findings }: { findings: Finding[] }) => findings.filter(({ baseline }) => baseline).map(({ file, line }) => `${file}:${line}`)
const looked = (more: Partial<Looked> = {}): Looked => ({ folders: [], fromRoot: same, judges: () => true, ...more })
const compare = (before: Finding[], after: Report) => compareWith(baselineOf(report(before), same), after, looked())

test('what a baseline holds is noted and marked, nothing is dropped, and the rest stays as it is', () => {
  const fresh = at('a.yaml', 9, '2')
  const compared = compare([at('a.yaml', 1, '1')], report([at('a.yaml', 5, '1'), fresh], files('a.yaml')))
  expect(compared).toEqual({ findings: [{ ...at('a.yaml', 5, '1'), enforcement: 'audit', baseline: true }, fresh], known: 1, gone: [] })
})

test('of equal findings as many are known as there were', () => {
  const three = [at('a.yaml', 1, '1'), at('a.yaml', 2, '1'), at('a.yaml', 3, '1')]
  expect(known(compare(three.slice(0, 2), report(three, files('a.yaml'))))).toEqual(['a.yaml:1', 'a.yaml:2'])
  expect(compare(three, report(three.slice(0, 1), files('a.yaml'))).gone.map(({ count }) => count)).toEqual([2])
})

test('of equal findings in two files those in the file of the baseline are known first', () => {
  const object = { kind: 'kubernetes', objectKind: 'Pod', name: 'gateway' }
  const [dev, prod] = [at('dev.yaml', 1, '1', { artefact: object }), at('prod.yaml', 1, '1', { artefact: object })]
  expect(known(compare([prod], report([dev, prod])))).toEqual(['prod.yaml:1'])
  expect(known(compare([{ ...prod, file: 'old.yaml' }], report([prod])))).toEqual(['prod.yaml:1'])
})

test.each<[string, Partial<Finding>]>([
  ['another control', { control: 'workload-no-privileged' }],
  ['another case', { case: 'other' }],
  ['another object', { artefact: { kind: 'kubernetes', objectKind: 'Pod', name: 'other' } }],
  ['another file, of what has no name', { file: 'other.yaml' }],
])('a fingerprint that was forged hides nothing of %s', (_, more) => {
  expect(compare([at('a.yaml', 1, '1')], report([at('a.yaml', 1, '1', more)])).known).toBe(0)
})

test.each(['input-not-evaluated', 'input-over-limit'])('%s is never known: who can tell what was not read', control => {
  const unread = at('a.yaml', 1, '1', { control })
  expect(baselineOf(report([unread]), same).findings).toEqual([])
  const forged: Baseline = { ...baselineOf(report([]), same), findings: [{ file: 'a.yaml', control, fingerprint: print('1') }] }
  expect(compareWith(forged, report([unread]), looked()).known).toBe(0)
})

test('only violations are held', () => {
  expect(baselineOf(report([at('a.yaml', 1, '1', { outcome: 'undecidable' }), at('a.yaml', 1, '2', { outcome: 'exempt' })]), same).findings).toEqual([])
})

test.each<[string, Report, string[], number]>([
  ['its file was read', report([], files('a.yaml')), [], 1],
  ['its file was not read', report([], files('b.yaml')), [], 0],
  ['its file is not in the folder any more', report([], files('dir/b.yaml')), ['.'], 1],
  ['another folder was read', report([], files('dir/b.yaml')), ['dir'], 0],
  ['its file could not be read', report([], [covered('a.yaml', { evaluated: false, reason: 'syntax' })]), [], 0],
  ['it cannot be decided now', report([at('a.yaml', 1, '1', { outcome: 'undecidable' })], files('a.yaml')), [], 0],
  ['another profile judges', { ...report([], files('a.yaml')), profile: 'staging' }, [], 0],
])('what is not found any more is gone or not, when %s', (_, after, folders, gone) => {
  // As `projectPaths` does it, where the working directory is the root.
  const fromRoot = (path: string) => path.replace(/^\.\//, '')
  expect(total(compareWith(baselineOf(report([at('a.yaml', 1, '1')]), same), after, looked({ folders, fromRoot })).gone)).toBe(gone)
})

test('what a run does not judge by is not gone', () => {
  const before = baselineOf(report([at('a.yaml', 1, '1'), at('a.yaml', 1, '2', { control: 'workload-no-privileged' })]), same)
  const { gone } = compareWith(before, report([], files('a.yaml')), looked({ judges: id => id === 'workload-no-privileged' }))
  expect(gone.map(({ control }) => control)).toEqual(['workload-no-privileged'])
})

test('an entry that a merge of two branches holds twice counts once', () => {
  const twice = [at('a.yaml', 1, '1'), at('a.yaml', 2, '1')]
  const baseline = baselineOf(report(twice.slice(0, 1)), same)
  const doubled = { ...baseline, findings: [...baseline.findings, ...baseline.findings] }
  expect(compareWith(doubled, report(twice), looked()).known).toBe(1)
})

test('pruning keeps what is there and what was not looked at, and adds nothing', () => {
  const baseline = { ...baselineOf(report([at('a.yaml', 1, '1'), at('a.yaml', 2, '1'), at('b.yaml', 1, '2'), at('c.yaml', 1, '3')]), same), bundle: 'sha256:old', profile: 'staging' }
  const now = report([at('a.yaml', 7, '1'), at('a.yaml', 8, '4')], files('a.yaml', 'c.yaml'))
  expect(pruned(baseline, now, looked())).toEqual({
    version: 1, bundle: 'sha256:0', profile: 'production',
    findings: [{ file: 'a.yaml', control: 'workload-readonly-rootfs', fingerprint: print('1') }, { file: 'b.yaml', control: 'workload-readonly-rootfs', fingerprint: print('2') }],
  })
})

test('a baseline has one entry a line, in order, and nothing that moves with lines or is said in words', () => {
  const deployment = { kind: 'kubernetes', apiVersion: 'apps/v1', objectKind: 'Deployment', namespace: 'mcp', name: 'gateway', container: 'c', document: 3 }
  const text = written(out => writeBaseline(baselineOf(report([
    at('b.yaml', 1, '1'), at('a.yaml', 4, '2', { artefact: deployment, case: 'x' }), at('a.yaml', 6, '2', { artefact: deployment, case: 'x' }), at('a.yaml', 2, '3'),
  ]), same), out))
  expect(text).toBe(`{
"version": 1,
"bundle": "sha256:0",
"profile": "production",
"findings": [
{"file":"a.yaml","control":"workload-readonly-rootfs","fingerprint":"${print('3')}"},
{"file":"a.yaml","object":"apps/Deployment mcp/gateway","container":"c","control":"workload-readonly-rootfs","case":"x","fingerprint":"${print('2')}","count":2},
{"file":"b.yaml","control":"workload-readonly-rootfs","fingerprint":"${print('1')}"}
]
}
`)
})

test('whatever is found later, what is new is as much as was added', () => {
  const some = fc.array(fc.record({ file: fc.constantFrom('a.yaml', 'b.yaml'), line: fc.nat(3), fingerprint: fc.constantFrom('1', '2', '3') }))
  fc.assert(fc.property(some, some, (before, added) => {
    const make = (list: typeof before) => list.map(({ file, line, fingerprint }) => at(file, line + 1, fingerprint))
    const after = report(make([...before, ...added]), files('a.yaml', 'b.yaml'))
    const compared = compare(make(before), after)
    expect(compared.findings).toHaveLength(before.length + added.length)
    expect(compared.findings.filter(({ baseline }) => !baseline)).toHaveLength(added.length)
    expect(compared.gone).toEqual([])
    expect(compare([...make(before), ...make(added)], report(make(before), files('a.yaml', 'b.yaml'))).gone.reduce((sum, { count = 1 }) => sum + count, 0)).toBe(added.length)
  }))
})
