/**
 * Commits to a repository that has the hook from a release of this one, with the real pre-commit and the machine's Node. `--bench` measures
 * how long commits take. Skipped, aloud, where pre-commit cannot be had.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { namesThatDoNot, namesThatFire } from '../../test/ci/hook-names.ts'
import { benchHook } from './hook-bench.ts'
import { configOf, deployment, fewControls, privileged, project, service } from './hook-project.ts'
import { releasedClone, type Released } from './hook-release.ts'
import { root } from './opa.ts'
import { developer, preCommit } from './pre-commit.ts'

const faults: string[] = []
const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'mcp-policy-hook-')))
const home = join(scratch, 'home')
const environment = developer(home)
const tool = preCommit()

try {
  if ('missing' in tool) process.stderr.write(`!!! SKIPPED: pre-commit cannot be had on this machine: ${tool.missing}\n`)
  else if (process.argv.includes('--bench')) benchHook(scratch, tool.program, environment, releasedClone(join(scratch, 'mcp-policy'), environment))
  else testHook(tool)
} finally {
  rmSync(scratch, { recursive: true })
}
process.exitCode = faults.length === 0 ? 0 : 1

function testHook({ program, python, version }: { program: string; python: string; version: string }): void {
  if (spawnSync('git', ['-C', root, 'status', '--porcelain'], { encoding: 'utf8' }).stdout !== '') process.stderr.write('note: what is not committed is not tested\n')
  const node = spawnSync('node', ['--version'], { env: environment, encoding: 'utf8' }).stdout?.trim()
  process.stdout.write(`pre-commit ${version}, node ${node}, npm without a network\n`)
  const released = releasedClone(join(scratch, 'mcp-policy'), environment)
  testRelease(released)
  testNames(program, python)
  testCommits(program, released)
  testConfiguration(program, released)
  testSystemHook(program, released)
}

function testRelease({ repository, tag, version, said }: Released): void {
  const git = (...args: string[]): string => spawnSync('git', args, { cwd: repository, env: environment, encoding: 'utf8' }).stdout.trim()
  const files = git('ls-tree', '-r', '--name-only', tag).split('\n')
  const manifest = JSON.parse(git('show', `${tag}:package.json`)) as Record<string, unknown>
  expect('the tag is an annotated one, on a commit whose parent is the source', git('cat-file', '-t', tag) === 'tag' && git('rev-parse', `${tag}^`) === git('rev-parse', 'HEAD'), git('log', '--all', '--oneline', '-3'))
  expect('its message is what the changelog says', git('tag', '--list', '--format=%(contents)', tag).includes('- `mcp-policy lint`'))
  expect('the tree is built, and has no source of the program', files.includes('dist/mcp-policy.cjs') && files.includes('action.yml') && !files.some(file => /^(src|test)\//.test(file)), files.join(' '))
  expect('its package has the version, and nothing to install or run', manifest.version === version && !['scripts', 'dependencies', 'devDependencies'].some(key => key in manifest), JSON.stringify(manifest))
  expect('the working tree is as it was', git('status', '--porcelain') === '' && !existsSync(join(repository, 'dist')), git('status', '--porcelain'))
  expect('nothing was pushed, and the commands for it were told', git('ls-remote', '--tags', 'origin', tag) === '' && said.includes(`git push origin ${tag}`) && said.includes(`npm publish .cache/mcp-policy-${version}.tgz`), said)
  const packed = spawnSync('tar', ['-xzOf', join(repository, '.cache', `mcp-policy-${version}.tgz`), 'package/package.json'], { encoding: 'utf8' }).stdout
  expect('the package for npm is of the same tree', packed === `${git('show', `${tag}:package.json`)}\n`, packed)

  const checkout = join(scratch, 'checkout')
  spawnSync('git', ['clone', '--quiet', '--branch', tag, repository, checkout], { env: environment })
  const installed = spawnSync('npm', ['ci'], { cwd: checkout, env: environment, encoding: 'utf8' })
  const linted = spawnSync('npx', ['mcp-policy', 'lint', 'examples/'], { cwd: checkout, env: environment, encoding: 'utf8' })
  expect("the README's first command works at the tag", installed.status === 0 && linted.status === 1 && linted.stdout.includes('workload-no-privileged'), installed.stderr + linted.stderr)
}

/** Python decides which names the hook is for; the tests of the project ask JavaScript. */
function testNames(program: string, python: string): void {
  const manifest = join(root, '.pre-commit-hooks.yaml')
  const valid = spawnSync(program, ['validate-manifest', manifest], { env: environment, encoding: 'utf8' })
  expect('the manifest of the hooks is valid', valid.status === 0 && valid.stdout + valid.stderr === '', valid.stdout + valid.stderr)
  const script = 'import json, re, sys, yaml\nfiles = yaml.safe_load(open(sys.argv[1]))[0]["files"]\nprint(json.dumps([name for name in json.loads(sys.argv[2]) if re.search(files, name)]))'
  const { stdout, stderr } = spawnSync(python, ['-c', script, manifest, JSON.stringify([...namesThatFire, ...namesThatDoNot])], { encoding: 'utf8' })
  for (const file of ['README.md', join('docs', 'pre-commit.md')]) {
    for (const [, config] of readFileSync(join(root, file), 'utf8').matchAll(/^```yaml\n((?:#.*\n)?repos:\n[^]*?)^```$/gm)) {
      const path = join(scratch, 'snippet.yaml')
      writeFileSync(path, config)
      const { status, stdout, stderr } = spawnSync(program, ['validate-config', path], { env: environment, encoding: 'utf8' })
      expect(`what ${file} tells users to write is valid`, status === 0 && stdout + stderr === '', stdout + stderr)
    }
  }
  expect('the hook is for the names that the linter reads', stdout.trim() !== '' && JSON.stringify(JSON.parse(stdout)) === JSON.stringify(namesThatFire), stdout + stderr)
}

function testCommits(program: string, { repository, tag }: Released): void {
  const { commit, run, reset, write } = project(join(scratch, 'commits'), program, environment, configOf(repository, tag, 'mcp-policy', fewControls))
  const head = () => run('git', 'rev-parse', 'HEAD').text.trim()

  const first = commit({ 'deploy/gateway.yaml': deployment('search-mcp'), 'deploy/service.yaml': service, 'README.md': '# search\n' })
  expect('the first commit installs the hook and passes', first.status === 0 && /mcp-policy\.+Passed/.test(first.text), first.text)
  expect('the node of the machine is used, none is fetched', environmentsIn(home).join() === 'node_env-system', environmentsIn(home).join())

  const before = head()
  const bad = commit({ 'deploy/gateway.yaml': deployment('search-mcp', privileged) })
  expect('a bad commit is refused, and the finding is printed', bad.status === 1 && bad.text.includes('deploy/gateway.yaml:15:29  deny  container search is privileged  workload-no-privileged') && head() === before, bad.text)
  reset()

  const apart = commit({ 'deploy/gateway.yaml': deployment('search') })
  expect('a commit is judged together with files that it does not touch', apart.status === 1 && apart.text.includes('deploy/service.yaml:5:3  deny  Service search-mcp selects no pods of the set'), apart.text)
  reset()

  const readme = commit({ 'README.md': '# Search\n' })
  expect('a commit of the README alone does not run the hook', readme.status === 0 && /mcp-policy.*\(no files to check\)Skipped/.test(readme.text), readme.text)

  const hidden = commit({ 'services/.env': 'PORT=8000\n', 'services/Dockerfile': 'FROM scratch\n' })
  expect('a commit of an env file and a Dockerfile runs it', hidden.status === 0 && /mcp-policy\.+Passed/.test(hidden.text), hidden.text)

  write({ 'deploy/gateway.yaml': deployment('search-mcp', '          command: [serve]\n') })
  run('git', 'add', '--all')
  write({ 'deploy/gateway.yaml': deployment('search-mcp', privileged) })
  const half = run('git', 'commit', '--quiet', '--message', 'staged')
  expect('what is not staged is not judged', half.status === 0 && /mcp-policy\.+Passed/.test(half.text), half.text)
  reset()

  const gone = commit({ 'deploy/service.yaml': undefined })
  const all = run(program, 'run', '--all-files')
  expect('a commit that only takes a file away does not run it; --all-files does', gone.status === 0 && /no files to check/.test(gone.text) && all.status === 1 && all.text.includes('no Service selects the pods'), gone.text + all.text)
}

function testConfiguration(program: string, { repository, tag }: Released): void {
  const { commit } = project(join(scratch, 'configured'), program, environment, configOf(repository, tag, 'mcp-policy', 'language_version: system', 'args: [--severity, high]', 'always_run: true', 'verbose: true'))
  const passed = commit({ '.mcp-policy.yaml': 'paths: [deploy]\n', 'deploy/a.env': 'PORT=8000\n', 'old/gateway.yaml': deployment('search-mcp', privileged) })
  expect('the paths of the configuration are judged where args name none', passed.status === 0 && /Passed/.test(passed.text) && passed.text.includes('1 file, 1 document'), passed.text)
  expect('what language_version names was there', environmentsIn(home).join() === 'node_env-system', environmentsIn(home).join())
  const moved = commit({ '.mcp-policy.yaml': undefined })
  expect('without them the whole tree is, and with always_run for every commit', moved.status === 1 && moved.text.includes('old/gateway.yaml:15:29  deny'), moved.text)
}

function testSystemHook(program: string, { repository, tag, version }: Released): void {
  const bin = join(scratch, 'bin')
  mkdirSync(bin)
  symlinkSync(join(scratch, 'checkout', 'dist', 'mcp-policy.cjs'), join(bin, 'mcp-policy'))
  const { commit } = project(join(scratch, 'system'), program, { ...environment, PATH: `${bin}${delimiter}${environment.PATH}` }, configOf(repository, tag, 'mcp-policy-system', fewControls))
  expect('the system hook passes what is good', commit({ 'a.yaml': deployment('search-mcp'), 'b.yaml': service }).status === 0)
  const bad = commit({ 'a.yaml': deployment('search-mcp', privileged) })
  expect('and refuses what is bad', bad.status === 1 && bad.text.includes('container search is privileged'), bad.text)

  const own = project(join(scratch, 'own'), program, environment, configOf(repository, tag, 'mcp-policy-system', 'entry: npx --no-install mcp-policy lint --default-path .', fewControls))
  own.write({ 'package.json': '{"private": true}', '.gitignore': 'node_modules\n' })
  own.run('npm', 'install', join(repository, '.cache', `mcp-policy-${version}.tgz`))
  const refused = own.commit({ 'a.yaml': deployment('search-mcp', privileged) })
  expect('it runs what a project has installed with npm, too', refused.status === 1 && refused.text.includes('a.yaml:15:29  deny'), refused.text)
}

/** The environments of Node that pre-commit has made, by their names. */
function environmentsIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).filter(entry => entry.isDirectory())
    .flatMap(({ name }) => readdirSync(join(folder, name))).filter(name => name.startsWith('node_env'))
}

function expect(what: string, holds: boolean, shown = ''): void {
  process.stdout.write(`${holds ? 'ok   ' : 'FAULT'} ${what}\n`)
  if (holds) return
  faults.push(what)
  process.stdout.write(`${shown}\n`)
}
