import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { fieldFacts, setCrds, type CrdTables } from '../../src/input/custom-resource.ts'
import { artefactOf } from './objects.ts'

const { crds } = JSON.parse(readFileSync(new URL('../../policies/data/crds.json', import.meta.url), 'utf8')) as { crds: CrdTables }

const server = (spec: object, more: object = {}) => ({ apiVersion: 'mcp-hangar.io/v1alpha2', kind: 'MCPServer', spec, ...more }) as never
const faultsIn = (object: never, release = '0.17') => fieldFacts(object, new Map(), crds, release)!.key_faults.map(({ fault, path }) => `${fault} ${path.join('.')}`)

test('releases know different fields under one version', () => {
  const spec = { mode: 'container', image: 'x', securityContext: { runAsNonRoot: true }, idleTTL: '5m', volumes: [{ name: 'a', mountPath: '/a' }] }
  expect(faultsIn(server(spec))).toEqual(['unknown spec.securityContext', 'unknown spec.idleTTL', 'unknown spec.volumes.0.mountPath'])
  expect(faultsIn(server(spec), '0.14')).toEqual([])
  expect(faultsIn(server({ mode: 'container', podSecurityContext: {} }), '0.14.3')).toEqual(['unknown spec.podSecurityContext'])
})

test.each([['0.17', '0.17'], ['0.17.4', '0.17'], ['0.15', '0.14'], ['1.2', '0.17'], ['0.3', '0.14'], ['undefined', '0.17']])('release %s is compared with %s', (wanted, release) => {
  expect(fieldFacts(server({ mode: 'remote' }), new Map(), crds, wanted)?.crd.release).toBe(release)
})

test('types, enumerations and required fields are those of the API server', () => {
  expect(faultsIn(server({
    mode: 'docker', replicas: '2', args: 'serve', resources: { limits: { cpu: 1, memory: '1Gi', pods: 0.5 } }, env: [{ value: 'x' }], nodeSelector: { disk: 'ssd', zone: 3 },
    volumes: [{ name: 'd', emptyDir: {}, x: 1 }], capabilities: { network: { egress: [{ port: 443 }] } },
  })).sort()).toEqual([
    'missing spec.capabilities.network.egress.0.host', 'missing spec.env.0.name', 'type spec.args', 'type spec.nodeSelector.zone', 'type spec.replicas',
    'type spec.resources.limits.pods', 'unknown spec.volumes.0.x', 'value spec.mode',
  ])
  expect(faultsIn(server({ 'x-note': 1 }, { specs: {}, status: { anything: 1 }, metadata: { odd: true } }))).toEqual(['unknown spec.x-note', 'missing spec.mode', 'unknown specs'])
})

test('a required field that has a default may be absent', () => {
  const policy = { apiVersion: 'mcp-hangar.io/v1alpha2', kind: 'MCPEgressPolicy', spec: { targetRef: { kind: 'MCPServer', name: 'x' }, networkBackstop: { flavor: 'Auto' } } }
  expect(faultsIn(policy as never)).toEqual([])
})

test('what a template or a variable makes has any type', () => {
  expect(faultsIn(server({ mode: '${MODE}', replicas: '{{ .Values.replicas }}', args: '$(ARGS)' }))).toEqual([])
})

test('versions and kinds that are not served', () => {
  const older = { apiVersion: 'mcp-hangar.io/v1alpha1', kind: 'MCPServer', spec: { anything: 1 } }
  expect(fieldFacts(older as never, new Map(), crds, '0.17')).toEqual({ crd: { release: '0.17', served: ['v1alpha2'] }, key_faults: [] })
  expect(faultsIn(older as never, '0.14')).toEqual(['unknown spec.anything', 'missing spec.mode'])
  expect(fieldFacts({ ...older, kind: 'MCPProvider' } as never, new Map(), crds, '0.17')).toEqual({
    crd: { release: '0.17', served: [], kinds: ['MCPDiscoverySource', 'MCPEgressPolicy', 'MCPServer', 'MCPServerGroup'] }, key_faults: [],
  })
})

test('kinds of other groups are nothing of ours', () => {
  for (const apiVersion of ['toolhive.stacklok.dev/v1beta1', 'v1', 'x.mcp-hangar.io/v1']) expect(fieldFacts({ apiVersion, kind: 'MCPServer', spec: {} } as never, new Map(), crds, '0.17')).toBeUndefined()
})

test('a definition in the set decides', () => {
  const found = setCrds([undefined, artefactOf({
    apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition',
    spec: {
      group: 'mcp-hangar.io', names: { kind: 'MCPServer' },
      versions: [{ name: 'v1alpha2', served: true, schema: { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties: { mood: { type: 'string' } } } } } } }],
    },
  })])
  expect(fieldFacts(server({ mood: 'fine', mode: 'container' }), found, crds, '0.17')).toEqual({
    crd: { served: ['v1alpha2'] }, key_faults: [{ path: ['spec', 'mode'], key: 'mode', fault: 'unknown' }],
  })
})

test('of a live object, what it was applied with and has lost', () => {
  const applied = JSON.stringify(server({ mode: 'remote', endpoint: 'x', tools: { allowList: [] }, idleTTL: '5m' }))
  const metadata = { annotations: { 'kubectl.kubernetes.io/last-applied-configuration': applied } }
  expect(fieldFacts(server({ mode: 'remote', endpoint: 'x', idleTTL: '5m' }, { metadata }), new Map(), crds, '0.17')?.key_faults.map(({ path, applied: lost }) => [path.join('.'), lost])).toEqual([
    ['spec.idleTTL', undefined], ['spec.tools', true],
  ])
  for (const text of ['{', '[]', '7', JSON.stringify({ apiVersion: 'v1', kind: 'MCPServer', spec: { tools: 1 } })]) {
    expect(faultsIn(server({ mode: 'remote' }, { metadata: { annotations: { 'kubectl.kubernetes.io/last-applied-configuration': text } } }))).toEqual([])
  }
})
