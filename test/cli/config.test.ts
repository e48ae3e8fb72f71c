import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { mcpPolicy } from './command.ts'

const pod = (name: string, more = '') => `apiVersion: v1
kind: Pod
metadata: {name: ${name}${more}}
spec: {containers: [{name: c, image: "a:1.0.0", securityContext: {privileged: true}}]}
`

/** A repository with files. */
function repository(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'mcp-policy-'))
  mkdirSync(join(root, '.git'))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}

/** `file outcome` of the findings that say that a container is privileged, and the exit code. */
function privileged(cwd: string, ...args: string[]): { code: number | null; found: string[]; stderr: string } {
  const { code, stdout, stderr } = mcpPolicy(['lint', '--format', 'json', ...args], { cwd })
  const findings = stdout === '' ? [] : (JSON.parse(stdout).findings as { control: string; file: string; enforcement: string; outcome: string }[])
  return { code, stderr, found: findings.filter(({ control }) => control === 'workload-no-privileged').map(({ file, outcome, enforcement }) => `${file} ${outcome === 'violated' ? enforcement : outcome}`) }
}

const exemption = (artefact: string) => `exemptions:\n- {control: workload-no-privileged, artefact: ${artefact}, reason: r, owner: o, last_day: "${new Date(Date.now() + 864e5).toISOString().slice(0, 10)}"}\n`

test('the configuration of the repository holds in its folders, and paths are those of the file', () => {
  const root = repository({
    '.mcp-policy.yaml': `paths: [deploy]\nexclude: [old]\nfolders: {deploy/edge: {profile: staging}}\n${exemption('{file: deploy/b.yaml}')}`,
    'deploy/a.yaml': pod('a'), 'deploy/b.yaml': pod('b'), 'deploy/edge/c.yaml': pod('c'), 'deploy/old/d.yaml': pod('d'), 'other/e.yaml': pod('e'),
  })
  expect(privileged(root)).toEqual({ code: 1, stderr: '', found: ['deploy/a.yaml deny', 'deploy/b.yaml exempt', 'deploy/edge/c.yaml warn'] })
  expect(privileged(join(root, 'deploy'), 'edge', 'b.yaml').found).toEqual(['b.yaml exempt', 'edge/c.yaml warn'])
  expect(privileged(root, '--no-config', 'deploy').found).toEqual(['deploy/a.yaml deny', 'deploy/b.yaml deny', 'deploy/edge/c.yaml deny', 'deploy/old/d.yaml deny'])
  expect(privileged(root, '--fail-on', 'never')).toMatchObject({ code: 0 })
})

test('a default path is judged where nobody names one', () => {
  const files = { 'a.yaml': pod('a'), 'deploy/b.yaml': pod('b') }
  const plain = repository(files)
  expect(privileged(plain, '--default-path', '.').found).toEqual(['a.yaml deny', 'deploy/b.yaml deny'])
  expect(privileged(plain, '--default-path', '.', 'deploy').found).toEqual(['deploy/b.yaml deny'])
  expect(privileged(repository({ ...files, '.mcp-policy.yaml': 'paths: [deploy]\n' }), '--default-path', '.').found).toEqual(['deploy/b.yaml deny'])
  expect(privileged(repository({ ...files, '.mcp-policy.yaml': 'profile: staging\n' }), '--default-path', '.').found).toEqual(['a.yaml warn', 'deploy/b.yaml warn'])
})

test('a mistake in the configuration ends the run with its place', () => {
  const root = repository({ '.mcp-policy.yaml': 'profile: production\nenforcment: {}\n', 'a.yaml': pod('a') })
  expect(mcpPolicy(['lint', 'a.yaml'], { cwd: root })).toEqual({ code: 2, stdout: '', stderr: 'mcp-policy: .mcp-policy.yaml:2:1: there is no setting enforcment; did you mean enforcement?\n' })
  expect(mcpPolicy(['lint', '--config', 'none.yaml', 'a.yaml'], { cwd: root })).toMatchObject({ code: 2, stderr: expect.stringContaining('none.yaml: does not exist') })
})

test('what no control reads is noted in one line, and the run goes on', () => {
  const root = repository({ '.mcp-policy.yaml': 'profile: staging\ntargets: {}\nnet:\n  peers: []\n', 'a.yaml': pod('a') })
  expect(privileged(root, '.')).toEqual({ code: 0, found: ['a.yaml warn'], stderr: 'mcp-policy: .mcp-policy.yaml:2:1: no control of this version reads targets, net.peers (4:3)\n' })
})

test.each([
  [['--control', 'workload-no-priviledged'], '--control: there is no control workload-no-priviledged; did you mean workload-no-privileged?'],
  [['--skip', 'secret'], '--skip: there is no control secret; did you mean secrets?'],
  [['--severity', 'hihg'], '--severity: there is no hihg; did you mean high? (one of low, medium, high, critical)'],
  [['--fail-on', 'error'], '--fail-on: there is no error (one of deny, warn, never)'],
  [['--no-profile'], 'lint: there is no option --no-profile; did you mean --profile? (mcp-policy lint --help)'],
])('%j is a mistake', (args, message) => {
  expect(mcpPolicy(['lint', ...args, '.'], { cwd: repository({}) })).toEqual({ code: 2, stdout: '', stderr: `mcp-policy: ${message}\n` })
})

test('a selection of controls leaves the others out, and a warning fails where that is asked for', () => {
  const root = repository({ 'a.yaml': pod('a') })
  const controls = (...args: string[]) => [...new Set((JSON.parse(mcpPolicy(['lint', '--format', 'json', ...args, '.'], { cwd: root }).stdout).findings as { control: string }[]).map(({ control }) => control))]
  expect(controls('--control', 'workload-no-privileged')).toEqual(['workload-no-privileged'])
  expect(controls('--control', 'workload', '--severity', 'critical')).toEqual(['workload-no-privileged'])
  expect(controls('--skip', 'workload-*,image,health')).not.toContain('workload-no-privileged')
  expect(privileged(root, '--profile', 'staging', '.').code).toBe(0)
  expect(privileged(root, '--profile', 'staging', '--fail-on', 'warn', '.').code).toBe(1)
})

describe('--strict', () => {
  const files = { '.mcp-policy.yaml': `profile: development\n${exemption('{name: a}')}`, 'a.yaml': pod('a'), '.gitignore': 'b.yaml\n', 'b.yaml': pod('b') }
  test('accepts nothing from the tree that takes something away', () => {
    const root = repository(files)
    expect(privileged(root, '.')).toEqual({ code: 0, stderr: '', found: ['a.yaml exempt'] })
    expect(privileged(root, '--strict', '.')).toEqual({
      code: 1, stderr: 'mcp-policy: .mcp-policy.yaml:1:10: --strict does not accept profile from the tree that is scanned\n', found: ['a.yaml deny', 'b.yaml deny'],
    })
    expect(privileged(tmpdir(), '--strict', '--config', join(root, '.mcp-policy.yaml'), root).found.every(one => one.endsWith('deny'))).toBe(true)
  })
  test('does not let the tree say what of it is scanned', () => {
    const root = repository({ '.mcp-policy.yaml': 'paths: [good]\n', 'good/a.env': 'PORT=8000\n', 'b.yaml': pod('b') })
    const stderr = 'mcp-policy: .mcp-policy.yaml:1:8: --strict does not accept paths from the tree that is scanned\n'
    expect(privileged(root, '--strict', '--default-path', '.')).toEqual({ code: 1, stderr, found: ['b.yaml deny'] })
    expect(privileged(root, '--strict')).toEqual({ code: 2, stderr: expect.stringContaining('lint: no path is given'), found: [] })
  })
  test('accepts facts and exceptions from elsewhere alone', () => {
    const config = 'net:\n  public_ports:\n  - {port: 8443, reason: more, owner: network}\n'
    const compose = 'services:\n  edge: {image: "nginx:1.27.3", ports: ["8443:8443"]}\n'
    const [root, elsewhere] = [repository({ '.mcp-policy.yaml': config, 'compose.yml': compose }), repository({ 'platform.yaml': config })]
    const published = (...args: string[]) => {
      const { stdout, stderr } = mcpPolicy(['lint', '--format', 'json', '--control', 'net-compose-published-ports', ...args, '.'], { cwd: root })
      return [JSON.parse(stdout).findings.length, stderr]
    }
    expect(published()).toEqual([0, ''])
    expect(published('--strict')).toEqual([1, 'mcp-policy: .mcp-policy.yaml:3:3: --strict does not accept net.public_ports from the tree that is scanned\n'])
    expect(published('--strict', '--config', join(elsewhere, 'platform.yaml'))).toEqual([0, ''])
  })
  test('accepts a configuration from elsewhere', () => {
    const root = repository(files)
    const elsewhere = repository({ 'platform.yaml': exemption('{name: a}') })
    expect(privileged(root, '--strict', '--config', join(elsewhere, 'platform.yaml'), '.').found).toEqual(['a.yaml exempt', 'b.yaml deny'])
  })
})

describe('exemptions', () => {
  const root = repository({
    '.mcp-policy.yaml': exemption('{name: a}') + exemption('{name: nobody}').replace('exemptions:\n', ''),
    'a.yaml': pod('a'),
    'b.yaml': `# mcp-policy: exempt workload-no-privileged until 2020-01-31 by ops: long ago\n${pod('b')}`,
    'c.yaml': `# mcp-policy: exempt workload-no-privileged by ops\n${pod('c')}`,
  })
  test('are listed with what is left of them', () => {
    expect(mcpPolicy(['exemptions', '.'], { cwd: root })).toEqual({ code: 1, stderr: '', stdout: `c.yaml:1  no end  workload-no-privileged  incomplete  ops
b.yaml:1  ended 2020-01-31  workload-no-privileged  expired  ops: long ago
.mcp-policy.yaml:2  1 day left  workload-no-privileged  lifts 1 finding  o: r
.mcp-policy.yaml:3  1 day left  workload-no-privileged  meets nothing  o: r

4 exemptions, 1 finding lifted
` })
  })
  test('as data', () => {
    const { exemptions } = JSON.parse(mcpPolicy(['exemptions', '--format', 'json', 'a.yaml'], { cwd: root }).stdout)
    expect(exemptions).toMatchObject([{ state: 'used', findings: 1, daysLeft: 1, written: 'configuration' }, { state: 'unused', findings: 0 }])
  })
  test('none', () => {
    expect(mcpPolicy(['exemptions', '--no-config', 'a.yaml'], { cwd: root })).toEqual({ code: 0, stderr: '', stdout: 'no exemptions\n' })
  })
})
