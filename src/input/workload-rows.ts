import { cutOff, few, headOf, ofKind, type Rows } from './inventory-row.ts'
import type { InventoryTables, Replicas, WorkloadRow } from './inventory-tables.ts'
import { readReplicas } from './int-or-percent.ts'
import { replicasSetBy } from './kustomization.ts'
import { add, find, keyOf, type Lookup } from './lookup.ts'
import { podPorts } from './pod-ports.ts'
import { policyCoverage } from './policy-coverage.ts'
import { serviceSelectorOf, targetNodes, type Node } from './relations.ts'
import { groupOf, textAt, textsAt, valueAt, viewAt, viewsAt } from './view.ts'
import { isReplicated, workloadOf } from './workload.ts'

/** What runs; of what is no component only what names and selects it. */
export function workloadRows(rows: Rows): WorkloadRow[] {
  const { relations, facts, isIn } = rows
  const covered = policyCoverage(relations, isIn)
  const enforced = namespacesEnforcingEgress(rows)
  const claims = claimsOf(rows)
  const unknown = unknownSelectors(rows)
  const canaries = canariesOf(rows)
  return relations.nodes.map((node, number): WorkloadRow => {
    const { component, system, subject } = facts[node.artefact]
    const row: WorkloadRow = {
      ...headOf(rows, node.artefact), kind: node.kind, labels: node.labels, is_mcp: subject === 'mcp', subject, services: node.services,
      ...(component !== undefined && { component }),
      ...(system !== undefined && { system }),
    }
    if (isReplicated(node.object.value)) Object.assign(row, replicasOf(node))
    if (subject === 'other') return row
    Object.assign(row, { network: covered(number) }, networkOf(node, enforced))
    if (subject === 'mcp' && row.effective_replicas !== undefined) {
      const { ports, unknown: more } = podPorts(node.object.value)
      row.ports = ports.slice(0, mostPorts)
      if (more) row.ports_unknown = true
      const why = relations.pods.left < 0 ? cutOff : node.labelsUnresolved ?? unknown(node.namespace) ?? find(canaries, keyOf(node.kind, node.name), node.namespace).flat()[0]
      if (why !== undefined) row.services_unknown = why
      if (isSingleWriter(node, claims)) row.single_writer = true
    }
    return row
  })
}

const mostPorts = 20

function replicasOf({ object: { value, setting }, kind, name }: Node): Pick<WorkloadRow, 'replicas' | 'effective_replicas' | 'pdbs'> {
  const set = replicasSetBy(setting, kind, name)
  const own = readReplicas(valueAt(value, 'spec', 'replicas'), -1)
  const replicas: Replicas = set === 'patched' ? { unresolved: 'a patch of the kustomization' } : set ?? own
  return { ...(replicas !== -1 && { replicas }), effective_replicas: replicas === -1 ? 1 : replicas, pdbs: [] }
}

/** What decides whether network policies hold for pods, and what an operator does of it itself. */
function networkOf({ object: { value }, namespace }: Node, enforced: ReadonlySet<string>): Pick<WorkloadRow, 'host_network' | 'operator' | 'remote' | 'operator_egress'> {
  const group = groupOf(value)
  if (group === 'toolhive.stacklok.dev') return { operator: 'toolhive' }
  const hostNetwork = valueAt(workloadOf(value)?.spec, 'hostNetwork')
  const facts = hostNetwork === true || typeof valueAt(hostNetwork, 'unresolved') === 'string' ? { host_network: hostNetwork as WorkloadRow['host_network'] } : {}
  if (group !== 'mcp-hangar.io' || value.kind !== 'MCPServer') return facts
  const isDeclared = ![undefined, null].includes(valueAt(value, 'spec', 'capabilities', 'network') as null)
  return {
    ...facts, operator: 'mcp-hangar',
    ...(value.pod === undefined && { remote: true }),
    ...((isDeclared || enforced.has(namespace ?? '')) && { operator_egress: true }),
  }
}

function namespacesEnforcingEgress(rows: Rows): Set<string> {
  const names = new Set<string>()
  for (const index of ofKind(rows, 'Namespace')) {
    const { value } = rows.relations.objects[index]
    if (textAt(value, 'metadata', 'labels', 'mcp-hangar.io/enforce-egress') === 'true') names.add(textAt(value, 'metadata', 'name'))
  }
  return names
}

/** Why a Service of a namespace may select more than is known. */
function unknownSelectors(rows: Rows): (namespace: string | undefined) => string | undefined {
  const reasons = new Map<string | undefined, string>()
  for (const index of ofKind(rows, 'Service')) {
    const why = serviceSelectorOf(rows.relations.objects[index].value)?.unresolved
    if (why !== undefined) reasons.set(rows.facts[index].namespace, why)
  }
  return namespace => (namespace === undefined ? reasons.values().next().value : reasons.get(namespace) ?? reasons.get(undefined))
}

/** What Flagger makes Services for, by kind and name, with why. */
function canariesOf(rows: Rows): Lookup<string> {
  const canaries: Lookup<string> = new Map()
  for (const index of ofKind(rows, 'Canary')) {
    const { value } = rows.relations.objects[index]
    if (groupOf(value) !== 'flagger.app' || valueAt(value, 'spec', 'service') === undefined) continue
    const target = viewAt(value, 'spec', 'targetRef')
    add(canaries, keyOf(textAt(target, 'kind'), textAt(target, 'name')), rows.facts[index].namespace, `Canary ${textAt(value, 'metadata', 'name')} makes Services`)
  }
  return canaries
}

/** The claims of the set, and whether several nodes may write to them. */
function claimsOf(rows: Rows): Lookup<boolean> {
  const claims: Lookup<boolean> = new Map()
  for (const index of ofKind(rows, 'PersistentVolumeClaim')) {
    const { value } = rows.relations.objects[index]
    const modes = textsAt(value, 'spec', 'accessModes')
    add(claims, textAt(value, 'metadata', 'name'), rows.facts[index].namespace, modes.includes('ReadWriteMany') || modes.includes('ReadOnlyMany'))
  }
  return claims
}

/** True for what cannot run twice: its volume, which is of one node where nothing else is known of it, or its strategy forbids that. */
function isSingleWriter({ object: { value }, namespace }: Node, claims: Lookup<boolean>): boolean {
  if (textAt(value, 'spec', 'strategy', 'type') === 'Recreate') return true
  const names = viewsAt(workloadOf(value)?.spec, 'volumes').map(volume => textAt(volume, 'persistentVolumeClaim', 'claimName')).filter(name => name !== '')
  return names.some(name => !find(claims, name, namespace).flat().some(shared => shared))
}

/** Where two scale one workload, the first decides; one of its own namespace before any other. */
export function applyScalers(rows: Rows, tables: InventoryTables): void {
  const { relations } = rows
  const unknown = new Map<string | undefined, string>()
  const sure = new Map<WorkloadRow, number>()
  for (const scaler of [...tables.hpas, ...tables.scaled_objects]) {
    if (scaler.target_unknown) unknown.set(scaler.namespace, `the target of ${scaler.name}`)
    const numbers = targetNodes(relations, scaler.artefact)
    relations.pods.left -= numbers.length
    if (relations.pods.left < 0) break
    for (const number of numbers) {
      const workload = tables.workloads[number]
      if (workload.effective_replicas === undefined) continue
      const isSure = workload.namespace !== undefined && workload.namespace === scaler.namespace
      if (isSure) {
        const first = sure.get(workload)
        if (first === undefined) sure.set(workload, scaler.artefact)
        else if (workload.scalers_conflict === undefined) workload.scalers_conflict = [first, scaler.artefact]
        else if (workload.scalers_conflict.length < few) workload.scalers_conflict.push(scaler.artefact)
      }
      if (workload.scaled_by !== undefined && workload.namespace !== scaler.namespace) continue
      const decided = workload.scaled_by !== undefined && relations.namespaces[workload.scaled_by] === workload.namespace
      if (decided) continue
      workload.scaled_by = scaler.artefact
      workload.effective_replicas = scaler.min_replicas
    }
  }
  for (const workload of tables.workloads) {
    const isCut = relations.pods.left < 0
    if ((unknown.size === 0 && !isCut) || workload.effective_replicas === undefined) continue
    const why = isCut ? cutOff : workload.namespace === undefined ? unknown.values().next().value : unknown.get(workload.namespace) ?? unknown.get(undefined)
    if (why !== undefined) workload.scaler_unknown = why
  }
}
