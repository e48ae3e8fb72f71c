/*
 * A file's text to its documents, each by itself: one that cannot be read hides no other.
 *
 * The rules for kubectl are those of k8s.io/apimachinery (pkg/util/yaml/decoder.go), Copyright 2014 The Kubernetes Authors, Apache-2.0.
 */
import { ReadError, type Json, type Parsed, type Path, type Remark, type Span, type StreamDocument } from '../document.ts'
import { decodeScalar, outerOffset } from './embedded.ts'
import { parseJson, skipJsonSpace } from './json.ts'
import { parseDocument, startParse, type Built } from './parse.ts'
import { find, SOURCE, toParsed, type Located } from './place.ts'
import type { Dialect } from './resolve.ts'
import { DOCUMENT_START, peek, scan, starts, STREAM_END, TAG_DIRECTIVE, VERSION_DIRECTIVE } from './scan.ts'
import { finishTable, KIND, SIZE, startTable, TEXT, type Shared } from './table.ts'

export type { Dialect } from './resolve.ts'
export type Limits = { depth: number }

/** What go-yaml and PyYAML refuse to read at all. */
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
const OTHER_BREAK = /[\r\x85\u2028\u2029]/
const SPACE = '[\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]'
const JSON_START = new RegExp(`^${SPACE}*\\{`)
const SEPARATOR_REST = new RegExp(`^${SPACE}*(?:#|$)`)
/** kubectl looks this many bytes ahead for a `{`. */
const PEEK = 4096

/**
 * Reads a file's text. Each UTF-16 unit of it is in the span of exactly one document; a separator belongs to the document it opens,
 * and what comes before the first document to the first. An empty text has no documents.
 */
export function readStream(text: string, dialect: Dialect, limits: Limits): StreamDocument[] {
  if (text === '') return []
  return withoutStacks(() => {
    const bom = text.charCodeAt(0) === 0xfeff ? 1 : 0
    if (dialect !== 'kubectl') return readYaml(text, dialect, limits)
    if (looksLikeJson(text, bom)) return readJsonStream(text, bom, limits)
    return readChunks(text, 0, bom, limits)
  })
}

/** A text may hold a hundred thousand broken documents; nobody looks at the stacks of their errors, and they cost the most. */
function withoutStacks<T>(read: () => T): T {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 0
  try {
    return read()
  } finally {
    Error.stackTraceLimit = limit
  }
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

/** Runs a reader whose recursion may be deeper than the stack. */
function guarded<T>(read: () => T, offset: number): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof RangeError) throw new ReadError('exceeded max depth', offset, 'depth')
    throw error
  }
}

/** As `guarded`, with an error as the document. */
function attempt(span: Span, read: () => StreamDocument): StreamDocument {
  try {
    return guarded(read, span.start)
  } catch (error) {
    if (error instanceof ReadError) return { span, error }
    throw error
  }
}

function looksLikeJson(text: string, bom: number): boolean {
  const match = JSON_START.exec(text.slice(bom, bom + PEEK))
  return match !== null && Buffer.byteLength(match[0]) <= PEEK
}

function readJsonStream(text: string, from: number, limits: Limits): StreamDocument[] {
  const documents: StreamDocument[] = []
  const shared = startTable(text, text.length, 'json')
  let start = 0
  let at = from
  while (skipJsonSpace(text, at) < text.length) {
    try {
      const { built, end, overflow } = guarded(() => parseJson(shared, at, limits.depth), at)
      const span = { start, end }
      documents.push(overflow === undefined ? finished(built, span, 'kubectl') : { span, error: overflow })
      start = at = end
    } catch (error) {
      if (!(error instanceof ReadError)) throw error
      // kubectl reads no further. What stands behind a separator is read as YAML, so that it does not go unseen.
      const next = text.indexOf('\n---', error.offset)
      const end = next < 0 ? text.length : next + 1
      documents.push({ span: { start, end }, error })
      finishTable()
      return next < 0 ? documents : [...documents, ...readChunks(text, end, end, limits)]
    }
  }
  finishTable()
  if (documents.length === 0) return [{ span: { start: 0, end: text.length }, empty: true }]
  documents[documents.length - 1].span.end = text.length
  return documents
}

/** kubectl's way: cut at lines that begin with `---`, then each piece is one YAML document. */
function readChunks(text: string, first: number, from: number, limits: Limits): StreamDocument[] {
  const documents: StreamDocument[] = []
  const facts = inspect(text)
  // kubectl ends the last line if it has no end.
  const source = text.endsWith('\n') ? text : `${text}\n`
  const shared = startTable(source, text.length, 'kubectl')
  let start = first
  let chunk = from
  let broken: ReadError | undefined
  const close = (end: number): void => {
    const span = { start, end }
    if (broken !== undefined) documents.push({ span, error: broken })
    else if (end > start) documents.push(attempt(span, () => readChunk(shared, span, chunk, end === text.length ? source.length : end, facts, limits)))
    broken = undefined
    start = end
  }
  for (let line = nextSeparator(source, from, from); line >= 0; line = nextSeparator(source, line + 3, from)) {
    const lineEnd = source.indexOf('\n', line)
    const isValid = SEPARATOR_REST.test(source.slice(line + 3, lineEnd))
    if (isValid && broken === undefined && chunk === line) continue
    if (chunk < line || broken !== undefined || !isValid) close(line)
    chunk = lineEnd + 1
    if (!isValid) broken = new ReadError('invalid Yaml document separator', line)
  }
  close(text.length)
  finishTable()
  return documents
}

function nextSeparator(text: string, at: number, from: number): number {
  if (at === from && text.startsWith('---', from)) return from
  const found = text.indexOf('\n---', at)
  return found < 0 ? -1 : found + 1
}

/** What is worth knowing of a text before it is read: rare characters change how. */
type Facts = { control: number; plainBreaks: boolean }

function inspect(text: string): Facts {
  return { control: text.search(CONTROL), plainBreaks: !OTHER_BREAK.test(text) }
}

function readChunk(shared: Shared, span: Span, from: number, end: number, facts: Facts, limits: Limits): StreamDocument {
  const { text } = shared
  const begin = text.charCodeAt(from) === 0xfeff ? from + 1 : from
  // go-yaml takes a second mark for one at the start of every line and loses a character of each: nothing to follow.
  if (text.charCodeAt(begin) === 0xfeff) throw new ReadError('a second byte order mark', begin)
  scan.plainBreaks = facts.plainBreaks
  scan.kubectl = true
  scan.python = false
  scan.ahead = 0
  startParse(shared, begin, end, 'kubectl', limits.depth)
  const built = parseDocument(true)
  const control = controlIn(text, begin, end, facts)
  if (control >= 0 && scan.pos + 2 > blockStart(text, from, control)) throw new ReadError('control characters are not allowed', control)
  if (built === undefined) return { span, empty: true }
  const dropped = droppedText(shared, end)
  if (built.value === null && dropped.length === 0) return { span, empty: true }
  return { span, parsed: toParsed(built, 'kubectl', dropped) }
}

/** The first control character of a part of the text, or -1. */
function controlIn(text: string, from: number, end: number, facts: Facts): number {
  if (facts.control < 0 || facts.control >= end) return -1
  CONTROL.lastIndex = Math.max(from, facts.control)
  const match = CONTROL.exec(text)
  return match !== null && match.index < end ? match.index : -1
}

/**
 * Where the block that holds `at` begins: go-yaml reads 512 bytes at a time, and a control character that it has not reached by the end of the
 * document, it does not see.
 */
function blockStart(text: string, from: number, at: number): number {
  let bytes = 0
  let end = 512
  let start = from
  for (let i = from; i <= at; i++) {
    const c = text.charCodeAt(i)
    if (c === 0x0d && text.charCodeAt(i + 1) === 0x0a) continue
    const isPair = c >= 0xd800 && c <= 0xdbff
    const width = c < 0x80 ? 1 : c < 0x800 ? 2 : isPair ? 4 : 3
    if (bytes + width > end) {
      end = bytes + 512
      start = i
    }
    bytes += width
    if (isPair) i++
  }
  return start
}

/** Text behind the end of a document, which kubectl never looks at. */
function droppedText({ text, length }: Shared, end: number): Remark[] {
  const from = scan.head < scan.tail ? starts[scan.head] : scan.pos
  if (scan.head < scan.tail && peek() === STREAM_END) return []
  const content = /^(?:[ \t\r\n\x85\u2028\u2029]|#[^\r\n\x85\u2028\u2029]*)*/.exec(text.slice(from, end))![0].length + from
  if (content >= end) return []
  return [{ kind: 'text-after-end', path: [], span: { start: content, end: Math.min(end, length) }, detail: 'kubectl drops what follows the end of a document without a word' }]
}

/** The way of YAML itself: a document goes to the next `---`, or to `...`. After a fault reading goes on at the next line of `---`. */
function readYaml(text: string, dialect: Dialect, limits: Limits): StreamDocument[] {
  const facts = inspect(text)
  const shared = startTable(text, text.length, dialect)
  scan.plainBreaks = facts.plainBreaks
  scan.kubectl = false
  scan.python = dialect === 'pyyaml'
  scan.ahead = dialect === 'go-yaml-v3' ? 2 : 0
  const documents: StreamDocument[] = []
  let start = 0
  let from = text.charCodeAt(0) === 0xfeff ? 1 : 0
  for (;;) {
    const next = readYamlFrom(shared, dialect, limits, facts, documents, start, from)
    if (next < 0) break
    start = from = next
  }
  finishTable()
  if (documents.length === 0) documents.push({ span: { start: 0, end: text.length }, empty: true })
  return documents
}

/** Reads documents until the end (-1) or a fault, and says where to go on. */
function readYamlFrom(shared: Shared, dialect: Dialect, limits: Limits, facts: Facts, documents: StreamDocument[], first: number, from: number): number {
  const { text } = shared
  let start = first
  try {
    return guarded(() => {
      startParse(shared, from, text.length, dialect, limits.depth)
      for (let count = 0; ; count++) {
        const built = parseDocument(count === 0)
        if (built === undefined) {
          const control = controlIn(text, start, text.length, facts)
          if (control >= 0) throw new ReadError('control characters are not allowed', control)
          if (start < text.length) extend(documents, start, text.length)
          return -1
        }
        const end = boundary(text)
        const control = controlIn(text, start, end, facts)
        if (control >= 0) throw new ReadError('control characters are not allowed', control)
        documents.push(finished(built, { start, end }, dialect))
        start = end
      }
    }, start)
  } catch (error) {
    if (!(error instanceof ReadError)) throw error
    const next = nextMark(text, Math.max(error.offset, start + 1))
    documents.push({ span: { start, end: next < 0 ? text.length : next }, error })
    return next
  }
}

function finished(built: Built, span: Span, dialect: Dialect): StreamDocument {
  return built.value === null ? { span, empty: true } : { span, parsed: toParsed(built, dialect) }
}

/** Where the document after this one begins: at its directives or its `---`; comments before them belong to the one before. */
function boundary(text: string): number {
  let type = peek()
  while (type !== STREAM_END && type !== DOCUMENT_START && type !== VERSION_DIRECTIVE && type !== TAG_DIRECTIVE) return starts[scan.head]
  return type === STREAM_END ? text.length : starts[scan.head]
}

function extend(documents: StreamDocument[], start: number, end: number): void {
  if (documents.length === 0) documents.push({ span: { start, end }, empty: true })
  else documents[documents.length - 1].span.end = end
}

function nextMark(text: string, from: number): number {
  const mark = /^---(?=[ \t\r\n]|$)/gm
  mark.lastIndex = from
  const match = mark.exec(text)
  return match === null ? -1 : match.index
}
