import { expect, test } from 'vitest'
import { writeJunit, type JunitOptions } from '../../src/report/junit.ts'
import type { Report } from '../../src/report/report.ts'
import { controls, covered, finding, report, written } from './example.ts'
import { xml, type Element } from './formats.ts'

const junit = (run: Report, more: Partial<JunitOptions> = {}): string => written(out => writeJunit(run, out, { controls, failOn: 'deny', pathOf: file => file, ...more }))
const suitesOf = (text: string): Element[] => xml(text).children

const denied = { control: 'workload-no-privileged', case: 'pss-baseline', severity: 'critical', enforcement: 'deny', message: 'container gateway is privileged' } as const

test('a file with nothing found is a test that has passed', () => {
  expect(junit(report([], [covered('a.yaml', {})]))).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="mcp-policy" tests="1" failures="0" errors="0" skipped="0" time="0">
<testsuite name="a.yaml" tests="1" failures="0" errors="0" skipped="0" time="0">
<testcase name="judged" classname="a.yaml" file="a.yaml" time="0"/>
</testsuite>
</testsuites>
`)
})

test('only what is denied fails; the rest is skipped with the reason', () => {
  const run = {
    ...report([
      finding('a.yaml', 3, 5, 4, denied),
      finding('a.yaml', 4, 5, 4),
      finding('a.yaml', 5, 1, 1, { outcome: 'undecidable', enforcement: 'audit', message: 'a template', path: '' }),
      finding('a.yaml', 6, 1, 1, { outcome: 'exempt', enforcement: 'audit', path: '', exemption: { by: 'configuration', reason: 'a lab', owner: 'o', last_day: '2027-01-31' } }),
    ], [covered('a.yaml', {}), covered('b.yaml', {}, { evaluated: false, reason: 'template' }, { evaluated: false, reason: 'syntax', line: 9 })]),
    problems: [{ path: 'd', message: 'does not exist' }],
  }
  const suites = suitesOf(junit(run))
  expect(xml(junit(run)).attributes).toEqual({ name: 'mcp-policy', tests: '7', failures: '1', errors: '1', skipped: '4', time: '0' })
  expect(suites.map(({ attributes: { name, tests, failures, errors, skipped } }) => [name, tests, failures, errors, skipped])).toEqual([
    ['a.yaml', '5', '1', '0', '3'], ['b.yaml', '1', '0', '0', '1'], ['mcp-policy', '1', '0', '1', '0'],
  ])
  const path = 'Deployment/gateway spec.template.spec.containers[0].securityContext.readOnlyRootFilesystem'
  expect(suites.flatMap(({ children }) => children.map(({ attributes, children: [result] }) => [attributes.name, result?.name, result?.attributes.message]))).toEqual([
    ['judged', undefined, undefined],
    [`workload-no-privileged/pss-baseline ${path}`, 'failure', 'container gateway is privileged'],
    [`workload-readonly-rootfs ${path}`, 'skipped', 'warn: container gateway can write to its root filesystem'],
    ['workload-readonly-rootfs Deployment/gateway', 'skipped', 'undecidable: a template'],
    ['workload-readonly-rootfs Deployment/gateway #2', 'skipped', 'exempt: container gateway can write to its root filesystem (until 2027-01-31 by o: a lab)'],
    ['judged', 'skipped', 'not evaluated: syntax error'],
    ['d', 'error', 'does not exist'],
  ])
  expect(suites[0].children[1].children[0]).toMatchObject({
    attributes: { type: 'critical' },
    text: 'a.yaml:3:5  deny  container gateway is privileged  workload-no-privileged/pss-baseline\n\nRemove `privileged` and add the one capability, device or volume that the program needs.',
  })
  expect(suites[1].children[0].children[0].text).toBe('b.yaml:1  template\nb.yaml:9  syntax error')
})

test('any text is well formed, and nothing of it is markup', () => {
  const odd = '<b a="1">&amp;]]>\u0000\u001b\ufffe\uffff\ud800\u0085\u202e\'\n\r\t'
  const [suite] = suitesOf(junit(report([finding(odd, 1, 1, 1, { ...denied, message: odd, path: odd, artefact: { kind: 'compose', name: odd } })], [covered(odd, {})])))
  const shown = `<b a="1">&amp;]]>␀␛<U+FFFE><U+FFFF><U+D800><U+0085><U+202E>'␊␍␉`
  expect(suite.attributes.name).toBe(shown)
  expect(suite.children[1].attributes.name).toBe(`workload-no-privileged/pss-baseline ${shown} ${shown}`)
  expect(suite.children[1].children[0].attributes.message).toBe(shown)
  expect(suite.children[1].children[0].text.split('\n')[0]).toBe(`${shown}:1:1  deny  ${shown}  workload-no-privileged/pss-baseline`)
})

test('files have the names that they have in the repository', () => {
  const [suite] = suitesOf(junit(report([finding('a.yaml', 1, 1, 1)], [covered('a.yaml', {})]), { pathOf: file => `folder/${file}` }))
  expect([suite.attributes.name, ...suite.children.map(({ attributes }) => attributes.file)]).toEqual(['folder/a.yaml', 'folder/a.yaml', 'folder/a.yaml'])
})

test.each([['never', '1'], ['deny', '1'], ['warn', '2']] as const)('with --fail-on %s there are %s failures', (failOn, failures) => {
  const run = report([finding('a.yaml', 1, 1, 1, denied), finding('a.yaml', 2, 1, 1), finding('a.yaml', 3, 1, 1, { enforcement: 'audit' })], [covered('a.yaml', {})])
  expect(xml(junit(run, { failOn })).attributes.failures).toBe(failures)
})

test('what the baseline holds is skipped', () => {
  const run = report([finding('a.yaml', 1, 1, 1, { ...denied, enforcement: 'audit', baseline: true })], [covered('a.yaml', {})])
  expect(suitesOf(junit(run))[0].children[1].children[0]).toMatchObject({ name: 'skipped', attributes: { message: 'known: container gateway is privileged' } })
})
