import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readCandidate } from '../../src/artefact/candidate.ts'

const limits = { depth: 1000, bytes: 10 }
let root: string

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'candidate-'))
  writeFileSync(join(root, 'small'), '0123456789')
  writeFileSync(join(root, 'large'), '0123456789a')
  writeFileSync(join(root, 'empty'), '')
  mkdirSync(join(root, 'folder'))
  execFileSync('mkfifo', [join(root, 'pipe'), join(root, 'long'), join(root, 'nobody')])
})

afterAll(() => rmSync(root, { recursive: true }))

test.each([['small', '0123456789'], ['empty', '']])('a %s file is read', (name, text) => {
  expect(Buffer.from(readCandidate(join(root, name), limits) as Uint8Array).toString()).toBe(text)
})

test.each([
  ['large', 'EFBIG', 'larger than 10 bytes'],
  ['folder', 'EISDIR', 'a folder where a file was expected'],
  ['gone', 'ENOENT', 'does not exist, or is a link to what does not exist'],
  ['small/inside', 'ENOTDIR', 'a file where a folder was expected'],
  ['nobody', 'ENXIO', 'neither a file nor a folder'],
])('%s is a problem', (name, errno, message) => {
  expect(readCandidate(join(root, name), limits)).toEqual({ path: join(root, name), errno, message })
})

// A file of the kernel says that it is empty and is not.
test('a file is read to its end, whatever its size is said to be', () => {
  expect((readCandidate('/proc/self/status', { depth: 1, bytes: 1e6 }) as Uint8Array).length).toBeGreaterThan(100)
})

const kernels = '/sys/devices/system/cpu/online'
test.skipIf(!existsSync(kernels))('and no further, where it has become shorter', () => {
  expect(statSync(kernels).size).toBeGreaterThan(1000)
  expect(Buffer.from(readCandidate(kernels, { depth: 1, bytes: 1e6 }) as Uint8Array).toString()).toMatch(/^[\d,-]+\n$/)
})

test.each([['pipe', '01234'], ['long', undefined]])('a pipe that was named (%s) is read up to the limit', (name, text) => {
  const writer = spawn('sh', ['-c', `printf ${text ?? '0123456789abc'} > "$0"`, join(root, name)], { stdio: 'ignore' })
  const read = readCandidate(join(root, name), limits, 'pipe')
  writer.kill()
  expect(read instanceof Uint8Array ? Buffer.from(read).toString() : read.errno).toBe(text ?? 'EFBIG')
})
