import { anyMetric } from './adapter-metrics.ts'
import { few, headOf, ofKind, type Rows } from './inventory-row.ts'
import type { MetricRow, ScalerRow } from './inventory-tables.ts'
import { readReplicas } from './int-or-percent.ts'
import { namesUnder } from './kustomization.ts'
import { add, find, keyOf, type Lookup } from './lookup.ts'
import { targetNodes, targetOf } from './relations.ts'
import { metricsOf } from './scaler-metrics.ts'
import { groupOf, textAt, valueAt, viewAt } from './view.ts'

/** The scalers of a kind: `minimum` and `maximum` name their fields, `absent` is the minimum of one that says nothing. */
type Kind = { kind: 'HorizontalPodAutoscaler' | 'ScaledObject'; minimum: string; maximum: string; absent: number }

const hpa: Kind = { kind: 'HorizontalPodAutoscaler', minimum: 'minReplicas', maximum: 'maxReplicas', absent: 1 }
const scaledObject: Kind = { kind: 'ScaledObject', minimum: 'minReplicaCount', maximum: 'maxReplicaCount', absent: 0 }

export function scalerRows(rows: Rows): { hpas: ScalerRow[]; scaledObjects: ScalerRow[] } {
  const { relations, facts } = rows
  const scaledObjects = ofKind(rows, 'ScaledObject')
  const produced = new Set(relations.objects.flatMap(({ produces }) => produces ?? []))
  const others = objectsNamed(rows, [...ofKind(rows, 'HorizontalPodAutoscaler'), ...scaledObjects])
  // KEDA makes an HPA of each ScaledObject, which is in the set where the set is a cluster.
  const made = new Set(scaledObjects.map(index => keyOf(`keda-hpa-${textAt(relations.objects[index].value, 'metadata', 'name')}`, facts[index].namespace ?? '')))
  const hpas = ofKind(rows, 'HorizontalPodAutoscaler').filter(index => !made.has(keyOf(textAt(relations.objects[index].value, 'metadata', 'name'), facts[index].namespace ?? '')))
  return { hpas: hpas.map(index => rowOf(index, hpa)), scaledObjects: scaledObjects.map(index => rowOf(index, scaledObject)) }

  function rowOf(index: number, { minimum, maximum, absent }: Kind): ScalerRow {
    const { value } = relations.objects[index]
    const { subject, component, system } = facts[index]
    const target = targetOf(value)
    const most = valueAt(value, 'spec', maximum)
    const numbers = targetNodes(relations, index)
    const written = viewAt(value, 'spec', 'scaleTargetRef')
    const unknown = [written.kind, written.name].some(each => typeof valueAt(each, 'unresolved') === 'string')
    const row: ScalerRow = {
      ...headOf(rows, index), subject, target_kind: target.kind, target_name: target.name,
      min_replicas: readReplicas(valueAt(value, 'spec', minimum), absent),
      ...(most !== undefined && { max_replicas: readReplicas(most, absent) }),
      targets: numbers.slice(0, few).map(number => relations.nodes[number].artefact),
    }
    if (subject !== 'mcp') return row
    const node = numbers.length > 0 ? relations.nodes[numbers[0]] : undefined
    const found = node?.object.value
    const defaults = node && facts[node.artefact].limit_range?.requests
    return {
      ...row,
      ...(component !== undefined && { component }),
      ...(system !== undefined && { system }),
      ...((unknown || relations.pods.left < 0) && { target_unknown: true as const }),
      ...(found === undefined && find(others, keyOf(target.kind, target.name), facts[index].namespace).length > 0 && { target_elsewhere: true as const }),
      ...(found !== undefined && { found_group: groupOf(found) }),
      target_group: groupOf(written),
      metrics: withProducers(metricsOf(value, found, resource => defaults?.[resource as 'cpu' | 'memory'] === true), produced),
    }
  }
}

function withProducers(metrics: MetricRow[], produced: ReadonlySet<string>): MetricRow[] {
  return metrics.map(metric => (metric.custom !== undefined && (produced.has(metric.custom) || produced.has(anyMetric)) ? { ...metric, produced: true } : metric))
}

/** The objects that run nothing themselves and that a scaler names all the same: kinds of an operator with a scale of their own. */
function objectsNamed(rows: Rows, scalers: number[]): Lookup<number> {
  const { objects, namespaces } = rows.relations
  const wanted = new Set(scalers.map(index => targetOf(objects[index].value).kind))
  const found: Lookup<number> = new Map()
  if (wanted.size === 0) return found
  for (const [index, { value, setting }] of objects.entries()) {
    const kind = textAt(value, 'kind')
    if (wanted.has(kind)) for (const name of namesUnder(textAt(value, 'metadata', 'name'), setting)) add(found, keyOf(kind, name), namespaces[index], index)
  }
  return found
}
