import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { trackedBy, trackedPaths } from '../../src/artefact/git-index.ts'

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'index-'))
})

afterEach(() => rmSync(root, { recursive: true }))

/** An index of version 4, where a name is the one before, less some bytes, and more. */
function index(...entries: { strip: number[]; add: string }[]): Buffer {
  const head = Buffer.alloc(12)
  head.write('DIRC')
  head.writeUInt32BE(4, 4)
  head.writeUInt32BE(entries.length, 8)
  return Buffer.concat([head, ...entries.flatMap(({ strip, add }) => [Buffer.alloc(62), Buffer.from(strip), Buffer.from(`${add}\0`)])])
}

test('names that are written as a change of the one before', () => {
  const long = 'x'.repeat(200)
  expect(trackedPaths(index({ strip: [0], add: 'a/b' }, { strip: [1], add: long }, { strip: [0x80, 0x48], add: 'c' }))).toEqual(['a/b', `a/${long}`, 'a/c'])
})

test.each([
  ['another file', Buffer.from('something else')],
  ['nothing', Buffer.alloc(0)],
  ['fewer entries than it says', index({ strip: [0], add: 'a' }).fill(9, 11, 12)],
  ['names that grow without end', index(...Array.from({ length: 50 }, () => ({ strip: [0], add: 'x'.repeat(100) })))],
])('where the index is %s, everything counts as tracked', (_, bytes) => {
  expect(() => trackedPaths(bytes)).toThrow(RangeError)
  mkdirSync(join(root, '.git'))
  writeFileSync(join(root, '.git/index'), bytes)
  expect(trackedBy(root)('any')).toBe(true)
})

test('a repository without an index tracks nothing', () => {
  mkdirSync(join(root, '.git'))
  expect(trackedBy(root)('any')).toBe(false)
})

test('the folder of a worktree is found', () => {
  mkdirSync(join(root, 'elsewhere'))
  writeFileSync(join(root, '.git'), 'gitdir: elsewhere\n')
  writeFileSync(join(root, 'elsewhere/index'), index({ strip: [0], add: 'a/b.yaml' }))
  const isTracked = trackedBy(root)
  expect(['a', 'a/b.yaml', 'b', 'a/b'].map(isTracked)).toEqual([true, true, false, false])
})
