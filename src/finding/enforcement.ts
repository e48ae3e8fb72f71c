import type { Control, Enforcement, Severity } from '../policy/catalogue.ts'

export const profiles = ['production', 'staging', 'development', 'pss-baseline', 'pss-restricted'] as const
export type Profile = (typeof profiles)[number]

/** Whose object it is: of an MCP system, of what stands beside one, or of something else. Other artefacts than objects have none. */
export type Subject = 'mcp' | 'support' | 'other'

const bySeverity: Record<Severity, Enforcement> = { critical: 'deny', high: 'deny', medium: 'warn', low: 'audit' }

/**
 * What `lint` of the version `version` of the tool does about a finding, by its severity or that of its control, the profile and whose object
 * it is.
 *
 * An object that is neither of an MCP system nor beside one is denied only what the baseline standard or a critical control says. A control
 * denies nothing in the minor version that brought it, but under the Pod Security profiles, which are not ours to soften.
 */
export function lintEnforcement(control: Control, finding: { case?: string; level?: 'warn'; severity?: Severity }, subject: Subject | undefined, profile: Profile, version: string): Enforcement {
  const usual = enforcementOf(control, finding, subject, profile)
  return usual === 'deny' && !isStandard(profile) && isNew(control, version) ? 'warn' : usual
}

function enforcementOf(control: Control, finding: { case?: string; level?: 'warn'; severity?: Severity }, subject: Subject | undefined, profile: Profile): Enforcement {
  if (profile === 'development') return 'audit'
  if (isStandard(profile)) return 'deny'
  const severity = finding.severity ?? control.severity
  const usual = bySeverity[severity]
  if (usual !== 'deny') return usual
  if (finding.level === 'warn' || profile === 'staging') return 'warn'
  if (subject === 'other' && severity !== 'critical' && finding.case !== 'pss-baseline') return 'warn'
  return 'deny'
}

/** True when no minor version before this one had the control; in the first, 0.1, all are as new as the tool, and none is. */
export function isNew({ since }: Pick<Control, 'since'>, version: string): boolean {
  const [[major, minor], [itsMajor, itsMinor]] = [minorOf(version), minorOf(since)]
  return (itsMajor > 0 || itsMinor > 1) && (itsMajor > major || (itsMajor === major && itsMinor >= minor))
}

const minorOf = (version: string): number[] => version.split('.').slice(0, 2).map(Number)

export const strictness: Record<Enforcement, number> = { deny: 2, warn: 1, audit: 0 }

/** What the configuration says is done about a finding, if anything: the word on its case before that on its control. A warning stays one. */
export function configured(enforcement: Readonly<Record<string, Enforcement>>, id: string, { case: part, level }: { case?: string; level?: 'warn' }): Enforcement | undefined {
  const said = (part === undefined ? undefined : enforcement[`${id}/${part}`]) ?? enforcement[id]
  return said === 'deny' && level === 'warn' ? 'warn' : said
}

/** True when the profile judges this part of a control: the Pod Security profiles only know their own cases. */
export function judgedIn(control: Control, finding: { case?: string }, profile: Profile): boolean {
  if (control.id.startsWith('input-')) return true
  if (profile === 'pss-baseline') return finding.case === 'pss-baseline'
  if (profile === 'pss-restricted') return finding.case === 'pss-baseline' || finding.case === 'pss-restricted'
  return control.profiles.length === 0 || control.profiles.includes(profile)
}

/** The profile for an artefact that says itself what it is for: never a stricter one than the run's. */
export function profileFor(run: Profile, own: Profile | undefined): Profile {
  return own === undefined || isStandard(run) || profiles.indexOf(own) < profiles.indexOf(run) ? run : own
}

export const isStandard = (profile: Profile): boolean => profile.startsWith('pss-')
