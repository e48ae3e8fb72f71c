import { writeList } from './json-list.ts'
import type { ControlText, Finding, Out, Report } from './report.ts'

/** The version of `schemas/report.schema.json`; it grows when a reader of the last one could be misled. */
export const reportVersion = 1

/**
 * The report as data, one finding and one file a line. It is never one string: a run over 10,000 documents goes through it
 * line by line. The same report gives the same bytes.
 */
export function writeJson(report: Report, controls: ReadonlyMap<string, ControlText>, out: Out): void {
  const { tool, bundle, profile, summary, findings, coverage, exemptions, problems } = report
  out(`{\n"version": ${reportVersion},\n`)
  for (const [key, value] of Object.entries({ tool, bundle, profile, summary })) out(`"${key}": ${JSON.stringify(value)},\n`)
  out('"controls": {')
  const named = [...new Set(findings.map(({ control }) => control))].sort()
  named.forEach((id, index) => out(`${index === 0 ? '\n' : ',\n'}${JSON.stringify(id)}: ${JSON.stringify(textOf(controls.get(id) as ControlText))}`))
  out('\n},\n')
  writeList('findings', findings, out, findingText())
  out(',\n')
  writeList('coverage', coverage, out, JSON.stringify)
  out(',\n')
  writeList('exemptions', exemptions, out, JSON.stringify)
  out(',\n')
  writeList('problems', problems, out, JSON.stringify)
  out('\n}\n')
}

const textOf = ({ title, severity, remediation, items }: ControlText): object => ({ title, severity, remediation, items })

/** What JSON.stringify makes of a finding, at half the cost: a report is mostly findings, and most of their fields need no escapes. */
function findingText(): (finding: Finding) => string {
  const abouts = new WeakMap<object, string>()
  const about = (artefact: Finding['artefact']): string => {
    const known = abouts.get(artefact) ?? JSON.stringify(artefact)
    abouts.set(artefact, known)
    return known
  }
  return ({ control, case: part, severity, enforcement, outcome, message, artefact, file, line, column, endLine, endColumn, path, fingerprint, labels, exemption, reason, baseline }) =>
    `{"control":"${control}",${part === undefined ? '' : `"case":"${part}",`}"severity":"${severity}","enforcement":"${enforcement}","outcome":"${outcome}",`
    + `"message":${quoted(message)},"artefact":${about(artefact)},"file":${quoted(file)},"line":${line},"column":${column},"endLine":${endLine},"endColumn":${endColumn},`
    + `"path":${quoted(path)},"fingerprint":"${fingerprint}"${field('labels', labels)}${field('exemption', exemption)}${field('reason', reason)}${field('baseline', baseline)}}`
}

const field = (key: string, value: unknown): string => (value === undefined ? '' : `,"${key}":${JSON.stringify(value)}`)

const quoted = (text: string): string => (/^[ !#-[\]-~]*$/.test(text) ? `"${text}"` : JSON.stringify(text))
