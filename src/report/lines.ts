/** A text by lines, counted from 1 as in findings: LF, CRLF and a lone CR end one, as in `finding/place.ts`, and are no part of it. */
export type Lines = {
  count: number
  /** At most `limit` UTF-16 units of a line. */
  at(line: number, limit?: number): string
  lengthOf(line: number): number
}

export function linesOf(text: string): Lines {
  const starts = [0]
  const ends: number[] = []
  for (const { index, 0: end } of text.matchAll(/\r\n?|\n/g)) {
    ends.push(index)
    starts.push(index + end.length)
  }
  ends.push(text.length)
  return {
    count: starts.length,
    at: (line, limit = Infinity) => text.slice(starts[line - 1], Math.min(ends[line - 1], starts[line - 1] + limit)),
    lengthOf: line => ends[line - 1] - starts[line - 1],
  }
}
