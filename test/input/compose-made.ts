import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { Artefact, FileReading } from '../../src/artefact/artefact.ts'
import type { Json } from '../../src/artefact/document.ts'
import { composeProjects, projectCompose, type ComposeContext, type ComposeFile } from '../../src/input/compose.ts'
import { secretRules } from '../../src/input/secret-name.ts'
import type { Projected } from '../../src/input/input.ts'

const { params } = JSON.parse(readFileSync('policies/data/params.json', 'utf8')) as { params: Record<string, unknown> }

export const rules = secretRules(params)

/** A Compose file of which only path and value count. */
export function composeFile(path: string, text: string): ComposeFile {
  const value = parse(text, { merge: true, maxAliasCount: -1 }) as Json
  const artefact: Artefact = {
    kind: 'compose', value, document: 0, span: { start: 0, end: text.length }, remarks: [], hasBigInt: false,
    locate: () => ({ value: { start: 0, end: 0 }, missing: 0 }),
  }
  const file: FileReading = { path, text, artefacts: [artefact], uncovered: [], empty: [], byteOffset: offset => offset }
  return { file, artefact }
}

/** The first project of some files. */
export function project(files: { [path: string]: string }, context: Partial<ComposeContext> = {}): Projected {
  const composed = Object.entries(files).map(([path, text]) => composeFile(path, text))
  const projected = projectCompose(composeProjects(composed)[0], { rules, composeFile: path => composed.find(({ file }) => file.path === path), ...context })
  if ('overLimit' in projected) throw new Error(projected.detail)
  return projected
}

/** The services of a project, by name. */
export function services(projected: Projected): { [name: string]: { [key: string]: any } } {
  const { services } = projected.fields.value as { services: { name: string }[] }
  return Object.fromEntries(services.map(service => [service.name, service]))
}
