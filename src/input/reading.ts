import type { Artefact, FileReading } from '../artefact/artefact.ts'
import type { Path, Remark, Span } from '../artefact/document.ts'
import { isMap } from '../artefact/json.ts'
import { stableSteps } from '../finding/stable-path.ts'
import type { Unjudged } from '../lint/coverage.ts'
import type { Identity, Projected } from './input.ts'
import { identityOf } from './kubernetes.ts'

/** What a remark is about, whatever line it stands on. */
export type Remarked = { identity: Identity; steps: string[] }

/** Notes what the remarks on a file are about, as long as its values are there. */
export function noteRemarks({ artefacts }: FileReading, remarked: WeakMap<Remark, Remarked>): void {
  for (const { remarks, kind, value, outer } of artefacts) {
    if (remarks.length === 0) continue
    const holder = outer === undefined ? value : artefacts[outer.artefact].value
    const identity = isMap(holder) && (outer?.kind ?? kind) === 'kubernetes' ? identityOf(holder) : {}
    const inside = outer === undefined ? [] : stableSteps(holder, outer.path)
    for (const remark of remarks) remarked.set(remark, { identity, steps: [remark.kind, ...inside, ...stableSteps(value, remark.path)] })
  }
}

/**
 * What the reader noticed about a file, as an artefact of its own, for the controls of area `input`: what was not judged, and what may be
 * read in two ways. Gives undefined where there is nothing to say.
 */
export function projectReading(file: FileReading, unjudged: Unjudged[], remarked: WeakMap<Remark, Remarked>): Projected | undefined {
  const remarks = file.artefacts.flatMap(artefact =>
    artefact.remarks.filter(remark => !isFileMode(remark)).map(remark => ({ ...remark, artefact, about: remarked.get(remark) })))
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
    stable(_, [list, index]) {
      const about = list === 'remarks' && typeof index === 'number' ? remarks[index].about : undefined
      return about ?? { steps: list === 'uncovered' && typeof index === 'number' ? [unjudged[index].reason] : [] }
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

/** What is wrong with the exemptions that a file holds, in the same shape. */
export function projectFaults(file: FileReading, faults: { kind: string; detail: string; span: Span }[]): Projected {
  return {
    kind: 'reading',
    identity: {},
    fields: { kind: 'reading', value: { uncovered: [], remarks: faults.map(({ kind, detail }) => ({ kind, detail, key: '' })) } },
    source: ([, index]) => ({ file, artefact: placed(0, faults[typeof index === 'number' ? index : 0].span), path: [] }),
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
