import { expect, test } from 'vitest'
import type { Json, Path } from '../../src/artefact/document.ts'
import { projected } from './objects.ts'

type Pod = { securityContext: Json; containers: { [key: string]: Json }[]; volumes?: Json[] }
const hangar = (spec: Json) => projected({ apiVersion: 'mcp-hangar.io/v1alpha2', kind: 'MCPServer', metadata: { name: 'sqlite' }, spec })
const toolhive = (spec: Json, kind = 'MCPServer') => projected({ apiVersion: 'toolhive.stacklok.dev/v1beta1', kind, metadata: { name: 'github' }, spec })
const podOf = ({ fields }: { fields: Record<string, unknown> }) => (fields.value as { pod: Pod }).pod

const hardened = {
  runAsNonRoot: true, readOnlyRootFilesystem: true, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, seccompProfile: { type: 'RuntimeDefault' },
}

test('an MCPServer without security contexts has the hardened ones of its operator', () => {
  const result = hangar({ mode: 'container', image: 'registry.example/sqlite:1.0', env: [{ name: 'A', value: 'b' }], replicas: 1 })
  expect(result.fields).toMatchObject({ pod_path: ['pod'], pod_metadata: {}, operator: 'mcp-hangar' })
  expect(podOf(result)).toEqual({
    restartPolicy: 'Never',
    securityContext: { runAsNonRoot: true, runAsUser: 65534, fsGroup: 65534, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [{ name: 'provider', image: 'registry.example/sqlite:1.0', env: [{ name: 'A', value: 'b' }], securityContext: hardened }],
  })
})

test('a context that is written replaces its own default whole', () => {
  const pod = podOf(hangar({ mode: 'container', image: 'x', containerSecurityContext: { privileged: true } }))
  expect(pod.containers[0].securityContext).toEqual({ privileged: true })
  expect(pod.securityContext).toMatchObject({ runAsNonRoot: true })
})

test('the one context of older operators goes to pod and container, as far as each has its fields', () => {
  const pod = podOf(hangar({ mode: 'container', securityContext: { runAsUser: 1000, fsGroup: 1, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] }, privileged: true } }))
  expect(pod.securityContext).toEqual({ runAsUser: 1000, fsGroup: 1 })
  expect(pod.containers[0].securityContext).toEqual({ runAsUser: 1000, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } })
})

test('a volume of older operators names its mount', () => {
  const result = hangar({ mode: 'container', volumes: [{ name: 'data', mountPath: '/data', readOnly: true, persistentVolumeClaim: { claimName: 'c' } }] })
  expect(podOf(result).volumes).toEqual([{ name: 'data', persistentVolumeClaim: { claimName: 'c' } }])
  expect(podOf(result).containers[0].volumeMounts).toEqual([{ name: 'data', mountPath: '/data', readOnly: true }])
  expect(result.source(['pod', 'containers', 0, 'volumeMounts', 0, 'mountPath']).path).toEqual(['spec', 'volumes', 0, 'mountPath'])
})

test('mode remote has no pod, and a pod template in an MCPServer makes none', () => {
  expect(hangar({ mode: 'remote', endpoint: 'https://example.org' }).fields.pod_path).toBeUndefined()
  const fake = hangar({ mode: 'container', containerSecurityContext: { privileged: true }, template: { spec: { containers: [{ name: 'x' }] } } })
  expect(fake.fields.pod_path).toEqual(['pod'])
})

test.each<[Path, Path]>([
  [['pod', 'containers', 0, 'securityContext', 'privileged'], ['spec', 'containerSecurityContext', 'privileged']],
  [['pod', 'securityContext', 'sysctls', 0], ['spec', 'podSecurityContext', 'sysctls', 0]],
  [['pod', 'containers', 0, 'image'], ['spec', 'image']],
  [['pod', 'containers', 0], ['spec']],
  [['pod', 'volumes', 1, 'hostPath'], ['spec', 'volumes', 1, 'hostPath']],
  [['pod', 'containers', 0, 'env', 2, 'value'], ['spec', 'env', 2, 'value']],
  [['spec', 'mode'], ['spec', 'mode']],
  [['metadata', 'name'], ['metadata', 'name']],
])('a place in the pod of an MCPServer: %j', (place, expected) => {
  expect(hangar({ mode: 'container', podSecurityContext: {}, containerSecurityContext: {} }).source(place).path).toEqual(expected)
})

const filled = {
  privileged: false, runAsNonRoot: true, runAsUser: 1000, runAsGroup: 1000, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true,
  seccompProfile: { type: 'RuntimeDefault' }, capabilities: { drop: ['ALL'] },
}

test('ToolHive fills each security field that is left out', () => {
  const result = toolhive({
    image: 'registry.example/github:1.0', env: [{ name: 'LOG_LEVEL', value: 'info' }], secrets: [{ name: 's', key: 'token', targetEnvName: 'TOKEN' }],
    podTemplateSpec: {
      metadata: { annotations: { 'mcp-policy.io/component': 'mcp-server' } },
      spec: {
        securityContext: { runAsNonRoot: false },
        containers: [{ name: 'side', image: 'registry.example/side:1' }, { name: 'mcp', securityContext: { allowPrivilegeEscalation: true, runAsUser: null }, env: [{ name: 'X', value: 'y' }] }],
      },
    },
  })
  expect(result.fields).toMatchObject({ pod_path: ['pod'], operator: 'toolhive', pod_metadata: { annotations: { 'mcp-policy.io/component': 'mcp-server' } } })
  expect(podOf(result)).toEqual({
    securityContext: { runAsNonRoot: false, runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      { name: 'side', image: 'registry.example/side:1' },
      {
        name: 'mcp', image: 'registry.example/github:1.0', securityContext: { ...filled, allowPrivilegeEscalation: true },
        env: [{ name: 'X', value: 'y' }, { name: 'LOG_LEVEL', value: 'info' }, { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 's', key: 'token' } } }],
      },
    ],
  })
  expect(result.containerAt?.(result.fields.value as never, ['pod', 'containers', 1, 'image'])).toBe('mcp')
  expect([
    ['pod', 'containers', 1, 'env', 0], ['pod', 'containers', 1, 'env', 1, 'value'], ['pod', 'containers', 1, 'env', 2],
    ['pod', 'containers', 1, 'image'], ['pod', 'containers', 1, 'securityContext', 'allowPrivilegeEscalation'], ['pod', 'containers', 0, 'image'],
    ['pod', 'securityContext', 'runAsNonRoot'],
  ].map(place => result.source(place).path)).toEqual([
    ['spec', 'podTemplateSpec', 'spec', 'containers', 1, 'env', 0], ['spec', 'env', 0, 'value'], ['spec', 'secrets', 0],
    ['spec', 'image'], ['spec', 'podTemplateSpec', 'spec', 'containers', 1, 'securityContext', 'allowPrivilegeEscalation'],
    ['spec', 'podTemplateSpec', 'spec', 'containers', 0, 'image'], ['spec', 'podTemplateSpec', 'spec', 'securityContext', 'runAsNonRoot'],
  ])
})

test('a ToolHive server without a pod template has one container of its operator', () => {
  const result = toolhive({ image: 'x', volumes: [{ name: 'data', hostPath: '/srv', mountPath: '/data' }] })
  expect(podOf(result).containers).toEqual([{ name: 'mcp', image: 'x', securityContext: filled, volumeMounts: [{ name: 'data', mountPath: '/data', readOnly: false }] }])
  expect(podOf(result).volumes).toEqual([{ name: 'data', hostPath: { path: '/srv' } }])
  expect(result.source(['pod', 'volumes', 0, 'hostPath', 'path']).path).toEqual(['spec', 'volumes', 0, 'hostPath'])
  expect(result.source(['pod', 'volumes', 0, 'hostPath']).path).toEqual(['spec', 'volumes', 0, 'hostPath'])
})

test('a ToolHive server has the limits of the spec and, before them, those of its container', () => {
  const result = toolhive({
    image: 'x', resources: { limits: { memory: '1Gi', cpu: '1' }, requests: { cpu: '100m' } },
    podTemplateSpec: { spec: { containers: [{ name: 'mcp', resources: { limits: { memory: '256Mi', cpu: null }, claims: [{ name: 'gpu' }] } }] } },
  })
  const { containers } = podOf(result)
  expect(containers[0].resources).toEqual({
    limits: { memory: '256Mi', cpu: '1' }, requests: { cpu: '100m' },
    amounts: { limits: { memory_bytes: 268435456, cpu_millicores: 1000 }, requests: { cpu_millicores: 100 } },
  })
  const place = ['pod', 'containers', 0, 'resources']
  expect([[...place, 'limits', 'memory'], [...place, 'limits', 'cpu'], [...place, 'requests', 'memory']].map(path => result.source(path).path)).toEqual([
    ['spec', 'podTemplateSpec', 'spec', 'containers', 0, 'resources', 'limits', 'memory'],
    ['spec', 'resources', 'limits', 'cpu'], ['spec', 'resources', 'requests', 'memory'],
  ])
})

test('resources of a ToolHive server in one place alone, or that are a template', () => {
  const own = { limits: { memory: '1Gi' } }
  const template = { podTemplateSpec: { spec: { containers: [{ name: 'mcp', resources: own }] } } }
  const resourcesOf = (spec: object) => podOf(toolhive({ image: 'x', ...spec })).containers[0].resources
  const known = { limits: { memory: '1Gi' }, amounts: { limits: { memory_bytes: 1073741824 } } }
  expect(resourcesOf({ resources: own })).toEqual(known)
  expect(resourcesOf(template)).toEqual(known)
  expect(resourcesOf({ ...template, resources: '{{ x }}' })).toEqual(known)
  expect(resourcesOf({ resources: '{{ x }}' })).toEqual({ unresolved: 'a template' })
  expect(toolhive({ image: 'x' }).source(['pod', 'containers', 0, 'resources', 'limits']).path).toEqual(['spec', 'resources', 'limits'])
})

test('a VirtualMCPServer has the operator\'s image', () => {
  const result = toolhive({ image: 'not read', podTemplateSpec: { spec: { containers: [{ name: 'vmcp', securityContext: { privileged: true } }] } } }, 'VirtualMCPServer')
  expect(podOf(result).containers).toEqual([{ name: 'vmcp', securityContext: { ...filled, privileged: true } }])
})
