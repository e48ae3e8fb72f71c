import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { root } from './snippets.ts'

type Action = { inputs: Record<string, { default: string }>; runs: { steps: { run: string; env: Record<string, string> }[] } }
const { inputs, runs: { steps: [{ run, env }] } } = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as Action

const temporary = mkdtempSync(join(tmpdir(), 'mcp-policy-action-'))
const workspace = join(temporary, 'workspace')
const runner = join(temporary, 'runner')
const outputs = () => readFileSync(join(temporary, 'output'), 'utf8')
const summary = () => readFileSync(join(temporary, 'summary'), 'utf8')

const pod = (privileged: boolean) => `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, securityContext: {privileged: ${privileged}}}]}\n`

beforeEach(() => {
  for (const folder of [workspace, runner]) {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder)
  }
  mkdirSync(join(workspace, '.git'))
  mkdirSync(join(workspace, 'deploy'))
  writeFileSync(join(workspace, 'deploy', 'pod.yaml'), pod(true))
  writeFileSync(join(workspace, 'a b.env'), 'PORT=8000\n')
  for (const name of ['output', 'summary']) writeFileSync(join(temporary, name), '')
})

afterAll(() => rmSync(temporary, { recursive: true }))

/** Runs the script of the action as a runner does: inputs in the environment, nothing put into the script. */
function acted(given: Record<string, string> = {}, more: { folder?: string; action?: string } = {}) {
  const values = Object.fromEntries(Object.entries(inputs).map(([name, { default: usual }]) => [name, given[name] ?? usual]))
  const variables = Object.fromEntries(Object.entries(env).map(([name, expression]) => [name, values[/^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(expression)![1]]]))
  const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run], {
    cwd: join(workspace, more.folder ?? '.'),
    encoding: 'utf8',
    env: { PATH: process.env.PATH, CI: 'true', RUNNER_TEMP: runner, GITHUB_ACTION_PATH: more.action ?? root, GITHUB_OUTPUT: join(temporary, 'output'), GITHUB_STEP_SUMMARY: join(temporary, 'summary'), ...variables },
  })
  return { status, lines: stdout.split('\n'), stderr }
}

test('what is denied fails the step, annotates and is in the summary', () => {
  const { status, lines, stderr } = acted()
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' })
  expect(lines.filter(line => line.startsWith('::error '))).toEqual([expect.stringMatching(/^::error file=deploy\/pod\.yaml,line=4,.*::container c is privileged%0A/)])
  expect(summary()).toContain('### deny: Run no privileged containers (1)')
  expect(outputs()).toBe('exit-code=1\n')
  expect(readdirSync(runner)).toEqual([])
})

test('the report of people is between a token and itself, so that it is no command', () => {
  const { lines } = acted()
  const token = /^::stop-commands::([0-9a-f]{32})$/.exec(lines[0])?.[1]
  const end = lines.indexOf(`::${token}::`)
  expect(lines.findIndex(line => line.includes('container c is privileged'))).toBeLessThan(end)
  expect(lines.slice(end + 1).filter(line => line !== '' && !/^::(error|warning|notice) /.test(line))).toEqual([])
})

test('inputs', () => {
  expect(acted({ fail: 'false' }).status).toBe(0)
  expect(acted({ profile: 'development' }).status).toBe(0)
  expect(acted({ paths: 'a b.env\n\n' }).status).toBe(0)
  expect(acted({ args: '--exclude=deploy\n-v' }).status).toBe(0)
  expect(acted({ paths: 'none.yaml', fail: 'false' }).status).toBe(2)
  writeFileSync(join(workspace, 'policy.yaml'), 'profile: development\npaths: [deploy]\n')
  expect(acted({ config: 'policy.yaml' })).toMatchObject({ status: 0, stderr: '' })
  expect(acted({ config: 'policy.yaml', paths: '' }).lines.some(line => line.startsWith('1 file, 1 document'))).toBe(true)
  expect(acted({ config: 'policy.yaml', profile: 'production' }).status).toBe(1)
  rmSync(join(temporary, 'summary'))
  expect(acted({ annotations: 'false', summary: 'false' }).lines.some(line => line.startsWith('::error'))).toBe(false)
  expect(existsSync(join(temporary, 'summary'))).toBe(false)
})

test('SARIF for code scanning, from a folder', () => {
  const { status } = acted({ 'sarif-file': 'out.sarif', category: 'deploy', 'working-directory': './deploy' }, { folder: 'deploy' })
  expect(status).toBe(1)
  expect(outputs()).toMatch(/^exit-code=1\nsarif-file<<([0-9a-f]{32})\ndeploy\/out\.sarif\n\1\n$/)
  const { runs: [{ automationDetails, results }] } = JSON.parse(readFileSync(join(workspace, 'deploy', 'out.sarif'), 'utf8')) as { runs: [{ automationDetails: object; results: { locations: [{ physicalLocation: { artifactLocation: object } }] }[] }] }
  expect(automationDetails).toEqual({ id: 'deploy/' })
  expect(results[0].locations[0].physicalLocation.artifactLocation).toEqual({ uri: 'deploy/pod.yaml', uriBaseId: '%SRCROOT%' })
})

describe('no input is a script', () => {
  test.each(Object.keys(inputs))('%s', name => {
    const before = readdirSync(workspace)
    acted({ [name]: '$(touch owned); `touch owned`; "; touch owned; \' && touch owned #\n::error::x\n' })
    expect(readdirSync(workspace).filter(file => !before.includes(file) && file.startsWith('owned'))).toEqual([])
    expect(existsSync(join(root, 'owned'))).toBe(false)
  })

  test('a version is a version', () => {
    const { status, lines } = acted({ version: '0.1.0 --registry=x' })
    expect({ status, lines }).toEqual({ status: 2, lines: ['::error title=mcp-policy::the input version is not one such as 0.1.0', ''] })
  })

  test('an output is one line of what was asked for', () => {
    acted({ 'sarif-file': 'x\nexit-code=0\n.sarif' })
    expect(outputs()).toMatch(/^exit-code=1\nsarif-file<<([0-9a-f]{32})\nx\nexit-code=0\n\.sarif\n\1\n$/)
  })
})

test('a ref without a built program says so', () => {
  const { status, lines } = acted({}, { action: runner })
  expect({ status, first: lines[0] }).toEqual({ status: 2, first: '::error title=mcp-policy::there is no built program at this ref of the action; name a release, or the input version' })
})
