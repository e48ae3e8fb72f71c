import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Catalogue } from '../../src/policy/catalogue.ts'
import { createEngine, type Engine } from '../../src/policy/engine.ts'

const modules = JSON.parse(readFileSync(join(import.meta.dirname, 'failing-modules.json'), 'utf8')) as Record<string, { rego: string; wasm: string }>

/** An engine over a module written for what must never be in the real bundle; `src/tasks/failing-modules.ts` has the Rego. */
export function failingEngine(name: string): Engine {
  return createEngine(new WebAssembly.Module(gunzipSync(Buffer.from(modules[name].wasm, 'base64'))), {})
}

/** The catalogue of the modules with two controls, one that fails and one that does not. */
export const brokenAndSound = {
  controls: [],
  families: {
    kubernetes: {
      lint: { entrypoint: 'mcp/main/lint_kubernetes', findings: ['a-broken', 'a-sound'], excused: [], undecided: [] },
      outcomes: { entrypoint: 'mcp/main/outcomes_kubernetes', judged: ['a-broken', 'a-sound'], inapplicable: [] },
    },
  },
  entrypoints: { 'a-broken': 'mcp/main/control_a_broken', 'a-sound': 'mcp/main/control_a_sound' },
} as Catalogue
