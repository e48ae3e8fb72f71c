/** A text by lines. Lines are counted from 1, as in findings; the line end, CR included, is no part of a line. */
export type Lines = {
  count: number
  /** At most `limit` UTF-16 units of a line. */
  at(line: number, limit?: number): string
  lengthOf(line: number): number
}

export function linesOf(text: string): Lines {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  const endOf = (line: number): number => {
    const end = line < starts.length ? starts[line] - 1 : text.length
    return text[end - 1] === '\r' && end > starts[line - 1] ? end - 1 : end
  }
  return {
    count: starts.length,
    at: (line, limit = Infinity) => text.slice(starts[line - 1], Math.min(endOf(line), starts[line - 1] + limit)),
    lengthOf: line => endOf(line) - starts[line - 1],
  }
}
