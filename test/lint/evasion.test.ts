import { describe, expect, test } from 'vitest'
import { lintText } from '../lint-files.ts'

const pod = (spec: string) => `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n${spec}`
const container = (line: string) => pod(`  containers:\n  - name: c\n    image: r.example/c:1.0\n    securityContext:\n      ${line}\n`)
const faulty = container('privileged: true')
const clean = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n'
const template = (kind: string, apiVersion: string, path: string[]) => {
  const object: Record<string, unknown> = { apiVersion, kind, metadata: { name: 'w' } }
  let at = object
  for (const step of path) at = at[step] = {} as Record<string, unknown>
  Object.assign(at, { containers: [{ name: 'c', securityContext: { privileged: true } }] })
  return JSON.stringify(object)
}
const podTemplate = ['spec', 'template', 'spec']

/** The same fault in the ways in which it has slipped past linters that read YAML and not what kubectl reads. */
const hidden: [string, string | Uint8Array][] = [
  ['a plain Pod', faulty],
  ['after a separator with a comment', `${clean}--- # next\n${faulty}`],
  ['after a separator with trailing blanks', `${clean}---  \t \n${faulty}`],
  ['after a separator with CRLF', `${clean}---\r\n${faulty}`.replaceAll(/(?<!\r)\n/g, '\r\n')],
  ['with bare carriage returns', faulty.replaceAll('\n', '\r')],
  ['as the last document without a final newline', `${clean}---\n${faulty.trimEnd()}`],
  ['after a document that is broken', `a: [\n---\n${faulty}`],
  ['after a document that is a template', `a: {{ .x }}\n---\n${faulty}`],
  ['after --- in a block scalar', `${clean}data:\n  a: |\n    x\n    --- y\n---\n${faulty}`],
  ['with yes', container('privileged: yes')],
  ['with On', container('privileged: On')],
  ['with y', container('privileged: y')],
  ['with an explicit tag', container('privileged: !!bool "true"')],
  ['under a merge key', pod(`  x: &x {privileged: true}\n  containers:\n  - name: c\n    securityContext: {<<: *x}\n`)],
  ['under a merge key after the key that it overrides', pod(`  x: &x {privileged: true}\n  containers:\n  - name: c\n    securityContext:\n      privileged: false\n      <<: *x\n`)],
  ['under a list of merge keys', pod(`  x: &x {privileged: true}\n  y: &y {runAsUser: 1}\n  containers:\n  - name: c\n    securityContext: {<<: [*y, *x]}\n`)],
  ['by an alias', pod(`  x: &x {privileged: true}\n  containers:\n  - name: c\n    securityContext: *x\n`)],
  ['as the second of two keys', container('privileged: false\n      privileged: true')],
  ['in the second of two containers keys', pod('  containers: [{name: a}]\n  containers: [{name: c, securityContext: {privileged: true}}]\n')],
  ['with the kind written twice', faulty.replace('kind: Pod', 'kind: ConfigMap\nkind: Pod')],
  ['with a quoted key', container('"privileged": true')],
  ['with an escaped key', container('"privile\\x67ed": true')],
  ['in flow style', 'apiVersion: v1\nkind: Pod\nspec: {containers: [{name: c, securityContext: {privileged: true}}]}\n'],
  ['as JSON', template('Pod', 'v1', ['spec'])],
  ['as several JSON objects', `${JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap' })}\n${template('Pod', 'v1', ['spec'])}`],
  ['as JSON with the key twice', '{"apiVersion":"v1","kind":"Pod","spec":{"containers":[{"name":"c","securityContext":{"privileged":false,"privileged":true}}]}}'],
  ['in a List', `apiVersion: v1\nkind: List\nitems:\n- ${JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap' })}\n- ${template('Pod', 'v1', ['spec'])}\n`],
  ['in a PodList', `{"apiVersion":"v1","kind":"PodList","items":[${template('Pod', 'v1', ['spec'])}]}`],
  ['in a List behind an unknown kind', `apiVersion: v1\nkind: List\nitems:\n- {apiVersion: x.example/v1, kind: Unknown, metadata: {name: u}}\n- ${template('Pod', 'v1', ['spec'])}\n`],
  ['in a List in a List', `apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: List\n  items:\n  - ${template('Pod', 'v1', ['spec'])}\n`],
  ['in an init container', pod('  initContainers: [{name: c, securityContext: {privileged: true}}]\n  containers: [{name: a}]\n')],
  ['in a sidecar', pod('  initContainers: [{name: c, restartPolicy: Always, securityContext: {privileged: true}}]\n  containers: [{name: a}]\n')],
  ['in an ephemeral container', pod('  ephemeralContainers: [{name: c, securityContext: {privileged: true}}]\n  containers: [{name: a}]\n')],
  ['in a container without a name', pod('  containers: [{securityContext: {privileged: true}}]\n')],
  ...([
    ['Deployment', 'apps/v1'], ['StatefulSet', 'apps/v1'], ['DaemonSet', 'apps/v1'], ['ReplicaSet', 'apps/v1'], ['Deployment', 'extensions/v1beta1'],
    ['ReplicationController', 'v1'], ['Job', 'batch/v1'], ['Rollout', 'argoproj.io/v1alpha1'], ['Unknown', 'x.example/v1'],
  ] as const).map(([kind, apiVersion]): [string, string] => [`in a ${kind} of ${apiVersion}`, template(kind, apiVersion, podTemplate)]),
  ['in a CronJob', template('CronJob', 'batch/v1', ['spec', 'jobTemplate', ...podTemplate])],
  ['in a PodTemplate', template('PodTemplate', 'v1', ['template', 'spec'])],
  ['with a byte order mark', `\uFEFF${faulty}`],
  ['with a byte order mark at the second document', `${clean}---\n\uFEFF${faulty}`],
  ['in UTF-16', Buffer.from(`\uFEFF${faulty}`, 'utf16le')],
  ['with template text in a comment', `# {{ .Values.x }}\n${faulty}`],
  ['with template text in a string', faulty.replace('name: p', 'name: "{{ .Release.Name }}"')],
  ['beside a very long line', `${clean}data: {a: "${'x'.repeat(2_000_000)}"}\n---\n${faulty}`],
]

describe('a privileged container is found', () => {
  test.each(hidden)('%s', (_, text) => {
    const { findings } = lintText('pod.yaml', text)
    expect(findings.filter(({ control, outcome }) => control === 'workload-no-privileged' && outcome === 'violated')).toHaveLength(1)
  })
})
