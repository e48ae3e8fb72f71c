import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { defaultLimits, type AccountedReading } from '../../src/artefact/artefact.ts'
import type { Span } from '../../src/artefact/document.ts'
import { readFile } from '../../src/artefact/read.ts'
import { profiles } from '../../src/finding/enforcement.ts'
import { loadBundle } from '../../src/policy/bundle.ts'
import { writeJson } from '../../src/report/json.ts'
import type { Finding, Report } from '../../src/report/report.ts'
import { root } from '../../src/tasks/opa.ts'
import { lintReadings } from '../lint-files.ts'
import { written } from '../report/example.ts'

const { catalogue } = loadBundle(join(root, 'policies', 'bundle'))
const controls = new Map(catalogue.controls.map(control => [control.id, control]))
const validate = new Ajv2020({ strict: false }).compile(JSON.parse(readFileSync(join(root, 'schemas', 'report.schema.json'), 'utf8')))

const boolean = fc.constantFrom('true', 'false', '"{{ .x }}"', '"${X}"', '5', 'null')
const container = fc.record({ privileged: boolean, escalation: boolean, root: boolean, image: fc.constantFrom('r.example/a:1.0', 'r.example/a:latest', '"${IMAGE}"', '"r.example/a:${TAG:-latest}"') })
  .map(({ privileged, escalation, root, image }) =>
    `{image: ${image}, securityContext: {privileged: ${privileged}, allowPrivilegeEscalation: ${escalation}, runAsNonRoot: ${root}}}`)
const containers = fc.array(container, { maxLength: 3 }).map(list => `[${list.join(', ')}]`)

const pod = fc.tuple(containers, containers, boolean).map(([own, initial, network]) => (name: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec: {hostNetwork: ${network}, containers: ${own}, initContainers: ${initial}}\n`)
const deployment = fc.tuple(containers, fc.constantFrom('1', '3', '"${N}"')).map(([own, replicas]) => (name: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}, annotations: {mcp-policy.io/host-access: why}}\nspec: {replicas: ${replicas}, template: {metadata: {labels: {app: mcp-hangar}}, spec: {containers: ${own}}}}\n`)
const other = fc.constantFrom<(name: string) => string>(
  name => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {a: on, a: 010}\n`,
  name => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {config.yaml: "mcp_servers: {a: {mode: docker, image: x}}"}\n`,
  name => `apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: Pod, metadata: {name: ${name}}, spec: {containers: [{image: x}]}}, {kind: Unknown}]\n`,
  name => `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: kube-system}\nspec: {containers: [{image: x}]}\n`,
  () => 'a: {{ .Values.x }}\n',
  () => 'a: [\n',
  () => 'kind: "Pod\n',
  () => '# nothing\n',
  () => 'just a text\n',
  () => `a: ${'['.repeat(1100)}${']'.repeat(1100)}\n`,
)
const yaml = fc.array(fc.oneof(pod, deployment, other), { minLength: 1, maxLength: 4 })
  .map(parts => parts.map((part, index) => part(`n${index}`)).join('---\n'))
const compose = fc.array(fc.tuple(boolean, fc.constantFrom('x', 'x:1.0', '"${IMAGE}"'), fc.constantFrom('8000', '"8000:8000"', '"${A}:1:1"')), { maxLength: 3 })
  .map(services => `services:\n${services.map(([privileged, image, port], index) => `  s${index}: {image: ${image}, privileged: ${privileged}, ports: [${port}]}\n`).join('')}`)
const dockerfile = fc.array(fc.constantFrom('FROM node', 'FROM ${BASE}', 'ARG BASE', 'USER root', 'USER ${U}', 'HEALTHCHECK CMD true', 'NOTHING', 'RUN <<X'), { maxLength: 5 }).map(lines => lines.join('\n'))
const client = fc.constantFrom('{"mcpServers": {"a": {"command": "python", "args": ["x.py"], "env": {"A": 1}}}} // x', '{"mcpServers": {}}', '{', '[1]', '')

const file = fc.oneof(
  { weight: 4, arbitrary: yaml.map(text => ['k.yaml', text] as const) },
  compose.map(text => ['compose.yml', text] as const),
  dockerfile.map(text => ['Dockerfile', text] as const),
  client.map(text => ['.mcp.json', text] as const),
  fc.constantFrom('A=1\n', '= x\n', '').map(text => ['.env', text] as const),
)
const run = fc.record({ files: fc.array(file, { maxLength: 5 }), profile: fc.constantFrom(...profiles), failOnUncovered: fc.boolean(), whole: fc.boolean() })

test('every report is what its schema says, holds what it counts, and leaves nothing out', () => {
  fc.assert(fc.property(run, ({ files, profile, failOnUncovered, whole }) => {
    const readings = files.map(([name, text], index) => readFile(`in/${index}/${name}`, new TextEncoder().encode(text), { limits: defaultLimits }))
    const uncovered = readings.map(reading => reading.uncovered.length)
    const made = lintReadings(readings, whole ? ['in'] : [], { profile, failOnUncovered })
    const report = JSON.parse(written(out => writeJson(made, controls, out))) as Report
    validate(report)
    expect(validate.errors).toBeNull()
    expect(unsummed(report)).toEqual([])
    expect(inBoth(report.findings)).toEqual([])
    readings.forEach((reading, index) => expect(unaccounted(report, reading, uncovered[index])).toEqual([]))
    expect(report.coverage.map(({ file }) => file)).toEqual(readings.map(({ path }) => path))
  }), { numRuns: 300, seed: 1 })
})

function unsummed({ summary, findings, coverage }: Report): string[] {
  const sum = (counts: Record<string, number>) => Object.values(counts).reduce((one, other) => one + other, 0)
  const { total, enforcement, severity } = summary.violated
  const left = summary.notEvaluated.reduce((one, { count }) => one + count, 0)
  const parts = coverage.flatMap(({ documents }) => documents)
  return Object.entries({
    findings: findings.length === total + summary.undecidable + summary.exempt,
    enforcement: sum(enforcement) === total,
    severity: sum(severity) === total,
    evaluated: parts.filter(({ evaluated }) => evaluated).length === summary.evaluated,
    documents: parts.length === summary.documents && summary.documents === summary.evaluated + left,
    files: summary.files === coverage.length,
  }).filter(([, holds]) => !holds).map(([name]) => name)
}

/** What a control found somewhere in an artefact is not undecided in it as well. */
function inBoth(findings: Finding[]): string[] {
  const of = (outcome: string) => findings.filter(finding => finding.outcome === outcome).map(({ control, case: part, file, artefact: { document, kind, objectKind, name } }) =>
    [control, part, file, document, kind, objectKind, name].join(' '))
  const violated = new Set(of('violated'))
  return of('undecidable').filter(one => violated.has(one))
}

/** Parts of a file that the coverage does not speak of, and more of them that were not read than it says. */
function unaccounted({ coverage }: Report, reading: AccountedReading, uncovered: number): string[] {
  const { documents } = coverage.find(({ file }) => file === reading.path)!
  const left = documents.filter(({ evaluated }) => !evaluated)
  const bytes = new Uint8Array(Buffer.byteLength(reading.text))
  const cover = ({ start, end }: Span) => bytes.fill(1, reading.byteOffset(start), reading.byteOffset(end))
  for (const { startByte, endByte, document } of documents) {
    bytes.fill(1, startByte, endByte)
    // The items of a List are parts of their own; what stands around them is none.
    if (document !== undefined && startByte < endByte) cover(reading.documents[document])
  }
  reading.empty.forEach(cover)
  return [
    ...(left.length < uncovered ? [`${reading.path}: ${uncovered} parts were not read, ${left.length} are in the coverage`] : []),
    ...(bytes.includes(0) ? [`${reading.path}: byte ${bytes.indexOf(0)} is in no part`] : []),
  ]
}
