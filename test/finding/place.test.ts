import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linesOf, pathText } from '../../src/finding/place.ts'

test.each([
  ['', 0, 1, 1],
  ['ab', 1, 1, 2],
  ['a\nb', 2, 2, 1],
  ['a\r\nb', 3, 2, 1],
  ['a\rb', 2, 2, 1],
  ['a\r\rb', 3, 3, 1],
  ['é\u{1f600}x', 3, 1, 4],
])('%j at %i is line %i, column %i', (text, offset, line, column) => {
  expect(linesOf(text).at(offset)).toEqual({ line, column })
})

test('lines and columns are those of counting', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom('a', '\n', '\r', '\r\n', 'é')).map(parts => parts.join('')), fc.nat(40), (text, at) => {
    const offset = Math.min(at, text.length)
    // Between the two halves of CRLF the line has not ended.
    const before = text.slice(0, offset).replace(/\r$/, match => (text[offset] === '\n' ? ' ' : match))
    const lines = before.split(/\r\n|\r|\n/)
    expect(linesOf(text).at(offset)).toEqual({ line: lines.length, column: lines.at(-1)!.length + 1 })
  }))
})

test.each<[(string | number)[], string]>([
  [[], ''],
  [['spec', 'containers', 0, 'image'], 'spec.containers[0].image'],
  [['metadata', 'labels', 'app.kubernetes.io/name'], 'metadata.labels."app.kubernetes.io/name"'],
  [['data', 'a"b'], 'data."a\\"b"'],
  [['read-only_1'], 'read-only_1'],
])('%j is written %s', (path, text) => {
  expect(pathText(path)).toBe(text)
})
