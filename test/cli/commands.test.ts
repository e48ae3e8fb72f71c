import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../../src/tasks/opa.ts'
import { mcpPolicy } from './command.ts'

const commands = ['checklist', 'exemptions', 'lint', 'explain', 'controls', 'schema', 'init', 'baseline']

test('without arguments the usage is on standard error', () => {
  const { code, stdout, stderr } = mcpPolicy([])
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  for (const command of commands) expect(stderr).toContain(`  mcp-policy ${command} `)
})

test.each([['--help'], ['-h'], ['help']])('%s prints it on standard output', argument => {
  expect(mcpPolicy([argument])).toEqual({ code: 0, stdout: mcpPolicy([]).stderr, stderr: '' })
})

test.each([['--version'], ['-V']])('%s names the version and the digest of the bundle', argument => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  const digest = readFileSync(join(root, 'policies', 'bundle', 'digest'), 'utf8').trim()
  expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/)
  expect(mcpPolicy([argument])).toEqual({ code: 0, stdout: `mcp-policy ${version} bundle ${digest}\n`, stderr: '' })
})

describe.each(commands)('%s', command => {
  test.each([['--help'], ['-h']])('%s fits a terminal', option => {
    const { code, stdout, stderr } = mcpPolicy([command, option])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout.startsWith(`mcp-policy ${command} `)).toBe(true)
    expect(stdout.split('\n').filter(line => line.length > 80)).toEqual([])
  })

  test('an option that does not exist is a mistake, with the one that was meant', () => {
    expect(mcpPolicy([command, '--hlep'])).toEqual({
      code: 2, stdout: '', stderr: `mcp-policy: ${command}: there is no option --hlep; did you mean --help? (mcp-policy ${command} --help)\n`,
    })
  })
})

test.each([
  [['lnt'], 'there is no command lnt; did you mean lint? (mcp-policy --help)'],
  [['constructor'], 'there is no command constructor (mcp-policy --help)'],
  [['--vesion'], 'there is no option --vesion; did you mean --version? (mcp-policy --help)'],
  [['explain'], 'explain: which control? `mcp-policy controls` lists them'],
  [['explain', 'workload-no-priviledged'], 'no control workload-no-priviledged; did you mean workload-no-privileged?'],
  [['explain', 'Workload-No-Privileged'], 'no control Workload-No-Privileged; did you mean workload-no-privileged?'],
  [['explain', 'workload-no-privileged', 'zzz'], 'no control zzz; `mcp-policy controls` lists them'],
  [['schema', 'reprot'], 'schema: there is no reprot; did you mean report? (one of baseline, config, input, report)'],
  [['schema', '../package'], 'schema: there is no ../package (one of baseline, config, input, report)'],
  [['schema', 'report', 'input'], 'schema: there is nothing to do with input (mcp-policy schema --help)'],
  [['explain', 'a\u001b[31mb'], 'no control a␛[31mb; `mcp-policy controls` lists them'],
])('%j is a mistake that is answered in one line, without a stack', (args, message) => {
  expect(mcpPolicy(args)).toEqual({ code: 2, stdout: '', stderr: `mcp-policy: ${message}\n` })
})

test('several controls are explained, a case among them', () => {
  const { code, stdout } = mcpPolicy(['explain', 'workload-no-privileged', 'health-compose-healthcheck/can-fail'])
  expect(code).toBe(0)
  expect(stdout).toMatch(/^workload-no-privileged {2}/)
  expect(stdout).toMatch(/^health-compose-healthcheck\/can-fail {2}/m)
})

test('the controls are a line each, or data', () => {
  const text = mcpPolicy(['controls'])
  const data = JSON.parse(mcpPolicy(['controls', '--format=json']).stdout) as { id: string }[]
  expect(text.code).toBe(0)
  expect(text.stdout.trimEnd().split('\n').map(line => line.split(' ')[0])).toEqual(data.map(({ id }) => id))
})

test('schema prints what is in the package', () => {
  expect(mcpPolicy(['schema']).stdout).toBe('baseline\nconfig\ninput\nreport\n')
  for (const name of ['baseline', 'config', 'report', 'input']) {
    expect(mcpPolicy(['schema', name])).toEqual({ code: 0, stdout: readFileSync(join(root, 'schemas', `${name}.schema.json`), 'utf8'), stderr: '' })
  }
})
