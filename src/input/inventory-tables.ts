import type { Path } from '../artefact/document.ts'
import type { IntOrPercent } from './int-or-percent.ts'
import type { PodPort } from './pod-ports.ts'
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
  routes: RouteRow[]
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
  /** Scalers of its own namespace, where there are two or more; the first few. */
  scalers_conflict?: number[]
  /** Why there may be a scaler that is not known. */
  scaler_unknown?: string

  /** Of components: what network policies select its pods for. */
  network?: Covered
  host_network?: true | { unresolved: string }
  /** The operator that makes its pods. */
  operator?: 'mcp-hangar' | 'toolhive'
  /** It runs somewhere else, and no pods here. */
  remote?: true
  /** Its operator makes a policy of its egress. */
  operator_egress?: true

  /** Of MCP components that may have replicas: the ports that its containers and native sidecars list, and whether there may be more. */
  ports?: PodPort[]
  ports_unknown?: true
  /** Why a Service that is not known may select its pods. */
  services_unknown?: string
  /** Its volume or its strategy lets it run once at a time. */
  single_writer?: true
}

/** Which directions are closed to what no rule admits; with `unknown`, why a policy may do so that is not known. */
export type Covered = { ingress: boolean; egress: boolean; unknown?: string }

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

  /** Of those of MCP components, what they scale. */
  component?: string
  system?: string
  /** Kind or name of the target is not known. */
  target_unknown?: true
  /** An object of the set has that name, and runs no pods by itself. */
  target_elsewhere?: true
  /** API group of the target, as it is written and as the object has it; empty for none. */
  target_group?: string
  found_group?: string
  metrics?: MetricRow[]
}

/** What a scaler goes by. `path` is its target value where it has one. */
export type MetricRow = {
  path: Path
  /** Measured by what the pods use of it. */
  resource?: string
  /** Of this container alone. */
  container?: string
  /** A share of what the containers request. */
  utilization?: Replicas
  /** Nothing is written, so the API's default is meant. */
  default?: true
  /** The first few containers without such a request. */
  lacking?: string[]
  /** The name of a metric that something else produces. */
  custom?: string
  /** A rule of prometheus-adapter in the set makes it, or may. */
  produced?: true
  /** A template decides what it is. */
  unknown?: true
}

export type ServiceRow = Row & {
  subject: Subject
  type: string
  /** The workloads that it selects, by index in the set; the first few. */
  targets: number[]

  /** Of components, where it has a selector and is no ExternalName. */
  selects?: true
  /** Where its pods may come from, when none of the set are selected. */
  pods_made_by?: string
  /** The reason of the annotation `mcp-policy.io/external-selector`. */
  external?: string
  /** Why it is not known what it selects. */
  unknown?: string
  /** Its pods list ports. */
  lists_ports?: boolean
  /** Empty where it selects nothing. */
  ports?: ServicePort[]
}

/** `target` is what is written, else the port itself; `listed`, whether a container lists it, is absent where that is not known. */
export type ServicePort = { index: number; written: boolean; target: number | string | { unresolved: string }; listed?: boolean }

/** An Ingress or a route of the Gateway API. */
export type RouteRow = Row & { kind: string; subject: Subject; backends: BackendRow[] }

export type BackendRow = {
  path: Path
  service_path: Path
  port_path: Path
  service: string
  port?: number | string
  /** The Service is in the set. */
  found: boolean
  /** It has the port; absent where there is none or that is not known. */
  reaches?: boolean
  /** Of a route that names a Service of another namespace: it, and whether a ReferenceGrant lets it. */
  namespace?: string
  granted?: boolean
  unknown?: string
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
