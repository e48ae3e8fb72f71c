import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { defaultLimits } from '../../src/artefact/artefact.ts'
import { readFile } from '../../src/artefact/read.ts'
import { readConfiguration } from '../../src/config/read.ts'
import { resolved } from '../../src/config/resolve.ts'
import { settingOf, unread } from '../../src/config/settings.ts'
import { loadBundle } from '../../src/policy/bundle.ts'
import { root } from '../../src/tasks/opa.ts'
import { configSchema, settingsIn, settingsReference, withSettings } from '../../src/tasks/settings.ts'
import { lintReadings } from '../lint-files.ts'

const bundle = loadBundle(join(root, 'policies', 'bundle'))
const schema = configSchema()
const folder = mkdtempSync(join(tmpdir(), 'settings-'))

function configuration(text: string) {
  writeFileSync(join(folder, '.mcp-policy.yaml'), text)
  return readConfiguration(join(folder, '.mcp-policy.yaml'), '.mcp-policy.yaml', { catalogue: bundle.catalogue, params: bundle.data.params, schema: join(root, 'schemas', 'config.schema.json') })
}

/** What a control says of a file under a configuration: outcome and message. */
function said(control: string, file: string, content: string, config: string): string[] {
  const options = resolved({ strict: false, controls: [control], skip: [] }, configuration(config), bundle.catalogue, { inTree: true, today: '2026-11-21', working: folder })
  const reading = readFile(`whole/${file}`, new TextEncoder().encode(content), { limits: defaultLimits })
  const { findings } = lintReadings([reading], ['whole'], { ...options, baseline: undefined })
  return findings.filter(finding => finding.control === control).map(({ outcome, message }) => `${outcome} ${message}`)
}

const servers = `mcp_servers:
  search: {mode: remote, endpoint: "https://search.example/mcp"}
`
const sandbox = `mcp_servers:
  notes: {mode: docker, image: "r.example/notes:1.0.3", read_only: false, volumes: ["/n:/n"]}
`
const proxy = `services:
  edge: {image: "r.example/edge:1.0", ports: ["443:443", "8443:8443"]}
`
const probe = `apiVersion: apps/v1
kind: Deployment
metadata: {name: mcp-notes}
spec: {template: {spec: {containers: [{name: c, image: "r.example/mcp-notes:1.0", ports: [{containerPort: 8000}], livenessProbe: {httpGet: {path: /up, port: 8000}}}]}}}
`
const health = `apiVersion: apps/v1
kind: Deployment
metadata: {name: edge}
spec: {template: {spec: {containers: [{name: gateway, image: "r.example/mcp-bridge-gateway:v1.0.0", livenessProbe: {exec: {command: [mcp-gateway, health]}}}]}}}
`
const scaler = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: mcp-notes}
spec:
  minReplicas: 2
  maxReplicas: 4
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: mcp-notes}
  metrics: [{type: Pods, pods: {metric: {name: sessions}, target: {type: AverageValue, averageValue: 10}}}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: mcp-notes}
spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: "r.example/mcp-notes:1.0", resources: {requests: {cpu: 1}}}]}}}
`
const plain = `services:
  notes: {image: "r.example/notes:1.0", environment: {API_TOKEN: "\${TOKEN}"}}
`
const old = `apiVersion: mcp-hangar.io/v1alpha2
kind: MCPServer
metadata: {name: notes}
spec: {mode: container, image: "r.example/notes:1.0", podSecurityContext: {runAsNonRoot: true}}
`

const undeclared = 'undecidable which servers are critical is not declared (hangar.critical_servers)'
const port = (number: number) => `violated service edge publishes port ${number} on every address of the host`

test.each<[setting: string, control: string, config: string, file: string, content: string, before: string[], after: string[]]>([
  ['hangar.critical_servers', 'resilience-hangar-groups', '[search]', 'config.yaml', servers, [undeclared], ['violated server search is critical and in no group']],
  ['hangar.critical_servers', 'resilience-hangar-failure-thresholds', '[search]', 'config.yaml', servers, [], ['violated server search leaves max_consecutive_failures to its default, 3']],
  ['hangar.no_critical_servers', 'resilience-hangar-groups', 'tools of one team', 'config.yaml', servers, [undeclared], []],
  ['hangar.operator_version', 'config-crd-fields-known', '"0.14"', 'server.yaml', old, [],
    ['violated spec.podSecurityContext is dropped: the CRD of operator 0.14 does not have it; the nearest is securityContext']],
  ['hangar.sandbox_exceptions', 'workload-hangar-container-sandbox', '{notes: {read_only: {reason: writes, owner: tools}}}', 'config.yaml', sandbox,
    ['violated server notes can write to its root filesystem: read_only is off'], []],
  ['bridge.build', 'health-probe-endpoint-known', '{has: [health-command], reason: our own, owner: platform}', 'gateway.yaml', health,
    ['violated the liveness probe of container gateway runs mcp-gateway health, which the program does not know'], []],
  ['bridge.build', 'health-probe-endpoint-known', '{has: [oauth2], reason: our own, owner: platform}', 'gateway.yaml', health,
    ['violated the liveness probe of container gateway runs mcp-gateway health, which the program does not know'],
    ['violated the liveness probe of container gateway runs mcp-gateway health, which the program does not know']],
  ['net.edge_services', 'net-compose-published-ports', '[{name: edge, reason: our own, owner: network}]', 'compose.yml', proxy, [port(443), port(8443)], [port(8443)]],
  ['net.public_ports', 'net-compose-published-ports', '[{port: 8443, reason: more, owner: network}]', 'compose.yml', proxy.replace('r.example/edge', 'nginx'), [port(8443)], []],
  ['health.paths', 'health-probe-endpoint-known', '[{path: /up, reason: framework, owner: tools}]', 'deployment.yaml', probe,
    ['violated the liveness probe of container c asks for /up, which is no usual health endpoint'], []],
  ['scale.custom_metrics', 'scale-hpa', '[{name: sessions, reason: elsewhere, owner: platform}]', 'scaler.yaml', scaler,
    ['violated HorizontalPodAutoscaler mcp-notes scales by sessions alone, which nothing in the set produces'], []],
  ['secrets.env_only_images', 'secrets-compose-docker-secrets', '[{image: r.example/notes, reason: reads no files, owner: tools}]', 'compose.prod.yml', plain,
    ['violated service notes gets API_TOKEN by its environment'], ['exempt service notes gets API_TOKEN by its environment']],
])('%s changes what %s says', (setting, control, value, file, content, before, after) => {
  const [group, name] = setting.split('.')
  expect(said(control, file, content, '')).toEqual(before)
  expect(said(control, file, content, `${group}:\n  ${name}: ${value}\n`)).toEqual(after)
  expect(said(control, file, content, `folders:\n  whole:\n    ${group}:\n      ${name}: ${value}\n`)).toEqual(after)
  expect(said(control, file, content, `folders:\n  elsewhere:\n    ${group}:\n      ${name}: ${value}\n`)).toEqual(before)
})

const settings = settingsIn(schema)

test('every parameter is set by its name or by a setting, and the schema has both', () => {
  const described = Object.keys(schema.definitions!.params.properties!)
  const own = Object.keys(bundle.data.params).filter(name => name !== 'profile')
  expect(own.filter(name => settingOf(name) === undefined).sort()).toEqual(described.sort())
  const names = settings.map(({ name }) => name)
  expect(own.flatMap(name => settingOf(name) ?? []).filter(name => !names.includes(name))).toEqual([])
})

test('what the schema calls unread is what the table does', () => {
  expect(settings.filter(one => one.unread).map(({ name }) => name).sort()).toEqual([...unread].sort())
})

test('the settings in docs/configuration.md are those of the schema, and its examples are right', () => {
  const text = readFileSync(join(root, 'docs', 'configuration.md'), 'utf8')
  const { params } = JSON.parse(readFileSync(join(root, 'policies', 'data', 'params.json'), 'utf8'))
  expect(text).toBe(withSettings(text, settingsReference(params)))
  const examples = [...text.matchAll(/```yaml\n(.*?)```/gs)].map(([, example]) => example).filter(example => !/^(metadata|# mcp-policy):/.test(example))
  expect(examples.length).toBeGreaterThan(20)
  for (const example of examples) expect(() => configuration(example)).not.toThrow()
})

test('each example of the schema is right', () => {
  const examples = settings.flatMap(({ name, schema: { examples = [] } }) => examples.map(example => name.split('.').reduceRight((value: unknown, key) => ({ [key]: value }), example)))
  expect(settings.filter(({ unread, schema: { examples } }) => !unread && examples === undefined)).toEqual([])
  for (const example of examples) expect(() => configuration(`# an example\n${stringify(example)}`)).not.toThrow()
})
