import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Catalogue } from './catalogue.ts'
import { createEngine, type Engine } from './engine.ts'

export type Bundle = {
  catalogue: Catalogue
  /** `sha256:` and the digest over all files of the bundle, as the build wrote it. */
  digest: string
  /** The tables and default parameters; `params` are those of the catalogue until a configuration sets others. */
  data: { params: Record<string, unknown> } & Record<string, unknown>
  module: WebAssembly.Module
}

/** Reads a compiled bundle. Throws when a file is missing or cannot be compiled. */
export function loadBundle(folder: string): Bundle {
  const json = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'))
  return {
    catalogue: json('controls.json'),
    digest: readFileSync(join(folder, 'digest'), 'utf8').trim(),
    data: json('data.json'),
    module: new WebAssembly.Module(readFileSync(join(folder, 'policy.wasm'))),
  }
}

/** Tables that the host alone reads: an engine need not parse them. */
const hostTables = ['schemas', 'crds']

export function engineOf(bundle: Bundle, params: Record<string, unknown> = {}): Engine {
  const tables = Object.fromEntries(Object.entries(bundle.data).filter(([name]) => !hostTables.includes(name)))
  return createEngine(bundle.module, { ...tables, params: { ...bundle.data.params, ...params } })
}
