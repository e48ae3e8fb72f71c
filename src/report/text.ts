import { placeOf, uncoveredLines } from './compact.ts'
import { paintOf, type Paint, type Style } from './colour.ts'
import { frameOf, type FrameLine } from './frame.ts'
import { linesOf } from './lines.ts'
import { isSecretPath, maskOf } from './mask.ts'
import type { ControlText, CoveredDocument, Finding, Out, Report } from './report.ts'
import { visible } from './visible.ts'
import { wrapped } from './wrap.ts'
import { withheldIn } from './withheld.ts'
import { enforcementWord, idOf, isExpected, liftedBy, plural, summaryLines, word } from './words.ts'

export type TextOptions = {
  colour: boolean
  /** `all` lists what is undecidable, exempt, known from a baseline, or of kinds that no control reads, too. */
  detail: 'findings' | 'all'
  /** Cells of a terminal's line that a code frame may take. */
  width: number
  /** Files of kinds that nothing here reads; listed with the detail `all`. */
  others?: string[]
  /** The text of a file of the report; without it the report has no code frames for that file. */
  source(file: string): string | undefined
}

const styles: Record<string, Style> = { deny: 'red', warn: 'yellow', note: 'blue', undecidable: 'dim', exempt: 'dim', known: 'dim' }

/**
 * The report for people: by file, each place with its findings and the lines that they speak of, then what was not
 * evaluated, then once for each control what to do, and the summary last, where a screen stops.
 */
export function writeText(report: Report, controls: ReadonlyMap<string, ControlText>, out: Out, options: TextOptions): void {
  const paint = paintOf(options.colour)
  const shown = options.detail === 'all' ? report.findings : report.findings.filter(({ outcome, baseline }) => outcome === 'violated' && !baseline)
  for (const ofFile of groups(shown, (a, b) => a.file === b.file)) writeFile(ofFile, out, paint, options)
  const uncovered = uncoveredLines(report, unsaid(report, options.detail === 'all'))
  for (const line of uncovered) out(`${line}\n`)
  if (uncovered.length > 0) out('\n')
  for (const { path, message } of report.problems) out(`${visible(path)}  ${paint('red', 'problem')}  ${visible(message)}\n`)
  if (report.problems.length > 0) out('\n')
  const others = options.detail === 'all' ? options.others ?? [] : []
  for (const path of others) out(`${visible(path)}  not read  a file of another kind\n`)
  if (others.length > 0) out('\n')
  writeRemedies(shown, controls, out, paint, options.width)
  const unlisted = report.findings.length - shown.length
  const more = unlisted === 0 ? '' : ` (-v lists ${unlisted === 1 ? 'it' : 'them'})`
  out(`${summaryLines(report.summary, report.problems).join('\n')}${more}\n`)
}

/** What was not evaluated and should have been (or `all`), when no finding of area `input` says so. */
function unsaid(report: Report, all: boolean): (file: string, document: CoveredDocument) => boolean {
  const said = new Set(report.findings.filter(({ control }) => control.startsWith('input-')).map(({ file, line }) => `${file}:${line}`))
  return (file, { reason = '', line }) => (all || !isExpected(reason)) && !said.has(`${file}:${line}`)
}

function writeFile(findings: Finding[], out: Out, paint: Paint, options: TextOptions): void {
  const { file } = findings[0]
  // What could not be opened has no text to point to.
  const text = options.source(file) || undefined
  const lines = text === undefined ? undefined : linesOf(text)
  const mask = lines === undefined ? undefined : maskOf(lines)
  const withheld = text === undefined || lines === undefined ? () => true : withheldIn(file, text, lines)
  for (const place of groups(findings, samePlace)) {
    for (const same of groups(place, sameWords)) out(`${painted(same, paint)}\n`)
    if (lines !== undefined && mask !== undefined && !place.some(withheld)) {
      const what = place.some(({ control, path }) => control.startsWith('secrets-') || isSecretPath(path)) ? 'all' : 'secrets'
      writeFrame(frameOf(lines, mask, place[0], what, options.width), styles[word(place[0])], out, paint)
    }
    out('\n')
  }
}

const samePlace = (a: Finding, b: Finding): boolean =>
  a.line === b.line && a.column === b.column && a.endLine === b.endLine && a.endColumn === b.endColumn

/** The cases of one control that say the same of one place. */
const sameWords = (a: Finding, b: Finding): boolean =>
  a.control === b.control && a.message === b.message && a.outcome === b.outcome && a.enforcement === b.enforcement && a.baseline === b.baseline

function painted(same: Finding[], paint: Paint): string {
  const [finding] = same
  const ids = [...new Set(same.map(idOf))].join(', ')
  const said = word(finding)
  const lifted = liftedBy(finding)
  const message = visible(lifted === '' ? finding.message : `${finding.message} (${lifted})`)
  return [paint('bold', placeOf(finding.file, finding.line, finding.column)), paint(styles[said], said), message, paint('dim', ids)].join('  ')
}

function writeFrame(frame: FrameLine[], style: Style, out: Out, paint: Paint): void {
  if (frame.length === 0) return
  const digits = Math.max(...frame.map(({ number }) => String(number).length))
  for (const { number, text, under } of frame) {
    out(`  ${paint('dim', `${String(number).padStart(digits)} │`)} ${text}`.trimEnd() + '\n')
    if (under !== undefined) out(`  ${paint('dim', `${' '.repeat(digits)} │`)} ${paint(style, under)}\n`.replace(/ +\n$/, '\n'))
  }
}

/** The most urgent first, then in the order of ids. */
function writeRemedies(shown: Finding[], controls: ReadonlyMap<string, ControlText>, out: Out, paint: Paint, width: number): void {
  const violated = shown.filter(({ outcome, baseline }) => outcome === 'violated' && !baseline)
  const order = ['deny', 'warn', 'audit'] as const
  const counts = new Map<string, { urgency: number; count: number }>()
  for (const { control, enforcement } of violated) {
    const known = counts.get(control) ?? { urgency: 3, count: 0 }
    counts.set(control, { urgency: Math.min(known.urgency, order.indexOf(enforcement)), count: known.count + 1 })
  }
  if (counts.size === 0) return
  out(`${paint('bold', 'What to do')}\n`)
  for (const [id, { urgency, count }] of [...counts].sort(([a, x], [b, y]) => x.urgency - y.urgency || (a < b ? -1 : 1))) {
    const said = enforcementWord[order[urgency]]
    out(`  ${paint(styles[said], id)}  ${controls.get(id)?.title ?? ''} (${plural(count, 'finding')})\n`)
    const remediation = controls.get(id)?.remediation ?? ''
    if (remediation !== '') out(`    ${wrapped(remediation, Math.min(width, 100) - 4).replaceAll('\n', '\n    ')}\n`)
  }
  out('\n')
}

function groups<T>(items: T[], same: (a: T, b: T) => boolean): T[][] {
  const result: T[][] = []
  for (const item of items) {
    const last = result.at(-1)
    if (last !== undefined && same(last[0], item)) last.push(item)
    else result.push([item])
  }
  return result
}
