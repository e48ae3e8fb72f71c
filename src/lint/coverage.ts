import type { FileReading, Uncovered, UncoveredReason } from '../artefact/artefact.ts'
import type { Lines } from '../finding/place.ts'
import type { CoveredDocument, Coverage } from '../report/report.ts'

/** A part of a file that was read and then not judged: an input over a limit, or a control that failed on it. */
export type Unjudged = Omit<Uncovered, 'reason'> & { reason: UncoveredReason | 'failed' | 'out-of-scope' }

/** Which parts of a file controls judged, and why not the others. In the order of the file. */
export function coverageOf(file: FileReading, unjudged: Unjudged[], lines: () => Lines): Coverage {
  const documents: CoveredDocument[] = []
  for (const { outer, span, document, kind } of file.artefacts) {
    if (outer !== undefined || unjudged.some(left => left.span.start === span.start && left.span.end === span.end)) continue
    const { line, column } = span.start === 0 ? top : lines().at(firstText(file.text, span.start, span.end))
    documents.push({ document, startByte: file.byteOffset(span.start), endByte: file.byteOffset(span.end), line, column, evaluated: true, kind })
  }
  const evaluated = documents.length
  for (const { span, at, document, kind, reason, detail, hint } of unjudged) {
    const { line, column } = lines().at(at ?? firstText(file.text, span.start, span.end))
    documents.push({
      document, startByte: file.byteOffset(span.start), endByte: file.byteOffset(span.end), line, column, evaluated: false, kind, reason, detail, hint,
    })
  }
  if (evaluated > 0 && unjudged.length > 0) documents.sort((a, b) => a.startByte - b.startByte)
  const status = unjudged.length === 0 ? 'evaluated' : evaluated > 0 ? 'in-part' : 'not-evaluated'
  return { file: file.path, status, documents: documents.slice() }
}

const top = { line: 1, column: 1 }

/** The first character that is neither blank nor part of a separator or comment, where a reader looks for the document. */
function firstText(text: string, start: number, end: number): number {
  const found = /^(?:\s|---[^\n]*\n|#[^\n]*\n)*/.exec(text.slice(start, Math.min(end, start + 4096)))
  const at = start + (found?.[0].length ?? 0)
  return at < end ? at : start
}
