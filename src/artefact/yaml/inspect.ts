/*
 * What is worth knowing of a text before it is read: rare characters change how.
 */
/** What go-yaml and PyYAML refuse to read at all. */
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
const UNCOMMON = /[^\t\n\x20-\x7e]/
const OTHER_BREAK = /[\r\x85\u2028\u2029]/

/** The place of the first control character, or -1, and whether `\n` is the only line break. */
export type Facts = { control: number; plainBreaks: boolean }

export function inspect(text: string): Facts {
  // Most texts are plain ASCII, and one look is enough.
  if (!UNCOMMON.test(text)) return { control: -1, plainBreaks: true }
  return { control: text.search(CONTROL), plainBreaks: !OTHER_BREAK.test(text) }
}

/** The first control character of a part of the text, or -1. */
export function controlIn(text: string, from: number, end: number, facts: Facts): number {
  if (facts.control < 0 || facts.control >= end) return -1
  CONTROL.lastIndex = Math.max(from, facts.control)
  const match = CONTROL.exec(text)
  return match !== null && match.index < end ? match.index : -1
}

/**
 * Where the block that holds `at` begins: go-yaml reads 512 bytes at a time, and a control character that it has not reached by the end of the
 * document, it does not see.
 */
export function blockStart(text: string, from: number, at: number): number {
  let bytes = 0
  let end = 512
  let start = from
  for (let i = from; i <= at; i++) {
    const c = text.charCodeAt(i)
    if (c === 0x0d && text.charCodeAt(i + 1) === 0x0a) continue
    const isPair = c >= 0xd800 && c <= 0xdbff
    const width = c < 0x80 ? 1 : c < 0x800 ? 2 : isPair ? 4 : 3
    if (bytes + width > end) {
      end = bytes + 512
      start = i
    }
    bytes += width
    if (isPair) i++
  }
  return start
}
