import { expect, test } from 'vitest'
import type { Artefact, FileReading } from '../../src/artefact/artefact.ts'
import type { Json } from '../../src/artefact/document.ts'
import type { ValuesFile } from '../../src/input/helm-files.ts'
import { projectHelmValues } from '../../src/input/helm-values.ts'
import type { Projected } from '../../src/input/input.ts'
import { defaultInputLimits } from '../../src/input/limit.ts'
import { rules } from './compose-made.ts'
import { context as configured } from './configured.ts'

function valuesFile(path: string, value: Json, about: { [key: string]: Json } = {}): ValuesFile {
  const artefact: Artefact = {
    kind: 'helm-values', value, about, document: 0, span: { start: 0, end: 0 }, remarks: [], hasBigInt: false, locate: () => ({ value: { start: 0, end: 0 }, missing: 0 }),
  }
  const file: FileReading = { path, text: '', artefacts: [artefact], uncovered: [], empty: [], byteOffset: offset => offset }
  return { file, artefact }
}

const projected = (value: Json, about: { [key: string]: Json } = {}) => projectHelmValues([valuesFile('values.yaml', value, about)], rules, defaultInputLimits) as Projected

test('values, chart and images', () => {
  expect(projected({ replicaCount: 2, host: '{{ .Release.Name }}', image: { repository: 'acme/x', tag: '' } }, { chart: 'mcp-hangar', overlay: true })).toMatchObject({
    fields: {
      kind: 'helm-values',
      value: { replicaCount: 2, host: { unresolved: 'a template' }, image: { repository: 'acme/x', tag: '' } },
      chart: 'mcp-hangar',
      overlay: true,
      images: [{ path: ['image', 'tag'], reference: { pin: 'version' } }],
    },
  })
})

test('an unknown chart and a base say nothing', () => {
  expect(projected({ a: 1 }, { chart: null, overlay: false }).fields).toEqual({ kind: 'helm-values', value: { a: 1 } })
})

test('an overlay with its base is one set of values, and no overlay; each path leads to the file that decides it', () => {
  const base = valuesFile('values.yaml', { gateway: { replicaCount: 1, image: { repository: 'acme/x', tag: '1.0.0' } }, router: {} }, { chart: 'mcp-bridge', overlay: false })
  const overlay = valuesFile('values-prod.yaml', { gateway: { image: { tag: 'latest' } } }, { chart: null, overlay: true })
  const both = projectHelmValues([base, overlay], rules, defaultInputLimits) as Projected
  expect(both.fields).toEqual({
    kind: 'helm-values',
    value: { gateway: { replicaCount: 1, image: { repository: 'acme/x', tag: 'latest' } }, router: {} },
    chart: 'mcp-bridge',
    images: [{ path: ['gateway', 'image', 'tag'], what: 'value gateway.image', reference: expect.objectContaining({ text: 'acme/x:latest' }) }],
  })
  expect(both.source(['gateway', 'image', 'tag']).file.path).toBe('values-prod.yaml')
  expect(both.source(['gateway', 'replicaCount']).file.path).toBe('values.yaml')
})

test('of the chart mcp-hangar, the keys that it writes into the configuration are compared', () => {
  const value = { mcp_servers: { a: { mod: 'remote' } }, auth: { enabledd: true }, image: { tag: '1' } }
  const { fields } = projectHelmValues([valuesFile('values.yaml', value, { chart: 'mcp-hangar', overlay: false })], rules, defaultInputLimits, configured.schemas) as Projected
  expect(fields.version).toBe('2.13')
  expect((fields.key_faults as { path: unknown[] }[]).map(({ path }) => path.join('.'))).toEqual(['mcp_servers.a.mod', 'auth.enabledd'])
  const other = projectHelmValues([valuesFile('values.yaml', value, { chart: 'other', overlay: false })], rules, defaultInputLimits, configured.schemas) as Projected
  expect(other.fields).not.toHaveProperty('key_faults')
})

const planted = 'Zx9-planted-Qw7'

test.each<[string, Json, number]>([
  ['a key', { redis: { auth: { password: planted } } }, 1],
  ['an entry of an environment', { env: [{ name: 'API_TOKEN', value: planted }] }, 1],
  ['a variable', { extraEnv: { DB_PASSWORD: planted } }, 1],
  ['a URL', { url: `redis://:${planted}@cache` }, 1],
  ['a line of a list', { env: [`DB_PASSWORD=${planted}`] }, 1],
  ['a line of a list with a URL', { env: [`CACHE=redis://:${planted}@cache`] }, 1],
  ['an argument', { args: ['--requirepass', planted] }, 1],
  ['an argument in one', { args: [`--api-key=${planted}`] }, 1],
  ['a script', { command: ['sh', '-c', `redis-cli -h cache --pass ${planted} ping`] }, 0],
  ['an assignment in a script', { command: ['sh', '-c', `exec env TOKEN=${planted} app`] }, 0],
  ['a file in a text', { config: { data: `auth:\n  password: ${planted}\n` } }, 0],
  ['JSON in a text', { config: `{"auth": {"clientSecret": "${planted}"}}` }, 0],
  ['a list in a list', { a: [[{ token: planted }]] }, 1],
])('no secret gets into the input: %s', (_, value, count) => {
  const { fields } = projected(value)
  expect(JSON.stringify(fields)).not.toContain('planted')
  expect((fields.secrets as unknown[] | undefined)?.length ?? 0).toBe(count)
})

test('what is no secret stays', () => {
  const value: Json = { args: ['serve', '--http', '--log-level', 'info', '--token-file', '/run/secrets/token'], env: ['LOG_LEVEL=INFO'], note: 'the gateway of the edge', secretName: 'gateway-tls' }
  expect(projected(value).fields).toEqual({ kind: 'helm-values', value })
})

test('a file in a text is its length', () => {
  expect(projected({ gateway: { config: { data: 'a: 1\nb: 2\n' } } }).fields.value).toEqual({ gateway: { config: { data: { text: { length: 10 } } } } })
})

test('parts that are off, by what is written and by the default of the chart', () => {
  const value: Json = {
    redis: { enabled: false, auth: { password: 'a' }, image: { repository: 'redis', tag: 'latest' } },
    grafana: { adminPassword: 'b' },
    prometheus: { enabled: true, password: 'c' },
    gateway: { sidecar: { enabled: false } },
  }
  const offSecrets = ({ fields }: Projected) => (fields.secrets as { path: string[]; off?: true }[]).map(({ path, off }) => `${path[0]}${off === true ? ' off' : ''}`)
  const base = projected(value, { chart: 'mcp-bridge', overlay: false })
  expect(base.fields.off).toEqual([['redis'], ['grafana'], ['gateway', 'sidecar']])
  expect(offSecrets(base)).toEqual(['redis off', 'grafana off', 'prometheus'])
  expect(base.fields.images).toMatchObject([{ off: true }])
  expect(offSecrets(projected(value, { chart: 'mcp-bridge', overlay: true }))).toEqual(['redis off', 'grafana', 'prometheus'])
})

test('values for less than production say so', () => {
  const profileOf = (path: string, value: Json = {}) => (projectHelmValues([valuesFile(path, value)], rules, defaultInputLimits) as Projected).profile
  expect([profileOf('values.yaml'), profileOf('values-prod.yaml'), profileOf('values-staging.yaml'), profileOf('values.yaml', { env: { MCP_ENV: 'dev' } })])
    .toEqual([undefined, undefined, 'staging', 'development'])
})

test('values inside an object go by its name', () => {
  const holder: Artefact = { ...valuesFile('release.yaml', { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', metadata: { name: 'edge', namespace: 'mcp' } }).artefact, kind: 'kubernetes' }
  const { artefact } = valuesFile('release.yaml', { gateway: { replicaCount: 3 }, router: {} }, { chart: null, overlay: true })
  artefact.outer = { artefact: 0, kind: 'kubernetes', path: ['spec', 'values'] }
  const file: FileReading = { path: 'release-staging.yaml', text: '', artefacts: [holder, artefact], uncovered: [], empty: [], byteOffset: offset => offset }
  const inside = projectHelmValues([{ file, artefact }], rules, defaultInputLimits) as Projected
  expect(inside.identity).toEqual({ apiVersion: 'helm.toolkit.fluxcd.io/v2', objectKind: 'HelmRelease', namespace: 'mcp', name: 'edge' })
  expect(inside.fields).toMatchObject({ chart: 'mcp-bridge', overlay: true })
  expect(inside.profile).toBeUndefined()
})

test('a value that nests too deep is over a limit', () => {
  let value: Json = 1
  for (let depth = 0; depth < 5000; depth++) value = { a: value }
  expect(projected(value)).toMatchObject({ overLimit: 'depth' })
})
