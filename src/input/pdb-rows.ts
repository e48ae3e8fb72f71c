import { cutOff, few, headOf, ofKind, type Rows } from './inventory-row.ts'
import type { InventoryTables, PdbRow, WorkloadRow } from './inventory-tables.ts'
import { readIntOrPercent } from './int-or-percent.ts'
import { selected } from './label-index.ts'
import { podSelectorOf } from './relations.ts'
import type { ObjectFacts } from './inventory.ts'
import { textAt, valueAt, type View } from './view.ts'

export function pdbRows(rows: Rows): PdbRow[] {
  return ofKind(rows, 'PodDisruptionBudget').map((index): PdbRow => ({ ...headOf(rows, index), ...pdbFacts(rows.relations.objects[index].value, rows.facts[index]) }))
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

/** Joins each workload with the budgets that select its pods. */
export function applyPdbs({ relations }: Rows, tables: InventoryTables): void {
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
    if (relations.pods.left < 0) workload.pdbs_unknown = cutOff
    else if (reason !== undefined) workload.pdbs_unknown = reason
  }
}

function listIn(near: Map<WorkloadRow, PdbRow[]>, workload: WorkloadRow): PdbRow[] {
  const known = near.get(workload) ?? []
  near.set(workload, known)
  return known
}
