/*
 * Scalars: plain, quoted, literal and folded.
 *
 * Derived from go-yaml v2 (scannerc.go), a translation of libyaml:
 *   Copyright (c) 2006-2010 Kirill Simonov, Copyright (c) 2011-2019 Canonical Ltd; MIT and Apache-2.0.
 *
 * Each function starts at `scan.pos`, leaves it after the scalar and whatever blanks libyaml takes with it, and says what it found in
 * `scanned`. A scalar on one line whose text is its value makes no string: the parser slices the source when it needs to.
 */
import { BLANK, hexValue, isBlankz, isBreak, isDigit, kindOf } from './characters.ts'
import { breakLength, fail, isDocumentMark, lineEnd, scan, scanned } from './scan.ts'

export const PLAIN = 0
export const SINGLE = 1
export const DOUBLE = 2
export const LITERAL = 3
export const FOLDED = 4
/** Set beside the style when the value is not the slice of the source between the marks (less the quotes). */
export const COOKED = 8

/** What may end a run of non-blanks in a plain scalar: 1 everywhere, 2 in flow context. */
const STOPS = new Uint8Array(128)
for (const c of ' \t\r\n:') STOPS[c.charCodeAt(0)] = 1
for (const c of ',?[]{}') STOPS[c.charCodeAt(0)] = 2

export function scanPlain(): void {
  const { text, end, flow } = scan
  const indent = scan.indent + 1
  const start = scan.pos
  let p = start
  let pieceStart = start
  let contentEnd = start
  let value: string | null = null
  let folded = false
  let firstBreak = ''
  let moreBreaks = ''
  for (;;) {
    let c = p < end ? text.charCodeAt(p) : 0
    if (p === scan.lineStart && (c === 0x2d || c === 0x2e) && isDocumentMark(p, c)) break
    if (c === 0x23) break
    const run = p
    for (; p < end; p++) {
      c = text.charCodeAt(p)
      if (c < 128) {
        const stop = STOPS[c]
        if (stop === 0) continue
        if (stop === 2) {
          if (flow === 0) continue
        } else if (c === 0x3a && !isBlankz(text, p + 1, end)) {
          if (!(scan.python && flow > 0 && ',[]{}'.includes(text.charAt(p + 1)))) continue
        }
        break
      }
      if (c === 0x85 || c === 0x2028 || c === 0x2029) break
    }
    if (p > run) {
      if (folded) {
        value = (value ?? '') + text.slice(pieceStart, contentEnd) + joined(firstBreak, moreBreaks)
        pieceStart = run
        folded = false
        moreBreaks = ''
      }
      contentEnd = p
    }
    if (p >= end || kindOf(c) === 0 || (c === 0x09 && scan.python)) break
    for (;;) {
      if (c === 0x20 || (c === 0x09 && !scan.python)) {
        if (folded && c === 0x09 && p - scan.lineStart < indent) fail('found a tab character that violates indentation', p)
        p++
      } else if (isBreak(c)) {
        const read = c === 0x2028 || c === 0x2029 ? text.charAt(p) : '\n'
        p += c === 0x0a ? 1 : breakLength(p)
        scan.lineStart = p
        if (folded) {
          moreBreaks += read
        } else {
          firstBreak = read
          folded = true
        }
      } else {
        break
      }
      if (p >= end) break
      c = text.charCodeAt(p)
    }
    if (flow === 0 && p - scan.lineStart < indent) break
  }
  scan.pos = p
  if (folded) scan.keyAllowed = true
  scanned.end = contentEnd
  scanned.style = value === null ? PLAIN : PLAIN | COOKED
  scanned.text = value === null ? null : value + text.slice(pieceStart, contentEnd)
}

/** One break between two lines of text is a space, and of several the first is dropped. */
function joined(first: string, more: string): string {
  if (first !== '\n') return first + more
  return more === '' ? ' ' : more
}

export function scanQuoted(single: boolean): void {
  const { text, end } = scan
  const start = scan.pos
  const quote = single ? 0x27 : 0x22
  let p = start + 1
  // Most quoted scalars have neither break nor escape: find the closing quote and take the slice.
  for (; p < end; p++) {
    const c = text.charCodeAt(p)
    if (c === quote) {
      if (single && p + 1 < end && text.charCodeAt(p + 1) === quote) break
      scan.pos = p + 1
      scanned.end = p + 1
      scanned.style = single ? SINGLE : DOUBLE
      scanned.text = null
      return
    }
    if ((c === 0x5c && !single) || isBreak(c)) break
  }
  scanQuotedSlow(single, quote, start)
}

function scanQuotedSlow(single: boolean, quote: number, start: number): void {
  const { text, end } = scan
  let value = ''
  let p = start + 1
  for (;;) {
    let c = p < end ? text.charCodeAt(p) : 0
    if (p === scan.lineStart && (c === 0x2d || c === 0x2e) && isDocumentMark(p, c)) fail('found unexpected document indicator', start)
    if (p >= end) fail('found unexpected end of stream', start)
    let broken = false
    let piece = p
    while (p < end) {
      c = text.charCodeAt(p)
      if (c === quote) {
        if (!single || p + 1 >= end || text.charCodeAt(p + 1) !== quote) break
        value += text.slice(piece, p + 1)
        p += 2
        piece = p
      } else if (c === 0x5c && !single) {
        value += text.slice(piece, p)
        if (p + 1 < end && isBreak(text.charCodeAt(p + 1))) {
          p++
          p += breakLength(p)
          scan.lineStart = p
          broken = true
          piece = p
          break
        }
        const escaped = readEscape(p, start)
        value += escaped.text
        p += escaped.length
        piece = p
      } else if (c === 0x20 || c === 0x09 || isBreak(c)) {
        break
      } else {
        p++
      }
    }
    value += text.slice(piece, p)
    c = p < end ? text.charCodeAt(p) : 0
    if (c === quote) break
    const blanks = p
    let firstBreak = ''
    let moreBreaks = ''
    for (; p < end; ) {
      c = text.charCodeAt(p)
      if (c === 0x20 || c === 0x09) {
        p++
      } else if (isBreak(c)) {
        const read = c === 0x2028 || c === 0x2029 ? c : 0x0a
        p += breakLength(p)
        scan.lineStart = p
        if (broken) moreBreaks += String.fromCharCode(read)
        else firstBreak = String.fromCharCode(read)
        broken = true
      } else {
        break
      }
    }
    if (!broken) value += text.slice(blanks, p)
    else value += firstBreak === '' ? moreBreaks : joined(firstBreak, moreBreaks)
  }
  scan.pos = p + 1
  scanned.end = p + 1
  scanned.style = (single ? SINGLE : DOUBLE) | COOKED
  scanned.text = value
}

export const ESCAPES: Record<string, string> = {
  '0': '\0', a: '\x07', b: '\b', t: '\t', '\t': '\t', n: '\n', v: '\v', f: '\f', r: '\r', e: '\x1b', ' ': ' ', '"': '"', "'": "'",
  '\\': '\\', N: '\x85', _: '\xa0', L: '\u2028', P: '\u2029',
}

const escape = { text: '', length: 0 }

/** What the escape at `at` stands for. */
function readEscape(at: number, start: number): { text: string; length: number } {
  const { text, end } = scan
  const letter = at + 1 < end ? text.charAt(at + 1) : ''
  const digits = letter === 'x' ? 2 : letter === 'u' ? 4 : letter === 'U' ? 8 : 0
  escape.length = 2 + digits
  if (digits === 0) {
    const simple = letter === '' || (scan.python && letter === "'") ? undefined : (ESCAPES[letter] ?? (scan.python && letter === '/' ? '/' : undefined))
    if (simple === undefined) fail('found unknown escape character', start)
    escape.text = simple
    return escape
  }
  let code = 0
  for (let i = 0; i < digits; i++) {
    const digit = at + 2 + i < end ? hexValue(text.charCodeAt(at + 2 + i)) : -1
    if (digit < 0) fail('did not find expected hexdecimal number', start)
    code = code * 16 + digit
  }
  if ((code >= 0xd800 && code <= 0xdfff && !scan.python) || code > 0x10ffff) fail('found invalid Unicode character escape code', start)
  escape.text = String.fromCodePoint(code)
  return escape
}

export function scanBlock(literal: boolean): void {
  const { text, end } = scan
  const start = scan.pos
  let p = start + 1
  let chomping = 0
  let increment = 0
  let c = p < end ? text.charCodeAt(p) : 0
  for (let i = 0; i < 2; i++) {
    if ((c === 0x2b || c === 0x2d) && chomping === 0) chomping = c === 0x2b ? 1 : -1
    else if (isDigit(c) && increment === 0) {
      if (c === 0x30) fail('found an indentation indicator equal to 0', start)
      increment = c - 0x30
    } else break
    p++
    c = p < end ? text.charCodeAt(p) : 0
  }
  const header = p
  while (p < end && (kindOf(text.charCodeAt(p)) & BLANK) !== 0 && !(scan.python && text.charCodeAt(p) === 0x09)) p++
  if (p < end && text.charCodeAt(p) === 0x23 && !(scan.python && p === header)) p = lineEnd(p)
  if (p < end) {
    if (!isBreak(text.charCodeAt(p))) fail('did not find expected comment or line break', start)
    p += breakLength(p)
    scan.lineStart = p
  }
  block.p = p
  block.indent = increment === 0 ? 0 : (scan.indent >= 0 ? scan.indent : 0) + increment
  block.breaks = ''
  let contentEnd = p
  readBreaks(start)
  let value = ''
  let leadingBreak = ''
  let leadingBlank = false
  while (block.p < end && block.p - scan.lineStart === block.indent) {
    p = block.p
    const blank = (kindOf(text.charCodeAt(p)) & BLANK) !== 0
    if (!literal && !leadingBlank && !blank && leadingBreak === '\n') {
      if (block.breaks === '') value += ' '
    } else {
      value += leadingBreak
    }
    value += block.breaks
    block.breaks = ''
    leadingBlank = blank
    const stop = lineEnd(p)
    value += text.slice(p, stop)
    contentEnd = stop
    p = stop
    leadingBreak = ''
    if (p < end) {
      const at = text.charCodeAt(p)
      leadingBreak = at === 0x2028 || at === 0x2029 ? text.charAt(p) : '\n'
      p += at === 0x0a ? 1 : breakLength(p)
      scan.lineStart = p
      if (chomping !== -1) contentEnd = p
    }
    block.p = p
    readBreaks(start)
  }
  if (chomping !== -1) value += leadingBreak
  if (chomping === 1) {
    value += block.breaks
    if (block.breaks !== '') contentEnd = block.breaksEnd
  }
  scan.pos = block.p
  scanned.end = contentEnd
  scanned.style = (literal ? LITERAL : FOLDED) | COOKED | (Math.min(block.indent, 0xffff) << 4)
  scanned.text = value
}

const block = { p: 0, indent: 0, breaks: '', breaksEnd: 0 }

/** Past indentation and empty lines; finds the indentation when it is not known yet. */
function readBreaks(start: number): void {
  const { text, end } = scan
  let p = block.p
  let deepest = 0
  for (;;) {
    const lineStart = scan.lineStart
    const known = block.indent
    while (p < end && text.charCodeAt(p) === 0x20 && (known === 0 || p - lineStart < known)) p++
    const column = p - lineStart
    if (column > deepest) deepest = column
    const c = p < end ? text.charCodeAt(p) : 0
    if (c === 0x09 && (known === 0 || column < known) && !scan.python) fail('found a tab character where an indentation space is expected', start)
    if (!isBreak(c)) break
    block.breaks += c === 0x2028 || c === 0x2029 ? text.charAt(p) : '\n'
    p += c === 0x0a ? 1 : breakLength(p)
    scan.lineStart = p
    block.breaksEnd = p
  }
  if (block.indent === 0) block.indent = Math.max(deepest, scan.indent + 1, 1)
  block.p = p
}
