import { lstatSync, readFileSync, readlinkSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, sep } from 'node:path'
import { formatOf } from '../artefact/format.ts'
import type { Since } from '../lint/since.ts'
import { git } from './git.ts'
import { UsageError } from './usage.ts'

/**
 * What has changed since a revision: since the commit where the work left it (`git merge-base`), and in the working tree, committed or
 * not. Files are compared by their contents, as git hashes them; what the revision does not know counts as changed, be it ignored.
 */
export function changedSince(revision: string, paths: string[]): Since {
  checkRevision(revision)
  const repositories = new Map<string, Tree>()
  for (const path of paths) {
    if (path === '-' || !exists(path)) continue
    const root = repositoryOf(path)
    if (root === undefined) throw new UsageError(`--since: ${path} is in no git repository`)
    if (!repositories.has(root)) repositories.set(root, treeAt(root, baseOf(root, revision)))
  }
  const known = new Map<string, boolean>()
  return {
    revision,
    isChanged(path) {
      const found = known.get(path) ?? isChanged(path, repositories)
      known.set(path, found)
      return found
    },
    gone: paths.filter(path => path !== '-' && isFolder(path)).flatMap(path => goneFrom(path, repositories)),
  }
}

function checkRevision(revision: string): void {
  if (revision === '') throw new UsageError('--since: the revision is missing; is a variable of the shell not set?')
  if (revision.startsWith('-') || /[\p{C}\p{Zl}\p{Zp}]/u.test(revision)) throw new UsageError('--since: this is no revision; name a branch, a tag or a commit')
}

/** The commit where the work left a revision. */
function baseOf(root: string, revision: string): string {
  const found = git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`])
  if (/dubious ownership|safe\.directory/.test(found.stderr)) {
    throw new UsageError(`--since: git does not trust ${root}, which belongs to another user; if you do: git config --global --add safe.directory ${root}`)
  }
  const shallow = () => git(root, ['rev-parse', '--is-shallow-repository']).stdout.toString().trim() === 'true'
  if (found.status !== 0) {
    const why = found.stderr.trim() === '' ? '' : ` (${firstLine(found.stderr)})`
    throw new UsageError(`--since: ${root} has no commit ${revision}${why}${shallow() ? '; it is a shallow clone: `git fetch --depth=1 origin REVISION`, better with all that lies between (`git fetch --unshallow`)' : '; `git fetch` may bring it'}`)
  }
  const commit = found.stdout.toString().trim()
  const base = git(root, ['merge-base', commit, 'HEAD'])
  const line = firstLine(base.stdout.toString())
  if (base.status === 0 && isOid(line)) return line
  throw new UsageError(`--since: ${root}: ${revision} and HEAD have no commit in common${shallow() ? ' in this shallow clone: `git fetch --deepen=100`, or `git fetch --unshallow`' : ''}`)
}

/** Blobs, links and submodules of a commit by their paths: mode and object name. */
type Tree = { entries: Map<string, { mode: string; oid: string }>; submodules: Map<string, Tree | undefined> }

function treeAt(root: string, commit: string): Tree {
  const { status, stdout, stderr } = git(root, ['ls-tree', '-r', '-z', '--full-tree', commit])
  if (status !== 0) throw new UsageError(`--since: ${root}: the files of ${commit.slice(0, 12)} cannot be listed (${firstLine(stderr)}); in a partial clone \`git fetch --refetch\` brings them`)
  const entries: Tree['entries'] = new Map()
  for (const line of stdout.toString('utf8').split('\0')) {
    const tab = line.indexOf('\t')
    if (tab === -1) continue
    const [mode, , oid] = line.slice(0, tab).split(' ')
    entries.set(line.slice(tab + 1), { mode, oid })
  }
  return { entries, submodules: new Map() }
}

function isChanged(path: string, repositories: Map<string, Tree>): boolean {
  try {
    const real = realpathSync(path)
    const named = join(realpathSync(dirname(path)), basename(path))
    return hasChanged(real, repositories) || (named !== real && hasChanged(named, repositories))
  } catch {
    // Standard input, a pipe, or what cannot be read.
    return true
  }
}

function hasChanged(path: string, repositories: Map<string, Tree>): boolean {
  for (let root = dirname(path); ; root = dirname(root)) {
    const tree = repositories.get(root)
    if (tree !== undefined) return differs(path, root, tree)
    if (root === dirname(root)) return true
  }
}

function differs(path: string, root: string, tree: Tree): boolean {
  const name = relative(root, path).replaceAll(sep, '/')
  const entry = tree.entries.get(name)
  if (entry === undefined) {
    const submodule = submoduleOf(name, root, tree)
    return submodule === undefined || differs(path, submodule.root, submodule.tree)
  }
  const isLink = lstatSync(path).isSymbolicLink()
  if (isLink !== (entry.mode === '120000')) return true
  if (isLink) return blobName(Buffer.from(readlinkSync(path)), entry.oid) !== entry.oid
  const bytes = readFileSync(path)
  if (blobName(bytes, entry.oid) === entry.oid) return false
  // As git has it where it writes the line ends of Windows.
  return !bytes.includes('\r\n') || blobName(Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1'), entry.oid) !== entry.oid
}

/** The files of a submodule at the commit that its repository names. */
function submoduleOf(name: string, root: string, tree: Tree): { root: string; tree: Tree } | undefined {
  for (let slash = name.indexOf('/'); slash !== -1; slash = name.indexOf('/', slash + 1)) {
    const folder = name.slice(0, slash)
    const entry = tree.entries.get(folder)
    if (entry === undefined || entry.mode !== '160000') continue
    const inner = join(root, folder)
    if (!tree.submodules.has(folder)) tree.submodules.set(folder, exists(join(inner, '.git')) ? attempt(() => treeAt(inner, entry.oid)) : undefined)
    const own = tree.submodules.get(folder)
    return own && { root: inner, tree: own }
  }
  return undefined
}

/** The files of readable kinds that the revision has under a folder and the folder has not, named as the run would name them. */
function goneFrom(folder: string, repositories: Map<string, Tree>): string[] {
  const real = realpathSync(folder)
  const root = repositoryOf(folder)!
  const prefix = real === root ? '' : `${relative(root, real).replaceAll(sep, '/')}/`
  const names = [...repositories.get(root)!.entries].filter(([name, { mode }]) => mode !== '160000' && name.startsWith(prefix) && formatOf(name) !== undefined)
  return names.map(([name]) => join(folder, name.slice(prefix.length))).filter(path => !exists(path))
}

/** git's name for contents: SHA-1, or SHA-256 in a repository of that format. */
function blobName(bytes: Buffer, like: string): string {
  const { createHash } = process.getBuiltinModule('node:crypto')
  return createHash(like.length === 64 ? 'sha256' : 'sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
}

function repositoryOf(path: string): string | undefined {
  for (let folder = isFolder(path) ? realpathSync(path) : dirname(realpathSync(path)); ; folder = dirname(folder)) {
    if (exists(join(folder, '.git'))) return folder
    if (folder === dirname(folder)) return undefined
  }
}

const exists = (path: string): boolean => attempt(() => lstatSync(path)) !== undefined

const isFolder = (path: string): boolean => attempt(() => statSync(path))?.isDirectory() === true

const isOid = (text: string): boolean => /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(text)

const firstLine = (text: string): string => text.trim().split('\n')[0]

function attempt<T>(look: () => T): T | undefined {
  try {
    return look()
  } catch {
    return undefined
  }
}
