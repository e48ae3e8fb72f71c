import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, lstatSync, mkdtempSync, openSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { OutputError, writeFile, writeTo, type WriteSome } from '../../src/report/output.ts'
import type { Out } from '../../src/report/report.ts'

const folder = () => mkdtempSync(join(tmpdir(), 'mcp-policy-'))
const failing = (code: string) => Object.assign(new Error(`${code}: failed, write`), { code, syscall: 'write' })

/** Lines of more than 64 KiB in all, with characters of several bytes. */
const lines = Array.from({ length: 20_000 }, (_, index) => `line ${index} …😀\n`)
const write = (out: Out) => lines.forEach(line => out(line))

/** A descriptor that takes bytes as `step` says: how many, or which error it throws. */
function sink(step: (call: number, length: number) => number | string): { bytes: () => string; writeSome: WriteSome; calls: () => number } {
  const taken: Buffer[] = []
  let call = 0
  return {
    bytes: () => Buffer.concat(taken).toString(),
    calls: () => call,
    writeSome(_, bytes, offset, length) {
      const answer = step(call++, length)
      if (typeof answer === 'string') throw failing(answer)
      taken.push(Buffer.from(bytes.subarray(offset, offset + answer)))
      return answer
    },
  }
}

test('what is written in parts arrives whole', () => {
  const { bytes, writeSome } = sink((_, length) => Math.min(length, 1021))
  writeTo(1, 'stdout', write, writeSome)
  expect(bytes()).toBe(lines.join(''))
})

test('a full pipe is waited for', () => {
  const { bytes, writeSome } = sink((call, length) => (call % 2 === 0 ? 'EAGAIN' : length))
  writeTo(1, 'stdout', write, writeSome)
  expect(bytes()).toBe(lines.join(''))
})

test('chunks are gathered to about 64 KiB', () => {
  const { calls, writeSome } = sink((_, length) => length)
  writeTo(1, 'stdout', write, writeSome)
  expect(calls()).toBe(Math.ceil(lines.join('').length / (64 * 1024)))
})

test('a reader that has gone ends it quietly, and nothing is written any longer', () => {
  const { calls, writeSome } = sink(call => (call === 0 ? 10 : 'EPIPE'))
  writeTo(1, 'stdout', write, writeSome)
  expect(calls()).toBe(2)
})

test('a full disk is an error that names the place', () => {
  const { writeSome } = sink(() => 'ENOSPC')
  expect(() => writeTo(1, 'stdout', write, writeSome)).toThrow(new OutputError('stdout', failing('ENOSPC')))
  expect(new OutputError('stdout', failing('ENOSPC')).message).toBe('stdout: the report could not be written: no space is left on the device')
})

test.skipIf(!existsSync('/dev/full'))('a real full disk is one too', () => {
  expect(() => writeFile('/dev/full', write)).toThrow('/dev/full: the report could not be written: no space is left on the device')
  const fd = openSync('/dev/full', 'w')
  expect(() => writeTo(fd, 'stdout', write)).toThrow(OutputError)
  closeSync(fd)
})

test('a real pipe that is closed after one line ends quietly, its exit code kept', () => {
  const program = `import { writeTo } from ${JSON.stringify(join(import.meta.dirname, '../../src/report/output.ts'))}
    writeTo(1, 'stdout', out => { for (let i = 0; i < 500000; i++) out('line ' + i + '\\n') })
    process.exitCode = 1`
  const { stdout, stderr } = spawnSync('bash', ['-c', '"$0" --input-type=module -e "$1" | head -n 1; echo "${PIPESTATUS[0]}"', process.execPath, program], { encoding: 'utf8' })
  expect({ stdout, stderr }).toEqual({ stdout: 'line 0\n1\n', stderr: '' })
})

test('a file is replaced whole, and nothing is left beside it', () => {
  const to = join(folder(), 'report.json')
  writeFileSync(to, 'old')
  writeFile(to, write)
  expect(readFileSync(to, 'utf8')).toBe(lines.join(''))
  expect(readdirSync(join(to, '..'))).toEqual(['report.json'])
})

test('a report that fails half-way leaves the old file, and nothing beside it', () => {
  const to = join(folder(), 'report.json')
  writeFileSync(to, 'old')
  expect(() => writeFile(to, out => { write(out); throw new Error('half-way') })).toThrow('half-way')
  expect(readFileSync(to, 'utf8')).toBe('old')
  expect(readdirSync(join(to, '..'))).toEqual(['report.json'])
})

test('a link stays a link', () => {
  const at = folder()
  writeFileSync(join(at, 'real.json'), 'old')
  symlinkSync('real.json', join(at, 'link.json'))
  writeFile(join(at, 'link.json'), out => out('new'))
  expect(readFileSync(join(at, 'real.json'), 'utf8')).toBe('new')
  expect(lstatSync(join(at, 'link.json')).isSymbolicLink()).toBe(true)
})

test.each([
  ['a folder that does not exist', (at: string) => join(at, 'none', 'report.json'), 'there is no such folder'],
  ['a folder', (at: string) => at, 'it is a folder'],
])('%s is an error that says so', (_, path, reason) => {
  const to = path(folder())
  expect(() => writeFile(to, write)).toThrow(`${to}: the report could not be written: ${reason}`)
})
