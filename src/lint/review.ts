import { compareWith, total } from '../finding/baseline.ts'
import type { Coverage, Finding, Summary } from '../report/report.ts'
import type { Rules } from './findings.ts'
import type { LintOptions } from './lint.ts'

/** The findings as the run was asked to look at them, and what the summary says about that. */
export type Reviewed = { findings: Finding[]; summary: Pick<Summary, 'baseline'> }

export function review(findings: Finding[], coverage: Coverage[], { controls, fromRoot }: Rules, { profile, baseline, folders }: LintOptions): Reviewed {
  if (baseline === undefined) return { findings, summary: {} }
  const compared = compareWith(baseline, { profile, findings, coverage }, { folders, fromRoot, judges: id => controls.has(id) })
  return { findings: compared.findings, summary: { baseline: { known: compared.known, gone: total(compared.gone) } } }
}
