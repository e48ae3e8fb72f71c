import { describe, expect, test } from 'vitest'
import { judgeItems, type Judged } from '../../src/checklist/evaluate.ts'
import type { Checklists, PlannedControl } from '../../src/checklist/table.ts'
import type { Decision } from '../../src/lint/outcomes.ts'
import type { Control } from '../../src/policy/catalogue.ts'
import type { Finding } from '../../src/report/report.ts'

const control = (id: string, own: Partial<Control> = {}) => ({ id, artefacts: ['hangar-config'], cases: {}, instances: {}, severity: 'high', ...own }) as Control
const planned = (id: string, own: Partial<PlannedControl> = {}): PlannedControl => ({ id, items: ['hangar-001'], modes: ['config'], kinds: ['hangar-config'], ...own })
const decision = (own: Partial<Decision> = {}): Decision => ({ control: 'auth-required', kind: 'hangar-config', system: 'hangar', outcome: 'met', findings: [], ...own })
const finding = (outcome: Finding['outcome'], own: Partial<Finding> = {}) => ({ outcome, message: 'off', file: 'a.yaml', line: 3, ...own }) as Finding
const violated = (labels?: string[]) => decision({ outcome: 'violated', reason: 'off', findings: [{ finding: finding('violated'), isWarning: false, labels }] })

function state(decisions: Decision[], { controls = [control('auth-required')], plan = [planned('auth-required')], ...own }: Partial<Omit<Judged, 'controls'>> & { controls?: Control[]; plan?: PlannedControl[] } = {}) {
  const checklists: Checklists = { items: [{ id: 'hangar-001', source: 'hangar', line: 1, section: 's', text: 't', kind: 'checkbox' }], controls: plan }
  const [item] = judgeItems(checklists, {
    decisions, controls: new Map(controls.map(one => [one.id, one])), beyond: () => ['extra'], selected: () => true, systems: ['hangar'], kinds: new Set(decisions.map(({ kind }) => kind)), ...own,
  })
  return [item.state, ...item.reasons]
}

describe('an item', () => {
  const two = { controls: [control('auth-required'), control('auth-other')], plan: [planned('auth-required'), planned('auth-other')] }
  const na = decision({ outcome: 'not-applicable', reason: 'no server' })
  test.each<[string, unknown[], Parameters<typeof state>]>([
    ['met by its artefacts', ['met'], [[decision(), decision()]]],
    ['violated by one', ['violated', 'auth-required: off'], [[decision(), violated()]]],
    ['undecidable, where one cannot be told', ['undecidable', 'auth-required: a variable'], [[decision(), decision({ outcome: 'undecidable', reason: 'a variable' })]]],
    ['not applicable, where all are', ['not-applicable', 'auth-required: no server'], [[na, na]]],
    ['met, where others do not apply', ['met'], [[na, decision()]]],
    ['exempt', ['exempt', 'auth-required: agreed'], [[decision(), decision({ outcome: 'exempt', reason: 'agreed' })]]],
    ['of a control that is not built', ['undecidable', 'auth-required: not built yet'], [[], { controls: [] }]],
    ['of a control that is decided elsewhere and not built', ['undecidable', 'auth-required: not built yet (by probe)'], [[], { controls: [], plan: [planned('auth-required', { modes: ['probe'] })] }]],
    ['of two controls, one not built', ['undecidable', 'auth-other: not built yet'], [[decision()], { ...two, controls: [control('auth-required')] }]],
    ['violated, though another control is not built', ['violated', 'auth-required: off'], [[violated()], { ...two, controls: [control('auth-required')] }]],
    ['met offline', ['offline', 'auth-required: the part that probe shows is open'], [[decision()], { plan: [planned('auth-required', { modes: ['config', 'probe'] })] }]],
    ['of a system that is not in use', ['not-selected', 'hangar is not in use'], [[violated()], { systems: ['bridge'] }]],
    ['of a control that is left out', ['not-selected', 'auth-required: left out of this run'], [[violated()], { selected: () => false }]],
    ['not judged by artefacts of another system', ['met'], [[decision(), { ...violated(), system: 'bridge' }]]],
    ['judged by artefacts of no known system', ['violated', 'auth-required: off'], [[decision(), { ...violated(), system: undefined }]]],
    ['of a configuration that is not there', ['undecidable', 'auth-required: no hangar-config is among the files'], [[]]],
    ['of a form of deployment that is not there', ['not-applicable', 'auth-required: no Kubernetes object is here'], [[], { controls: [control('auth-required', { artefacts: ['kubernetes'] })] }]],
    ['of objects of another sort', ['not-applicable', 'auth-required: nothing here is of the sort that it judges'], [[decision({ control: 'other' })]]],
    ['met, where the only finding is a warning', ['met'], [[decision({ findings: [{ finding: finding('violated'), isWarning: true }] })]]],
  ])('%s', (_, expected, args) => {
    expect(state(...args)).toEqual(expected)
  })
})

describe('the part of a control that an item asks for', () => {
  const cased = control('auth-required', { cases: { on: '', rights: '', extra: '' }, instances: { 'hangar-001': 'on' } })
  const inCase = (part: string, one: Decision): Decision => ({ ...one, case: part })
  test('is its case', () => {
    expect(state([inCase('on', decision()), inCase('rights', violated())], { controls: [cased] })).toEqual(['met'])
    expect(state([inCase('on', violated()), inCase('rights', decision())], { controls: [cased] })[0]).toBe('violated')
  })
  test('is all of them but those that no item asks for', () => {
    const all = control('auth-required', { cases: { on: '', extra: '' } })
    expect(state([inCase('on', decision()), inCase('extra', violated())], { controls: [all] })).toEqual(['met'])
    expect(state([inCase('extra', decision())], { controls: [all] })[0]).toBe('not-applicable')
  })
  test('are the findings with its label', () => {
    const labelled = control('auth-required', { instances: { 'hangar-001': 'admin' } })
    expect(state([violated(['viewer'])], { controls: [labelled] })).toEqual(['met'])
    expect(state([violated(['viewer', 'admin'])], { controls: [labelled] })[0]).toBe('violated')
    expect(state([violated()], { controls: [labelled] })[0]).toBe('violated')
  })
})
