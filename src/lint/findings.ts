import type { Json, Path } from '../artefact/document.ts'
import { configured, strictness, judgedIn, lintEnforcement, profileFor, type Profile, type Subject } from '../finding/enforcement.ts'
import { fingerprint } from '../finding/fingerprint.ts'
import { pathText } from '../finding/place.ts'
import { stableSteps } from '../finding/stable-path.ts'
import type { Projected, Source } from '../input/input.ts'
import type { Patched } from '../input/patched.ts'
import type { Control } from '../policy/catalogue.ts'
import type { Answer, Undecided, Violation } from '../policy/judge.ts'
import type { Finding, FindingArtefact, Outcome } from '../report/report.ts'
import type { Collector } from './outcomes.ts'
import type { Located } from './located.ts'
import type { Settings } from './section.ts'

export type Rules = {
  /** What was not read fails the run. */
  failOnUncovered: boolean
  /** Nothing that stands in what is judged takes a finding away. */
  strict: boolean
  /** What the configuration says of enforcement only adds to what the profile says. */
  raisesOnly: boolean
  /** Those that the run judges by. */
  controls: ReadonlyMap<string, Control>
  locate(source: Source): Located
  /** The path of a file from the root of its project. */
  fromRoot(path: string): string
  about: ReturnType<typeof abouts>
  shared: ReturnType<typeof sharedTexts>
  /** Told of each finding, where somebody collects outcomes. */
  found?: Collector['found']
  /** Of the tool: controls that came with it only warn. */
  version: string
}

/** An artefact that was judged, as its findings need it. */
export type Subjected = { projected: Projected; subject?: Subject; patched?: Patched }

/** What findings are about; those of one place in a row share it. */
export function abouts(): (subjected: Subjected, container: string | undefined, document: number) => FindingArtefact {
  let last: { projected: Subjected['projected']; made: Map<string | undefined, FindingArtefact> } | undefined
  return ({ projected }, container, document) => {
    if (last?.projected !== projected) last = { projected, made: new Map() }
    let about = last.made.get(container)
    if (about === undefined) {
      about = { kind: projected.kind, ...projected.identity, ...(container === undefined ? {} : { container }), document }
      last.made.set(container, about)
    }
    return about
  }
}

/** Gives the first of equal texts: findings of many documents have most of theirs in common. */
export function sharedTexts(): (text: string) => string {
  const known = new Map<string, string>()
  return text => {
    const first = known.get(text)
    if (first === undefined) known.set(text, text)
    return first ?? text
  }
}

/** The findings of one control's answer, none where the run does not judge by it; `of` gives the artefact that an index of the answer means. */
export function findingsOf(id: string, answer: Answer, of: (index: number) => Subjected, settings: Settings, rules: Rules): Finding[] {
  const control = rules.controls.get(id)
  if (control === undefined) return []
  const said: Finding[] = []
  const violated = new Set<string>()
  for (const violation of rules.strict ? [...answer.findings, ...answer.excused] : answer.findings) {
    if (!judged(violation)) continue
    const patch = patchOf(violation)
    if (patch !== undefined) {
      const { artefact, path, message } = violation
      said.push(toFinding('undecidable', { artefact, case: violation.case, path, reason: patch, message: `${message}, but ${patch} may set it` }))
      continue
    }
    violated.add(`${violation.artefact}/${violation.case ?? ''}`)
    said.push(toFinding('violated', violation))
  }
  if (!rules.strict) for (const excused of answer.excused) if (judged(excused)) said.push(Object.assign(toFinding('exempt', excused), { reason: excused.reason }))
  for (const undecided of answer.undecided) {
    if (!judged(undecided) || violated.has(`${undecided.artefact}/${undecided.case ?? ''}`)) continue
    said.push(toFinding('undecidable', { ...undecided, message: undecided.reason }))
  }
  return said

  function judged(answer: { artefact: number; case?: string }): boolean {
    return judgedIn(control!, answer, profileOf(of(answer.artefact).projected))
  }

  /** What an artefact says that it is for counts where its tree is trusted. */
  function profileOf({ profile }: Projected): Profile {
    return rules.strict ? settings.profile : profileFor(settings.profile, profile)
  }

  /** What may change the place of a violation, wherever the object is built. */
  function patchOf({ artefact: index, path }: Violation): string | undefined {
    const { projected, patched } = of(index)
    if (patched === undefined) return undefined
    const { artefact, path: place } = projected.source(path)
    const by = patched([...(artefact.outer?.path ?? []), ...place], projected.fields.value as Json)
    return by && patchWords(by)
  }

  function toFinding(outcome: Outcome, what: (Violation | (Undecided & { message: string }))): Finding {
    const path = what.path ?? []
    const { projected, subject } = of(what.artefact)
    const source = projected.source(path)
    const { artefact } = source
    const value = projected.fields.value as Json
    const container = projected.containerAt?.(value, path)
    // Every field is written, set or not: tens of thousands of these are of one shape then, and small.
    const { file, line, column, endLine, endColumn } = rules.locate(source)
    const finding: Finding = {
      control: id,
      case: what.case,
      severity: ('severity' in what ? what.severity : undefined) ?? control!.severity,
      enforcement: outcome === 'violated' ? enforcement(what) : 'audit',
      outcome,
      message: rules.shared(what.message),
      artefact: rules.about(of(what.artefact), container, artefact.document),
      file, line, column, endLine, endColumn,
      path: rules.shared(pathText(artefact.outer === undefined ? source.path : [...artefact.outer.path, ...source.path])),
      fingerprint: fingerprintOf(what.case, projected, source, value, path),
      labels: 'labels' in what ? what.labels : undefined,
      reason: undefined,
      baseline: undefined,
    }
    rules.found?.(finding, what, projected)
    return finding

    function fingerprintOf(part: string | undefined, { identity, stable }: Projected, { file, artefact: { outer } }: Source, value: Json, path: Path): string {
      const { steps, identity: own = identity } = stable?.(value, path) ?? { steps: stableSteps(value, path) }
      // Asking where a file is from the root of its project costs more than all else here, and only what has no name goes by it.
      return fingerprint(id, part, { identity: own, file: own.name === undefined ? rules.fromRoot(file.path) : file.path, inside: outer?.path }, steps)
    }

    function enforcement(violation: Parameters<typeof lintEnforcement>[1]) {
      if (rules.failOnUncovered && (id === 'input-not-evaluated' || id === 'input-over-limit')) return 'deny'
      const usual = lintEnforcement(control!, violation, subject, profileOf(projected), rules.version)
      const own = configured(settings.enforcement, id, violation) ?? usual
      return rules.raisesOnly && strictness[own] < strictness[usual] ? usual : own
    }
  }
}

function patchWords([first, ...others]: string[]): string {
  if (others.length === 0) return `a patch of ${first}`
  return others.length === 1 ? `patches of ${first} and ${others[0]}` : `patches of ${first} and ${others.length} more kustomizations`
}
