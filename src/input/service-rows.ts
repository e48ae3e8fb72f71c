import { backendsOf, isRoute, type Backend } from './backends.ts'
import { cutOff, few, headOf, ofKind, type Rows } from './inventory-row.ts'
import type { BackendRow, RouteRow, ServicePort, ServiceRow } from './inventory-tables.ts'
import { find } from './lookup.ts'
import { podPorts } from './pod-ports.ts'
import { serviceSelectorOf } from './relations.ts'
import { groupOf, textAt, valueAt, viewsAt, type View } from './view.ts'

/** Services, with where their ports lead; what that is is only worked out for components. */
export function serviceRows(rows: Rows): ServiceRow[] {
  const { relations, facts } = rows
  const listing = remembered(numbers => portsListed(rows, numbers))
  const made = podMakers(rows)
  return ofKind(rows, 'Service').map((index): ServiceRow => {
    const { value } = relations.objects[index]
    const { subject } = facts[index]
    const numbers = relations.services.nodes.get(index) ?? none
    const row: ServiceRow = {
      ...headOf(rows, index), subject, type: textAt(value, 'spec', 'type') || 'ClusterIP',
      targets: numbers.slice(0, few).map(number => relations.nodes[number].artefact),
    }
    const selector = serviceSelectorOf(value)
    if (subject === 'other' || row.type === 'ExternalName' || selector === undefined) return row
    const unknown = relations.pods.left < 0 ? cutOff : selector.unresolved
    const maker = made(row.namespace)
    const external = textAt(value, 'metadata', 'annotations', 'mcp-policy.io/external-selector')
    const ports = numbers.length === 0 ? [] : portsOf(value, listing(numbers))
    return {
      ...row, selects: true, ports, lists_ports: numbers.length > 0 && listing(numbers).numbers.size > 0,
      ...(unknown !== undefined && { unknown }),
      ...(maker !== undefined && { pods_made_by: maker }),
      ...(external !== '' && { external }),
    }
  })
}

const none: number[] = []

/** What the pods of several workloads list together. */
type Listed = { numbers: Set<number>; names: Set<string>; unknown: boolean }

function portsListed({ relations }: Rows, numbers: number[]): Listed {
  const listed: Listed = { numbers: new Set(), names: new Set(), unknown: false }
  for (const number of numbers) {
    relations.pods.left--
    if (relations.pods.left < 0) return { ...listed, unknown: true }
    const { ports, unknown } = podPorts(relations.nodes[number].object.value)
    listed.unknown ||= unknown || isOperated(relations.nodes[number].kind)
    for (const port of ports) {
      listed.numbers.add(port.number)
      if (port.name !== undefined) listed.names.add(port.name)
    }
  }
  return listed
}

/** The ports of such pods are their operator's. */
const isOperated = (kind: string): boolean => kind === 'MCPServer' || kind === 'VirtualMCPServer'

/** Services with one selector share the answer. */
function remembered(make: (numbers: number[]) => Listed): (numbers: number[]) => Listed {
  const known = new Map<number[], Listed>()
  return numbers => {
    const listed = known.get(numbers) ?? make(numbers)
    known.set(numbers, listed)
    return listed
  }
}

const mostPorts = 100

function portsOf(service: View, listed: Listed): ServicePort[] {
  return portEntries(service).map(({ index, port }) => {
    const written = port.targetPort ?? port.port
    const target = typeof written === 'string' && /^\d+$/.test(written) ? Number(written) : written
    const isText = typeof target === 'string'
    const row: ServicePort = { index, written: port.targetPort !== undefined && port.targetPort !== null, target: isText || typeof target === 'number' ? target : { unresolved: 'the port is not known' } }
    if (isText || typeof target === 'number') {
      const isListed = isText ? listed.names.has(target) : listed.numbers.has(target)
      if (isListed || !listed.unknown) row.listed = isListed
    }
    return row
  })
}

function portEntries(service: View): { index: number; port: View }[] {
  const ports = valueAt(service, 'spec', 'ports')
  if (!Array.isArray(ports)) return []
  return ports.slice(0, mostPorts).flatMap((port, index) => (typeof port === 'object' && port !== null ? [{ index, port: port as View }] : []))
}

/** Objects of which an operator or a deployer makes pods that are not in the set. */
function podMakers(rows: Rows): (namespace: string | undefined) => string | undefined {
  const makers = new Map<string | undefined, string>()
  for (const [index, { value }] of rows.relations.objects.entries()) {
    if (!rows.isIn(index) || !makesPods(value)) continue
    const namespace = rows.facts[index].namespace
    // What deploys a chart or a folder may do so in any namespace.
    const reach = deployers.has(groupOf(value)) ? undefined : namespace
    if (!makers.has(reach)) makers.set(reach, `${textAt(value, 'kind')} ${textAt(value, 'metadata', 'name')}`)
  }
  return namespace => (namespace === undefined ? makers.values().next().value : makers.get(namespace) ?? makers.get(undefined))
}

const deployers = new Set(['argoproj.io', 'helm.toolkit.fluxcd.io', 'kustomize.toolkit.fluxcd.io', 'helm.cattle.io'])

function makesPods(object: View): boolean {
  const kinds = makersByGroup.get(groupOf(object))
  return kinds !== undefined && (kinds.length === 0 || kinds.includes(textAt(object, 'kind')))
}

/** By group; with no kinds named, all of the group. */
const makersByGroup = new Map<string, string[]>([
  ['monitoring.coreos.com', ['Prometheus', 'PrometheusAgent', 'Alertmanager', 'ThanosRuler']],
  ['postgresql.cnpg.io', ['Cluster', 'Pooler']], ['acid.zalan.do', ['postgresql']], ['postgres-operator.crunchydata.com', ['PostgresCluster']],
  ['databases.spotahome.com', ['RedisFailover']], ['redis.redis.opstreelabs.in', []], ['dragonflydb.io', ['Dragonfly']], ['hyperspike.io', ['Valkey']],
  ['mcp-hangar.io', ['MCPServer']], ['toolhive.stacklok.dev', ['MCPServer', 'VirtualMCPServer', 'MCPRemoteProxy', 'MCPRegistry']],
  ['grafana.integreatly.org', ['Grafana']], ['opentelemetry.io', ['OpenTelemetryCollector']], ['kagent.dev', []],
  ['argoproj.io', ['Application', 'ApplicationSet']], ['helm.toolkit.fluxcd.io', ['HelmRelease']], ['kustomize.toolkit.fluxcd.io', ['Kustomization']],
  ['helm.cattle.io', ['HelmChart']],
])

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

/** Tells whether a ReferenceGrant lets a kind of one namespace name a Service of another. */
function grants(rows: Rows): (kind: string, from: string, to: string, service: string) => boolean {
  const allowed = new Set<string>()
  for (const index of ofKind(rows, 'ReferenceGrant')) {
    const { value } = rows.relations.objects[index]
    for (const from of viewsAt(value, 'spec', 'from').slice(0, mostPorts)) {
      for (const to of viewsAt(value, 'spec', 'to').slice(0, mostPorts)) {
        if (textAt(to, 'kind') === 'Service') allowed.add(JSON.stringify([textAt(from, 'kind'), textAt(from, 'namespace'), rows.facts[index].namespace ?? '', textAt(to, 'name')]))
      }
    }
  }
  return (kind, from, to, service) => ['', service].some(name => [to, ''].some(namespace => allowed.has(JSON.stringify([kind, from, namespace, name]))))
}
