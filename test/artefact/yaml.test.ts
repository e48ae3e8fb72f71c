import { expect, test } from 'vitest'
import type { Json, Path, StreamDocument } from '../../src/artefact/document.ts'
import { embedded, readJson, readStream, tagAt, type Dialect } from '../../src/artefact/yaml/stream.ts'

const read = (text: string, dialect: Dialect = 'kubectl'): StreamDocument[] => readStream(text, dialect, { depth: 1000 })

/** Each document as its value, `empty` or the message of its error. */
const outcomes = (text: string, dialect: Dialect = 'kubectl'): (Json | { error: string })[] =>
  read(text, dialect).map(document => ('parsed' in document ? document.parsed.value : 'error' in document ? { error: document.error.message } : 'empty'))

const only = (text: string, dialect: Dialect = 'kubectl') => {
  const [document] = read(text, dialect)
  if (!('parsed' in document)) throw new Error('not read')
  return document.parsed
}

test.each<[string, string, (Json | { error: string })[]]>([
  ['two documents', 'a: 1\n---\nb: 2\n', [{ a: 1 }, { b: 2 }]],
  ['a comment behind a separator', '--- # one\na: 1\n---   # two\nb: 2\n', [{ a: 1 }, { b: 2 }]],
  ['an empty document between two', 'a: 1\n---\n---\n# nothing\n---\nb: 2\n', [{ a: 1 }, 'empty', { b: 2 }]],
  ['content behind a separator', 'a: 1\n--- {b: 2}\nc: 3\n---\nd: 4\n', [{ a: 1 }, { error: 'invalid Yaml document separator' }, { d: 4 }]],
  ['a broken document', 'a: [\n---\nb: 2\n', [{ error: "did not find expected node content" }, { b: 2 }]],
  ['text after the end', 'a: 1\n...\nb: 2\n', [{ a: 1 }]],
  ['JSON objects one after the other', '{"a":1} {"b":2}\n', [{ a: 1 }, { b: 2 }]],
  ['JSON, then YAML', '{"a":1}\n---\n{"b":2}\n---\nc: 3\n', [{ a: 1 }, { error: 'invalid character looking for beginning of value' }, { b: 2 }, { c: 3 }]],
  ['JSON with a trailing comma', '{"a":1,}', [{ error: 'invalid character looking for beginning of object key string' }]],
  ['nothing but comments', '# nothing\n', ['empty']],
  ['no text', '', []],
])('a stream of %s', (_, text, expected) => {
  expect(outcomes(text)).toEqual(expected)
})

test('spans share the text out', () => {
  const text = '# first\n---\na: 1\n--- # second\nb: [\n---\nc: 3\n...\nrest\n'
  expect(read(text).map(({ span }) => text.slice(span.start, span.end))).toEqual(['# first\n', '---\na: 1\n', '--- # second\nb: [\n', '---\nc: 3\n...\nrest\n'])
})

test.each<[Dialect, Json]>([
  ['kubectl', { a: true, b: 493, c: 8, d: 1000, e: '12:30', f: 1, true: 'x' }],
  ['go-yaml-v3', { a: 'yes', b: 493, c: 8, d: 1000, e: '12:30', f: 9, y: 'x' }],
  ['pyyaml', { a: true, b: 493, c: '08', d: '1e3', e: 750, f: 9, y: 'x' }],
])('scalars, keys and merges as %s has them', (dialect, expected) => {
  expect(only('a: yes\nb: 0755\nc: 08\nd: 1e3\ne: 12:30\nf: 9\n<<: {f: 1}\ny: x\n', dialect).value).toEqual(expected)
})

test('integers of 64 bits are exact', () => {
  const parsed = only('a: 9007199254740993\nb: -9223372036854775808\nc: 9007199254740991\n')
  expect(parsed.value).toEqual({ a: 9007199254740993n, b: -9223372036854775808n, c: 9007199254740991 })
  expect(parsed.hasBigInt).toBe(true)
})

test('a key __proto__ is an own key', () => {
  for (const value of [only('__proto__: {x: 1}\na: 1\n').value, readJson('{"__proto__": {"x": 1}, "a": 1}', { depth: 10 }).value]) {
    expect(Object.keys(value as object)).toEqual(['__proto__', 'a'])
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
  }
})

const shown = (text: string, path: Path): [string | undefined, string, number] => {
  const { key, value, missing } = only(text).locate(path)
  return [key && text.slice(key.start, key.end), text.slice(value.start, value.end), missing]
}

test.each<[string, string, Path, [string | undefined, string, number]]>([
  ['a scalar', 'a:\n  - b: "x"\n', ['a', 0, 'b'], ['b', '"x"', 0]],
  ['the last of duplicates', 'a: 1\na: 2\n', ['a'], ['a', '2', 0]],
  ['a block scalar', 'a: |\n  x\n  y\nb: 1\n', ['a'], ['a', '|\n  x\n  y\n', 0]],
  ['what is not there', 'a: {b: 1}\n', ['a', 'c', 'd'], ['a', '{b: 1}', 2]],
  ['the use of an alias', 'a: &x {b: 1}\nc: *x\n', ['c', 'b'], ['c', '*x', 0]],
  ['the use of a merge', 'a: &x {b: 1}\nc:\n  <<: *x\n', ['c', 'b'], ['<<', '*x', 0]],
  ['a key that is no string', 'on: 1\n', ['true'], ['on', '1', 0]],
  ['nothing after a key', 'a:\nb: 1\n', ['a'], ['a', '', 0]],
])('locates %s', (_, text, path, expected) => {
  expect(shown(text, path)).toEqual(expected)
})

test.each<[string, string, object[]]>([
  ['a duplicate key', 'a:\n  b: 1\n  b: 2\n', [{ kind: 'duplicate-key', path: ['a', 'b'], span: { start: 5, end: 6 } }]],
  ['an ambiguous value', 'a: [on]\n', [{ kind: 'ambiguous-scalar', path: ['a', 0], span: { start: 4, end: 6 } }]],
  ['an ambiguous key', 'y: 1\n', [{ kind: 'ambiguous-scalar', path: ['true'], span: { start: 0, end: 1 } }]],
  ['an octal number', 'port: 0644\n', [{ kind: 'ambiguous-scalar', path: ['port'], span: { start: 6, end: 10 } }]],
  ['no file mode', 'defaultMode: 0644\nitems: [{mode: 0400}]\n', []],
  ['a merge that overwrites', 'a: 1\n<<: {a: 2}\n', [{ kind: 'merge-order', path: ['a'], span: { start: 5, end: 7 } }]],
  ['dropped text', 'a: 1\n...\nb: 2\n', [{ kind: 'text-after-end', path: [], span: { start: 9, end: 14 } }]],
  ['a large integer', 'a: 9007199254740993\n', [{ kind: 'inexact-number', path: ['a'], span: { start: 3, end: 19 } }]],
  ['a duplicate key in JSON', '{"a": 1, "a": 2}', [{ kind: 'duplicate-key', path: ['a'], span: { start: 1, end: 4 } }]],
  ['nothing where there is nothing', 'a: true\nb: "on"\nc: 12\nd: -1\ne: 1.5\nf: ~\n', []],
])('remarks on %s', (_, text, expected) => {
  expect(only(text).remarks).toMatchObject(expected)
  expect(only(text).remarks).toHaveLength(expected.length)
})

test.each<[string, string, string]>([
  ['a literal', 'a:\n  b: |\n    x: 1\n\n    y: 2\n', 'y'],
  ['a folded scalar', 'a:\n  b: >-\n    some\n    text y\n', 'y'],
  ['a quoted scalar', 'a:\n  b: "x: \\u00e9\\n\n    y"\n', 'y'],
  ['a plain scalar', 'a:\n  b: x y\n', 'y'],
])('offsets in %s lead back to the file', (_, text, needle) => {
  const parsed = only(text)
  const inner = embedded(parsed, ['a', 'b'])!
  expect(inner.text).toBe((parsed.value as { a: { b: string } }).a.b)
  expect(text.charAt(inner.toOuter(inner.text.indexOf(needle)))).toBe('y')
  expect(inner.toOuter(inner.text.indexOf(needle))).toBe(text.lastIndexOf('y'))
})

test('a tag that changes nothing is remembered', () => {
  const parsed = only('services:\n  a: !reset null\n  b: !override [x]\n', 'go-yaml-v3')
  expect(parsed.value).toEqual({ services: { a: 'null', b: ['x'] } })
  expect(tagAt(parsed, ['services', 'b'])).toBe('!override')
  expect(tagAt(parsed, ['services'])).toBeUndefined()
})
