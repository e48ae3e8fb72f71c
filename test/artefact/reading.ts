import { type AccountedReading, type Artefact, defaultLimits } from '../../src/artefact/artefact.ts'
import type { Path } from '../../src/artefact/document.ts'
import { readFile } from '../../src/artefact/read.ts'

/** A file of the given text, as the linter reads it. */
export function reading(path: string, text: string | Uint8Array, chartName?: string): AccountedReading {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
  return readFile(path, bytes, chartName === undefined ? { limits: defaultLimits } : { limits: defaultLimits, chartName })
}

/** Kinds of the artefacts and reasons of what is uncovered. */
export function outline({ artefacts, uncovered }: AccountedReading): { kinds: string[]; reasons: string[] } {
  return { kinds: artefacts.map(artefact => artefact.kind), reasons: uncovered.map(part => part.reason) }
}

/** The text of the file at a path of an artefact. */
export function textAt({ text }: AccountedReading, artefact: Artefact, path: Path): string {
  const { value } = artefact.locate(path)
  return text.slice(value.start, value.end)
}
