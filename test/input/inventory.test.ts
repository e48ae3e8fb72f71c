import { describe, expect, test } from 'vitest'
import { inventoryInputs } from '../../src/input/inventory-input.ts'
import { inventoryOf, type SetObject, type SetOptions } from '../../src/input/inventory.ts'
import { projected } from './objects.ts'

type Map = { [key: string]: unknown }
type Written = { namespace?: string; labels?: Map; image?: string; pod?: Map; spec?: Map; container?: Map }

const options: SetOptions = { whole: true, systemNamespaces: ['kube-system'], injected: [] }

function object(kind: string, name: string, { namespace, labels, ...rest }: Map & { namespace?: string; labels?: Map } = {}): SetObject {
  return { value: { kind, metadata: { name, ...(namespace !== undefined && { namespace }), ...(labels && { labels }) }, ...rest } }
}

function workload(name: string, { namespace, labels = { app: name }, image = 'acme/mcp-bridge-gateway:v1', pod = {}, spec = {}, container = {} }: Written = {}, kind = 'Deployment'): SetObject {
  const template = { metadata: { labels }, spec: { containers: [{ name: 'main', image, ...container }], ...pod } }
  return object(kind, name, { namespace, spec: { ...spec, template } })
}

const pdb = (name: string, spec: Map, namespace?: string) => object('PodDisruptionBudget', name, { namespace, spec })
const selecting = (app: string, more: Map = {}) => ({ selector: { matchLabels: { app } }, ...more })
const tables = (objects: SetObject[], more: Partial<SetOptions> = {}) => inventoryOf(objects, { ...options, ...more }).tables
const subjects = (objects: SetObject[], more: Partial<SetOptions> = {}) =>
  Object.fromEntries(inventoryOf(objects, { ...options, ...more }).facts.map(({ subject, component }, index) => {
    const { kind, metadata } = objects[index].value as { kind: string; metadata: { name: string } }
    return [`${kind}/${metadata.name}`, component === undefined ? subject : `${subject} ${component}`]
  }))

test('a workload with its scaler, its Service and its budget', () => {
  const set = [
    workload('gateway', { namespace: 'mcp', spec: { replicas: 1 } }),
    object('HorizontalPodAutoscaler', 'gateway', { namespace: 'mcp', spec: { scaleTargetRef: { kind: 'Deployment', name: 'gateway' }, minReplicas: 3, maxReplicas: 9 } }),
    object('Service', 'gateway', { namespace: 'mcp', spec: { selector: { app: 'gateway' } } }),
    pdb('gateway', selecting('gateway', { minAvailable: '50%', unhealthyPodEvictionPolicy: 'AlwaysAllow' }), 'mcp'),
  ]
  const budget = {
    artefact: 3, name: 'gateway', namespace: 'mcp', is_mcp: true, subject: 'mcp', targets: 1,
    min_available: { percent: 50 }, unhealthy_pod_eviction_policy: 'AlwaysAllow',
  }
  expect(tables(set)).toEqual({
    server_groups: [],
    whole: true,
    workloads: [{
      artefact: 0, kind: 'Deployment', name: 'gateway', namespace: 'mcp', labels: { app: 'gateway' }, component: 'gateway', system: 'bridge',
      is_mcp: true, subject: 'mcp', replicas: 1, effective_replicas: 3, scaled_by: 1, services: [2], pdbs: [budget],
      network: { ingress: false, egress: false }, ports: [],
    }],
    pdbs: [budget],
    hpas: [{ artefact: 1, name: 'gateway', namespace: 'mcp', subject: 'mcp', target_kind: 'Deployment', target_name: 'gateway', min_replicas: 3, max_replicas: 9, targets: [0],
      component: 'gateway', system: 'bridge', target_group: '', found_group: '', metrics: [{ path: ['spec', 'metrics'], resource: 'cpu', utilization: 80, default: true, lacking: ['main'] }] }],
    scaled_objects: [],
    services: [{ artefact: 2, name: 'gateway', namespace: 'mcp', subject: 'mcp', type: 'ClusterIP', targets: [0], selects: true, lists_ports: false, ports: [] }],
    routes: [],
  })
})

describe('replicas', () => {
  const replicas = (spec: Map, ...more: SetObject[]) => tables([workload('gateway', { spec }), ...more]).workloads[0].effective_replicas
  const scaler = (kind: string, spec: Map, namespace?: string) => object(kind, 'x', { namespace, spec: { scaleTargetRef: { kind: 'Deployment', name: 'gateway' }, ...spec } })
  test.each([
    ['nothing written', {}, 1], ['null', { replicas: null }, 1], ['a number', { replicas: 3 }, 3], ['none', { replicas: 0 }, 0],
    ['a template', { replicas: { unresolved: 'a template' } }, { unresolved: 'a template' }], ['a text', { replicas: '3' }, { unresolved: 'no number of replicas' }],
  ])('%s', (_, spec, expected) => {
    expect(replicas(spec)).toEqual(expected)
  })

  test('a scaler decides, with its own defaults', () => {
    expect(replicas({ replicas: 5 }, scaler('HorizontalPodAutoscaler', {}))).toBe(1)
    expect(replicas({ replicas: 5 }, scaler('ScaledObject', {}))).toBe(0)
    expect(replicas({ replicas: 5 }, scaler('HorizontalPodAutoscaler', { minReplicas: { unresolved: 'a template' } }))).toEqual({ unresolved: 'a template' })
    expect(replicas({ replicas: 5 }, object('ScaledObject', 'x', { spec: { scaleTargetRef: { name: 'gateway' }, minReplicaCount: 2 } }))).toBe(2)
    expect(replicas({ replicas: 5 }, object('ScaledObject', 'x', { spec: { scaleTargetRef: { name: 'other' }, minReplicaCount: 2 } }))).toBe(5)
  })

  test('a scaler of the same namespace counts before one of an unnamed one', () => {
    const set = [workload('gateway', { namespace: 'mcp' }), scaler('HorizontalPodAutoscaler', { minReplicas: 4 }), scaler('HorizontalPodAutoscaler', { minReplicas: 2 }, 'mcp')]
    expect(tables(set).workloads[0]).toMatchObject({ effective_replicas: 2, scaled_by: 2 })
    expect(tables([set[0], set[2], set[1]]).workloads[0]).toMatchObject({ effective_replicas: 2, scaled_by: 1 })
    expect(tables([set[0], scaler('HorizontalPodAutoscaler', { minReplicas: 2 }, 'other')]).workloads[0].effective_replicas).toBe(1)
  })

  test('what kustomizations set', () => {
    const setting = { labels: { team: 'x' }, replicas: new Map([['gateway', 4]]), patches: [] }
    const patched = { labels: {}, replicas: new Map(), patches: [{ kind: 'Deployment', name: '', text: 'replicas' }] }
    expect(tables([{ ...workload('gateway', { spec: { replicas: 1 } }), setting }]).workloads[0]).toMatchObject({ replicas: 4, labels: { app: 'gateway', team: 'x' } })
    expect(tables([{ ...workload('gateway', { spec: { replicas: 1 } }), setting: patched }]).workloads[0].effective_replicas).toEqual({ unresolved: 'a patch of the kustomization' })
  })
})

describe('budgets and namespaces', () => {
  const names = (set: SetObject[]) => tables(set).workloads[0].pdbs?.map(({ name }) => name)
  const gateway = (namespace?: string) => workload('gateway', { namespace })
  test.each([
    ['the same', 'a', 'a', true], ['another', 'a', 'b', false], ['unnamed budget', 'a', undefined, true], ['unnamed workload', undefined, 'b', true], ['both unnamed', undefined, undefined, true],
  ])('%s', (_, own, other, expected) => {
    expect(names([gateway(own), pdb('p', selecting('gateway'), other)])).toEqual(expected ? ['p'] : [])
  })

  test('two conflict only where both are certainly in one namespace', () => {
    const one = pdb('one', selecting('gateway'), 'a')
    expect(tables([gateway('a'), one, pdb('two', { selector: {} }, 'a')]).workloads[0]).toMatchObject({ pdbs: [{ name: 'one' }, { name: 'two' }], pdbs_conflict: true })
    const { pdbs, pdbs_conflict } = tables([gateway('a'), one, pdb('two', selecting('gateway'))]).workloads[0]
    expect([pdbs?.map(({ name }) => name), pdbs_conflict]).toEqual([['one'], undefined])
    expect(tables([gateway(), pdb('one', selecting('gateway')), pdb('two', selecting('gateway'))]).workloads[0].pdbs_conflict).toBeUndefined()
  })

  test('a missing selector selects nothing, an unknown one may select anything', () => {
    expect(tables([gateway(), pdb('p', { minAvailable: 1 })]).workloads[0]).toMatchObject({ pdbs: [] })
    expect(tables([gateway('a'), pdb('p', selecting({ unresolved: 'a template' } as never), 'a')]).workloads[0].pdbs_unknown).toBe('a template')
    expect(tables([gateway('a'), pdb('p', selecting({ unresolved: 'a template' } as never), 'b')]).workloads[0].pdbs_unknown).toBeUndefined()
    expect(tables([workload('gateway', { labels: { app: { unresolved: 'the variable APP' } } })]).workloads[0].pdbs_unknown).toBe('the variable APP')
  })

  test.each([
    [2, { count: 2 }], ['34%', { percent: 34 }], [{ unresolved: 'a template' }, { unresolved: 'a template' }],
    ['2', { unresolved: 'neither a number of pods nor a percentage' }], [-1, { unresolved: 'neither a number of pods nor a percentage' }], [null, undefined],
  ])('minAvailable %j', (written, expected) => {
    expect(tables([pdb('p', { minAvailable: written })]).pdbs[0].min_available).toEqual(expected)
  })

  test('pods of DaemonSets and Jobs have no replicas and no budget', () => {
    expect(tables([workload('agent', {}, 'DaemonSet')]).workloads[0]).not.toHaveProperty('pdbs')
  })

  test('system namespaces are left out', () => {
    expect(tables([workload('gateway', { namespace: 'kube-system' }), pdb('p', { selector: {} }, 'kube-system')])).toMatchObject({ workloads: [], pdbs: [] })
  })
})

describe('subjects', () => {
  test('what is about a workload is what the workload is', () => {
    const set = [
      workload('front', { pod: { serviceAccountName: 'robot', volumes: [{ name: 'c', configMap: { name: 'conf' } }, { name: 's', projected: { sources: [{ secret: { name: 'keys' } }] } }, { name: 'd', persistentVolumeClaim: { claimName: 'disk' } }] } }),
      ...['ConfigMap/conf', 'Secret/keys', 'PersistentVolumeClaim/disk', 'ServiceAccount/robot', 'ConfigMap/unused'].map(id => object(id.split('/')[0], id.split('/')[1])),
      object('Service', 'front', { spec: { selector: { app: 'front' } }, labels: { team: 'x' } }),
      object('Ingress', 'edge', { spec: { rules: [{ http: { paths: [{ backend: { service: { name: 'front' } } }] } }] } }),
      object('ServiceMonitor', 'watch', { spec: { selector: { matchLabels: { team: 'x' } } } }),
      object('NetworkPolicy', 'all', { spec: {} }),
      object('HorizontalPodAutoscaler', 'front', { spec: { scaleTargetRef: { kind: 'Deployment', name: 'front' } } }),
      object('RoleBinding', 'may', { subjects: [{ kind: 'ServiceAccount', name: 'robot' }], roleRef: { kind: 'Role', name: 'reader' } }),
      object('Role', 'reader'), object('Role', 'nobodys'),
    ]
    expect(subjects(set)).toEqual({
      'Deployment/front': 'mcp gateway', 'ConfigMap/conf': 'mcp gateway', 'Secret/keys': 'mcp gateway', 'PersistentVolumeClaim/disk': 'mcp gateway',
      'ServiceAccount/robot': 'mcp gateway', 'ConfigMap/unused': 'other', 'Service/front': 'mcp gateway', 'Ingress/edge': 'mcp gateway',
      'ServiceMonitor/watch': 'mcp gateway', 'NetworkPolicy/all': 'mcp gateway', 'HorizontalPodAutoscaler/front': 'mcp gateway',
      'RoleBinding/may': 'mcp gateway', 'Role/reader': 'mcp gateway', 'Role/nobodys': 'other',
    })
  })

  test('what the server of an operator reads is the server\'s', () => {
    const projectedServer = projected({
      apiVersion: 'mcp-hangar.io/v1alpha2', kind: 'MCPServer', metadata: { name: 'notes' },
      spec: {
        mode: 'container', image: 'acme/notes:1.2', serviceAccountName: 'notes', volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'notes-data' } }],
        env: [{ name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'notes-token', key: 'token' } } }],
      },
    })
    const toolhive = projected({
      apiVersion: 'toolhive.stacklok.dev/v1alpha1', kind: 'MCPServer', metadata: { name: 'tickets' },
      spec: { image: 'acme/tickets:1.2', serviceAccount: 'tickets', secrets: [{ name: 'tickets-token', key: 'token', targetEnvName: 'TOKEN' }] },
    })
    const set = [
      { value: projectedServer.fields.value as SetObject['value'] }, { value: toolhive.fields.value as SetObject['value'] },
      object('PersistentVolumeClaim', 'notes-data'), object('Secret', 'notes-token'), object('ServiceAccount', 'notes'), object('Secret', 'tickets-token'), object('ServiceAccount', 'tickets'),
    ]
    expect(subjects(set)).toEqual({
      'MCPServer/notes': 'mcp mcp-server', 'MCPServer/tickets': 'mcp mcp-server', 'PersistentVolumeClaim/notes-data': 'mcp mcp-server',
      'Secret/notes-token': 'mcp mcp-server', 'ServiceAccount/notes': 'mcp mcp-server', 'Secret/tickets-token': 'mcp mcp-server', 'ServiceAccount/tickets': 'mcp mcp-server',
    })
  })

  const redis = (namespace?: string) => workload('cache', { namespace, image: 'redis:7' })
  test.each<[string, SetObject[], string]>([
    ['beside an MCP component', [redis('a'), workload('gateway', { namespace: 'a' })], 'support redis'],
    ['elsewhere', [redis('b'), workload('gateway', { namespace: 'a' })], 'other redis'],
    ['both unnamed', [redis(), workload('gateway')], 'support redis'],
    ['alone', [redis()], 'other redis'],
    ['in a namespace of that name', [redis('team-mcp')], 'support redis'],
    ['in our own namespace', [redis('mcp-policy')], 'other redis'],
    ['in a governed namespace', [redis('b'), object('Namespace', 'b', { labels: { 'mcp-policy.io/governed': 'true' } })], 'support redis'],
    ['in one that is not', [redis('b'), object('Namespace', 'b', { labels: { 'mcp-policy.io/governed': 'false' } })], 'other redis'],
  ])('a store %s', (_, set, expected) => {
    expect(subjects(set)['Deployment/cache']).toBe(expected)
  })

  test.each([['cache'], ['cache:6379'], ['cache.data.svc.cluster.local:6379'], ['cache-0.cache.data']])('the host %s is a support wherever it stands', host => {
    const set = [workload('cache', { namespace: 'data', image: 'acme/store' }), object('Service', 'cache', { namespace: 'data', spec: { selector: { app: 'cache' } } })]
    expect(subjects(set, { hosts: [host] })).toEqual({ 'Deployment/cache': 'support', 'Service/cache': 'support' })
    expect(subjects(set, { hosts: ['cache.elsewhere.svc'] })).toEqual({ 'Deployment/cache': 'other', 'Service/cache': 'other' })
  })

  test('the labels of a Service and the mounted configuration tell what a workload is', () => {
    const set = [
      workload('notes', { image: 'acme/notes' }), object('Service', 'notes', { labels: { 'mcp.bridge/x': 'y' }, spec: { selector: { app: 'notes' } } }),
      workload('gw', { image: 'acme/mcp-gateway', pod: { volumes: [{ configMap: { name: 'conf' } }] } }), { ...object('ConfigMap', 'conf'), holds: ['openmcp-config'] },
    ]
    expect(tables(set).workloads.map(({ component, system }) => [component, system])).toEqual([['mcp-server', 'bridge'], ['gateway', 'openmcp']])
  })

  test('an image that is partly a variable is known by what was read', () => {
    const read = workload('x', { image: 'acme/mcp-hangar:${TAG}' })
    expect(subjects([{ value: workload('x', { image: { unresolved: 'the variable TAG' } as never }).value, raw: read.value }])).toEqual({ 'Deployment/x': 'mcp hangar' })
  })

  test('operators\' servers count, and make a namespace one that holds MCP components', () => {
    const server: SetObject = { value: { apiVersion: 'mcp-hangar.io/v1alpha1', kind: 'MCPServer', metadata: { name: 's', namespace: 'a' } } }
    expect(subjects([server, redis('a')])).toEqual({ 'MCPServer/s': 'mcp mcp-server', 'Deployment/cache': 'support redis' })
  })
})

test('who reads a ConfigMap, and how it runs', () => {
  const volumes = [{ name: 'c', configMap: { name: 'conf' } }]
  const mounted = { volumeMounts: [{ name: 'c', mountPath: '/etc/x' }], command: ['mcp-hangar', 'serve'], env: [{ name: 'MCP_MODE', value: 'stdio' }] }
  const set = [
    workload('reader', { namespace: 'a', image: 'python:3.12', pod: { volumes }, container: mounted }),
    workload('idle', { namespace: 'a', pod: { volumes } }),
    workload('env', { namespace: 'a', image: 'redis', container: { args: ['x'], envFrom: [{ configMapRef: { name: 'conf' } }] } }),
    workload('far', { namespace: 'b', pod: { volumes }, container: mounted }),
  ]
  const { consumersOf } = inventoryOf(set, options)
  expect(consumersOf('conf', 'a')).toEqual([
    { artefact: 0, container: 'main', component: 'hangar', image: 'python', command: ['mcp-hangar', 'serve'], args: [], mcp_mode: 'stdio', environment: [{ name: 'MCP_MODE', value: 'stdio' }] },
    { artefact: 2, container: 'main', component: 'redis', image: 'redis', command: [], args: ['x'] },
  ])
  expect(consumersOf('conf').map(({ artefact }) => artefact)).toEqual([0, 2, 3])
  expect(consumersOf('other', 'a')).toEqual([])
})

test.each([['v1.30', 30], ['latest', undefined], ['v1.30.2', undefined]])('a namespace that enforces %s', (version, minor) => {
  const namespace = object('Namespace', 'a', { labels: { 'pod-security.kubernetes.io/enforce-version': version } })
  expect(inventoryOf([namespace, workload('x', { namespace: 'a' }), workload('y', { namespace: 'b' })], options).facts.map(({ pod_security_minor }) => pod_security_minor))
    .toEqual([undefined, minor, undefined])
})

test('a large set is joined as a small one', () => {
  const set = Array.from({ length: 2500 }, (_, number) => {
    const namespace = `team-${number % 200}`
    const name = `app-${number}`
    return [
      workload(name, { namespace, labels: { app: name, part: 'x' }, spec: { replicas: 1 } }),
      pdb(name, selecting(name, { maxUnavailable: 1 }), namespace),
      object('Service', name, { namespace, spec: { selector: { app: name } } }),
      object('HorizontalPodAutoscaler', name, { namespace, spec: { minReplicas: 2, scaleTargetRef: { kind: 'Deployment', name } } }),
    ]
  }).flat()
  const { tables: { workloads }, cut } = inventoryOf(set, options)
  expect(cut).toBe(false)
  expect(workloads).toHaveLength(2500)
  expect(workloads.every(({ artefact, pdbs, services, scaled_by, effective_replicas }) =>
    pdbs?.length === 1 && pdbs[0].artefact === artefact + 1 && services[0] === artefact + 2 && scaled_by === artefact + 3 && effective_replicas === 2)).toBe(true)
})

test('inputs keep namespaces together where they fit, and hold every row once', () => {
  const set = ['a', 'b', 'c'].flatMap(namespace => [1, 2, 3].map(number => workload(`w${number}`, { namespace })))
  const inputs = inventoryInputs(tables(set), 7).map(text => JSON.parse(text).inventory.workloads.map(({ artefact }: { artefact: number }) => artefact))
  expect(inputs).toEqual([[0, 1, 2, 3, 4, 5], [6, 7, 8]])
  expect(inventoryInputs(tables(set), 2).map(text => JSON.parse(text).inventory.workloads.length)).toEqual([2, 1, 2, 1, 2, 1])
  expect(inventoryInputs(tables([]))).toEqual([])
})

test('a set in which everything selects everything is cut off, and says so', () => {
  const set = Array.from({ length: 3000 }, (_, number) => [
    workload(`w${number}`, { labels: { app: 'x' } }),
    pdb(`p${number}`, { selector: { matchExpressions: [{ key: `k${number}`, operator: 'DoesNotExist' }] } }),
  ]).flat()
  const { cut, tables: { workloads } } = inventoryOf(set, options)
  expect(cut).toBe(true)
  expect(workloads[0].pdbs_unknown).toBe('so many objects select each other that not all were compared')
})

describe('groups of MCPServers', () => {
  const made = (kind: string, name: string, more: Map): SetObject => {
    const { value } = object(kind, name, more)
    return { value: { apiVersion: 'mcp-hangar.io/v1alpha2', ...value } }
  }
  const group = (selector: unknown, namespace?: string) => made('MCPServerGroup', 'pool', { namespace, spec: { selector } })
  const server = (name: string, labels: Map, replicas?: unknown, namespace?: string) => made('MCPServer', name, { namespace, labels, spec: { mode: 'remote', replicas } })
  const row = (...objects: SetObject[]) => tables(objects).server_groups.map(({ servers, most_replicas, unknown }) => ({ servers, most_replicas, ...(unknown && { unknown }) }))

  test.each([
    ['labels of the servers', group({ matchLabels: { team: 'sql' } }), { servers: 2, most_replicas: 3 }],
    ['everything', group({}), { servers: 3, most_replicas: 3 }],
    ['nothing without a selector', group(undefined), { servers: 0, most_replicas: 0 }],
    ['in its own namespace', group({}, 'elsewhere'), { servers: 0, most_replicas: 0 }],
    ['what a template says', group({ matchLabels: { team: { unresolved: 'a template' } } }), { servers: 0, most_replicas: 0, unknown: 'a template' }],
  ])('select %s', (_, selecting, expected) => {
    const servers = [server('a', { team: 'sql' }, 3, 'mcp'), server('b', { team: 'sql' }, undefined, 'mcp'), server('c', { team: 'web' }, 1, 'mcp')]
    expect(row(selecting, ...servers)).toEqual([expected])
  })

  test('do not know replicas and labels that are templates', () => {
    expect(row(group({}), server('a', {}, { unresolved: 'the variable N' }))).toEqual([{ servers: 1, most_replicas: 1, unknown: 'the variable N' }])
    expect(row(group({ matchLabels: { team: 'sql' } }), server('a', { team: { unresolved: 'the variable T' } }))).toEqual([{ servers: 0, most_replicas: 0, unknown: 'the variable T' }])
  })

  test('of other operators are none', () => {
    expect(tables([object('MCPServerGroup', 'pool', { spec: { selector: {} } })]).server_groups).toEqual([])
  })
})
