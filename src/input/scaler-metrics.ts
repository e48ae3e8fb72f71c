import type { Path } from '../artefact/document.ts'
import type { MetricRow } from './inventory-tables.ts'
import { few } from './inventory-row.ts'
import { runningContainers } from './pod-ports.ts'
import { textAt, valueAt, viewAt, type View } from './view.ts'
import { workloadOf } from './workload.ts'

/** More metrics than this are not looked at: each stands for itself. */
const mostMetrics = 20

/**
 * What a scaler goes by, of all versions of its API: no metrics mean a CPU use of 80 percent. `target` is the workload that it scales, where
 * that is known, and `defaulted` tells which resources its containers are given a request for.
 */
export function metricsOf(scaler: View, target: View | undefined, defaulted: (resource: string) => boolean): MetricRow[] {
  const lacking = (resource: string, container?: string) => target === undefined || defaulted(resource) ? [] : withoutRequest(target, resource, container)
  const found = scaler.kind === 'ScaledObject' ? triggers(scaler) : written(scaler)
  return found.map(metric => (metric.resource === undefined || metric.utilization === undefined ? metric : { ...metric, lacking: lacking(metric.resource, metric.container) }))
}

function written(hpa: View): MetricRow[] {
  const metrics = valueAt(hpa, 'spec', 'metrics')
  if (typeof valueAt(metrics, 'unresolved') === 'string') return [{ path: ['spec', 'metrics'], unknown: true }]
  if (Array.isArray(metrics) && metrics.length > 0) return metrics.slice(0, mostMetrics).map((metric, index) => metricRow(metric, ['spec', 'metrics', index]))
  const percentage = valueAt(hpa, 'spec', 'targetCPUUtilizationPercentage')
  if (percentage !== undefined && percentage !== null) return [{ path: ['spec', 'targetCPUUtilizationPercentage'], resource: 'cpu', utilization: numeric(percentage) }]
  return [{ path: ['spec', 'metrics'], resource: 'cpu', utilization: 80, default: true }]
}

function metricRow(metric: unknown, path: Path): MetricRow {
  const type = textAt(metric, 'type')
  const key = type === 'Resource' ? 'resource' : type === 'ContainerResource' ? 'containerResource' : undefined
  if (key === undefined) return customRow(metric, type, path)
  const own = viewAt(metric, key)
  const container = textAt(own, 'container')
  const old = own.targetAverageUtilization
  const percentage = old ?? valueAt(own, 'target', 'averageUtilization')
  return {
    path: [...path, key, ...(old === undefined ? ['target', 'averageUtilization'] : ['targetAverageUtilization'])],
    resource: textAt(own, 'name'),
    ...(container !== '' && { container }),
    ...(percentage !== undefined && percentage !== null && { utilization: numeric(percentage) }),
  }
}

/** The name of a metric that something else must produce. */
function customRow(metric: unknown, type: string, path: Path): MetricRow {
  const key = new Map([['Pods', 'pods'], ['Object', 'object'], ['External', 'external']]).get(type)
  const own = key === undefined ? {} : viewAt(metric, key)
  const name = textAt(own, 'metric', 'name') || textAt(own, 'metricName')
  if (key === undefined || name === '') return { path, unknown: true }
  return { path: [...path, key, ...(textAt(own, 'metric', 'name') === '' ? ['metricName'] : ['metric', 'name'])], custom: name }
}

/** KEDA asks most sources itself; only CPU and memory are measured by the requests of the pods. */
function triggers(scaled: View): MetricRow[] {
  const list = valueAt(scaled, 'spec', 'triggers')
  if (!Array.isArray(list)) return typeof valueAt(list, 'unresolved') === 'string' ? [{ path: ['spec', 'triggers'], unknown: true }] : []
  return list.slice(0, mostMetrics).flatMap((trigger, index): MetricRow[] => {
    const resource = textAt(trigger, 'type')
    if (resource !== 'cpu' && resource !== 'memory') return []
    const kind = textAt(trigger, 'metricType') || textAt(trigger, 'metadata', 'type') || 'Utilization'
    const container = textAt(trigger, 'metadata', 'containerName')
    const value = valueAt(trigger, 'metadata', 'value')
    return [{
      path: ['spec', 'triggers', index, 'metadata', 'value'], resource,
      ...(container !== '' && { container }),
      ...(kind === 'Utilization' && value !== undefined && { utilization: numeric(value) }),
    }]
  })
}

function numeric(value: unknown): number | { unresolved: string } {
  const reason = valueAt(value, 'unresolved')
  if (typeof reason === 'string') return { unresolved: reason }
  const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value
  return typeof number === 'number' ? number : { unresolved: 'no percentage' }
}

/** The first few containers of a pod that ask for none of a resource; a limit makes a request, and one of the pod is for all. */
function withoutRequest(target: View, resource: string, container: string | undefined): string[] {
  const spec = workloadOf(target)?.spec
  if (spec === undefined || asksFor(spec, resource)) return []
  return runningContainers(spec)
    .filter(each => (container === undefined || each.name === container) && !asksFor(each, resource))
    .slice(0, few)
    .map(each => textAt(each, 'name'))
}

/** What is not known may ask for it. */
function asksFor(holder: View, resource: string): boolean {
  const resources = viewAt(holder, 'resources')
  const places = [resources, resources.requests, resources.limits]
  return places.some(place => typeof valueAt(place, 'unresolved') === 'string')
    || ['requests', 'limits'].some(key => ![undefined, null].includes(valueAt(resources, key, resource) as null))
}
