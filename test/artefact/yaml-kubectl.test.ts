import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decodeText } from '../../src/artefact/decode.ts'
import { ReadError, type Json } from '../../src/artefact/document.ts'
import { readJson, readStream } from '../../src/artefact/yaml/stream.ts'
import { manifest } from './yaml-documents.ts'
import { corpora, filesBelow, haveCorpora } from '../../src/tasks/corpora.ts'

const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0
if (!hasKubectl) console.warn('kubectl is not installed: what it reads is not compared')

/** `FC_SEED=1 npm test` draws other documents. */
const seed = Number(process.env.FC_SEED ?? 42)
let folder = ''
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'mcp-policy-yaml-'))))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.skipIf(!hasKubectl)('kubectl', () => {
  test('reads every generated document as we do', () => {
    const documents = fc.sample(manifest, { numRuns: 600, seed })
    const read = documents.map(text => ({ text, objects: objectsOf(text) }))
    const good = read.filter(({ objects }) => objects !== undefined)
    const bad = read.filter(({ objects }) => objects === undefined)
    expect(good.length).toBeGreaterThan(100)
    expect(bad.length).toBeGreaterThan(20)
    compareMany(good.map(({ text, objects }, i) => ({ file: written(`good-${i}.yaml`, text), objects: objects! })))
    for (const { text } of bad.slice(0, 40)) expect(ask([written('bad.yaml', text)]), text).toBeUndefined()
  })

  test.skipIf(!haveCorpora)('reads every file of the corpora as we do', () => {
    const read = filesBelow(corpora).filter(file => /\.(?:ya?ml|json)$/.test(file)).map(file => ({ file, objects: objectsOf(readFileSync(file)) }))
    const comparable = read.filter(({ objects }) => objects?.every(object => isNamed(object)))
    expect(comparable.length).toBeGreaterThan(300)
    compareMany(comparable.map(({ file, objects }) => ({ file, objects: objects! })))
    for (const { file, objects } of read) if (objects === undefined) expect(ask([file]), file).toBeUndefined()
  })
})

function written(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

/** The objects of a text, lists unpacked; undefined when any of it is no object or cannot be read. */
function objectsOf(source: string | Uint8Array): Json[] | undefined {
  const decoded = decodeText(typeof source === 'string' ? Buffer.from(source) : source)
  if (decoded instanceof ReadError) return undefined
  const objects: Json[] = []
  for (const document of readStream(decoded.text, 'kubectl', { depth: 1000 })) {
    if ('empty' in document) continue
    if ('error' in document) return undefined
    const { value } = document.parsed
    if (value === null) continue
    if (typeof value !== 'object' || Array.isArray(value)) return undefined
    if (Array.isArray(value.items)) objects.push(...value.items)
    else objects.push(value)
  }
  return objects
}

function isNamed(object: Json): boolean {
  const { kind, metadata } = object as { kind?: Json; metadata?: { name?: Json } }
  return typeof kind === 'string' && typeof metadata?.name === 'string'
}

/** Asks for many files at once; when kubectl refuses, file by file, so that the culprit is named. */
function compareMany(all: { file: string; objects: Json[] }[]): void {
  for (let i = 0; i < all.length; i += 50) {
    const batch = all.slice(i, i + 50)
    const answer = ask(batch.map(({ file }) => file))
    const ours = batch.flatMap(({ objects }) => objects).map(canonical)
    if (answer === undefined || answer.map(canonical).join('\n') !== ours.join('\n')) {
      for (const { file, objects } of batch) expect(ask([file])?.map(canonical), file).toEqual(objects.map(canonical))
      expect(answer?.map(canonical)).toEqual(ours)
    }
  }
}

function ask(files: string[]): Json[] | undefined {
  try {
    const text = execFileSync('kubectl', ['label', '--local', ...files.flatMap(file => ['-f', file]), 'x-probe=1', '-o', 'json'], { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] })
    return text.split(/^(?=\{)/m).filter(object => object.trim() !== '').map(object => readJson(object, { depth: 1000 }).value)
  } catch {
    return undefined
  }
}

/** JSON text with sorted keys, exact integers, and without the label that makes kubectl print. */
function canonical(value: Json): string {
  if (typeof value === 'bigint') return String(Number(value) === Math.round(Number(value)) && BigInt(Number(value)) === value ? Number(value) : value)
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  const entries = Object.entries(value).filter(([key, child]) => key !== 'x-probe' && !(key === 'labels' && isBare(child)))
  return `{${entries.map(([key, child]) => `${JSON.stringify(key)}:${canonical(child)}`).sort().join()}}`
}

function isBare(value: Json): boolean {
  return value === null || (typeof value === 'object' && Object.keys(value).every(key => key === 'x-probe'))
}
