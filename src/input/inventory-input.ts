import type { InventoryTables } from './inventory-tables.ts'

const lists = ['workloads', 'pdbs', 'hpas', 'scaled_objects', 'services', 'routes', 'server_groups'] as const

/**
 * The texts of the inputs for the controls of family `set`, of at most `rows` rows each; a namespace stays together where it fits. Rows of
 * what is no component are left out: no control is about them, and what they are to others stands in the others' rows.
 * What is joined stands in the rows themselves, so that each row can be judged alone: a rule must not look for another row. Small
 * inputs, because the time that the engine takes grows faster than its input.
 */
export function inventoryInputs(tables: InventoryTables, rows = 1000): string[] {
  const byNamespace = new Map<string | undefined, Entry[]>()
  for (const list of lists) {
    for (const row of tables[list]) {
      if (row.subject === 'other') continue
      const own = byNamespace.get(row.namespace)
      if (own === undefined) byNamespace.set(row.namespace, [{ list, row }])
      else own.push({ list, row })
    }
  }
  const inputs: Entry[][] = []
  for (const own of byNamespace.values()) {
    const last = inputs.at(-1)
    if (last !== undefined && last.length + own.length <= rows) for (const entry of own) last.push(entry)
    else for (let start = 0; start < own.length; start += rows) inputs.push(own.slice(start, start + rows))
  }
  return inputs.map(entries => JSON.stringify({ inventory: tablesOf(entries, tables.whole), artefacts: [] }))
}

type Entry = { list: (typeof lists)[number]; row: InventoryTables[Entry['list']][number] }

function tablesOf(entries: Entry[], whole: boolean): InventoryTables {
  const tables: InventoryTables = { whole, workloads: [], pdbs: [], hpas: [], scaled_objects: [], services: [], routes: [], server_groups: [] }
  for (const { list, row } of entries) (tables[list] as Entry['row'][]).push(row)
  return tables
}
