import { describe, expect, test } from 'vitest'
import type { Report } from '../../src/report/report.ts'
import { lintReadings, lintText } from '../lint-files.ts'
import { defaultLimits } from '../../src/artefact/artefact.ts'
import { readFile } from '../../src/artefact/read.ts'
import type { LintOptions } from '../../src/lint/lint.ts'

const today = '2026-11-21'
const terms = 'until 2027-01-31 by platform: it watches the node'
const outcomes = ({ findings }: Report, control: string): string[] => findings.filter(one => one.control === control).map(({ outcome, line }) => `${outcome} ${line}`)
const said = ({ findings }: Report): string[] => findings.filter(({ control }) => control === 'input-exemption').map(({ case: part, line, message }) => `${line} ${part}: ${message}`)

const pod = (annotation: string, comments: { top?: string; item?: string; end?: string } = {}) => `${comments.top ?? '#'}
apiVersion: v1
kind: Pod
metadata:
  name: agent
  annotations:
    ${annotation}
spec:
  containers:
  ${comments.item ?? '#'}
  - name: one
    securityContext:
      privileged: true ${comments.end ?? ''}
  - name: two
    securityContext:
      privileged: true
`
const privileged = 'workload-no-privileged'
const annotated = (list: string) => pod(`mcp-policy.io/exempt: '${list}'`)
const entry = `- {control: ${privileged}, reason: r, owner: o, last_day: "2027-01-31"}`

describe('an exemption in the file', () => {
  test.each<[string, string, string[]]>([
    ['none', pod('a: b'), ['violated 13', 'violated 16']],
    ['in the annotation', annotated(`[${entry.slice(2)}]`), ['exempt 13', 'exempt 16']],
    ['for a container', annotated(`[${entry.slice(2, -1)}, container: two}]`), ['violated 13', 'exempt 16']],
    ['for one case', annotated(`[${entry.slice(2).replace(privileged, `${privileged}/pss-baseline`)}]`), ['exempt 13', 'exempt 16']],
    ['in a comment above the document', pod('a: b', { top: `# mcp-policy: exempt ${privileged} ${terms}` }), ['exempt 13', 'exempt 16']],
    ['in a comment above the container', pod('a: b', { item: `# mcp-policy: exempt ${privileged} ${terms}` }), ['exempt 13', 'violated 16']],
    ['in a comment on the line', pod('a: b', { end: `# mcp-policy: exempt ${privileged} ${terms}` }), ['exempt 13', 'violated 16']],
    ['of another control', pod('a: b', { end: `# mcp-policy: exempt workload-seccomp ${terms}` }), ['violated 13', 'violated 16']],
  ])('%s', (_, text, expected) => {
    expect(outcomes(lintText('agent.yaml', text, { today }), privileged)).toEqual(expected)
  })

  test('the report tells it, and nothing is gone', () => {
    const plain = lintText('agent.yaml', pod('a: b'), { today })
    const report = lintText('agent.yaml', pod('a: b', { end: `# mcp-policy: exempt ${privileged} ${terms}` }), { today })
    const one = report.findings.find(({ outcome }) => outcome === 'exempt')
    expect(one).toMatchObject({ control: privileged, enforcement: 'audit', exemption: { reason: 'it watches the node', owner: 'platform', last_day: '2027-01-31' } })
    expect(report.summary.exempt).toBe(1)
    expect(report.findings.map(({ fingerprint }) => fingerprint)).toEqual(plain.findings.map(({ fingerprint }) => fingerprint))
  })

  test.each([
    ['a Dockerfile', 'Dockerfile', `FROM a\n# mcp-policy: exempt image-pinned-tag ${terms}\nFROM b\n`, ['violated 1', 'exempt 3']],
    ['a Compose file', 'compose.yaml', `services:\n  # mcp-policy: exempt image-pinned-tag ${terms}\n  a:\n    image: a\n  b:\n    image: b\n`, ['exempt 4', 'violated 6']],
    ['what stands in a ConfigMap', 'map.yaml', `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  config.yaml: |\n    mcp_servers:\n      # mcp-policy: exempt image-pinned-tag ${terms}\n      a: {mode: docker, image: a}\n      b: {mode: docker, image: b}\n`, ['exempt 8', 'violated 9']],
  ])('in %s', (_, name, text, expected) => {
    expect(outcomes(lintText(name, text, { today }), 'image-pinned-tag')).toEqual(expected)
  })

  test('of one object lifts nothing of another in the file or beside it', () => {
    const report = lintReadings([
      readFile('a.yaml', new TextEncoder().encode(`${annotated(`[${entry.slice(2)}]`)}---\n${pod('a: b')}`), { limits: defaultLimits }),
      readFile('b.yaml', new TextEncoder().encode(pod('a: b')), { limits: defaultLimits }),
    ], [], { today })
    expect(outcomes(report, privileged)).toEqual(['exempt 13', 'exempt 16', 'violated 30', 'violated 33', 'violated 13', 'violated 16'])
  })
})

describe('an exemption that is not right is a finding and exempts nothing', () => {
  test.each<[string, string, string, Partial<LintOptions>]>([
    ['past its last day', `# mcp-policy: exempt ${privileged} until 2026-11-20 by a: b`, `1 expired: the exemption of ${privileged} ended on 2026-11-20`, {}],
    ['without an owner', `# mcp-policy: exempt ${privileged} until 2027-01-31`, `1 incomplete: the exemption of ${privileged} gives no reason`, {}],
    ['too far ahead', `# mcp-policy: exempt ${privileged} until 2027-12-31 by a: b`, `1 too-long: the exemption of ${privileged} ends on 2027-12-31, more than 180 days ahead`, {}],
    ['of no control', '# mcp-policy: exempt workload-no-priviledged until 2027-01-31 by a: b', '1 incomplete: there is no control workload-no-priviledged; did you mean workload-no-privileged?', {}],
    ['in other words', '# mcp-policy: ignore workload-no-privileged', '1 incomplete: an exemption without a control', {}],
  ])('%s', (_, top, expected, options) => {
    const report = lintText('agent.yaml', pod('a: b', { top }), { today, ...options })
    expect(said(report)).toEqual([expected])
    expect(outcomes(report, privileged)).toEqual(['violated 13', 'violated 16'])
  })

  test.each(['no list', '{control: x}', '[1]', '[{control: 1}]', '[', ''])('an annotation that says %j', text => {
    expect(said(lintText('agent.yaml', annotated(text), { today }))).toEqual(['7 incomplete: an exemption without a control'])
  })
})

describe('an exemption that meets nothing', () => {
  const text = pod('a: b', { top: `# mcp-policy: exempt workload-no-hostpath ${terms}` })
  const report = (options: Partial<LintOptions>, folders: string[] = []) =>
    said(lintReadings([readFile('deploy/agent.yaml', new TextEncoder().encode(text), { limits: defaultLimits })], folders, { today, ...options }))
  test('is a finding where the folder was judged by its control', () => {
    expect(report({}, ['deploy'])).toEqual(['1 unused: the exemption of workload-no-hostpath meets no finding'])
    expect(report({}, ['.'])).toHaveLength(1)
  })
  test.each<[string, Partial<LintOptions>, string[]]>([
    ['for a file alone', {}, []],
    ['for another folder', {}, ['deployment']],
    ['by other controls', { selected: ({ id }) => id !== 'workload-no-hostpath' }, ['deploy']],
  ])('is none %s', (_, options, folders) => {
    expect(report(options, folders)).toEqual([])
  })
})

describe('where the tree is not trusted', () => {
  const text = pod('a: b', { top: `# mcp-policy: exempt ${privileged} ${terms}` })
  test.each<[string, Partial<LintOptions>, string]>([
    ['--strict', { strict: true }, '--strict'],
    ['a Pod Security profile', { profile: 'pss-baseline' }, 'the profile pss-baseline'],
  ])('under %s it lifts nothing, and the finding says so', (_, options, by) => {
    const { findings } = lintText('agent.yaml', text, { today, ...options })
    const [one] = findings.filter(({ control }) => control === privileged)
    expect(one).toMatchObject({ outcome: 'violated', enforcement: 'deny', reason: `exempted in a comment of agent.yaml, which ${by} does not accept` })
  })

  test('--strict lifts nothing by a reason in the object, takes no component and no profile from it', () => {
    const exporter = `apiVersion: apps/v1
kind: DaemonSet
metadata: {name: exporter}
spec: {template: {metadata: {annotations: {mcp-policy.io/host-access: it watches the node}}, spec: {
  containers: [{name: c, image: 'prom/node-exporter:v1.8.0', volumeMounts: [{name: h, mountPath: /host, readOnly: true}]}], volumes: [{name: h, hostPath: {path: /proc}}]}}}
`
    expect(outcomes(lintText('a.yaml', exporter, { today }), 'workload-no-hostpath')).toEqual(['exempt 5'])
    expect(outcomes(lintText('a.yaml', exporter, { today, strict: true }), 'workload-no-hostpath')).toEqual(['violated 5'])
  })
})
