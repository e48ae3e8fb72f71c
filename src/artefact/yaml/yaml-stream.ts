import { ReadError, type StreamDocument } from '../document.ts'
import { finished, guarded, type Limits } from './attempt.ts'
import { controlIn, inspect, type Facts } from './inspect.ts'
import { parseDocument, startParse } from './parse.ts'
import type { Dialect } from './resolve.ts'
import { peek, scan, starts, STREAM_END } from './scan.ts'
import { finishTable, startTable, type Shared } from './table.ts'

/** The way of YAML itself: a document goes to the next `---`, or to `...`. After a fault reading goes on at the next line of `---`. */
export function readYaml(text: string, dialect: Dialect, limits: Limits): StreamDocument[] {
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

/** Where the document after this one begins: at its directives or its `---`; comments before them belong to the one before. */
function boundary(text: string): number {
  return peek() === STREAM_END ? text.length : starts[scan.head]
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
