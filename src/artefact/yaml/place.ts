/*
 * From a path to a place, and from the reader's notes to remarks: walks over the table of positions.
 */
import type { Parsed, Path, Place, Remark, Span } from '../document.ts'
import { decodeScalar } from './embedded.ts'
import type { Built } from './parse.ts'
import { HINTS, resolvePlain, type Dialect } from './resolve.ts'
import { IS_COOKED, IS_MERGE, IS_ODD_KEY, KIND, LINK, LIST, MAP, SIZE, STYLE, type Table } from './table.ts'
import { keyText } from './tag.ts'

/** What `locate` and `embedded` work on; a parsed document carries it under this name. */
export const SOURCE = Symbol('source')
export type Source = { table: Table; dialect: Dialect; maps?: Map<number, Map<string, Entry>>; lists?: Map<number, number[]> }
export type Located = Parsed & { [SOURCE]: Source }

/** A pair of a map; `merge` is the key `<<` and `use` the alias that brought it, when one did. */
type Entry = { key: number; value: number; merge?: number; use?: number }

/** No more than this many remarks a document; the last says how many there are. */
const MAX_REMARKS = 2000

export function toParsed(built: Built, dialect: Dialect, extra: Remark[] = []): Located {
  const source: Source = { table: built.table, dialect }
  const quiet = built.notes.length === 0 && built.doubled.length === 0
  return {
    value: built.value,
    locate: path => locate(source, path),
    remarks: quiet ? extra : [...collectRemarks(source, built), ...extra],
    hasBigInt: built.hasBigInt,
    [SOURCE]: source,
  }
}

function field(source: Source, record: number, name: 0 | 1 | 2 | 3): number {
  return source.table.shared.records[record * SIZE + name]
}

export function spanOf(source: Source, record: number): Span {
  const limit = source.table.shared.length
  return { start: Math.min(field(source, record, 0), limit), end: Math.min(field(source, record, 1), limit) }
}

function isLink(source: Source, record: number): boolean {
  return (field(source, record, 2) & KIND) === LINK
}

function after(source: Source, record: number): number {
  return isLink(source, record) ? record + 1 : field(source, record, 3)
}

function target(source: Source, record: number): number {
  return isLink(source, record) ? field(source, record, 3) : record
}

/** The record that a path leads to, the place to report for it, and how many steps of the path there are no records for. */
export function find(source: Source, path: Path): { record: number; place: Place } {
  let record = source.table.root
  let key: Span | undefined
  let value = spanOf(source, record)
  let fixed = false
  for (let i = 0; i < path.length; i++) {
    if (isLink(source, record)) fixed = true
    const holder = target(source, record)
    const kind = field(source, holder, 2) & KIND
    const step = path[i]
    let next: number | undefined
    if (kind === MAP) {
      const entry = pairs(source, holder).get(String(step))
      if (entry !== undefined) {
        next = entry.value
        if (!fixed) {
          key = spanOf(source, entry.use === undefined ? entry.key : entry.merge!)
          value = spanOf(source, entry.use ?? entry.value)
          fixed = entry.use !== undefined
        }
      }
    } else if (kind === LIST) {
      next = items(source, holder)[Number(step)]
      if (next !== undefined && !fixed) {
        key = undefined
        value = spanOf(source, next)
      }
    }
    if (next === undefined) return { record, place: placed(key, value, path.length - i) }
    record = next
  }
  return { record, place: placed(key, value, 0) }
}

function placed(key: Span | undefined, value: Span, missing: number): Place {
  return key === undefined ? { value, missing } : { key, value, missing }
}

function locate(source: Source, path: Path): Place {
  return find(source, path).place
}

function items(source: Source, list: number): number[] {
  let found = source.lists?.get(list)
  if (found === undefined) {
    found = []
    const end = field(source, list, 3)
    for (let at = list + 1; at < end; at = after(source, at)) found.push(at)
    ;(source.lists ??= new Map()).set(list, found)
  }
  return found
}

/** The pairs of a map as they are after duplicates and merges. */
function pairs(source: Source, map: number): Map<string, Entry> {
  const known = source.maps?.get(map)
  if (known !== undefined) return known
  const found = new Map<string, Entry>()
  ;(source.maps ??= new Map()).set(map, found)
  const written = new Set<string>()
  const end = field(source, map, 3)
  for (let key = map + 1; key < end; ) {
    const value = after(source, key)
    if ((field(source, key, 2) & IS_MERGE) !== 0) {
      for (const from of sourcesOf(source, value)) mergePairs(source, found, written, key, from)
    } else {
      const name = nameOf(source, key)
      if (name !== undefined) {
        found.set(name, { key, value })
        written.add(name)
      }
    }
    key = after(source, value)
  }
  return found
}

/** The maps that a `<<` merges, in the order in which they are laid over each other. */
function sourcesOf(source: Source, value: number): number[] {
  const isList = (field(source, target(source, value), 2) & KIND) === LIST
  return isList ? items(source, target(source, value)).toReversed() : [value]
}

function mergePairs(source: Source, found: Map<string, Entry>, written: Set<string>, merge: number, from: number): void {
  const use = isLink(source, from) ? from : undefined
  for (const [name, entry] of pairs(source, target(source, from))) {
    if (source.dialect !== 'kubectl' && written.has(name)) continue
    found.set(name, use === undefined ? entry : { key: entry.key, value: entry.value, merge, use })
  }
}

/** The name that a key has in the value; undefined for one that JSON cannot have. */
function nameOf(source: Source, key: number): string | undefined {
  const what = field(source, key, 2)
  if ((what & IS_ODD_KEY) !== 0) return source.table.oddKeys?.get(key)
  const { text } = source.table.shared
  const start = field(source, key, 0)
  const end = field(source, key, 1)
  if ((what & (STYLE | IS_COOKED)) === 0) {
    const c = text.charCodeAt(start)
    if (end > start && (c > 127 || HINTS[c] === 0 || (c === 0x3d && end === start + 1))) return text.slice(start, end)
    return keyText(resolvePlain(text.slice(start, end), source.dialect), source.dialect)
  }
  if ((what & IS_COOKED) === 0) return text.slice(start + 1, end - 1)
  const decoded = decodeScalar(source.table, key).text
  return (what & STYLE) === 0 ? keyText(resolvePlain(decoded, source.dialect), source.dialect) : decoded
}

function collectRemarks(source: Source, built: Built): Remark[] {
  const pending: { record: number; remark: Remark }[] = []
  const total = built.notes.length
  for (const { kind, record, detail, key } of built.notes.slice(0, MAX_REMARKS)) {
    pending.push({ record, remark: { kind, path: key === undefined ? [] : [key], span: spanOf(source, record), detail } })
  }
  let dropped = Math.max(0, total - MAX_REMARKS)
  for (const map of new Set(built.doubled)) {
    const last = new Map<string, number>()
    const end = field(source, map, 3)
    for (let key = map + 1; key < end; key = after(source, after(source, key))) {
      const name = (field(source, key, 2) & IS_MERGE) !== 0 ? undefined : nameOf(source, key)
      if (name === undefined) continue
      const earlier = last.get(name)
      last.set(name, key)
      if (earlier === undefined) continue
      if (pending.length >= MAX_REMARKS) dropped++
      else pending.push({ record: earlier, remark: { kind: 'duplicate-key', path: [], span: spanOf(source, earlier), detail: 'written again further down; the last one counts' } })
    }
  }
  pending.sort((a, b) => a.record - b.record)
  addPaths(source, pending)
  const remarks = pending.map(({ remark }) => remark).filter(remark => !isFileMode(source, remark))
  if (dropped > 0 && remarks.length > 0) remarks[remarks.length - 1].detail += ` (and ${dropped} more remarks on this document)`
  return remarks
}

/** `defaultMode: 0644`: everybody writes file modes so, and all readers of Kubernetes and Compose files take them as octal. */
function isFileMode(source: Source, { kind, path, span }: Remark): boolean {
  if (kind !== 'ambiguous-scalar' || !/^(?:defaultMode|mode)$/.test(String(path[path.length - 1]))) return false
  return /^0[0-7]{3}$/.test(source.table.shared.text.slice(span.start, span.end))
}

/** Puts the path of its record before each remark's own, in one walk; `pending` is in the order of records. */
function addPaths(source: Source, pending: { record: number; remark: Remark }[]): void {
  const path: Path = []
  let at = 0
  const visit = (record: number): void => {
    while (at < pending.length && pending[at].record === record) {
      const { remark } = pending[at++]
      // A merged key is named beside its map, not below the `<<`.
      remark.path = remark.kind === 'merge-order' ? [...path.slice(0, -1), ...remark.path] : [...path]
    }
    const end = after(source, record)
    const kind = field(source, record, 2) & KIND
    if (kind === LINK || at >= pending.length || pending[at].record >= end) return
    if (kind === LIST) {
      for (const [index, item] of items(source, record).entries()) {
        path.push(index)
        visit(item)
        path.pop()
      }
    } else if (kind === MAP) {
      for (let key = record + 1; key < end; ) {
        const value = after(source, key)
        if (at < pending.length && pending[at].record < after(source, value)) {
          path.push((field(source, key, 2) & IS_MERGE) !== 0 ? '<<' : (nameOf(source, key) ?? ''))
          visit(key)
          visit(value)
          path.pop()
        }
        key = after(source, value)
      }
    }
  }
  visit(source.table.root)
}
