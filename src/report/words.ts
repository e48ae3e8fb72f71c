import type { Enforcement } from '../policy/catalogue.ts'
import type { Finding, Problem, Summary } from './report.ts'

/** What a line says is done about a finding. */
export const enforcementWord: Record<Enforcement, string> = { deny: 'deny', warn: 'warn', audit: 'note' }

export const word = (finding: Finding): string => (finding.outcome !== 'violated' ? finding.outcome : finding.baseline ? 'known' : enforcementWord[finding.enforcement])

/** The id that a user writes: `health-probes/liveness`. */
export const idOf = (finding: Finding): string => (finding.case === undefined ? finding.control : `${finding.control}/${finding.case}`)

/** What lifts an exempt finding: the decision with its owner and last day, or what the object says. */
export const liftedBy = ({ exemption, reason }: Finding): string =>
  exemption ? `until ${exemption.last_day} by ${exemption.owner}: ${exemption.reason}` : reason ?? ''

/** Why documents were not evaluated: for one, for more, and what the user can do. */
const reasons: Record<string, [one: string, many: string, remedy?: string]> = {
  template: ['template', 'templates', 'helm template'],
  syntax: ['syntax error', 'syntax errors'],
  limit: ['over a limit', 'over a limit'],
  unreadable: ['not readable', 'not readable'],
  'unknown-kind': ['of a kind that no control reads', 'of kinds that no control reads'],
  'needs-rendering': ['to be rendered', 'to be rendered', 'kustomize build'],
  patch: ['patch', 'patches', 'kustomize build'],
  encoding: ['in another encoding than UTF-8 or UTF-16', 'in another encoding than UTF-8 or UTF-16'],
  'out-of-scope': ['of the cluster itself', 'of the cluster itself'],
  failed: ['failed control', 'failed controls'],
}

/** Reasons that are no fault of a file. */
const expected = new Set(['template', 'unknown-kind', 'needs-rendering', 'patch', 'out-of-scope'])

export const isExpected = (reason: string): boolean => expected.has(reason)

export const reasonWord = (reason: string): string => reasons[reason]?.[0] ?? reason

/** The last lines of a report: how much was looked at, and what came of it. */
export function summaryLines(summary: Summary, problems: Problem[] = []): string[] {
  const { files, documents, notEvaluated, skippedFiles, ignoredFiles, violated, undecidable, exempt, baseline, since } = summary
  const left = notEvaluated.reduce((sum, { count }) => sum + count, 0)
  const read = [plural(files, 'file'), plural(documents, 'document')]
  if (left > 0) read.push(`${left} not evaluated: ${notEvaluated.map(({ reason, count }) => reasonCount(reason, count)).join(', ')}`)
  const lines = [read.join(', ')]
  if (skippedFiles.length > 0) {
    lines.push(`${plural(total(skippedFiles), 'file')} of other kinds: ${few(skippedFiles.map(({ extension, count }) => ({ name: extension === '' ? 'no ending' : extension, count })))}`)
  }
  for (const rule of new Set(ignoredFiles.map(one => one.rule))) {
    lines.push(`left out by ${rule}: ${few(ignoredFiles.filter(one => one.rule === rule).map(({ kind, count }) => ({ name: kind, count })))}`)
  }
  const { deny, warn, audit } = violated.enforcement
  const said = [[deny, 'denied'], [warn, 'warned'], [audit, 'noted'], [undecidable, 'undecidable'], [exempt, 'exempt']] as const
  const shown = said.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`)
  if (problems.length > 0) shown.push(plural(problems.length, 'problem'))
  if (baseline !== undefined && baseline.known > 0) shown.push(`${baseline.known} known from the baseline`)
  if (since !== undefined && since.leftOut > 0) lines.push(`${plural(since.leftOut, 'finding')} in what has not changed since ${since.revision} ${since.leftOut === 1 ? 'is' : 'are'} left out`)
  if (baseline !== undefined && baseline.gone > 0) lines.push(`${baseline.gone} of the baseline ${baseline.gone === 1 ? 'is' : 'are'} gone; \`mcp-policy baseline --prune\` with the same paths takes ${baseline.gone === 1 ? 'it' : 'them'} out`)
  lines.push(shown.length === 0 ? 'no findings' : shown.join(', '))
  return lines
}

export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

function reasonCount(reason: string, count: number): string {
  const [one, many, remedy] = reasons[reason] ?? [reason, reason]
  return `${count} ${count === 1 ? one : many}${remedy === undefined ? '' : ` (${remedy})`}`
}

const total = (counts: { count: number }[]): number => counts.reduce((sum, { count }) => sum + count, 0)

/** The five most frequent, and how many more there are. */
function few(counts: { name: string; count: number }[]): string {
  const sorted = [...counts].sort((a, b) => b.count - a.count)
  const rest = total(sorted.slice(5))
  return [...sorted.slice(0, 5).map(({ name, count }) => `${count} ${name}`), ...(rest > 0 ? [`${rest} more`] : [])].join(', ')
}
