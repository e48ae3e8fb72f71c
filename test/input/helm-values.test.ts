import { expect, test } from 'vitest'
import type { Artefact, FileReading } from '../../src/artefact/artefact.ts'
import type { Json } from '../../src/artefact/document.ts'
import { projectHelmValues } from '../../src/input/helm-values.ts'
import { defaultInputLimits } from '../../src/input/limit.ts'
import { rules } from './compose-made.ts'

const projected = (value: Json, about: { [key: string]: Json } = {}) => {
  const artefact: Artefact = {
    kind: 'helm-values', value, about, document: 0, span: { start: 0, end: 0 }, remarks: [], hasBigInt: false, locate: () => ({ value: { start: 0, end: 0 }, missing: 0 }),
  }
  const file: FileReading = { path: 'values.yaml', text: '', artefacts: [artefact], uncovered: [], empty: [], byteOffset: offset => offset }
  return projectHelmValues(file, artefact, rules, defaultInputLimits)
}

test('values, chart and images', () => {
  expect(projected({ replicaCount: 2, host: '{{ .Release.Name }}', image: { repository: 'acme/x', tag: '' } }, { chart: 'mcp-hangar', overlay: true })).toMatchObject({
    fields: {
      kind: 'helm-values',
      value: { replicaCount: 2, host: { unresolved: 'a template' }, image: { repository: 'acme/x', tag: '' } },
      chart: 'mcp-hangar',
      overlay: true,
      images: [{ path: ['image', 'tag'], reference: { pin: 'version' } }],
    },
  })
})

test('an unknown chart and a base say nothing', () => {
  expect((projected({ a: 1 }, { chart: null, overlay: false }) as { fields: object }).fields).toEqual({ kind: 'helm-values', value: { a: 1 } })
})

test('no secret gets into the input', () => {
  const value = { redis: { auth: { password: 'planted-1' } }, env: [{ name: 'API_TOKEN', value: 'planted-2' }], extraEnv: { DB_PASSWORD: 'planted-3' }, url: 'redis://:planted-4@cache' }
  expect(JSON.stringify(projected(value))).not.toContain('planted')
})

test('a value that nests too deep is over a limit', () => {
  let value: Json = 1
  for (let depth = 0; depth < 5000; depth++) value = { a: value }
  expect(projected(value)).toMatchObject({ overLimit: 'depth' })
})
