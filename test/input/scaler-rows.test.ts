import { describe, expect, test } from 'vitest'
import { adapterMetrics, anyMetric } from '../../src/input/adapter-metrics.ts'
import { object, server, tablesOf, type Map } from './set-objects.ts'

const requesting = (resources: Map, more: Map = {}) => server('web', { container: { resources }, ...more })
const hpa = (spec: Map, name = 'web', metadata: Map = {}, apiVersion = 'autoscaling/v2') =>
  object(apiVersion, 'HorizontalPodAutoscaler', name, { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, ...spec }, metadata)
const cpu = (target: Map) => ({ metrics: [{ type: 'Resource', resource: { name: 'cpu', target } }] })
const half = cpu({ type: 'Utilization', averageUtilization: 50 })
const metrics = (scaler: ReturnType<typeof hpa>, workload = requesting({ requests: { cpu: '1' } }), ...more: Parameters<typeof tablesOf>[0]) => {
  const { hpas, scaled_objects: scaled } = tablesOf([scaler, workload, ...more])
  return [...hpas, ...scaled][0].metrics
}

describe('what a scaler goes by', () => {
  const at = ['spec', 'metrics', 0, 'resource', 'target', 'averageUtilization']
  test.each<[string, ReturnType<typeof hpa>, unknown[]]>([
    ['nothing', hpa({}), [{ path: ['spec', 'metrics'], resource: 'cpu', utilization: 80, default: true, lacking: [] }]],
    ['v1', hpa({ targetCPUUtilizationPercentage: 60 }, 'web', {}, 'autoscaling/v1'), [{ path: ['spec', 'targetCPUUtilizationPercentage'], resource: 'cpu', utilization: 60, lacking: [] }]],
    ['v2', hpa(half), [{ path: at, resource: 'cpu', utilization: 50, lacking: [] }]],
    ['v2beta1', hpa({ metrics: [{ type: 'Resource', resource: { name: 'cpu', targetAverageUtilization: 50 } }] }), [{ path: ['spec', 'metrics', 0, 'resource', 'targetAverageUtilization'], resource: 'cpu', utilization: 50, lacking: [] }]],
    ['an amount', hpa(cpu({ type: 'AverageValue', averageValue: '500m' })), [{ path: at, resource: 'cpu' }]],
    ['a template', hpa(cpu({ averageUtilization: { unresolved: 'a template' } })), [{ path: at, resource: 'cpu', utilization: { unresolved: 'a template' }, lacking: [] }]],
    ['a metric of pods', hpa({ metrics: [{ type: 'Pods', pods: { metric: { name: 'x' } } }] }), [{ path: ['spec', 'metrics', 0, 'pods', 'metric', 'name'], custom: 'x' }]],
    ['one of old', hpa({ metrics: [{ type: 'External', external: { metricName: 'x' } }] }), [{ path: ['spec', 'metrics', 0, 'external', 'metricName'], custom: 'x' }]],
    ['something odd', hpa({ metrics: [5, { unresolved: 'a template' }] }), [{ path: ['spec', 'metrics', 0], unknown: true }, { path: ['spec', 'metrics', 1], unknown: true }]],
    ['a list that is a template', hpa({ metrics: { unresolved: 'a template' } }), [{ path: ['spec', 'metrics'], unknown: true }]],
  ])('%s', (_, scaler, expected) => {
    expect(metrics(scaler)).toEqual(expected)
  })

  test('KEDA', () => {
    const scaled = object('keda.sh/v1alpha1', 'ScaledObject', 'web', {
      scaleTargetRef: { name: 'web' },
      triggers: [
        { type: 'cpu', metricType: 'Utilization', metadata: { value: '60' } }, { type: 'memory', metadata: { type: 'AverageValue', value: '100' } },
        { type: 'prometheus', metadata: { query: 'x' } }, { type: 'cpu', metadata: { type: 'Utilization', value: '50', containerName: 'main' } },
      ],
    })
    const place = (index: number) => ['spec', 'triggers', index, 'metadata', 'value']
    expect(metrics(scaled)).toEqual([
      { path: place(0), resource: 'cpu', utilization: 60, lacking: [] }, { path: place(1), resource: 'memory' },
      { path: place(3), resource: 'cpu', container: 'main', utilization: 50, lacking: [] },
    ])
  })
})

test('metrics that prometheus-adapter makes', () => {
  const adapter = (...rules: unknown[]) => adapterMetrics({ kind: 'ConfigMap', data: { 'config.yaml': JSON.stringify({ rules }), other: 'x' } })
  const rule = (seriesQuery: string, name?: Map) => ({ seriesQuery, ...(name && { name }) })
  expect(adapter(rule('mcp_connections{namespace!=""}'))).toEqual(['mcp_connections'])
  expect(adapter(rule('{__name__="mcp_connections"}'))).toEqual(['mcp_connections'])
  expect(adapter(rule('mcp_calls_total', { as: 'calls' }))).toEqual(['calls'])
  expect(adapter(rule('mcp_calls_total', { matches: '^(.*)_total$', as: '${1}_per_second' }))).toEqual(['mcp_calls_per_second'])
  expect(adapter(rule('mcp_calls_total', { matches: '(.*)_total' }))).toEqual(['mcp_calls'])
  expect(adapter(rule('{__name__=~"^mcp_.*"}'))).toEqual([anyMetric])
  expect(adapter(rule('mcp_calls_total', { matches: '^mcp_(.*)$', as: '$1' }))).toEqual([anyMetric])
  expect(adapterMetrics({ kind: 'ConfigMap', data: { 'config.yaml': 'seriesQuery: [' } })).toEqual([anyMetric])
  expect(adapterMetrics({ kind: 'ConfigMap', data: { 'config.yaml': 'rules: [5]\n# seriesQuery' } })).toEqual([])
  expect(adapterMetrics({ kind: 'Secret', data: {} })).toEqual([])
  const scaler = hpa({ metrics: [{ type: 'Pods', pods: { metric: { name: 'calls' } } }] })
  const rules = (...produces: string[]) => ({ ...object('v1', 'ConfigMap', 'adapter'), produces })
  expect(metrics(scaler, server('web'), rules('calls'))).toMatchObject([{ custom: 'calls', produced: true }])
  expect(metrics(scaler, server('web'), rules(anyMetric))).toMatchObject([{ produced: true }])
  expect(metrics(scaler, server('web'), rules('other'))?.[0]).not.toHaveProperty('produced')
})

describe('containers without a request', () => {
  const lacking = (...set: Parameters<typeof tablesOf>[0]) => tablesOf([hpa(half), ...set]).hpas[0].metrics?.[0].lacking
  const sidecar = (restartPolicy?: string) => ({ initContainers: [{ name: 'side', ...(restartPolicy && { restartPolicy }) }] })
  test.each<[string, ReturnType<typeof server>, string[]]>([
    ['none', server('web'), ['main']],
    ['of another resource', requesting({ requests: { memory: '1Gi' } }), ['main']],
    ['null', requesting({ requests: { cpu: null } }), ['main']],
    ['a request', requesting({ requests: { cpu: '1' } }), []],
    ['a limit', requesting({ limits: { cpu: '1' } }), []],
    ['of the pod', server('web', { pod: { resources: { requests: { cpu: '1' } } } }), []],
    ['of no sidecar', requesting({ requests: { cpu: '1' } }, { pod: sidecar('Always') }), ['side']],
    ['of no init container', requesting({ requests: { cpu: '1' } }, { pod: sidecar() }), []],
    ['a template', requesting({ unresolved: 'a template' }), []],
  ])('%s', (_, workload, expected) => {
    expect(lacking(workload)).toEqual(expected)
  })

  test('one container alone', () => {
    const scaler = hpa({ metrics: [{ type: 'ContainerResource', containerResource: { name: 'cpu', container: 'main', target: { averageUtilization: 50 } } }] })
    const set = requesting({ requests: { cpu: '1' } }, { pod: sidecar('Always') })
    expect(metrics(scaler, set)?.[0]).toMatchObject({ container: 'main', lacking: [] })
    expect(metrics(scaler, server('web'))?.[0]).toMatchObject({ lacking: ['main'] })
  })

  test('a LimitRange of the namespace', () => {
    const range = (namespace: string) => object('v1', 'LimitRange', 'r', { limits: [{ type: 'Container', defaultRequest: { cpu: '100m' } }] }, { namespace })
    expect(lacking(server('web', { namespace: 'a' }), range('a'))).toEqual([])
    expect(lacking(server('web', { namespace: 'a' }), range('b'))).toEqual(['main'])
  })
})

describe('targets', () => {
  const row = (spec: Map, ...more: Parameters<typeof tablesOf>[0]) => tablesOf([hpa(spec, 'mcp'), ...more]).hpas[0]
  test('a workload, with its API group as it is and as it is written', () => {
    expect(row({}, server('web'))).toMatchObject({ targets: [1], found_group: 'apps', target_group: 'apps' })
    expect(row({ scaleTargetRef: { kind: 'Deployment', name: 'web' } }, server('web'))).toMatchObject({ targets: [1], target_group: '' })
  })

  test('nothing, an object that runs nothing itself, or what is not known', () => {
    expect(row({})).toMatchObject({ targets: [] })
    const rollout = { scaleTargetRef: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'mcp' } }
    expect(row(rollout, object('argoproj.io/v1alpha1', 'Rollout', 'mcp', { workloadRef: { name: 'x' } }))).toMatchObject({ targets: [], target_elsewhere: true })
    expect(row(rollout, object('argoproj.io/v1alpha1', 'Rollout', 'other'))).not.toHaveProperty('target_elsewhere')
    expect(row({ scaleTargetRef: { kind: 'Deployment', name: { unresolved: 'a template' } } })).toMatchObject({ target_unknown: true })
  })

  test('two for one workload, certainly or perhaps', () => {
    const conflict = (...namespaces: (string | undefined)[]) => tablesOf([
      server('web', { namespace: 'a' }), ...namespaces.map((namespace, index) => hpa({}, `h${index}`, namespace === undefined ? {} : { namespace })),
    ]).workloads[0].scalers_conflict
    expect(conflict('a', 'a')).toEqual([1, 2])
    expect(conflict('a', undefined)).toBeUndefined()
    expect(conflict('a', 'b')).toBeUndefined()
  })

  test('the HPA that KEDA makes is no second one', () => {
    const scaled = object('keda.sh/v1alpha1', 'ScaledObject', 'web', { scaleTargetRef: { name: 'web' } }, { namespace: 'a' })
    const { hpas, workloads } = tablesOf([server('web', { namespace: 'a' }), scaled, hpa({}, 'keda-hpa-web', { namespace: 'a' })])
    expect(hpas).toEqual([])
    expect(workloads[0]).toMatchObject({ scaled_by: 1 })
    expect(workloads[0]).not.toHaveProperty('scalers_conflict')
  })
})

test('what can run once only', () => {
  const single = (spec: Map, pod: Map = {}, ...more: Parameters<typeof tablesOf>[0]) => tablesOf([server('web', { spec, pod }), ...more]).workloads[0].single_writer
  const volumes = { volumes: [{ name: 'd', persistentVolumeClaim: { claimName: 'data' } }] }
  const claim = (mode: string) => object('v1', 'PersistentVolumeClaim', 'data', { accessModes: [mode] })
  expect(single({})).toBeUndefined()
  expect(single({ strategy: { type: 'Recreate' } })).toBe(true)
  expect(single({}, volumes)).toBe(true)
  expect(single({}, volumes, claim('ReadWriteOnce'))).toBe(true)
  expect(single({}, volumes, claim('ReadWriteMany'))).toBeUndefined()
})
