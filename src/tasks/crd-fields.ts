/**
 * Makes `policies/data/crds.json`, the names and types that Hangar's CRDs have, from the CRD files of some releases of its operator:
 * `npm run crd-fields -- 0.14=FOLDER 0.17=FOLDER`. Lines of a chart's template are left out. Nothing but names, types and enumerations is kept.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { defaultLimits } from '../artefact/artefact.ts'
import { isMap } from '../artefact/json.ts'
import { readFile } from '../artefact/read.ts'
import { crdKindOf, type CrdKind } from '../input/crd-schema.ts'
import type { KeyRule, KeyRules } from '../input/key-schema.ts'
import { filesBelow } from './corpora.ts'
import { policies } from './opa.ts'

type Tables = { definitions: { [name: string]: KeyRules }; versions: { [version: string]: { [kind: string]: CrdKind } } }

const group = 'mcp-hangar.io'

/** The tables of some versions, of which `files` gives the CRD files; what several have in common stands in `definitions`. */
export function crdTables(files: { [version: string]: string[] }): Tables {
  const versions = Object.fromEntries(Object.entries(files).map(([version, paths]) => [version, kindsIn(paths)]))
  return withDefinitions(versions)
}

function kindsIn(paths: string[]): { [kind: string]: CrdKind } {
  const kinds: { [kind: string]: CrdKind } = {}
  for (const path of paths.filter(name => /\.ya?ml$/.test(name))) {
    const text = readFileSync(path, 'utf8').split('\n').filter(line => !line.includes('{{')).join('\n')
    for (const { value } of readFile('crd.yaml', new TextEncoder().encode(text), { limits: defaultLimits }).artefacts) {
      const found = isMap(value) && value.kind === 'CustomResourceDefinition' ? crdKindOf(value) : undefined
      if (found?.group === group) kinds[found.kind] = found.table
    }
  }
  return Object.fromEntries(Object.entries(kinds).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Smaller rules are written out each time. */
const worthwhile = 48

function withDefinitions(versions: Tables['versions']): Tables {
  const seen = new Map<string, number>()
  const count = (rule: KeyRule): void => {
    if (typeof rule === 'string') return
    const text = JSON.stringify(rule)
    const times = (seen.get(text) ?? 0) + 1
    seen.set(text, times)
    if (times === 1) for (const inner of Object.values(rule)) if (isRule(inner)) count(inner)
  }
  const all = Object.values(versions).flatMap(kinds => Object.values(kinds)).flatMap(kind => Object.values(kind.versions))
  all.forEach(count)
  const shared = [...seen].filter(([text, times]) => times > 1 && text.length >= worthwhile).map(([text]) => text)
  const names = new Map(shared.map((text, index) => [text, `d${index}`]))
  const definitions: Tables['definitions'] = {}
  const written = (rule: KeyRule): KeyRule => {
    if (typeof rule === 'string') return rule
    const name = names.get(JSON.stringify(rule))
    if (name === undefined) return inside(rule)
    definitions[name] ??= inside(rule)
    return { $ref: name }
  }
  const inside = (rule: KeyRules): KeyRules => Object.fromEntries(Object.entries(rule).map(([key, inner]) => [key, isRule(inner) ? written(inner) : inner]))
  const made = Object.fromEntries(Object.entries(versions).map(([version, kinds]) => [version, Object.fromEntries(Object.entries(kinds).map(([kind, table]) =>
    [kind, { served: table.served, versions: Object.fromEntries(Object.entries(table.versions).map(([name, rule]) => [name, written(rule)])) }]))]))
  return { definitions, versions: made }
}

const isRule = (value: unknown): value is KeyRules => typeof value === 'object' && value !== null && !Array.isArray(value)

if (import.meta.main) {
  const folders = process.argv.slice(2).map(argument => argument.split('='))
  if (folders.length === 0 || folders.some(pair => pair.length !== 2)) throw new Error('usage: npm run crd-fields -- VERSION=FOLDER ...')
  const tables = crdTables(Object.fromEntries(folders.map(([version, folder]) => [version, filesBelow(folder)])))
  writeFileSync(join(policies, 'data', 'crds.json'), `${JSON.stringify({ crds: { [group]: tables } })}\n`)
}
