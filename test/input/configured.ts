import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { Artefact, FileReading } from '../../src/artefact/artefact.ts'
import type { Json } from '../../src/artefact/document.ts'
import { projectConfig, type ConfigContext } from '../../src/input/config.ts'
import type { Projected } from '../../src/input/input.ts'
import { secretRules } from '../../src/input/secret-name.ts'

const table = (name: string) => JSON.parse(readFileSync(new URL(`../../policies/data/${name}.json`, import.meta.url), 'utf8'))

export const params = table('params').params as Record<string, unknown>
export const context: ConfigContext = { rules: secretRules(params), schemas: table('schemas').schemas }

/** A configuration as the projection hands it on, of a text without positions. */
export function configured(kind: Artefact['kind'], text: string, given: Partial<ConfigContext> = {}): Projected {
  const place = { value: { start: 0, end: text.length }, missing: 0 }
  const artefact: Artefact = {
    kind, value: parse(text) as Json, locate: () => place, remarks: [], hasBigInt: false, document: 0, span: place.value,
  }
  const file: FileReading = { path: 'config.yaml', text, artefacts: [artefact], uncovered: [], empty: [], byteOffset: offset => offset }
  const projected = projectConfig(file, artefact, { ...context, ...given })
  if ('overLimit' in projected) throw new Error(projected.detail)
  return projected
}
