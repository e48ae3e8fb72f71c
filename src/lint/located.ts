import type { FileReading } from '../artefact/artefact.ts'
import type { Place } from '../artefact/document.ts'
import { linesOf, type Lines } from '../finding/place.ts'
import type { Source } from '../input/input.ts'

export type Located = { file: string; line: number; column: number; endLine: number; endColumn: number }

/** Turns places into lines and columns; the table of a file's lines is made at its first finding. */
export function locator(): (source: Source) => Located {
  const lines = new Map<FileReading, Lines>()
  return source => {
    let table = lines.get(source.file)
    if (table === undefined) {
      table = linesOf(source.file.text)
      lines.set(source.file, table)
    }
    return located(source.file, table, source.artefact.locate(source.path))
  }
}

/**
 * From the key to the end of the value where that is on one line; else the key alone, or the first line of what has no key: a frame that
 * shows a whole map points to nothing.
 */
function located(file: FileReading, lines: Lines, { key, value, missing }: Place): Located {
  const start = lines.at(key?.start ?? value.start)
  const whole = lines.at(value.end)
  const end = missing === 0 && whole.line === start.line ? whole : lines.at(key?.end ?? endOfLine(file.text, value.start, value.end))
  return { file: file.path, ...start, endLine: end.line, endColumn: end.column }
}

function endOfLine(text: string, start: number, end: number): number {
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at)
    if (code === 10 || code === 13) return at
  }
  return end
}
