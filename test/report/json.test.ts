import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { writeJson } from '../../src/report/json.ts'
import type { Finding, Report } from '../../src/report/report.ts'
import { controls, covered, finding, report, written } from './example.ts'

const schema = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'schemas', 'report.schema.json'), 'utf8')) as object
const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema)

const json = (run: Report): string => written(out => writeJson(run, controls, out))

const full: Report = {
  ...report(
    [
      finding('b.yaml', 3, 1, 4, { labels: ['up'] }),
      finding('a.yaml', 1, 1, 1, { outcome: 'undecidable', message: 'a template' }),
      finding('a.yaml', 1, 1, 1, { control: 'workload-no-privileged', case: 'pss-baseline', outcome: 'exempt', exemption: { by: 'configuration', reason: 'r', owner: 'o', last_day: '2027-01-31' } }),
      finding('a.yaml', 2, 1, 1, { control: 'workload-no-privileged', outcome: 'exempt', reason: 'the object says so', artefact: { kind: 'compose' } }),
    ],
    [covered('a.yaml', { kind: 'kubernetes' }), covered('b.yaml', { evaluated: false, reason: 'syntax', column: 3, detail: 'd', hint: 'h' })],
  ),
  problems: [{ path: 'x', message: 'm' }],
}

test('the report is valid by its schema, with nothing found and with everything', () => {
  for (const run of [report([]), full, { ...full, summary: { ...full.summary, baseline: { known: 1, gone: 0 } }, findings: [{ ...full.findings[0], baseline: true as const }] }]) {
    validate(JSON.parse(json(run)))
    expect(validate.errors).toBe(null)
  }
})

test.each([
  ['a field that is not in it', (run: Report) => ({ ...run, more: 1 })],
  ['a finding without a place', (run: Report) => ({ ...run, findings: [{ ...run.findings[0], line: 0 }] })],
  ['a part that was not evaluated, without a reason', (run: Report) => ({ ...run, coverage: [covered('a', { evaluated: false })] })],
])('the schema refuses %s', (_, change) => {
  expect(validate({ ...JSON.parse(json(full)), ...change(full) })).toBe(false)
})

test('all of the report is in it, each control once', () => {
  const { version, controls: named, ...rest } = JSON.parse(json(full)) as Record<string, unknown>
  expect(version).toBe(1)
  expect(rest).toEqual(JSON.parse(JSON.stringify(full)))
  expect(named).toEqual({
    'workload-no-privileged': {
      title: 'Run no privileged containers',
      severity: 'critical',
      remediation: 'Remove `privileged` and add the one capability, device or volume that the program needs.',
      items: ['stack-071', 'bridge-124'],
    },
    'workload-readonly-rootfs': {
      title: 'Mount the root filesystem read-only',
      severity: 'medium',
      remediation: 'Set `readOnlyRootFilesystem` to `true` and mount an `emptyDir` where the program writes.',
      items: ['python-067'],
    },
  })
})

test('the same findings in another order give the same bytes', () => {
  const findings = full.findings.toReversed()
  expect(json({ ...report(findings, full.coverage), problems: full.problems })).toBe(json(full))
})

test('a large report is never one string', () => {
  const findings = Array.from({ length: 30_000 }, (_, index) => finding(`dir/${index % 10_000}.yaml`, 1 + (index % 7), 1, 4))
  let longest = 0
  let total = 0
  writeJson(report(findings), controls, chunk => {
    longest = Math.max(longest, chunk.length)
    total += chunk.length
  })
  expect(total).toBeGreaterThan(10_000_000)
  expect(longest).toBeLessThan(1000)
})

test('a finding is written as JSON.stringify writes it', () => {
  const plain: Finding = {
    control: 'workload-no-privileged', case: 'c', severity: 'low', enforcement: 'audit', outcome: 'violated', message: 'plain text!', artefact: { kind: 'kubernetes', document: 0 },
    file: 'a.yaml', line: 1, column: 2, endLine: 3, endColumn: 4, path: 'spec.a[0]', fingerprint: '0123',
  }
  const texts = ['', '"', '\\', '\n', '\u007f', '\u2028', 'é', '\ud800', '\ud83d\ude00', '</script>', '\u0000']
  const findings: Finding[] = [
    plain, { ...plain, case: undefined }, { ...plain, labels: ['tls'], reason: 'because "so"' },
    { ...plain, exemption: { by: 'configuration', reason: 'r', owner: 'o', last_day: '2027-01-31' } }, { ...plain, baseline: true },
    ...texts.map(text => ({ ...plain, message: text, file: `${text}.yaml`, path: `a.${text}`, artefact: { kind: 'kubernetes', name: text } })),
  ]
  const lines = new Set(json(report(findings)).split('\n').map(line => line.replace(/,$/, '')))
  for (const one of findings) expect(lines).toContain(JSON.stringify(one))
})
