import type { ArtefactKind } from './artefact.ts'
import type { Json } from './document.ts'

/** How the program that reads a kind reads YAML. */
export type Dialect = 'kubectl' | 'go-yaml-v3' | 'pyyaml'

/** What a document is. */
export type Recognised = {
  kind: ArtefactKind
  /** `any` where all readers will do: of kinds that no control reads, and of JSON. */
  dialect: Dialect | 'any'
  about?: { [key: string]: Json }
  /** Set for a kind that is known and that no control reads: what to call it in a message. */
  unread?: string
}

/** The name of a file, as far as recognisers look at it. */
export type FileName = { path: string; base: string; chartName?: string }

export function fileName(path: string, chartName?: string): FileName {
  const normal = path.replaceAll('\\', '/')
  const name: FileName = { path: normal, base: normal.slice(normal.lastIndexOf('/') + 1) }
  if (chartName !== undefined) name.chartName = chartName
  return name
}
