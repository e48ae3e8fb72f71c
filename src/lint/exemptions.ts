import type { FileReading } from '../artefact/artefact.ts'
import type { Span } from '../artefact/document.ts'
import { formatOf } from '../artefact/format.ts'
import { applyExemptions, covers, type Exemption } from '../finding/exemption.ts'
import { exemptionAnnotations } from '../finding/exemption-annotation.ts'
import { exemptionComments, type Reach } from '../finding/exemption-comment.ts'
import { faultIn, type Terms } from '../finding/exemption-terms.ts'
import { linesOf } from '../finding/place.ts'
import type { Control } from '../policy/catalogue.ts'
import type { ExemptionUse, Finding } from '../report/report.ts'

/** An exemption with the place where it is written; `trusted` ones stand outside of what is scanned, and hold under `--strict`. */
export type Written = Exemption & { trusted: boolean; file: FileReading; span: Span }

/** Something wrong with an exemption: what the control input-exemption reports. */
export type ExemptionFault = { file: FileReading; span: Span; kind: `exemption-${'incomplete' | 'too-long' | 'expired' | 'unused'}`; detail: string; terms: Terms; by: Written['by'] }

/** The exemptions of a run: those that are complete, and what is wrong with others. */
export type Exemptions = { written: Written[]; faults: ExemptionFault[] }

/** Adds an exemption, or its fault. */
export function note(into: Exemptions, terms: Terms, rest: Pick<Written, 'by' | 'trusted' | 'scope' | 'file' | 'span'>, controls: ReadonlyMap<string, Control>, today: string): void {
  const fault = faultIn(terms, controls, today)
  if (fault === undefined) into.written.push({ ...terms as Required<Terms> & Exemption, ...rest })
  else into.faults.push({ ...fault, terms, by: rest.by, file: rest.file, span: rest.span })
}

/** Adds the exemptions that stand in a file: in comments and in annotations. Before anything lets go of the values of its artefacts. */
export function noteWritten(into: Exemptions, file: FileReading, controls: ReadonlyMap<string, Control>, today: string, depth: number): void {
  // Most files hold none, and this is quick.
  if (!file.text.includes('mcp-policy')) return
  const lines = linesOf(file.text)
  const within = ({ start, end }: Span) => ({ file: file.path, start: lines.at(start), end: lines.at(end + 1) })
  for (const { span, scope, terms } of exemptionComments(file.text, reachOf(file.path))) {
    note(into, terms, { by: 'comment', trusted: false, scope: { within: within(scope) }, file, span }, controls, today)
  }
  for (const artefact of file.artefacts) {
    if (artefact.kind !== 'kubernetes') continue
    for (const { path, container, terms } of exemptionAnnotations(artefact, depth)) {
      const { key, value } = artefact.locate(path)
      const scope = { within: within(artefact.span), ...(container !== undefined && { container }) }
      note(into, terms, { by: 'annotation', trusted: false, scope, file, span: key ?? value }, controls, today)
    }
  }
}

function reachOf(path: string): Reach {
  const format = formatOf(path)
  if (format === 'dockerfile') return 'instruction'
  if (format === 'env') return 'line'
  return format === 'toml' ? 'table' : 'block'
}

export type ExemptionRules = {
  today: string
  /** Under the Pod Security profiles and `--strict` what stands in the scanned tree lifts nothing; why, or undefined where it does. */
  refused(exemption: Written): string | undefined
  /** False for one whose findings this run would not have met anyway. */
  mayBeUnused(exemption: Written): boolean
}

/** The findings with the exemptions of the run applied, what is wrong with those, and what became of each. */
export function withExemptions(
  findings: Finding[], { written, faults }: Exemptions, { today, refused, mayBeUnused }: ExemptionRules,
): { findings: Finding[]; faults: ExemptionFault[]; uses: ExemptionUse[] } {
  const accepted = written.filter(exemption => refused(exemption) === undefined)
  const rejected = written.filter(exemption => exemption.last_day >= today && refused(exemption) !== undefined)
  const { findings: judged, expired, unused, lifted } = applyExemptions(findings, accepted, today)
  const fault = (kind: ExemptionFault['kind'], { file, span, by, ...terms }: Written, detail: string): ExemptionFault => ({ kind, file, span, by, terms, detail })
  return {
    findings: rejected.length === 0 ? judged : judged.map(finding => {
      const by = finding.outcome === 'violated' && rejected.find(exemption => covers(exemption, finding))
      return by ? { ...finding, reason: `exempted in a ${by.by} of ${by.file.path}, which ${refused(by)} does not accept` } : finding
    }),
    faults: [
      ...faults,
      ...expired.map(exemption => fault('exemption-expired', exemption, `the exemption of ${exemption.control} ended on ${exemption.last_day}`)),
      ...unused.filter(mayBeUnused).map(exemption => fault('exemption-unused', exemption, `the exemption of ${exemption.control} meets no finding`)),
    ],
    uses: [
      ...faults.map(({ kind, ...rest }) => useOf(kind === 'exemption-too-long' ? 'too-long' : 'incomplete', 0, rest)),
      ...written.map(({ file, span, by, ...terms }, index) => {
        const exemption = written[index]
        const state = expired.includes(exemption) ? 'expired' : rejected.includes(exemption) ? 'refused' : unused.includes(exemption) ? 'unused' : 'used'
        return useOf(state, lifted.get(exemption) ?? 0, { file, span, by, terms })
      }),
    ],
  }
}

function useOf(state: ExemptionUse['state'], findings: number, { file, span, by, terms }: Pick<ExemptionFault, 'file' | 'span' | 'by' | 'terms'>): ExemptionUse {
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
  return {
    control: text(terms.control) ?? '', state, findings, reason: text(terms.reason), owner: text(terms.owner), last_day: text(terms.last_day),
    written: by, file: file.path, line: linesOf(file.text).at(span.start).line,
  }
}
