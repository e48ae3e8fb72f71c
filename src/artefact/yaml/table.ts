/*
 * The table of positions: for each node of a document, in the order in which the text has them, four numbers.
 *
 *   start   where the node's text begins, after its tag and anchor
 *   end     where it ends, exclusive
 *   what    kind, style, flags; for a block scalar its indentation above bit 16
 *   next    the record after this node's last descendant; for an alias the record of the anchored node
 *
 * The children of a map are its keys and values in turn. Numbers are UTF-16 offsets into the text of the file.
 */
import type { Dialect } from './resolve.ts'

export const MAP = 1
export const LIST = 2
export const TEXT = 3
export const LINK = 4
export const KIND = 7

/** Style of a scalar, as in `scalar.ts`: plain, single, double, literal, folded. */
export const STYLE_SHIFT = 3
export const STYLE = 7 << STYLE_SHIFT
/** The value is no plain slice of the text: folded, escaped, indented. */
export const IS_COOKED = 1 << 6
/** A key `<<` that merges. */
export const IS_MERGE = 1 << 7
/** A key whose name cannot be told from its own text (tag, alias): it stands in the side table. */
export const IS_ODD_KEY = 1 << 8
export const INDENT_SHIFT = 16

export const SIZE = 4

/**
 * What all documents of a text share. `text` may have one more line break than the file, whose length is `length`; `records` is the growing
 * buffer until the text is read.
 */
export type Shared = { text: string; length: number; dialect: Dialect | 'json'; records: Int32Array }

/** Positions of one document, and what does not fit in numbers. */
export type Table = {
  shared: Shared
  /** The record of the document's root. */
  root: number
  /** Names of keys marked IS_ODD_KEY, by record. */
  oddKeys?: Map<number, string>
  /** Tags that change no value but mean something to somebody (Compose's `!reset`), by record. */
  tags?: Map<number, string>
}

const ROOM = 1 << 14

let records = new Int32Array(ROOM)
let used = 0
let shared: Shared = { text: '', length: 0, dialect: 'kubectl', records }

export function startTable(text: string, length: number, dialect: Dialect | 'json'): Shared {
  used = 0
  shared = { text, length, dialect, records }
  return shared
}

/** Cuts the table to its size; a large buffer is not kept. */
export function finishTable(): void {
  shared.records = records.slice(0, used)
  if (records.length > 64 * ROOM) records = new Int32Array(ROOM)
}

export function recordCount(): number {
  return used >> 2
}

export function addRecord(start: number, end: number, what: number): number {
  if (used + SIZE > records.length) {
    const larger = new Int32Array(records.length * 2)
    larger.set(records)
    records = larger
    shared.records = larger
  }
  const at = used
  records[at] = start
  records[at + 1] = end
  records[at + 2] = what
  used = at + SIZE
  records[at + 3] = used >> 2
  return at >> 2
}

/** Says where a map or list ends; what was added since are its descendants. */
export function closeRecord(record: number, end: number): void {
  records[record * SIZE + 1] = end
  records[record * SIZE + 3] = used >> 2
}

export function markRecord(record: number, flag: number): void {
  records[record * SIZE + 2] |= flag
}

export function setTarget(record: number, target: number): void {
  records[record * SIZE + 3] = target
}

export function kindOfRecord(record: number): number {
  return records[record * SIZE + 2] & KIND
}

export function isPlainRecord(record: number): boolean {
  return (records[record * SIZE + 2] & STYLE) === 0
}

export function startOfRecord(record: number): number {
  return records[record * SIZE]
}

export function endOfRecord(record: number): number {
  return records[record * SIZE + 1]
}

export function targetOfRecord(record: number): number {
  return records[record * SIZE + 3]
}

/** The record after a node and all it holds. */
export function afterRecord(record: number): number {
  return kindOfRecord(record) === LINK ? record + 1 : records[record * SIZE + 3]
}
