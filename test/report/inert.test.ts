import { expect, test } from 'vitest'
import { inert } from '../../src/report/inert.ts'
import { written } from './example.ts'

/** What the runner of GitHub Actions takes for a command, in its old form and its new one. */
const isCommand = (line: string): boolean => line.includes('##[') || line.includes('##vso[') || line.trim().startsWith('::')

test.each([
  ['::error::x.yaml:1:1  deny\n', '∶:error::x.yaml:1:1  deny\n'],
  ['  ::set-output name=a::b', '  ∶:set-output name=a::b'],
  ['  3 │ a: "##[set-output name=a]b"', '  3 │ a: "#♯[set-output name=a]b"'],
  ['x ##vso[task.setvariable variable=a]b ##[add-mask]c', 'x #♯vso[task.setvariable variable=a]b #♯[add-mask]c'],
])('%j is no command any longer', (line, shown) => {
  expect(isCommand(line)).toBe(true)
  const text = written(out => inert(out)(line))
  expect(text).toBe(shown)
  expect({ command: isCommand(text), length: text.length }).toEqual({ command: false, length: line.length })
})

test.each(['a.yaml:1:1  deny  a::b', '## heading', '  3 │ # [x]'])('%j stays as it is', line => {
  expect(written(out => inert(out)(line))).toBe(line)
})
