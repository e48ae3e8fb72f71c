import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './opa.ts'

/** A commit that holds a built tree, the folder in which that tree was made, and the package of the same files. */
export type Release = { commit: string; tree: string; tarball: string }

export type ReleaseOptions = {
  /** The git repository that the commit is written to. */
  repository: string
  /** The commit whose sources are built; it becomes the parent. */
  source: string
  version: string
  message: string
  /** An empty folder, whose name has no links in it. */
  scratch: string
}

/** What only development needs, and cannot use without the dependencies of development; the commit's parent has it. */
const left = ['.ci', '.npmrc', 'src', 'test', 'tsconfig.json']

/**
 * Commits the tree that a release tag holds: `dist/` and what users read, and a package.json without scripts and devDependencies.
 *
 * What installs a package from git (npm, and pre-commit by it) runs `npm install` inside the clone where a script named prepare or build
 * is there, and fails or fetches the tools of development; here it has nothing to do. Nothing is checked out, staged or built in the
 * repository itself, and no branch or tag moves.
 */
export function commitRelease({ repository, source, version, message, scratch }: ReleaseOptions): Release {
  const tree = join(scratch, 'tree')
  const gitFolder = execFileSync('git', ['-C', repository, 'rev-parse', '--absolute-git-dir'], { encoding: 'utf8' }).trim()
  const git = (...args: string[]): string => execFileSync('git', ['-c', 'core.autocrlf=false', '--git-dir', gitFolder, '--work-tree', tree, ...args], {
    cwd: tree, encoding: 'utf8', env: { ...process.env, GIT_INDEX_FILE: join(scratch, 'index') }, maxBuffer: 1 << 26,
  }).trim()

  mkdirSync(tree)
  git('read-tree', source)
  git('checkout-index', '--all', '--force')
  const manifest = join(tree, 'package.json')
  const content = { ...JSON.parse(readFileSync(manifest, 'utf8')), version } as Record<string, unknown>
  writeJson(manifest, content)
  build(tree)
  for (const key of ['scripts', 'devDependencies', 'allowScripts']) delete content[key]
  writeJson(manifest, content)
  writeJson(join(tree, 'package-lock.json'), emptyLock(content))
  for (const name of left) rmSync(join(tree, name), { recursive: true, force: true })

  git('add', '--all', '--force', '.')
  const commit = git('commit-tree', git('write-tree'), '-p', source, '-m', message)
  return { commit, tree, tarball: pack(tree, scratch) }
}

/** Builds with what is installed here. */
function build(tree: string): void {
  const modules = join(tree, 'node_modules')
  symlinkSync(join(root, 'node_modules'), modules, 'dir')
  execFileSync(process.execPath, [join('src', 'tasks', 'build.ts')], { cwd: tree, stdio: 'inherit' })
  rmSync(modules)
}

/** With it the README's `npm ci` works at a tag, too. */
function emptyLock({ name, version, license, bin, engines }: Record<string, unknown>): object {
  return { name, version, lockfileVersion: 3, requires: true, packages: { '': { name, version, license, bin, engines } } }
}

function pack(tree: string, folder: string): string {
  const packed = JSON.parse(execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], { cwd: tree, encoding: 'utf8' })) as Record<string, { filename: string }>
  return join(folder, Object.values(packed)[0].filename)
}

function writeJson(path: string, content: unknown): void {
  writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`)
}
