import type { Json } from '../artefact/document.ts'
import { leaf, type Built } from './built.ts'
import { piecesOf, type Reading } from './compose-reading.ts'
import { holeIn, withHoles } from './interpolation.ts'
import { valueOf, type Layered } from './layered.ts'

/** Who the main process of a container is by `user`, a name or a number with a group behind it; an empty text says nothing. */
export function userOf(written: Layered | undefined, reading: Reading): Built | undefined {
  const pieces = piecesOf(valueOf(written), reading)
  if (pieces === undefined) return undefined
  const holed = withHoles(pieces)
  const name = holed.text.split(':')[0].trim()
  const hole = holeIn(name, holed)
  if (name === '') return undefined
  return leaf((hole === undefined ? { name, root: isRoot(name) } : { unresolved: hole }) as Json, written)
}

/** Windows' administrator counts, in any case of letters. */
export function isRoot(name: string): boolean {
  return name === 'root' || /^0+$/.test(name) || name.toLowerCase() === 'containeradministrator'
}
