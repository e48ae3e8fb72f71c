import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readFile } from '../artefact/read.ts'
import { defaultLimits } from '../artefact/artefact.ts'
import { corpora, filesBelow } from './corpora.ts'
import { root } from './opa.ts'

/** Texts of Kubernetes documents for a benchmark: those of the corpora, or of the examples where there are none, copied with numbered names. */
export function documentsFor(count: number): string[] {
  const originals = realDocuments()
  return Array.from({ length: count }, (_, index) =>
    originals[index % originals.length].replace(/^(metadata:\n(?: {2}.*\n)*? {2}name: *)([\w.-]+)/m, `$1$2-${index}`))
}

function realDocuments(): string[] {
  for (const folder of [corpora, join(root, 'test', 'examples')]) {
    const documents = filesBelow(folder).filter(path => /\.ya?ml$/.test(path)).flatMap(documentsIn)
    if (documents.length > 0) return documents
  }
  throw new Error('there are no documents to measure with')
}

/** Kubernetes objects of less than 4 KB, which most are; a few large ones would measure nothing but themselves. */
function documentsIn(path: string): string[] {
  const reading = readFile(path, readFileSync(path), { limits: defaultLimits })
  if (reading.uncovered.length > 0) return []
  return reading.artefacts
    .filter(({ kind, outer, item, span }) => kind === 'kubernetes' && outer === undefined && item === undefined && span.end - span.start < 4_000)
    .map(({ span }) => `${reading.text.slice(span.start, span.end).replace(/^---.*\n/, '')}\n`)
}
