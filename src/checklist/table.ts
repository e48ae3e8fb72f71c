import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ChecklistItem } from '../policy/known.ts'

/** A control of the catalogue, built or not, as far as the checklist needs it. */
export type PlannedControl = {
  id: string
  items: string[]
  /** By what it is decided, the main one first: `resource`, `set`, `config`, `repo`, `host`, `probe`, `metric`, `evidence`, `rollup`. */
  modes: string[]
  /** The artefact kinds that it judges, by the vocabulary. */
  kinds: string[]
  /** Items that are judged by some of its cases, or by findings with some labels, only. */
  instances?: Record<string, string | string[]>
}

export type Checklists = { items: ChecklistItem[]; controls: PlannedControl[] }

/** The 622 items in the order of their sources, and the controls that decide them. */
export function readChecklists(folder: string): Checklists {
  const json = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'))
  return { items: json('items.json') as ChecklistItem[], controls: json('controls.json') as PlannedControl[] }
}

/** The system whose artefacts judge the items of a source. */
export const systemOfSource: Record<string, string> = { hangar: 'hangar', bridge: 'bridge', gateway: 'openmcp', stack: 'stack', python: 'python-server' }

export const systems = Object.values(systemOfSource)
