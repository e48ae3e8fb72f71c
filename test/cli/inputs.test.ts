import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findInputs } from '../../src/cli/inputs.ts'

let root: string
const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n'

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mcp-policy-inputs-'))
  for (const name of ['a.yaml', 'b.yaml', 'c.yaml']) writeFileSync(join(root, name), pod)
})
afterEach(() => rmSync(root, { recursive: true }))

/** What is read of some paths when the tree has changed since it was walked. */
function readAfter(paths: string[], change: () => void) {
  const inputs = findInputs(paths.map(path => join(root, path)), { exclude: [], noIgnore: true, stdinName: 'stdin', limits: { bytes: 1000, depth: 10 }, reports: [] })
  change()
  const read = [...inputs.read()].map(({ path, text, uncovered }) => [path.slice(root.length + 1), uncovered[0]?.detail ?? text])
  return { read, problems: inputs.surroundings.problems.map(({ path, message }) => [path.slice(root.length + 1), message]) }
}

const changes: [string, (path: string) => void, string][] = [
  ['vanished', path => rmSync(path), 'does not exist, or is a link to what does not exist'],
  ['become a folder', path => { rmSync(path); mkdirSync(path) }, 'a folder where a file was expected'],
  ['become a pipe', path => { rmSync(path); execFileSync('mkfifo', [path]) }, 'neither a file nor a folder'],
]

test.each(changes)('a file of a folder that has %s is a file that cannot be read', (_, change, why) => {
  expect(readAfter([''], () => change(join(root, 'b.yaml')))).toEqual({ read: [['a.yaml', pod], ['b.yaml', why], ['c.yaml', pod]], problems: [] })
})

test.each(changes)('one that was named and has %s is a problem', (_, change, why) => {
  expect(readAfter(['a.yaml', 'b.yaml'], () => change(join(root, 'b.yaml')))).toEqual({ read: [['a.yaml', pod]], problems: [['b.yaml', why]] })
})

test('what has grown, shrunk or become too large is read as it is', () => {
  const { read, problems } = readAfter([''], () => {
    appendFileSync(join(root, 'a.yaml'), '# more\n')
    truncateSync(join(root, 'b.yaml'), 14)
    appendFileSync(join(root, 'c.yaml'), '#'.repeat(1000))
  })
  expect({ read, problems }).toEqual({
    read: [['a.yaml', `${pod}# more\n`], ['b.yaml', 'apiVersion without kind: kubectl refuses this object'], ['c.yaml', 'larger than 1000 bytes']],
    problems: [],
  })
})
