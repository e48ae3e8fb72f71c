import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { git as runGit } from '../../src/cli/git.ts'
import { UsageError } from '../../src/cli/usage.ts'
import type { Report } from '../../src/report/report.ts'
import { mcpPolicy } from './command.ts'

const scratch = mkdtempSync(join(tmpdir(), 'mcp-policy-since-'))
afterAll(() => rmSync(scratch, { recursive: true }))
let cwd: string

/** No configuration of the machine, so that the tests are the same everywhere. */
const env = { PATH: process.env.PATH!, HOME: scratch, GIT_CONFIG_NOSYSTEM: '1', GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@example', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@example' }
const git = (args: string[], folder = cwd) => execFileSync('git', args, { cwd: folder, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(cwd, path)), { recursive: true })
  writeFileSync(join(cwd, path), text)
}
const commit = (message: string) => {
  git(['add', '-A'])
  git(['commit', '-q', '-m', message])
  return git(['rev-parse', 'HEAD'])
}
const run = (args: string[], more: Parameters<typeof mcpPolicy>[1] = {}) => mcpPolicy(['lint', ...args], { cwd, env, ...more })
const linted = (args: string[], more: Parameters<typeof mcpPolicy>[1] = {}): Report => {
  const { stdout, stderr } = run([...args, '--format', 'json'], more)
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout)
}
const filesOf = ({ findings }: Report) => [...new Set(findings.map(({ file }) => file))]

const pod = (name: string) => `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec:\n  hostNetwork: true\n  containers:\n  - {name: c, image: registry.example/${name}:latest}\n`
const gateway = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: mcp-gateway, labels: {app: gateway}}\nspec:\n  replicas: 3\n  selector: {matchLabels: {app: gateway}}\n'
  + '  template:\n    metadata: {labels: {app: gateway}}\n    spec:\n      containers:\n      - {name: gateway, image: "ghcr.io/mcp-hangar/mcp-hangar:2.13.0"}\n'
const budget = 'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: gateway}\nspec: {maxUnavailable: 1, selector: {matchLabels: {app: gateway}}}\n'

beforeEach(() => {
  cwd = mkdtempSync(join(scratch, 'run-'))
  git(['init', '-q', '-b', 'main'])
  write('deploy/a.yaml', pod('a'))
  write('deploy/b.yaml', pod('b'))
  commit('first')
})

describe('what counts as changed', () => {
  test('nothing, before anything has', () => {
    const report = linted(['deploy', '--since', 'main'])
    expect(report.findings).toEqual([])
    expect(report.coverage.map(({ file }) => file)).toEqual(['deploy/a.yaml', 'deploy/b.yaml'])
    expect(report.summary.since).toEqual({ revision: 'main', leftOut: linted(['deploy']).findings.length })
    expect(run(['deploy', '--since', 'main']).code).toBe(0)
    expect(run(['deploy', '--since', 'main']).stdout).toMatch(/\n\d+ findings in what has not changed since main are left out\nno findings\n$/)
  })

  test.each<[string, () => void, string[]]>([
    ['a file that is changed and not committed', () => write('deploy/a.yaml', `${pod('a')}# more\n`), ['deploy/a.yaml']],
    ['a file that is staged', () => { write('deploy/a.yaml', `${pod('a')}# more\n`); git(['add', '-A']) }, ['deploy/a.yaml']],
    ['a file that is committed', () => { git(['switch', '-qc', 'work']); write('deploy/a.yaml', `${pod('a')}# more\n`); commit('second') }, ['deploy/a.yaml']],
    ['a file that git does not know', () => write('deploy/c.yaml', pod('c')), ['deploy/c.yaml']],
    ['a file under another name', () => renameSync(join(cwd, 'deploy/a.yaml'), join(cwd, 'deploy/z.yaml')), ['deploy/z.yaml']],
    ['a file that was changed and changed back', () => { git(['switch', '-qc', 'work']); write('deploy/a.yaml', 'x'); commit('second'); write('deploy/a.yaml', pod('a')) }, []],
    ['no file that was only touched', () => { rmSync(join(cwd, 'deploy/a.yaml')); write('deploy/a.yaml', pod('a')) }, []],
    ['no file that only has other line ends', () => write('deploy/a.yaml', pod('a').replaceAll('\n', '\r\n')), []],
    ['no file with the index gone', () => rmSync(join(cwd, '.git', 'index')), []],
  ])('%s', (_, change, files) => {
    change()
    expect(filesOf(linted(['deploy', '--since', 'main']))).toEqual(files)
  })

  test('a file that git ignores and the run names', () => {
    write('.gitignore', 'deploy/c.yaml\n')
    write('deploy/c.yaml', pod('c'))
    commit('ignore')
    expect(filesOf(linted(['deploy', 'deploy/c.yaml', '--since', 'HEAD']))).toEqual(['deploy/c.yaml'])
  })

  test('standard input', () => {
    expect(filesOf(linted(['-', 'deploy', '--since', 'main'], { input: pod('c') }))).toEqual(['stdin'])
  })

  test('what others did since the work began does not', () => {
    git(['switch', '-qc', 'work'])
    write('deploy/a.yaml', `${pod('a')}# mine\n`)
    commit('mine')
    git(['switch', '-q', 'main'])
    write('deploy/b.yaml', `${pod('b')}# theirs\n`)
    commit('theirs')
    git(['switch', '-q', 'work'])
    expect(filesOf(linted(['deploy', '--since', 'main']))).toEqual(['deploy/a.yaml'])
    git(['switch', '-q', 'main'])
    expect(filesOf(linted(['deploy', '--since', 'work']))).toEqual(['deploy/b.yaml'])
  })

  test('the same from every folder, with ./ and absolute paths', () => {
    write('deploy/a.yaml', `${pod('a')}# more\n`)
    expect(filesOf(linted(['.', '--since', 'main'], { cwd: join(cwd, 'deploy') }))).toEqual(['a.yaml'])
    expect(filesOf(linted(['./deploy/', '--since', 'HEAD']))).toHaveLength(1)
    expect(filesOf(linted([join(cwd, 'deploy'), '--since', 'main'], { cwd: '/' }))).toEqual([join(cwd, 'deploy', 'a.yaml')])
  })

  test('a hook that git runs says nothing of the repository', () => {
    write('deploy/a.yaml', `${pod('a')}# more\n`)
    expect(filesOf(linted(['deploy', '--since', 'main'], { env: { ...env, GIT_DIR: '/nowhere', GIT_INDEX_FILE: '/nowhere/index' } }))).toEqual(['deploy/a.yaml'])
  })

  test('a submodule is compared with the commit that its repository names', () => {
    const inner = mkdtempSync(join(scratch, 'inner-'))
    git(['init', '-q', '-b', 'main'], inner)
    writeFileSync(join(inner, 'c.yaml'), pod('c'))
    writeFileSync(join(inner, 'd.yaml'), pod('d'))
    git(['add', '-A'], inner)
    git(['commit', '-q', '-m', 'inner'], inner)
    git(['-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', inner, 'deploy/sub'])
    commit('submodule')
    expect(filesOf(linted(['deploy', '--since', 'HEAD']))).toEqual([])
    write('deploy/sub/c.yaml', `${pod('c')}# more\n`)
    expect(filesOf(linted(['deploy', '--since', 'HEAD']))).toEqual(['deploy/sub/c.yaml'])
  })

  test('a repository with names of 64 digits', () => {
    rmSync(join(cwd, '.git'), { recursive: true })
    git(['init', '-q', '--object-format=sha256'])
    commit('first')
    write('deploy/a.yaml', `${pod('a')}# more\n`)
    expect(filesOf(linted(['deploy', '--since', 'HEAD']))).toEqual(['deploy/a.yaml'])
  })
})

describe('a change reaches', () => {
  const budgets = (report: Report) => report.findings.filter(({ control }) => control === 'resilience-pdb').map(({ file }) => file)

  beforeEach(() => {
    write('deploy/gateway.yaml', gateway)
    write('deploy/budget.yaml', budget)
    commit('gateway')
  })

  test('what a set lacks when a file of it is taken away, at the file that has not changed', () => {
    expect(budgets(linted(['deploy']))).toEqual([])
    rmSync(join(cwd, 'deploy/budget.yaml'))
    const report = linted(['deploy', '--since', 'HEAD'])
    expect(budgets(report)).toEqual(['deploy/gateway.yaml'])
    expect(report.findings.filter(({ control }) => /^(image|workload)-/.test(control))).toEqual([])
    expect(budgets(linted(['.', '--since', 'HEAD'], { cwd: join(cwd, 'deploy') }))).toEqual(['gateway.yaml'])
  })

  test('what a set lacks when another file of it changes', () => {
    write('deploy/budget.yaml', budget.replace('app: gateway', 'app: other'))
    expect(budgets(linted(['deploy', '--since', 'HEAD']))).toEqual(['deploy/gateway.yaml'])
  })

  test('no other set', () => {
    write('other/gateway.yaml', gateway)
    commit('other')
    rmSync(join(cwd, 'deploy/budget.yaml'))
    expect(budgets(linted(['deploy', 'other', '--since', 'HEAD']))).toEqual(['deploy/gateway.yaml'])
  })

  test('what a kustomization builds when that has changed', () => {
    write('deploy/kustomization.yaml', 'resources: [a.yaml, b.yaml]\n')
    commit('kustomization')
    write('deploy/kustomization.yaml', 'namespace: mcp\nresources: [a.yaml, b.yaml]\n')
    expect(filesOf(linted(['deploy', '--since', 'HEAD']))).toEqual(['deploy/a.yaml', 'deploy/b.yaml'])
  })

  test('a Compose file when what it is read with has', () => {
    write('stack/compose.yaml', 'services:\n  web:\n    image: "registry.example/web:${TAG}"\n')
    write('stack/.env', 'TAG=1.2.3\n')
    write('stack/deploy/compose.yaml', 'services: {db: {image: registry.example/db}}\n')
    commit('stack')
    expect(filesOf(linted(['stack', '--since', 'HEAD']))).toEqual([])
    write('stack/.env', 'TAG=latest\n')
    expect(filesOf(linted(['stack', '--since', 'HEAD']))).toContain('stack/compose.yaml')
    expect(filesOf(linted(['stack', '--since', 'HEAD']))).not.toContain('stack/deploy/compose.yaml')
    rmSync(join(cwd, 'stack/.env'))
    expect(filesOf(linted(['stack', '--since', 'HEAD']))).toContain('stack/compose.yaml')
  })

  test('all when the configuration has, which is said', () => {
    write('.mcp-policy.yaml', 'profile: staging\n')
    expect(run(['deploy', '--since', 'HEAD']).stderr).toBe('mcp-policy: --since HEAD: .mcp-policy.yaml has changed, so all findings are reported\n')
    expect(filesOf(linted(['deploy', '--since', 'HEAD']))).toContain('deploy/a.yaml')
    const outside = join(scratch, 'outside.yaml')
    writeFileSync(outside, 'profile: staging\n')
    expect(filesOf(linted(['deploy', '--since', 'HEAD', '--config', outside]))).toEqual([])
  })
})

test('with a baseline, what is known is counted among what is shown', () => {
  mcpPolicy(['baseline', 'deploy', '--output', 'known.json'], { cwd, env })
  write('deploy/a.yaml', `${pod('a')}  - {name: d, image: registry.example/d:latest}\n`)
  const report = linted(['deploy', '--since', 'HEAD', '--baseline', 'known.json'])
  expect(filesOf(report)).toEqual(['deploy/a.yaml'])
  expect(report.summary.baseline).toEqual({ known: report.findings.filter(({ baseline }) => baseline).length, gone: 0 })
  expect(report.findings.filter(({ outcome, baseline }) => outcome === 'violated' && !baseline).every(({ artefact }) => artefact.container === 'd')).toBe(true)
})

describe('what cannot be done is told, exit 2', () => {
  test.each<[string, string, string]>([
    ['a revision that is an option', '--since=--output=x', '--since: this is no revision; name a branch, a tag or a commit'],
    ['a revision with a line end', '--since=a\nb', '--since: this is no revision'],
    ['no revision', '--since=', '--since: the revision is missing; is a variable of the shell not set?'],
    ['a revision that does not exist', '--since=none', 'has no commit none; `git fetch` may bring it'],
    ['a switch that is none', '--no-since', 'lint: there is no option --no-since'],
    ['two revisions', '--since=main..HEAD', 'has no commit main..HEAD'],
    ['a file of a revision', '--since=HEAD:deploy/a.yaml', 'has no commit HEAD:deploy/a.yaml'],
  ])('%s', (_, option, message) => {
    expect(run(['deploy', option])).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(message) })
    expect(readdirSync(cwd).sort()).toEqual(['.git', 'deploy'])
  })

  test('a folder without a repository', () => {
    const outside = mkdtempSync(join(scratch, 'outside-'))
    expect(run([outside, '--since', 'main'])).toMatchObject({ code: 2, stdout: '', stderr: `mcp-policy: --since: ${outside} is in no git repository\n` })
  })

  test('histories that have nothing in common', () => {
    git(['switch', '-q', '--orphan', 'alone'])
    write('deploy/c.yaml', pod('c'))
    commit('alone')
    expect(run(['deploy', '--since', 'main'])).toMatchObject({ code: 2, stderr: `mcp-policy: --since: ${cwd}: main and HEAD have no commit in common\n` })
  })

  test('a shallow clone', () => {
    const first = git(['rev-parse', 'HEAD'])
    write('deploy/a.yaml', `${pod('a')}# more\n`)
    commit('second')
    const clone = join(scratch, 'shallow')
    git(['-c', 'protocol.file.allow=always', 'clone', '-q', '--depth=1', `file://${cwd}`, clone])
    const { code, stderr } = run(['deploy', '--since', first], { cwd: clone })
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('it is a shallow clone: `git fetch --depth=1 origin REVISION`') })
  })

  test.skipIf(process.getuid?.() !== 0)('the repository of another user (tested as root, who can make one)', () => {
    execFileSync('chown', ['-R', '12345', cwd])
    expect(run(['deploy', '--since', 'main'])).toMatchObject({ code: 2, stdout: '', stderr: `mcp-policy: --since: git does not trust ${cwd}, which belongs to another user; if you do: git config --global --add safe.directory ${cwd}\n` })
    expect(run(['deploy', '--since', 'main'], { env: { ...env, GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'safe.directory', GIT_CONFIG_VALUE_0: cwd } }).code).toBe(0)
  })

  test('no git', () => {
    expect(run(['deploy', '--since', 'main'], { env: { ...env, PATH: '' } })).toMatchObject({ code: 2, stderr: 'mcp-policy: --since: git is not on the PATH\n' })
  })

  test('a git in the folder that is scanned is not the one that is run', () => {
    write('git', '#!/bin/sh\ntouch pwned\n')
    chmodSync(join(cwd, 'git'), 0o755)
    expect(run(['deploy', '--since', 'main'], { env: { ...env, PATH: `.:${cwd.slice(1)}::${env.PATH}` } }).code).toBe(0)
    expect(existsSync(join(cwd, 'pwned'))).toBe(false)
  })
})

test('a repository that names programs wherever it can runs none of them', () => {
  const trap = join(cwd, '.git', 'trap')
  const pwned = join(cwd, 'pwned')
  writeFileSync(trap, `#!/bin/sh\necho "$0 $*" >> '${pwned}'\ncat\n`)
  chmodSync(trap, 0o755)
  const first = git(['rev-parse', 'HEAD'])
  write('.gitattributes', '* filter=evil diff=evil merge=evil ident working-tree-encoding=UTF-8\n')
  write('deploy/a.yaml', `${pod('a')}# more\n`)
  commit('second')
  const settings: [string, string][] = [
    ['core.fsmonitor', trap], ['core.hooksPath', join(cwd, '.git', 'traps')], ['core.pager', trap], ['core.editor', trap], ['core.sshCommand', trap], ['core.askPass', trap], ['core.gitProxy', trap],
    ['core.alternateRefsCommand', trap], ['filter.evil.clean', trap], ['filter.evil.smudge', trap], ['filter.evil.process', trap], ['filter.evil.required', 'true'],
    ['diff.external', trap], ['diff.evil.command', trap], ['diff.evil.textconv', trap], ['merge.evil.driver', trap], ['credential.helper', trap], ['gpg.program', trap], ['uploadpack.packObjectsHook', trap],
    ['pager.rev-parse', trap], ['pager.ls-tree', trap], ['pager.merge-base', trap], ['alias.rev-parse', `!${trap}`], ['alias.ls-tree', `!${trap}`], ['alias.merge-base', `!${trap}`],
    ['sequence.editor', trap], ['interactive.diffFilter', trap], ['include.path', join(cwd, '.git', 'more')], ['trace2.normalTarget', pwned], ['log.showSignature', 'true'],
    // A partial clone that lacks objects asks its remote for them.
    ['extensions.partialClone', 'origin'], ['core.repositoryFormatVersion', '1'], ['remote.origin.url', `ext::${trap}`], ['remote.origin.promisor', 'true'], ['remote.origin.uploadpack', trap], ['remote.origin.vcs', 'evil'], ['protocol.allow', 'always'], ['protocol.ext.allow', 'always'],
  ]
  writeFileSync(join(cwd, '.git', 'more'), `[core]\n\tfsmonitor = ${trap}\n`)
  mkdirSync(join(cwd, '.git', 'traps'))
  for (const hook of ['post-index-change', 'reference-transaction', 'post-checkout', 'pre-auto-gc', 'fsmonitor-watchman']) {
    for (const folder of ['traps', 'hooks']) writeFileSync(join(cwd, '.git', folder, hook), `#!/bin/sh\ntouch '${pwned}'\n`, { mode: 0o755 })
  }
  for (const [name, value] of settings) git(['config', name, value])
  rmSync(pwned, { force: true })
  write('deploy/a.yaml', `${pod('a')}# still more\n`)

  expect(filesOf(linted(['deploy', '--since', first]))).toEqual(['deploy/a.yaml'])
  expect(existsSync(pwned)).toBe(false)
  // And where an object is missing.
  const tree = git(['-c', 'core.fsmonitor=false', 'rev-parse', `${first}:deploy`])
  rmSync(pwned, { force: true })
  rmSync(join(cwd, '.git', 'objects', tree.slice(0, 2), tree.slice(2)), { force: true })
  expect(run(['deploy', '--since', first])).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('cannot be listed') })
  expect(existsSync(pwned)).toBe(false)

  // The traps are real: an ordinary git falls into them.
  try {
    git(['status'])
  } catch { /* whatever it says */ }
  expect(existsSync(pwned)).toBe(true)
  expect(readFileSync(pwned, 'utf8')).not.toBe('')
})

test('a repository that makes git wait is left after a while', () => {
  execFileSync('mkfifo', [join(cwd, 'pipe')])
  writeFileSync(join(cwd, '.git', 'config'), `[include]\n\tpath = ${join(cwd, 'pipe')}\n`, { flag: 'a' })
  expect(() => runGit(cwd, ['rev-parse', 'HEAD'], 100)).toThrow(new UsageError(`--since: ${cwd}: git did not answer in 0.1 seconds`))
})
