import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isScalar, parseAllDocuments, type Document } from 'yaml'
import type { Json, Parsed, Path, StreamDocument } from '../../src/artefact/document.ts'
import { embedded, readJson, readStream, type Dialect } from '../../src/artefact/yaml/stream.ts'
import { rubbish } from './yaml-documents.ts'
import { corpora, filesBelow, haveCorpora } from '../../src/tasks/corpora.ts'

const dialects: Dialect[] = ['kubectl', 'go-yaml-v3', 'pyyaml']
const read = (text: string, dialect: Dialect = 'kubectl'): StreamDocument[] => readStream(text, dialect, { depth: 1000 })

function parsedOf(documents: StreamDocument[]): Parsed[] {
  return documents.flatMap(document => ('parsed' in document ? [document.parsed] : []))
}

/** Every path to a value that is no map or list, with the value. */
function leaves(value: Json, path: Path = [], found: { path: Path; leaf: Json }[] = []): { path: Path; leaf: Json }[] {
  if (value === null || typeof value !== 'object') found.push({ path, leaf: value })
  else for (const [key, child] of Object.entries(value)) leaves(child, [...path, Array.isArray(value) ? Number(key) : key], found)
  return found
}

describe.skipIf(!haveCorpora)('every leaf of the corpora', () => {
  const texts = filesBelow(corpora).filter(file => /\.ya?ml$/.test(file)).map(file => ({ file, text: readFileSync(file, 'utf8') }))

  test('is located where the yaml package has it', () => {
    let agreed = 0
    for (const { file, text } of texts) {
      const documents = read(text).filter(document => !('empty' in document))
      const theirs = parseAllDocuments(text, { version: '1.1', merge: true, uniqueKeys: false, logLevel: 'silent' }) as Document[]
      const pairs = theirs.filter(document => document.contents !== null && !(isScalar(document.contents) && document.contents.value === null))
      if (pairs.length !== documents.length) continue
      documents.forEach((document, i) => {
        if (!('parsed' in document) || pairs[i].errors.length > 0) return
        // Of two keys of the same name the package finds the first.
        if (document.parsed.remarks.some(({ kind }) => kind === 'duplicate-key')) return
        for (const { path } of leaves(document.parsed.value)) {
          const node = pairs[i].getIn(path, true)
          if (!isScalar(node) || node.range == null || (node.range[0] === node.range[1] && node.source === '')) continue
          const { value, missing } = document.parsed.locate(path)
          expect([value.start, missing], `${file} ${path.join('.')}`).toEqual([node.range[0], 0])
          // A block scalar ends for them behind the blank lines that follow it.
          if (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED') expect(text.slice(value.end, node.range[1]).trim(), `${file} ${path.join('.')}`).toBe('')
          else expect(value.end, `${file} ${path.join('.')}`).toBe(node.range[1])
          agreed++
        }
      })
    }
    expect(agreed).toBeGreaterThan(40_000)
  })

  test('is a string that leads back to its letters', () => {
    for (const { file, text } of texts) {
      for (const parsed of parsedOf(read(text))) {
        for (const { path, leaf } of leaves(parsed.value)) {
          const inner = embedded(parsed, path)
          expect(inner?.text, `${file} ${path.join('.')}`).toBe(typeof leaf === 'string' ? leaf : undefined)
          if (inner === undefined || inner.text === '') continue
          const { value } = parsed.locate(path)
          for (let offset = 0; offset < inner.text.length; offset += 1 + (inner.text.length >> 3)) {
            const outer = inner.toOuter(offset)
            expect(outer >= value.start && outer < value.end, `${file} ${path.join('.')} ${offset}`).toBe(true)
            if (text.charAt(value.start) === '|' || value.end - value.start === inner.text.length) expect(text.charAt(outer)).toBe(inner.text.charAt(offset))
          }
        }
      }
    }
  })
})

test('whatever is read, each unit of the text is in one document, and places can be asked for', () => {
  fc.assert(
    fc.property(rubbish, fc.constantFrom(...dialects), (text, dialect) => {
      const documents = read(text, dialect)
      expect(documents.map(({ span }) => text.slice(span.start, span.end)).join('')).toBe(text)
      documents.forEach(({ span }, i) => expect(span.start).toBe(i === 0 ? 0 : documents[i - 1].span.end))
      for (const parsed of parsedOf(documents)) {
        for (const { path, leaf } of leaves(parsed.value)) {
          const { value, missing } = parsed.locate(path)
          expect(missing).toBe(0)
          expect(value.start >= 0 && value.start <= value.end && value.end <= text.length).toBe(true)
          expect(parsed.locate([...path, 'no', 1]).missing).toBe(2)
          if (typeof leaf === 'string') expect(embedded(parsed, path)?.text ?? leaf).toBe(leaf)
        }
        for (const { span, path, detail } of parsed.remarks) {
          expect(span.start <= span.end && detail !== '').toBe(true)
          expect(parsed.locate(path)).toBeDefined()
        }
      }
    }),
    { numRuns: 4000 },
  )
})

test('strings of JSON lead back through their escapes', () => {
  const text = '{"a": "x\\/\\ud83d\\ude00\\ud800\\n{\\"b\\": 1}"}'
  const parsed = readJson(text, { depth: 10 })
  const inner = embedded(parsed, ['a'])!
  expect(inner.text).toBe('x/😀\ufffd\n{"b": 1}')
  expect(text.slice(inner.toOuter(inner.text.indexOf('b')))).toBe('b\\": 1}"}')
})

test('places compose: a configuration in a ConfigMap in a string', () => {
  const text = 'data:\n  outer: |\n    # one\n    inner: |-\n      deep:\n        key: value\n'
  const outer = embedded(parsedOf(read(text))[0], ['data', 'outer'])!
  const inner = embedded(parsedOf(read(outer.text))[0], ['inner'])!
  const { value } = parsedOf(read(inner.text))[0].locate(['deep', 'key'])
  expect(text.slice(outer.toOuter(inner.toOuter(value.start)), outer.toOuter(inner.toOuter(value.end - 1)) + 1)).toBe('value')
})
