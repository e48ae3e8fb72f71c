/*
 * The scanner: characters to tokens, by the rules of libyaml as go-yaml v2 has them (kubectl reads with it).
 *
 * Derived from go-yaml v2 (scannerc.go, readerc.go), a translation of libyaml:
 *   Copyright (c) 2006-2010 Kirill Simonov, Copyright (c) 2011-2019 Canonical Ltd; MIT and Apache-2.0.
 *
 * Where libyaml is odd, this is odd in the same way, because what kubectl reads is what runs. The state is one object and the
 * token queue is arrays of numbers, so that a token costs no allocation. Reading is synchronous and never re-entered.
 */
import { ReadError } from '../document.ts'
import { BLANK, BREAK, isAlpha, isBlankz, isBreak, kindOf } from './characters.ts'
import { scanBlock, scanPlain, scanQuoted } from './scalar.ts'

export const STREAM_END = 1
export const VERSION_DIRECTIVE = 2
export const TAG_DIRECTIVE = 3
export const DOCUMENT_START = 4
export const DOCUMENT_END = 5
export const BLOCK_SEQUENCE_START = 6
export const BLOCK_MAPPING_START = 7
export const BLOCK_END = 8
export const FLOW_SEQUENCE_START = 9
export const FLOW_SEQUENCE_END = 10
export const FLOW_MAPPING_START = 11
export const FLOW_MAPPING_END = 12
export const BLOCK_ENTRY = 13
export const FLOW_ENTRY = 14
export const KEY = 15
export const VALUE = 16
export const ALIAS = 17
export const ANCHOR = 18
export const TAG = 19
export const SCALAR = 20

/** libyaml's limits on nesting, and the longest key without a `?`. */
const MAX_LEVELS = 10000
const MAX_KEY = 1024
/** More than the queue ever holds at once, a power of two. */
const RING = 1 << 15

/** Everything the scanner knows. Positions are UTF-16 offsets into `text`, which ends at `end`. */
export const scan = {
  text: '',
  pos: 0,
  end: 0,
  lineStart: 0,
  flow: 0,
  indent: -1,
  keyAllowed: true,
  /** True when `\n` is the only line break in the text, so that lines can be found by `indexOf`. */
  plainBreaks: true,
  /** True when the text is cut into lines before it is read as YAML, as kubectl does: then CR CR LF is one break. */
  kubectl: true,
  /** PyYAML departs from libyaml in a few places. */
  python: false,
  /** How many tokens are read before one is handed out: go-yaml v3 looks two ahead, for the comments. */
  ahead: 0,
  head: 0,
  tail: 0,
  parsed: 0,
  ready: false,
}

/** The queue: type, start and end of each token, its style, and its text where that is no plain slice of the source. */
export let types = new Uint8Array(1024)
export let starts = new Int32Array(1024)
export let ends = new Int32Array(1024)
/** For a scalar its style in the low four bits and the indentation of a block scalar above them. */
export let styles = new Int32Array(1024)
export const texts: (string | null)[] = []
export const suffixes: string[] = []

const indents = new Int32Array(MAX_LEVELS + 16)
let indentCount = 0
const keyPossible = new Uint8Array(MAX_LEVELS + 16)
const keyRequired = new Uint8Array(MAX_LEVELS + 16)
const keyToken = new Int32Array(MAX_LEVELS + 16)
const keyStart = new Int32Array(MAX_LEVELS + 16)
const keyColumn = new Int32Array(MAX_LEVELS + 16)
/** Which flow level has a possible key at a token, by the token's number. */
const levelAt = new Int32Array(RING)

export function startScan(text: string, from: number, end: number): void {
  scan.text = text
  scan.pos = from
  scan.end = end
  scan.lineStart = from
  scan.flow = 0
  scan.indent = -1
  scan.keyAllowed = true
  scan.head = 0
  scan.tail = 0
  scan.parsed = 1
  scan.ready = false
  indentCount = 0
  keyPossible[0] = 0
  keyToken[0] = 0
  levelAt[1] = 0
}

/** The type of the next token, which stays where it is. */
export function peek(): number {
  if (!scan.ready) fetchMore()
  return types[scan.head]
}

export function skipToken(): void {
  scan.ready = false
  scan.parsed++
  scan.head++
}

export function fail(message: string, offset: number = scan.pos): never {
  throw new ReadError(message, offset)
}

function fetchMore(): void {
  for (;;) {
    if (scan.tail - scan.head > scan.ahead) {
      // A token that may turn out to be a key waits until that is known: a KEY token would go before it.
      const level = levelAt[scan.parsed & (RING - 1)]
      if (level === 0 || !isKeyValid(level - 1)) break
    } else if (scan.head === scan.tail) {
      scan.head = 0
      scan.tail = 0
    }
    fetchNext()
  }
  scan.ready = true
}

function isKeyValid(level: number): boolean {
  if (keyPossible[level] === 0) return false
  const start = keyStart[level]
  if (start < scan.lineStart || (scan.pos - start > MAX_KEY && countCharacters(start, scan.pos) > MAX_KEY)) {
    if (keyRequired[level] === 1) fail("could not find expected ':'", start)
    keyPossible[level] = 0
    return false
  }
  return true
}

function countCharacters(from: number, to: number): number {
  let count = 0
  for (let at = from; at < to; at++) {
    const c = scan.text.charCodeAt(at)
    if (c < 0xdc00 || c > 0xdfff) count++
  }
  return count
}

function saveKey(): void {
  if (!scan.keyAllowed) return
  const level = scan.flow
  const column = scan.pos - scan.lineStart
  removeKey()
  const token = scan.parsed + (scan.tail - scan.head)
  keyPossible[level] = 1
  keyRequired[level] = level === 0 && scan.indent === column ? 1 : 0
  keyToken[level] = token
  keyStart[level] = scan.pos
  keyColumn[level] = column
  levelAt[token & (RING - 1)] = level + 1
}

function removeKey(): void {
  const level = scan.flow
  if (keyPossible[level] === 0) return
  if (keyRequired[level] === 1) fail("could not find expected ':'", keyStart[level])
  keyPossible[level] = 0
  levelAt[keyToken[level] & (RING - 1)] = 0
}

function push(type: number, start: number, end: number): number {
  if (scan.tail === types.length) growQueue()
  const at = scan.tail++
  types[at] = type
  starts[at] = start
  ends[at] = end
  levelAt[(scan.parsed + (scan.tail - scan.head)) & (RING - 1)] = 0
  return at
}

function growQueue(): void {
  const room = types.length * 2
  types = grown(types, new Uint8Array(room))
  starts = grown(starts, new Int32Array(room))
  ends = grown(ends, new Int32Array(room))
  styles = grown(styles, new Int32Array(room))
}

function grown<T extends Uint8Array | Int32Array>(old: T, next: T): T {
  next.set(old)
  return next
}

/** Puts a token before the one with this number; a number that the parser is past means at the end. */
function insert(type: number, at: number, number: number): void {
  const offset = number - scan.parsed
  push(type, at, at)
  if (offset < 0) return
  const slot = scan.head + offset
  for (let i = scan.tail - 1; i > slot; i--) {
    types[i] = types[i - 1]
    starts[i] = starts[i - 1]
    ends[i] = ends[i - 1]
    styles[i] = styles[i - 1]
    texts[i] = texts[i - 1]
    suffixes[i] = suffixes[i - 1]
  }
  types[slot] = type
  starts[slot] = at
  ends[slot] = at
}

function rollIndent(column: number, number: number, type: number, at: number): void {
  if (scan.flow > 0 || scan.indent >= column) return
  indents[indentCount++] = scan.indent
  scan.indent = column
  if (indentCount > MAX_LEVELS) throw new ReadError(`exceeded max depth of ${MAX_LEVELS}`, at, 'depth')
  if (number < 0) push(type, at, at)
  else insert(type, at, number)
}

function unrollIndent(column: number): void {
  if (scan.flow > 0) return
  while (scan.indent > column) {
    push(BLOCK_END, scan.pos, scan.pos)
    scan.indent = indents[--indentCount]
  }
}

function fetchNext(): void {
  skipToContent()
  const { text, end, pos } = scan
  const column = pos - scan.lineStart
  if (scan.flow === 0 && scan.indent > column) unrollIndent(column)
  if (pos >= end) return fetchStreamEnd()
  const c = text.charCodeAt(pos)
  if (column === 0) {
    if (c === 0x25) return fetchDirective()
    if (c === 0x2d && isDocumentMark(pos, 0x2d)) return fetchDocumentMark(DOCUMENT_START)
    if (c === 0x2e && isDocumentMark(pos, 0x2e)) return fetchDocumentMark(DOCUMENT_END)
  }
  switch (c) {
    case 0x5b: // [
      return fetchFlowStart(FLOW_SEQUENCE_START)
    case 0x7b: // {
      return fetchFlowStart(FLOW_MAPPING_START)
    case 0x5d: // ]
      return fetchFlowEnd(FLOW_SEQUENCE_END)
    case 0x7d: // }
      return fetchFlowEnd(FLOW_MAPPING_END)
    case 0x2c: // ,
      return fetchFlowEntry()
    case 0x2d: // -
      if (isBlankz(text, pos + 1, end)) return fetchBlockEntry()
      return fetchPlain()
    case 0x3f: // ?
      if (scan.flow > 0 || isBlankz(text, pos + 1, end)) return fetchKey()
      return fetchPlain()
    case 0x3a: // :
      if (scan.flow > 0 || isBlankz(text, pos + 1, end)) return fetchValue()
      return fetchPlain()
    case 0x2a: // *
      return fetchAnchor(ALIAS)
    case 0x26: // &
      return fetchAnchor(ANCHOR)
    case 0x21: // !
      return fetchTag()
    case 0x7c: // |
      if (scan.flow === 0) return fetchBlock(true)
      break
    case 0x3e: // >
      if (scan.flow === 0) return fetchBlock(false)
      break
    case 0x27: // '
      return fetchQuoted(true)
    case 0x22: // "
      return fetchQuoted(false)
    case 0x09: // tab
    case 0x23: // #
    case 0x25: // %
    case 0x40: // @
    case 0x60: // `
      break
    default:
      return fetchPlain()
  }
  fail('found character that cannot start any token')
}

/** `---` or `...` at the start of a line, with a blank after it. */
export function isDocumentMark(at: number, c: number): boolean {
  const { text, end } = scan
  return at + 2 < end && text.charCodeAt(at + 1) === c && text.charCodeAt(at + 2) === c && isBlankz(text, at + 3, end)
}

/** Past blanks, comments and line breaks. */
function skipToContent(): void {
  const { text, end } = scan
  let p = scan.pos
  for (;;) {
    const tabs = (scan.flow > 0 || !scan.keyAllowed) && !scan.python
    let c = p < end ? text.charCodeAt(p) : 0
    while (c === 0x20 || (c === 0x09 && tabs)) c = ++p < end ? text.charCodeAt(p) : 0
    if (c === 0x23) {
      p = lineEnd(scan.ahead > 0 && isOwnLine(p) ? lastComment(p) : p)
      c = p < end ? text.charCodeAt(p) : 0
    }
    if (c === 0x0a) {
      p++
    } else if (c !== 0 && isBreak(c)) {
      p += breakLength(p)
    } else {
      break
    }
    scan.lineStart = p
    if (scan.flow === 0) scan.keyAllowed = true
  }
  scan.pos = p
}

/** Nothing but blanks and dashes before it. */
function isOwnLine(at: number): boolean {
  for (let p = scan.lineStart; p < at; p++) {
    const c = scan.text.charCodeAt(p)
    if (c !== 0x20 && c !== 0x09 && c !== 0x2d) return false
  }
  return true
}

/** go-yaml v3 reads the comment lines that follow one in one go, and has nothing against a tab before them. */
function lastComment(at: number): number {
  const { text, end } = scan
  for (let last = at; ; ) {
    let p = lineEnd(last)
    const limit = Math.min(end, p + 512)
    while (p < limit && isBlankz(text, p, end)) {
      p += breakLength(p)
      if (isBreak(text.charCodeAt(p - 1))) scan.lineStart = p
    }
    if (p >= limit || text.charCodeAt(p) !== 0x23) return last
    last = p
  }
}

/** Where the line that `at` is in ends: at its break, or at the end of the text. */
export function lineEnd(at: number): number {
  const { text, end } = scan
  if (scan.plainBreaks) {
    const found = text.indexOf('\n', at)
    return found < 0 || found > end ? end : found
  }
  let p = at
  while (p < end && (kindOf(text.charCodeAt(p)) & BREAK) === 0) p++
  return p
}

/** How many UTF-16 units the line break at `at` has. */
export function breakLength(at: number): number {
  const { text, end } = scan
  if (text.charCodeAt(at) !== 0x0d || at + 1 >= end) return 1
  const next = text.charCodeAt(at + 1)
  if (next === 0x0a) return 2
  if (scan.kubectl && next === 0x0d && at + 2 < end && text.charCodeAt(at + 2) === 0x0a) return 3
  return 1
}

function fetchStreamEnd(): void {
  scan.lineStart = scan.pos
  unrollIndent(-1)
  removeKey()
  scan.keyAllowed = false
  push(STREAM_END, scan.pos, scan.pos)
}

function fetchDocumentMark(type: number): void {
  unrollIndent(-1)
  removeKey()
  scan.keyAllowed = false
  scan.pos += 3
  push(type, scan.pos - 3, scan.pos)
}

function fetchFlowStart(type: number): void {
  saveKey()
  const token = scan.parsed + (scan.tail - scan.head)
  const level = ++scan.flow
  if (level > MAX_LEVELS) throw new ReadError(`exceeded max depth of ${MAX_LEVELS}`, scan.pos, 'depth')
  keyPossible[level] = 0
  keyToken[level] = token
  scan.keyAllowed = true
  push(type, scan.pos, scan.pos + 1)
  scan.pos++
}

function fetchFlowEnd(type: number): void {
  removeKey()
  if (scan.flow > 0) {
    // go-yaml forgets the key at the token that opened an empty collection: `[]: x` is no pair to it.
    const token = keyToken[scan.flow]
    if (token >= scan.parsed && !scan.python) levelAt[token & (RING - 1)] = 0
    scan.flow--
  }
  scan.keyAllowed = false
  push(type, scan.pos, scan.pos + 1)
  scan.pos++
}

function fetchFlowEntry(): void {
  removeKey()
  scan.keyAllowed = true
  push(FLOW_ENTRY, scan.pos, scan.pos + 1)
  scan.pos++
}

function fetchBlockEntry(): void {
  if (scan.flow === 0) {
    if (!scan.keyAllowed) fail('block sequence entries are not allowed in this context')
    rollIndent(scan.pos - scan.lineStart, -1, BLOCK_SEQUENCE_START, scan.pos)
  }
  removeKey()
  scan.keyAllowed = true
  push(BLOCK_ENTRY, scan.pos, scan.pos + 1)
  scan.pos++
}

function fetchKey(): void {
  if (scan.flow === 0) {
    if (!scan.keyAllowed) fail('mapping keys are not allowed in this context')
    rollIndent(scan.pos - scan.lineStart, -1, BLOCK_MAPPING_START, scan.pos)
  }
  removeKey()
  scan.keyAllowed = scan.flow === 0
  push(KEY, scan.pos, scan.pos + 1)
  scan.pos++
}

function fetchValue(): void {
  const level = scan.flow
  if (isKeyValid(level)) {
    const token = keyToken[level]
    const start = keyStart[level]
    insert(KEY, start, token)
    rollIndent(keyColumn[level], token, BLOCK_MAPPING_START, start)
    keyPossible[level] = 0
    if (token >= scan.parsed) levelAt[token & (RING - 1)] = 0
    scan.keyAllowed = false
  } else {
    if (level === 0) {
      if (!scan.keyAllowed) fail('mapping values are not allowed in this context')
      rollIndent(scan.pos - scan.lineStart, -1, BLOCK_MAPPING_START, scan.pos)
    }
    scan.keyAllowed = level === 0
  }
  push(VALUE, scan.pos, scan.pos + 1)
  scan.pos++
}

function fetchAnchor(type: number): void {
  saveKey()
  scan.keyAllowed = false
  const { text, end } = scan
  const start = scan.pos
  let p = start + 1
  while (p < end && isAlpha(text.charCodeAt(p))) p++
  const closed = isBlankz(text, p, end) || '?:,]}%@`'.includes(text.charAt(p))
  if (p === start + 1 || !closed) fail('did not find expected alphabetic or numeric character', start)
  scan.pos = p
  texts[push(type, start, p)] = text.slice(start + 1, p)
}

function fetchTag(): void {
  saveKey()
  scan.keyAllowed = false
  const { text, end } = scan
  const start = scan.pos
  let handle = ''
  let suffix = ''
  if (start + 1 < end && text.charCodeAt(start + 1) === 0x3c) {
    scan.pos = start + 2
    suffix = scanUri('', start)
    if (scan.pos >= end || text.charCodeAt(scan.pos) !== 0x3e) fail("did not find the expected '>'", start)
    scan.pos++
  } else {
    handle = scanHandle(false, start)
    if (handle.length > 1 && handle.endsWith('!')) {
      suffix = scanUri('', start)
    } else {
      suffix = scanUri(handle, start)
      handle = '!'
      if (suffix === '') {
        handle = ''
        suffix = '!'
      }
    }
  }
  if (!isBlankz(text, scan.pos, end) || (scan.python && suffix !== '!' && text.charAt(scan.pos) === '\t')) fail('did not find expected whitespace or line break', start)
  const at = push(TAG, start, scan.pos)
  texts[at] = handle
  suffixes[at] = suffix
}

function scanHandle(directive: boolean, start: number): string {
  const { text, end } = scan
  let p = scan.pos
  if (p >= end || text.charCodeAt(p) !== 0x21) fail("did not find expected '!'", start)
  p++
  while (p < end && isAlpha(text.charCodeAt(p))) p++
  if (p < end && text.charCodeAt(p) === 0x21) p++
  else if (directive && p - scan.pos > 1) fail("did not find expected '!'", start)
  const handle = text.slice(scan.pos, p)
  scan.pos = p
  return handle
}

function scanUri(head: string, start: number): string {
  const { text, end } = scan
  let p = scan.pos
  let uri = head.slice(1)
  let found = head.length > 0
  while (p < end) {
    const c = text.charCodeAt(p)
    if (c === 0x25) {
      const bytes: number[] = []
      let width = 0
      do {
        const octet = p + 2 < end && text.charCodeAt(p) === 0x25 ? hexPair(text, p + 1) : -1
        if (octet < 0) fail('did not find URI escaped octet', start)
        if (width === 0) {
          width = octet < 0x80 ? 1 : (octet & 0xe0) === 0xc0 ? 2 : (octet & 0xf0) === 0xe0 ? 3 : (octet & 0xf8) === 0xf0 ? 4 : 0
          if (width === 0) fail('found an incorrect leading UTF-8 octet', start)
        } else if ((octet & 0xc0) !== 0x80) {
          fail('found an incorrect trailing UTF-8 octet', start)
        }
        bytes.push(octet)
        p += 3
      } while (bytes.length < width)
      uri += Buffer.from(bytes).toString('utf8')
    } else if (isAlpha(c) || ";/?:@&=+$,.!~*'()[]".includes(text.charAt(p))) {
      uri += text.charAt(p)
      p++
    } else {
      break
    }
    found = true
  }
  if (!found) fail('did not find expected tag URI', start)
  scan.pos = p
  return uri
}

function hexPair(text: string, at: number): number {
  const pair = text.slice(at, at + 2)
  return /^[0-9A-Fa-f]{2}$/.test(pair) ? Number.parseInt(pair, 16) : -1
}

function fetchDirective(): void {
  unrollIndent(-1)
  removeKey()
  scan.keyAllowed = false
  const { text, end } = scan
  const start = scan.pos
  let p = start + 1
  while (p < end && isAlpha(text.charCodeAt(p))) p++
  const name = text.slice(start + 1, p)
  if (name === '') fail('could not find expected directive name', start)
  if (!isBlankz(text, p, end)) fail('found unexpected non-alphabetical character', start)
  scan.pos = p
  let type = 0
  let value = ''
  let suffix = ''
  if (name === 'YAML') {
    type = VERSION_DIRECTIVE
    skipBlanks()
    const major = scanVersionNumber(start)
    if (text.charCodeAt(scan.pos) !== 0x2e || scan.pos >= end) fail("did not find expected digit or '.' character", start)
    scan.pos++
    value = `${major}.${scanVersionNumber(start)}`
  } else if (name === 'TAG') {
    type = TAG_DIRECTIVE
    skipBlanks()
    value = scanHandle(true, start)
    if (!isBlank(scan.pos)) fail('did not find expected whitespace', start)
    skipBlanks()
    suffix = scanUri('', start)
    if (!isBlankz(text, scan.pos, end)) fail('did not find expected whitespace or line break', start)
  } else if (scan.python) {
    // PyYAML takes any directive and goes on.
    type = VERSION_DIRECTIVE
    scan.pos = lineEnd(scan.pos)
  } else {
    fail('found unknown directive name', start)
  }
  const last = scan.pos
  skipBlanks()
  if (scan.pos < end && text.charCodeAt(scan.pos) === 0x23) scan.pos = lineEnd(scan.pos)
  if (scan.pos < end) {
    if (!isBreak(text.charCodeAt(scan.pos))) fail('did not find expected comment or line break', start)
    scan.pos += breakLength(scan.pos)
    scan.lineStart = scan.pos
  }
  const at = push(type, start, last)
  texts[at] = value
  suffixes[at] = suffix
}

function isBlank(at: number): boolean {
  return at < scan.end && (kindOf(scan.text.charCodeAt(at)) & BLANK) !== 0
}

function skipBlanks(): void {
  while (isBlank(scan.pos)) scan.pos++
}

function scanVersionNumber(start: number): number {
  const digits = /^[0-9]*/.exec(scan.text.slice(scan.pos, Math.min(scan.end, scan.pos + 4)))![0]
  if (digits.length > 2) fail('found extremely long version number', start)
  if (digits === '') fail('did not find expected version number', start)
  scan.pos += digits.length
  return Number(digits)
}

function fetchPlain(): void {
  saveKey()
  scan.keyAllowed = false
  const start = scan.pos
  scanPlain()
  pushScalar(start)
}

function fetchQuoted(single: boolean): void {
  saveKey()
  scan.keyAllowed = false
  const start = scan.pos
  scanQuoted(single)
  pushScalar(start)
}

function fetchBlock(literal: boolean): void {
  removeKey()
  scan.keyAllowed = true
  const start = scan.pos
  scanBlock(literal)
  pushScalar(start)
}

function pushScalar(start: number): void {
  const at = push(SCALAR, start, scanned.end)
  styles[at] = scanned.style
  texts[at] = scanned.text
}

/** What a scalar scanner found: `text` is null where the value is the slice of the source. */
export const scanned = { end: 0, style: 0, text: null as string | null }
