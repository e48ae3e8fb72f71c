/*
 * Strict JSON as Go reads it, with the same table of positions as YAML: the last of duplicate keys wins, integers of 64 bits are exact,
 * an escaped half of a surrogate pair is the replacement character, and there are no comments or trailing commas.
 */
import { ReadError, type Json } from '../document.ts'
import type { Built, Note } from './parse.ts'
import * as table from './table.ts'
import { DOUBLE, PLAIN } from './scalar.ts'

let text = ''
let pos = 0
let maxDepth = 1000
let hasBigInt = false
let notes: Note[] = []
let doubled: number[] = []
/** A number that no double holds: the text is well-formed, and Go refuses the value. */
let overflow: ReadError | undefined

/** Reads the value that begins at or after `from`; `end` is where the next begins to be looked for. */
export function parseJson(shared: table.Shared, from: number, depth: number): { built: Built; end: number; overflow: ReadError | undefined } {
  const root = table.recordCount()
  text = shared.text
  pos = from
  maxDepth = depth
  hasBigInt = false
  notes = []
  doubled = []
  overflow = undefined
  skipSpace()
  const value = parseValue(0)
  return { built: { value, table: { shared, root }, hasBigInt, notes, doubled }, end: pos, overflow }
}

/** Where the blanks that begin at `from` end. */
export function skipJsonSpace(source: string, from: number): number {
  let at = from
  for (; at < source.length; at++) {
    const c = source.charCodeAt(at)
    if (c !== 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09) break
  }
  return at
}

function skipSpace(): void {
  pos = skipJsonSpace(text, pos)
}

function fail(where: string): never {
  throw new ReadError(pos >= text.length ? 'unexpected end of JSON input' : `invalid character ${where}`, pos)
}

function parseValue(depth: number): Json {
  switch (text.charCodeAt(pos)) {
    case 0x7b:
      return parseObject(depth)
    case 0x5b:
      return parseArray(depth)
    case 0x22: {
      const start = pos
      const record = table.addRecord(start, 0, table.TEXT | (DOUBLE << table.STYLE_SHIFT))
      const value = parseString()
      table.closeRecord(record, pos)
      if (value.length !== pos - start - 2) table.markRecord(record, table.IS_COOKED)
      return value
    }
    case 0x74:
      return word('true', true)
    case 0x66:
      return word('false', false)
    case 0x6e:
      return word('null', null)
    default:
      return parseNumber()
  }
}

function word(spelling: string, value: Json): Json {
  if (!text.startsWith(spelling, pos)) fail('in literal')
  table.addRecord(pos, pos + spelling.length, table.TEXT | (PLAIN << table.STYLE_SHIFT))
  pos += spelling.length
  return value
}

function checkDepth(depth: number): number {
  if (depth >= maxDepth) throw new ReadError(`exceeded max depth of ${maxDepth}`, pos, 'depth')
  return depth + 1
}

function parseObject(depth: number): Json {
  const inner = checkDepth(depth)
  const record = table.addRecord(pos, 0, table.MAP)
  const map: { [key: string]: Json } = {}
  pos++
  skipSpace()
  if (text.charCodeAt(pos) === 0x7d) {
    pos++
    table.closeRecord(record, pos)
    return map
  }
  for (;;) {
    if (text.charCodeAt(pos) !== 0x22) fail('looking for beginning of object key string')
    const start = pos
    const keyRecord = table.addRecord(start, 0, table.TEXT | (DOUBLE << table.STYLE_SHIFT))
    const key = parseString()
    table.closeRecord(keyRecord, pos)
    if (key.length !== pos - start - 2) table.markRecord(keyRecord, table.IS_COOKED)
    skipSpace()
    if (text.charCodeAt(pos) !== 0x3a) fail('after object key')
    pos++
    skipSpace()
    const value = parseValue(inner)
    if (map[key] === undefined) map[key] = value
    else {
      if (Object.hasOwn(map, key) && doubled[doubled.length - 1] !== record) doubled.push(record)
      Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true })
    }
    skipSpace()
    const c = text.charCodeAt(pos)
    if (c !== 0x2c && c !== 0x7d) fail('after object key:value pair')
    pos++
    if (c === 0x7d) {
      table.closeRecord(record, pos)
      return map
    }
    skipSpace()
  }
}

function parseArray(depth: number): Json {
  const inner = checkDepth(depth)
  const record = table.addRecord(pos, 0, table.LIST)
  const list: Json[] = []
  pos++
  skipSpace()
  if (text.charCodeAt(pos) === 0x5d) {
    pos++
    table.closeRecord(record, pos)
    return list
  }
  for (;;) {
    list.push(parseValue(inner))
    skipSpace()
    const c = text.charCodeAt(pos)
    if (c !== 0x2c && c !== 0x5d) fail('after array element')
    pos++
    if (c === 0x5d) {
      table.closeRecord(record, pos)
      return list
    }
    skipSpace()
  }
}

const ESCAPES: Record<string, string> = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

function parseString(): string {
  const start = pos + 1
  for (pos = start; pos < text.length; pos++) {
    const c = text.charCodeAt(pos)
    if (c === 0x22) return text.slice(start, pos++)
    if (c === 0x5c) break
    if (c < 0x20) fail('in string literal')
  }
  let value = text.slice(start, pos)
  while (pos < text.length) {
    const c = text.charCodeAt(pos)
    if (c === 0x22) {
      pos++
      return value
    }
    if (c < 0x20) fail('in string literal')
    if (c === 0x5c) {
      value += parseEscape()
    } else {
      const piece = pos
      for (pos++; pos < text.length; pos++) {
        const next = text.charCodeAt(pos)
        if (next === 0x22 || next === 0x5c || next < 0x20) break
      }
      value += text.slice(piece, pos)
    }
  }
  return fail('in string literal')
}

function parseEscape(): string {
  pos++
  const letter = text.charAt(pos)
  if (letter !== 'u') {
    const simple = ESCAPES[letter]
    if (simple === undefined) fail('in string escape code')
    pos++
    return simple
  }
  const code = hexAt(pos + 1)
  pos += 5
  if (code < 0xd800 || code > 0xdfff) return String.fromCharCode(code)
  if (code < 0xdc00 && text.startsWith('\\u', pos) && /^[dD][c-fC-F][0-9a-fA-F]{2}$/.test(text.slice(pos + 2, pos + 6))) {
    const low = hexAt(pos + 2)
    pos += 6
    return String.fromCharCode(code, low)
  }
  return '\ufffd'
}

function hexAt(at: number): number {
  const digits = text.slice(at, at + 4)
  const good = /^[0-9a-fA-F]*/.exec(digits)![0].length
  if (good < 4) {
    pos = at + good
    fail('in \\u hexadecimal character escape')
  }
  return Number.parseInt(digits, 16)
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/y

function parseNumber(): Json {
  NUMBER.lastIndex = pos
  const match = NUMBER.exec(text)
  if (match === null) fail('looking for beginning of value')
  const digits = match[0]
  const start = pos
  pos += digits.length
  const record = table.addRecord(start, pos, table.TEXT | (PLAIN << table.STYLE_SHIFT))
  const value = Number(digits)
  const next = text.charAt(pos)
  if (match[2] === undefined && (next === 'e' || next === 'E' || (next === '.' && match[1] === undefined))) {
    pos++
    fail('in numeric literal')
  }
  if (!Number.isFinite(value)) {
    overflow ??= new ReadError('cannot unmarshal number into Go value of type float64', start)
    return null
  }
  const isInteger = match[1] === undefined && match[2] === undefined
  if (!isInteger || Number.isSafeInteger(value)) {
    if (value === 0 && /[1-9]/.test(digits.replace(/[eE].*/, ''))) notes.push({ kind: 'inexact-number', record, detail: 'a number too small for a double, which becomes 0' })
    return Object.is(value, -0) ? 0 : value
  }
  const whole = digits.length > 20 ? 0n : BigInt(digits)
  const fits = digits.length <= 20 && whole >= -(2n ** 63n) && whole < 2n ** 63n
  notes.push({ kind: 'inexact-number', record, detail: fits ? 'an integer beyond 2^53, which readers of JSON may round' : 'an integer beyond 64 bits, which is rounded' })
  if (!fits) return value
  hasBigInt = true
  return whole
}
