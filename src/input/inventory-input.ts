import type { InventoryTables } from './inventory-tables.ts'

const lists = ['workloads', 'pdbs', 'hpas', 'scaled_objects', 'services'] as const

/**
 * The texts of the inputs for the controls of family `set`: whole namespaces together, as many as fit into `rows` rows. What is joined
 * stands in the rows themselves, so that each text can be judged alone; `artefact` is the index in the set in all of them.
 */
export function inventoryInputs(tables: InventoryTables, rows = 2000): string[] {
  const byNamespace = new Map<string | undefined, InventoryTables>()
  for (const list of lists) {
    for (const row of tables[list]) {
      let own = byNamespace.get(row.namespace)
      if (own === undefined) byNamespace.set(row.namespace, own = emptyTables(tables.whole))
      ;(own[list] as unknown[]).push(row)
    }
  }
  const inputs: InventoryTables[] = []
  let size = Infinity
  for (const own of byNamespace.values()) {
    const more = lists.reduce((sum, list) => sum + own[list].length, 0)
    if (size + more > rows) {
      inputs.push(emptyTables(tables.whole))
      size = 0
    }
    const current = inputs.at(-1)!
    for (const list of lists) for (const row of own[list]) (current[list] as unknown[]).push(row)
    size += more
  }
  return inputs.map(inventory => JSON.stringify({ inventory, artefacts: [] }))
}

function emptyTables(whole: boolean): InventoryTables {
  return { whole, workloads: [], pdbs: [], hpas: [], scaled_objects: [], services: [] }
}
