import { expect, test } from 'vitest'
import { writeText, type TextOptions } from '../../src/report/text.ts'
import type { Report } from '../../src/report/report.ts'
import { controls, covered, finding, report, written } from './example.ts'

const gateway = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: gateway
spec:
  template:
    spec:
      containers:
        - name: gateway
          image: ghcr.io/acme/gateway:1.4.2
          securityContext:
            privileged: true
`

const options: TextOptions = { colour: false, detail: 'findings', width: 100, source: () => gateway }

const privileged = finding('gateway.yaml', 12, 13, 16, {
  control: 'workload-no-privileged', case: 'pss-baseline', severity: 'critical', enforcement: 'deny',
  message: 'container gateway is privileged', path: 'spec.template.spec.containers[0].securityContext.privileged',
})

test('findings stand by file and place, then what to do, then the summary', () => {
  const run = report(
    [privileged, finding('gateway.yaml', 9, 11, 13), finding('gateway.yaml', 9, 11, 13, { outcome: 'undecidable', message: 'a template' })],
    [covered('chart/templates/a.yaml', { evaluated: false, reason: 'template', detail: 'a template' }), covered('gateway.yaml', {}),
      covered('x.yaml', {}, { evaluated: false, reason: 'syntax', line: 3, column: 7, detail: 'a mapping value is not allowed here' })],
  )
  expect(written(out => writeText(run, controls, out, options))).toBe(`\
gateway.yaml:9:11  warn  container gateway can write to its root filesystem  workload-readonly-rootfs
   8 │       containers:
   9 │         - name: gateway
     │           ^^^^^^^^^^^^^
  10 │           image: ghcr.io/acme/gateway:1.4.2

gateway.yaml:12:13  deny  container gateway is privileged  workload-no-privileged/pss-baseline
  11 │           securityContext:
  12 │             privileged: true
     │             ^^^^^^^^^^^^^^^^

x.yaml:3:7  not evaluated  syntax error; a mapping value is not allowed here

What to do
  workload-no-privileged  Run no privileged containers (1 finding)
    Remove \`privileged\` and add the one capability, device or volume that the program needs.
  workload-readonly-rootfs  Mount the root filesystem read-only (1 finding)
    Set \`readOnlyRootFilesystem\` to \`true\` and mount an \`emptyDir\` where the program writes.

3 files, 4 documents, 2 not evaluated: 1 syntax error, 1 template (helm template)
1 denied, 1 warned, 1 undecidable (-v lists it)
`)
})

test('-v lists what is undecidable, exempt or of another kind', () => {
  const exemption = { by: 'comment' as const, reason: 'needs the fuse device', owner: 'platform', last_day: '2027-01-31' }
  const run = report(
    [{ ...privileged, outcome: 'exempt', exemption }, finding('gateway.yaml', 9, 11, 13, { outcome: 'undecidable', message: 'a template' })],
    [covered('gateway.yaml', {}), covered('notes.yaml', { evaluated: false, reason: 'unknown-kind', hint: 'nothing to do' })],
  )
  expect(written(out => writeText(run, controls, out, { ...options, detail: 'all', source: () => undefined }))).toBe(`\
gateway.yaml:9:11  undecidable  a template  workload-readonly-rootfs

gateway.yaml:12:13  exempt  container gateway is privileged (until 2027-01-31 by platform: needs the fuse device)  workload-no-privileged/pss-baseline

notes.yaml:1  not evaluated  of a kind that no control reads; nothing to do

2 files, 2 documents, 1 not evaluated: 1 of a kind that no control reads
1 undecidable, 1 exempt
`)
})

test('findings at one place share a frame, and cases that say the same share a line', () => {
  const at = (part: string, message: string) => finding('gateway.yaml', 4, 3, 13, { control: 'workload-no-privileged', case: part, message })
  const run = report([at('b', 'same'), at('a', 'same'), at('c', 'other')], [covered('gateway.yaml', {})])
  expect(written(out => writeText(run, new Map(), out, options)).split('\n').slice(0, 6)).toEqual([
    'gateway.yaml:4:3  warn  same  workload-no-privileged/a, workload-no-privileged/b',
    'gateway.yaml:4:3  warn  other  workload-no-privileged/c',
    '  3 │ metadata:',
    '  4 │   name: gateway',
    '    │   ^^^^^^^^^^^^^',
    '',
  ])
})

test('nothing found is one line more than what was read', () => {
  expect(written(out => writeText(report([], [covered('a.yaml', {})]), controls, out, options))).toBe('1 file, 1 document\nno findings\n')
})

test('colour is where the text is, and changes nothing of it', () => {
  const run = report([privileged], [covered('gateway.yaml', {})])
  const coloured = written(out => writeText(run, controls, out, { ...options, colour: true }))
  expect(coloured).toContain('\u001b[31mdeny\u001b[39m')
  expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(written(out => writeText(run, controls, out, options)))
})

test('control characters of a hostile file move no cursor', () => {
  const source = 'kind: Pod\u001b[2J\nname: "\u202Ex\u0007"\n'
  const run = report([finding('a\u001b[31m.yaml', 2, 1, 4, { message: 'container \u001b]0;x\u0007 is \u009b31m wild\nand more' })])
  const text = written(out => writeText(run, controls, out, { ...options, source: () => source }))
  expect(text).not.toMatch(/[^\n\P{Cc}]|\p{Cf}/u)
  expect(text.split('\n').slice(0, 4)).toEqual([
    'a␛[31m.yaml:2:1  warn  container ␛]0;x␇ is <U+009B>31m wild␊and more  workload-readonly-rootfs',
    '  1 │ kind: Pod␛[2J',
    '  2 │ name: "<U+202E>x␇"',
    '    │ ^^^^',
  ])
})

test('what a baseline holds is listed with the detail all alone, and counted in the summary', () => {
  const compared = report([finding('a.yaml', 1, 1, 1, { enforcement: 'audit', baseline: true }), finding('a.yaml', 1, 1, 1)])
  const run: Report = { ...compared, summary: { ...compared.summary, baseline: { known: 1, gone: 2 } } }
  const text = (detail: 'findings' | 'all') => written(out => writeText(run, controls, out, { colour: false, detail, width: 100, source: () => undefined }))
  expect(text('findings')).not.toContain('  known  ')
  expect(text('findings')).toContain('(1 finding)\n')
  expect(text('findings')).toMatch(/\n2 of the baseline are gone; `mcp-policy baseline --prune` with the same paths takes them out\n1 warned, 1 known from the baseline \(-v lists it\)\n$/)
  expect(text('all')).toContain('a.yaml:1:1  known  container gateway can write to its root filesystem  workload-readonly-rootfs\n')
})
