import type { Artefact, FileReading, Limits } from '../artefact/artefact.ts'
import type { Place, Remark } from '../artefact/document.ts'
import { isStandard, type Profile, type Subject } from '../finding/enforcement.ts'
import { linesOf } from '../finding/place.ts'
import type { KeySchemas } from '../input/key-schema.ts'
import type { InputLimits } from '../input/limit.ts'
import type { KubernetesParams } from '../input/kubernetes.ts'
import type { Patched } from '../input/patched.ts'
import { noteRemarks, projectReading, type Remarked } from '../input/reading.ts'
import { secretRules } from '../input/secret-name.ts'
import type { Bundle } from '../policy/bundle.ts'
import { engineOf } from '../policy/bundle.ts'
import type { Engine } from '../policy/engine.ts'
import { judge } from '../policy/judge.ts'
import { byPlace, type Finding, type Problem, type Report } from '../report/report.ts'
import { summarise, type LeftOut } from '../report/summary.ts'
import { coverageOf, type Unjudged } from './coverage.ts'
import { abouts, findingsOf, type Rules, type Subjected } from './findings.ts'
import { candidate, judgeAll, type Candidate } from './judged.ts'
import { locator } from './located.ts'
import { projectObjects } from './objects.ts'
import { setPatchesAside } from './patches.ts'
import { projectAll } from './projection.ts'

export type LintOptions = {
  profile: Profile
  /** What could not be read fails the run. */
  failOnUncovered: boolean
  /** Parameters of controls that are set otherwise than in the bundle. */
  params: Record<string, unknown>
  limits: Limits & { input: InputLimits }
  /** Folder arguments of the run, for telling sets apart. */
  folders: string[]
  tool: { name: string; version: string }
  /** The path of a file from the root of its project, for fingerprints; as the run has it where this is not given. */
  fromRoot?(path: string): string
  /** An engine of the bundle, with the parameters of this run, where there is one already. */
  engine?: Engine
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
  const params: Record<string, unknown> = { ...bundle.data.params, ...options.params, profile: options.profile }
  const engine = options.engine ?? engineOf(bundle, params)
  const rules: Rules = {
    profile: options.profile,
    failOnUncovered: options.failOnUncovered,
    controls: new Map(bundle.catalogue.controls.map(control => [control.id, control])),
    locate: locator(),
    about: abouts(),
    fromRoot: options.fromRoot ?? (path => path),
  }
  const unjudged = new Map<FileReading, Unjudged[]>()
  const leave = (file: FileReading, what: Unjudged) => unjudged.get(file)!.push(what)
  const kubernetes: KubernetesParams = {
    literal: false,
    injected_sidecars: params.injected_sidecars as string[],
    pod_template_paths: params.pod_template_paths as string[],
    secrets: secretRules(params),
    limits: options.limits.input,
  }
  const remarked = new WeakMap<Remark, Remarked>()
  const objects = new Map<FileReading, Item[]>()
  for (const file of readings) {
    unjudged.set(file, [...file.uncovered])
    noteRemarks(file, remarked)
    const own = projectObjects(file, kubernetes, leave)
    if (own.length > 0) objects.set(file, own)
  }
  const files = [...unjudged.keys()]
  setPatchesAside(files, (file, what) => {
    leave(file, what)
    objects.delete(file)
  })
  for (const file of files) unjudged.get(file)!.push(...unreadBy(file, unjudged.get(file)!, bundle, options.profile))
  const { items, sets } = projectAll(files, objects, params, bundle.data.schemas as KeySchemas, options, leave)
  const findings: Finding[] = []

  options.collect?.()
  if (!isStandard(options.profile)) {
    for (const set of sets) {
      for (const text of set.texts) {
        const { answers, failed } = judge(engine, bundle.catalogue, 'set', text, 'lint')
        addFindings(answers, index => set.items[index])
        for (const { control, reason } of failed) surroundings.problems.push({ path: set.name, message: `${control} could not be evaluated on this set: ${reason}` })
      }
      set.items = []
    }
  }
  let judged = 0
  judgeAll(engine, bundle.catalogue, items, 'lint', item => {
    addFindings(item.answers, () => item)
    for (const { control } of item.failed) leave(item.file, failedOn(item, control))
    letGo(item)
    if (++judged % 4000 === 0) options.collect?.()
  })
  const noticed = files.flatMap(file => {
    const projected = projectReading(file, unjudged.get(file)!, remarked)
    return projected === undefined ? [] : [{ ...candidate(projected), file }]
  })
  judgeAll(engine, bundle.catalogue, noticed, 'lint', reading => addFindings(reading.answers, () => reading))

  // A base is in the set of each overlay that builds on it, and says the same in all of them; the strictest of them stays.
  findings.sort((a, b) => byPlace(a, b) || strictness[b.enforcement] - strictness[a.enforcement])
  const distinct = findings.filter((finding, index) => index === 0 || !isSame(finding, findings[index - 1]))
  const coverage = files.map(file => coverageOf(file, unjudged.get(file)!, remembered(() => linesOf(file.text))))
  return {
    tool: options.tool,
    bundle: { digest: bundle.digest },
    profile: options.profile,
    summary: summarise(distinct, coverage, surroundings),
    findings: distinct,
    coverage,
    problems: surroundings.problems,
  }

  function addFindings(answers: Candidate['answers'], of: (index: number) => Subjected): void {
    for (const [control, answer] of answers) findings.push(...findingsOf(control, answer, of, rules))
  }
}

/** Artefacts of a file of kinds that no control of the bundle reads under the profile: they are not judged, whoever reads them beside. */
function unreadBy({ artefacts }: FileReading, left: Unjudged[], { catalogue }: Bundle, profile: Profile): Unjudged[] {
  const isRead = (kind: string) => catalogue.controls.some(control => control.artefacts.includes(kind) && (!isStandard(profile) || kind === 'kubernetes'))
  return artefacts
    .filter(({ kind, outer, span }) => outer === undefined && !isRead(kind) && !left.some(other => other.span.start === span.start && other.span.end === span.end))
    .map(({ kind, span, document }) => ({ span, document, kind, reason: 'unknown-kind', detail: `${kind}: no control of the profile ${profile} reads it` }))
}

const strictness = { deny: 2, warn: 1, audit: 0 }

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
