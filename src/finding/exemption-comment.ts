import type { Span } from '../artefact/document.ts'
import type { Terms } from './exemption-terms.ts'

/** How far a comment on a line of its own reaches: over the block that begins below it, the instruction, or the line. */
export type Reach = 'block' | 'table' | 'instruction' | 'line'

/** An exemption in a comment: where it stands, what it is for, and what it says. */
export type ExemptionComment = { span: Span; scope: Span; terms: Terms }

/**
 * The exemptions in the comments of a text: `# mcp-policy: exempt CONTROL until DAY by OWNER: REASON` (`//` where that begins a comment).
 *
 * At the end of a line it is for what stands on that line; on a line of its own for what begins on the next line that is neither blank nor
 * a comment: there a key with its value, an item of a list, or the whole document, where nothing of the document stands above.
 */
export function exemptionComments(text: string, reach: Reach): ExemptionComment[] {
  const found: ExemptionComment[] = []
  let lines: Span[] | undefined
  for (const match of text.matchAll(marker)) {
    const start = match.index + match[1].length
    lines ??= linesIn(text)
    const number = lineAt(lines, start)
    const line = lines[number]
    const before = text.slice(line.start, start)
    if (isQuoted(before)) continue
    const said = text.slice(start, line.end)
    const scope = before.trim() === '' ? below(text, lines, number, reach) : line
    found.push({ span: { start, end: line.end }, scope, terms: termsOf(said) })
  }
  return found
}

/** What looks like one of ours: a word that asks for less after our name. */
const marker = /(^|\s)(?:#+|\/\/)[ \t]*mcp-policy:[ \t]*(?:exempt|ignore|disable|skip|allow)\b/gm

function termsOf(said: string): Terms {
  const [, head, rest] = /^(?:#+|\/\/)\s*mcp-policy:\s*(\w+)\b(.*)$/s.exec(said) ?? []
  if (head !== 'exempt') return {}
  const [, control] = /^\s+(\S+)/.exec(rest) ?? []
  const [, day] = /\suntil\s+(\S+)/.exec(rest) ?? []
  const [, owner, reason] = /\sby\s+([^:]+?)\s*(?::\s*(.*?)\s*)?$/s.exec(rest) ?? []
  return { control, last_day: day, owner, reason }
}

/** True within a string that the line has begun: `#` is no comment there. */
const isQuoted = (before: string): boolean => before.split('"').length % 2 === 0 || /'[^']*$/.test(before.replaceAll(/'[^']*'/g, ''))

function linesIn(text: string): Span[] {
  const lines: Span[] = []
  const ends = /\r\n?|\n|$/g
  for (let start = 0; ;) {
    ends.lastIndex = start
    const end = ends.exec(text)!
    lines.push({ start, end: end.index })
    if (end[0] === '') return lines
    start = end.index + end[0].length
  }
}

function lineAt(lines: Span[], offset: number): number {
  let low = 0
  let high = lines.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (lines[middle].start <= offset) low = middle
    else high = middle - 1
  }
  return low
}

/** What begins below a comment of its own line. */
function below(text: string, lines: Span[], comment: number, reach: Reach): Span {
  const line = (number: number) => text.slice(lines[number].start, lines[number].end)
  const isEmpty = (number: number) => /^\s*(#|\/\/|$)/.test(line(number))
  const isSeparator = (number: number) => reach === 'block' && /^---(\s|$)/.test(line(number))
  let first = comment + 1
  while (first < lines.length && (isEmpty(first) || isSeparator(first))) first++
  if (first === lines.length) return { start: lines[comment].start, end: text.length }
  const last = reach === 'block' && opensDocument() ? endOfDocument() : endOfBlock()
  return { start: lines[first].start, end: lines[last].end }

  /** True when nothing of the document stands above its first line. */
  function opensDocument(): boolean {
    for (let above = first - 1; above >= 0; above--) {
      if (isSeparator(above)) return true
      if (!isEmpty(above)) return false
    }
    return true
  }

  function endOfDocument(): number {
    let last = first
    while (last + 1 < lines.length && !isSeparator(last + 1)) last++
    return last
  }

  function endOfBlock(): number {
    let last = first
    const goesOn: (number: number) => boolean = {
      line: () => false,
      instruction: () => /\\\s*$/.test(line(last)) || isEmpty(last),
      table: (number: number) => /^\s*\[/.test(line(first)) && !/^\s*\[/.test(line(number)),
      block: (number: number) => isEmpty(number) || isInside(line(number), line(first)),
    }[reach]
    while (last + 1 < lines.length && goesOn(last + 1)) last++
    return last
  }
}

/** True for a line of the block that `first` begins: deeper, or at its depth an item of the list that is its value, or the bracket that closes it. */
function isInside(line: string, first: string): boolean {
  const depth = indentation(line) - indentation(first)
  if (depth !== 0) return depth > 0
  const words = line.trimStart()
  return /^[}\]]/.test(words) || (/^-(\s|$)/.test(words) && !/^-(\s|$)/.test(first.trimStart()))
}

const indentation = (line: string): number => line.length - line.trimStart().length
