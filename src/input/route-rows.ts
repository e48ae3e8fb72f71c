import { backendsOf, isRoute, type Backend } from './backends.ts'
import { cutOff, headOf, ofKind, type Rows } from './inventory-row.ts'
import type { BackendRow, RouteRow } from './inventory-tables.ts'
import { find } from './lookup.ts'
import { textAt, valueAt, viewsAt, type View } from './view.ts'

/** Ingresses and routes of components, with what became of each Service that they name. */
export function routeRows(rows: Rows): RouteRow[] {
  const { relations, facts } = rows
  const unnamed = namespacesOfUnnamed(rows)
  const granted = grants(rows)
  const known = new Map<string, Offered>()
  return [...relations.objects.keys()].filter(index => rows.isIn(index) && facts[index].subject !== 'other' && isRoute(relations.objects[index].value)).map((index): RouteRow => {
    const { value } = relations.objects[index]
    const kind = textAt(value, 'kind')
    const own = facts[index].namespace
    return {
      ...headOf(rows, index), kind, subject: facts[index].subject,
      backends: backendsOf(value).map(backend => backendRow(backend, kind, own)),
    }
  })

  function backendRow({ path, service, serviceKey, port, portKey, namespace: other }: Backend, kind: string, own: string | undefined): BackendRow {
    const row: BackendRow = { path, service_path: [...path, ...serviceKey], port_path: [...path, ...portKey], service: typeof service === 'string' ? service : '', found: false }
    if (typeof port === 'string' || typeof port === 'number') row.port = port
    if (typeof service !== 'string') return { ...row, unknown: 'the name of the Service is not known' }
    if (other !== undefined && typeof other !== 'string') return { ...row, unknown: 'the namespace of the Service is not known' }
    const namespace = typeof other === 'string' && other !== '' ? other : own
    const question = JSON.stringify([service, namespace ?? null])
    const offered = known.get(question) ?? servicesNamed(service, namespace)
    known.set(question, offered)
    if (relations.pods.left < 0) return { ...row, unknown: cutOff }
    row.found = offered.found
    if (typeof other === 'string' && other !== '' && own !== undefined && other !== own) {
      row.namespace = other
      row.granted = granted(kind, own, other, service)
    }
    const isOpen = unnamed.size > 0 && (namespace === undefined || unnamed.has(namespace) || unnamed.has(undefined))
    if (!row.found && isOpen) row.unknown = 'a Service has a name that is not known'
    if (row.found && row.port !== undefined) {
      if (offered.has(row.port)) row.reaches = true
      else if (!offered.unknown) row.reaches = false
    }
    return row
  }

  function servicesNamed(name: string, namespace: string | undefined): Offered {
    const indices = find(relations.services.byName, name, namespace).flat()
    relations.pods.left -= indices.length
    return offeredBy(relations.pods.left < 0 ? [] : indices.map(index => relations.objects[index].value))
  }
}

type Offered = { found: boolean; has(port: number | string): boolean; unknown: boolean }

/** The ports of Services that may be meant by one name. An ExternalName needs none. */
function offeredBy(services: View[]): Offered {
  const ports = services.flatMap(service => viewsAt(service, 'spec', 'ports'))
  const given = new Set<unknown>(ports.flatMap(({ port, name }) => [port, name]))
  const unknown = services.some(service => textAt(service, 'spec', 'type') === 'ExternalName' || typeof valueAt(service, 'spec', 'ports', 'unresolved') === 'string')
    || ports.some(({ port, name }) => (typeof port !== 'number' && port !== undefined) || (typeof name === 'object' && name !== null))
  return { found: services.length > 0, has: port => given.has(port) || (typeof port === 'string' && /^\d+$/.test(port) && given.has(Number(port))), unknown }
}

function namespacesOfUnnamed(rows: Rows): Set<string | undefined> {
  return new Set(ofKind(rows, 'Service')
    .filter(index => typeof valueAt(rows.relations.objects[index].value, 'metadata', 'name') !== 'string')
    .map(index => rows.facts[index].namespace))
}

const mostGranted = 100

/** Tells whether a ReferenceGrant lets a kind of one namespace name a Service of another. */
function grants(rows: Rows): (kind: string, from: string, to: string, service: string) => boolean {
  const allowed = new Set<string>()
  for (const index of ofKind(rows, 'ReferenceGrant')) {
    const { value } = rows.relations.objects[index]
    for (const from of viewsAt(value, 'spec', 'from').slice(0, mostGranted)) {
      for (const to of viewsAt(value, 'spec', 'to').slice(0, mostGranted)) {
        if (textAt(to, 'kind') === 'Service') allowed.add(JSON.stringify([textAt(from, 'kind'), textAt(from, 'namespace'), rows.facts[index].namespace ?? '', textAt(to, 'name')]))
      }
    }
  }
  return (kind, from, to, service) => ['', service].some(name => [to, ''].some(namespace => allowed.has(JSON.stringify([kind, from, namespace, name]))))
}
