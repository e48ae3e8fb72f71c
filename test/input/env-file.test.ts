import { expect, test } from 'vitest'
import { defaultLimits } from '../../src/artefact/artefact.ts'
import { readFile } from '../../src/artefact/read.ts'
import { projectEnvFile, type EnvVariable } from '../../src/input/env-file.ts'
import type { Projected } from '../../src/input/input.ts'
import { defaultInputLimits } from '../../src/input/limit.ts'
import { rules } from './compose-made.ts'

function projected(text: string, path = '.env'): Projected {
  const file = readFile(path, new TextEncoder().encode(text), { limits: defaultLimits })
  return projectEnvFile(file, file.artefacts[0], rules, defaultInputLimits) as Projected
}

const variables = (text: string) => (projected(text).fields.value as { variables: { name: string; value: unknown }[] }).variables

test('variables in the order of the file, each at its place', () => {
  const given = projected('# logging\nMCP_LOG_LEVEL=INFO\n\nexport PORT = 8080 # of the gateway\n')
  expect(given.fields).toEqual({
    kind: 'env-file',
    value: { variables: [{ name: 'MCP_LOG_LEVEL', value: 'INFO' }, { name: 'PORT', value: '8080' }] },
    mark: 'unmarked',
  })
  const { artefact, path } = given.source(['variables', 1, 'value'])
  expect(path).toEqual(['PORT'])
  expect(artefact.locate(path).value.start).toBe(44)
})

test.each<[string, unknown]>([
  ['A=', ''],
  ['A', { unresolved: 'the variable A' }],
  ['A=${B}', { unresolved: 'the variable B' }],
  ['A=${B:-c}', 'c'],
  ["A='${B}'", '${B}'],
  ['DB_PASSWORD=changeme', { secret: { class: 'literal', length: 8, placeholder: true, common: true } }],
  ['DB_PASSWORD=${FROM_VAULT}', { secret: { class: 'reference', length: 0, via: 'variable', variable: 'FROM_VAULT' } }],
  ["DB_PASSWORD='${FROM_VAULT}'", { secret: { class: 'unexpanded', length: 0, via: 'variable', variable: 'FROM_VAULT' } }],
  ['DATABASE_URL=postgres://app:s3cr3t-planted@db/app', { secret: { class: 'literal', length: 14, within: 'url', scheme: 'postgres' }, masked: 'postgres://app:***@db/app' }],
])('%s', (line, value) => {
  expect(variables(`${line}\n`)).toEqual([{ name: line.split('=')[0], value }])
})

test('a password that is the user name beside it is common', () => {
  expect(variables('POSTGRES_USER=gatekeeper\nPOSTGRES_PASSWORD=gatekeeper\n')[1]).toMatchObject({ value: { secret: { class: 'literal', common: true } } })
})

test('a variable that is set twice has the last value, and is named', () => {
  const { fields } = projected('A=1\nB=2\nA=3\nA=4\n')
  expect(fields).toMatchObject({ value: { variables: [{ name: 'A', value: '4' }, { name: 'B', value: '2' }] }, duplicates: ['A'] })
})

test('secrets are listed and never shown', () => {
  const { fields } = projected('API_TOKEN=Zx9-planted\nREDIS_URL=redis://:Zx9-planted@cache\nLOG_LEVEL=INFO\n')
  expect(JSON.stringify(fields)).not.toContain('planted')
  expect(fields.secrets).toMatchObject([{ path: ['variables', 0, 'value'], name: 'API_TOKEN', class: 'literal' }, { path: ['variables', 1, 'value'], name: 'REDIS_URL', within: 'url' }])
})

test.each([
  ['.env', 'unmarked', undefined],
  ['deploy/.env.production', 'production', undefined],
  ['.env.local', 'development', undefined],
  ['.env.example', 'development', true],
  ['.env.template', 'unmarked', true],
  ['example.env', 'development', true],
  ['examples/.env', 'unmarked', undefined],
])('%s is %s', (path, mark, example) => {
  expect(projected('A=1\n', path).fields).toMatchObject({ mark, ...(example && { example }) })
  expect(projected('A=1\n', path).fields.example).toBe(example)
})

test('names like properties of all objects', () => {
  expect(variables('__proto__=a\nconstructor=b\n')).toEqual([{ name: '__proto__', value: 'a' }, { name: 'constructor', value: 'b' }])
})

test('in a file of a Compose project, addresses that URLs go to', () => {
  const text = 'DATABASE_URL=postgresql://app:planted@10.0.0.12/app\nMODEL=http://host.docker.internal:1\nPUBLIC_URL=http://10.0.0.12\nREDIS_URL=redis://cache:6379\nHOST=10.0.0.12\n'
  const asked = (ofCompose: boolean) => {
    const file = readFile('.env.prod', new TextEncoder().encode(text), { limits: defaultLimits })
    const projected = projectEnvFile(file, file.artefacts[0], rules, defaultInputLimits, ofCompose)
    if ('overLimit' in projected) throw new Error(projected.detail)
    expect(JSON.stringify(projected.fields)).not.toContain('planted')
    return (projected.fields.value as { variables: EnvVariable[] }).variables.map(({ asks }) => asks)
  }
  expect(asked(true)).toEqual([[{ host: '10.0.0.12', why: 'address' }], [{ host: 'host.docker.internal', why: 'host' }], undefined, undefined, undefined])
  expect(asked(false)).toEqual([undefined, undefined, undefined, undefined, undefined])
})
