import type { Control, Enforcement, Severity } from '../policy/catalogue.ts'

/** What a finding came to. `undecidable` and `exempt` never fail a run. */
export type Outcome = 'violated' | 'undecidable' | 'exempt'

/** What the finding is about: a document of a file, or an artefact inside one. Empty fields are left out. */
export type FindingArtefact = {
  /** A kind of the vocabulary: `kubernetes`, `compose`, `env-file` ... */
  kind: string
  apiVersion?: string
  objectKind?: string
  namespace?: string
  name?: string
  container?: string
  /** Number of the document in its file, from 0; absent where a file is one document. */
  document?: number
}

/** What one control says about one place in one artefact. */
export type Finding = {
  control: string
  case?: string
  severity: Severity
  enforcement: Enforcement
  outcome: Outcome
  /** What is the case, no advice and no secret; for `undecidable` the reason. */
  message: string
  artefact: FindingArtefact
  /** As the user named it, or relative to the working directory; always with `/`. */
  file: string
  /** Counted from 1; columns in UTF-16 units; the end is exclusive. */
  line: number
  column: number
  endLine: number
  endColumn: number
  /** `spec.containers[0].image`; a key that holds anything but letters, digits, `_` and `-` is quoted: `metadata.labels."app.kubernetes.io/name"`. Empty for the whole document. */
  path: string
  fingerprint: string
  /** What the control was violated by, where its catalogue entry tells instances apart. */
  labels?: string[]
  /** Of an exempt finding that a configuration, an annotation or a comment lifts. */
  exemption?: { by: 'configuration' | 'annotation' | 'comment'; reason: string; owner: string; last_day: string }
  /** Of an exempt finding that the control itself excuses. */
  reason?: string
  /** The baseline of the run holds it: it was there before, and is no more than noted. */
  baseline?: true
}

/** One part of a file and whether controls judged it. */
export type CoveredDocument = {
  document?: number
  /** Offsets into the file's bytes, `endByte` exclusive. */
  startByte: number
  endByte: number
  /** Where it starts, or where reading failed. */
  line: number
  column?: number
  evaluated: boolean
  /** The artefact kind, as far as it is known. */
  kind?: string
  /** Why it was not evaluated: `template`, `syntax`, `limit`, `unreadable`, `unknown-kind`, `needs-rendering`, `patch`, `encoding`, `out-of-scope`, `failed`. */
  reason?: string
  /** Quotes nothing of the file. */
  detail?: string
  /** What the user can do about it. */
  hint?: string
}

export type Coverage = {
  file: string
  status: 'evaluated' | 'in-part' | 'not-evaluated'
  documents: CoveredDocument[]
}

export type Counts = Record<Enforcement, number>

/** Files, or `folder`s, that one rule left out, by the ending of their names. */
export type IgnoredFiles = { rule: string; kind: string; count: number }

export type Summary = {
  files: number
  documents: number
  evaluated: number
  /** In the order of the reasons' names. */
  notEvaluated: { reason: string; count: number }[]
  /** Files that nothing here reads, by the ending of their names. */
  skippedFiles: { extension: string; count: number }[]
  /** Files that an ignore rule or the configuration left out, by the rule. */
  ignoredFiles: IgnoredFiles[]
  /** Violated and not known from a baseline, by what is done about it and by how bad it is. */
  violated: { total: number; enforcement: Counts; severity: Record<Severity, number> }
  undecidable: number
  exempt: number
  /** In a run with a baseline: how many violations it holds, and how many of those that it holds are not there any more. */
  baseline?: { known: number; gone: number }
  /** In a run that reports what has changed since a revision: how many findings are left out, of all outcomes. */
  since?: { revision: string; leftOut: number }
}

/** An exemption that the run met, and what became of it. */
export type ExemptionUse = {
  /** `<control>` or `<control>/<case>`; empty where none is named. */
  control: string
  state: 'used' | 'unused' | 'expired' | 'refused' | 'incomplete' | 'too-long'
  /** How many violations it lifts. */
  findings: number
  reason?: string
  owner?: string
  last_day?: string
  written: 'configuration' | 'annotation' | 'comment'
  file: string
  line: number
}

/** Something that was wrong with the run and is no finding: a control that failed, a folder that could not be listed. */
export type Problem = { path: string; message: string }

/** Everything one run found, before it has a format. Findings stand in the order of `byPlace`, coverage in that of the files. */
export type Report = {
  tool: { name: string; version: string }
  bundle: { digest: string }
  profile: string
  summary: Summary
  findings: Finding[]
  coverage: Coverage[]
  problems: Problem[]
  /** In the order of the configuration, then of the files. */
  exemptions: ExemptionUse[]
}

/** What reports say of a control beside its findings. */
export type ControlText = Pick<Control, 'id' | 'title' | 'severity' | 'remediation' | 'items'>

/** Takes a part of a report's text; a writer calls it in order and keeps nothing. */
export type Out = (chunk: string) => void

/** The order of findings in every report: by code units, so that no locale changes it. */
export function byPlace(a: Finding, b: Finding): number {
  return compare(a.file, b.file) || a.line - b.line || a.column - b.column || compare(a.control, b.control)
    || compare(a.case ?? '', b.case ?? '') || compare(a.path, b.path) || compare(a.message, b.message)
}

export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
