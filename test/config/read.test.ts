import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findConfiguration, readConfiguration } from '../../src/config/read.ts'
import { loadBundle } from '../../src/policy/bundle.ts'
import { root } from '../../src/tasks/opa.ts'

const bundle = loadBundle(join(root, 'policies', 'bundle'))
const known = { catalogue: bundle.catalogue, params: bundle.data.params, schema: join(root, 'schemas', 'config.schema.json') }

function read(text: string | Uint8Array) {
  const path = join(mkdtempSync(join(tmpdir(), 'config-')), '.mcp-policy.yaml')
  writeFileSync(path, text)
  return readConfiguration(path, '.mcp-policy.yaml', known)
}

test.each(['', '# nothing yet\n', '---\n', 'profile: staging\n'])('%j is a configuration', text => {
  expect(read(text).content).toEqual(text.startsWith('profile') ? { profile: 'staging' } : {})
})

test('every setting', () => {
  const text = `profile: production
systems: [hangar, bridge]
paths: [deploy, compose.yaml]
exclude: ['*.bak.yaml']
skip: [image, workload-compose-*, health-compose-healthcheck]
fail_on: warn
baseline: .mcp-policy-baseline.json
enforcement: {image-pinned-tag: warn, workload-no-hostpath/bind-mounts: audit}
params: {pod_template_paths: ["Job.example.org: spec.template"], injected_sidecars: []}
secrets: {not_secret: [{name: CSRF_TOKEN_NAME, reason: the name of a header, owner: web}], env_only_images: [{image: a, reason: r, owner: o}]}
compose: {files: {compose.yaml: development}, profiles: [full]}
folders: {services/edge: {profile: staging, enforcement: {image-pinned-tag: deny}, params: {}}}
hangar: {critical_servers: [a], no_critical_servers: none, operator_version: "0.14", sandbox_exceptions: {a: {read_only: {reason: r, owner: o}}}}
bridge: {build: {has: [health-command], reason: r, owner: o}}
net: {edge_services: [{name: a, reason: r, owner: o}], public_ports: [{port: 8443, reason: r, owner: o}]}
health: {paths: [{path: /up, reason: r, owner: o}]}
scale: {custom_metrics: [{name: a, reason: r, owner: o}]}
exemptions:
- {control: workload-no-hostpath, artefact: {kind: DaemonSet, namespace: x, name: agent, container: c, file: a.yaml}, reason: r, owner: o, last_day: 2027-01-31}
- {control: workload-no-hostpath, artefact: {name: agent}}
`
  expect(read(text).content).toMatchObject({ fail_on: 'warn', exemptions: [{ last_day: '2027-01-31' }, { control: 'workload-no-hostpath' }] })
})

describe('a mistake is told with its place', () => {
  test.each<[string, string]>([
    ['profle: production\n', '1:1: there is no setting profle; did you mean profile?'],
    ['something: {}\n', '1:1: there is no setting something; docs/configuration.md lists them'],
    ['targts: {}\n', '1:1: there is no setting targts; did you mean targets?'],
    ['hangar: {critical: [a]}\n', '1:10: there is no setting critical in hangar; one of critical_servers, no_critical_servers, operator_version, sandbox_exceptions'],
    ['net:\n  public_ports:\n  - {port: 8443, owner: o}\n', '3:5: reason is missing'],
    ['net:\n  public_ports: [{port: 8443, reason: " ", owner: o}]\n', '2:31: reason is empty'],
    ['net: {public_ports: [8443]}\n', '1:22: 0 must be a map'],
    ['health: {paths: [{path: up, reason: r, owner: o}]}\n', '1:19: path must begin with /'],
    ['bridge: {build: {has: [health-command], reason: r}}\n', '1:10: owner is missing'],
    ['folders: {a: {scale: {custom_metrics: [{name: m, owner: o}]}}}\n', '1:40: reason is missing'],
    ['params: {critical_servers: [a]}\n', '1:10: critical_servers is no parameter, but the setting hangar.critical_servers'],
    ['profile: prod\n', '1:1: profile is one of production, staging, development, pss-baseline, pss-restricted'],
    ['systems: hangar\n', '1:1: systems must be a list'],
    ['systems: [hangar, hangar]\n', '1:1: systems has one item twice'],
    ['- a\n', '1:1: the configuration must be a map'],
    ['enforcement:\n  image-pinned: warn\n', '2:3: there is no control image-pinned; did you mean image-pinned-tag?'],
    ['enforcement:\n  image-pinned-tag/mutable: warn\n', '2:3: image-pinned-tag has no case mutable'],
    ['enforcement: {image-pinned-tag: off}\n', '1:15: image-pinned-tag is one of deny, warn, audit'],
    ['params:\n  injected_sidecar: []\n', '2:3: there is no parameter injected_sidecar; did you mean injected_sidecars?'],
    ['params: {injected_sidecars: a}\n', '1:10: injected_sidecars must be a list of texts'],
    ['params: {profile: staging}\n', '1:10: profile is no parameter, but a setting of its own'],
    ['params: {secret_name_regex: "("}\n', '1:10: secret_name_regex is no regular expression'],
    ['skip: [iamge]\n', '1:8: there is no control iamge; did you mean image?'],
    ['folders:\n  a: {enforcement: {x: deny}}\n', '2:21: there is no control x'],
    ['exemptions:\n- control: workload-no-hostpaths\n  artefact: {name: a}\n', '2:3: there is no control workload-no-hostpaths; did you mean workload-no-hostpath?'],
    ['exemptions:\n- control: workload-no-hostpath\n  artefact: {kind: Pod}\n', '3:3: artefact needs a name or a file'],
    ['exemptions:\n- control: workload-no-hostpath\n  artefact: {nmae: Pod, file: a}\n', '3:14: there is no setting nmae in artefact; did you mean name?'],
    ['exemptions:\n- control: workload-no-hostpath\n', '2:3: artefact is missing'],
    ['exemptions:\n- {control: workload-no-hostpath, artefact: {name: a}, owner: yes}\n', '2:56: owner must be text (quote it)'],
    ['secrets: {not_secret: [A_TOKEN]}\n', '1:24: 0 must be a map'],
    ['a: [\n', '2:1: did not find expected node content'],
    ['profile: staging\nprofile: production\n', '1:1: profile is written twice'],
    ['profile: staging\n---\nprofile: production\n', '2:1: a second document; the configuration is one'],
  ])('%j', (text, expected) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ name: 'ConfigError', message: `.mcp-policy.yaml:${expected}` }))
  })

  test('what is no text', () => {
    expect(() => read(Uint8Array.of(0xff, 0xfe, 0x00))).toThrow(expect.objectContaining({ name: 'ConfigError' }))
  })
})

test('what no control reads yet is accepted, and told with its place', () => {
  const text = `# for the next version, too
targets: {production: {url: https://a.example}}
net:
  peers: [redis]
  public_ports: []
slo:
folders:
  edge:
    bridge: {direct_used: false, build: {has: [health-command, oauth2], reason: r, owner: o}}
`
  expect(read(text).unread).toEqual([
    { name: 'targets', line: 2, column: 1 },
    { name: 'net.peers', line: 4, column: 3 },
    { name: 'slo', line: 6, column: 1 },
    { name: 'folders.edge.bridge.direct_used', line: 9, column: 14 },
    { name: 'folders.edge.bridge.build.has.1', line: 9, column: 64 },
  ])
  expect(read('').unread).toEqual([])
})

test('the configuration of a folder is its own, or the nearest above it in the repository', () => {
  const top = mkdtempSync(join(tmpdir(), 'config-'))
  const repository = join(top, 'repository')
  const inner = join(repository, 'a', 'b')
  mkdirSync(inner, { recursive: true })
  mkdirSync(join(repository, '.git'))
  writeFileSync(join(top, '.mcp-policy.yaml'), '')
  expect(findConfiguration(inner)).toBeUndefined()
  writeFileSync(join(repository, '.mcp-policy.yml'), '')
  expect(findConfiguration(inner)).toBe(join(repository, '.mcp-policy.yml'))
  mkdirSync(join(repository, 'a', '.mcp-policy.yaml'))
  expect(findConfiguration(inner)).toBe(join(repository, '.mcp-policy.yml'))
  writeFileSync(join(inner, '.mcp-policy.yaml'), '')
  expect(findConfiguration(inner)).toBe(join(inner, '.mcp-policy.yaml'))
})
