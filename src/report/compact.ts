import { idOf, reasonWord, summaryLines, word } from './words.ts'
import type { CoveredDocument, Finding, Out, Report } from './report.ts'
import { visible } from './visible.ts'

/** A finding as one line: `gateway.yaml:14:9  warn  container gateway can write to its root filesystem  workload-readonly-rootfs`. */
export function findingLine(finding: Finding, ids: string = idOf(finding)): string {
  return `${placeOf(finding.file, finding.line, finding.column)}  ${word(finding)}  ${visible(finding.message)}  ${ids}`
}

export const placeOf = (file: string, line: number, column?: number): string =>
  `${visible(file)}:${line}${column === undefined ? '' : `:${column}`}`

/** The parts of a report that were not evaluated, as lines. */
export function uncoveredLines(report: Report, shows: (file: string, document: CoveredDocument) => boolean): string[] {
  return report.coverage.flatMap(({ file, documents }) =>
    documents
      .filter(document => !document.evaluated && shows(file, document))
      .map(document => `${placeOf(file, document.line, document.column)}  not evaluated  ${whyNot(document)}`))
}

/** Why a document was not evaluated, and what can be done about it, as one line. */
export const whyNot = ({ reason = '', detail, hint }: CoveredDocument): string =>
  [reasonWord(reason), detail, hint].filter(part => part !== undefined && part !== '').map(part => visible(part as string)).join('; ')

/** One line a finding, what is undecidable or exempt included, for editors and grep. The summary follows. */
export function writeCompact(report: Report, out: Out): void {
  for (const finding of report.findings) out(`${findingLine(finding)}\n`)
  for (const line of uncoveredLines(report, () => true)) out(`${line}\n`)
  for (const { path, message } of report.problems) out(`${visible(path)}  problem  ${visible(message)}\n`)
  for (const line of summaryLines(report.summary, report.problems)) out(`${line}\n`)
}
