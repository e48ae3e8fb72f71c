import fc from 'fast-check'

/** Pieces that YAML documents are made of, and that break them: any sequence of them is an input. */
const pieces = [
  'a', 'b', 'key', 'x y', ': ', ':', '- ', '-', '? ', '?', '\n', '\n ', '\n  ', '\n    ', ' ', '\t', '#', ' #c', '"', "'", '""', "''", '[', ']', '{', '}', ', ',
  '&a ', '*a', '*a ', '!', '!!str ', '!!int ', '!!binary ', '!foo ', '|', '>', '|-', '|+', '>-', '>+', '|2', '>1', '\r', '\r\n', '\r\r\n', '\u0085', '\u2028',
  '\ufeff', '---', '\n---\n', '\n...\n', '--- ', '---#x', '%', '%YAML 1.1', '%TAG ! x', '@', '\\', '\\n', '\\x41', '\\u00e9', '\\ud83d', '\\\n', '😀', 'é', '~', 'null', 'yes',
  'on', 'y', 'true', '<<: ', '<<: *a\n', 'a: 1\n', 'b: 2\n', '- x\n', '012', '08', '0x1f', '1e3', '1_000', '.5', '.inf', '12:30', '9007199254740993', '1e400', '\0', '\x07',
  'a: |\n  t\n  u\n', 'a: >\n  t\n\n  u\n   v\n', '? a\n: b\n', '[a, b]', '{a: 1, b: 2}', '&a {x: 1}', '*b', '{"a":1}', '"a": ', '[]: ', '[a]: ',
]

/** Text of any shape, for what must hold whatever is read. */
export const rubbish = fc.array(fc.constantFrom(...pieces), { maxLength: 16 }).map(parts => parts.join(''))

const number = fc.stringMatching(/^[-+]?[0-9a-fxob_.eE+-]{1,6}$/)
const word = fc.constantFrom('y', 'on', 'Off', 'No', 'true', 'Null', '~', 'a', 'x y', 'a#b', 'a:b', 'http://x/y', '-x', '12:30', '2001-01-01', '<<', '=')
const plain = fc.oneof(number, word)
const words = fc.array(fc.constantFrom('a', 'b c', '- d', 'e: f', '# g', '"', "''", 'é😀', '\\', ''), { minLength: 1, maxLength: 4 })

const quoted = fc.oneof(
  words.map(lines => `'${lines.join('\n ').replaceAll("'", "''")}'`),
  words.map(lines => JSON.stringify(lines.join(' '))),
  fc.constantFrom('"a\\\n  b"', '"\\x41\\u00e9\\U0001F600\\e\\_"', '"a\n\n  b"', '""', "''"),
)

const block = fc
  .tuple(fc.constantFrom('|', '>', '|-', '>-', '|+', '>+', '|2', '>2-'), fc.array(fc.constantFrom('a', ' b', 'c: d', '', '', '# e', '- f', '\tg'), { maxLength: 5 }), fc.constantFrom('', ' # note'))
  .map(([header, lines, comment]) => ({ header: header + comment, lines }))

type Node = string | { header: string; lines: string[] } | { list: Node[] } | { map: [string, Node][]; merges: boolean }

const { node } = fc.letrec<{ node: Node; list: Node; map: Node }>(tie => ({
  node: fc.oneof({ depthSize: 'small', withCrossShrink: true }, fc.oneof(plain, quoted, fc.constantFrom('[a, yes, 0x1]', '{a: 1, on: 2}', '*x', '&x {k: 1}', '!!str 1', '[]', '')), block, tie('list'), tie('map')),
  list: fc.array(tie('node'), { minLength: 1, maxLength: 4 }).map(list => ({ list })),
  map: fc.tuple(fc.array(fc.tuple(fc.oneof(plain, fc.constantFrom('"q"', '? c', '*x ', 'k k')), tie('node')), { minLength: 1, maxLength: 4 }), fc.boolean()).map(([map, merges]) => ({ map, merges })),
}))

function render(value: Node, indent: number, inList: boolean): string {
  const pad = ' '.repeat(indent)
  if (typeof value === 'string') return ` ${value}\n`
  if ('header' in value) return ` ${value.header}\n${value.lines.map(line => `${pad}  ${line}\n`).join('')}`
  if ('list' in value) {
    const lines = value.list.map(item => `${pad}-${render(item, indent + 2, true)}`).join('')
    return inList ? ` ${lines.trimStart()}` : `\n${lines}`
  }
  const lines = [...(value.merges ? [`${pad}<<: {a: m, k: m}\n`] : []), ...value.map.map(([key, item]) => `${pad}${key}:${render(item, indent + ('list' in Object(item) ? 0 : 2), false)}`)].join('')
  return inList ? ` ${lines.trimStart()}` : `\n${lines}`
}

/** An object that kubectl takes when it can read it, with anything below `a`. */
export const manifest = fc
  .tuple(node, fc.constantFrom('\n', '\n', '\n', '\r\n'), fc.constantFrom('', '# note\n', '\n'))
  .map(([value, end, tail]) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: t}\nx: &x {k: 1}\na:${render(value, 2, false)}${tail}`.replaceAll('\n', end))
