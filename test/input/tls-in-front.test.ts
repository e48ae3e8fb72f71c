import { expect, test } from 'vitest'
import { inventoryOf, type SetObject } from '../../src/input/inventory.ts'
import { chartTlsInFront, projectTlsInFront } from '../../src/input/tls-in-front.ts'

type Map = { [key: string]: unknown }

const object = (kind: string, name: string, more: Map): SetObject => ({ value: { kind, metadata: { name, namespace: 'mcp', ...(more.metadata as Map) }, ...(more.spec !== undefined && { spec: more.spec }) } })
const gateway = object('Deployment', 'gateway', { spec: { template: { metadata: { labels: { app: 'gateway' } }, spec: { containers: [{ name: 'main', image: 'acme/mcp-bridge-gateway:v1' }] } } } })
const service = object('Service', 'gateway', { spec: { selector: { app: 'gateway' }, ports: [{ port: 8443 }] } })
const ingress = (spec: Map, annotations: Map = {}) => object('Ingress', 'gateway', { metadata: { annotations }, spec: { defaultBackend: { service: { name: 'gateway', port: { number: 8443 } } }, ...spec } })
const route = (parent: Map) => object('HTTPRoute', 'gateway', { spec: { parentRefs: [parent], rules: [{ backendRefs: [{ name: 'gateway', port: 8443 }] }] } })
const listening = (listener: Map) => object('Gateway', 'edge', { spec: { listeners: [{ name: 'main', ...listener }] } })
const front = (...objects: SetObject[]) => inventoryOf([gateway, service, ...objects], { whole: true, systemNamespaces: [], injected: [] }).tlsInFront().get(0)

test.each<[string, SetObject[], true | string | undefined]>([
  ['an Ingress with a certificate', [ingress({ tls: [{ hosts: ['mcp.example'] }] })], true],
  ['an Ingress without one', [ingress({})], undefined],
  ['an Ingress of Traefik', [ingress({}, { 'traefik.ingress.kubernetes.io/router.tls': 'true' })], true],
  ['one that passes TLS through', [ingress({ tls: [{}] }, { 'nginx.ingress.kubernetes.io/ssl-passthrough': 'true' })], undefined],
  ['one that speaks TLS to the gateway', [ingress({ tls: [{}] }, { 'nginx.ingress.kubernetes.io/backend-protocol': 'HTTPS' })], undefined],
  ['one whose TLS is a template', [ingress({ tls: { unresolved: 'a template' } })], 'a template'],
  ['a route of a Gateway with TLS', [route({ name: 'edge' }), listening({ protocol: 'HTTPS' })], true],
  ['a route of another listener', [route({ name: 'edge', sectionName: 'other' }), listening({ protocol: 'HTTPS' })], undefined],
  ['a route of a Gateway that passes TLS through', [route({ name: 'edge' }), listening({ protocol: 'TLS', tls: { mode: 'Passthrough' } })], undefined],
  ['a route of a Gateway without TLS', [route({ name: 'edge' }), listening({ protocol: 'HTTP' })], undefined],
  ['a route of a Gateway that is not there', [route({ name: 'edge' })], 'Gateway edge was not given'],
  ['nothing', [], undefined],
])('TLS ends at %s', (_, objects, expected) => {
  expect(front(...objects)).toBe(expected)
})

test('TLS ends at the Ingress of a chart that is on', () => {
  const values = (ingress: Map) => ({ gateway: { ingress } })
  expect(chartTlsInFront(values({ enabled: true, tls: [{ hosts: [] }] }))).toBe(true)
  expect(chartTlsInFront(values({ enabled: false, tls: [{ hosts: [] }] }))).toBeUndefined()
  expect(chartTlsInFront(values({ enabled: true, tls: [] }))).toBeUndefined()
  expect(chartTlsInFront({})).toBeUndefined()
})

test('TLS may end at the proxy of a Compose project', () => {
  const proxy = { name: 'proxy', deployed: true, component: 'proxy', ports: [{ binding: 'all', published: { from: 443, to: 443 } }] }
  expect(projectTlsInFront({ name: 'gateway' }, [proxy])).toBe('service proxy may end it')
  expect(projectTlsInFront({ name: 'gateway', ports: [{ binding: 'loopback' }] }, [proxy])).toBe('service proxy may end it')
  expect(projectTlsInFront({ name: 'gateway', ports: [{ binding: 'all' }] }, [proxy])).toBeUndefined()
  expect(projectTlsInFront({ name: 'gateway' }, [{ ...proxy, deployed: false }])).toBeUndefined()
})
