import { at, hasAny, isMap, type JsonMap } from './json.ts'
import { isHangarChart } from './hangar.ts'
import type { FileName, Recognised } from './recognised.ts'

/**
 * Values of a chart: by the chart that the caller knows of, by the keys of a known chart, or by name.
 *
 * `about.chart` is the chart's name, or null for an unknown one; `about.overlay` is true for every file but the base, `values.yaml`.
 */
export function recogniseHelmValues(value: JsonMap, name: FileName): Recognised | undefined {
  const named = valuesName.test(name.base)
  const chart = (named ? name.chartName : undefined) ?? knownChart(value)
  if (!named && chart === undefined) return undefined
  const about = { chart: chart ?? null, overlay: !/^values\.ya?ml$/i.test(name.base) }
  return { kind: 'helm-values', dialect: 'kubectl', about }
}

const valuesName = /^values([._-].*)?\.ya?ml$|^.+[._-]values\.ya?ml$/i

/** The known chart whose keys these are, by its name. */
export function knownChart(value: JsonMap): string | undefined {
  if (isHangarChart(value)) return 'mcp-hangar'
  if (typeof at(value, 'hangar', 'url') === 'string' || at(value, 'hangar', 'apiKey') !== undefined) return 'mcp-hangar-operator'
  if (isMap(value.gateway) && isMap(value.router) && !hasAny(value, ['services', 'gateway_pool'])) return 'mcp-bridge'
  return at(value, 'gateway', 'config', 'data') === undefined ? undefined : 'mcp-bridge'
}
