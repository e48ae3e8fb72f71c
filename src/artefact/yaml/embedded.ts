/*
 * The text of a string scalar and where each part of it stands in the file, so that a configuration inside a ConfigMap has positions.
 */
import { hexValue, isBlankz, isBreak } from './characters.ts'
import { DOUBLE, ESCAPES, FOLDED, PLAIN, SINGLE } from './scalar.ts'
import { INDENT_SHIFT, IS_COOKED, SIZE, STYLE, STYLE_SHIFT, type Table } from './table.ts'

/** A scalar's text; piece i begins at `inner[i]` of it and at `outer[i]` of the file, and is the same text there when `same[i]`. */
export type Decoded = { text: string; inner: number[]; outer: number[]; same: boolean[] }

let out: Decoded = { text: '', inner: [], outer: [], same: [] }
let text = ''
let dialect: Table['shared']['dialect'] = 'kubectl'

function add(piece: string, outer: number, same: boolean): void {
  if (piece === '') return
  out.inner.push(out.text.length)
  out.outer.push(outer)
  out.same.push(same)
  out.text += piece
}

/** Reads one scalar of the table again, keeping account of the places. */
export function decodeScalar(table: Table, record: number): Decoded {
  const { records } = table.shared
  const start = records[record * SIZE]
  const end = records[record * SIZE + 1]
  const what = records[record * SIZE + 2]
  const style = (what & STYLE) >> STYLE_SHIFT
  out = { text: '', inner: [], outer: [], same: [] }
  text = table.shared.text
  dialect = table.shared.dialect
  if ((what & IS_COOKED) === 0) {
    if (style === PLAIN) add(text.slice(start, end), start, true)
    else add(text.slice(start + 1, end - 1), start + 1, true)
  } else if (style === PLAIN) decodeFolded(start, end, '')
  else if (style === SINGLE) decodeFolded(start + 1, end - 1, "'")
  else if (style === DOUBLE) decodeFolded(start + 1, end - 1, '"')
  else decodeBlock(start, end, style, what >>> INDENT_SHIFT)
  return out
}

/** Where an offset into the decoded text stands in the file. */
export function outerOffset(decoded: Decoded, offset: number): number {
  const { inner, outer, same } = decoded
  if (inner.length === 0) return 0
  let low = 0
  let high = inner.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (inner[middle] <= offset) low = middle
    else high = middle - 1
  }
  const into = Math.max(0, Math.min(offset, decoded.text.length) - inner[low])
  if (same[low]) return outer[low] + into
  return into === 0 ? outer[low] : (outer[low + 1] ?? outer[low] + 1)
}

/** Plain and quoted text: blanks around a line break are dropped, and breaks fold. */
function decodeFolded(from: number, end: number, quote: string): void {
  let p = from
  let piece = from
  while (p < end) {
    const c = text.charCodeAt(p)
    if (quote === "'" && c === 0x27) {
      add(text.slice(piece, p + 1), piece, true)
      p += 2
      piece = p
    } else if (quote === '"' && c === 0x5c) {
      add(text.slice(piece, p), piece, true)
      if (isBreak(text.charCodeAt(p + 1))) {
        p += 1
        p += breakLength(p)
        p = foldBreaks(p, end, true)
      } else {
        p += addEscape(p)
      }
      piece = p
    } else if (c === 0x20 || c === 0x09 || isBreak(c)) {
      const blanks = p
      while (p < end && (text.charCodeAt(p) === 0x20 || text.charCodeAt(p) === 0x09)) p++
      if (p < end && isBreak(text.charCodeAt(p))) {
        add(text.slice(piece, blanks), piece, true)
        p = foldBreaks(p, end, false)
        piece = p
      }
    } else {
      p++
    }
  }
  add(text.slice(piece, p), piece, true)
}

/** Adds what an escape stands for, and says how long it is. That it is a good one is known. */
function addEscape(at: number): number {
  const letter = text.charAt(at + 1)
  const digits = letter === 'x' ? 2 : letter === 'u' ? 4 : letter === 'U' ? 8 : 0
  if (digits === 0) {
    add(ESCAPES[letter] ?? letter, at, false)
    return 2
  }
  const code = hexNumber(at + 2, digits)
  if (dialect !== 'json' || code < 0xd800 || code > 0xdfff) {
    add(String.fromCodePoint(code), at, false)
    return 2 + digits
  }
  const low = code < 0xdc00 && text.startsWith('\\u', at + 6) ? hexNumber(at + 8, 4) : 0
  const isPair = low >= 0xdc00 && low <= 0xdfff
  add(isPair ? String.fromCharCode(code, low) : '\ufffd', at, false)
  return isPair ? 12 : 6
}

function hexNumber(at: number, digits: number): number {
  let code = 0
  for (let i = 0; i < digits; i++) code = code * 16 + hexValue(text.charCodeAt(at + i))
  return code
}

function breakLength(at: number): number {
  if (text.charCodeAt(at) !== 0x0d) return 1
  const next = text.charCodeAt(at + 1)
  if (next === 0x0a) return 2
  return dialect === 'kubectl' && next === 0x0d && text.charCodeAt(at + 2) === 0x0a ? 3 : 1
}

/** Past line breaks and blanks; adds what they fold to. */
function foldBreaks(from: number, end: number, escaped: boolean): number {
  let p = from
  let first = ''
  let more = ''
  let seen = escaped
  for (; p < end && isBlankz(text, p, end); ) {
    const c = text.charCodeAt(p)
    if (!isBreak(c)) {
      p++
      continue
    }
    const read = c === 0x2028 || c === 0x2029 ? text.charAt(p) : '\n'
    if (seen) more += read
    else first = read
    seen = true
    p += breakLength(p)
  }
  add(first === '' ? more : first !== '\n' ? first + more : more === '' ? ' ' : more, from, false)
  return p
}

function decodeBlock(start: number, end: number, style: number, indent: number): void {
  let p = start
  while (p < end && !isBreak(text.charCodeAt(p))) p++
  const keeps = /^[|>][0-9]?\+/.test(text.slice(start, start + 3))
  const strips = /^[|>][0-9]?-/.test(text.slice(start, start + 3))
  if (p < end) p += breakLength(p)
  let leadingBreak = ''
  let leadingAt = p
  let leadingBlank = false
  let breaks: { read: string; at: number }[] = []
  const addBreaks = (): void => {
    for (const { read, at } of breaks) add(read, at, read === text.charAt(at))
    breaks = []
  }
  while (p < end) {
    const line = p
    while (p < end && p - line < indent && text.charCodeAt(p) === 0x20) p++
    let stop = p
    while (stop < end && !isBreak(text.charCodeAt(stop))) stop++
    const read = stop < end ? (isSeparator(text.charCodeAt(stop)) ? text.charAt(stop) : '\n') : ''
    if (stop === p) {
      if (read !== '') breaks.push({ read, at: stop })
    } else {
      const blank = text.charCodeAt(p) === 0x20 || text.charCodeAt(p) === 0x09
      if (style === FOLDED && !leadingBlank && !blank && leadingBreak === '\n') {
        if (breaks.length === 0) add(' ', leadingAt, false)
      } else {
        add(leadingBreak, leadingAt, leadingBreak === text.charAt(leadingAt))
      }
      addBreaks()
      leadingBlank = blank
      add(text.slice(p, stop), p, true)
      leadingBreak = read
      leadingAt = stop
    }
    p = stop < end ? stop + breakLength(stop) : end
  }
  if (!strips) add(leadingBreak, leadingAt, leadingBreak === text.charAt(leadingAt))
  if (keeps) addBreaks()
}

function isSeparator(c: number): boolean {
  return c === 0x2028 || c === 0x2029
}
