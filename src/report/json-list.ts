import type { Out } from './report.ts'

/** Writes a list of JSON as it comes, one item a line, so that no list is ever one string. */
export function writeList<One>(key: string, list: Iterable<One>, out: Out, text: (one: One) => string): void {
  out(`"${key}": [`)
  let first = true
  for (const one of list) {
    out(`${first ? '\n' : ',\n'}${text(one)}`)
    first = false
  }
  out('\n]')
}
