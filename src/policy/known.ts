import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Catalogue, Control } from './catalogue.ts'
import type { Reference } from './reference.ts'

/** One line of a source checklist, word for word. */
export type ChecklistItem = { id: string; source: string; line: number; section: string; text: string; kind: string }

/** All that is known of the controls, for people: more than a run of `lint` ever reads. */
export type Known = {
  catalogue: Catalogue
  reference: Record<string, Reference>
  /** By id. */
  items: ReadonlyMap<string, ChecklistItem>
}

export function readKnown(bundleFolder: string, checklistsFolder: string): Known {
  const json = (folder: string, name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'))
  const items = json(checklistsFolder, 'items.json') as ChecklistItem[]
  return {
    catalogue: json(bundleFolder, 'controls.json') as Catalogue,
    reference: json(bundleFolder, 'reference.json') as Record<string, Reference>,
    items: new Map(items.map(item => [item.id, item])),
  }
}

/** True when the control can come to `undecidable`. */
export function mayBeUndecidable(catalogue: Catalogue, id: string): boolean {
  return Object.values(catalogue.families).some(({ lint }) => lint.undecided.includes(id))
}

/** The cases and labels that an item is judged by; empty when all findings count. */
export const judgedBy = (control: Control, item: string): string[] => [control.instances[item] ?? []].flat()
