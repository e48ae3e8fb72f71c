export type Severity = 'low' | 'medium' | 'high' | 'critical'
export type Enforcement = 'audit' | 'warn' | 'deny'

/** What is known of a control: the METADATA of its policy, as the build reads it with `opa inspect`. */
export type Control = {
  /** `<area>-<name>`, of the package `mcp.controls.<area>.<name>`. */
  id: string
  title: string
  severity: Severity
  /** What admission does by default; `none` where nothing is decided there. */
  admission: Enforcement | 'none'
  /** Kinds of artefacts it judges, by the vocabulary; all Kubernetes objects are `kubernetes`. */
  artefacts: string[]
  /** Compares artefacts, so only a run over a whole set judges it. */
  whole_set: boolean
  /** The separately decided parts, each with what it asks for; empty when the control is one decision. */
  cases: Record<string, string>
  /** Checks of a published standard that the cases state: standard, case, check names. */
  standard: Record<string, Record<string, string[]>>
  /** Checklist items that ask for it. */
  items: string[]
  /** Items that are judged by some cases or labels only. */
  instances: Record<string, string | string[]>
  remediation: string
  /** Profiles in which it is judged; empty means in all. */
  profiles: string[]
  /** First version of the bundle that had it. */
  since: string
}

/** Which controls stand at which place of the arrays that one entrypoint answers with. */
export type Family = {
  lint: { entrypoint: string; findings: string[]; excused: string[]; undecided: string[] }
  outcomes: { entrypoint: string; judged: string[]; inapplicable: string[] }
}

export type Catalogue = {
  /** In the order of their ids. */
  controls: Control[]
  /** By kind of artefact, and `set` for the controls that compare artefacts. */
  families: Record<string, Family>
  /** Each control's own entrypoint, for naming a culprit. */
  entrypoints: Record<string, string>
}
