import fc from 'fast-check'
import { expect, test } from 'vitest'
import { frameOf } from '../../src/report/frame.ts'
import { linesOf } from '../../src/report/lines.ts'
import { maskOf } from '../../src/report/mask.ts'
import { cellsOf } from '../../src/report/visible.ts'

/** The frame as lines, the place being all between `«` and `»`. */
function frame(marked: string, width = 60, what: 'secrets' | 'all' = 'secrets'): string[] {
  const start = marked.indexOf('«')
  const end = marked.indexOf('»') - 1
  const text = marked.replace(/[«»]/g, '')
  const place = (offset: number) => {
    const before = text.slice(0, offset).split(/\r\n?|\n/)
    return { line: before.length, column: (before.at(-1) as string).length + 1 }
  }
  const [from, to] = [place(start), place(end)]
  const lines = linesOf(text)
  return frameOf(lines, maskOf(lines), { ...from, endLine: to.line, endColumn: to.column }, what, width)
    .flatMap(({ text, under }) => (under === undefined ? [text] : [text, under]))
}

test.each([
  ['a key and its value', 'a:\n  «b: 1»\n  c: 2\n', ['a:', '  b: 1', '  ^^^^', '  c: 2']],
  ['an empty place is one caret', 'a:\n  b:«»\n', ['a:', '  b:', '    ^']],
  ['a place over several lines is marked on its first', '«a:\n  b: 1\n»c: 2\n', ['a:', '^^', '  b: 1']],
  ['tabs take their cells', '\t«a»\tb\n', ['    a   b', '    ^']],
  ['wide characters take two cells', 'タグ: «貨物» x\n', ['タグ: 貨物 x', '      ^^^^']],
  ['a combining mark takes none', 'ne\u0301: «x»\n', ['ne\u0301: x', '    ^']],
  ['an emoji is two units and two cells', '😀 «x»\n', ['😀 x', '   ^']],
  ['CRLF is a line end', 'a:\r\n  «b: 1»\r\n  c: 2\r\n', ['a:', '  b: 1', '  ^^^^', '  c: 2']],
  ['a lone CR is one', 'a:\r  «b: 1»\r  c: 2\r', ['a:', '  b: 1', '  ^^^^', '  c: 2']],
  ['the line before is left out when it ends something else', 'a:\n    deep: 1\n  «b: 1»\n', ['  b: 1', '  ^^^^']],
  ['the line after is left out when it begins something else', 'a:\n  «b: 1»\nc: 2\n', ['a:', '  b: 1', '  ^^^^']],
  ['another document is no neighbour', 'a: 1\n---\n«b: 1»\n---\nc: 2\n', ['b: 1', '^^^^']],
])('%s', (_, marked, expected) => {
  expect(frame(marked)).toEqual(expected)
})

test.each([
  ['in the middle', `${'x'.repeat(50)} «here» ${'y'.repeat(50)}\n`, ['…xxxxxx here yyyyyy…', '        ^^^^']],
  ['at the start', `«here» ${'y'.repeat(50)}\n`, ['here yyyyyyyyyyyyy…', '^^^^']],
  ['at the end', `${'x'.repeat(50)} «here»\n`, ['…xxxxxxxxxxxxx here', '               ^^^^']],
  ['a place wider than the frame', `x «${'y'.repeat(50)}»\n`, ['…yyyyyyyyyyyyyyyyyy…', ' ^^^^^^^^^^^^^^^^^^']],
  ['a very long line', `${'[1], '.repeat(40_000)}«here»${', [1]'.repeat(40_000)}\n`, ['…, [1], here, [1], …', '        ^^^^']],
])('a long line is cut around the place: %s', (_, marked, expected) => {
  expect(frame(marked, 20)).toEqual(expected)
})

test('a place outside the text has no frame', () => {
  expect(frameOf(linesOf('a: 1\n'), maskOf(linesOf('a: 1\n')), { line: 7, column: 1, endLine: 7, endColumn: 2 }, 'secrets', 80)).toEqual([])
})

test('with all values hidden only keys are left', () => {
  expect(frame('env:\n  - name: A\n    «value: xyz»\n    on: true\n', 60, 'all')).toEqual(['  - name: •••', '    value: •••', '    ^^^^^^^^^^', '    on: true'])
})

test('the name of a secret is no secret', () => {
  expect(frame('- name: DB_PASSWORD\n  «value: xyz»\n', 60, 'all')).toEqual(['- name: DB_PASSWORD', '  value: •••', '  ^^^^^^^^^^'])
})

test.each([
  ['a block scalar below the name of a secret', `password: |\n  ${'rosebud '.repeat(200)}«here»`],
  ['a value that begins with the name of a secret', `password: ${'rosebud '.repeat(200)}«here»`],
  ['names of secrets near the place', `{"a": "${'x '.repeat(600)}", "name": "DB_PASSWORD", "value": "«here» rosebud", "b": "${'x '.repeat(600)}"}`],
])('a very long line is not quoted: %s', (_, marked) => {
  expect(frame(marked).at(-1)).toMatch(/^… column \d+ of \d+ …$/)
})

test('any text is shown in the width, with nothing that a terminal obeys', () => {
  const part = fc.constantFrom('a', ' ', '  ', '\t', '\n', '\r\n', '- ', 'k: ', 'password: ', '貨', '😀', 'e\u0301', '\u001b[2J', '\u202e', '\ud800', '"', '{', 'x'.repeat(70), 'y '.repeat(400))
  const place = fc.nat({ max: 900 })
  fc.assert(fc.property(fc.array(part, { maxLength: 30 }), fc.nat({ max: 12 }), place, place, fc.constantFrom('secrets' as const, 'all' as const), (parts, line, from, length, what) => {
    const lines = linesOf(parts.join(''))
    const range = { line, column: from + 1, endLine: line, endColumn: from + 1 + length }
    for (const { text, under = '' } of frameOf(lines, maskOf(lines), range, what, 40)) {
      expect(text).not.toMatch(/\p{Cc}|\p{Cf}|\p{Cs}/u)
      expect(cellsOf(text).reduce((sum, { width }) => sum + width, 0)).toBeLessThanOrEqual(40)
      expect(under).toMatch(/^( *\^+)?$/)
      expect(under.length).toBeLessThanOrEqual(41)
    }
  }), { numRuns: 2000 })
})

test('a line of which nothing may be shown has no frame, and none stands beside another', () => {
  expect(frame('FROM a\n«COPY . .»\n', 60, 'all')).toEqual([])
  expect(frame('COPY . .\n«key: value»\n', 60, 'all')).toEqual(['key: •••', '^^^^^^^^'])
})
