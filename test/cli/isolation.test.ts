import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { mcpPolicy } from './command.ts'

const scratch = mkdtempSync(join(tmpdir(), 'mcp-policy-isolation-'))
afterAll(() => rmSync(scratch, { recursive: true }))
const examples = join(import.meta.dirname, '..', '..', 'examples')

/** Loaded before the command: writes down the modules that it asks for, and what would open a socket or start a process. */
function watched(args: string[]): { code: number | null; modules: string[]; used: string[] } {
  const log = join(scratch, 'log.json')
  const hook = join(scratch, 'hook.cjs')
  writeFileSync(hook, `
    const Module = require('node:module')
    const modules = new Set(), used = []
    const load = Module._load
    Module._load = function (name, ...rest) { modules.add(name.replace(/^node:/, '')); return load.call(this, name, ...rest) }
    const builtin = process.getBuiltinModule
    process.getBuiltinModule = name => { modules.add(name.replace(/^node:/, '')); return builtin(name) }
    for (const [name, functions] of [['net', ['connect', 'createConnection', 'createServer']], ['dgram', ['createSocket']], ['dns', ['lookup', 'resolve']],
      ['child_process', ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork']], ['http', ['request', 'get', 'createServer']], ['https', ['request', 'get']]]) {
      const module = builtin(name)
      for (const one of functions) module[one] = () => { used.push(name + '.' + one); throw new Error('not here') }
    }
    process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(log)}, JSON.stringify({ modules: [...modules].sort(), used })))
  `)
  const { code } = mcpPolicy(args, { node: ['--require', hook] })
  return { code, ...JSON.parse(readFileSync(log, 'utf8')) }
}

test('lint of Kubernetes files loads only the modules of this list, opens no socket and starts no process', () => {
  // Outside a repository, where no ignore file asks for the library that reads it.
  const folder = join(scratch, 'kubernetes')
  cpSync(join(examples, 'kubernetes'), folder, { recursive: true })
  const { code, modules, used } = watched(['lint', folder])
  expect(code).toBe(1)
  expect(used).toEqual([])
  expect(modules.filter(name => !name.endsWith('mcp-policy.cjs'))).toEqual(['buffer', 'fs', 'path', 'util'])
})

test('lint of every kind of file opens no socket and starts no process', () => {
  const { code, used } = watched(['lint', examples])
  expect(code).toBe(1)
  expect(used).toEqual([])
})

test.each([['json', false], ['text', false], ['compact', false], ['sarif', true], ['markdown', true]])('the formats of rare use are loaded for %s: %s', (format, loaded) => {
  const { modules } = watched(['lint', join(examples, 'kubernetes'), '--format', format])
  expect(modules.some(name => name.endsWith('reports.cjs'))).toBe(loaded)
})
