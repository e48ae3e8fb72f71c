import { consumersIn, type Consumer } from './consumers.ts'
import type { Surroundings } from './component.ts'
import { readIntOrPercent, readReplicas } from './int-or-percent.ts'
import type { InventoryTables, PdbRow, Replicas, ScalerRow, ServiceRow, WorkloadRow } from './inventory-tables.ts'
import { replicasSetBy } from './kustomization.ts'
import { selected } from './label-index.ts'
import { find, keyOf } from './lookup.ts'
import { podFactsOf, type PodFacts } from './pod-facts.ts'
import { podSelectorOf, relationsOf, targetNodes, targetOf, type Node, type Relations, type SetObject } from './relations.ts'
import { partsOf, type Part } from './subjects.ts'
import { serverGroups } from './server-groups.ts'
import { textAt, valueAt, type View } from './view.ts'
import { isReplicated } from './workload.ts'

export type { SetObject } from './relations.ts'

export type SetOptions = {
  /** What is not in the set is absent: `FileSet.whole`, and true for a cluster. */
  whole: boolean
  /** Hosts that recognised MCP configurations of the set name, as they are written, with or without a port. */
  hosts?: readonly string[]
  /** Of the parameters `system_namespaces` and `injected_sidecars`. */
  systemNamespaces: readonly string[]
  injected: readonly string[]
  strict?: boolean
}

/** What the rest of the set tells about one object. */
export type ObjectFacts = Part & PodFacts & {
  /** The effective one; absent for unnamed, and for what stands in no namespace. */
  namespace?: string
  /** The Kubernetes minor version whose Pod Security Standards its namespace enforces, where the set says. */
  pod_security_minor?: number
}

export type Inventory = {
  /** By index in the set. */
  facts: ObjectFacts[]
  tables: InventoryTables
  /** The containers that read a ConfigMap of the set, or one that a kustomization generates. */
  consumersOf(configMap: string, namespace?: string): Consumer[]
  /** Relations were cut off: so many objects select each other that not all of it was looked at. */
  cut: boolean
}

/** Works out what rules over a set read. Linear in the objects and in how often they select each other, which is bounded. */
export function inventoryOf(objects: readonly SetObject[], options: SetOptions): Inventory {
  const relations = relationsOf(objects, new Set(options.systemNamespaces))
  const known: Surroundings = { strict: options.strict ?? false, injected: options.injected }
  const parts = partsOf(relations, known, options.hosts ?? [])
  const minors = podSecurityMinors(objects)
  const facts = parts.map((part, index): ObjectFacts => {
    const namespace = relations.namespaces[index]
    const minor = namespace === undefined ? undefined : minors.get(namespace)
    return { ...part, ...(namespace !== undefined && { namespace }), ...(minor !== undefined && { pod_security_minor: minor }) }
  })
  for (const [index, pod] of podFactsOf(relations, facts, known, options.whole)) Object.assign(facts[index], pod)
  const tables = tablesOf(relations, facts, options)
  return {
    facts, tables,
    consumersOf: (configMap, namespace) => find(relations.readers, keyOf('ConfigMap', configMap), namespace).flat()
      .flatMap(number => consumersIn(objects[relations.nodes[number].artefact].value, relations.nodes[number].artefact, configMap)),
    cut: relations.pods.left < 0,
  }
}

function podSecurityMinors(objects: readonly SetObject[]): Map<string, number> {
  const minors = new Map<string, number>()
  for (const { value } of objects) {
    if (value.kind !== 'Namespace') continue
    const version = /^v1\.(\d{1,3})$/.exec(textAt(value, 'metadata', 'labels', 'pod-security.kubernetes.io/enforce-version'))
    if (version !== null) minors.set(textAt(value, 'metadata', 'name'), Number(version[1]))
  }
  return minors
}

function tablesOf(relations: Relations, facts: ObjectFacts[], options: SetOptions): InventoryTables {
  const leftOut = new Set(options.systemNamespaces)
  const ofKind = (kind: string) => [...facts.keys()].filter(index => relations.objects[index].value.kind === kind && !leftOut.has(facts[index].namespace ?? ''))
  const row = (index: number) => {
    const { namespace } = facts[index]
    return { artefact: index, name: textAt(relations.objects[index].value, 'metadata', 'name'), ...(namespace !== undefined && { namespace }) }
  }
  const workloads = relations.nodes.map((node): WorkloadRow => ({ ...row(node.artefact), ...workloadFacts(node, facts[node.artefact]) }))
  const scaler = (absent: number, minimum: string, maximum: string) => (index: number): ScalerRow => {
    const { value } = relations.objects[index]
    const target = targetOf(value)
    const most = valueAt(value, 'spec', maximum)
    return {
      ...row(index), subject: facts[index].subject, target_kind: target.kind, target_name: target.name,
      min_replicas: readReplicas(valueAt(value, 'spec', minimum), absent),
      ...(most !== undefined && { max_replicas: readReplicas(most, absent) }),
      targets: targetNodes(relations, index).slice(0, few).map(number => relations.nodes[number].artefact),
    }
  }
  const tables: InventoryTables = {
    whole: options.whole,
    workloads,
    hpas: ofKind('HorizontalPodAutoscaler').map(scaler(1, 'minReplicas', 'maxReplicas')),
    scaled_objects: ofKind('ScaledObject').map(scaler(0, 'minReplicaCount', 'maxReplicaCount')),
    services: ofKind('Service').map((index): ServiceRow => ({
      ...row(index), subject: facts[index].subject, type: textAt(relations.objects[index].value, 'spec', 'type') || 'ClusterIP',
      targets: (relations.services.nodes.get(index) ?? []).slice(0, few).map(number => relations.nodes[number].artefact),
    })),
    server_groups: serverGroups(relations, facts, leftOut),
    pdbs: ofKind('PodDisruptionBudget').map((index): PdbRow => ({ ...row(index), ...pdbFacts(relations.objects[index].value, facts[index]) })),
  }
  applyScalers(relations, tables)
  applyPdbs(relations, tables)
  return tables
}

/** Lists that an object may have many of hold the first few: rules ask whether there are none, one or more. */
const few = 8

function workloadFacts(node: Node, { component, system, subject }: ObjectFacts): Omit<WorkloadRow, 'artefact' | 'name' | 'namespace'> {
  const { value, setting } = node.object
  const facts: Omit<WorkloadRow, 'artefact' | 'name' | 'namespace'> = {
    kind: node.kind, labels: node.labels, is_mcp: subject === 'mcp', subject, services: node.services,
    ...(component !== undefined && { component }),
    ...(system !== undefined && { system }),
  }
  if (!isReplicated(value)) return facts
  const set = replicasSetBy(setting, node.kind, node.name)
  const own = readReplicas(valueAt(value, 'spec', 'replicas'), -1)
  const replicas: Replicas = set === 'patched' ? { unresolved: 'a patch of the kustomization' } : set ?? own
  if (replicas !== -1) facts.replicas = replicas
  facts.effective_replicas = replicas === -1 ? 1 : replicas
  facts.pdbs = []
  return facts
}

/** Where two scale one workload, which another control reports, the first decides; one of its own namespace before any other. */
function applyScalers(relations: Relations, tables: InventoryTables): void {
  for (const scaler of [...tables.hpas, ...tables.scaled_objects]) {
    for (const number of targetNodes(relations, scaler.artefact)) {
      const workload = tables.workloads[number]
      if (workload.effective_replicas === undefined) continue
      if (workload.scaled_by !== undefined && workload.namespace !== scaler.namespace) continue
      const decided = workload.scaled_by !== undefined && relations.namespaces[workload.scaled_by] === workload.namespace
      if (decided) continue
      workload.scaled_by = scaler.artefact
      workload.effective_replicas = scaler.min_replicas
    }
  }
}

function pdbFacts(pdb: View, { subject }: ObjectFacts): Omit<PdbRow, 'artefact' | 'name' | 'namespace'> {
  const minAvailable = readIntOrPercent(valueAt(pdb, 'spec', 'minAvailable'))
  const maxUnavailable = readIntOrPercent(valueAt(pdb, 'spec', 'maxUnavailable'))
  const policy = textAt(pdb, 'spec', 'unhealthyPodEvictionPolicy')
  return {
    is_mcp: subject === 'mcp', subject, targets: 0,
    ...(minAvailable !== undefined && { min_available: minAvailable }),
    ...(maxUnavailable !== undefined && { max_unavailable: maxUnavailable }),
    ...(policy !== '' && { unhealthy_pod_eviction_policy: policy }),
  }
}

function applyPdbs(relations: Relations, tables: InventoryTables): void {
  const near = new Map<WorkloadRow, PdbRow[]>()
  const unknown: { namespace?: string; reason: string }[] = []
  for (const pdb of tables.pdbs) {
    const selector = podSelectorOf(relations.objects[pdb.artefact].value)
    if (selector?.unresolved !== undefined) unknown.push({ namespace: pdb.namespace, reason: selector.unresolved })
    const numbers = selector === undefined ? [] : selected(relations.pods, selector, pdb.namespace) ?? []
    pdb.targets = numbers.length
    for (const number of numbers) {
      const workload = tables.workloads[number]
      if (workload.pdbs === undefined) continue
      const isSure = workload.namespace !== undefined && workload.namespace === pdb.namespace
      const list = isSure ? workload.pdbs : listIn(near, workload)
      if (list.length < few) list.push(pdb)
    }
  }
  const reasons = new Map(unknown.map(({ namespace, reason }) => [namespace, reason]))
  for (const [number, workload] of tables.workloads.entries()) {
    if (workload.pdbs === undefined) continue
    if (workload.pdbs.length > 1) workload.pdbs_conflict = true
    else if (workload.pdbs.length === 0) workload.pdbs = near.get(workload) ?? []
    const reason = relations.nodes[number].labelsUnresolved ?? reasons.get(workload.namespace) ?? reasons.get(undefined)
      ?? (workload.namespace === undefined ? unknown[0]?.reason : undefined)
    if (relations.pods.left < 0) workload.pdbs_unknown = 'so many objects select each other that not all were compared'
    else if (reason !== undefined) workload.pdbs_unknown = reason
  }
}

function listIn(near: Map<WorkloadRow, PdbRow[]>, workload: WorkloadRow): PdbRow[] {
  const known = near.get(workload) ?? []
  near.set(workload, known)
  return known
}
