import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { closeSync, constants, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readDescriptor } from '../../src/artefact/candidate.ts'
import type { Report } from '../../src/report/report.ts'
import { mcpPolicy, shipped, systemNode } from './command.ts'

let cwd: string
const socket = createServer()
const faulty = 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, securityContext: {privileged: true}}]}\n'

beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'mcp-policy-faults-'))
  mkdirSync(join(cwd, 'tree', 'folder.yaml'), { recursive: true })
  writeFileSync(join(cwd, 'pod.yaml'), faulty)
  writeFileSync(join(cwd, 'tree', 'pod.yaml'), faulty)
  symlinkSync('nothing', join(cwd, 'tree', 'broken.yaml'))
  symlinkSync('loop.yaml', join(cwd, 'tree', 'loop.yaml'))
  symlinkSync('.', join(cwd, 'tree', 'again'))
  execFileSync('mkfifo', [join(cwd, 'tree', 'pipe.yaml'), join(cwd, 'pipe')])
  await new Promise<void>(done => { socket.listen(join(cwd, 'tree', 'socket.yaml'), done) })
  mkdirSync(join(cwd, 'many'))
  for (let index = 0; index < 60; index++) writeFileSync(join(cwd, 'many', `${index}.yaml`), `${faulty}---\n`.repeat(20))
})

afterAll(() => {
  socket.close()
  rmSync(cwd, { recursive: true })
})

const lint = (args: string[], more: Parameters<typeof mcpPolicy>[1] = {}) => mcpPolicy(['lint', ...args], { cwd, ...more })
const shell = (script: string, executable = process.execPath) => spawnSync('bash', ['--norc', '-c', script, executable, shipped], { cwd, encoding: 'utf8', env: { PATH: process.env.PATH } })

describe('what is no file', () => {
  const unreadable = [
    ['broken.yaml', 'does not exist, or is a link to what does not exist'],
    ['loop.yaml', 'a link that leads back to itself'],
    ['pipe.yaml', 'neither a file nor a folder'],
    ['socket.yaml', 'neither a file nor a folder'],
  ]

  test('in a folder it is not evaluated, and does not stop what is', () => {
    const { code, stdout, stderr } = lint(['tree', '--format=json'])
    const { coverage, findings, problems } = JSON.parse(stdout) as Report
    expect({ code, stderr, problems }).toEqual({ code: 1, stderr: '', problems: [] })
    expect(coverage.filter(({ status }) => status !== 'evaluated').map(({ file, documents }) => [file.slice(5), documents[0].detail])).toEqual(unreadable)
    expect(findings.filter(({ control }) => control === 'input-not-evaluated').map(({ file, message }) => [file.slice(5), message])).toEqual(
      unreadable.map(([file, why]) => [file, `not evaluated: ${why}`]))
    expect(findings.map(({ file, control }) => `${file} ${control}`)).toContain('tree/pod.yaml workload-no-privileged')
  })

  test('its findings quote nothing', () => {
    expect(lint(['tree']).stdout).not.toMatch(/│ *\n/)
  })

  test.each(unreadable.filter(([name]) => name !== 'pipe.yaml'))('%s that was named is what could not be done', (name, why) => {
    const { code, stderr } = lint([`tree/${name}`, 'pod.yaml'])
    expect({ code, stderr }).toEqual({ code: 2, stderr: `mcp-policy: tree/${name}: ${why}\n` })
  })

  test('so is a name that no file can have, and a file as a folder', () => {
    expect(lint(['x'.repeat(300)]).code).toBe(2)
    expect(lint(['pod.yaml/pod.yaml']).stderr).toBe('mcp-policy: pod.yaml/pod.yaml: a file where a folder was expected\n')
  })
})

describe('pipes', () => {
  test('one that was named is read', () => {
    const writer = spawn('sh', ['-c', 'cat pod.yaml > pipe'], { cwd, stdio: 'ignore' })
    const { code, stdout } = lint(['pipe', '--format=compact'])
    writer.kill()
    expect(code).toBe(1)
    expect(stdout).toContain('pipe:4:')
  })

  test('that of a process substitution is, too', () => {
    const { status, stdout } = shell('"$0" "$1" lint <(cat pod.yaml) --format=compact')
    expect(status).toBe(1)
    expect(stdout).toMatch(/^\/dev\/fd\/\d+:4:\d+ {2}deny {2}container c is privileged/m)
  })

  test('standard input that returns at once is waited for', () => {
    const reading = openSync(join(cwd, 'pipe'), constants.O_RDONLY | constants.O_NONBLOCK)
    const writing = openSync(join(cwd, 'pipe'), 'w')
    const writer = spawn('cat', ['pod.yaml'], { cwd, stdio: ['ignore', writing, 'ignore'] })
    closeSync(writing)
    const read = readDescriptor(reading, '-', { bytes: 1000, depth: 1 })
    closeSync(reading)
    writer.kill()
    expect(Buffer.from(read as Uint8Array).toString()).toBe(faulty)
  })

  test('standard input may be closed, or a folder', () => {
    expect(shell('"$0" "$1" lint - <&-')).toMatchObject({ status: 0, stdout: '1 file, 0 documents\nno findings\n', stderr: '' })
    expect(shell('"$0" "$1" lint - < tree')).toMatchObject({ status: 2, stderr: 'mcp-policy: -: a folder where a file was expected\n' })
  })
})

describe.each([['the pinned Node', process.execPath], ...(systemNode === undefined ? [] : [['the Node of the machine', systemNode]])])('the reader of a big report has gone, on %s', (_, executable) => {
  test.each([['text', 1, ''], ['compact', 1, ''], ['json', 1, ''], ['json', 2, 'nothing']])('%s, exit %i %s', (format, code, more) => {
    const { stdout, stderr } = shell(`"$0" "$1" lint many ${more} --format=${format} | head -c 1; echo " \${PIPESTATUS[0]}"`, executable)
    expect(stdout).toMatch(new RegExp(`^. ${code}\\n$`))
    expect(stderr).toBe(more === '' ? '' : 'mcp-policy: nothing: does not exist, or is a link to what does not exist\n')
  })

  test('standard error is gone or full: the exit code is left', () => {
    for (const to of ['/dev/full', '&-']) {
      expect(shell(`"$0" "$1" lint nothing >${to} 2>${to}`, executable).status).toBe(2)
      expect(shell(`"$0" "$1" lnt 2>${to}`, executable).status).toBe(2)
    }
  })
})

describe('a report that cannot be written', () => {
  test.skipIf(!existsSync('/dev/full')).each(['lint pod.yaml', 'lint --help', 'controls', 'explain workload-no-privileged', 'schema report', '--version'])('%s to a full disk', command => {
    const { status, stderr } = shell(`"$0" "$1" ${command} > /dev/full`)
    expect({ status, stderr }).toEqual({ status: 2, stderr: 'mcp-policy: standard output: the report could not be written: no space is left on the device\n' })
  })

  test.each([
    ['/dev/full', 'no space is left on the device'],
    ['tree', 'it is a folder'],
    ['none/report.json', 'there is no such folder'],
  ])('to %s is what could not be done, and the other reports are written', (path, why) => {
    const { code, stdout, stderr } = lint(['pod.yaml', '--format', `json=${path}`, '--format=compact', '--format', 'text=report.txt'])
    expect({ code, stderr }).toEqual({ code: 2, stderr: `mcp-policy: ${path}: the report could not be written: ${why}\n` })
    expect(stdout).toContain('pod.yaml:4:')
    expect(readFileSync(join(cwd, 'report.txt'), 'utf8')).toContain('pod.yaml:4:')
    rmSync(join(cwd, 'report.txt'))
  })

  test('leaves nothing beside it', () => {
    expect(readdirSync(cwd).sort()).toEqual(['many', 'pipe', 'pod.yaml', 'tree'])
  })
})
