import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Json } from '../../src/artefact/document.ts'
import { readJson, readStream, type Dialect } from '../../src/artefact/yaml/stream.ts'
import goYaml from './goldens/go-yaml-v3.json' with { type: 'json' }
import pyYaml from './goldens/pyyaml.json' with { type: 'json' }

/*
 * What the libraries themselves make of the snippets, all documents of a file in one JSON text. Left out is what has no one spelling in JSON: dates,
 * infinities, bytes, and keys that are numbers other than integers.
 */
const cases: [Dialect, string, string][] = [
  ...Object.entries(goYaml.answers).map(([name, answer]): [Dialect, string, string] => ['go-yaml-v3', name, answer]),
  ...Object.entries(pyYaml.answers).map(([name, answer]): [Dialect, string, string] => ['pyyaml', name, answer]),
]

test.each(cases)('%s reads %s so', (dialect, name, answer) => {
  const documents = readStream(readFileSync(new URL(`./snippets/${name}`, import.meta.url), 'utf8'), dialect, { depth: 1000 })
  const failed = documents.some(document => 'error' in document)
  if (answer === 'error') return expect(failed).toBe(true)
  expect(failed).toBe(false)
  const expected = (readJson(answer, { depth: 1000 }).value as { ok: Json }[]).map(({ ok }) => ok).filter(value => value !== null)
  const values = documents.flatMap(document => ('parsed' in document ? [document.parsed.value] : []))
  expect(rounded(values)).toEqual(rounded(expected))
})

/** Integers beyond 64 bits have no exact reading in JSON. */
function rounded(value: Json): Json {
  if (typeof value === 'bigint') return Number(value)
  if (value === null || typeof value !== 'object') return value
  return Array.isArray(value) ? value.map(rounded) : Object.fromEntries(Object.entries(value).map(([key, child]) => [key, rounded(child)]))
}
