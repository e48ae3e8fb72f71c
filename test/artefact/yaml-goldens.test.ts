import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { decodeText } from '../../src/artefact/decode.ts'
import { ReadError, type Json } from '../../src/artefact/document.ts'
import { readJson, readStream } from '../../src/artefact/yaml/stream.ts'
import goldens from './goldens/kubectl.json' with { type: 'json' }

const folder = new URL('./snippets/', import.meta.url)
const answers = goldens.answers as Record<string, string[] | 'error'>

/**
 * Where reading differs on purpose: kubectl stops at the first fault and forgets the document before a bad separator; here the others are read.
 * Random in kubectl itself, and so no snippet: keys that are two keys to YAML and one to JSON (`1` and `"1"`, `1` and `1.0`, `true` and `"true"`),
 * of which one or the other wins by the order of a Go map. Here the last one wins.
 */
test.each(readdirSync(folder).sort())('%s is what kubectl reads', name => {
  const expected = answers[name]
  const { values, failed } = readFile(name)
  if (expected === 'error') return expect(failed).toBe(true)
  expect(failed).toBe(false)
  expect(values.map((value, i) => alike(value, exact(expected[i])))).toEqual(expected.map(exact))
})

test('of two keys that JSON takes for one the last wins', () => {
  const [document] = readStream('1: a\n"1": b\n', 'kubectl', { depth: 10 })
  expect('parsed' in document && document.parsed.value).toEqual({ 1: 'b' })
})

function readFile(name: string): { values: Json[]; failed: boolean } {
  const decoded = decodeText(readFileSync(new URL(name, folder)))
  if (decoded instanceof ReadError) return { values: [], failed: true }
  const documents = readStream(decoded.text, 'kubectl', { depth: 1000 })
  return {
    values: documents.flatMap(document => ('parsed' in document && document.parsed.value !== null ? [document.parsed.value] : [])),
    failed: documents.some(document => 'error' in document || ('parsed' in document && !isObject(document.parsed.value))),
  }
}

/** kubectl takes objects only; what else a document may be is refused behind the reader. */
function isObject(value: Json): boolean {
  return value === null || (typeof value === 'object' && !Array.isArray(value))
}

function exact(text: string): Json {
  return readJson(text, { depth: 1000 }).value
}

/** A float that is a whole number beyond 2^53 is printed as an integer: the same number then counts as the same. */
function alike(ours: Json, theirs: Json): Json {
  if (typeof ours === 'number' && typeof theirs === 'bigint') return Number(theirs) === ours ? theirs : ours
  if (ours === null || typeof ours !== 'object' || theirs === null || typeof theirs !== 'object') return ours
  if (Array.isArray(ours)) return Array.isArray(theirs) ? ours.map((item, i) => alike(item, theirs[i])) : ours
  return Object.fromEntries(Object.entries(ours).map(([key, value]) => [key, Object.hasOwn(theirs, key) ? alike(value, (theirs as { [key: string]: Json })[key]) : value]))
}
