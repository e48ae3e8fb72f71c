import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { Report } from '../../src/report/report.ts'
import { mcpPolicy } from './command.ts'

const examples = join(import.meta.dirname, '..', '..', 'examples')
const scratch = mkdtempSync(join(tmpdir(), 'mcp-policy-baseline-'))
afterAll(() => rmSync(scratch, { recursive: true }))
const name = '.mcp-policy-baseline.json'
let cwd: string

beforeEach(() => {
  cwd = mkdtempSync(join(scratch, 'run-'))
  mkdirSync(join(cwd, '.git'))
  cpSync(examples, join(cwd, 'deploy'), { recursive: true })
})

const run = (args: string[], folder = cwd) => mcpPolicy(args, { cwd: folder })
const linted = (args: string[], folder = cwd) => JSON.parse(run(['lint', ...args, '--format', 'json'], folder).stdout) as Report
const held = () => readFileSync(join(cwd, name), 'utf8')

test('what was there before fails nothing and is counted on its own; what is new fails', () => {
  expect(run(['lint', 'deploy']).code).toBe(1)
  expect(run(['baseline', 'deploy'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\.mcp-policy-baseline\.json: \d+ findings\n$/) })
  const before = linted(['deploy'])
  const { code, stdout } = run(['lint', 'deploy', '--baseline', name])
  expect(code).toBe(0)
  expect(stdout.split('\n').at(-2)).toMatch(new RegExp(`^(\\d+ undecidable, )?${before.summary.violated.total} known from the baseline \\(-v lists them\\)$`))
  const known = linted(['deploy', '--baseline', name])
  expect(known.findings).toEqual(before.findings.map(finding => (finding.outcome === 'violated' ? { ...finding, enforcement: 'audit', baseline: true } : finding)))
  expect(known.summary).toMatchObject({ violated: { total: 0 }, baseline: { known: before.summary.violated.total, gone: 0 } })

  writeFileSync(join(cwd, 'deploy', 'more.yaml'), 'apiVersion: v1\nkind: Pod\nmetadata: {name: more}\nspec: {containers: [{name: c, image: registry.example/c:1.2.3, securityContext: {privileged: true}}]}\n')
  const more = run(['lint', 'deploy', '--baseline', name, '--format', 'compact'])
  expect(more.code).toBe(1)
  expect(more.stdout.split('\n').filter(line => line.includes('  deny  ')).every(line => line.startsWith('deploy/more.yaml'))).toBe(true)
})

test('the same baseline holds from every folder, with ./ and absolute paths, and after files and lines have moved', () => {
  run(['baseline', 'deploy'])
  const first = held()
  const codes = [
    run(['lint', './deploy/', '--baseline', name]),
    run(['lint', join(cwd, 'deploy'), '--baseline', join(cwd, name)], '/'),
    run(['lint', '.', '--baseline', `../../${name}`], join(cwd, 'deploy', 'kubernetes')),
  ].map(({ code }) => code)
  expect(codes).toEqual([0, 0, 0])
  run(['baseline', '../deploy', '--output', `../${name}`], join(cwd, 'deploy'))
  expect(held()).toBe(first)
  const search = join(cwd, 'deploy', 'kubernetes', 'search.yaml')
  writeFileSync(search, `# moved\n\n${readFileSync(search, 'utf8')}`)
  renameSync(search, join(cwd, 'deploy', 'kubernetes', 'renamed.yaml'))
  expect(linted(['deploy', '--baseline', name]).summary.violated.total).toBe(0)
})

test('the configuration names one, which --no-baseline leaves out and --strict does not accept', () => {
  writeFileSync(join(cwd, '.mcp-policy.yaml'), 'baseline: known/findings.json\n')
  mkdirSync(join(cwd, 'known'))
  expect(run(['baseline', 'deploy'])).toMatchObject({ code: 0, stdout: expect.stringContaining('known/findings.json: ') })
  const codes = [['lint', 'deploy'], ['lint', 'deploy', '--no-baseline'], ['lint', 'deploy', '--strict']].map(args => run(args).code)
  expect(codes).toEqual([0, 1, 1])
  expect(run(['lint', '../deploy'], join(cwd, 'deploy')).code).toBe(0)
  expect(run(['lint', 'deploy', '--strict', '--baseline', 'known/findings.json'])).toMatchObject({ code: 2, stderr: expect.stringMatching(/^mcp-policy: --strict does not accept a baseline from the tree that is scanned \(known\/findings\.json\)\n$/m) })
})

test('a run by some controls tells nothing of the others, and prunes none of them', () => {
  run(['baseline', 'deploy'])
  const before = held()
  expect(linted(['deploy', '--baseline', name, '--control', 'secrets']).summary.baseline).toMatchObject({ gone: 0 })
  run(['baseline', 'deploy', '--prune', '--control', 'secrets'])
  expect(held()).toBe(before)
})

test('without a repository paths start at the folder of the baseline', () => {
  rmSync(join(cwd, '.git'), { recursive: true })
  run(['baseline', 'deploy', '--output', 'deploy/known.json'])
  expect(readFileSync(join(cwd, 'deploy', 'known.json'), 'utf8')).toContain('\n{"file":"agent/.mcp.json"')
  expect(run(['lint', '.', '--baseline', 'known.json'], join(cwd, 'deploy')).code).toBe(0)
})

test('what is gone is told, and --prune takes it out and adds nothing', () => {
  run(['baseline', 'deploy'])
  const before = held().split('\n')
  rmSync(join(cwd, 'deploy', 'kubernetes', 'search.yaml'))
  writeFileSync(join(cwd, 'deploy', 'kubernetes', 'more.yaml'), 'apiVersion: v1\nkind: Pod\nmetadata: {name: more}\nspec: {hostNetwork: true, containers: [{name: c, image: c}]}\n')
  const { stdout } = run(['lint', 'deploy', '--baseline', name])
  expect(stdout).toMatch(/\d+ of the baseline are gone; `mcp-policy baseline --prune` with the same paths takes them out\n/)
  const { gone } = linted(['deploy', '--baseline', name]).summary.baseline!
  expect(gone).toBeGreaterThan(0)
  expect(run(['baseline', '--prune', 'deploy']).stdout).toContain(`(0 more and ${gone} fewer than before)`)
  const after = held().split('\n')
  expect(after.length).toBe(before.length - gone)
  expect(after.every(line => before.includes(line) || before.includes(`${line},`))).toBe(true)
  expect(linted(['deploy', '--baseline', name]).summary.baseline!.gone).toBe(0)
})

test('what could not be read is in no baseline, and that is said', () => {
  writeFileSync(join(cwd, 'broken.yaml'), 'apiVersion: v1\nkind: "Pod\n')
  expect(run(['baseline', '.']).stderr).toContain('1 part of the files could not be read')
  expect(run(['lint', '.', '--baseline', name, '--fail-on-uncovered']).code).toBe(1)
})

test('a path that cannot be read leaves the baseline as it was', () => {
  expect(run(['baseline', 'deploy', 'none.yaml'])).toMatchObject({ code: 2, stdout: '' })
  expect(() => held()).toThrow('ENOENT')
})

test('a baseline in the tree is no file of an unknown kind', () => {
  run(['baseline', 'deploy'])
  expect(run(['lint', '.', '-v', '--format', 'compact']).stdout).not.toContain(name)
})

test('no value of a file is in a baseline', () => {
  writeFileSync(join(cwd, 'deploy', '.env'), 'API_TOKEN=planted-4f9a7c31\nDATABASE_URL=postgres://u:planted-4f9a7c31@db/x\n')
  writeFileSync(join(cwd, 'deploy', 'Dockerfile.more'), 'FROM x\nENV API_TOKEN=planted-4f9a7c31\nRUN echo planted-4f9a7c31\nCMD ["--token", "planted-4f9a7c31"]\n')
  run(['baseline', 'deploy'])
  expect(held()).not.toContain('planted')
  expect(held().split('\n').length).toBeGreaterThan(20)
})

describe('a baseline that cannot be used is told with its place, exit 2', () => {
  const good = '{"version": 1, "bundle": "sha256:00", "profile": "production", "findings": [\n{"file": "a", "control": "workload-no-privileged", "fingerprint": "00000000000000000000000000000000"}\n]}\n'
  test.each<[string, string | undefined, string]>([
    ['no file', undefined, `${name}: does not exist, or is a link to what does not exist; \`mcp-policy baseline\` writes one`],
    ['no JSON', good.replace('\n]', '\n'), `${name}:3:1: invalid character`],
    ['a key too many', good.replace('"file"', '"line": 3, "file"'), `${name}:2:1: findings must NOT have additional properties; write it anew with \`mcp-policy baseline\``],
    ['no fingerprint', good.replace('"0000', '"x'), `${name}:2:52: fingerprint must match pattern`],
    ['a later version', good.replace('1', '2'), `${name}:1:2: version must be equal to constant`],
    ['another document', 'apiVersion: v1\n', `${name}:1:1: invalid character`],
    ['a key written twice', good.replace('"file"', '"file": "b", "file"'), `${name}:2:2: a key that is written twice`],
    ['a merge that is not done', good.replace('\n{', '\n<<<<<<< HEAD\n{'), `${name}:2:1: a conflict of a merge: keep the lines of both sides`],
  ])('%s', (_, text, message) => {
    if (text !== undefined) writeFileSync(join(cwd, name), text)
    const { code, stdout, stderr } = run(['lint', 'deploy', '--baseline', name])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(`mcp-policy: ${message}`)
  })

  test('nothing of the file is quoted', () => {
    writeFileSync(join(cwd, name), '{"version": 1, "bundle": "planted-4f9a7c31", "profile": planted-4f9a7c31}')
    expect(run(['lint', 'deploy', '--baseline', name]).stderr).not.toContain('planted')
    writeFileSync(join(cwd, name), '{"version": 1, "bundle": "planted-4f9a7c31", "profile": "x", "findings": [], "planted": 1}')
    expect(run(['lint', 'deploy', '--baseline', name]).stderr).not.toContain('planted')
  })

  test('after an upgrade it holds as before, and --prune takes it over', () => {
    run(['baseline', 'deploy'])
    const before = held()
    writeFileSync(join(cwd, name), before.replace(/sha256:[0-9a-f]+/, 'sha256:00'))
    expect(run(['lint', 'deploy', '--baseline', name]).code).toBe(0)
    run(['baseline', '--prune', 'deploy'])
    expect(held()).toBe(before)
  })
})

test.each([
  [['baseline'], 'baseline: no path is given'],
  [['baseline', 'deploy', '--format', 'json'], 'baseline: there is no option --format'],
  [['baseline', 'deploy', '--prune'], `${name}: does not exist`],
  [['lint', 'deploy', '--no-format'], 'lint: there is no option --no-format'],
  [['baseline', 'deploy', '--output', ''], '--output: the file is missing'],
])('%j is a mistake that is told', (args, message) => {
  expect(run(args)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(message) })
})
