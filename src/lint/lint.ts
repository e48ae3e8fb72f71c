import type { Artefact, FileReading, Limits } from '../artefact/artefact.ts'
import type { Place, Remark } from '../artefact/document.ts'
import type { Baseline } from '../finding/baseline.ts'
import { isStandard, judgedIn, profileFor, strictness, type Profile, type Subject } from '../finding/enforcement.ts'
import { linesOf } from '../finding/place.ts'
import { hasFields, type CrdTables } from '../input/custom-resource.ts'
import type { KeySchemas } from '../input/key-schema.ts'
import type { InputLimits } from '../input/limit.ts'
import type { Projected } from '../input/input.ts'
import type { Patched } from '../input/patched.ts'
import { noteRemarks, projectFaults, projectReading, type Remarked } from '../input/reading.ts'
import type { Bundle } from '../policy/bundle.ts'
import type { Control, Enforcement } from '../policy/catalogue.ts'
import type { Engine } from '../policy/engine.ts'
import { judge } from '../policy/judge.ts'
import { byPlace, type Finding, type Problem, type Report } from '../report/report.ts'
import { summarise, type LeftOut } from '../report/summary.ts'
import { coverageOf, type Unjudged } from './coverage.ts'
import { noteWritten, withExemptions, type Exemptions, type Written } from './exemptions.ts'
import type { Collector } from './outcomes.ts'
import { abouts, findingsOf, sharedTexts, type Rules, type Subjected } from './findings.ts'
import { groupBy } from './group.ts'
import { candidate, judgeAll, type Candidate } from './judged.ts'
import { locator } from './located.ts'
import { projectObjects } from './objects.ts'
import { setPatchesAside } from './patches.ts'
import { projectAll } from './projection.ts'
import { review } from './review.ts'
import { reachOf, type Since } from './since.ts'
import { sectionsOf, type Section, type Settings } from './section.ts'

export type LintOptions = {
  profile: Profile
  /** What could not be read fails the run. */
  failOnUncovered: boolean
  /** Parameters of controls that are set otherwise than in the bundle. */
  params: Record<string, unknown>
  /** What is done about the findings of a control, or of `control/case`, instead of what the profile says. */
  enforcement?: Readonly<Record<string, Enforcement>>
  /** What a repository sets for a part of it, by the path of a file; undefined where nothing else than for the rest. */
  settingsFor?(path: string): Settings | undefined
  /** False for a control that is not to be judged; what was not read is told all the same. */
  selected?(control: Control): boolean
  /** What stands in the scanned tree may widen what is judged, never narrow it. */
  strict?: boolean
  /** `enforcement` may only add to what the profile says. */
  raisesOnly?: boolean
  /** Names that look like those of secrets and are none. */
  notSecret?: string[]
  compose?: { /** What the repository says that a file is for. */ markOf(path: string): 'production' | 'development' | undefined; /** Those that are deployed. */ profiles?: string[] }
  /** Those of the configuration; `today` is a day in UTC (`2026-11-21`). */
  exemptions?: Exemptions
  /** The run judges all that the configuration is for, so that what its exemptions meet not is met nowhere. */
  wholeTree?: boolean
  today?: string
  limits: Limits & { input: InputLimits }
  /** Folder arguments of the run, for telling sets apart. */
  folders: string[]
  tool: { name: string; version: string }
  /** The path of a file from the root of its project, for fingerprints; as the run has it where this is not given. */
  fromRoot?(path: string): string
  /** Findings that were there before. */
  baseline?: Baseline
  /** Only what a change since then can have brought about is reported. */
  since?: Since
  /** An engine of the bundle, with the parameters of this run, where there is one already. */
  engine?: Engine
  /** Takes what was decided and met, too; a run without it asks for findings alone. */
  collector?: Collector
  /** Called when much of what the run held has become garbage. */
  collect?(): void
}

/** What the door met beside the files that it read. */
export type Surroundings = LeftOut & { problems: Problem[] }

/** An artefact on its way through the run. */
export type Item = Candidate & { file: FileReading; artefact?: Artefact; subject?: Subject; patched?: Patched }

/**
 * Judges files as they are read, in the order of their paths. `today`, environment and file system stay outside: the same files give the
 * same report.
 */
export function lint(readings: Iterable<FileReading>, surroundings: Surroundings, bundle: Bundle, options: LintOptions): Report {
  const sectionOf = sectionsOf(bundle, options)
  const rules: Rules = {
    failOnUncovered: options.failOnUncovered,
    strict: options.strict ?? false,
    raisesOnly: options.raisesOnly ?? false,
    controls: selectedControls(bundle, options),
    locate: locator(),
    about: abouts(),
    version: options.tool.version,
    shared: sharedTexts(),
    fromRoot: options.fromRoot ?? (path => path),
    found: options.collector?.found,
  }
  const today = options.today ?? new Date(0).toISOString().slice(0, 10)
  const exemptions: Exemptions = { written: [...options.exemptions?.written ?? []], faults: [...options.exemptions?.faults ?? []] }
  const unjudged = new Map<FileReading, Unjudged[]>()
  const leave = (file: FileReading, what: Unjudged) => unjudged.get(file)!.push(what)
  const known = new Map(bundle.catalogue.controls.map(control => [control.id, control]))
  const remarked = new WeakMap<Remark, Remarked>()
  const crds = bundle.data.crds as CrdTables
  const objects = new Map<FileReading, Item[]>()
  for (const file of readings) {
    unjudged.set(file, [...file.uncovered])
    noteRemarks(file, remarked)
    noteWritten(exemptions, file, known, today, options.limits.depth)
    const own = projectObjects(file, sectionOf(file.path).kubernetes, leave, value => hasFields(value, crds))
    if (own.length > 0) objects.set(file, own)
  }
  const files = [...unjudged.keys()]
  setPatchesAside(files, (file, what) => {
    leave(file, what)
    objects.delete(file)
  })
  for (const file of files) for (const unread of unreadBy(file, unjudged.get(file)!, bundle, sectionOf(file.path).profile)) leave(file, unread)
  const { items, sets } = projectAll(files, objects, sectionOf, { schemas: bundle.data.schemas as KeySchemas, crds }, options, leave)
  const findings: Finding[] = []
  const asked = options.collector === undefined ? 'lint' : 'outcomes'

  options.collect?.()
  const reach = options.since && reachOf(options.since, files)
  for (const set of sets) {
    const section = sectionOf(set.root)
    const before = findings.length
    for (const text of isStandard(section.profile) ? [] : set.texts) {
      const { answers, failed } = judge(section.engine(), bundle.catalogue, 'set', text, asked)
      addFindings(answers, index => set.items[index], section, set.profile)
      for (const { control, reason } of failed) surroundings.problems.push({ path: set.name, message: `${control} could not be evaluated on this set: ${reason}` })
    }
    reach?.add(set, findings.slice(before))
    set.items = []
  }
  let judged = 0
  for (const [section, ofSection] of groupBy(items, ({ file }) => sectionOf(file.path))) {
    judgeAll(section.engine(), bundle.catalogue, ofSection, asked, item => {
      addFindings(item.answers, () => item, section)
      for (const { control } of item.failed) leave(item.file, failedOn(item, control))
      letGo(item)
      if (++judged % 4000 === 0) options.collect?.()
    })
  }
  judgeReadings(files.map(file => ({ file, projected: projectReading(file, unjudged.get(file)!, remarked) })))
  const before = findings.splice(0)
  const decided = withExemptions(before, exemptions, { today, refused, mayBeUnused })
  options.collector?.exempted(before, decided.findings)
  // One by one: as arguments of a single call, a hundred thousand would be more than the stack holds.
  for (const finding of decided.findings) findings.push(finding)
  judgeReadings([...groupBy(decided.faults, ({ file }) => file)].map(([file, faults]) => ({ file, projected: projectFaults(file, faults) })))

  // A base is in the set of each overlay that builds on it, and says the same in all of them; the strictest of them stays.
  findings.sort((a, b) => byPlace(a, b) || strictness[b.enforcement] - strictness[a.enforcement])
  const distinct = findings.filter((finding, index) => index === 0 || !isSame(finding, findings[index - 1]))
  const coverage = files.map(file => coverageOf(file, unjudged.get(file)!, remembered(() => linesOf(file.text))))
  const reviewed = review(distinct, coverage, rules, reach, options)
  return {
    tool: options.tool,
    bundle: { digest: bundle.digest },
    profile: options.profile,
    summary: { ...summarise(reviewed.findings, coverage, surroundings), ...reviewed.summary },
    findings: reviewed.findings,
    coverage,
    problems: surroundings.problems,
    exemptions: decided.uses,
  }

  /** `own` is the profile of an overlay that is for development, say: a control of other profiles does not judge there. */
  function addFindings(answers: Candidate['answers'], of: (index: number) => Subjected, section: Section, own?: Profile): void {
    const profile = rules.strict ? section.profile : profileFor(section.profile, own)
    for (const [control, answer] of answers) {
      const known = rules.controls.get(control)
      if (own !== undefined && known !== undefined && !isStandard(profile) && !judgedIn(known, {}, profile)) continue
      for (const finding of findingsOf(control, answer, of, section, rules)) findings.push(finding)
      if (rules.controls.has(control)) options.collector?.answered(control, answer, index => of(index).projected)
    }
  }

  function judgeReadings(noticed: { file: FileReading; projected?: Projected }[]): void {
    for (const [section, ofSection] of groupBy(noticed.filter(({ projected }) => projected !== undefined), ({ file }) => sectionOf(file.path))) {
      const readings = ofSection.map(({ projected }) => candidate(projected!))
      judgeAll(section.engine(), bundle.catalogue, readings, 'lint', reading => addFindings(reading.answers, () => reading, section))
    }
  }

  function refused({ by, trusted, file }: Written): string | undefined {
    if (trusted) return undefined
    if (rules.strict) return '--strict'
    if (by === 'configuration') return undefined
    const { profile } = sectionOf(file.path)
    return isStandard(profile) ? `the profile ${profile}` : undefined
  }

  /** What this run judged by all it takes: a folder, and by the control that is named. */
  function mayBeUnused({ control: name, by, file }: Written): boolean {
    const [id, part] = name.split('/')
    const control = rules.controls.get(id)
    if (control === undefined || !judgedIn(control, { case: part }, sectionOf(file.path).profile)) return false
    return by === 'configuration' ? options.wholeTree === true : options.folders.some(folder => isUnder(file.path, folder))
  }
}

const always = new Set(['input-not-evaluated', 'input-over-limit', 'input-exemption'])

/** What the run judges by: no selection hides what was not read, or an exemption that is not right. */
function selectedControls({ catalogue }: Bundle, { selected }: LintOptions): Map<string, Control> {
  const judging = catalogue.controls.filter(control => selected === undefined || always.has(control.id) || selected(control))
  return new Map(judging.map(control => [control.id, control]))
}

const isUnder = (path: string, folder: string): boolean =>
  folder === '.' ? !path.startsWith('../') && !path.startsWith('/') : path.startsWith(folder.endsWith('/') ? folder : `${folder}/`)

/** Artefacts of a file of kinds that no control of the bundle reads under the profile: they are not judged, whoever reads them beside. */
function unreadBy({ artefacts }: FileReading, left: Unjudged[], { catalogue }: Bundle, profile: Profile): Unjudged[] {
  const isRead = (kind: string) => kind === 'policy-config' || catalogue.controls.some(control => control.artefacts.includes(kind) && (!isStandard(profile) || kind === 'kubernetes'))
  return artefacts
    .filter(({ kind, outer, span }) => outer === undefined && !isRead(kind) && !left.some(other => other.span.start === span.start && other.span.end === span.end))
    .map(({ kind, span, document }) => ({ span, document, kind, reason: 'unknown-kind', detail: `${kind}: no control of the profile ${profile} reads it` }))
}

const isSame = (a: Finding, b: Finding): boolean =>
  byPlace(a, b) === 0 && a.fingerprint === b.fingerprint && a.outcome === b.outcome && a.artefact.name === b.artefact.name

/** What was judged is needed for nothing else: values and tables of positions are most of what a run holds. */
function letGo(item: Item): void {
  item.projected.fields = judgedFields
  if (item.patched !== undefined) item.patched = undefined
  // Others than Kubernetes objects may be a part of two items, as a Compose file is that two files change.
  if (item.artefact?.kind === 'kubernetes') item.artefact.locate = nowhere
}

const judgedFields = {}
const nowhere = (): Place => ({ value: { start: 0, end: 0 }, missing: 0 })

function failedOn({ artefact, projected }: Item, control: string): Unjudged {
  const { artefact: source } = projected.source([])
  const { span, document } = artefact ?? source
  return { span, document, reason: 'failed', detail: `${control} could not be evaluated on this document` }
}

function remembered<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}
