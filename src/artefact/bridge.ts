import { at, isMap, type JsonMap } from './json.ts'
import type { Recognised } from './recognised.ts'

export function recogniseBridge(value: JsonMap): Recognised | undefined {
  if (isGateway(value)) return { kind: 'bridge-gateway-config', dialect: 'go-yaml-v3' }
  if (isRouter(value)) return { kind: 'bridge-router-config', dialect: 'go-yaml-v3' }
  return undefined
}

export const bridgeMarkers = ['frontends', 'service_discovery', 'gateway_pool']

function isGateway(value: JsonMap): boolean {
  if (Array.isArray(at(value, 'server', 'frontends'))) return true
  const { sessions, routing } = value
  if (isMap(value.service_discovery) && (isMap(routing) || isMap(sessions) || isMap(at(value, 'auth', 'jwt')))) return true
  return isMap(sessions) && typeof at(value, 'auth', 'provider') === 'string'
}

function isRouter(value: JsonMap): boolean {
  return isMap(value.gateway_pool) || (isMap(value.direct) && isMap(value.local))
}
