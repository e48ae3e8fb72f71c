import { expect, test } from 'vitest'
import { daysFrom, faultIn, type Terms } from '../../src/finding/exemption-terms.ts'
import type { Control } from '../../src/policy/catalogue.ts'

const control = (cases: Record<string, string>) => ({ cases }) as Control
const controls = new Map([['workload-no-hostpath', control({ 'pss-baseline': '' })], ['input-exemption', control({})]])
const good: Terms = { control: 'workload-no-hostpath', reason: 'r', owner: 'o', last_day: '2027-05-20' }

test.each<[Terms, string | undefined]>([
  [{}, undefined],
  [{ control: 'workload-no-hostpath/pss-baseline' }, undefined],
  [{ last_day: '2026-11-20' }, undefined],
  [{ control: undefined }, 'exemption-incomplete: an exemption without a control'],
  [{ control: 'workload-no-hostpaths' }, 'exemption-incomplete: there is no control workload-no-hostpaths; did you mean workload-no-hostpath?'],
  [{ control: 'workload-no-hostpath/pss' }, 'exemption-incomplete: workload-no-hostpath has no case pss; did you mean pss-baseline?'],
  [{ control: 'workload-no-hostpath/pss-baseline/x' }, 'exemption-incomplete: workload-no-hostpath has no case pss-baseline/x; did you mean pss-baseline?'],
  [{ control: 'input-exemption' }, 'exemption-incomplete: findings about exemptions cannot be exempted'],
  [{ reason: ' ' }, 'exemption-incomplete: the exemption of workload-no-hostpath gives no reason'],
  [{ owner: undefined }, 'exemption-incomplete: the exemption of workload-no-hostpath names no owner'],
  [{ last_day: undefined }, 'exemption-incomplete: the exemption of workload-no-hostpath has no last_day'],
  [{ last_day: 20270131 }, 'exemption-incomplete: the exemption of workload-no-hostpath has no last_day'],
  [{ last_day: '2027-02-30' }, 'exemption-incomplete: the last day of the exemption of workload-no-hostpath is no day such as 2026-11-21'],
  [{ last_day: 'tomorrow' }, 'exemption-incomplete: the last day of the exemption of workload-no-hostpath is no day such as 2026-11-21'],
  [{ last_day: '2027-05-21' }, 'exemption-too-long: the exemption of workload-no-hostpath ends on 2027-05-21, more than 180 days ahead'],
])('%j', (own, expected) => {
  const fault = faultIn({ ...good, ...own }, controls, '2026-11-21')
  expect(fault && `${fault.kind}: ${fault.detail}`).toBe(expected)
})

test('days are those of the calendar', () => {
  expect([daysFrom('2026-11-21', '2026-11-21'), daysFrom('2027-03-27', '2027-03-29'), daysFrom('2026-11-21', '2026-11-20')]).toEqual([0, 2, -1])
})
