import { compare, type Finding, type Out, type Report } from '../report/report.ts'

/** Grows when fingerprints are made of other things: those of an older file would be found nowhere. */
export const baselineVersion = 1

/** Findings that nothing tells apart, `count` of them where there are several. Holds no message, no value and no line. */
export type Entry = {
  /** From the root of its project. A named object is found in any other file, too. */
  file: string
  /** `apps/Deployment mcp/gateway` */
  object?: string
  container?: string
  control: string
  case?: string
  fingerprint: string
  count?: number
}

/** The findings that were there when somebody looked, as `schemas/baseline.schema.json` has them. */
export type Baseline = { version: number; bundle: string; profile: string; findings: Entry[] }

/** What became of a run's findings by a baseline. */
export type Compared = {
  /** All of them in their order; what the baseline holds has `baseline: true` and is noted. */
  findings: Finding[]
  known: number
  /** What the baseline holds beside that, though the run looked there; `count` is how many are gone. */
  gone: Entry[]
}

/** The path of a file from the root of its project. */
type FromRoot = (path: string) => string

/** What a run looked at: its folder arguments, and the controls that it judged by. */
export type Looked = { folders: string[]; fromRoot: FromRoot; judges(control: string): boolean }

/** Of these something was not read: nobody knows what a baseline of them would hide. */
const never = new Set(['input-not-evaluated', 'input-over-limit'])

/** Parts that were not judged for these reasons may hold what the baseline names. */
const unseen = new Set(['template', 'syntax', 'limit', 'unreadable', 'encoding', 'failed', 'patch'])

/** The violations of a report, sorted, so that a change of one is a change of one line. */
export function baselineOf({ bundle, profile, findings }: Pick<Report, 'bundle' | 'profile' | 'findings'>, fromRoot: FromRoot): Baseline {
  return { version: baselineVersion, bundle: bundle.digest, profile, findings: merged(findings.filter(isCounted).map(finding => entryOf(finding, fromRoot))) }
}

/** One line an entry. */
export function writeBaseline({ findings, ...head }: Baseline, out: Out): void {
  out('{\n')
  for (const [key, value] of Object.entries(head)) out(`${JSON.stringify(key)}: ${JSON.stringify(value)},\n`)
  out('"findings": [')
  findings.forEach((entry, index) => out(`${index === 0 ? '\n' : ',\n'}${JSON.stringify(entry)}`))
  out('\n]\n}\n')
}

/**
 * Takes what a baseline holds out of what fails a run. Of equal findings as many are known as were there, first those in the same file.
 *
 * An entry is gone when the run looked at its file, or at a folder that the file was in, and it is not there any more.
 */
export function compareWith(baseline: Baseline, report: Pick<Report, 'profile' | 'findings' | 'coverage'>, looked: Looked): Compared {
  const { fromRoot } = looked
  const left = new Map<string, Entry[]>()
  for (const entry of distinct(baseline.findings)) {
    const key = keyOf(entry)
    const same = left.get(key)
    if (same === undefined) left.set(key, [entry])
    else same.push(entry)
  }
  const held = (finding: Finding, isMeant: (entry: Entry, own: Entry) => boolean): boolean => {
    const own = entryOf(finding, fromRoot)
    const entry = left.get(keyOf(own))?.find(entry => entry.count! > 0 && isMeant(entry, own))
    if (entry === undefined) return false
    entry.count!--
    return true
  }
  const known = new Set<Finding>()
  const counted = report.findings.filter(isCounted)
  for (const finding of counted) if (held(finding, (entry, own) => entry.file === own.file)) known.add(finding)
  for (const finding of counted) if (!known.has(finding) && held(finding, () => true)) known.add(finding)
  // What cannot be decided today may be there all the same.
  for (const finding of report.findings) if (finding.outcome === 'undecidable') held(finding, () => true)

  const lookedAt = filesLookedAt(report, looked)
  const isGone = ({ count, file, control }: Entry) => count! > 0 && lookedAt(file) && looked.judges(control)
  const gone = baseline.profile === report.profile ? [...left.values()].flat().filter(isGone) : []
  return {
    findings: report.findings.map(finding => (known.has(finding) ? { ...finding, enforcement: 'audit', baseline: true } : finding)),
    known: known.size,
    gone: gone.sort(byName),
  }
}

/** A baseline without what is gone. It is of the bundle and profile of the report then. */
export function pruned(baseline: Baseline, report: Pick<Report, 'bundle' | 'profile' | 'findings' | 'coverage'>, looked: Looked): Baseline {
  const { gone } = compareWith({ ...baseline, profile: report.profile }, report, looked)
  const less = new Map(gone.map(entry => [lineOf(entry), entry.count!]))
  const findings = distinct(baseline.findings).map(entry => ({ ...entry, count: entry.count! - (less.get(lineOf(entry)) ?? 0) }))
  return { version: baselineVersion, bundle: report.bundle.digest, profile: report.profile, findings: findings.filter(({ count }) => count > 0).map(plain).sort(byName) }
}

export const total = (entries: Entry[]): number => entries.reduce((sum, { count = 1 }) => sum + count, 0)

const isCounted = ({ outcome, control }: Finding): boolean => outcome === 'violated' && !never.has(control)

function entryOf({ artefact, file, control, case: part, fingerprint }: Finding, fromRoot: FromRoot): Entry {
  const object = objectOf(artefact)
  return {
    file: fromRoot(file),
    ...(object !== undefined && { object }),
    ...(artefact.container !== undefined && { container: artefact.container }),
    control,
    ...(part !== undefined && { case: part }),
    fingerprint,
  }
}

function objectOf({ apiVersion = '', objectKind = '', namespace, name }: Finding['artefact']): string | undefined {
  if (name === undefined) return undefined
  const group = apiVersion.slice(0, Math.max(0, apiVersion.lastIndexOf('/')))
  return `${group === '' ? '' : `${group}/`}${objectKind} ${namespace === undefined ? '' : `${namespace}/`}${name}`
}

/**
 * What must agree beside the fingerprint, which is quick to make and not hard to forge: one object's findings are never taken for another's.
 * What the reader noticed goes with its object, which the entry does not name.
 */
const keyOf = ({ object = '', control, case: part = '', fingerprint, file }: Entry): string =>
  [control, part, object, object === '' && !control.startsWith('input-') ? file : '', fingerprint].map(text => `${text.length}:${text}`).join('')

function merged(entries: Entry[]): Entry[] {
  const counts = new Map<string, Entry & { count: number }>()
  for (const entry of entries) {
    const line = lineOf(entry)
    const known = counts.get(line)
    if (known === undefined) counts.set(line, { ...entry, count: 1 })
    else known.count++
  }
  return [...counts.values()].map(plain).sort(byName)
}

/** Copies with a count. Where two branches each added an entry, the file that git merged of them holds it twice: it is one. */
function distinct(entries: Entry[]): Entry[] {
  const most = new Map<string, Entry>()
  for (const entry of entries) {
    const line = lineOf(entry)
    const count = Math.max(entry.count ?? 1, most.get(line)?.count ?? 0)
    most.set(line, { ...entry, count })
  }
  return [...most.values()]
}

const plain = ({ count, ...entry }: Entry): Entry => (count === 1 ? entry : { ...entry, count })

const lineOf = ({ file, object, container, control, case: part, fingerprint }: Entry): string => JSON.stringify([file, object, container, control, part, fingerprint])

const names = ['file', 'object', 'container', 'control', 'case', 'fingerprint'] as const

function byName(a: Entry, b: Entry): number {
  for (const name of names) {
    const order = compare(a[name] ?? '', b[name] ?? '')
    if (order !== 0) return order
  }
  return 0
}

function filesLookedAt({ coverage }: Pick<Report, 'coverage'>, { folders, fromRoot }: Looked): (file: string) => boolean {
  const files = new Map(coverage.map(({ file, documents }) => [fromRoot(file), !documents.some(({ reason }) => reason !== undefined && unseen.has(reason))]))
  const inside = folders.map(folder => fromRoot(`${folder}/x`).slice(0, -1))
  return file => files.get(file) ?? inside.some(folder => file.startsWith(folder))
}
