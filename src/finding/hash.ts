/**
 * 128 bits of a text as 32 hexadecimal digits: MurmurHash3_x86_128 over its UTF-16 units, two bytes each. For telling findings apart, not
 * for keeping anybody from making two alike; `node:crypto` would add a fifth to the start-up of a small run.
 * https://github.com/aappleby/smhasher/blob/master/src/MurmurHash3.cpp (public domain)
 */
export function hash128(text: string): string {
  const units = room(text.length)
  put(units, 0, text)
  return digest(units, text.length)
}

/** The same of a list of texts, each put as `length:text`, so that no text of one list can be taken for another's. */
export function hashList(texts: readonly string[]): string {
  let most = 0
  for (const text of texts) most += text.length + longestFrame
  const units = room(most)
  let end = 0
  for (const text of texts) end = put(units, put(units, end, `${text.length}:`), text)
  return digest(units, end)
}

/** Enough for the digits of any length and a colon. */
const longestFrame = 17

const usual = new Uint16Array(4096)
const room = (length: number): Uint16Array => (length <= usual.length ? usual : new Uint16Array(length))

function put(units: Uint16Array, end: number, text: string): number {
  for (let at = 0; at < text.length; at++) units[end + at] = text.charCodeAt(at)
  return end + text.length
}

function digest(units: Uint16Array, length: number): string {
  let h1 = 0, h2 = 0, h3 = 0, h4 = 0
  const full = length & ~7
  for (let at = 0; at < full; at += 8) {
    h1 = Math.imul(rotated(h1 ^ mixed(units[at] | (units[at + 1] << 16), c1, 15, c2), 19) + h2, 5) + 0x561ccd1b | 0
    h2 = Math.imul(rotated(h2 ^ mixed(units[at + 2] | (units[at + 3] << 16), c2, 16, c3), 17) + h3, 5) + 0x0bcaa747 | 0
    h3 = Math.imul(rotated(h3 ^ mixed(units[at + 4] | (units[at + 5] << 16), c3, 17, c4), 15) + h4, 5) + 0x96cd1c35 | 0
    h4 = Math.imul(rotated(h4 ^ mixed(units[at + 6] | (units[at + 7] << 16), c4, 18, c1), 13) + h1, 5) + 0x32ac3b17 | 0
  }
  if (full < length) {
    h1 ^= mixed(block(units, full, length), c1, 15, c2)
    h2 ^= mixed(block(units, full + 2, length), c2, 16, c3)
    h3 ^= mixed(block(units, full + 4, length), c3, 17, c4)
    h4 ^= mixed(block(units, full + 6, length), c4, 18, c1)
  }
  const bytes = length * 2
  h1 ^= bytes, h2 ^= bytes, h3 ^= bytes, h4 ^= bytes
  h1 = (h1 + h2 + h3 + h4) | 0
  h2 = (h2 + h1) | 0, h3 = (h3 + h1) | 0, h4 = (h4 + h1) | 0
  h1 = final(h1), h2 = final(h2), h3 = final(h3), h4 = final(h4)
  h1 = (h1 + h2 + h3 + h4) | 0
  h2 = (h2 + h1) | 0, h3 = (h3 + h1) | 0, h4 = (h4 + h1) | 0
  return hexadecimal(h1, h2, h3, h4)
}

const c1 = 0x239b961b, c2 = 0xab0e9789, c3 = 0x38b34ae5, c4 = 0xa1e38b93

const rotated = (value: number, by: number): number => (value << by) | (value >>> (32 - by))

const mixed = (value: number, first: number, by: number, second: number): number => Math.imul(rotated(Math.imul(value, first), by), second)

function final(value: number): number {
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return value ^ (value >>> 16)
}

const written = Buffer.alloc(32)

/** One flat string: what is put together from pieces stays a tree of them, and a run holds tens of thousands. */
function hexadecimal(...words: number[]): string {
  let at = 0
  for (const word of words) {
    for (let shift = 28; shift >= 0; shift -= 4) written[at++] = '0123456789abcdef'.charCodeAt((word >>> shift) & 15)
  }
  return written.toString('latin1')
}

/** Two units of the rest, zero where it ends. */
function block(units: Uint16Array, at: number, length: number): number {
  return (at < length ? units[at] : 0) | ((at + 1 < length ? units[at + 1] : 0) << 16)
}
