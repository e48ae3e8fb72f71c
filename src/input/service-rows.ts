import { cutOff, few, headOf, ofKind, type Rows } from './inventory-row.ts'
import type { ServicePort, ServiceRow } from './inventory-tables.ts'
import { podPorts } from './pod-ports.ts'
import { serviceSelectorOf } from './relations.ts'
import { groupOf, textAt, valueAt, type View } from './view.ts'

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
