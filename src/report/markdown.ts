import { placeOf, whyNot } from './compact.ts'
import { codeSpan, markdown } from './markdown-text.ts'
import type { ControlText, Finding, Out, Report } from './report.ts'
import { byUrgency } from './urgency.ts'
import { visible } from './visible.ts'
import { idOf, isExpected, plural, summaryLines, word } from './words.ts'

/** A comment of GitHub holds 65,536 characters; this leaves room for what others write around it. */
export const mostBytes = 60_000

/** Kept free for the last lines. */
const forTheEnd = 1_000

/** Of one control or list; more of the same would push out what else there is. */
const mostItems = 10

/**
 * The report as a comment of a pull request: by control, the most urgent first, each with its places and what to do. What does not fit is
 * counted. All that comes from files stands in code spans, where it is no link, no mention and no HTML.
 */
export function writeMarkdown(report: Report, controls: ReadonlyMap<string, ControlText>, out: Out): void {
  let left = mostBytes - forTheEnd
  const fits = (text: string): boolean => {
    const bytes = Buffer.byteLength(text)
    if (bytes > left) return false
    left -= bytes
    out(text)
    return true
  }
  fits(`## mcp-policy\n\n${summaryLines(report.summary, report.problems).map(summaryLine).join('\n')}\n`)
  if (report.problems.length > 0) {
    writeItems('### Problems', report.problems.map(({ path, message }) => `- ${quoted(path)} ${quoted(message)}`), '', fits)
  }
  const cut = { findings: 0, controls: 0 }
  const byControl = grouped(byUrgency(report.findings))
  for (const [id, findings] of byControl) {
    const control = controls.get(id)
    const heading = `### ${word(findings[0])}: ${markdown(control?.title ?? '')} (${findings.length})\n\n\`${id}\`, ${findings[0].severity}`
    const remedy = `\n<details><summary>What to do</summary>\n\n${control?.remediation.trim() ?? ''}\n\n</details>\n`
    if (cut.controls === 0 && writeItems(heading, findings.map(itemOf), remedy, fits)) continue
    cut.findings += findings.length
    cut.controls++
  }
  const unread = report.coverage.flatMap(({ file, documents }) =>
    documents.filter(({ evaluated, reason = '' }) => !evaluated && !isExpected(reason)).map(document => `- ${quoted(placeOf(file, document.line, document.column))} ${quoted(whyNot(document))}`))
  const listed = writeItems('### Not evaluated', unread, '', fits)
  if (cut.findings > 0) out(`\n**${plural(cut.findings, 'finding')} of ${plural(cut.controls, 'control')} did not fit** into a comment of ${mostBytes / 1000} KB; the most urgent are shown, all are in the other formats.\n`)
  if (!listed) out(`\n${plural(unread.length, 'part')} that were not evaluated did not fit.\n`)
}

/** A heading with its first items, how many more there are, and what follows them; false where that does not fit. */
function writeItems(heading: string, items: string[], after: string, fits: (text: string) => boolean): boolean {
  const shown = items.slice(0, mostItems)
  if (items.length > shown.length) shown.push(`- and ${items.length - shown.length} more`)
  return items.length === 0 || fits(`\n${heading}\n\n${shown.join('\n')}\n${after}`)
}

/** Controls in the order of their most urgent finding, and those as they stand in the files. */
function grouped(urgent: Finding[]): [string, Finding[]][] {
  const groups = new Map<string, Finding[]>()
  for (const finding of urgent) {
    const known = groups.get(finding.control)
    if (known === undefined) groups.set(finding.control, [finding])
    else known.push(finding)
  }
  return [...groups]
}

function itemOf(finding: Finding): string {
  const { file, line, message, control } = finding
  const id = idOf(finding)
  const part = id === control ? '' : ` (\`${id.slice(control.length + 1)}\`)`
  return `- ${quoted(placeOf(file, line))} ${quoted(visible(message))}${part}`
}

const quoted = (text: string): string => codeSpan(visible(text), 300)

/** Lines with endings of files and names of rules are quoted, too. */
const summaryLine = (line: string): string => `- ${/^[A-Za-z0-9 ,():-]*$/.test(line) ? line : quoted(line)}`
