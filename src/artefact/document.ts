/** A value as it was read; integers beyond 2^53 are `bigint`, so that none is rounded. */
export type Json = null | boolean | number | bigint | string | Json[] | { [key: string]: Json }

export type Path = (string | number)[]

/** UTF-16 offsets into the text of the file, `end` exclusive. */
export type Span = { start: number; end: number }

/**
 * Where a value stands. `key` is the span of its key in a map, absent for the root and for list items.
 *
 * `missing` counts the last steps of the path that do not exist: then `key` and `value` are those of the deepest ancestor that does.
 */
export type Place = { key?: Span; value: Span; missing: number }

export type RemarkKind =
  /** A key of a map that is written twice; `path` is the map's key, the span is the earlier one, which is lost. */
  | 'duplicate-key'
  /** A plain scalar (value or key) that YAML 1.1 (kubectl) and YAML 1.2 read differently. */
  | 'ambiguous-scalar'
  /** `<<` after a key that it overwrites in kubectl's reading and not in YAML's. */
  | 'merge-order'
  /** Text after `...` in a document: kubectl drops it without a word. */
  | 'text-after-end'
  /** A number that a JSON reader rounds or that overflows. */
  | 'inexact-number'

/** Something that a reader noticed and that is no error: the material of the controls of area `input`. */
export type Remark = {
  kind: RemarkKind
  path: Path
  span: Span
  /** What two readers make of it, for a message: `true in YAML 1.1, the string on in YAML 1.2`. Never the value of a secret: a scalar is quoted here only when it is one of the few that are ambiguous. */
  detail: string
}

/** One document as a reader of any format gives it. */
export type Parsed = {
  value: Json
  /** Never throws; an absent path gives its deepest existing ancestor. */
  locate(path: Path): Place
  remarks: Remark[]
  /** True when the value holds a bigint somewhere. */
  hasBigInt: boolean
}

/**
 * A text that could not be read. The message names the fault and never quotes the text, which may hold a secret.
 * `offset` is in UTF-16 units from the start of the file's text.
 */
export class ReadError extends Error {
  readonly offset: number
  /** `syntax`, or the limit that was passed. */
  readonly reason: 'syntax' | 'depth' | 'aliases' | 'encoding'
  constructor(message: string, offset: number, cause: 'syntax' | 'depth' | 'aliases' | 'encoding' = 'syntax') {
    super(message)
    this.name = 'ReadError'
    this.offset = offset
    this.reason = cause
  }
}

/** One document of a stream: a span of the text and what became of it. */
export type StreamDocument = { span: Span } & ({ parsed: Parsed } | { error: ReadError } | { empty: true })
