import type { AccountedReading } from '../artefact/artefact.ts'

/** What a file leaves unsaid: text in no document, and documents of which there is neither an artefact nor a word. */
export function unaccounted({ text, artefacts, uncovered, documents, empty }: AccountedReading): { lost: string; silent: number[] } {
  const isUnread = uncovered.some(part => part.document === undefined)
  const spans = [...documents, ...empty].sort((one, other) => one.start - other.start || one.end - other.end)
  const lost: string[] = []
  let offset = 0
  for (const { start, end } of spans) {
    lost.push(text.slice(offset, start))
    offset = Math.max(offset, end)
  }
  lost.push(text.slice(offset))
  const spoken = new Set([...artefacts, ...uncovered].map(part => part.document))
  return { lost: isUnread ? '' : lost.join(''), silent: [...documents.keys()].filter(number => !spoken.has(number)) }
}
