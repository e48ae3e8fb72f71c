import { compare, type Coverage, type Finding, type IgnoredFiles, type Summary } from './report.ts'

/** Counts of files that were not read, by the ending of their names and by the rule that left them out. */
export type LeftOut = { skippedFiles: Map<string, number>; ignoredFiles: IgnoredFiles[] }

/** Counts what a run found. A file that was read and holds nothing counts as a file of no documents. */
export function summarise(findings: Finding[], coverage: Coverage[], leftOut: LeftOut): Summary {
  const summary: Summary = {
    files: coverage.length,
    documents: 0,
    evaluated: 0,
    notEvaluated: [],
    skippedFiles: pairs(leftOut.skippedFiles).map(([extension, count]) => ({ extension, count })),
    ignoredFiles: [...leftOut.ignoredFiles].sort((a, b) => compare(a.rule, b.rule) || compare(a.kind, b.kind)),
    violated: { total: 0, enforcement: { audit: 0, warn: 0, deny: 0 }, severity: { low: 0, medium: 0, high: 0, critical: 0 } },
    undecidable: 0,
    exempt: 0,
  }
  const reasons = new Map<string, number>()
  for (const { documents } of coverage) {
    for (const { evaluated, reason = 'unknown-kind' } of documents) {
      summary.documents++
      if (evaluated) summary.evaluated++
      else reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
    }
  }
  summary.notEvaluated = pairs(reasons).map(([reason, count]) => ({ reason, count }))
  for (const { outcome, enforcement, severity, baseline } of findings) {
    if (baseline) continue
    if (outcome !== 'violated') {
      summary[outcome]++
      continue
    }
    summary.violated.total++
    summary.violated.enforcement[enforcement]++
    summary.violated.severity[severity]++
  }
  return summary
}

const pairs = (counts: Map<string, number>): [string, number][] => [...counts].sort(([a], [b]) => compare(a, b))
