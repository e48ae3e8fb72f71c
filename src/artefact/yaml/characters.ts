/*
 * Classes of characters. Derived from go-yaml v2 (yamlprivateh.go), MIT and Apache-2.0.
 */
export const BLANK = 1
export const BREAK = 2
export const BLANKZ = BLANK | BREAK

/** BLANK for space and tab, BREAK for what ends a line: LF, CR, NEL, LS, PS. */
export function kindOf(c: number): number {
  if (c > 0x20) return isBreak(c) ? BREAK : 0
  return c === 0x20 || c === 0x09 ? BLANK : c === 0x0a || c === 0x0d ? BREAK : 0
}

export function isBreak(c: number): boolean {
  return c === 0x0a || c === 0x0d || c === 0x85 || c === 0x2028 || c === 0x2029
}

/** A blank, a break or the end. */
export function isBlankz(text: string, at: number, end: number): boolean {
  if (at >= end) return true
  const c = text.charCodeAt(at)
  return c === 0x20 || c === 0x0a || c === 0x09 || c === 0x0d || c === 0x85 || c === 0x2028 || c === 0x2029
}

/** What a name of an anchor, tag handle or directive is made of. */
export function isAlpha(c: number): boolean {
  return (c >= 0x61 && c <= 0x7a) || (c >= 0x41 && c <= 0x5a) || (c >= 0x30 && c <= 0x39) || c === 0x5f || c === 0x2d
}

export function isDigit(c: number): boolean {
  return c >= 0x30 && c <= 0x39
}

/** The value of a hexadecimal digit, or -1. */
export function hexValue(c: number): number {
  if (c >= 0x30 && c <= 0x39) return c - 0x30
  if (c >= 0x61 && c <= 0x66) return c - 0x57
  if (c >= 0x41 && c <= 0x46) return c - 0x37
  return -1
}
