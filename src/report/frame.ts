import type { Span } from '../artefact/document.ts'
import { linesOf, type Lines } from './lines.ts'
import { longLine, maskOf, type Mask } from './mask.ts'
import { cellsOf, isPlain, type Cell } from './visible.ts'

/** One line of a code frame; `under` marks the place below it. */
export type FrameLine = { number: number; text: string; under?: string }

/** Where to point; counted from 1, columns in UTF-16 units, the end exclusive. */
export type Range = { line: number; column: number; endLine: number; endColumn: number }

const hidden = '•••'
const cut = '…'

/**
 * The lines around a place as a terminal can show them in `width` cells: the line of the place, and the line before and
 * after as far as they belong to the same part of the file.
 *
 * With `all` no value is shown, only keys. Empty when the place lies outside the text, or when nothing of its line may be shown.
 */
export function frameOf(lines: Lines, mask: Mask, range: Range, what: 'secrets' | 'all', width: number): FrameLine[] {
  if (range.line < 1 || range.line > lines.count) return []
  const own = quoted(lines, mask, range.line, what, width, range)
  if (own === undefined || own.text.trim() === hidden) return []
  const around = (line: number) => (isNeighbour(lines, line, range.line) ? [quoted(lines, mask, line, what, width)].filter(found => found !== undefined && found.text.trim() !== hidden) as FrameLine[] : [])
  return [...around(range.line - 1), own, ...around(range.line + 1)]
}

/** A line that is deeper than the place, and above it, ends something else; so does what is less deep and below. */
function isNeighbour(lines: Lines, line: number, place: number): boolean {
  if (line < 1 || line > lines.count || lines.lengthOf(line) > longLine) return false
  const text = lines.at(line)
  if (text.trim() === '' || /^(---|\.\.\.)/.test(text)) return false
  const [own, its] = [indentation(lines.at(place, longLine)), indentation(text)]
  return line < place ? its <= own : its >= own
}

const indentation = (text: string): number => /^[ \t]*(- +)*/.exec(text)?.[0].length ?? 0

function quoted(lines: Lines, mask: Mask, line: number, what: 'secrets' | 'all', width: number, range?: Range): FrameLine | undefined {
  const length = lines.lengthOf(line)
  if (length > longLine) return range && quotedPart(lines, mask, range, length, what, width)
  const text = lines.at(line)
  const spans = mask(line, what)
  const start = range === undefined ? 0 : Math.min(range.column - 1, length)
  const end = range === undefined ? 0 : range.endLine > line ? length : Math.min(Math.max(range.endColumn - 1, start), length)
  if (spans.length === 0 && length <= width && isPlain(text)) {
    const shown = { number: line, text: text.trimEnd() }
    return range === undefined ? shown : { ...shown, under: ' '.repeat(start) + '^'.repeat(Math.max(end - start, 1)) }
  }
  const pieces = masked(cellsOf(text), spans)
  const from = indexFrom(pieces, piece => piece.end > start)
  const shown = window(pieces, from, Math.max(indexFrom(pieces, piece => piece.offset >= end), from), width)
  return range === undefined ? { number: line, text: textOf(shown) } : { number: line, text: textOf(shown), under: underline(shown, start, end) }
}

function indexFrom(pieces: Piece[], holds: (piece: Piece) => boolean): number {
  const index = pieces.findIndex(holds)
  return index === -1 ? pieces.length : index
}

/** Of a line too long to be judged as a whole: what is near the place, when nothing there could be a secret. */
function quotedPart(lines: Lines, mask: Mask, range: Range, length: number, what: 'secrets' | 'all', width: number): FrameLine {
  const start = range.column - 1
  const from = Math.max(0, start - longLine / 2)
  const part = lines.at(range.line, start + longLine / 2).slice(from)
  const begun = mask(range.line, what).some(({ end }) => end >= lines.at(range.line, longLine).trimEnd().length)
  if (what === 'all' || begun || maskOf(linesOf(part))(1, what).length > 0) {
    return { number: range.line, text: `${cut} column ${range.column} of ${length} ${cut}` }
  }
  const cells = cellsOf(part, from).map(cell => ({ ...cell, end: cell.offset + 1 }))
  const end = Math.min(range.endLine > range.line ? length : range.endColumn - 1, start + longLine / 2)
  const place = indexFrom(cells, cell => cell.offset >= start)
  const shown = window(cells, place, Math.max(indexFrom(cells, cell => cell.offset >= end), place), Math.min(width, longLine / 4))
  return { number: range.line, text: textOf(shown), under: underline(shown, start, end) }
}

type Piece = Cell & { end: number }

/** The cells with each masked span as one piece. */
function masked(cells: Cell[], spans: Span[]): Piece[] {
  const pieces: Piece[] = []
  let next = 0
  cells.forEach((cell, index) => {
    while (next < spans.length && spans[next].end <= cell.offset) next++
    const span = spans[next]
    const end = cells[index + 1]?.offset ?? cell.offset + cell.text.length
    if (span === undefined || cell.offset < span.start) pieces.push({ ...cell, end })
    else if (pieces.at(-1)?.offset === span.start) (pieces.at(-1) as Piece).end = end
    else pieces.push({ offset: span.start, end, text: hidden, width: hidden.length })
  })
  return pieces
}

/** At most `width` cells of the line, around the pieces `from` to `to`, with a mark where it was cut. */
function window(pieces: Piece[], from: number, to: number, width: number): Piece[] {
  const widthOf = (start: number, end: number) => pieces.slice(start, end).reduce((sum, piece) => sum + piece.width, 0)
  if (widthOf(0, pieces.length) <= width) return pieces
  const room = width - 2 * cut.length
  let [start, end, taken] = [from, from, 0]
  const take = (index: number): boolean => {
    if (index < 0 || index >= pieces.length || taken + pieces[index].width > room) return false
    taken += pieces[index].width
    return true
  }
  while (end < to && take(end)) end++
  for (let grew = true; grew;) {
    grew = false
    if (take(start - 1)) { start--; grew = true }
    if (take(end)) { end++; grew = true }
  }
  const shown = pieces.slice(start, end)
  if (start > 0) shown.unshift({ offset: -1, end: -1, text: cut, width: 1 })
  if (end < pieces.length) shown.push({ offset: Infinity, end: Infinity, text: cut, width: 1 })
  return shown
}

function underline(pieces: Piece[], start: number, end: number): string {
  let before = 0
  let under = 0
  for (const { offset, end: pieceEnd, width } of pieces) {
    if (pieceEnd <= start) before += width
    else if (offset < end) under += width
  }
  return ' '.repeat(before) + '^'.repeat(Math.max(under, 1))
}

const textOf = (pieces: Piece[]): string => pieces.map(({ text }) => text).join('').trimEnd()
