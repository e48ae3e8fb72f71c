import { wellFormed } from './visible.ts'

/** Our own text as Markdown that shows it as it is; code between backticks stays code. */
export function markdown(text: string): string {
  return text.split(/(`[^`]*`)/).map((part, index) => (index % 2 === 1 ? part : part.replace(/[\\*_<[\]#`]/g, '\\$&'))).join('')
}

/**
 * Text of strangers as a code span: the one place where Markdown makes no link, no mention, no image and no HTML of anything. At most
 * `most` characters, on one line.
 */
export function codeSpan(text: string, most: number): string {
  const shown = text.length > most ? `${wellFormed(text.slice(0, most))}…` : text
  const ticks = '`'.repeat(Math.max(0, ...(shown.match(/`+/g) ?? []).map(({ length }) => length)) + 1)
  const blank = /^[` ]|[` ]$/.test(shown) || shown === '' ? ' ' : ''
  return `${ticks}${blank}${shown}${blank}${ticks}`
}
