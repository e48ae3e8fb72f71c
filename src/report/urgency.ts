import type { Enforcement, Severity } from '../policy/catalogue.ts'
import type { Finding } from './report.ts'

const enforcements: Record<Enforcement, number> = { deny: 0, warn: 1, audit: 2 }
const severities: Record<Severity, number> = { critical: 0, high: 1, medium: 2, low: 3 }

/** The most urgent first; what is equally urgent keeps its order. Violated findings only, and none that a baseline holds. */
export function byUrgency(findings: Finding[]): Finding[] {
  return findings
    .filter(({ outcome, baseline }) => outcome === 'violated' && !baseline)
    .sort((a, b) => enforcements[a.enforcement] - enforcements[b.enforcement] || severities[a.severity] - severities[b.severity])
}
