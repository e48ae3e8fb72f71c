import { describe, expect, test } from 'vitest'
import { lintReadings, lintText } from '../lint-files.ts'
import { defaultLimits } from '../../src/artefact/artefact.ts'
import { readFile } from '../../src/artefact/read.ts'

const controls = ['auth-required', 'config-keys-known', 'config-no-inert-keys', 'secrets-no-plaintext-in-config']

/** `line control violated`, for what is violated, and `line control ?` for what is undecided. */
function said(name: string, text: string): string[] {
  return lintText(name, text).findings.filter(({ control }) => controls.includes(control))
    .map(({ line, control, outcome }) => `${line} ${control} ${outcome === 'undecidable' ? '?' : outcome}`)
}

describe('a configuration is judged where it stands', () => {
  const gateway = 'version: 1\nauth: {provider: ""}\nservice_discovery: {provider: static}\nrouting: {strategy: rand, retries: 3}\n'
  const indented = gateway.trimEnd().split('\n').map(line => `    ${line}`).join('\n')

  test('in a file', () => {
    expect(said('gateway.yaml', gateway)).toEqual(['2 auth-required violated', '4 config-keys-known violated'])
  })

  test('in a ConfigMap, with the lines of the outer file', () => {
    const object = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: gateway}\ndata:\n  gateway.yaml: |\n${indented}\n`
    expect(said('objects.yaml', object)).toEqual(['7 auth-required violated', '9 config-keys-known violated'])
  })

  test('in Helm values', () => {
    const values = `router: {}\ngateway:\n  replicaCount: 2\n  data:\n    config: 1\n  config:\n    data: |\n${indented.replaceAll(/^/gm, '  ')}\n`
    expect(said('values.yaml', values)).toEqual(['9 auth-required violated', '11 config-keys-known violated'])
  })

  test('in a Secret, where only its secrets are at home', () => {
    const hangar = 'auth: {enabled: true, storrage: {}}\nmcp_servers:\n  a: {mode: remote, auth: {bearer_token: hunter2hunter2}}\n'
    expect(said('config.yaml', hangar)).toEqual(['1 config-keys-known violated', '3 secrets-no-plaintext-in-config violated'])
    const object = `apiVersion: v1\nkind: Secret\nmetadata: {name: hangar}\nstringData:\n  config.yaml: |\n${hangar.trimEnd().replaceAll(/^/gm, '    ')}\n`
    expect(said('secret.yaml', object)).toEqual(['6 config-keys-known violated'])
  })
})

test('a variable is undecided where it decides, and nowhere a fault', () => {
  expect(said('config.yaml', 'mcp_servers: {a: {mode: remote, auth: {bearer_token: "${TOKEN}"}}}\nauth: {enabled: "${AUTH}"}\nrate_limit: {rps: "${RPS}"}\n'))
    .toEqual(['2 auth-required ?'])
})

test('a configuration of several megabytes of one key is left out, not guessed at', () => {
  const many = Array.from({ length: 2500 }, (_, index) => `  s${index}: {mode: remote}`).join('\n')
  const report = lintText('config.yaml', `auth: {enabled: true}\nmcp_servers:\n${many}\n`)
  expect(report.findings.filter(({ control }) => controls.includes(control))).toEqual([])
  expect(JSON.stringify(report.coverage)).toContain('more than 2000 keys')
})

test('no finding of any control tells a secret, wherever it stands', () => {
  const secret = 'Qz7-vK2_hh41xZ'
  const hangar = `auth: {enabled: true, oidc: {client_secret: ${secret}}}\nmcp_servers:\n  a: {mode: remote, endpoint: "https://u:${secret}@a.example", auth: {bearer_token: ${secret}}, http: {headers: {Authorization: Bearer ${secret}}}}\n`
  const bridge = `version: 1\nsessions: {redis: {url: "redis://:${secret}@redis", password: ${secret}}}\nauth: {provider: jwt, jwt: {secret: ${secret}}}\nservice_discovery: {provider: static}\n`
  const files: [string, string][] = [
    ['config.yaml', hangar],
    ['gateway.yaml', bridge],
    ['compose.yaml', `services:\n  a:\n    image: a:1.0.0\n    build: {context: ., args: {TOKEN: ${secret}}}\n    labels: {api_key: ${secret}}\n    environment: {DB_PASSWORD: ${secret}, URL: "x://u:${secret}@h", T: "\${T_TOKEN:-${secret}}"}\n`],
    ['values.yaml', `search: {apiKey: ${secret}}\nextraEnv: [{name: DB_PASSWORD, value: ${secret}}]\n`],
    ['.mcp.json', JSON.stringify({ mcpServers: { a: { command: 'uvx', args: ['a'], env: { A_TOKEN: secret }, headers: { Authorization: `Bearer ${secret}` } } } })],
  ]
  const report = lintReadings(files.map(([name, text]) => readFile(name, new TextEncoder().encode(text), { limits: defaultLimits })))
  const found = report.findings.filter(({ control }) => control === 'secrets-no-plaintext-in-config')
  expect(found.length).toBeGreaterThan(10)
  expect(new Set(found.map(({ file }) => file)).size).toBe(files.length)
  expect(JSON.stringify(report)).not.toContain(secret)
})
