import { describe, expect, test } from 'vitest'
import { outline, reading } from './reading.ts'

const service = 'services:\n  app:\n    image: app:1\n    ports: ["80:80"]\n'
const gateway = 'server:\n  frontends: []\n'

describe('a kind is told from the content', () => {
  test.each([
    ['kubernetes', 'apiVersion: v1\nkind: Pod\n'],
    ['kubernetes', 'apiVersion: mcp-hangar.io/v1alpha2\nkind: MCPServer\nmcp_servers: {}\n'],
    ['compose', service],
    ['compose', 'services:\n  app:\n    depends_on: [db]\n    restart: always\n  db:\n    build: .\n'],
    ['bridge-gateway-config', gateway],
    ['bridge-gateway-config', 'service_discovery: {mode: static}\nrouting: {}\n'],
    ['bridge-gateway-config', 'service_discovery: {mode: static}\nauth: {jwt: {}}\n'],
    ['bridge-gateway-config', 'sessions: {}\nauth:\n  provider: ""\n'],
    ['bridge-router-config', 'gateway_pool:\n  endpoints: []\n'],
    ['bridge-router-config', 'direct: {}\nlocal: {}\n'],
    ['hangar-config', 'mcp_servers: {}\n'],
    ['hangar-config', 'mcp_servers: {}\npersistence: {}\ncoordination: {}\n'],
    ['hangar-config', 'tool_access: {}\n'],
    ['hangar-config', 'discovery: {sources: []}\n'],
    ['hangar-config', 'providers:\n  math: {mode: subprocess}\n'],
    ['helm-values', 'mcp_servers: {}\nconfig: {}\n'],
    ['helm-values', 'hangar: {url: ""}\n'],
    ['helm-values', 'gateway: {replicaCount: 1}\nrouter: {enabled: true}\n'],
    ['mcp-client-config', 'mcpServers: {x: {command: y}}\n'],
  ])('%s: %j', (kind, text) => {
    // All of these are read from a file whose name three systems use.
    expect(outline(reading('config.yaml', text))).toEqual({ kinds: [kind], reasons: [] })
  })

  test.each([
    ['openmcp-config', 'listen_addr: a\ncatalog_path: b\n'],
    ['openmcp-catalog', 'servers:\n- id: x\n  runtime: {type: stdio}\n'],
    ['prometheus-config', 'scrape_configs: []\n'],
    ['prometheus-rules', 'groups:\n- name: x\n  rules: []\n'],
    ['alertmanager-config', 'route: {}\nreceivers: []\n'],
    ['grafana-provisioning', 'apiVersion: 1\ndatasources: []\n'],
    ['grafana-dashboard', '{"title": "x", "panels": []}'],
    ['log-shipper-config', 'receivers: {}\nexporters: {}\nservice: {pipelines: {}}\n'],
    ['ci-workflow', 'on: push\njobs: {}\n'],
    ['update-bot', 'version: 2\nupdates: []\n'],
    ['sarif-report', '{"version": "2.1.0", "runs": []}'],
    ['sbom', '{"bomFormat": "CycloneDX"}'],
    ['iac', 'AWSTemplateFormatVersion: x\nResources: {}\n'],
    ['fastmcp-json', '{"source": {"path": "x"}, "deployment": {}}'],
    ['evidence-record', 'schema: mcp-policy/evidence/v1\n'],
  ])('%s is named, and not read', (kind, text) => {
    expect(reading('x.yaml', text)).toMatchObject({ artefacts: [], uncovered: [{ reason: 'unknown-kind', kind, document: 0 }] })
  })

  test.each([
    ['services of another program', 'services:\n  App\\Mailer:\n    arguments: [x]\n    tags: [y]\n'],
    ['services of a chart', 'services:\n  gateway: {ports: {http: 80}}\n'],
    ['a list of services', 'services: [a, b]\n'],
    ['a discovery without sources', 'discovery: {enabled: true}\n'],
    ['sessions without authentication', 'sessions: {ttl: 5}\n'],
    ['servers of another program', 'servers:\n  a: {url: http://x}\n'],
    ['a list', '[1, 2]\n'],
    ['a word', 'word\n'],
  ])('%s is nothing', (_, text) => {
    expect(outline(reading('config.yaml', text))).toEqual({ kinds: [], reasons: ['unknown-kind'] })
  })

  test.each([
    ['kind: Pod\n', 'kind without apiVersion: kubectl refuses this object'],
    ['apiVersion: v1\n', 'apiVersion without kind: kubectl refuses this object'],
    ['apiVersion: v1\nkind: 1\n', 'apiVersion or kind is no text: kubectl refuses this object'],
    ['a: 1\n', 'nothing that a control reads'],
  ])('what is missing is said: %j', (text, detail) => {
    expect(reading('pod.yaml', text).uncovered).toMatchObject([{ reason: 'unknown-kind', detail }])
  })
})

describe('a kind is told from the name where the content leaves it open', () => {
  test.each([
    ['helm-values', 'values.yaml', 'replicaCount: 1\n'],
    ['helm-values', 'values-prod.yaml', 'coordination: {enabled: true}\n'],
    ['helm-values', 'prod.values.yml', 'a: 1\n'],
    ['helm-values', 'gateway-values.yaml', 'a: 1\n'],
    ['compose', 'docker-compose.override.yml', 'services:\n  app: {ports: ["1:1"]}\n'],
    ['compose', 'compose.yaml', 'include: [x.yaml]\n'],
    ['compose', 'a/compose.prod.yaml', 'services: {}\n'],
    ['kubernetes', 'values.yaml', 'apiVersion: v1\nkind: Pod\n'],
    ['bridge-gateway-config', 'values.yaml', gateway],
  ])('%s: %s', (kind, path, text) => {
    expect(outline(reading(path, text))).toEqual({ kinds: [kind], reasons: [] })
  })

  test.each(['kustomization.yaml', 'kustomization.yml', 'Kustomization'])('%s needs no kind', name => {
    expect(outline(reading(`a/${name}`, 'resources: [x.yaml]\n'))).toEqual({ kinds: ['kustomization'], reasons: ['needs-rendering'] })
  })
})

test.each([
  ['values.yaml', undefined, 'replicaCount: 1\n', { chart: null, overlay: false }],
  ['values.yaml', 'mcp-hangar', 'replicaCount: 1\n', { chart: 'mcp-hangar', overlay: false }],
  ['values-prod.yaml', 'own', 'gateway: {}\nrouter: {}\n', { chart: 'own', overlay: true }],
  ['values-prod.yaml', undefined, 'gateway: {}\nrouter: {}\n', { chart: 'mcp-bridge', overlay: true }],
  ['prod.yaml', 'own', 'hangar: {url: x}\n', { chart: 'mcp-hangar-operator', overlay: true }],
])('values %s of chart %s', (path, chartName, text, about) => {
  expect(reading(path, text, chartName).artefacts).toMatchObject([{ kind: 'helm-values', about }])
})
