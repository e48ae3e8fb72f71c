import type { Limits } from './artefact.ts'
import type { StreamDocument } from './document.ts'
import { recognise } from './recognise.ts'
import type { Dialect, FileName, Recognised } from './recognised.ts'
import { readStream } from './yaml/stream.ts'

/** A document of a YAML stream with what it is. */
export type RecognisedDocument = StreamDocument & { recognised?: Recognised }

/**
 * Reads a YAML stream (or JSON, which kubectl reads as strict JSON) the way the program reads it that the documents are for.
 *
 * Kubernetes is the common case and takes one pass. What is for another program is read again in that program's way, but only
 * where the two could differ: where kubectl's reading failed or had remarks.
 */
export function readDocuments(text: string, name: FileName, limits: Limits): RecognisedDocument[] {
  const documents = readAs('kubectl', text, name, limits)
  if (documents.every(isSettled) || documents.some(document => document.recognised?.dialect === 'kubectl')) return documents
  const meant = documents.find(document => !isSettled(document) && document.recognised !== undefined)?.recognised
  if (meant !== undefined) return withKind(readAs(meant.dialect as Dialect, text, name, limits), meant)
  return documents.some(document => 'error' in document) ? (readAsAnother(text, name, limits) ?? documents) : documents
}

/** The reading of another dialect, where that makes sense of a text that kubectl's does not. */
function readAsAnother(text: string, name: FileName, limits: Limits): RecognisedDocument[] | undefined {
  for (const dialect of ['go-yaml-v3', 'pyyaml'] as const) {
    const documents = readAs(dialect, text, name, limits)
    const wanted = [dialect, 'any']
    if (documents.some(document => document.recognised !== undefined && wanted.includes(document.recognised.dialect))) return documents
  }
  return undefined
}

/** Reads a text as one dialect alone. */
export function readAs(dialect: Dialect, text: string, name: FileName, limits: Limits): RecognisedDocument[] {
  return readStream(text, dialect, { depth: limits.depth }).map(document => {
    const recognised = 'parsed' in document ? recognise(document.parsed.value, name) : undefined
    return recognised === undefined ? document : { ...document, recognised }
  })
}

/** True where every dialect reads the same, or the dialect of the reading is the right one. */
function isSettled(document: RecognisedDocument): boolean {
  if ('error' in document) return false
  if (!('parsed' in document) || document.parsed.remarks.length === 0) return true
  return document.recognised === undefined || ['kubectl', 'any'].includes(document.recognised.dialect)
}

/** Says of what cannot be read in its own dialect what it was meant to be. */
function withKind(documents: RecognisedDocument[], recognised: Recognised): RecognisedDocument[] {
  return documents.map(document => ('error' in document ? { ...document, recognised } : document))
}
