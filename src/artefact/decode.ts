import { isUtf8 } from 'node:buffer'
import { ReadError } from './document.ts'

/** A file's text. Offsets into it are UTF-16 units; a byte order mark stays in the text as U+FEFF. */
export type Decoded = {
  text: string
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be'
  /** Where a UTF-16 offset stands in the file, in bytes. */
  byteOffset(offset: number): number
  /**
   * Where the first byte is that is no text in this encoding, as a UTF-16 offset; -1 when all is well. kubectl reads such bytes as U+FFFD and
   * goes on, and so does `text`.
   */
  invalid: number
}

/** Bytes to text as kubectl does it: UTF-8, or UTF-16 when the file begins with its mark. An odd byte at the end of UTF-16 is an error. */
export function decodeText(bytes: Uint8Array): Decoded | ReadError {
  const mark = bytes.length < 2 ? 0 : (bytes[0] << 8) | bytes[1]
  if (mark === 0xfffe) return decodeUtf16(bytes, 'utf-16le')
  if (mark === 0xfeff) return decodeUtf16(bytes, 'utf-16be')
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (isUtf8(bytes)) {
    const text = buffer.toString('utf8')
    return { text, encoding: 'utf-8', invalid: -1, byteOffset: text.length === bytes.length ? same : offsetIn(text) }
  }
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  return { text, encoding: 'utf-8', invalid: firstReplaced(text, buffer), byteOffset: offsetAmong(bytes) }
}

// Functions of their own: each keeps only what it is given, where one made inside would keep the bytes of every file of a run.
const same = (offset: number): number => offset
const twice = (offset: number): number => offset * 2
const offsetIn = (text: string) => (offset: number): number => Buffer.byteLength(text.slice(0, offset))
const offsetAmong = (bytes: Uint8Array) => (offset: number): number => byteOffsetOf(bytes, offset)

function decodeUtf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): Decoded | ReadError {
  if (bytes.length % 2 === 1) return new ReadError('incomplete UTF-16 character', (bytes.length - 1) / 2, 'encoding')
  const copy = Buffer.from(bytes)
  if (encoding === 'utf-16be') copy.swap16()
  const raw = copy.toString('utf16le')
  const invalid = raw.search(/\p{Surrogate}/u)
  return { text: invalid < 0 ? raw : raw.replace(/\p{Surrogate}/gu, '\ufffd'), encoding, invalid, byteOffset: twice }
}

/** The first replacement character that the file does not hold itself. */
function firstReplaced(text: string, buffer: Buffer): number {
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) {
    const byte = byteOffsetOf(buffer, at)
    if (buffer.readUIntBE(byte, Math.min(3, buffer.length - byte)) !== 0xefbfbd) return at
  }
  return -1
}

/** Decodes as far as the offset, byte sequence by byte sequence, because a bad one is a character too. */
function byteOffsetOf(bytes: Uint8Array, offset: number): number {
  let low = 0
  let high = bytes.length
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  while (low < high) {
    const middle = (low + high) >> 1
    if (decoder.decode(bytes.subarray(0, middle)).length > offset) high = middle
    else low = middle + 1
  }
  return Math.max(0, low - 1 - trailing(bytes, low - 1))
}

/** How many bytes of the sequence that `at` is in stand before it. */
function trailing(bytes: Uint8Array, at: number): number {
  let count = 0
  while (count < 3 && at - count > 0 && (bytes[at - count] & 0xc0) === 0x80) count++
  return (bytes[at - count] & 0xc0) === 0xc0 ? count : 0
}
