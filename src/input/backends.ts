import type { Path } from '../artefact/document.ts'
import { textAt, valueAt, viewAt, type View } from './view.ts'

/** A Service that an Ingress or a route of the Gateway API sends requests to, as it is written: not known, or not there, is possible. */
export type Backend = {
  /** Where it stands in the object. */
  path: Path
  service: unknown
  /** Below `path`. */
  serviceKey: Path
  /** A number or a name. */
  port?: unknown
  portKey: Path
  /** Of a route: another one than its own. */
  namespace?: unknown
}

const routes = new Set(['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute', 'UDPRoute'])

export function isRoute(object: View): boolean {
  return object.kind === 'Ingress' || routes.has(textAt(object, 'kind'))
}

/** The backends that are Services; what an Ingress names instead of a port for a load balancer's own actions is none. */
export function backendsOf(object: View): Backend[] {
  return object.kind === 'Ingress' ? ingressBackends(object) : routes.has(textAt(object, 'kind')) ? routeBackends(object) : []
}

function ingressBackends(ingress: View): Backend[] {
  const paths = entries(ingress, 'spec', 'rules').flatMap(([number, rule]) =>
    entries(rule, 'http', 'paths').map(([position]): Path => ['spec', 'rules', number, 'http', 'paths', position, 'backend']))
  const places: Path[] = [['spec', 'defaultBackend'], ['spec', 'backend'], ...paths]
  return places.flatMap((path): Backend[] => {
    const backend = at(ingress, path)
    const service = valueAt(backend, 'service')
    if (service !== undefined) {
      const [key, port] = ['number', 'name'].map(each => [each, valueAt(service, 'port', each)] as const).find(([, given]) => given !== undefined) ?? []
      if (port === 'use-annotation') return []
      return [{ path, service: valueAt(service, 'name'), serviceKey: ['service', 'name'], port, portKey: ['service', 'port', ...(key === undefined ? [] : [key])] }]
    }
    const old = valueAt(backend, 'serviceName')
    const port = valueAt(backend, 'servicePort')
    return old === undefined || port === 'use-annotation' ? [] : [{ path, service: old, serviceKey: ['serviceName'], port, portKey: ['servicePort'] }]
  })
}

function routeBackends(route: View): Backend[] {
  return entries(route, 'spec', 'rules').flatMap(([number, rule]) => entries(rule, 'backendRefs').flatMap(([position, reference]): Backend[] => {
    const kind = reference.kind ?? 'Service'
    if (kind !== 'Service' || (reference.group ?? '') !== '') return []
    const { name: service, port, namespace } = reference
    return [{ path: ['spec', 'rules', number, 'backendRefs', position], service, serviceKey: ['name'], port, portKey: ['port'], namespace }]
  }))
}

/** The maps of a list with their positions in it. */
function entries(value: unknown, ...keys: string[]): [number, View][] {
  const list = valueAt(value, ...keys)
  return Array.isArray(list) ? [...list.entries()].filter((entry): entry is [number, View] => typeof entry[1] === 'object' && entry[1] !== null && !Array.isArray(entry[1])) : []
}

function at(value: unknown, path: Path): View {
  let inner: unknown = value
  for (const step of path.slice(0, -1)) inner = (inner as { [key: string | number]: unknown } | undefined)?.[step]
  return viewAt(inner, path[path.length - 1] as string)
}
