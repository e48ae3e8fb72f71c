import type { IntOrPercent } from './int-or-percent.ts'
import type { Labels } from './selectors.ts'

export type Subject = 'mcp' | 'support' | 'other'
export type Replicas = number | { unresolved: string }

/**
 * What rules over a set read, as `input.inventory`. `artefact` is always the index of the object in the set. Namespaces are effective
 * ones, absent for unnamed; objects of system namespaces are left out.
 */
export type InventoryTables = {
  /** What is not here is absent. */
  whole: boolean
  workloads: WorkloadRow[]
  pdbs: PdbRow[]
  hpas: ScalerRow[]
  scaled_objects: ScalerRow[]
  services: ServiceRow[]
  server_groups: ServerGroupRow[]
}

type Row = { artefact: number; name: string; namespace?: string }

export type WorkloadRow = Row & {
  kind: string
  /** Labels of its pods, with those that kustomizations add. */
  labels: Labels
  component?: string
  system?: string
  is_mcp: boolean
  subject: Subject
  /** `spec.replicas` as written, or what a kustomization sets; absent where neither says. */
  replicas?: Replicas
  /** What runs at least: the scaler's minimum, else `replicas`, else 1. Only of Deployments, StatefulSets and Rollouts. */
  effective_replicas?: Replicas
  /** The scaler that decides, by its index in the set. */
  scaled_by?: number
  /** Services that select its pods, by index in the set; the first few. */
  services: number[]
  /**
   * The PodDisruptionBudgets that select its pods, the first few; only of Deployments, StatefulSets and Rollouts. Those of its own
   * namespace where there are any, else those that may be of it.
   */
  pdbs?: PdbRow[]
  /** Two or more of `pdbs` are certainly in its namespace. */
  pdbs_conflict?: boolean
  /** Why there may be another one: a selector or a label that is not known. */
  pdbs_unknown?: string
}

export type PdbRow = Row & {
  is_mcp: boolean
  subject: Subject
  min_available?: IntOrPercent
  max_unavailable?: IntOrPercent
  unhealthy_pod_eviction_policy?: string
  /** How many workloads of the set it selects. */
  targets: number
}

export type ScalerRow = Row & {
  subject: Subject
  target_kind: string
  target_name: string
  /** 1 for an HPA that says nothing, 0 for a ScaledObject. */
  min_replicas: Replicas
  max_replicas?: Replicas
  /** The workloads that it scales, by index in the set. */
  targets: number[]
}

export type ServiceRow = Row & {
  subject: Subject
  type: string
  /** The workloads that it selects, by index in the set; the first few. */
  targets: number[]
}

/** An MCPServerGroup of Hangar's operator. */
export type ServerGroupRow = Row & {
  subject: Subject
  /** How many MCPServers it selects. */
  servers: number
  /** The replicas of the largest of them. */
  most_replicas: number
  /** Why it may select others, or larger ones. */
  unknown?: string
}
