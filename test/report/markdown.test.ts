import { expect, test } from 'vitest'
import { mostBytes, writeMarkdown } from '../../src/report/markdown.ts'
import { codeSpan } from '../../src/report/markdown-text.ts'
import type { Report } from '../../src/report/report.ts'
import { controls, covered, finding, report, written } from './example.ts'

const markdown = (run: Report): string => written(out => writeMarkdown(run, controls, out))

const denied = { control: 'workload-no-privileged', severity: 'critical', enforcement: 'deny', message: 'container gateway is privileged', case: 'pss-baseline' } as const

test('by control, the most urgent first, with what to do', () => {
  const run = {
    ...report([finding('a.yaml', 4, 5, 4), finding('b.yaml', 3, 5, 4, denied), finding('b.yaml', 9, 5, 4)], [covered('a.yaml', {}, { evaluated: false, reason: 'template' }), covered('c.yaml', { evaluated: false, reason: 'syntax', line: 7, hint: 'close it' })]),
    problems: [{ path: 'd', message: 'does not exist' }],
  }
  expect(markdown(run)).toBe(`## mcp-policy

- 2 files, 3 documents, 2 not evaluated: 1 syntax error, 1 template (helm template)
- 1 denied, 2 warned, 1 problem

### Problems

- \`d\` \`does not exist\`

### deny: Run no privileged containers (1)

\`workload-no-privileged\`, critical

- \`b.yaml:3\` \`container gateway is privileged\` (\`pss-baseline\`)

<details><summary>What to do</summary>

Remove \`privileged\` and add the one capability, device or volume that the program needs.

</details>

### warn: Mount the root filesystem read-only (2)

\`workload-readonly-rootfs\`, medium

- \`a.yaml:4\` \`container gateway can write to its root filesystem\`
- \`b.yaml:9\` \`container gateway can write to its root filesystem\`

<details><summary>What to do</summary>

Set \`readOnlyRootFilesystem\` to \`true\` and mount an \`emptyDir\` where the program writes.

</details>

### Not evaluated

- \`c.yaml:7\` \`syntax error; close it\`
`)
})

test.each([
  ['a', '`a`'],
  ['a `b` c', '`` a `b` c ``'.replace('`` a', '``a').replace('c ``', 'c``')],
  ['`', '`` ` ``'],
  ['``x`', '``` ``x` ```'],
  [' x ', '`  x  `'],
  ['', '`  `'],
])('%j as a code span is %s', (text, span) => {
  expect(codeSpan(text, 100)).toBe(span)
})

test('a long text is cut, and no pair of surrogates with it', () => {
  expect(codeSpan('abc😀', 4)).toBe('`abc\ufffd…`')
})

/** The text of the code spans of a line, and what stands outside of them, as CommonMark reads it. */
function spans(line: string): { inside: string[]; outside: string } {
  const inside: string[] = []
  const outside = line.replace(/(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)/g, (_, __, text: string) => { inside.push(text); return '' })
  return { inside, outside }
}

test('nothing of a file stands outside of a code span', () => {
  const odd = '@org/team #1 <img src=x onerror=y> [a](https://evil.example) ![b](//c) **d** ``e` https://f.example www.g.example h@i.example $`x`$ |\n# z\n\n- y :smile: GH-1 0123456789abcdef0123456789abcdef01234567'
  const run = {
    ...report([finding(odd, 4, 5, 4, { message: odd })], [covered(odd, { evaluated: false, reason: 'syntax', line: 7, detail: odd })]),
    problems: [{ path: odd, message: odd }],
  }
  run.summary.skippedFiles = [{ extension: odd, count: 1 }]
  run.summary.ignoredFiles = [{ rule: '.gitignore or --exclude', kind: '.@everyone', count: 1 }]
  const lines = markdown(run).split('\n').map(spans)
  expect(lines.flatMap(({ inside }) => inside).filter(text => text.includes('onerror')).length).toBe(7)
  expect(lines.map(({ outside }) => outside).filter(text => /onerror|@|https?:|www|\bz\b/.test(text))).toEqual([])
})

test('a control has at most 10 lines, and the count of the others', () => {
  const text = markdown(report(Array.from({ length: 40 }, (_, index) => finding('a.yaml', index + 1, 1, 4))))
  expect(text).toContain('(40)\n')
  expect(text).toContain('- `a.yaml:10` `container gateway can write to its root filesystem`\n- and 30 more\n')
})

test('what does not fit is counted, and it stays under 60 KB', () => {
  const ids = Array.from({ length: 600 }, (_, index) => `area-${index}`)
  const many = new Map(ids.map(id => [id, { ...controls.get('workload-no-privileged')!, id }]))
  const findings = ids.flatMap((control, index) => Array.from({ length: index % 30 }, (_, line) => finding(`folder/${'ä'.repeat(index / 2)}.yaml`, line + 1, 1, 4, { ...denied, control })))
  const broken = Array.from({ length: 900 }, (_, index) => covered(`broken/${'x'.repeat(250)}${index}.yaml`, { evaluated: false, reason: 'syntax' }))
  const text = written(out => writeMarkdown(report(findings, broken), many, out))
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(mostBytes)
  expect(Buffer.byteLength(text)).toBeGreaterThan(mostBytes / 2)
  const shown = [...text.matchAll(/^### deny: .* \((\d+)\)$/gm)].map(([, count]) => Number(count))
  const left = findings.length - shown.reduce((sum, count) => sum + count, 0)
  expect(text).toContain(`**${left} findings of ${580 - shown.length} controls did not fit** into a comment of 60 KB; the most urgent are shown, all are in the other formats.`)
  expect(text).toMatch(/900 parts that were not evaluated did not fit\.|and 890 more/)
})
