import type { Json } from './document.ts'
import { at, hasAny, isMap, type JsonMap } from './json.ts'
import type { Recognised } from './recognised.ts'

/** `mcp_servers`, or one of the sections that no other program has. Values of the chart have `mcp_servers` too. */
export function recogniseHangar(value: JsonMap): Recognised | undefined {
  if (hasAny(value, chartKeys)) return undefined
  const known = isMap(value.mcp_servers) || hasAny(value, ownSections) || Array.isArray(at(value, 'discovery', 'sources')) || hasOldProviders(value)
  return known ? { kind: 'hangar-config', dialect: 'pyyaml' } : undefined
}

/** The chart's values, told from a configuration by what only a chart has. */
export function isHangarChart(value: JsonMap): boolean {
  return isMap(value.mcp_servers) && hasAny(value, chartKeys)
}

export const hangarMarkers = ['mcp_servers', 'coordination', 'hot_loading', 'startup_checks', 'tool_access']

const ownSections = ['coordination', 'hot_loading', 'startup_checks', 'tool_access']

const chartKeys = [
  'config', 'replicaCount', 'image', 'service', 'serviceAccount', 'resources', 'podSecurityContext', 'securityContext', 'autoscaling',
  'podDisruptionBudget', 'serviceMonitor', 'prometheusRule', 'networkPolicy', 'extraEnv', 'nodeSelector', 'affinity', 'tolerations',
  'fullnameOverride', 'nameOverride', 'imagePullSecrets',
]

/** Up to 1.x the servers were called `providers`; such a file no longer loads, which is for a control to say. */
function hasOldProviders(value: JsonMap): boolean {
  return isMap(value.providers) && Object.values(value.providers).some(isOldProvider)
}

function isOldProvider(provider: Json): boolean {
  return isMap(provider) && typeof provider.mode === 'string' && ['subprocess', 'docker', 'container', 'remote', 'group'].includes(provider.mode)
}
