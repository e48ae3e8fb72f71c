import type { Span } from './document.ts'

/** The text of a statement with continuations and comments taken out, and the offset in the file of each of its characters. */
export type Stretch = { text: string; offsets: number[] }

/** A body that follows an instruction: `RUN <<EOF`. */
export type Heredoc = { name: string; text: string; span: Span }

/** One instruction over all its lines. */
export type LogicalLine = { stretch: Stretch; span: Span; heredocs: Heredoc[] }

/**
 * Cuts a Dockerfile into instructions, as BuildKit does: lines that end in the escape character go on, comments and blank lines
 * between them are dropped, bodies of heredocs belong to the instruction before them.
 */
export function logicalLines(text: string): { lines: LogicalLine[]; escape: string } {
  const escape = escapeOf(text)
  const cursor: Cursor = { text, offset: 0 }
  const lines: LogicalLine[] = []
  for (let line = nextLine(cursor); line !== undefined; line = nextLine(cursor)) {
    if (isBlank(line)) continue
    lines.push(readLogicalLine(cursor, line, escape))
  }
  return { lines, escape }
}

type Cursor = { text: string; offset: number }
type Line = { text: string; start: number }

/** The `escape` directive, which must stand above everything but other directives. */
function escapeOf(text: string): string {
  for (const line of text.split('\n', 20)) {
    const directive = /^#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+?)\s*$/.exec(line)
    if (directive === null) return '\\'
    if (directive[1].toLowerCase() === 'escape') return directive[2] === '`' ? '`' : '\\'
  }
  return '\\'
}

function nextLine(cursor: Cursor): Line | undefined {
  const { text, offset } = cursor
  if (offset >= text.length) return undefined
  const end = text.indexOf('\n', offset)
  cursor.offset = end === -1 ? text.length : end + 1
  return { text: text.slice(offset, end === -1 ? text.length : end).replace(/\r$/, ''), start: offset }
}

function isBlank(line: Line): boolean {
  return /^[\s\ufeff]*(#|$)/.test(line.text)
}

function readLogicalLine(cursor: Cursor, first: Line, escape: string): LogicalLine {
  const stretch: Stretch = { text: '', offsets: [] }
  const parts: string[] = []
  let line: Line | undefined = first
  let end = first.start + first.text.length
  while (line !== undefined) {
    const continued = continuation(line.text, escape)
    const kept = line === first ? line.text.search(/[^\s\ufeff]/) : 0
    const part = line.text.slice(kept, continued ?? undefined)
    parts.push(part)
    for (let index = 0; index < part.length; index++) stretch.offsets.push(line.start + kept + index)
    end = line.start + line.text.length
    if (continued === undefined) break
    line = nextLine(cursor)
    while (line !== undefined && isBlank(line)) line = nextLine(cursor)
  }
  stretch.text = parts.join('')
  const heredocs = takesHeredocs.test(stretch.text) ? readHeredocs(cursor, stretch.text) : []
  return { stretch, span: { start: stretch.offsets[0] ?? first.start, end: heredocs.length > 0 ? cursor.offset : end }, heredocs }
}

/** Where the escape character stands that ends the line; an escaped one does not. */
function continuation(line: string, escape: string): number | undefined {
  const trimmed = line.trimEnd()
  if (!trimmed.endsWith(escape)) return undefined
  return trimmed.at(-2) === escape ? undefined : trimmed.length - 1
}

const takesHeredocs = /^(ONBUILD\s+)?(RUN|COPY|ADD)\s.*<</i

function readHeredocs(cursor: Cursor, statement: string): Heredoc[] {
  const marks = statement.matchAll(/(?<=\s)\d*<<(-?)(["']?)([A-Za-z_][A-Za-z0-9_.]*)\2(?=\s|$)/g)
  return [...marks].map(mark => readHeredoc(cursor, mark[3], mark[1] === '-'))
}

function readHeredoc(cursor: Cursor, name: string, chomp: boolean): Heredoc {
  const start = cursor.offset
  let end = start
  for (let line = nextLine(cursor); line !== undefined; line = nextLine(cursor)) {
    if ((chomp ? line.text.replace(/^\t+/, '') : line.text) === name) break
    end = cursor.offset
  }
  return { name, text: cursor.text.slice(start, end), span: { start, end } }
}

/** A part of a stretch. */
export function slice(stretch: Stretch, start: number, end: number): Stretch {
  return { text: stretch.text.slice(start, end), offsets: stretch.offsets.slice(start, end) }
}

/** Where a stretch stands in the file; `before` is where an empty one stands. */
export function spanOf(stretch: Stretch, before: number): Span {
  const { offsets } = stretch
  return offsets.length === 0 ? { start: before, end: before } : { start: offsets[0], end: offsets[offsets.length - 1] + 1 }
}

/** The words of a stretch, cut at white space outside quotes. Quotes and escapes stay in. */
export function words(stretch: Stretch, escape: string): Stretch[] {
  const found: Stretch[] = []
  let start = -1
  let quote = ''
  const { text } = stretch
  for (let index = 0; index < text.length; index++) {
    const character = text[index]
    if (quote === '' && /\s/.test(character)) {
      if (start !== -1) found.push(slice(stretch, start, index))
      start = -1
      continue
    }
    if (start === -1) start = index
    if (character === escape && quote !== "'") index++
    else if (quote === '' && (character === '"' || character === "'")) quote = character
    else if (character === quote) quote = ''
  }
  if (start !== -1) found.push(slice(stretch, start, text.length))
  return found
}
