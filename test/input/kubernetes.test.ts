import { describe, expect, test } from 'vitest'
import type { Json } from '../../src/artefact/document.ts'
import { parseImage } from '../../src/input/image.ts'
import { projectKubernetes } from '../../src/input/kubernetes.ts'
import { artefactOf, file, params, projected } from './objects.ts'

const spec = { containers: [{ name: 'gateway', image: 'registry.example/gateway:1.2.3' }] }
const podAt = (kind: string, apiVersion: string, value: object): Json => ({ apiVersion, kind, metadata: { name: 'x' }, ...value })

test('of a Pod goes what controls read', () => {
  const { fields, identity } = projected({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'gateway', namespace: 'mcp', uid: 'u', managedFields: [{ manager: 'kubectl' }], labels: { app: 'gateway' },
      annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}', 'mcp-policy.io/component': 'gateway' },
    },
    spec: {
      schedulerName: 'default', containers: [{
        name: 'gateway', image: 'registry.example/gateway:1.2.3', tty: true, injected: true,
        env: [{ name: 'LEVEL', value: 'info', extra: 1 }], securityContext: { privileged: true },
      }],
    },
    status: { phase: 'Running' },
  })
  expect(fields).toEqual({
    kind: 'kubernetes',
    value: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'gateway', namespace: 'mcp', labels: { app: 'gateway' }, annotations: { 'mcp-policy.io/component': 'gateway' } },
      spec: {
        containers: [{
          name: 'gateway', image: 'registry.example/gateway:1.2.3', env: [{ name: 'LEVEL', value: 'info' }],
          securityContext: { privileged: true },
        }],
      },
    },
    pod_path: ['spec'],
    pod_metadata: { labels: { app: 'gateway' }, annotations: { 'mcp-policy.io/component': 'gateway' } },
    pod_metadata_path: ['metadata'],
    namespace: 'mcp',
    images: [{ path: ['spec', 'containers', 0, 'image'], what: 'container gateway', reference: parseImage('registry.example/gateway:1.2.3') }],
  })
  expect(identity).toEqual({ apiVersion: 'v1', objectKind: 'Pod', namespace: 'mcp', name: 'gateway' })
})

test.each<[string, Json, string[] | undefined]>([
  ['Deployment', podAt('Deployment', 'apps/v1', { spec: { template: { spec } } }), ['spec', 'template', 'spec']],
  ['CronJob', podAt('CronJob', 'batch/v1', { spec: { jobTemplate: { spec: { template: { spec } } } } }), ['spec', 'jobTemplate', 'spec', 'template', 'spec']],
  ['PodTemplate', podAt('PodTemplate', 'v1', { template: { spec } }), ['template', 'spec']],
  ['ReplicationController', podAt('ReplicationController', 'v1', { spec: { template: { spec } } }), ['spec', 'template', 'spec']],
  ['Rollout', podAt('Rollout', 'argoproj.io/v1alpha1', { spec: { template: { spec } } }), ['spec', 'template', 'spec']],
  ['a kind of one\'s own with a pod template', podAt('Engine', 'example.org/v1', { spec: { template: { spec } } }), ['spec', 'template', 'spec']],
  ['a kind of one\'s own at a configured path', podAt('Engine', 'example.org/v1', { spec: { worker: { pod: spec } } }), ['spec', 'worker', 'pod']],
  ['a Pod of another group', podAt('Pod', 'example.org/v1', { spec }), undefined],
  ['a template without containers', podAt('Engine', 'example.org/v1', { spec: { template: { spec: {} } } }), undefined],
  ['a Service', podAt('Service', 'v1', { spec: { type: 'ClusterIP' } }), undefined],
])('the pod of %s', (_, object, path) => {
  const { fields } = projected(object, { pod_template_paths: ['spec.worker.pod'] })
  expect(fields.pod_path).toEqual(path)
})

test('an annotation that sets a profile may be a template, and others hold what they hold', () => {
  const apparmor = 'container.apparmor.security.beta.kubernetes.io/gateway'
  const { fields } = projected(podAt('Pod', 'v1', { metadata: { name: 'x', annotations: { [apparmor]: '{{ .Values.profile }}', 'mcp-policy.io/host-access': '{{ x }}' } }, spec }))
  expect(fields.pod_metadata).toEqual({ annotations: { [apparmor]: { unresolved: 'a template' }, 'mcp-policy.io/host-access': '{{ x }}' } })
  expect(fields.unresolved).toEqual([{ path: ['metadata', 'annotations', apparmor], what: 'a template' }])
})

test('labels and annotations of a template are those of its pods', () => {
  const { fields } = projected({
    apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'x', labels: { of: 'object' } },
    spec: { template: { metadata: { labels: { of: 'pod' }, annotations: { 'prometheus.io/scrape': 'true', other: 'x' } }, spec } },
  })
  expect(fields.pod_metadata).toEqual({ labels: { of: 'pod' }, annotations: { 'prometheus.io/scrape': 'true' } })
  expect(fields.pod_metadata_path).toEqual(['spec', 'template', 'metadata'])
})

test.each([
  ['by name and image', 'istio-init', 'registry.example/istio/proxyv2:1.24.0@sha256:00', true],
  ['not by name alone', 'istio-init', 'registry.example/shell:1.0', undefined],
  ['not by image alone', 'init', 'registry.example/istio/proxyv2:1.24.0', undefined],
])('an injected container is known %s', (_, name, image, injected) => {
  const { fields } = projected({ apiVersion: 'v1', kind: 'Pod', spec: { initContainers: [{ name, image }] } })
  expect(fields.value).toEqual({ apiVersion: 'v1', kind: 'Pod', spec: { initContainers: [injected ? { name, image, injected } : { name, image }] } })
})

describe('templates and variables', () => {
  const object: Json = {
    apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x', annotations: { 'mcp-policy.io/host-access': '{{ .reason }}' } },
    spec: {
      serviceAccountName: '{{ .Values.account }}', hostNetwork: '${HOST_NETWORK}', priorityClassName: '$(NOT_ONE)',
      containers: [{
        name: 'x', image: '${REGISTRY:-registry.example}/x:1', command: ['sh', '-c', 'echo ${HOME}'], args: ['{{ .x }}'],
        env: [{ name: 'A', value: '${A}' }], livenessProbe: { exec: { command: ['${BIN}'] } }, readinessProbe: { httpGet: { host: '{{ .host }}' } },
      }],
    },
  }

  test('in a file stand for what is not known', () => {
    expect(projected(object).fields.value).toEqual({
      apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x', annotations: { 'mcp-policy.io/host-access': '{{ .reason }}' } },
      spec: {
        serviceAccountName: { unresolved: 'a template' }, hostNetwork: { unresolved: 'the variable HOST_NETWORK' }, priorityClassName: '$(NOT_ONE)',
        containers: [{
          name: 'x', image: { unresolved: 'the variable REGISTRY' }, command: ['sh', '-c', 'echo ${HOME}'], args: ['{{ .x }}'],
          env: [{ name: 'A', value: '${A}' }], livenessProbe: { exec: { command: ['${BIN}'], check: { programs: ['${BIN}'], subcommands: [], asks: [] } } },
          readinessProbe: { httpGet: { host: { unresolved: 'a template' } } },
        }],
      },
    })
  })

  test('are listed with their places', () => {
    expect(projected(object).fields.unresolved).toEqual([
      { path: ['spec', 'serviceAccountName'], what: 'a template' },
      { path: ['spec', 'hostNetwork'], what: 'the variable HOST_NETWORK' },
      { path: ['spec', 'containers', 0, 'image'], what: 'the variable REGISTRY' },
      { path: ['spec', 'containers', 0, 'readinessProbe', 'httpGet', 'host'], what: 'a template' },
    ])
  })

  test('are text for the API server', () => {
    expect(projected(object, { literal: true }).fields).not.toHaveProperty('unresolved')
    expect(projected(object, { literal: true }).fields.value).toMatchObject(object as object)
  })

  test('cannot be claimed by the object itself', () => {
    const { fields } = projected({
      apiVersion: 'v1', kind: 'Pod', spec: { containers: [{ name: 'x', securityContext: { privileged: { unresolved: 'a template' }, runAsUser: 1 } }] },
    })
    expect(fields.value).toMatchObject({ spec: { containers: [{ name: 'x', securityContext: { privileged: {}, runAsUser: 1 } }] } })
  })
})

test.each<[string, Json, Json]>([
  ['a Secret', { apiVersion: 'v1', kind: 'Secret', type: 'Opaque', data: { a: 'c2VjcmV0' }, stringData: { b: 'secret' } }, { apiVersion: 'v1', kind: 'Secret', type: 'Opaque' }],
  ['a ConfigMap', { apiVersion: 'v1', kind: 'ConfigMap', data: { a: 'x' }, binaryData: { b: '' } }, { apiVersion: 'v1', kind: 'ConfigMap' }],
  ['a definition', {
    apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', spec: { group: 'g', scope: 'Namespaced', versions: [{ name: 'v1', served: true, schema: { openAPIV3Schema: {} } }] },
  }, { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', spec: { group: 'g', scope: 'Namespaced', versions: [{ name: 'v1', served: true }] } }],
  ['a Role', { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', rules: [{ verbs: ['*'] }] }, { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', rules: [{ verbs: ['*'] }] }],
  ['a PrometheusRule', {
    apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', spec: { groups: [{ name: '{{ .x }}', rules: [{ alert: 'A', expr: 'up == 0', annotations: { summary: '{{ $labels.job }}' } }] }] },
  }, {
    apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', spec: { groups: [{ name: { unresolved: 'a template' }, rules: [{ alert: 'A', expr: 'up == 0', annotations: { summary: '{{ $labels.job }}' } }] }] },
  }],
])('of %s goes no more than controls may see', (_, object, expected) => {
  expect(projected(object).fields.value).toEqual(expected)
})

test.each([
  ['a secret by its name', 'API_TOKEN', 'hunter2', { secret: { length: 7, class: 'literal' } }],
  ['a reference', 'API_TOKEN', '$(OTHER)', { secret: { class: 'reference', length: 0, via: 'variable', variable: 'OTHER' } }],
  ['the name of a secret', 'API_TOKEN_FILE', '/etc/token', '/etc/token'],
  ['a URL with a password', 'DATABASE', 'postgres://gateway:hunter2@db/x', { secret: { class: 'literal', length: 7, within: 'url' } }],
  ['a URL without one', 'UPSTREAM_URL', 'http://files:8000', 'http://files:8000'],
  ['a key of a provider under any name', 'EXTRA', 'ghp_' + 'a1'.repeat(18), { secret: { class: 'literal', length: 40, provider: true } }],
  ['a number', 'DB_PASSWORD', 12345678, { secret: { class: 'literal', length: 8 } }],
  ['a long one', 'CONFIG', 'x'.repeat(300), 'x'.repeat(300)],
  ['any other', 'LOG_LEVEL', 'info', 'info'],
  ['what is no scalar', 'LOG_LEVEL', { secret: { class: 'reference' } }, null],
])('the value of a variable: %s', (_, name, value, expected) => {
  const { fields } = projected({ apiVersion: 'v1', kind: 'Pod', spec: { containers: [{ env: [{ name, value }] }] } })
  expect(fields.value).toMatchObject({ spec: { containers: [{ env: [{ name, value: expected }] }] } })
})

test.each<[string, Json[], Json[]]>([
  ['an option and its value', ['serve', '--token', 'hunter2', '--port', '80'], ['serve', '--token', { secret: { class: 'literal', length: 7 } }, '--port', '80']],
  ['both in one word', ['--token=hunter2'], [{ option: '--token', secret: { class: 'literal', length: 7 } }]],
  ['a variable', ['--token=$(TOKEN)'], [{ option: '--token', secret: { class: 'reference', length: 0, via: 'variable', variable: 'TOKEN' } }]],
  ['a URL', ['redis://:hunter2@cache'], [{ secret: { class: 'literal', length: 7, within: 'url' } }]],
  ['a switch', ['--token', '--verbose'], ['--token', '--verbose']],
  ['where the secret is', ['--token-file', '/run/token'], ['--token-file', '/run/token']],
  ['what is no text', ['--token', 5, { a: 1 }], ['--token', { secret: { class: 'literal', length: 1 } }, { a: 1 }]],
])('the secrets of a command line: %s', (_, words, expected) => {
  const exec = (command: Json) => ({ exec: { command } })
  const { fields } = projected({ apiVersion: 'v1', kind: 'Pod', spec: { containers: [{ command: words, args: words, livenessProbe: exec(words), lifecycle: { preStop: exec(words) } }] } })
  expect(fields.value).toMatchObject({ spec: { containers: [{ command: expected, args: expected, livenessProbe: exec(expected), lifecycle: { preStop: exec(expected) } }] } })
  for (const apiVersion of ['mcp-hangar.io/v1alpha1', 'toolhive.stacklok.dev/v1alpha1']) {
    const { fields: { value } } = projected({ apiVersion, kind: 'MCPServer', spec: { image: 'r.example/x:1', args: words } })
    expect(value).toMatchObject({ spec: { args: expected }, pod: { containers: [{ args: expected }] } })
  }
})

test('what is kept is shared, not copied, and the object is not changed', () => {
  const securityContext = { seccompProfile: { type: 'RuntimeDefault' } }
  const object: Json = { apiVersion: 'v1', kind: 'Pod', spec: { securityContext, hostNetwork: '{{ .x }}' } }
  const before = structuredClone(object)
  const { fields } = projected(object)
  expect((fields.value as { spec: { securityContext: object } }).spec.securityContext).toBe(securityContext)
  expect(object).toEqual(before)
})

test('a key named __proto__ stays a key', () => {
  const labels = JSON.parse('{"__proto__": "{{ x }}", "a": "b"}') as Json
  const { fields } = projected({ apiVersion: 'v1', kind: 'Service', spec: { selector: labels } })
  expect(JSON.stringify((fields.value as { spec: object }).spec)).toBe('{"selector":{"__proto__":{"unresolved":"a template"},"a":"b"}}')
})

const limits = { size: 1000, keys: 20, depth: 10 }
const nested = (depth: number): Json => depth === 0 ? 'x' : [nested(depth - 1)]
test.each<[string, string, Json]>([
  ['size', 'size', 'x'.repeat(1000)],
  ['keys', 'keys', Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`k${index}`, 1]))],
  ['depth', 'depth', nested(10)],
])('past the limit of %s there is no projection', (_, limit, selector) => {
  const object: Json = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'x' }, spec: { selector } }
  const result = projectKubernetes(file, artefactOf(object), { ...params, limits })
  expect(result).toMatchObject({ overLimit: limit, identity: { name: 'x' } })
})

test('what is dropped counts for no limit', () => {
  const object: Json = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' }, data: { big: 'x'.repeat(5000) } }
  expect(projectKubernetes(file, artefactOf(object), { ...params, limits })).not.toHaveProperty('overLimit')
})

test('the container of a place', () => {
  const { containerAt, fields } = projected({ apiVersion: 'apps/v1', kind: 'Deployment', spec: { template: { spec } } })
  expect(containerAt?.(fields.value as never, ['spec', 'template', 'spec', 'containers', 0, 'image'])).toBe('gateway')
  expect(containerAt?.(fields.value as never, ['spec', 'template', 'spec', 'containers', 1])).toBeUndefined()
  expect(containerAt?.(fields.value as never, ['spec', 'template', 'spec', 'volumes', 0])).toBeUndefined()
})

test('what the command of a probe comes to', () => {
  const probe = (command: Json): Json => podAt('Pod', 'v1', { spec: { containers: [{ name: 'x', livenessProbe: { exec: { command, check: { constant: 'no' } } } }] } })
  const execOf = (command: Json) => {
    const { value } = projected(probe(command)).fields as { value: { spec: { containers: { livenessProbe: { exec: Json } }[] } } }
    return value.spec.containers[0].livenessProbe.exec
  }
  expect(execOf(['sh', '-c', 'exit 0'])).toEqual({ command: ['sh', '-c', 'exit 0'], check: { constant: 'exit 0', programs: [], subcommands: [], asks: [] } })
  expect(execOf(['curl', '-H', 'Authorization: Bearer hunter2', 'http://localhost:8080/health?key=hunter2'])).toMatchObject({
    check: { programs: ['curl'], asks: [{ host: 'localhost', port: 8080, path: '/health' }] },
  })
  expect(JSON.stringify((execOf(['curl', '-H', 'Authorization: Bearer hunter2', 'http://localhost']) as { check: Json }).check)).not.toContain('hunter2')
  expect(execOf(['sh', '-c', '{{ .Values.check }}'])).toMatchObject({ check: { template: true } })
  expect(execOf('exit 0')).toEqual({ command: 'exit 0' })
})
