import { accountsOf, type AccountFacts, type Discovery } from './account.ts'
import { consumersIn, type Consumer } from './consumers.ts'
import type { Surroundings } from './component.ts'
import type { Rows } from './inventory-row.ts'
import type { InventoryTables } from './inventory-tables.ts'
import { find, keyOf } from './lookup.ts'
import { applyPdbs, pdbRows } from './pdb-rows.ts'
import { podFactsOf, type PodFacts } from './pod-facts.ts'
import { policyFacts, type PolicyFacts } from './policy-facts.ts'
import { relationsOf, type SetObject } from './relations.ts'
import { routeRows } from './route-rows.ts'
import { scalerRows } from './scaler-rows.ts'
import { serverGroups } from './server-groups.ts'
import { serviceRows } from './service-rows.ts'
import { partsOf, type Part } from './subjects.ts'
import { tlsInFront, type TlsInFront } from './tls-in-front.ts'
import { textAt } from './view.ts'
import { applyScalers, workloadRows } from './workload-rows.ts'

export type { SetObject } from './relations.ts'

export type SetOptions = {
  /** What is not in the set is absent: `FileSet.whole`, and true for a cluster. */
  whole: boolean
  /** Hosts that recognised MCP configurations of the set name, as they are written, with or without a port. */
  hosts?: readonly string[]
  /** The configurations of the set that say whether their program looks for servers in the cluster. */
  discoveries?: readonly Discovery[]
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
  /** Of a network policy. */
  policy?: PolicyFacts
  /** Of a workload of an MCP system or beside it. */
  account?: AccountFacts
}

export type Inventory = {
  /** By index in the set. */
  facts: ObjectFacts[]
  tables: InventoryTables
  /** The containers that read a ConfigMap of the set, or one that a kustomization generates. */
  consumersOf(configMap: string, namespace?: string): Consumer[]
  /** The workloads that TLS ends in front of, by their index. */
  tlsInFront(): Map<number, TlsInFront>
  /** Relations were cut off: so many objects select each other that not all of it was looked at. */
  cut: boolean
}

/** Works out what rules over a set read. Linear in the objects and in how often they select each other, which is bounded. */
export function inventoryOf(objects: readonly SetObject[], options: SetOptions): Inventory {
  const relations = relationsOf(objects, new Set(options.systemNamespaces))
  const known: Surroundings = { strict: options.strict ?? false, injected: options.injected }
  const parts = partsOf(relations, known, options.hosts ?? [])
  const minors = podSecurityMinors(objects)
  const policies = policyFacts(relations, parts, options.whole)
  const facts = parts.map((part, index): ObjectFacts => {
    const namespace = relations.namespaces[index]
    const minor = namespace === undefined ? undefined : minors.get(namespace)
    const policy = policies(index)
    return {
      ...part, ...(namespace !== undefined && { namespace }), ...(minor !== undefined && { pod_security_minor: minor }), ...(policy !== undefined && { policy }),
    }
  })
  for (const [index, account] of accountsOf(relations, parts, options.discoveries ?? [], options.whole)) facts[index].account = account
  for (const [index, pod] of podFactsOf(relations, facts, known, options.whole)) Object.assign(facts[index], pod)
  const leftOut = new Set(options.systemNamespaces)
  const rows: Rows = { relations, facts, isIn: index => !leftOut.has(facts[index].namespace ?? '') }
  const tables = tablesOf(rows, leftOut, options.whole)
  return {
    facts, tables,
    consumersOf: (configMap, namespace) => find(relations.readers, keyOf('ConfigMap', configMap), namespace).flat()
      .flatMap(number => consumersIn(objects[relations.nodes[number].artefact].value, relations.nodes[number].artefact, configMap)),
    tlsInFront: once(() => tlsInFront(relations)),
    cut: relations.pods.left < 0,
  }
}

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
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

function tablesOf(rows: Rows, leftOut: ReadonlySet<string>, whole: boolean): InventoryTables {
  const { hpas, scaledObjects } = scalerRows(rows)
  const tables: InventoryTables = {
    whole, workloads: workloadRows(rows), hpas, scaled_objects: scaledObjects, services: serviceRows(rows), routes: routeRows(rows), server_groups: serverGroups(rows.relations, rows.facts, leftOut),
    pdbs: pdbRows(rows),
  }
  applyScalers(rows, tables)
  applyPdbs(rows, tables)
  return tables
}
