import { describe, expect, test } from 'vitest'
import { servesOf, serviceAsContainer, type ConfigRead } from '../../src/input/serves.ts'
import type { View } from '../../src/input/view.ts'

const hangar = (more: View = {}) => servesOf({ image: 'ghcr.io/mcp-hangar/mcp-hangar:2.13.0', ...more }, {}, [])?.ports.health
const env = (name: string, value: unknown) => ({ env: [{ name, value }] })
const elsewhere = (name: string) => ({ env: [{ name, valueFrom: { configMapKeyRef: { name: 'x', key: 'y' } } }] })

describe('Hangar listens on', () => {
  test.each<[string, View, unknown]>([
    ['the port of its image', {}, { default: 'image', sure: true }],
    ['the port of its image, whatever the variable', env('MCP_HTTP_PORT', '9000'), { default: 'image', sure: true }],
    ['the port of its arguments', { args: ['serve', '--http', '--port', '8090'] }, { number: 8090, sure: true }],
    ['a number among them', { args: ['serve', '--port', 8090] }, { number: 8090, sure: true }],
    ['the port in one word', { args: ['serve', '--port=8090'] }, { number: 8090, sure: true }],
    ['the port of a script', { command: ['sh', '-c', 'exec mcp-hangar serve --http --port "8090"'] }, { number: 8090, sure: true }],
    ['a variable of its own', { args: ['--port', '$(PORT)'], ...env('PORT', '8090') }, { number: 8090, sure: true }],
    ['a variable from elsewhere', { args: ['--port', '$(PORT)'], ...elsewhere('PORT') }, { default: 'image', sure: false }],
    ['a template', { args: ['--port', { unresolved: 'a template' }] }, { default: 'image', sure: false }],
    ['the variable, with arguments that have no port', { args: ['serve', '--http'], ...env('MCP_HTTP_PORT', '9000') }, { number: 9000, sure: true }],
    ['the default, with arguments that have no port', { args: ['serve', '--http'] }, { default: 'program', sure: true }],
    ['the variable of another object', { args: ['serve'], ...elsewhere('MCP_HTTP_PORT') }, { default: 'program', sure: false }],
    ['what all variables of another object may say', { args: ['serve'], envFrom: [{ configMapRef: { name: 'x' } }] }, { default: 'program', sure: false }],
    ['what a script of one\'s own does', { command: ['/start.sh'] }, { default: 'image', sure: false }],
  ])('%s', (_, container, expected) => {
    expect(hangar(container)).toEqual(expected)
  })
})

const gateway = { image: 'acme/mcp-bridge-gateway:v1' }
const config = (value: unknown, kind = 'bridge-gateway-config'): ConfigRead => ({ kind, value })
const unknown = { default: 'program', sure: false }
const usual = { default: 'program', sure: true }

test.each<[string, View, ConfigRead[], unknown]>([
  ['nothing is known of its configuration', {}, [], { health: unknown, metrics: unknown }],
  ['its configuration is silent', {}, [config({ server: {} })], { health: usual, metrics: usual }],
  ['its configuration sets both', {}, [config({ server: { health_port: 8181, metrics_port: '9191' } })], { health: { number: 8181, sure: true }, metrics: { number: 9191, sure: true } }],
  ['keys in another case', {}, [config({ Server: { Health_Port: 8181 } })], { health: { number: 8181, sure: true }, metrics: usual }],
  ['a template in it', {}, [config({ server: { health_port: '{{ .x }}' } })], { health: unknown, metrics: usual }],
  ['two configurations', {}, [config({}), config({})], { health: unknown, metrics: unknown }],
  ['a variable over it', env('MCP_GATEWAY_SERVER_HEALTH_PORT', '8282'), [config({ server: { health_port: 8181 } })], { health: { number: 8282, sure: true }, metrics: usual }],
  ['a variable from elsewhere over it', elsewhere('MCP_GATEWAY_SERVER_HEALTH_PORT'), [config({ server: { health_port: 8181 } })], { health: unknown, metrics: usual }],
])('the gateway of mcp-bridge: %s', (_, more, configs, ports) => {
  expect(servesOf({ ...gateway, ...more }, {}, configs)).toEqual({ program: 'bridge-gateway', ports })
})

test('the router of mcp-bridge listens where its metrics are', () => {
  const router = (metrics: unknown) => servesOf({ image: 'acme/mcp-bridge-router:v1' }, {}, [config({ metrics }, 'bridge-router-config')])
  expect(router({ endpoint: '0.0.0.0:9292' })).toEqual({ program: 'bridge-router', ports: { health: { number: 9292, sure: true } } })
  expect(router(undefined)).toEqual({ program: 'bridge-router', ports: { health: usual } })
})

test('which of the two programs mcp-gateway is', () => {
  const of = (container: View, system?: string, configs: ConfigRead[] = []) => servesOf({ image: 'acme/mcp-gateway:1', ...container }, { component: 'gateway', ...(system && { system }) }, configs)?.program
  expect(of({ image: 'ghcr.io/agentic/mcp-gateway:0.2.0' })).toBe('openmcp')
  expect(of({}, 'bridge')).toBe('bridge-gateway')
  expect(of({}, undefined, [config({})])).toBe('bridge-gateway')
  expect(of({ args: ['--listen-addr', '0.0.0.0:5555'] })).toBe('openmcp')
  expect(of({ ports: [{ containerPort: 4444 }] })).toBe('openmcp')
  expect(of({})).toBeUndefined()
})

test('Open MCP Gateway listens where an argument says', () => {
  const openmcp = (args: string[]) => servesOf({ image: 'ghcr.io/agentic/mcp-gateway:0.2.0', args }, {}, [])?.ports
  expect(openmcp(['--listen-addr=0.0.0.0:5555'])).toEqual({ health: { number: 5555, sure: true } })
  expect(openmcp([])).toEqual({ health: unknown })
})

test('what is no known program serves nothing that is known', () => {
  expect(servesOf({ image: 'acme/mcp-notes:1' }, { component: 'mcp-server' }, [])).toBeUndefined()
  expect(servesOf({ image: 'acme/edge:1' }, { component: 'gateway' }, [])).toBeUndefined()
  expect(servesOf({ image: 'acme/edge:1' }, { component: 'gateway', system: 'bridge' }, [])?.program).toBe('bridge-gateway')
})

test('a Compose service', () => {
  const service = { program: 'mcp-hangar', image: { unresolved: 'the variable TAG' }, command: { form: 'exec', argv: ['serve', '--port', '8090'] }, environment: [] }
  expect(servesOf(serviceAsContainer(service), {}, [])).toEqual({ program: 'hangar', ports: { health: { number: 8090, sure: true } } })
  expect(servesOf(serviceAsContainer({ program: 'mcp-hangar' }), {}, [])?.ports.health).toEqual({ default: 'image', sure: true })
})
