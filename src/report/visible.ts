/** A character as it is shown: the text, how many cells of a terminal it takes, and the UTF-16 offset that it stands for. */
export type Cell = { offset: number; text: string; width: number }

const tabWidth = 4

/** Controls, direction marks, and what else a terminal obeys or hides. */
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/u
const anyUnsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu
const plain = /^[\x20-\x7e]*$/
const mark = /\p{M}/u
const wide = /[\u1100-\u115f\u2e80-\u303e\u3041-\u4dbf\u4e00-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1faff}\u{20000}-\u{3fffd}\p{Emoji_Presentation}]/u

/** True when a text is shown as it stands: printable ASCII, one cell a character. */
export const isPlain = (text: string): boolean => plain.test(text)

/** One line of text that moves no cursor and hides nothing: `ESC` becomes `␛`, a direction mark `<U+202E>`. */
export function visible(text: string): string {
  return isPlain(text) ? text : text.replace(anyUnsafe, shown)
}

/** A text without halves of surrogate pairs, which no encoding can write. */
export const wellFormed = (text: string): string => text.replace(/\p{Cs}/gu, '\ufffd')

/** The cells of a line from `offset` on; tabs go to the next multiple of four. */
export function cellsOf(text: string, offset = 0): Cell[] {
  const cells: Cell[] = []
  let column = 0
  for (const character of text) {
    const cell = cellOf(character, column)
    cells.push({ offset, ...cell })
    offset += character.length
    column += cell.width
  }
  return cells
}

function cellOf(character: string, column: number): { text: string; width: number } {
  if (character >= ' ' && character <= '~') return { text: character, width: 1 }
  if (character === '\t') {
    const width = tabWidth - (column % tabWidth)
    return { text: ' '.repeat(width), width }
  }
  if (unsafe.test(character)) {
    const text = shown(character)
    return { text, width: text.length }
  }
  return { text: character, width: mark.test(character) ? 0 : wide.test(character) ? 2 : 1 }
}

function shown(character: string): string {
  const code = character.codePointAt(0) as number
  if (code < 0x20) return String.fromCodePoint(0x2400 + code)
  if (code === 0x7f) return '\u2421'
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`
}
