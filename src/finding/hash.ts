/**
 * 128 bits of a text as 32 hexadecimal digits: MurmurHash3_x86_128 over its UTF-16 units, two bytes each. For telling findings apart, not
 * for keeping anybody from making two alike; `node:crypto` would add a fifth to the start-up of a small run.
 * https://github.com/aappleby/smhasher/blob/master/src/MurmurHash3.cpp (public domain)
 */
export function hash128(text: string): string {
  let h1 = 0, h2 = 0, h3 = 0, h4 = 0
  const full = text.length & ~7
  for (let at = 0; at < full; at += 8) {
    h1 = Math.imul(rotated(h1 ^ mixed(text.charCodeAt(at) | (text.charCodeAt(at + 1) << 16), c1, 15, c2), 19) + h2, 5) + 0x561ccd1b | 0
    h2 = Math.imul(rotated(h2 ^ mixed(text.charCodeAt(at + 2) | (text.charCodeAt(at + 3) << 16), c2, 16, c3), 17) + h3, 5) + 0x0bcaa747 | 0
    h3 = Math.imul(rotated(h3 ^ mixed(text.charCodeAt(at + 4) | (text.charCodeAt(at + 5) << 16), c3, 17, c4), 15) + h4, 5) + 0x96cd1c35 | 0
    h4 = Math.imul(rotated(h4 ^ mixed(text.charCodeAt(at + 6) | (text.charCodeAt(at + 7) << 16), c4, 18, c1), 13) + h1, 5) + 0x32ac3b17 | 0
  }
  if (full < text.length) {
    h1 ^= mixed(block(text, full), c1, 15, c2)
    h2 ^= mixed(block(text, full + 2), c2, 16, c3)
    h3 ^= mixed(block(text, full + 4), c3, 17, c4)
    h4 ^= mixed(block(text, full + 6), c4, 18, c1)
  }
  const bytes = text.length * 2
  h1 ^= bytes, h2 ^= bytes, h3 ^= bytes, h4 ^= bytes
  h1 = (h1 + h2 + h3 + h4) | 0
  h2 = (h2 + h1) | 0, h3 = (h3 + h1) | 0, h4 = (h4 + h1) | 0
  h1 = final(h1), h2 = final(h2), h3 = final(h3), h4 = final(h4)
  h1 = (h1 + h2 + h3 + h4) | 0
  h2 = (h2 + h1) | 0, h3 = (h3 + h1) | 0, h4 = (h4 + h1) | 0
  return digits(h1) + digits(h2) + digits(h3) + digits(h4)
}

const c1 = 0x239b961b, c2 = 0xab0e9789, c3 = 0x38b34ae5, c4 = 0xa1e38b93

const rotated = (value: number, by: number): number => (value << by) | (value >>> (32 - by))

const mixed = (value: number, first: number, by: number, second: number): number => Math.imul(rotated(Math.imul(value, first), by), second)

function final(value: number): number {
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return value ^ (value >>> 16)
}

const pairs = Array.from({ length: 256 }, (_, value) => value.toString(16).padStart(2, '0'))

const digits = (value: number): string => pairs[value >>> 24] + pairs[(value >>> 16) & 255] + pairs[(value >>> 8) & 255] + pairs[value & 255]

/** Two units of the rest, zero where it ends. */
function block(text: string, at: number): number {
  return (at < text.length ? text.charCodeAt(at) : 0) | ((at + 1 < text.length ? text.charCodeAt(at + 1) : 0) << 16)
}
