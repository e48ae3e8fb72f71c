import { describe, expect, test } from 'vitest'
import { component, isMcp, main } from '../../src/input/component.ts'

type Container = { name?: string; image?: unknown; command?: string[]; args?: string[]; env?: { name: string }[] }

function deployment(containers: Container[], metadata: object = {}, pod: object = {}): { [key: string]: unknown } {
  return {
    apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', ...metadata },
    spec: { template: { metadata: pod, spec: { containers } } },
  }
}

describe('by image or command', () => {
  test.each([
    ['ghcr.io/mcp-hangar/mcp-hangar:2.13.0', { component: 'hangar', system: 'hangar' }],
    ['registry.example:5000/x/mcp-hangar-operator@sha256:0', { component: 'operator', system: 'hangar' }],
    ['mcp-bridge-gateway', { component: 'gateway', system: 'bridge' }],
    ['acme/mcp-bridge-router:v1', { component: 'router', system: 'bridge' }],
    ['ghcr.io/agentic/mcp-gateway:v0.2.0', { component: 'gateway', system: 'openmcp' }],
    ['acme/mcp-gateway:1', { component: 'gateway' }],
    ['acme/weather-mcp:1', { component: 'mcp-server' }],
    ['acme/mcp/weather', { component: 'mcp-server' }],
    ['supercorp/supergateway', { component: 'mcp-server' }],
    ['mcp.example.com/acme/web', undefined],
    ['acme/mcpx', undefined],
    ['ghcr.io/acme/mcp-policy-webhook:1', undefined],
    ['ghcr.io/mcp-policy/webhook:1', undefined],
    ['docker.io/bitnami/redis:7', { component: 'redis' }],
    ['valkey/valkey', { component: 'redis' }],
    ['pgvector/pgvector:pg17', { component: 'postgres' }],
    ['mariadb', { component: 'mysql' }],
    ['haproxy:3', { component: 'proxy' }],
    ['fluent/fluent-bit', { component: 'log-agent' }],
    ['quay.io/prometheus/node-exporter', { component: 'node-exporter' }],
    ['nginx', { component: 'proxy' }],
    ['payments', undefined],
    [{ unresolved: 'a template' }, undefined],
  ])('%s', (image, expected) => {
    expect(component(deployment([{ name: 'a', image }]))).toEqual(expected)
  })

  test.each([
    [['mcp-hangar', 'serve'], 'hangar'],
    [['python', '-m', 'mcp_hangar'], 'hangar'],
    [['python3.12', '-m', 'mcp_hangar.server'], 'hangar'],
    [['uv', 'run', 'mcp-hangar', 'serve'], 'hangar'],
    [['/bin/sh', '-c', 'set -e; PORT=1 exec /app/mcp-gateway --config x'], 'gateway'],
    [['tini', '--', '/usr/bin/mcp-bridge-router'], 'router'],
    [['curl', 'http://mcp-gateway:8080'], undefined],
    [['web', '--upstream', 'mcp-gateway'], undefined],
  ])('the command %j', (command, expected) => {
    expect(component(deployment([{ name: 'a', image: 'python:3.12', command }]))?.component).toBe(expected)
    expect(component(deployment([{ name: 'a', image: 'python:3.12', args: command }]))?.component).toBe(expected)
  })

  test.each([
    [['npx', '-y', '@modelcontextprotocol/server-github'], 'mcp-server'],
    [['npx', '@acme/notes-mcp@1.4.0'], 'mcp-server'],
    [['uvx', 'mcp-proxy', '--port', '8080'], 'mcp-server'],
    [['uv', 'run', 'fastmcp', 'run', 'server.py'], 'mcp-server'],
    [['python', '-m', 'mcp_server_git'], 'mcp-server'],
    [['python', '/app/notes_mcp.py'], 'mcp-server'],
    [['sh', '-c', 'cd /app && exec supergateway --stdio notes'], 'mcp-server'],
    [['node', 'dist/index.js'], undefined],
    [['web', '--upstream', 'mcp-notes'], undefined],
    [['mcp-notes:8080'], undefined],
    [['mcp-policy', 'serve'], undefined],
    [['curl', 'http://mcp-notes:8080'], undefined],
  ])('a server that %j starts', (command, expected) => {
    expect(component(deployment([{ name: 'a', image: 'python:3.12', command }]))?.component).toBe(expected)
    expect(component(deployment([{ name: 'a', image: 'python:3.12', args: command }]))?.component).toBe(expected)
  })

  test('the mounted configuration tells programs of one name apart', () => {
    expect(component(deployment([{ image: 'acme/mcp-gateway' }]), { mounted: 'openmcp' })).toEqual({ component: 'gateway', system: 'openmcp' })
  })
})

describe('by labels', () => {
  const plain = [{ name: 'a', image: 'acme/web' }]
  test.each([
    ['hangar annotation on the pod', {}, { annotations: { 'mcp-hangar.io/tools': 'x' } }, { component: 'mcp-server', system: 'hangar' }],
    ['bridge label', { labels: { 'mcp.bridge/namespace': 'x' } }, {}, { component: 'mcp-server', system: 'bridge' }],
    ['part and component', { labels: { 'app.kubernetes.io/part-of': 'mcp-remote-bridge', component: 'router' } }, {}, { component: 'router', system: 'bridge' }],
    ['provider of hangar', { labels: { 'app.kubernetes.io/part-of': 'mcp-hangar', 'app.kubernetes.io/component': 'provider' } }, {}, { component: 'mcp-server', system: 'hangar' }],
    ['component alone', { labels: { 'app.kubernetes.io/component': 'gateway' } }, {}, undefined],
    ['part alone', { labels: { 'app.kubernetes.io/part-of': 'mcp-hangar' } }, {}, undefined],
    ['mcp-provider', {}, { labels: { component: 'mcp-provider' } }, { component: 'mcp-server' }],
    ['app label', {}, { labels: { app: 'notes-mcp' } }, { component: 'mcp-server' }],
    ['name', { name: 'mcp.notes' }, {}, { component: 'mcp-server' }],
    ['our own name', { name: 'mcp-policy' }, {}, undefined],
    ['our own annotation', { annotations: { 'mcp-policy.io/exempt': 'x' } }, {}, undefined],
    ['own label', { labels: { 'mcp-policy.io/component': 'gateway', 'mcp-policy.io/system': 'stack' } }, {}, { component: 'gateway', system: 'stack' }],
  ])('%s', (_, metadata, pod, expected) => {
    expect(component(deployment(plain, metadata, pod))).toEqual(expected)
  })

  test('a Service that selects the workload speaks for it', () => {
    const service = { kind: 'Service', metadata: { annotations: { 'mcp.bridge/protocol': 'http' } } }
    expect(component(deployment(plain), { services: [service] })).toEqual({ component: 'mcp-server', system: 'bridge' })
  })
})

describe('environment, supports and sidecars', () => {
  test.each([
    ['MCP_ in the environment', [{ image: 'acme/web', env: [{ name: 'MCP_MODE' }] }], {}, 'mcp-server'],
    ['FASTMCP_ in the environment', [{ image: 'acme/web', env: [{ name: 'FASTMCP_PORT' }] }], {}, 'mcp-server'],
    ['our own environment', [{ image: 'acme/web', env: [{ name: 'MCP_POLICY_PROFILE' }] }], {}, undefined],
    ['a store named for its system', [{ image: 'redis:7' }], { name: 'mcp-redis' }, 'redis'],
    ['a store with its exporter', [{ image: 'redis:7' }, { image: 'oliver006/redis_exporter' }], { name: 'mcp-redis' }, 'redis'],
    ['a server behind a proxy', [{ image: 'nginx' }, { image: 'acme/web' }], { name: 'mcp-notes' }, 'mcp-server'],
    ['an injected proxy does not make one', [{ name: 'istio-proxy', image: 'istio/proxyv2' }, { image: 'acme/web' }], {}, undefined],
    ['a name alone exempts nothing', [{ name: 'istio-proxy', image: 'acme/mcp-notes' }], {}, 'mcp-server'],
  ])('%s', (_, containers, metadata, expected) => {
    expect(component(deployment(containers as Container[], metadata))?.component).toBe(expected)
  })

  test('a CronJob that dumps a database is a backup, whatever it is called', () => {
    const spec = { containers: [{ image: 'acme/tools', command: ['sh', '-c', 'pg_dump -Fc "$URL" > /backup/x'] }] }
    const cronJob = (name: string) => ({ kind: 'CronJob', metadata: { name }, spec: { jobTemplate: { spec: { template: { spec } } } } })
    expect(component(cronJob('nightly'))).toEqual({ component: 'backup' })
    expect(component(cronJob('mcp-nightly'))).toEqual({ component: 'backup' })
  })
})

describe('other objects', () => {
  test.each([
    ['Hangar server', { apiVersion: 'mcp-hangar.io/v1alpha1', kind: 'MCPServer' }, { component: 'mcp-server', system: 'hangar' }],
    ['what scales a server', { kind: 'HorizontalPodAutoscaler', metadata: { name: 'notes' }, spec: { scaleTargetRef: { kind: 'Deployment', name: 'notes-mcp' } } }, { component: 'mcp-server' }],
    ['what sends to a server', { kind: 'Ingress', metadata: { name: 'api' }, spec: { rules: [{ http: { paths: [{ backend: { service: { name: 'notes-mcp' } } }] } }] } }, { component: 'mcp-server' }],
    ['what scales another thing', { kind: 'HorizontalPodAutoscaler', metadata: { name: 'notes' }, spec: { scaleTargetRef: { kind: 'Deployment', name: 'web' } } }, undefined],
    ['ToolHive server', { apiVersion: 'toolhive.stacklok.dev/v1alpha1', kind: 'MCPServer' }, { component: 'mcp-server' }],
    ['ToolHive gateway', { apiVersion: 'toolhive.stacklok.dev/v1alpha1', kind: 'VirtualMCPServer' }, { component: 'gateway' }],
    ['Service by its selector', { kind: 'Service', metadata: { name: 'x' }, spec: { selector: { app: 'notes-mcp' } } }, { component: 'mcp-server' }],
    ['PDB by its selector', { kind: 'PodDisruptionBudget', spec: { selector: { matchLabels: { app: 'mcp' } } } }, { component: 'mcp-server' }],
    ['ConfigMap by name', { kind: 'ConfigMap', metadata: { name: 'mcp-config' } }, { component: 'mcp-server' }],
    ['plain ConfigMap', { kind: 'ConfigMap', metadata: { name: 'web' } }, undefined],
    ['no metadata at all', { kind: 'ConfigMap' }, undefined],
  ])('%s', (_, object, expected) => {
    expect(component(object)).toEqual(expected)
  })
})

describe('strict', () => {
  const labelled = (name: string, image: string) => deployment([{ image }], { labels: { 'mcp-policy.io/component': name } })
  test.each([
    ['a gateway cannot call itself a store', 'redis', 'mcp-bridge-gateway', 'gateway'],
    ['nor something unknown', 'none', 'acme/mcp-notes', 'mcp-server'],
    ['a store cannot call itself another one', 'grafana', 'redis', 'redis'],
    ['a server may call itself a gateway', 'gateway', 'acme/mcp-notes', 'gateway'],
    ['what is not known may say what it is', 'redis', 'acme/cache', 'redis'],
  ])('%s', (_, name, image, expected) => {
    expect(component(labelled(name, image), { strict: true })?.component).toBe(expected)
    expect(component(labelled(name, image))?.component).toBe(name)
  })
})

test.each([
  ['the known program', [{ image: 'acme/web' }, { image: 'mcp-hangar' }], {}, 1],
  ['the container that holds the word', [{ image: 'acme/web' }, { image: 'acme/mcp-x' }], {}, 1],
  ['the store', [{ image: 'acme/redis_exporter' }, { image: 'redis' }], {}, 1],
  ['the default container', [{ name: 'a', image: 'x' }, { name: 'b', image: 'y' }], { annotations: { 'kubectl.kubernetes.io/default-container': 'b' } }, 1],
  ['the first', [{ name: 'istio-proxy', image: 'istio/proxyv2' }, { image: 'x' }, { image: 'y' }], {}, 1],
  ['none', [], {}, undefined],
])('the main container is %s', (_, containers, pod, expected) => {
  expect(main(deployment(containers as Container[], {}, pod))).toBe(expected)
})

test('the MCP components are five', () => {
  expect(['hangar', 'gateway', 'router', 'operator', 'mcp-server', 'redis', undefined].filter(isMcp)).toHaveLength(5)
})
