import type { FileReading } from '../artefact/artefact.ts'
import type { Span } from '../artefact/document.ts'

/** Stretches of a file that are in no artefact, uncovered part or empty document, and are more than blanks, comments and separators. */
export function unaccounted({ text, artefacts, uncovered, empty }: FileReading): Span[] {
  const spans = [...artefacts.filter(({ outer }) => outer === undefined).map(({ span }) => span), ...uncovered.map(({ span }) => span), ...empty]
    .sort((a, b) => a.start - b.start)
  const lost: Span[] = []
  let at = 0
  for (const { start, end } of [...spans, { start: text.length, end: text.length }]) {
    if (start > at && !/^(?:\s|\uFEFF|---|\.\.\.|#[^\n\r]*(?:[\n\r]|$))*$/.test(text.slice(at, start))) lost.push({ start: at, end: start })
    at = Math.max(at, end)
  }
  return lost
}
