import { expect, test } from 'vitest'
import { batchText, inputText } from '../../src/input/text.ts'

test('whole numbers stay exact', () => {
  expect(inputText({ a: [9007199254740993n, { b: -1n }], c: undefined, d: [undefined] })).toBe('{"a":[9007199254740993,{"b":-1}],"d":[null]}')
})

test.each([
  ['a lone surrogate', 'a\ud800b', 'a\ufffdb'],
  ['a pair', 'a\u{1f600}b', 'a\u{1f600}b'],
  ['the escape as text', 'a\\ud800', 'a\\ud800'],
  ['both', '\\\ud800\\ud800\udfff', '\\\ufffd\\ud800\ufffd'],
])('%s', (_, text, read) => {
  expect(JSON.parse(inputText({ text, ['k' + text]: 1n }))).toEqual({ text: read, ['k' + read]: 1 })
})

test('a key named __proto__ stays a key', () => {
  expect(inputText({ value: JSON.parse('{"__proto__":{"a":1}}') })).toBe('{"value":{"__proto__":{"a":1}}}')
  expect(inputText({ value: JSON.parse('{"__proto__":{"a":1}}'), n: 1n })).toBe('{"value":{"__proto__":{"a":1}},"n":1}')
})

test('texts make one input', () => {
  expect(JSON.parse(batchText([inputText({ kind: 'x' }), inputText({ kind: 'y' })]))).toEqual({ artefacts: [{ kind: 'x' }, { kind: 'y' }] })
})
