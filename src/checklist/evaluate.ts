import { outcomeOf, type Decision } from '../lint/outcomes.ts'
import type { Control } from '../policy/catalogue.ts'
import type { ChecklistItem } from '../policy/known.ts'
import { systemOfSource, type Checklists, type PlannedControl } from './table.ts'

/**
 * What an item came to. `offline`: what files show is met, and another part can only be seen in what runs. `not-selected`: of a system
 * that is not in use, or of controls that the run leaves out.
 */
export type ItemState = 'met' | 'violated' | 'not-applicable' | 'undecidable' | 'exempt' | 'not-selected' | 'offline'

export const itemStates: ItemState[] = ['met', 'offline', 'violated', 'exempt', 'undecidable', 'not-applicable', 'not-selected']

/** An item with what came of it and why; \`by\` tells it control by control. */
export type JudgedItem = ChecklistItem & { state: ItemState; reasons: string[]; by: ControlState[] }

export type ControlState = { control: string; state: ItemState; reason?: string; findings: { file: string; line: number; message: string }[] }

export type Judged = {
  decisions: Decision[]
  /** Those of the bundle. */
  controls: ReadonlyMap<string, Control>
  /** Cases that no item asks for, by control. */
  beyond(control: string): readonly string[]
  selected(control: Control): boolean
  /** Systems that are in use. */
  systems: readonly string[]
  /** Kinds of the artefacts that were judged. */
  kinds: ReadonlySet<string>
}

const inFiles = new Set(['resource', 'set', 'config', 'repo', 'rollup'])

/** Forms of deployment that stand beside each other: where one is not used, its items do not apply. */
const deployments = ['kubernetes', 'compose', 'dockerfile', 'helm-values', 'mcp-client-config', 'env-file']

/** The items in their order, each with what its controls came to: violated before undecidable, not applicable only where all are. */
export function judgeItems({ items, controls }: Checklists, judged: Judged): JudgedItem[] {
  const byItem = new Map<string, PlannedControl[]>()
  for (const control of controls) for (const item of control.items) byItem.set(item, [...(byItem.get(item) ?? []), control])
  const byControl = new Map<string, Decision[]>()
  for (const decision of judged.decisions) byControl.set(decision.control, [...(byControl.get(decision.control) ?? []), decision])
  return items.map(item => {
    if (!judged.systems.includes(systemOfSource[item.source])) return { ...item, state: 'not-selected', reasons: [`${systemOfSource[item.source]} is not in use`], by: [] }
    const by = (byItem.get(item.id) ?? []).map(control => stateBy(control, item, byControl.get(control.id) ?? [], judged))
    const state = together(by.map(each => each.state))
    const reasons = by.filter(each => each.state === state && each.reason !== undefined).map(({ control, reason }) => `${control}: ${reason}`)
    return { ...item, state, reasons, by }
  })
}

function together(states: ItemState[]): ItemState {
  const present = new Set(states)
  for (const state of ['violated', 'undecidable', 'not-selected', 'exempt', 'offline', 'met'] as const) if (present.has(state)) return state
  return 'not-applicable'
}

function stateBy(planned: PlannedControl, item: ChecklistItem, decisions: Decision[], { controls, beyond, selected, kinds }: Judged): ControlState {
  const said = (state: ItemState, reason?: string, findings: ControlState['findings'] = []): ControlState => ({ control: planned.id, state, reason, findings })
  const control = controls.get(planned.id)
  if (control === undefined) return said('undecidable', inFiles.has(planned.modes[0]) ? 'not built yet' : `not built yet (by ${planned.modes[0]})`)
  if (!selected(control)) return said('not-selected', 'left out of this run')
  const wanted = [control.instances[item.id] ?? []].flat()
  const system = systemOfSource[item.source]
  const relevant = decisions.filter(one => one.system === undefined || one.system === system).map(one => narrowed(one, control, wanted, beyond(control.id))).filter(one => one !== undefined)
  if (relevant.length === 0) return absent(control, kinds, said)
  const state = together(relevant.map(({ outcome }) => outcome))
  const deciding = relevant.filter(({ outcome }) => outcome === state)
  const findings = deciding.flatMap(each => each.findings).filter(({ finding }) => finding.outcome === state)
    .map(({ finding: { file, line, message } }) => ({ file, line, message }))
  const live = planned.modes.filter(mode => !inFiles.has(mode))
  if (state === 'met' && live.length > 0) return said('offline', `the part that ${live.join(', ')} shows is open`)
  return said(state, deciding[0].reason, findings)
}

/** The part of a decision that an item asks for: its cases, or the findings with its labels; cases that no item asks for tick none off. */
function narrowed(decision: Decision, control: Control, wanted: string[], beyond: readonly string[]): Decision | undefined {
  const ofCases = wanted.filter(each => Object.hasOwn(control.cases, each))
  const labels = wanted.filter(each => !Object.hasOwn(control.cases, each))
  if (ofCases.length > 0) return decision.case !== undefined && ofCases.includes(decision.case) ? decision : undefined
  if (decision.case !== undefined && beyond.includes(decision.case)) return undefined
  if (labels.length === 0) return decision
  const findings = decision.findings.filter(one => one.labels === undefined || one.labels.some(label => labels.includes(label)))
  const without = decision.findings.length > 0 ? { outcome: 'met' as const } : decision
  return { ...decision, findings, ...outcomeOf(findings, without) }
}

/** Nothing that the control judges was there. */
function absent(control: Control, kinds: ReadonlySet<string>, said: (state: ItemState, reason?: string) => ControlState): ControlState {
  const own = control.artefacts.filter(kind => kind !== 'reading')
  if (own.some(kind => kinds.has(kind))) return said('not-applicable', 'nothing here is of the sort that it judges')
  const missing = own.map(kind => (kind === 'kubernetes' ? 'Kubernetes object' : kind)).join(', ')
  return own.some(kind => deployments.includes(kind)) ? said('not-applicable', `no ${missing} is here`) : said('undecidable', `no ${missing} is among the files`)
}
