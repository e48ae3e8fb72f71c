/*
 * The way in: a file's text to its documents, each by itself, so that one that cannot be read hides no other.
 */
import { ReadError, type Json, type Parsed, type Path, type StreamDocument } from '../document.ts'
import { guarded, withoutStacks, type Limits } from './attempt.ts'
import { decodeScalar, outerOffset } from './embedded.ts'
import { parseJson, skipJsonSpace } from './json.ts'
import { readKubectl } from './kubectl-stream.ts'
import { find, SOURCE, toParsed, type Located } from './place.ts'
import type { Dialect } from './resolve.ts'
import { finishTable, KIND, SIZE, startTable, TEXT } from './table.ts'
import { readYaml } from './yaml-stream.ts'

export type { Dialect } from './resolve.ts'
export type { Limits } from './attempt.ts'

/**
 * Reads a file's text. Each UTF-16 unit of it is in the span of exactly one document; a separator belongs to the document it opens,
 * and what comes before the first document to the first. An empty text has no documents.
 */
export function readStream(text: string, dialect: Dialect, limits: Limits): StreamDocument[] {
  if (text === '') return []
  return withoutStacks(() => (dialect === 'kubectl' ? readKubectl(text, limits) : readYaml(text, dialect, limits)))
}

/** Reads strict JSON, one value. */
export function readJson(text: string, limits: Limits): Parsed {
  return withoutStacks(() => readOneJson(text, limits))
}

function readOneJson(text: string, limits: Limits): Parsed {
  const bom = text.charCodeAt(0) === 0xfeff ? 1 : 0
  const shared = startTable(text, text.length, 'json')
  const { built, end, overflow } = guarded(() => parseJson(shared, bom, limits.depth), 0)
  finishTable()
  const rest = skipJsonSpace(text, end)
  if (rest < text.length) throw new ReadError('invalid character after top-level value', rest)
  if (overflow !== undefined) throw overflow
  return toParsed(built, 'kubectl')
}

/**
 * The text of the string at `path`, and a function from offsets in it to offsets in the text it was read from: exact for literal and plain
 * scalars, the nearest place for folded lines and escapes. Undefined when there is no string there.
 */
export function embedded(parsed: Parsed, path: Path): { text: string; toOuter(offset: number): number } | undefined {
  const source = (parsed as Located)[SOURCE]
  if (source === undefined) return undefined
  const { record: found, place } = find(source, path)
  if (place.missing > 0) return undefined
  const { records, length } = source.table.shared
  const record = (records[found * SIZE + 2] & KIND) === TEXT ? found : records[found * SIZE + 3]
  const what = records[record * SIZE + 2]
  if ((what & KIND) !== TEXT) return undefined
  const decoded = decodeScalar(source.table, record)
  // A number, or what a tag made of the text, is no text of its own.
  if (decoded.text !== valueAt(parsed.value, path)) return undefined
  const start = records[record * SIZE]
  return { text: decoded.text, toOuter: offset => (decoded.text === '' ? start : Math.min(outerOffset(decoded, offset), length)) }
}

function valueAt(root: Json, path: Path): Json | undefined {
  return path.reduce<Json | undefined>((value, step) => (typeof value === 'object' && value !== null ? (value as { [key: string]: Json })[step] : undefined), root)
}

/** The tag at a path when it is none of YAML's own, such as Compose's `!reset`: the value is read as if it had none. */
export function tagAt(parsed: Parsed, path: Path): string | undefined {
  const source = (parsed as Located)[SOURCE]
  if (source?.table.tags === undefined) return undefined
  const { record, place } = find(source, path)
  return place.missing > 0 ? undefined : source.table.tags.get(record)
}
