import { expect, test } from 'vitest'
import type { Projected } from '../../src/input/input.ts'
import { candidate, judgeAll } from '../../src/lint/judged.ts'
import { brokenAndSound, failingEngine } from '../policy/failing.ts'

/** Of two controls, `a-broken` fails on every input that holds an artefact named `poison`; `a-sound` finds something everywhere. */
const engine = failingEngine('poisoned-artefact')

test('an artefact that a control fails on costs its neighbours in the batch nothing', () => {
  const names = ['first', 'poison', 'last']
  const candidates = names.map(name => candidate({ kind: 'kubernetes', fields: { name }, identity: { name } } as unknown as Projected))
  const said = new Map<string, { found: string[]; failed: string[] }>()
  judgeAll(engine, brokenAndSound, candidates, 'lint', ({ projected, answers, failed }) => {
    const found = [...answers].flatMap(([control, { findings }]) => findings.map(({ artefact }) => `${control} ${artefact}`))
    said.set(projected.identity.name!, { found: found.sort(), failed: failed.map(({ control }) => control) })
  })
  const both = { found: ['a-broken 0', 'a-sound 0'], failed: [] }
  expect(Object.fromEntries(said)).toEqual({ first: both, poison: { found: ['a-sound 0'], failed: ['a-broken'] }, last: both })
})
