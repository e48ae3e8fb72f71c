import { backendsOf } from './backends.ts'
import { add, find, type Lookup } from './lookup.ts'
import type { Relations } from './relations.ts'
import { textAt, valueAt, viewAt, viewsAt, type View } from './view.ts'

/** TLS ends in front of a workload, and what comes after is plain text; or why that is not known. */
export type TlsInFront = true | string

/**
 * The workloads of a set, by their index, that an Ingress with TLS or a route of a Gateway with a TLS listener leads to. One that passes
 * TLS through, or speaks TLS to its backend, ends none for it.
 */
export function tlsInFront(relations: Relations): Map<number, TlsInFront> {
  const { objects, namespaces, services, nodes } = relations
  const ended = new Map<number, TlsInFront>()
  const gateways: Lookup<View> = new Map()
  for (const [index, { value }] of objects.entries()) if (value.kind === 'Gateway') add(gateways, textAt(value, 'metadata', 'name'), namespaces[index], value)
  for (const [index, { value }] of objects.entries()) {
    const ends = value.kind === 'Ingress' ? ingressEnds(value) : value.kind === 'HTTPRoute' || value.kind === 'GRPCRoute' ? routeEnds(value, index) : undefined
    if (ends === undefined) continue
    for (const { service, namespace } of backendsOf(value)) {
      if (typeof service !== 'string') continue
      const where = typeof namespace === 'string' && namespace !== '' ? namespace : namespaces[index]
      for (const number of find(services.byName, service, where).flat().flatMap(at => services.nodes.get(at) ?? [])) {
        const { artefact } = nodes[number]
        if (ended.get(artefact) !== true) ended.set(artefact, ends)
      }
    }
  }
  return ended

  function routeEnds(route: View, index: number): TlsInFront | undefined {
    let ends: TlsInFront | undefined
    for (const parent of viewsAt(route, 'spec', 'parentRefs').slice(0, mostParents)) {
      if (parent.kind !== undefined && parent.kind !== 'Gateway') continue
      const name = textAt(parent, 'name')
      const named = find(gateways, name, textAt(parent, 'namespace') || namespaces[index]).flat()
      if (named.length === 0) ends ??= `Gateway ${name} was not given`
      if (named.some(gateway => listens(gateway, textAt(parent, 'sectionName')))) return true
    }
    return ends
  }
}

const mostParents = 8

/** An Ingress whose certificate, if only its controller's own, stands at the edge. */
function ingressEnds(ingress: View): TlsInFront | undefined {
  const annotations = viewAt(ingress, 'metadata', 'annotations')
  const says = (name: string, value: string): boolean => textAt(annotations, name).toLowerCase() === value
  if (says('nginx.ingress.kubernetes.io/ssl-passthrough', 'true') || /^(https|grpcs)$/i.test(textAt(annotations, 'nginx.ingress.kubernetes.io/backend-protocol'))) return undefined
  if (viewsAt(ingress, 'spec', 'tls').length > 0 || says('traefik.ingress.kubernetes.io/router.tls', 'true')) return true
  const unresolved = valueAt(ingress, 'spec', 'tls', 'unresolved')
  return typeof unresolved === 'string' ? unresolved : undefined
}

function listens(gateway: View, section: string): boolean {
  return viewsAt(gateway, 'spec', 'listeners').some(listener => (section === '' || listener.name === section)
    && (listener.protocol === 'HTTPS' || listener.protocol === 'TLS') && textAt(listener, 'tls', 'mode') !== 'Passthrough')
}

/** The same of the values of the chart mcp-bridge, for the gateway that they configure. */
export function chartTlsInFront(values: View): TlsInFront | undefined {
  const ingress = viewAt(values, 'gateway', 'ingress')
  if (ingress.enabled !== true) return undefined
  return ingressEnds({ metadata: { annotations: viewAt(ingress, 'annotations') }, spec: { tls: ingress.tls } })
}

/** The same of a Compose service that publishes nothing, in a project with a proxy: what the proxy does is in its own configuration. */
export function projectTlsInFront(service: View, services: readonly View[]): TlsInFront | undefined {
  const publishes = viewsAt(service, 'ports').some(({ binding }) => binding !== 'loopback')
  const proxy = publishes ? undefined : services.find(other => other.deployed === true && other.component === 'proxy' && viewsAt(other, 'ports').some(isHttps))
  return proxy === undefined ? undefined : `service ${textAt(proxy, 'name')} may end it`
}

const isHttps = (port: View): boolean => valueAt(port, 'published', 'from') === 443 || valueAt(port, 'target', 'from') === 443

