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

/** Positions of one document, and what does not fit in numbers. */
export type Table = {
  text: string
  records: Int32Array
  /** Names of keys marked IS_ODD_KEY, by record. */
  oddKeys?: Map<number, string>
  /** Tags that change no value but mean something to somebody (Compose's `!reset`), by record. */
  tags?: Map<number, string>
}

let records = new Int32Array(1 << 14)
let used = 0

export function startTable(): void {
  used = 0
}

export function recordCount(): number {
  return used >> 2
}

export function addRecord(start: number, end: number, what: number): number {
  if (used + SIZE > records.length) {
    const larger = new Int32Array(records.length * 2)
    larger.set(records)
    records = larger
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

export function takeRecords(): Int32Array {
  return records.slice(0, used)
}
