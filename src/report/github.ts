import type { Enforcement } from '../policy/catalogue.ts'
import { whyNot } from './compact.ts'
import type { ControlText, Finding, Out, Report } from './report.ts'
import { byUrgency } from './urgency.ts'
import { visible } from './visible.ts'
import { idOf, isExpected, plural, summaryLines } from './words.ts'
import { wrapped } from './wrap.ts'

/** GitHub shows this many annotations of a kind of one step, and drops the others without a word. */
const most = 10

const commands: Record<Enforcement, string> = { deny: 'error', warn: 'warning', audit: 'notice' }

/**
 * Annotations as workflow commands of GitHub Actions: the most urgent first, as many as are shown, and a notice with the summary that says
 * how many are not. Every line is a command, so that no name in a file can be one.
 */
export function writeGithub(report: Report, controls: ReadonlyMap<string, ControlText>, out: Out, pathOf: (file: string) => string): void {
  const urgent = byUrgency(report.findings)
  const left: string[] = []
  for (const enforcement of ['deny', 'warn', 'audit'] as const) {
    const findings = urgent.filter(finding => finding.enforcement === enforcement)
    const shown = findings.slice(0, roomFor(enforcement, report))
    for (const finding of shown) out(annotation(finding, controls, pathOf))
    if (findings.length > shown.length) left.push(`${findings.length - shown.length} ${commands[enforcement]}s`)
  }
  for (const { path, message } of problemsOf(report)) out(command('error', { title: 'mcp-policy' }, `${path}: ${message}`))
  for (const { file, document } of unread(report)) {
    out(command('warning', { file: pathOf(file), line: document.line, col: document.column, title: 'not evaluated' }, whyNot(document)))
  }
  const more = left.length === 0 ? '' : `\nGitHub shows ${most} annotations of a kind in a step, the most urgent: ${left.join(' and ')} more are in the other reports.`
  out(command('notice', { title: 'mcp-policy' }, `${summaryLines(report.summary, report.problems).join('\n')}${more}`))
}

/** What could not be done, and what could not be read and no finding speaks of, come out of the same ten. */
function roomFor(enforcement: Enforcement, report: Report): number {
  if (enforcement === 'deny') return most - problemsOf(report).length
  return enforcement === 'warn' ? most - unread(report).length : most - 1
}

const problemsOf = ({ problems }: Report) =>
  problems.length <= 3 ? problems : [...problems.slice(0, 2), { path: plural(problems.length - 2, 'more problem'), message: 'see standard error' }]

function unread({ coverage, findings }: Report) {
  const said = new Set(findings.filter(({ control, outcome }) => control.startsWith('input-') && outcome === 'violated').map(({ file, line }) => `${file}:${line}`))
  return coverage
    .flatMap(({ file, documents }) => documents.map(document => ({ file, document })))
    .filter(({ file, document }) => !document.evaluated && !isExpected(document.reason ?? '') && !said.has(`${file}:${document.line}`))
    .slice(0, 3)
}

function annotation(finding: Finding, controls: ReadonlyMap<string, ControlText>, pathOf: (file: string) => string): string {
  const { file, line, column, endLine, endColumn, message, control } = finding
  // Columns belong to places on one line.
  const place = endLine === line ? { line, endLine, col: column, endColumn } : { line, endLine }
  return command(commands[finding.enforcement], { file: pathOf(file), ...place, title: idOf(finding) }, `${visible(message)}\n${wrapped(controls.get(control)?.remediation ?? '', Infinity)}`)
}

/** One line, whatever the text holds. */
function command(name: string, properties: Record<string, string | number | undefined>, text: string): string {
  const written = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${escaped(visible(String(value))).replaceAll(':', '%3A').replaceAll(',', '%2C')}`)
  return `::${name} ${written.join(',')}::${escaped(text.split('\n').map(visible).join('\n').trimEnd())}\n`
}

const escaped = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
