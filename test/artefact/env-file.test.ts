import { describe, expect, test } from 'vitest'
import { defaultLimits } from '../../src/artefact/artefact.ts'
import { looksLikeEnv, readEnvFile } from '../../src/artefact/env-file.ts'

function read(text: string) {
  const { artefacts: [artefact], uncovered } = readEnvFile({ path: '.env', text, limits: defaultLimits })
  return { ...artefact, uncovered }
}

test.each([
  ['plain', 'A=b\nC=d', { A: 'b', C: 'd' }],
  ['export', 'export A=b\nexportB=c', { A: 'b', exportB: 'c' }],
  ['blanks around the sign', 'A = b ', { A: 'b' }],
  ['a colon', 'A: b', { A: 'b' }],
  ['an empty value', 'A=\nB=c', { A: '', B: 'c' }],
  ['no value', 'A\nB=c', { A: null, B: 'c' }],
  ['a comment', '# x\nA=b # c\nB=c#d', { A: 'b', B: 'c#d' }],
  ['double quotes', 'A="b # c" # d\nB="x\\n\\"y\\""', { A: 'b # c', B: 'x\n"y"' }],
  ['single quotes', "A='$B \\n'", { A: '$B \\n' }],
  ['several lines in quotes', 'A="-----BEGIN\nxyz\n"\nB=c', { A: '-----BEGIN\nxyz\n', B: 'c' }],
  ['carriage returns', 'A=b\r\nB="c"\r\n', { A: 'b', B: 'c' }],
  ['variables, as they are written', 'A=${B:-c}$D', { A: '${B:-c}$D' }],
  ['the last of two', 'A=b\nA=c', { A: 'c' }],
  ['a name like any other', '__proto__=x', { ['__proto__']: 'x' }],
])('%s', (_, text, expected) => {
  expect(read(text).value).toEqual(expected)
})

test('values stand where they are written', () => {
  const text = '# c\nexport A = "b c" # d\nB=x y # z\n'
  const { locate } = read(text)
  const at = (name: string) => {
    const { key, value } = locate([name])
    return [text.slice(key!.start, key!.end), text.slice(value.start, value.end)]
  }
  expect(at('A')).toEqual(['A', '"b c"'])
  expect(at('B')).toEqual(['B', 'x y'])
  expect(locate(['C'])).toEqual({ value: { start: 0, end: text.length }, missing: 1 })
})

test('a name that is set twice is remarked on, at the one that is lost', () => {
  expect(read('A=b\nA=c').remarks).toEqual([{ kind: 'duplicate-key', path: ['A'], span: { start: 0, end: 1 }, detail: 'set twice: the last one counts' }])
})

test('what single quotes keep from being replaced is known', () => {
  expect(read("A='$X'\nB=\"$X\"\nC='$X'\nC=$X").about).toEqual({ literal: ['A'] })
})

describe('a statement that compose refuses', () => {
  test.each([
    ['a name with a blank', 'A=b\nNO NAME=x\nC=d'],
    ['no name', 'A=b\n=x\nC=d'],
    ['a strange name', 'A=b\nX!=x\nC=d'],
    ['a quote that does not end', 'C=d\nA=b\nX="secret'],
  ])('%s, hides no other, and is not quoted', (_, text) => {
    const { value, uncovered } = read(text)
    expect(value).toEqual({ A: 'b', C: 'd' })
    expect(uncovered).toHaveLength(1)
    expect(uncovered[0].detail).not.toMatch(/secret|NO NAME|X!/)
    expect(uncovered[0].reason).toBe('syntax')
  })
})

test.each([
  ['A=b\n# c\nexport D="e"\n', true],
  ['# only a comment\n', false],
  ['a: b\nc: d\n', false],
  ['some text\nA=b\n', false],
])('%j looks like an env file: %s', (text, expected) => {
  expect(looksLikeEnv(text)).toBe(expected)
})

test('a file of nothing but faults is told in a few', () => {
  const { uncovered } = read('=\n'.repeat(5000))
  expect(uncovered).toHaveLength(100)
  expect(uncovered[99]).toMatchObject({ span: { start: 198, end: 9999 }, detail: 'and more that are no variables' })
})
