import type { Projected } from '../input/input.ts'
import type { Answer } from '../policy/judge.ts'
import type { Finding } from '../report/report.ts'

/** What one control, or one case of it, came to for one artefact; of several reasons the first. */
export type Decision = {
  control: string
  case?: string
  /** The artefact kind, and the system that it is part of where that is known. */
  kind: string
  system?: string
  outcome: 'violated' | 'undecidable' | 'exempt' | 'met' | 'not-applicable'
  reason?: string
  /** Of what is violated, undecidable or exempt: the findings, with the labels that tell items apart. */
  findings: { finding: Finding; isWarning: boolean; labels?: string[] }[]
}

/** Collects what controls decided while a run judges, findings and what has none. */
export type Collector = {
  answered(control: string, answer: Answer, of: (index: number) => Projected): void
  found(finding: Finding, said: { case?: string; level?: 'warn'; labels?: string[] }, of: Projected): void
  /** What exemptions made of the findings, in the same order. */
  exempted(before: Finding[], after: Finding[]): void
  /** What was decided, once the run is over. */
  decisions(): Decision[]
}

const systemByKind: Record<string, string> = {
  'hangar-config': 'hangar', 'bridge-gateway-config': 'bridge', 'bridge-router-config': 'bridge', 'openmcp-config': 'openmcp', 'openmcp-catalog': 'openmcp',
}

const systemByChart: Record<string, string> = { 'mcp-hangar': 'hangar', 'mcp-hangar-operator': 'hangar', 'mcp-bridge': 'bridge' }

export function collector(): Collector {
  const cases = new Map<Projected, Map<string, Decision>>()
  const caseOf = (control: string, part: string | undefined, projected: Projected): Decision => {
    const ofArtefact = cases.get(projected) ?? new Map<string, Decision>()
    cases.set(projected, ofArtefact)
    const key = `${control}/${part ?? ''}`
    const known = ofArtefact.get(key) ?? { control, case: part, kind: projected.kind, system: systemOf(projected), outcome: 'not-applicable', findings: [] }
    ofArtefact.set(key, known)
    return known
  }
  const exempt = new Map<Finding, Finding>()
  return {
    answered(control, { judged = [], inapplicable = [] }, of) {
      for (const { artefact, case: part, reason } of inapplicable) caseOf(control, part, of(artefact)).reason ??= reason
      for (const { artefact, case: part } of judged) caseOf(control, part, of(artefact)).outcome = 'met'
    },
    found(finding, { case: part, level, labels }, projected) {
      caseOf(finding.control, part, projected).findings.push({ finding, isWarning: level === 'warn', labels })
    },
    exempted(before, after) {
      before.forEach((finding, index) => { if (after[index] !== finding) exempt.set(finding, after[index]) })
    },
    decisions: () => [...cases.values()].flatMap(ofArtefact => [...ofArtefact.values()].map(decision => {
      const findings = decision.findings.map(one => ({ ...one, finding: exempt.get(one.finding) ?? one.finding }))
      return { ...decision, findings, ...outcomeOf(findings, decision) }
    })),
  }
}

/** Violated before undecidable before exempt before what is known without findings; a warning is met. */
export function outcomeOf(findings: Decision['findings'], without: Pick<Decision, 'outcome' | 'reason'>): Pick<Decision, 'outcome' | 'reason'> {
  for (const outcome of ['violated', 'undecidable', 'exempt'] as const) {
    const found = findings.find(({ finding, isWarning }) => finding.outcome === outcome && !(outcome === 'violated' && isWarning))
    if (found !== undefined) return { outcome, reason: outcome === 'exempt' ? found.finding.exemption?.reason ?? found.finding.reason : found.finding.message }
  }
  return findings.length > 0 ? { outcome: 'met', reason: undefined } : { outcome: without.outcome, reason: without.outcome === 'met' ? undefined : without.reason }
}

function systemOf({ kind, fields }: Projected): string | undefined {
  if (typeof fields.system === 'string') return fields.system
  return systemByKind[kind] ?? (typeof fields.chart === 'string' ? systemByChart[fields.chart] : undefined)
}
