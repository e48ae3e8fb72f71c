import { describe, expect, test } from 'vitest'
import type { Json } from '../../src/artefact/document.ts'
import { discoversServers } from '../../src/input/account.ts'
import { inventoryOf, type SetObject, type SetOptions } from '../../src/input/inventory.ts'

type Map = { [key: string]: unknown }

const options: SetOptions = { whole: true, systemNamespaces: [], injected: [] }

function object(kind: string, name: string, more: Map = {}, namespace?: string): SetObject {
  return { value: { kind, apiVersion: 'v1', metadata: { name, ...(namespace !== undefined && { namespace }) }, ...more } }
}

const workload = (pod: Map = {}, image = 'acme/notes-mcp:v1', namespace?: string) =>
  object('Deployment', 'notes', { spec: { template: { spec: { containers: [{ name: 'a', image }], ...pod } } } }, namespace)
const accountOf = (objects: SetObject[], more: Partial<SetOptions> = {}) => inventoryOf(objects, { ...options, ...more }).facts[0].account
const none = { found: false, bound: false, whole: true }

test('a pod without an account has the default one of its namespace', () => {
  expect(accountOf([workload()])).toEqual({ name: 'default', ...none })
  expect(accountOf([workload(), object('ServiceAccount', 'default', { automountServiceAccountToken: false })])).toEqual({ name: 'default', ...none, found: true, automount: false })
  expect(accountOf([workload({}, undefined, 'a'), object('ServiceAccount', 'default', { automountServiceAccountToken: false }, 'b')])).toEqual({ name: 'default', ...none })
})

test.each<[string, Map, unknown]>([
  ['its name', { serviceAccountName: 'tools' }, 'tools'], ['the older field', { serviceAccount: 'tools' }, 'tools'], ['both', { serviceAccount: 'old', serviceAccountName: 'new' }, 'new'],
  ['a template', { serviceAccountName: { unresolved: 'a template' } }, { unresolved: 'a template' }], ['no text', { serviceAccountName: 7 }, 'default'],
])('%s', (_, pod, name) => {
  expect(accountOf([workload(pod)])?.name).toEqual(name)
})

test('what stands beside no MCP system has no such fact', () => {
  expect(accountOf([workload({}, 'acme/shop:v1')])).toBeUndefined()
})

describe('a binding names the account', () => {
  const bound = (binding: SetObject, pod: Map = { serviceAccountName: 'tools' }, more: SetObject = workload(pod, undefined, 'a')) => accountOf([more, binding])?.bound
  const binding = (subject: Map, kind = 'RoleBinding', namespace = 'a') => object(kind, 'b', { subjects: [subject], roleRef: { kind: 'Role', name: 'r' } }, namespace)
  test('in its own namespace', () => {
    expect(bound(binding({ kind: 'ServiceAccount', name: 'tools' }))).toBe(true)
    expect(bound(binding({ kind: 'ServiceAccount', name: 'tools', namespace: 'b' }))).toBe(false)
    expect(bound(binding({ kind: 'ServiceAccount', name: 'others' }))).toBe(false)
    expect(bound(binding({ kind: 'Group', name: 'tools' }))).toBe(false)
  })
  test('from another namespace, or from none', () => {
    expect(bound(binding({ kind: 'ServiceAccount', name: 'tools', namespace: 'a' }, 'RoleBinding', 'b'))).toBe(true)
    expect(bound(object('ClusterRoleBinding', 'b', { subjects: [{ kind: 'ServiceAccount', name: 'tools', namespace: 'a' }] }))).toBe(true)
  })
  test('as a user', () => {
    expect(bound(binding({ kind: 'User', name: 'system:serviceaccount:a:tools' }))).toBe(true)
    expect(bound(binding({ kind: 'User', name: 'tools' }))).toBe(false)
  })
  test('but the default account is anybody\'s', () => {
    expect(bound(binding({ kind: 'ServiceAccount', name: 'default' }), {})).toBe(false)
  })
  test('in a kustomization that sets the namespace', () => {
    const subject = { kind: 'ServiceAccount', name: 'tools', namespace: 'default' }
    expect(accountOf([{ ...workload({ serviceAccountName: 'tools' }), setting: { namespace: 'prod', labels: {}, replicas: new Map(), patches: [] } }, binding(subject, 'ClusterRoleBinding')])?.bound).toBe(true)
  })
})

describe('a program that looks for servers in the cluster', () => {
  const mounting = { volumes: [{ name: 'c', configMap: { name: 'config' } }] }
  const discovers = (image: string, given: boolean | null | undefined, pod: Map = mounting) =>
    accountOf([workload(pod, image)], { discoveries: given === undefined ? [] : [{ configMap: 'config', discovers: given }] })?.discovers
  test.each(['ghcr.io/acme/mcp-bridge-gateway:v1', 'ghcr.io/acme/mcp-hangar:2.13.0'])('%s', image => {
    expect([discovers(image, true), discovers(image, false), discovers(image, null), discovers(image, undefined)]).toEqual([true, false, null, null])
    expect(discovers(image, true, {})).toBe(null)
  })
  test('no other program does', () => {
    expect(discovers('acme/notes-mcp:v1', true)).toBeUndefined()
  })
  test('the gateway\'s variable comes first', () => {
    const image = 'ghcr.io/acme/mcp-bridge-gateway:v1'
    const pod = (value: Map) => ({ ...mounting, containers: [{ name: 'a', image, env: [{ name: 'MCP_GATEWAY_SERVICE_DISCOVERY_PROVIDER', ...value }] }] })
    expect(discovers(image, true, pod({ value: 'static' }))).toBe(false)
    expect(discovers(image, false, pod({ value: 'kubernetes' }))).toBe(true)
    expect(discovers(image, false, pod({ valueFrom: {} }))).toBe(null)
  })
})

test.each<[string, Json, boolean | null | undefined]>([
  ['bridge-gateway-config', { sessions: {} }, true],
  ['bridge-gateway-config', { service_discovery: { provider: 'kubernetes' } }, true],
  ['bridge-gateway-config', { Service_Discovery: { Mode: 'static' } }, false],
  ['bridge-gateway-config', { service_discovery: { mode: '{{ .Values.mode }}' } }, null],
  ['bridge-gateway-config', { service_discovery: 'odd' }, true],
  ['hangar-config', { mcp_servers: {} }, false],
  ['hangar-config', { discovery: { sources: [{ type: 'docker' }, { type: 'kubernetes' }] } }, true],
  ['hangar-config', { discovery: { sources: [{ type: '${SOURCE}' }] } }, null],
  ['hangar-config', { discovery: { sources: 'odd' } }, false],
  ['helm-values', {}, undefined],
])('%s %j', (kind, value, expected) => {
  expect(discoversServers({ kind: kind as never, value })).toBe(expected)
})
