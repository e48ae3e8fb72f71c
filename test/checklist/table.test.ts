import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readChecklists, systemOfSource } from '../../src/checklist/table.ts'
import { readKnown } from '../../src/policy/known.ts'
import { policies } from '../../src/tasks/opa.ts'

const { items, controls } = readChecklists(join(policies, 'checklists'))
const known = readKnown(join(policies, 'bundle'), join(policies, 'checklists'))

test('each of the 622 items is decided by a control, and each source belongs to a system', () => {
  const decided = new Set(controls.flatMap(control => control.items))
  expect([items.length, items.filter(({ id }) => !decided.has(id)), items.filter(({ source }) => !(source in systemOfSource))]).toEqual([622, [], []])
})

test('what a built control says of its items is what the table says', () => {
  const planned = new Map(controls.map(control => [control.id, control]))
  const differing = known.catalogue.controls.filter(({ id }) => !id.startsWith('input-')).filter(({ id, items, instances }) => {
    const own = planned.get(id)
    return own === undefined || JSON.stringify([...own.items].sort()) !== JSON.stringify([...items].sort())
      || JSON.stringify(Object.entries(own.instances ?? {}).sort()) !== JSON.stringify(Object.entries(instances).sort())
  })
  expect(differing.map(({ id }) => id)).toEqual([])
})
