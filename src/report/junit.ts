import { findingLine, placeOf, whyNot } from './compact.ts'
import type { ControlText, CoveredDocument, Finding, Out, Report } from './report.ts'
import { isExpected, idOf, liftedBy, word } from './words.ts'
import { visible } from './visible.ts'
import { wrapped } from './wrap.ts'

/** One `testcase`: it has passed unless `result` says otherwise. `error` is for the run, `failure` for what fails it. */
type TestCase = { name: string; result?: { element: 'failure' | 'error' | 'skipped'; message: string; type?: string; body?: string } }
type Suite = { name: string; cases: TestCase[] }

type Judging = {
  controls: ReadonlyMap<string, ControlText>
  /** What fails the run. */
  failOn: 'never' | 'deny' | 'warn'
}

export type JunitOptions = Judging & {
  /** The name of a file in its repository. */
  pathOf(file: string): string
}

/**
 * JUnit's XML, a suite for each file. A test is one finding, or that the file was judged: so a run without findings has tests. Only what is
 * denied fails (and what is warned, where that fails the run), since readers make a failed build of any failure; what is noted, undecidable,
 * exempt or not evaluated is skipped, with the reason. Names are those of places in the object, not lines, and unique in their suite, as GitLab compares them between runs.
 */
export function writeJunit(report: Report, out: Out, { pathOf, ...options }: JunitOptions): void {
  const byFile = new Map<string, Finding[]>()
  for (const finding of report.findings) {
    const known = byFile.get(finding.file)
    if (known === undefined) byFile.set(finding.file, [finding])
    else known.push(finding)
  }
  const { problems } = report
  const suites = function* (): Generator<Suite> {
    for (const { file, documents } of report.coverage) yield { name: pathOf(file), cases: casesOf(file, documents, byFile.get(file) ?? [], options) }
    if (problems.length > 0) yield { name: report.tool.name, cases: problems.map(({ path, message }) => ({ name: path, result: { element: 'error', message, type: 'problem' } })) }
  }
  const total = { tests: 0, failures: 0, errors: 0, skipped: 0 }
  for (const suite of suites()) {
    const counts = countsOf(suite)
    for (const key of keys) total[key] += counts[key]
  }
  out(`<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="${attribute(report.tool.name)}" ${countText(total)} time="0">\n`)
  for (const suite of suites()) writeSuite(suite, out)
  out('</testsuites>\n')
}

type Counts = { tests: number; failures: number; errors: number; skipped: number }
const keys = ['tests', 'failures', 'errors', 'skipped'] as const

function countsOf({ cases }: Suite): Counts {
  const of = (element: string) => cases.filter(({ result }) => result?.element === element).length
  return { tests: cases.length, failures: of('failure'), errors: of('error'), skipped: of('skipped') }
}

const countText = (counts: Counts): string => keys.map(key => `${key}="${counts[key]}"`).join(' ')

function casesOf(file: string, documents: CoveredDocument[], findings: Finding[], options: Judging): TestCase[] {
  const left = documents.filter(({ evaluated }) => !evaluated)
  const cases: TestCase[] = [{ name: 'judged', result: left.length === 0 ? undefined : skipped(file, left) }, ...findings.map(finding => testOf(finding, options))]
  const counts = new Map<string, number>()
  for (const one of cases) {
    const count = (counts.get(one.name) ?? 0) + 1
    counts.set(one.name, count)
    if (count > 1) one.name += ` #${count}`
  }
  return cases
}

function skipped(file: string, left: CoveredDocument[]): TestCase['result'] {
  const worst = left.find(({ reason = '' }) => !isExpected(reason)) ?? left[0]
  return { element: 'skipped', message: `not evaluated: ${whyNot(worst)}`, body: left.map(document => `${placeOf(file, document.line, document.column)}  ${whyNot(document)}`).join('\n') }
}

function testOf(finding: Finding, { controls, failOn }: Judging): TestCase {
  const { objectKind, namespace, name } = finding.artefact
  const object = [objectKind, namespace, name].filter(step => step !== undefined && step !== '').join('/')
  const test = [idOf(finding), object, finding.path].filter(part => part !== '').join(' ')
  if (finding.outcome === 'violated' && (finding.enforcement === 'deny' || finding.enforcement === failOn)) {
    const remediation = wrapped(controls.get(finding.control)?.remediation ?? '', Infinity)
    return { name: test, result: { element: 'failure', message: finding.message, type: finding.severity, body: `${findingLine(finding)}\n\n${remediation}`.trimEnd() } }
  }
  const lifted = finding.outcome === 'exempt' ? liftedBy(finding) : ''
  return { name: test, result: { element: 'skipped', message: `${word(finding)}: ${finding.message}${lifted === '' ? '' : ` (${lifted})`}`, body: findingLine(finding) } }
}

function writeSuite(suite: Suite, out: Out): void {
  out(`<testsuite name="${attribute(suite.name)}" ${countText(countsOf(suite))} time="0">\n`)
  for (const { name, result } of suite.cases) {
    const start = `<testcase name="${attribute(name)}" classname="${attribute(suite.name)}" file="${attribute(suite.name)}" time="0"`
    if (result === undefined) {
      out(`${start}/>\n`)
      continue
    }
    const { element, message, type, body = '' } = result
    out(`${start}><${element} message="${attribute(message)}"${type === undefined ? '' : ` type="${type}"`}>${content(body)}</${element}></testcase>\n`)
  }
  out('</testsuite>\n')
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }

/** Text for XML: what it cannot hold (controls, halves of pairs, U+FFFE) is shown in words. */
const attribute = (text: string): string =>
  visible(text).replace(/[\uFFFE\uFFFF]/g, one => `<U+${one.charCodeAt(0).toString(16).toUpperCase()}>`).replace(/[&<>"']/g, one => entities[one])

const content = (text: string): string => text.split('\n').map(attribute).join('\n')
