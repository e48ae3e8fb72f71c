import { expect, test } from 'vitest'
import { inventoryOf, type SetObject } from '../../src/input/inventory.ts'

type Map = { [key: string]: unknown }

function object(kind: string, namespace: string | undefined, rest: Map): SetObject {
  return { value: { kind, metadata: { name: kind.toLowerCase(), ...(namespace !== undefined && { namespace }) }, ...rest } }
}

const workload = (namespace?: string, containers: Map[] = [{ name: 'main', image: 'acme/mcp-hangar:v1' }]) =>
  object('Deployment', namespace, { spec: { template: { metadata: { labels: { app: 'x' } }, spec: { containers } } } })
const service = (ports: Map[], selector: unknown = { app: 'x' }) => object('Service', 'mcp', { spec: { selector, ports } })
const range = (namespace: string | undefined, ...limits: Map[]) => object('LimitRange', namespace, { spec: { limits } })
const factsOf = (objects: SetObject[], whole = true) => inventoryOf(objects, { whole, systemNamespaces: ['kube-system'], injected: ['istio-proxy'] }).facts[0]

test('the program is the container that makes the component', () => {
  const sidecar = { name: 'istio-proxy', image: 'istio/proxyv2:1.24.0' }
  expect(factsOf([workload('mcp', [sidecar, { name: 'logs', image: 'acme/shipper:1' }, { name: 'main', image: 'acme/mcp-hangar:v1' }])]).main).toBe(2)
  expect(factsOf([workload('mcp', [{ name: 'web', image: 'acme/web:1' }])]).main).toBeUndefined()
})

test('the Services that select the pods, with the ports that they lead to', () => {
  const ports = [{ port: 80, targetPort: 'http' }, { port: 9090 }, { port: 443, targetPort: 'http' }]
  expect(factsOf([workload('mcp'), service(ports)]).services).toEqual([{ name: 'service', ports: ['http', 9090] }])
  expect(factsOf([workload('mcp'), service(ports, { app: 'y' })]).services).toEqual([])
  expect(factsOf([workload('other'), service(ports)]).services).toEqual([])
})

test('no Service that is known is none where all is known', () => {
  expect(factsOf([workload('mcp')], true).services).toEqual([])
  expect(factsOf([workload('mcp')], false).services).toBeUndefined()
  expect(factsOf([workload('mcp'), service([], { app: { unresolved: 'a template' } })]).services).toBeUndefined()
  expect(factsOf([workload('other'), service([], { app: { unresolved: 'a template' } })]).services).toEqual([])
})

test('what a LimitRange of the namespace gives', () => {
  const both = { limits: { memory: true }, requests: { memory: true } }
  const item = (more: Map) => ({ type: 'Container', ...more })
  expect(factsOf([workload('mcp'), range('mcp', item({ default: { memory: '1Gi' } }))]).limit_range).toEqual(both)
  expect(factsOf([workload('mcp'), range('mcp', item({ max: { memory: '1Gi' } }))]).limit_range).toEqual(both)
  expect(factsOf([workload('mcp'), range('mcp', item({ defaultRequest: { cpu: '1' }, min: { memory: '1Mi' } }))]).limit_range)
    .toEqual({ limits: {}, requests: { cpu: true, memory: true } })
  expect(factsOf([workload('mcp'), range('mcp', item({ default: { memory: '1Gi' } }), item({ default: { cpu: '1' } }))]).limit_range)
    .toEqual({ limits: { memory: true, cpu: true }, requests: { memory: true, cpu: true } })
  expect(factsOf([workload('mcp'), range(undefined, item({ default: { memory: '1Gi' } }))]).limit_range).toEqual(both)
  expect(factsOf([workload('mcp'), range('other', item({ default: { memory: '1Gi' } }))]).limit_range).toBeUndefined()
  expect(factsOf([workload('mcp'), range('mcp', { type: 'Pod', max: { memory: '1Gi' } })]).limit_range).toBeUndefined()
})
