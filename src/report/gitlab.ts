import { hash128 } from '../finding/hash.ts'
import type { Severity } from '../policy/catalogue.ts'
import type { Finding, Out, Report } from './report.ts'
import { visible, wellFormed } from './visible.ts'
import { idOf } from './words.ts'

const severities: Record<Severity, string> = { critical: 'blocker', high: 'critical', medium: 'major', low: 'minor' }

/**
 * GitLab's Code Quality report: what is violated. It tells old from new by the fingerprint, and shows one of those that share one, so
 * each is made unique here, by file and by the order of those alike. https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
export function writeGitlab(report: Report, out: Out, pathOf: (file: string) => string): void {
  const alike = new Map<string, number>()
  let first = true
  out('[')
  for (const finding of report.findings) {
    if (finding.outcome !== 'violated') continue
    out(`${first ? '\n' : ',\n'}${JSON.stringify(issueOf(finding, pathOf(finding.file), alike))}`)
    first = false
  }
  out('\n]\n')
}

function issueOf(finding: Finding, path: string, alike: Map<string, number>): object {
  const { message, severity, enforcement, line, endLine } = finding
  const about = `${finding.fingerprint}\0${path}`
  const nth = (alike.get(about) ?? 0) + 1
  alike.set(about, nth)
  return {
    description: visible(message),
    check_name: idOf(finding),
    fingerprint: hash128(`${about}\0${nth}`),
    severity: enforcement === 'audit' ? 'info' : severities[severity],
    location: { path: wellFormed(path), lines: { begin: line, end: endLine } },
  }
}
