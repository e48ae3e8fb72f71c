import { expect, test } from 'vitest'
import { writeGitlab } from '../../src/report/gitlab.ts'
import type { Report } from '../../src/report/report.ts'
import { finding, report, written } from './example.ts'

type Issue = { description: string; check_name: string; fingerprint: string; severity: string; location: { path: string; lines: { begin: number; end: number } } }
const issues = (run: Report, pathOf = (file: string) => file) => JSON.parse(written(out => writeGitlab(run, out, pathOf))) as Issue[]

test('a run with nothing found is an empty list', () => {
  expect(issues(report([]))).toEqual([])
})

test('an issue is what GitLab documents', () => {
  expect(issues(report([finding('a.yaml', 3, 5, 4, { case: 'c', endLine: 4, message: 'x\u001b' })]), file => `folder/${file}`)).toEqual([{
    description: 'x␛',
    check_name: 'workload-readonly-rootfs/c',
    fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
    severity: 'major',
    location: { path: 'folder/a.yaml', lines: { begin: 3, end: 4 } },
  }])
})

test('severities', () => {
  const of = (['critical', 'high', 'medium', 'low'] as const).map((severity, index) => finding('a.yaml', index + 1, 1, 1, { severity, enforcement: 'deny' }))
  expect(issues(report([...of, finding('b.yaml', 1, 1, 1, { severity: 'critical', enforcement: 'audit' })])).map(({ severity }) => severity)).toEqual(['blocker', 'critical', 'major', 'minor', 'info'])
})

test('only what is violated is an issue', () => {
  expect(issues(report([finding('a.yaml', 1, 1, 1, { outcome: 'exempt' }), finding('a.yaml', 1, 1, 1, { outcome: 'undecidable' })]))).toEqual([])
})

test('what the baseline holds is for information, since GitLab compares with its own', () => {
  expect(issues(report([finding('a.yaml', 1, 1, 1, { severity: 'critical', enforcement: 'audit', baseline: true })])).map(({ severity }) => severity)).toEqual(['info'])
})

test('fingerprints are unique, and stay when lines move', () => {
  const alike = (lines: number[]) => ['a.yaml', 'b.yaml'].flatMap(file => lines.map(line => finding(file, line, 1, 1, { fingerprint: 'same' })))
  const of = (lines: number[]) => issues(report(alike(lines))).map(({ fingerprint }) => fingerprint)
  expect(new Set(of([1, 2, 3])).size).toBe(6)
  expect(of([11, 12, 13])).toEqual(of([1, 2, 3]))
})
