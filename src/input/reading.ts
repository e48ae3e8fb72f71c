import type { Artefact, FileReading } from '../artefact/artefact.ts'
import type { Path, Remark, Span } from '../artefact/document.ts'
import type { Unjudged } from '../lint/coverage.ts'
import type { Projected } from './input.ts'

/**
 * What the reader noticed about a file, as an artefact of its own, for the controls of area `input`: what was not judged, and what may be
 * read in two ways. Gives undefined where there is nothing to say.
 */
export function projectReading(file: FileReading, unjudged: Unjudged[]): Projected | undefined {
  const remarks = file.artefacts.flatMap(artefact =>
    artefact.remarks.filter(remark => !isFileMode(remark)).map(remark => ({ ...remark, artefact })))
  if (unjudged.length === 0 && remarks.length === 0) return undefined
  return {
    kind: 'reading',
    identity: {},
    fields: {
      kind: 'reading',
      value: {
        uncovered: unjudged.map(({ reason, detail }) => ({ reason, detail })),
        remarks: remarks.map(({ kind, detail, path }) => ({ kind, detail, key: String(path.at(-1) ?? '') })),
      },
    },
    source([list, index]) {
      if (list === 'remarks' && typeof index === 'number') {
        const { artefact, path, span } = remarks[index]
        return { file, artefact: placed(artefact.document, span), path: [...(artefact.outer?.path ?? artefact.item ?? []), ...path] }
      }
      const { span, at, document = 0 } = list === 'uncovered' && typeof index === 'number' ? unjudged[index] : { span: { start: 0, end: 0 } }
      return { file, artefact: placed(document, at === undefined ? span : { start: at, end: at + 1 }), path: [] }
    },
  }
}

/** Octal modes (`defaultMode: 0644`) are what every Kubernetes tool reads alike and what people write. */
function isFileMode({ kind, path }: { kind: Remark['kind']; path: Path }): boolean {
  const last = path.at(-1)
  return kind === 'ambiguous-scalar' && (last === 'defaultMode' || last === 'mode')
}

/** Stands for the part of the file that the reader means. */
function placed(document: number, span: Span): Artefact {
  return { kind: 'reading', value: null, locate: () => ({ value: span, missing: 0 }), remarks: [], hasBigInt: false, document, span }
}
