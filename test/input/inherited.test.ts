import { expect, test } from 'vitest'
import type { Json } from '../../src/artefact/document.ts'
import { inheritEnvFiles, inheritEnvironments, settingsIn } from '../../src/input/inherited.ts'
import type { Projected } from '../../src/input/input.ts'
import { rules } from './compose-made.ts'
import { projected } from './objects.ts'

type Map = { [key: string]: Json }

const inNamespace = (projection: Projected, namespace?: string): Projected => ({ ...projection, fields: { ...projection.fields, ...(namespace && { namespace }) } })
const configMap = (name: string, data: Map, namespace?: string) => inNamespace(projected({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data }), namespace)
const pod = (container: Map, namespace?: string) => inNamespace(projected({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { containers: [{ name: 'main', image: 'x', ...container }] } }), namespace)
const containerOf = ({ fields }: Projected): Map => (fields.value as { spec: { containers: Map[] } }).spec.containers[0]

test('entries of a ConfigMap that may be variables, without its secrets', () => {
  expect([...settingsIn({ data: { MCP_LOG_LEVEL: 'debug', API_TOKEN: 'Zk83hf0w', 'config.yaml': 'a: 1\nb: 2\n', LONG: 'x'.repeat(300), NUMBER: 7 } }, rules)]).toEqual([
    ['MCP_LOG_LEVEL', 'debug'], ['API_TOKEN', { secret: { class: 'literal', length: 8 } }],
  ])
  expect([...settingsIn({ data: 'x' }, rules)]).toEqual([])
})

test('a container gets what the ConfigMaps that it names have', () => {
  const app = pod({ envFrom: [{ configMapRef: { name: 'base' } }, { configMapRef: { name: 'more' }, prefix: 'MCP_' }] })
  inheritEnvironments([app, configMap('base', { MCP_LOG_LEVEL: 'debug', OTHER: 'x' }), configMap('more', { LOG_LEVEL: 'info' })])
  expect(containerOf(app).inherited).toEqual([
    { name: 'MCP_LOG_LEVEL', value: 'debug', at: ['envFrom', 0] }, { name: 'MCP_LOG_LEVEL', value: 'info', at: ['envFrom', 1] },
  ])
  expect(containerOf(app)).not.toHaveProperty('inherited_open')
})

test('a variable that names an entry is resolved beside its reference', () => {
  const app = pod({ env: [
    { name: 'MCP_LOG_LEVEL', valueFrom: { configMapKeyRef: { name: 'base', key: 'level' } } },
    { name: 'LOG_LEVEL', valueFrom: { configMapKeyRef: { name: 'base', key: 'none' } } },
    { name: 'OTHER', valueFrom: { configMapKeyRef: { name: 'base', key: 'level' } } },
  ] })
  inheritEnvironments([app, configMap('base', { level: 'DEBUG' })])
  expect((containerOf(app).env as Map[]).map(({ resolved }) => resolved)).toEqual(['DEBUG', undefined, undefined])
})

test.each<[string, Map, string]>([
  ['a ConfigMap that was not given', { configMapRef: { name: 'elsewhere' } }, 'ConfigMap elsewhere'],
  ['a Secret', { secretRef: { name: 'keys' } }, 'Secret keys'],
  ['a ConfigMap of another namespace', { configMapRef: { name: 'there' } }, 'ConfigMap there'],
  ['nothing that can be read', {}, 'a ConfigMap'],
])('what comes from %s is not known', (_, source, open) => {
  const app = pod({ envFrom: [source] }, 'here')
  inheritEnvironments([app, configMap('there', { MCP_LOG_LEVEL: 'debug' }, 'there')])
  expect(containerOf(app)).toMatchObject({ inherited_open: open })
  expect(containerOf(app)).not.toHaveProperty('inherited')
})

test('what one set knows another one does not take away', () => {
  const app = pod({ envFrom: [{ configMapRef: { name: 'base' } }] })
  inheritEnvironments([app])
  inheritEnvironments([app, configMap('base', { MCP_LOG_LEVEL: 'debug' })])
  inheritEnvironments([app])
  expect(containerOf(app)).toMatchObject({ inherited: [{ value: 'debug' }] })
  expect(containerOf(app)).not.toHaveProperty('inherited_open')
})

test('a service gets what its env files set', () => {
  const service: Map = { name: 'a', env_file: ['a.env', 'b.env', { unresolved: 'the variable X' }] }
  inheritEnvFiles(service, path => (path === 'a.env' ? [{ name: 'MCP_JSON_LOGS', value: 'true' }, { name: 'OTHER', value: 'x' }] : undefined))
  expect(service.inherited).toEqual([{ name: 'MCP_JSON_LOGS', value: 'true', at: ['env_file', 0] }])
  expect(service.inherited_open).toBe('the file b.env')
})
