import { expect, test } from 'vitest'
import { readStream, type Dialect } from '../../src/artefact/yaml/stream.ts'

/*
 * Inputs of about a megabyte that were made to be slow, deep or large. There is nothing to time: what grows with the square of its input does not
 * end before the runner's limit.
 */
const MB = 1 << 20
const times = (count: number, make: (i: number) => string): string => Array.from({ length: count }, (_, i) => make(i)).join('')
const laughs = `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefghi'].map((c, i) => `${c}: &${c} [${Array(9).fill(`*${'abcdefgh'[i]}`).join()}]\n`).join('')}`

const inputs: [string, string, string][] = [
  ['a hundred thousand keys', times(100_000, i => `k${i}: ${i}\n`), 'parsed'],
  ['keys in a flow map', `# x\n---\n{${times(100_000, i => `k${i}: ${i}, `)}}`, 'empty'],
  ['keys that are numbers', times(100_000, i => `${i * 7919}: 1\n`), 'parsed'],
  ['one key many times', 'a: 1\n'.repeat(200_000), 'parsed'],
  ['a long plain scalar', `a: ${'x'.repeat(MB)}`, 'parsed'],
  ['many escapes', `a: "${'\\n'.repeat(MB / 2)}"`, 'parsed'],
  ['brackets that open', '['.repeat(MB), 'depth'],
  ['braces of JSON that open', '{"a":'.repeat(MB / 5), 'depth'],
  ['dashes', '- '.repeat(MB / 2), 'depth'],
  ['question marks', '? '.repeat(MB / 2), 'depth'],
  ['many things that may be keys', `[${'a: b, "c": [d], '.repeat(MB / 16)}]`, 'parsed'],
  ['many tokens at depth', `${'['.repeat(999)}${'a,'.repeat(MB / 2)}${']'.repeat(999)}`, 'parsed'],
  ['a hundred thousand aliases', `a: &a x\nb:\n${'- *a\n'.repeat(100_000)}`, 'parsed'],
  ['a hundred thousand merges', `x: &x {a: 1}\n${times(40_000, i => `k${i}: {<<: *x}\n`)}`, 'parsed'],
  ['a billion laughs', laughs, 'aliases'],
  ['a map in itself', 'a: &a {b: *a}\n', 'syntax'],
  ['many remarks at depth', `${'['.repeat(900)}${'yes,'.repeat(MB / 4)}${']'.repeat(900)}`, 'parsed'],
  ['folded lines', `a: >\n${'  x\n'.repeat(MB / 4)}`, 'parsed'],
  ['blank lines in a literal', `a: |\n${'\n'.repeat(MB)}`, 'parsed'],
  ['a number of a million digits', `- ${'9'.repeat(MB)}`, 'parsed'],
  ['a number in base 60', `- 1${':59'.repeat(MB / 3)}`, 'parsed'],
  ['documents that are broken', '---\n[\n'.repeat(MB / 6), 'syntax'],
  ['separators that are none', '----\n'.repeat(MB / 5), 'syntax'],
  ['many JSON objects', '{}'.repeat(MB / 2), 'parsed'],
  ['a control character at the end', `${'a: 1\n'.repeat(MB / 5)}\x07`, 'syntax'],
  ['carriage returns', 'aaaaaa: 1\r'.repeat(100_000), 'parsed'],
]

test.each(inputs)('%s', (_, text, expected) => {
  const [first] = readStream(text, 'kubectl', { depth: 1000 })
  expect('parsed' in first ? 'parsed' : 'error' in first ? first.error.reason : 'empty').toBe(expected)
})

test.each<Dialect>(['go-yaml-v3', 'pyyaml'])('%s comes to an end too', dialect => {
  for (const [, text] of inputs) expect(readStream(text, dialect, { depth: 1000 }).length).toBeGreaterThan(0)
})

test('an error never holds what the document holds', () => {
  const secret = 'hunter2'
  const broken = [`a: [${secret}`, `a: "${secret}`, `? [${secret}]\n: x`, `a: !!int ${secret}`, `a: *${secret}`, `${secret}: a: b`, `{"a": ${secret}}`, `!${secret}!x y`, `a: 1\n--- ${secret}`, `a: !!binary ${secret}`, `${secret}: 1\n${secret}: 2`, `- ${secret}\nx`]
  for (const text of broken) {
    for (const dialect of ['kubectl', 'go-yaml-v3', 'pyyaml'] as Dialect[]) {
      for (const document of readStream(text, dialect, { depth: 1000 })) {
        if ('error' in document) expect(document.error.message).not.toContain(secret)
        if ('parsed' in document) expect(JSON.stringify(document.parsed.remarks.map(({ detail }) => detail))).not.toContain(secret)
      }
    }
  }
})
