import { compareWith, total } from '../finding/baseline.ts'
import type { Coverage, Finding, Summary } from '../report/report.ts'
import type { Rules } from './findings.ts'
import type { LintOptions } from './lint.ts'
import type { Reach } from './since.ts'

/** The findings as the run was asked to look at them, and what the summary says about that. */
export type Reviewed = { findings: Finding[]; summary: Pick<Summary, 'baseline' | 'since'> }

/** What was there before is marked, what a change did not reach is left out and counted. */
export function review(all: Finding[], coverage: Coverage[], { controls, fromRoot }: Rules, reach: Reach | undefined, { profile, baseline, since, folders }: LintOptions): Reviewed {
  const compared = baseline && compareWith(baseline, { profile, findings: all, coverage }, { folders, fromRoot, judges: id => controls.has(id) })
  const marked = compared?.findings ?? all
  const findings = reach === undefined ? marked : marked.filter(reach.has)
  return {
    findings,
    summary: {
      ...(compared && { baseline: { known: findings.filter(finding => finding.baseline).length, gone: total(compared.gone) } }),
      ...(since && { since: { revision: since.revision, leftOut: all.length - findings.length } }),
    },
  }
}
