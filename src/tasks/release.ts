/**
 * Makes a release: a commit with the built tree, its annotated tag, and the package of the same files. Pushes nothing, and says what to push.
 *
 *   npm run release -- --dry-run [VERSION]    makes it in a scratch folder, says what stands in the way, keeps nothing
 *   npm run release -- VERSION
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from './opa.ts'
import { changelogObstacles, documentationObstacles, isVersion, type Obstacle, sectionOf } from './release-notes.ts'
import { commitRelease, type Release } from './release-tree.ts'

const { values, positionals } = parseArgs({ options: { 'dry-run': { type: 'boolean', default: false } }, allowPositionals: true })
const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'mcp-policy-release-')))
const say = (line: string): void => void process.stdout.write(`${line}\n`)
const git = (...args: string[]): string => execFileSync('git', ['-C', root, ...args], { encoding: 'utf8' }).trim()

try {
  process.exitCode = values['dry-run'] ? rehearse(positionals[0] ?? ownVersion()) : release(positionals[0])
} finally {
  rmSync(scratch, { recursive: true })
}

function rehearse(version: string): number {
  const obstacles = tell(obstaclesTo(version))
  if (!isVersion(version)) return 2
  const repository = join(scratch, 'repository')
  execFileSync('git', ['clone', '--quiet', '--bare', '--shared', root, repository])
  describe(make(version, repository), version)
  say(`tests were not run: \`npm run release -- ${version}\` runs npm run check first`)
  return obstacles === 0 ? 0 : 1
}

function release(version: string | undefined): number {
  if (version === undefined) {
    process.stderr.write('release: no version is given; npm run release -- --dry-run, or npm run release -- 0.1.0\n')
    return 2
  }
  if (tell(obstaclesTo(version)) > 0) return 1
  if (spawnSync('npm', ['run', '--silent', 'check'], { cwd: root, stdio: 'inherit' }).status !== 0) return tell(['npm run check fails'])
  if (git('status', '--porcelain') !== '') return tell(['npm run check has changed files'])
  const made = make(version, root)
  const tarball = join('.cache', basename(made.tarball))
  mkdirSync(join(root, '.cache'), { recursive: true })
  copyFileSync(made.tarball, join(root, tarball))
  git('tag', '--annotate', `v${version}`, made.commit, '--cleanup=verbatim', '--message', `mcp-policy ${version}`, '--message', notesOf(version))
  describe(made, version)
  say(`\nNothing is pushed. To publish it:\n\n  git push origin v${version}\n  npm publish ${tarball}\n\nTo take it back: git tag --delete v${version}`)
  return 0
}

function obstaclesTo(version: string): Obstacle[] {
  if (!isVersion(version)) return [`${JSON.stringify(version)} is not a version such as 0.1.0`]
  return [
    ...(git('status', '--porcelain') === '' ? [] : ['the working tree has changes; commit them, or put them away']),
    ...(git('tag', '--list', `v${version}`) === '' ? [] : [`there is a tag v${version}`]),
    ...changelogObstacles(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), version, new Date().toISOString().slice(0, 10)),
    ...documentationObstacles(root, version),
  ]
}

function tell(obstacles: Obstacle[]): number {
  for (const obstacle of obstacles) process.stderr.write(`release: ${obstacle}\n`)
  return obstacles.length
}

function make(version: string, repository: string): Release {
  const made = commitRelease({ repository, source: git('rev-parse', 'HEAD'), version, message: `Release ${version}: the built tree\n\nThe sources are in the parent of this commit.`, scratch })
  const told = execFileSync(process.execPath, [join(made.tree, 'dist', 'mcp-policy.cjs'), '--version'], { encoding: 'utf8' })
  if (!told.includes(version)) throw new Error(`what was built calls itself ${told}`)
  return made
}

function describe({ commit, tarball }: Release, version: string): void {
  say(`v${version}: commit ${commit}, built from ${git('rev-parse', 'HEAD')}`)
  say(`${basename(tarball)}: ${statSync(tarball).size} bytes`)
}

function notesOf(version: string): string {
  return sectionOf(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), version)?.text ?? ''
}

function ownVersion(): string {
  return (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version
}
