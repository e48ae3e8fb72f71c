import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { Projected } from '../../src/input/input.ts'
import { candidate, judgeAll } from '../../src/lint/judged.ts'
import type { Catalogue } from '../../src/policy/catalogue.ts'
import { createEngine } from '../../src/policy/engine.ts'

const fixtures = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'policy', 'failing-modules.json'), 'utf8')) as Record<string, { wasm: string }>

/** Of two controls, `a-broken` fails on every input that holds an artefact named `poison`; `a-sound` finds something everywhere. */
const engine = createEngine(new WebAssembly.Module(gunzipSync(Buffer.from(fixtures['poisoned-artefact'].wasm, 'base64'))), {})
const catalogue = {
  controls: [],
  families: {
    kubernetes: {
      lint: { entrypoint: 'mcp/main/lint_kubernetes', findings: ['a-broken', 'a-sound'], excused: [], undecided: [] },
      outcomes: { entrypoint: 'mcp/main/outcomes_kubernetes', judged: ['a-broken', 'a-sound'], inapplicable: [] },
    },
  },
  entrypoints: { 'a-broken': 'mcp/main/control_a_broken', 'a-sound': 'mcp/main/control_a_sound' },
} as Catalogue

test('an artefact that a control fails on costs its neighbours in the batch nothing', () => {
  const names = ['first', 'poison', 'last']
  const candidates = names.map(name => candidate({ kind: 'kubernetes', fields: { name }, identity: { name } } as unknown as Projected))
  const said = new Map<string, { found: string[]; failed: string[] }>()
  judgeAll(engine, catalogue, candidates, 'lint', ({ projected, answers, failed }) => {
    const found = [...answers].flatMap(([control, { findings }]) => findings.map(({ artefact }) => `${control} ${artefact}`))
    said.set(projected.identity.name!, { found: found.sort(), failed: failed.map(({ control }) => control) })
  })
  const both = { found: ['a-broken 0', 'a-sound 0'], failed: [] }
  expect(Object.fromEntries(said)).toEqual({ first: both, poison: { found: ['a-sound 0'], failed: ['a-broken'] }, last: both })
})
