import { describe, expect, test } from 'vitest'
import { exemptionComments, type Reach } from '../../src/finding/exemption-comment.ts'

const said = 'mcp-policy: exempt workload-no-hostpath/pss-baseline until 2027-01-31 by team-a: reads the logs of the node'
const terms = { control: 'workload-no-hostpath/pss-baseline', last_day: '2027-01-31', owner: 'team-a', reason: 'reads the logs of the node' }

/** The lines that each comment of a text is for. */
const scopes = (text: string, reach: Reach = 'block'): string[] => exemptionComments(text, reach).map(({ scope }) => text.slice(scope.start, scope.end))

test('the terms of a comment', () => {
  expect(exemptionComments(`a: 1 # ${said}\n`, 'block')).toEqual([{ span: { start: 5, end: 5 + 2 + said.length }, scope: { start: 0, end: 7 + said.length }, terms }])
  expect(exemptionComments(`a: 1 // ${said}  \r\nb: 2\r\n`, 'block')[0].terms).toEqual(terms)
})

test.each([
  ['# mcp-policy: exempt', {}],
  ['# mcp-policy: ignore workload-no-hostpath', {}],
  ['# mcp-policy: exempt x until 2027-01-31', { control: 'x', last_day: '2027-01-31' }],
  ['# mcp-policy: exempt x by team', { control: 'x', owner: 'team' }],
  ['# mcp-policy: exempt x until soon by team:', { control: 'x', last_day: 'soon', owner: 'team', reason: '' }],
  ['# mcp-policy: exempt x until 2027-01-31 by team: it runs by night until four: see the plan', { control: 'x', last_day: '2027-01-31', owner: 'team', reason: 'it runs by night until four: see the plan' }],
])('%s', (text, expected) => {
  const [{ terms }] = exemptionComments(`${text}\na: 1\n`, 'block')
  expect(JSON.parse(JSON.stringify(terms))).toEqual(expected)
})

test.each([
  'a: "x # mcp-policy: exempt y"',
  "a: 'x # mcp-policy: exempt y'",
  '# see mcp-policy: exempt is a word of it',
  '# mcp-policy: the tool that checks this file',
  'url: http://x.example#mcp-policy: exempt y',
])('%s is none', text => {
  expect(exemptionComments(text, 'block')).toEqual([])
})

describe('what a comment on a line of its own is for', () => {
  const c = `# ${said}`
  test.each<[string, string, string]>([
    ['a key with its value', `a: 1\n${c}\nspec:\n  b: 2\n\n  # more\n  c: 3\nd: 4\n`, 'spec:\n  b: 2\n\n  # more\n  c: 3'],
    ['a list that stands at the depth of its key', `a: 1\n${c}\nlist:\n- b: 2\n- c: 3\nd: 4\n`, 'list:\n- b: 2\n- c: 3'],
    ['an item of a list', `list:\n  ${c}\n  - name: b\n    image: x\n  - name: c\n`, '  - name: b\n    image: x'],
    ['an item at the depth of its key', `list:\n${c}\n- name: b\n  image: x\n- name: c\n`, '- name: b\n  image: x'],
    ['a map in braces', `{\n  "a": 1,\n  // ${said}\n  "b": {\n    "c": 2\n  },\n  "d": 3\n}\n`, '  "b": {\n    "c": 2\n  },'],
    ['the document that it opens', `a: 1\n---\n${c}\n\nb: 2\nc:\n  d: 3\n---\ne: 4\n`, 'b: 2\nc:\n  d: 3'],
    ['the document after it, up to the next', `${c}\n---\nb: 2\nc: 3\n---\ne: 4\n`, 'b: 2\nc: 3'],
    ['what follows another comment', `a: 1\n${c}\n# another\n\nb: 2\nc: 3\n`, 'b: 2'],
  ])('%s', (_, text, expected) => {
    expect(scopes(text).map(scope => scope.replace(/\s+$/, ''))).toEqual([expected])
  })

  test('several above one thing are all for it', () => {
    expect(scopes(`a: 1\n${c}\n${c}\nb: 2\nc: 3`)).toEqual(['b: 2', 'b: 2'])
  })

  test.each<[Reach, string, string]>([
    ['instruction', `FROM a\n${c}\nRUN x \\\n  && y\nUSER 1\n`, 'RUN x \\\n  && y'],
    ['line', `A=1\n${c}\nB=2\nC=3\n`, 'B=2'],
    ['table', `a = 1\n${c}\n[server.x]\nb = 2\n\n[server.y]\nc = 3\n`, '[server.x]\nb = 2\n'],
    ['table', `[x]\n${c}\na = 1\nb = 2\n`, 'a = 1'],
  ])('%s: %j', (reach, text, expected) => {
    expect(scopes(text, reach)).toEqual([expected])
  })

  test('nothing stands below it', () => {
    expect(scopes(`a: 1\n${c}\n`)).toEqual([`${c}\n`])
  })
})
