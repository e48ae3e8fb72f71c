import { describe, expect, test } from 'vitest'
import { object, server, tablesOf, type Map } from './set-objects.ts'

const service = (spec: Map, metadata: Map = {}, name = 'web') => object('v1', 'Service', name, spec, metadata)
const web = server('web', { container: { ports: [{ name: 'http', containerPort: 8080 }, { containerPort: 9090 }] } })
const ports = (written: unknown, ...workloads: Parameters<typeof tablesOf>[0]) =>
  tablesOf([service({ selector: { app: 'web' }, ports: written }), ...(workloads.length === 0 ? [web] : workloads)]).services[0].ports

describe('ports of a Service', () => {
  test.each<[string, unknown, unknown]>([
    ['a number', [{ port: 80, targetPort: 8080 }], { index: 0, written: true, target: 8080, listed: true }],
    ['a number as text', [{ port: 80, targetPort: '8080' }], { index: 0, written: true, target: 8080, listed: true }],
    ['a name', [{ port: 80, targetPort: 'http' }], { index: 0, written: true, target: 'http', listed: true }],
    ['another name', [{ port: 80, targetPort: 'https' }], { index: 0, written: true, target: 'https', listed: false }],
    ['nothing', [{ port: 9090 }], { index: 0, written: false, target: 9090, listed: true }],
    ['null', [{ port: 80, targetPort: null }], { index: 0, written: false, target: 80, listed: false }],
    ['a template', [{ port: 80, targetPort: { unresolved: 'a template' } }], { index: 0, written: true, target: { unresolved: 'the port is not known' } }],
  ])('%s', (_, written, expected) => {
    expect(ports(written)).toEqual([expected])
  })

  test('odd shapes', () => {
    expect(ports('http')).toEqual([])
    expect(ports([null, 80])).toEqual([])
  })

  test('native sidecars list ports, init containers do not', () => {
    const beside = (restartPolicy?: string) => server('web', { pod: { initContainers: [{ name: 'p', ...(restartPolicy && { restartPolicy }), ports: [{ name: 'proxy', containerPort: 1 }] }] } })
    expect(ports([{ port: 80, targetPort: 'proxy' }], beside('Always'))).toMatchObject([{ listed: true }])
    expect(ports([{ port: 80, targetPort: 'proxy' }], beside())).toMatchObject([{ listed: false }])
  })

  test('of several workloads one is enough', () => {
    const other = server('v2', { labels: { app: 'web' } })
    expect(ports([{ port: 80, targetPort: 'http' }], other, web)).toMatchObject([{ listed: true }])
  })

  test('ports that are not known', () => {
    const open = server('web', { container: { ports: [{ containerPort: { unresolved: 'a template' } }] } })
    expect(ports([{ port: 80, targetPort: 'http' }], open)?.[0]).not.toHaveProperty('listed')
  })
})

describe('what a Service selects', () => {
  const row = (...objects: Parameters<typeof tablesOf>[0]) => tablesOf(objects).services[0]
  const lost = service({ selector: { app: 'mcp-gone' } })

  test('nothing, with where pods may come from', () => {
    expect(row(lost)).toMatchObject({ subject: 'mcp', selects: true, targets: [] })
    expect(row(lost, object('monitoring.coreos.com/v1', 'Prometheus', 'main'))).toMatchObject({ pods_made_by: 'Prometheus main' })
    expect(row(service({ selector: { app: 'mcp-gone' } }, { namespace: 'a' }), object('monitoring.coreos.com/v1', 'Prometheus', 'main', {}, { namespace: 'b' }))).not.toHaveProperty('pods_made_by')
    expect(row(service({ selector: { app: 'mcp-gone' } }, { namespace: 'a' }), object('argoproj.io/v1alpha1', 'Application', 'main', {}, { namespace: 'argocd' }))).toMatchObject({ pods_made_by: 'Application main' })
    expect(row(lost, object('monitoring.coreos.com/v1', 'ServiceMonitor', 'main'))).not.toHaveProperty('pods_made_by')
    expect(row(service({ selector: { app: 'mcp-gone' } }, { annotations: { 'mcp-policy.io/external-selector': 'old cluster' } }))).toMatchObject({ external: 'old cluster' })
    expect(row(service({ selector: { app: { unresolved: 'a template' } } }, {}, 'mcp-x'))).toMatchObject({ unknown: 'a template' })
  })

  test('without a selector, and by another name, it is not judged', () => {
    for (const spec of [{}, { selector: {} }, { selector: { app: 'mcp' }, type: 'ExternalName' }]) expect(row(service(spec, {}, 'mcp'))).not.toHaveProperty('selects')
  })

  test('a store by its name, beside MCP components', () => {
    const store = service({ selector: { app: 'redis' } }, {}, 'sessions')
    expect(row(store, web)).toMatchObject({ subject: 'support', selects: true })
    expect(row(store)).toMatchObject({ subject: 'other' })
    expect(row(service({ selector: { app: 'redis-exporter' } }, {}, 'measures'), web)).toMatchObject({ subject: 'other' })
  })

  test('pods of a StatefulSet one by one', () => {
    expect(row(service({ selector: { 'statefulset.kubernetes.io/pod-name': 'db-2' } }), server('db', {}, 'StatefulSet'), server('db'))).toMatchObject({ targets: [1] })
  })
})

test('why a Service that is not known may select a workload', () => {
  const why = (...objects: Parameters<typeof tablesOf>[0]) => tablesOf([server('web', { namespace: 'a' }), ...objects]).workloads[0].services_unknown
  const templated = { selector: { app: { unresolved: 'a template' } } }
  const canary = (name: string) => object('flagger.app/v1beta1', 'Canary', 'roll', { targetRef: { kind: 'Deployment', name }, service: { port: 80 } }, { namespace: 'a' })
  expect(why()).toBeUndefined()
  expect(why(service(templated, { namespace: 'a' }))).toBe('a template')
  expect(why(service(templated))).toBe('a template')
  expect(why(service(templated, { namespace: 'b' }))).toBeUndefined()
  expect(why(canary('web'))).toBe('Canary roll makes Services')
  expect(why(canary('other'))).toBeUndefined()
})

describe('routes', () => {
  const ingress = (spec: Map, metadata: Map = {}) => object('networking.k8s.io/v1', 'Ingress', 'mcp', spec, metadata)
  const path = (backend: Map) => ({ rules: [{ http: { paths: [{ backend }] } }] })
  const to = (name: unknown, port: unknown) => path({ service: { name, port } })
  const known = service({ selector: { app: 'web' }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] })
  const backends = (route: ReturnType<typeof ingress>, ...more: Parameters<typeof tablesOf>[0]) => tablesOf([route, known, web, ...more]).routes[0]?.backends

  test.each<[string, Map, unknown]>([
    ['a number', to('web', { number: 80 }), [{ found: true, reaches: true }]],
    ['a name', to('web', { name: 'http' }), [{ found: true, reaches: true }]],
    ['the port of the pod', to('web', { number: 8080 }), [{ found: true, reaches: false }]],
    ['another Service', to('gone', { number: 80 }), [{ found: false, service: 'gone' }]],
    ['actions of a load balancer', to('redirect', { name: 'use-annotation' }), []],
    ['a resource', path({ resource: { kind: 'StorageBucket', name: 'x' } }), []],
    ['the form of old', path({ serviceName: 'web', servicePort: 80 }), [{ found: true, reaches: true, port_path: ['spec', 'rules', 0, 'http', 'paths', 0, 'backend', 'servicePort'] }]],
    ['a default', { defaultBackend: { service: { name: 'gone', port: { number: 1 } } } }, [{ found: false, service_path: ['spec', 'defaultBackend', 'service', 'name'] }]],
    ['a template', to({ unresolved: 'a template' }, { number: 80 }), [{ unknown: 'the name of the Service is not known' }]],
    ['nothing', { rules: [null, { http: null }, { http: { paths: 'x' } }] }, []],
  ])('an Ingress to %s', (_, spec, expected) => {
    expect(backends(ingress(spec))).toMatchObject(expected as object[])
  })

  test('ports that are not known', () => {
    const templated = service({ selector: { app: 'web' }, ports: [{ port: { unresolved: 'a template' } }] }, {}, 'templated')
    expect(backends(ingress(to('templated', { number: 80 })), templated)?.[0]).not.toHaveProperty('reaches')
    const named = { value: { apiVersion: 'v1', kind: 'Service', metadata: { name: { unresolved: 'the variable NAME' } } } }
    expect(backends(ingress(to('gone', { number: 80 })), named)).toMatchObject([{ unknown: 'a Service has a name that is not known' }])
  })

  test('routes of the Gateway API, within a namespace and beyond', () => {
    const route = (reference: Map, namespace = 'a') => object('gateway.networking.k8s.io/v1', 'HTTPRoute', 'mcp', { rules: [{ backendRefs: [reference] }] }, { namespace })
    const far = service({ ports: [{ port: 80 }] }, { namespace: 'b' }, 'far')
    const grant = (name: string) => object('gateway.networking.k8s.io/v1beta1', 'ReferenceGrant', 'g', { from: [{ kind: 'HTTPRoute', namespace: 'a' }], to: [{ kind: 'Service', ...(name !== '' && { name }) }] }, { namespace: 'b' })
    expect(backends(route({ name: 'far', port: 80 }), far)).toMatchObject([{ found: false }])
    expect(backends(route({ name: 'far', namespace: 'b', port: 80 }), far)).toMatchObject([{ found: true, reaches: true, namespace: 'b', granted: false }])
    expect(backends(route({ name: 'far', namespace: 'b', port: 80 }), far, grant(''))).toMatchObject([{ granted: true }])
    expect(backends(route({ name: 'far', namespace: 'b', port: 80 }), far, grant('far'))).toMatchObject([{ granted: true }])
    expect(backends(route({ name: 'far', namespace: 'b', port: 80 }), far, grant('near'))).toMatchObject([{ granted: false }])
    expect(backends(route({ name: 'x', kind: 'Backend', group: 'example.com' }))).toEqual([])
  })

  test('only those of components stand in the table', () => {
    expect(tablesOf([object('networking.k8s.io/v1', 'Ingress', 'shop', to('shop', { number: 80 }))]).routes).toEqual([])
  })

  test('names that kustomizations change', () => {
    const setting = { labels: {}, replicas: new Map(), patches: [], prefix: 'prod-' }
    expect(backends(ingress(to('prod-late', { number: 80 })), { ...service({ ports: [{ port: 80 }] }, {}, 'late'), setting })).toMatchObject([{ found: true, reaches: true }])
  })
})
