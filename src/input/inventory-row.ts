import type { ObjectFacts } from './inventory.ts'
import type { Relations } from './relations.ts'
import { textAt } from './view.ts'

/** What the makers of rows share: the objects of the set, what is known of each, and which belong to it. */
export type Rows = {
  relations: Relations
  facts: readonly ObjectFacts[]
  /** False for the objects of system namespaces. */
  isIn(index: number): boolean
}

/** The objects of a kind, by their index in the set, ascending. */
export function ofKind({ relations, isIn }: Rows, kind: string): number[] {
  return [...relations.objects.keys()].filter(index => relations.objects[index].value.kind === kind && isIn(index))
}

/** What each row begins with. */
export function headOf({ relations, facts }: Rows, index: number): { artefact: number; name: string; namespace?: string } {
  const { namespace } = facts[index]
  return { artefact: index, name: textAt(relations.objects[index].value, 'metadata', 'name'), ...(namespace !== undefined && { namespace }) }
}

/** Why something is not known past the bound on relations. */
export const cutOff = 'so many objects select each other that not all were compared'

/** Lists that an object may have many of hold the first few: rules ask whether there are none, one or more. */
export const few = 8
