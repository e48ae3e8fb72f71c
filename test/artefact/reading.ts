import { type Artefact, defaultLimits, type FileReading } from '../../src/artefact/artefact.ts'
import type { Path, Span } from '../../src/artefact/document.ts'
import { readFile } from '../../src/artefact/read.ts'

/** A file of the given text, as the linter reads it. */
export function reading(path: string, text: string | Uint8Array, chartName?: string): FileReading {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
  return readFile(path, bytes, chartName === undefined ? { limits: defaultLimits } : { limits: defaultLimits, chartName })
}

/** Kinds of the artefacts and reasons of what is uncovered. */
export function outline({ artefacts, uncovered }: FileReading): { kinds: string[]; reasons: string[] } {
  return { kinds: artefacts.map(artefact => artefact.kind), reasons: uncovered.map(part => part.reason) }
}

/** The text of the file at a path of an artefact. */
export function textAt({ text }: FileReading, artefact: Artefact, path: Path): string {
  const { value } = artefact.locate(path)
  return text.slice(value.start, value.end)
}

/**
 * The text that is in no artefact, no uncovered part and no empty document, without what may be nowhere: blanks, comments
 * and document separators.
 */
export function lostText({ text, artefacts, uncovered, empty }: FileReading): string {
  if (uncovered.some(part => part.reason === 'encoding' || part.reason === 'unreadable')) return ''
  const spans: Span[] = [...artefacts.filter(artefact => artefact.outer === undefined), ...uncovered].map(part => part.span).concat(empty)
  spans.sort((one, other) => one.start - other.start)
  let lost = ''
  let offset = 0
  for (const { start, end } of spans) {
    if (start > offset) lost += `${text.slice(offset, start)}\n`
    offset = Math.max(offset, end)
  }
  lost += text.slice(offset)
  return lost.replace(/^\ufeff?(---|\.\.\.)(?=\s|$)/gm, '').replace(/#.*/g, '').replace(/[\s\ufeff]/g, '')
}
