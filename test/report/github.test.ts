import { expect, test } from 'vitest'
import { writeGithub } from '../../src/report/github.ts'
import type { Report } from '../../src/report/report.ts'
import { controls, covered, finding, report, written } from './example.ts'

const lines = (run: Report, pathOf = (file: string) => file): string[] => written(out => writeGithub(run, controls, out, pathOf)).trimEnd().split('\n')

const denied = { control: 'workload-no-privileged', severity: 'critical', enforcement: 'deny', message: 'container gateway is privileged' } as const

test('a finding is an annotation at its place, and the summary a notice', () => {
  expect(lines(report([finding('a.yaml', 3, 5, 4, { ...denied, case: 'pss-baseline' })], [covered('a.yaml', {})]), file => `folder/${file}`)).toEqual([
    '::error file=folder/a.yaml,line=3,endLine=3,col=5,endColumn=9,title=workload-no-privileged/pss-baseline::container gateway is privileged%0ARemove `privileged` and add the one capability, device or volume that the program needs.',
    '::notice title=mcp-policy::1 file, 1 document%0A1 denied',
  ])
})

test('a place over several lines has no columns', () => {
  expect(lines(report([finding('a.yaml', 3, 5, 4, { endLine: 5 })]))[0]).toMatch(/^::warning file=a\.yaml,line=3,endLine=5,title=/)
})

test('each kind has ten, the most urgent, and a notice says how many more', () => {
  const many = (enforcement: 'deny' | 'warn' | 'audit', count: number) => Array.from({ length: count }, (_, index) =>
    finding('a.yaml', index + 1, 1, 1, { enforcement, severity: index === count - 1 ? 'critical' : 'low' }))
  const written = lines(report([...many('deny', 12), ...many('warn', 11), ...many('audit', 15)]))
  const count = (name: string) => written.filter(line => line.startsWith(`::${name} `)).length
  expect([count('error'), count('warning'), count('notice'), written.length]).toEqual([10, 10, 10, 30])
  expect(written[0]).toContain('line=12,')
  expect(written.at(-1)).toBe('::notice title=mcp-policy::0 files, 0 documents%0A12 denied, 11 warned, 15 noted%0AGitHub shows 10 annotations of a kind in a step, the most urgent: 2 errors and 1 warnings and 6 notices more are in the other reports.')
})

test('problems and what could not be read come out of the ten', () => {
  const run = {
    ...report(Array.from({ length: 12 }, (_, index) => finding('a.yaml', index + 1, 1, 1, denied)), [covered('b.yaml', { evaluated: false, reason: 'syntax', line: 4, column: 2 }, { evaluated: false, reason: 'template' })]),
    problems: Array.from({ length: 9 }, (_, index) => ({ path: `${index}`, message: 'does not exist' })),
  }
  const written = lines(run)
  expect(written.filter(line => line.startsWith('::error '))).toHaveLength(10)
  expect(written.slice(7, 10)).toEqual(['::error title=mcp-policy::0: does not exist', '::error title=mcp-policy::1: does not exist', '::error title=mcp-policy::7 more problems: see standard error'])
  expect(written[10]).toBe('::warning file=b.yaml,line=4,col=2,title=not evaluated::syntax error')
})

test('what is undecidable or exempt is in the summary alone', () => {
  expect(lines(report([finding('a.yaml', 1, 1, 1, { outcome: 'undecidable', enforcement: 'audit' }), finding('a.yaml', 1, 1, 1, { outcome: 'exempt', enforcement: 'audit' })]))).toEqual([
    '::notice title=mcp-policy::0 files, 0 documents%0A1 undecidable, 1 exempt',
  ])
})

test('nothing in a file is a command or a property', () => {
  const odd = 'a,line=9::b%0A\r\n::set-output name=x::y ##[add-mask]z\u001b[1m'
  const written = lines(report([finding(odd, 1, 1, 1, { message: odd })], [covered(odd, { evaluated: false, reason: 'syntax', line: 2, detail: odd })]))
  expect(written).toHaveLength(3)
  expect(written[0]).toMatch(/^::warning file=a%2Cline=9%3A%3Ab%250A␍␊%3A%3Aset-output name=x%3A%3Ay ##\[add-mask\]z␛\[1m,line=1,.*,title=workload-readonly-rootfs::a,line=9::b%250A␍␊::set-output name=x::y /)
  for (const line of written) expect(line).toMatch(/^::(warning|notice) [^:]*::/)
})
