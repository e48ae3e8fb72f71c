import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Report } from '../../src/report/report.ts'
import { mcpPolicy } from './command.ts'

let cwd: string

const pod = (privileged: boolean) => `apiVersion: v1
kind: Pod
metadata: {name: gateway}
spec:
  hostUsers: false
  securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
  containers:
  - name: gateway
    image: registry.example/gateway:1.2.3
    securityContext:
      privileged: ${privileged}
      allowPrivilegeEscalation: false
      capabilities: {drop: [ALL]}
`

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'mcp-policy-lint-'))
  mkdirSync(join(cwd, '.git'))
  mkdirSync(join(cwd, 'hidden'))
  writeFileSync(join(cwd, 'clean.yaml'), pod(false))
  writeFileSync(join(cwd, 'faulty.yaml'), pod(true))
  writeFileSync(join(cwd, 'broken.yaml'), 'apiVersion: v1\nkind: "Pod\n')
  writeFileSync(join(cwd, 'template.yaml'), 'a: {{ .Values.x }}\n')
  writeFileSync(join(cwd, 'hidden', 'faulty.yaml'), pod(true))
  writeFileSync(join(cwd, '.gitignore'), 'hidden/\n')
  writeFileSync(join(cwd, 'read.me'), 'x')
})

afterAll(() => rmSync(cwd, { recursive: true }))

const lint = (args: string[], more: Parameters<typeof mcpPolicy>[1] = {}) => mcpPolicy(['lint', ...args], { cwd, ...more })
const reported = (args: string[], more: Parameters<typeof mcpPolicy>[1] = {}) => JSON.parse(lint([...args, '--format', 'json'], more).stdout) as Report
const filesOf = ({ coverage }: Report) => coverage.map(({ file }) => file)

describe('exit codes', () => {
  test.each([
    ['nothing denied', ['clean.yaml'], 0],
    ['a warning', ['broken.yaml'], 0],
    ['something denied', ['clean.yaml', 'faulty.yaml'], 1],
    ['a path that does not exist', ['none.yaml'], 2],
    ['no path', [], 2],
  ])('%s', (_, args, code) => {
    expect(lint(args).code).toBe(code)
  })

  test.each(['text', 'compact', 'json', 'sarif', 'code-scanning', 'junit', 'github', 'gitlab', 'markdown'])('a missing path beside findings leaves the findings in %s, and is named twice', format => {
    const { code, stdout, stderr } = lint(['none.yaml', 'faulty.yaml', `--format=${format}`])
    expect(code).toBe(2)
    expect(stdout).toContain('container gateway is privileged')
    if (format !== 'gitlab') expect(stdout).toContain('none.yaml')
    expect(stderr).toBe('mcp-policy: none.yaml: does not exist, or is a link to what does not exist\n')
  })

  test('the problems of the report name it', () => {
    const { problems, coverage } = reported(['none.yaml', 'clean.yaml', 'also/none.yaml', 'none.yaml'])
    expect(problems.map(({ path }) => path)).toEqual(['also/none.yaml', 'none.yaml'])
    expect(coverage.map(({ file }) => file)).toEqual(['clean.yaml'])
  })

  test('in CI what cannot be read denies, and --no-fail-on-uncovered takes it back', () => {
    const codes = (env: Record<string, string>) => [[], ['--no-fail-on-uncovered'], ['--fail-on-uncovered']].map(more => lint(['broken.yaml', ...more], { env }).code)
    expect(codes({ CI: 'true' })).toEqual([1, 0, 1])
    expect(codes({})).toEqual([0, 0, 1])
  })
})

describe('standard input', () => {
  test.each([[[], 'stdin'], [['--stdin-filename', 'deploy/gateway.yaml'], 'deploy/gateway.yaml']])('with %j is reported as %s', (args, name) => {
    const { findings, coverage } = reported(['-', ...args], { input: pod(true) })
    expect(coverage.map(({ file }) => file)).toEqual([name])
    expect(findings.filter(({ control }) => control === 'workload-no-privileged').map(({ file, line }) => `${file}:${line}`)).toEqual([`${name}:11`])
  })

  test('its name tells its format', () => {
    const [as, other] = ['Dockerfile', 'x.yaml'].map(name => reported(['-', `--stdin-filename=${name}`], { input: 'FROM registry.example/base\n' }))
    expect(as.findings.map(({ control }) => control)).toContain('image-pinned-tag')
    expect(other.findings.map(({ control }) => control)).not.toContain('image-pinned-tag')
  })

  test('it is judged beside files, and once', () => {
    expect(filesOf(reported(['clean.yaml', '-', '-'], { input: pod(true) }))).toEqual(['clean.yaml', 'stdin'])
  })

  test('it may be empty', () => {
    expect(lint(['-'])).toEqual({ code: 0, stdout: '1 file, 0 documents\nno findings\n', stderr: '' })
  })

  test('more than --max-file-size of it is not read', () => {
    const { coverage } = reported(['-', '--max-file-size', '1k'], { input: `${pod(true)}${'# more\n'.repeat(1000)}` })
    expect(coverage).toEqual([expect.objectContaining({ file: 'stdin', status: 'not-evaluated', documents: [expect.objectContaining({ reason: 'limit', detail: 'larger than 1024 bytes' })] })])
  })
})

describe('formats', () => {
  test('text is the default', () => {
    expect(lint(['faulty.yaml']).stdout).toBe(lint(['faulty.yaml', '--format', 'text']).stdout)
    expect(lint(['faulty.yaml']).stdout).toContain('What to do\n')
  })

  test('several reports of one run', () => {
    const { code, stdout } = lint(['faulty.yaml', '--format', 'json=report.json', '--format', 'text', '--format', 'compact=report.txt'])
    expect({ code, stdout }).toEqual({ code: 1, stdout: lint(['faulty.yaml']).stdout })
    expect(readFileSync(join(cwd, 'report.json'), 'utf8')).toBe(lint(['faulty.yaml', '--format', 'json']).stdout)
    expect(readFileSync(join(cwd, 'report.txt'), 'utf8')).toBe(lint(['faulty.yaml', '--format', 'compact']).stdout)
    for (const name of ['report.json', 'report.txt']) rmSync(join(cwd, name))
  })

  test('a report that goes into the folder that is judged is no part of it', () => {
    const reports = [1, 2].map(() => {
      lint(['.', '--format', 'json=report.json'])
      const text = readFileSync(join(cwd, 'report.json'), 'utf8')
      return JSON.parse(text) as Report
    })
    expect(filesOf(reports[1])).toEqual(['broken.yaml', 'clean.yaml', 'faulty.yaml', 'template.yaml'])
    expect(reports[1].coverage).toEqual(reports[0].coverage)
    rmSync(join(cwd, 'report.json'))
  })

  test('one that is named is read all the same', () => {
    writeFileSync(join(cwd, 'report.json'), '{}')
    expect(filesOf(reported(['report.json', '--format', 'compact=report.json']))).toEqual(['report.json'])
    rmSync(join(cwd, 'report.json'))
  })
})

describe('options', () => {
  test('--profile', () => {
    const enforced = (profile: string) => reported(['faulty.yaml', '--profile', profile]).findings.find(({ control }) => control === 'workload-no-privileged')?.enforcement
    expect(['production', 'staging', 'development', 'pss-baseline', 'pss-restricted'].map(enforced)).toEqual(['deny', 'warn', 'audit', 'deny', 'deny'])
    expect(reported(['clean.yaml', '--profile=staging']).profile).toBe('staging')
  })

  test('what .gitignore leaves out is counted, and read with --no-ignore', () => {
    const usual = reported(['.'])
    expect(filesOf(usual)).toEqual(['broken.yaml', 'clean.yaml', 'faulty.yaml', 'template.yaml'])
    expect(usual.summary.ignoredFiles).toEqual([{ rule: '.gitignore or --exclude', kind: 'folder', count: 1 }])
    expect(usual.summary.skippedFiles).toEqual([{ extension: '.gitignore', count: 1 }, { extension: '.me', count: 1 }])
    expect(filesOf(reported(['.', '--no-ignore']))).toEqual(['broken.yaml', 'clean.yaml', 'faulty.yaml', 'hidden/faulty.yaml', 'template.yaml'])
  })

  test('--exclude, several times', () => {
    expect(filesOf(reported(['.', '--exclude', 'b*.yaml', '--exclude=/faulty.yaml', '--no-ignore']))).toEqual(['clean.yaml', 'hidden/faulty.yaml', 'template.yaml'])
  })

  test('sizes', () => {
    const reason = (option: string) => reported(['faulty.yaml', option]).coverage[0].documents[0].detail
    expect(reason('--max-file-size=100')).toBe('larger than 100 bytes')
    expect(reason('--max-depth=3')).toMatch(/depth of 3/)
    expect(reason('--max-input-size=100')).toMatch(/--max-input-size/)
    for (const option of ['--max-file-size=1k', '--max-depth=1000', '--max-input-size=1M']) expect(reason(option)).toBeUndefined()
  })

  test('-v lists what is no fault, too', () => {
    const line = 'template.yaml:1:5  not evaluated  template'
    expect(lint(['.']).stdout).not.toContain(line)
    for (const option of ['-v', '--verbose']) expect(lint(['.', option]).stdout).toContain(line)
  })

  test('after -- a path may begin with a dash', () => {
    writeFileSync(join(cwd, '-v'), pod(true))
    expect(filesOf(JSON.parse(lint(['--format', 'json', '--', '-v']).stdout) as Report)).toEqual(['-v'])
    rmSync(join(cwd, '-v'))
  })

  test.each([
    [['--format', 'jsn'], '--format: there is no jsn; did you mean json? (one of text, compact, json, sarif, code-scanning, junit, github, gitlab, markdown)'],
    [['--format', 'jsn=report'], '--format: there is no jsn; did you mean json? (one of text, compact, json, sarif, code-scanning, junit, github, gitlab, markdown)'],
    [['--format', 'json='], '--format json=: the file is missing'],
    [['--format', 'json', '--format', 'text'], '--format: only one report can go to standard output; name a file for the others (--format json=report.json)'],
    [['--format', 'json=r', '--format', 'text=r'], '--format: two reports cannot go to r'],
    [['--profile', 'prduction'], '--profile: there is no prduction; did you mean production? (one of production, staging, development, pss-baseline, pss-restricted)'],
    [['--proflie', 'staging'], 'lint: there is no option --proflie; did you mean --profile? (mcp-policy lint --help)'],
    [['--no-ignor'], 'lint: there is no option --no-ignor; did you mean --no-ignore? (mcp-policy lint --help)'],
    [['-x'], 'lint: there is no option -x (mcp-policy lint --help)'],
    [['--profile'], 'lint: --profile needs a value, --profile=VALUE (mcp-policy lint --help)'],
    [['--exclude', '-v'], 'lint: --exclude needs a value, --exclude=VALUE (mcp-policy lint --help)'],
    [['--verbose=yes'], 'lint: --verbose does not take an argument (mcp-policy lint --help)'],
    [['--max-file-size', '10MB'], '--max-file-size: 10MB is not a size; write 1048576, 1024k, 64M or 1G'],
    [['--max-input-size', '0'], '--max-input-size: 0 is not a size; write 1048576, 1024k, 64M or 1G'],
    [['--max-depth', '1k'], '--max-depth: 1k is not a whole number of at least 1'],
    [['--category', 'x'], '--category is for SARIF, and no --format writes any'],
    [['--stdin-filename', 'x.yaml'], 'lint: --stdin-filename names standard input, which is read where a path is -'],
    [[''], 'lint: one of the paths is empty; is a variable of the shell not set?'],
  ])('%j is a mistake that is answered in one line', (args, message) => {
    expect(lint(['clean.yaml', ...args])).toEqual({ code: 2, stdout: '', stderr: `mcp-policy: ${message}\n` })
  })
})

test('a file is named on its own, a folder is a set', () => {
  const budgets = (args: string[]) => reported(args).findings.filter(({ control }) => control === 'resilience-pdb').map(({ outcome }) => outcome)
  writeFileSync(join(cwd, 'hidden', 'server.yaml'), `apiVersion: apps/v1
kind: Deployment
metadata: {name: mcp-server, labels: {app: mcp}}
spec: {replicas: 2, selector: {matchLabels: {app: mcp}}, template: {metadata: {labels: {app: mcp}}, spec: {containers: [{name: mcp-server, image: r.example/mcp-server:1.0.0}]}}}
`)
  expect(budgets(['hidden/server.yaml'])).toEqual(['undecidable'])
  expect(budgets(['hidden', '--no-ignore'])).toEqual(['violated'])
})

test('files have the names that were given', () => {
  expect(filesOf(reported(['./clean.yaml', join(cwd, 'faulty.yaml')]))).toEqual(['./clean.yaml', join(cwd, 'faulty.yaml')])
  expect(filesOf(reported([cwd, '--exclude=*', '--no-ignore', 'clean.yaml']))).toEqual(['clean.yaml'])
  expect(filesOf(reported([join(cwd, 'hidden'), '--no-ignore']))).toEqual(['faulty.yaml', 'server.yaml'].map(name => join(cwd, 'hidden', name)))
})

test('-v lists the files of other kinds', () => {
  const { stdout } = mcpPolicy(['lint', '-v', '.'], { cwd })
  expect(stdout).toContain('\n.gitignore  not read  a file of another kind\n')
  expect(mcpPolicy(['lint', '.'], { cwd }).stdout).not.toContain('a file of another kind')
})
