/*
 * kubectl's way with a file: JSON objects one after the other, or YAML that is cut at lines of `---`.
 *
 * The rules are those of k8s.io/apimachinery (pkg/util/yaml/decoder.go), Copyright 2014 The Kubernetes Authors, Apache-2.0.
 */
import { ReadError, type Remark, type Span, type StreamDocument } from '../document.ts'
import { attempt, finished, guarded, type Limits } from './attempt.ts'
import { BLANK, BREAK, kindOf } from './characters.ts'
import { blockStart, controlIn, inspect, type Facts } from './inspect.ts'
import { parseJson, skipJsonSpace } from './json.ts'
import { parseDocument, startParse } from './parse.ts'
import { toParsed } from './place.ts'
import { peek, scan, starts, STREAM_END } from './scan.ts'
import { finishTable, startTable, type Shared } from './table.ts'

const SPACE = '[\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]'
const JSON_START = new RegExp(`^${SPACE}*\\{`)
const SEPARATOR_REST = new RegExp(`^${SPACE}*(?:#|$)`)
/** kubectl looks this many bytes ahead for a `{`. */
const PEEK = 4096

export function readKubectl(text: string, limits: Limits): StreamDocument[] {
  const bom = text.charCodeAt(0) === 0xfeff ? 1 : 0
  return looksLikeJson(text, bom) ? readJsonStream(text, bom, limits) : readChunks(text, 0, bom, limits)
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
      const next = text.indexOf('\n---', Math.max(start, error.offset - 1))
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

/** Each piece between separators is one YAML document. */
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

/** Text behind the end of a document, which kubectl never looks at. */
function droppedText({ text, length }: Shared, end: number): Remark[] {
  const from = scan.head < scan.tail ? starts[scan.head] : scan.pos
  if (scan.head < scan.tail && peek() === STREAM_END) return []
  const content = skipToText(text, from, end)
  if (content === end) return []
  return [{ kind: 'text-after-end', path: [], span: { start: content, end: Math.min(end, length) }, detail: 'kubectl drops what follows the end of a document without a word' }]
}

/** Past blanks, line breaks and comments. */
function skipToText(text: string, from: number, end: number): number {
  let isComment = false
  for (let at = from; at < end; at++) {
    const kind = kindOf(text.charCodeAt(at))
    if (kind === BREAK) isComment = false
    else if (kind !== BLANK && !isComment) {
      if (text.charCodeAt(at) !== 0x23) return at
      isComment = true
    }
  }
  return end
}
