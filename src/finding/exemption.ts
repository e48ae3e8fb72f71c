import { groupBy } from '../lint/group.ts'
import type { Finding } from '../report/report.ts'

/** A place in a file: line and column from 1, the column in UTF-16 units. */
export type Position = { line: number; column: number }

/** What an exemption is for: a part of a file that holds it (`end` exclusive), or the artefacts of which all that is written holds. */
export type Scope =
  | { within: { file: string; start: Position; end: Position }; container?: string }
  | { file?: (path: string) => boolean; kind?: string; namespace?: string; name?: string; container?: string }

/**
 * A decision that one control, or one case of it, does not count for some artefacts, for a while.
 *
 * `last_day` is a calendar day (`2027-01-31`), in UTC, and still covered.
 */
export type Exemption = {
  /** Where it is written. */
  by: 'configuration' | 'annotation' | 'comment'
  /** `<control>` or `<control>/<case>`. */
  control: string
  scope: Scope
  reason: string
  owner: string
  last_day: string
}

/** What became of a run's findings, and of the exemptions that were meant for them. */
export type Exempted<One extends Exemption> = {
  /** All findings, in their order; those that a valid exemption names are exempt. */
  findings: Finding[]
  /** Past their last day. */
  expired: One[]
  /** Valid, and no finding was there for them. */
  unused: One[]
  /** How many violations each of those that lift any lifts. */
  lifted: Map<One, number>
}

/**
 * Makes the violations that a valid exemption names exempt.
 *
 * Nothing is dropped. An exemption past its last day exempts nothing. One that meets only what cannot be decided changes nothing, but is
 * not unused: it may be needed as soon as that can be decided.
 */
export function applyExemptions<One extends Exemption>(findings: Finding[], exemptions: One[], today: string): Exempted<One> {
  const valid = exemptions.filter(({ last_day }) => last_day >= today)
  const byControl = groupBy(valid, ({ control }) => control.split('/')[0])
  const used = new Set<One>()
  const lifted = new Map<One, number>()
  const judged = findings.map(finding => {
    const by = byControl.get(finding.control)?.filter(exemption => covers(exemption, finding)) ?? []
    for (const exemption of by) used.add(exemption)
    if (by.length === 0 || finding.outcome !== 'violated') return finding
    for (const exemption of by) lifted.set(exemption, (lifted.get(exemption) ?? 0) + 1)
    return exempt(finding, by[0])
  })
  return {
    findings: judged,
    expired: exemptions.filter(({ last_day }) => last_day < today),
    unused: valid.filter(exemption => !used.has(exemption)),
    lifted,
  }
}

const exempt = (finding: Finding, { by, reason, owner, last_day }: Exemption): Finding =>
  ({ ...finding, outcome: 'exempt', enforcement: 'audit', exemption: { by, reason, owner, last_day } })

/** True when the exemption names the finding's control (and case, where it names one) and its artefact. */
export function covers({ control, scope }: Exemption, finding: Finding): boolean {
  const [id, part] = control.split('/')
  if (id !== finding.control || (part !== undefined && part !== finding.case)) return false
  const { artefact } = finding
  if (scope.container !== undefined && scope.container !== artefact.container) return false
  if ('within' in scope) return scope.within.file === finding.file && isWithin(finding, scope.within)
  const { file, kind, namespace, name } = scope
  return (file === undefined || file(finding.file))
    && (kind === undefined || kind === artefact.objectKind || kind === artefact.kind)
    && (namespace === undefined || namespace === artefact.namespace)
    && (name === undefined || name === artefact.name)
}

const isWithin = (at: Position, { start, end }: { start: Position; end: Position }): boolean => !isBefore(at, start) && isBefore(at, end)

const isBefore = (a: Position, b: Position): boolean => a.line < b.line || (a.line === b.line && a.column < b.column)
