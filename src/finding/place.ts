/** Lines of a text, 1-based; columns count UTF-16 units from 1. LF, CRLF and a lone CR end a line, as for kubectl. */
export type Lines = { at(offset: number): { line: number; column: number } }

export function linesOf(text: string): Lines {
  const starts = text.includes('\r') ? startsAfterAnyEnd(text) : startsAfterLineFeeds(text)
  return {
    at(offset) {
      let low = 0
      let high = starts.length - 1
      while (low < high) {
        const middle = (low + high + 1) >> 1
        if (starts[middle] <= offset) low = middle
        else high = middle - 1
      }
      return { line: low + 1, column: offset - starts[low] + 1 }
    },
  }
}

function startsAfterLineFeeds(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

function startsAfterAnyEnd(text: string): number[] {
  const starts = [0]
  const ends = /\r\n?|\n/g
  while (ends.exec(text) !== null) starts.push(ends.lastIndex)
  return starts
}

/** A JSON path as people write it: `spec.containers[0].image`, `metadata.labels."app.kubernetes.io/name"`. */
export function pathText(path: (string | number)[]): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? keyText(step) : `.${keyText(step)}`)).join('')
}

const keyText = (key: string): string => (/^[\w-]+$/.test(key) ? key : JSON.stringify(key))
