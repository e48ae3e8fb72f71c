import type { ControlText, Out, Report } from './report.ts'

/** The version of `schemas/report.schema.json`; it grows when a reader of the last one could be misled. */
export const reportVersion = 1

/**
 * The report as data, one finding and one file a line. It is never one string: a run over 10,000 documents goes through it
 * line by line. The same report gives the same bytes.
 */
export function writeJson(report: Report, controls: ReadonlyMap<string, ControlText>, out: Out): void {
  const { tool, bundle, profile, summary, findings, coverage, problems } = report
  out(`{\n"version": ${reportVersion},\n`)
  for (const [key, value] of Object.entries({ tool, bundle, profile, summary })) out(`"${key}": ${JSON.stringify(value)},\n`)
  out('"controls": {')
  const named = [...new Set(findings.map(({ control }) => control))].sort()
  named.forEach((id, index) => out(`${index === 0 ? '\n' : ',\n'}${JSON.stringify(id)}: ${JSON.stringify(textOf(controls.get(id) as ControlText))}`))
  out('\n},\n')
  writeList('findings', findings, out)
  out(',\n')
  writeList('coverage', coverage, out)
  out(',\n')
  writeList('problems', problems, out)
  out('\n}\n')
}

const textOf = ({ title, severity, remediation, items }: ControlText): object => ({ title, severity, remediation, items })

function writeList(key: string, list: object[], out: Out): void {
  out(`"${key}": [`)
  list.forEach((value, index) => out(`${index === 0 ? '\n' : ',\n'}${JSON.stringify(value)}`))
  out('\n]')
}
