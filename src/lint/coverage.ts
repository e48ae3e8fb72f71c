import type { FileReading, Uncovered, UncoveredReason } from '../artefact/artefact.ts'
import type { Lines } from '../finding/place.ts'
import type { CoveredDocument, Coverage } from '../report/report.ts'

/** A part of a file that was read and then not judged: an input over a limit, or a control that failed on it. */
export type Unjudged = Omit<Uncovered, 'reason'> & { reason: UncoveredReason | 'failed' | 'out-of-scope' }

/** Which parts of a file controls judged, and why not the others. In the order of the file. */
export function coverageOf(file: FileReading, unjudged: Unjudged[], lines: () => Lines): Coverage {
  const documents: (CoveredDocument & { start: number })[] = []
  const add = (start: number, end: number, rest: Omit<CoveredDocument, 'startByte' | 'endByte' | 'line' | 'column'>, at?: number) => {
    const place = rest.evaluated && start === 0 ? { line: 1, column: 1 } : lines().at(at ?? firstText(file.text, start, end))
    documents.push({ start, startByte: file.byteOffset(start), endByte: file.byteOffset(end), ...place, ...rest })
  }
  const left = new Set(unjudged.map(({ span }) => `${span.start}-${span.end}`))
  for (const artefact of file.artefacts) {
    if (artefact.outer !== undefined || left.has(`${artefact.span.start}-${artefact.span.end}`)) continue
    add(artefact.span.start, artefact.span.end, { document: artefact.document, kind: artefact.kind, evaluated: true })
  }
  for (const { span, at, ...rest } of unjudged) add(span.start, span.end, { ...rest, evaluated: false }, at)
  documents.sort((a, b) => a.start - b.start)
  const evaluated = documents.filter(document => document.evaluated).length
  return {
    file: file.path,
    status: evaluated === documents.length ? 'evaluated' : evaluated > 0 ? 'in-part' : 'not-evaluated',
    documents: documents.map(({ start: _, ...document }) => document),
  }
}

/** The first character that is neither blank nor part of a separator or comment, where a reader looks for the document. */
function firstText(text: string, start: number, end: number): number {
  const found = /^(?:\s|---[^\n]*\n|#[^\n]*\n)*/.exec(text.slice(start, Math.min(end, start + 4096)))
  const at = start + (found?.[0].length ?? 0)
  return at < end ? at : start
}
