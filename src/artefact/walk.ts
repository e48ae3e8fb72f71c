import { type Dirent, readdirSync, realpathSync, type Stats, statSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import { formatOf } from './format.ts'
import { type IgnoreRules, isIgnored, isUntracked, readIgnoreFile, type Repository, repositoryAt, repositoryOf, rulesOf } from './ignore-rules.ts'
import { type FileProblem, fileProblem } from './file-problem.ts'

export type Walked = {
  /** Files to read, sorted, each real file once, relative where the path that led there was. */
  files: string[]
  /** Those of `files` that are no regular files: pipes that were named, such as `<(helm template .)` of a shell. */
  pipes: Set<string>
  /** Those of the paths that are folders. */
  folders: string[]
  /** Files of formats that are not read, counted by extension (`.md`), by name where there is none. */
  ignored: Map<string, number>
  /** Those files, as they would be read if they were named. */
  others: string[]
  /** What an ignore file or an exclude pattern leaves out, counted by extension; what stands in a folder that is left out is not looked at. */
  excluded: Map<string, number>
  problems: FileProblem[]
}

export type WalkOptions = {
  /** Patterns as in `.gitignore`, relative to the working directory, or to the walked folder where that is elsewhere. */
  exclude: string[]
  /** Those of a configuration, and the absolute folder that they are relative to. */
  excluded?: { folder: string; patterns: string[] }
  /** Reads what the ignore files of a git repository leave out, too. The exclude patterns hold all the same. */
  noIgnore: boolean
}

/**
 * Finds the files to read under files and folders.
 *
 * Hidden folders are entered, `.git` is not. Ignore files count inside a git repository, and not for what it tracks. Links are
 * followed, and each real file is taken once, by its own name where it has one in the tree. A file that is named is always read;
 * of what is in a folder, the files whose names are of a known format.
 */
export function walk(paths: string[], options: WalkOptions): Walked {
  const walked: Walked = { files: [], pipes: new Set(), folders: [], ignored: new Map(), others: [], excluded: new Map(), problems: [] }
  const state: WalkState = { options, walked, seen: new Set(), links: [], linkedEntries: 0 }
  for (const path of paths) walkNamed(path, state)
  // Following one may add others to the end.
  for (const link of state.links) followLink(link, state)
  walked.files.sort()
  walked.others.sort()
  walked.problems.sort((one, other) => (one.path < other.path ? -1 : 1))
  return walked
}

type WalkState = {
  options: WalkOptions
  walked: Walked
  /** Real paths of the files and folders that were taken. */
  seen: Set<string>
  /** Links that were met; they are followed last, so that a file keeps its own name. */
  links: Link[]
  linkedEntries: number
}

/** A folder or file by the name that is shown, its absolute name as it was reached, and its real one. */
type Named = { path: string; absolute: string; real: string }
type Link = { path: string; absolute: string; rules: Rules; root: string }
type Folder = Named & { rules: Rules; root: string; linked: boolean }

/** What leaves files out: the exclude patterns, and the ignore files of the repository. */
type Rules = { excludes: IgnoreRules[]; repository?: Repository }

/** A link may lead to a folder that holds the whole machine; past this many entries behind links the walk says so and stops. */
const maximumBehindLinks = 200_000

function walkNamed(path: string, state: WalkState): void {
  const stats = attempt(() => statSync(path), path, state)
  const real = stats === undefined ? undefined : attempt(() => realpathSync(path), path, state)
  if (stats === undefined || real === undefined) return
  const absolute = resolve(path)
  if (!stats.isDirectory()) return takeNamedFile(path, real, stats, state)
  state.walked.folders.push(path)
  walkFolder({ path, absolute, real, rules: rulesFor(absolute, state), root: real, linked: false }, state)
}

function takeNamedFile(path: string, real: string, stats: Stats, state: WalkState): void {
  if (stats.isFIFO()) state.walked.pipes.add(path)
  else if (!stats.isFile()) return void state.walked.problems.push(notAFile(path))
  take({ path, absolute: '', real }, state)
}

function rulesFor(absolute: string, { options, walked }: WalkState): Rules {
  const working = process.cwd()
  const inside = absolute === working || absolute.startsWith(working + sep)
  const excludes = options.exclude.length === 0 ? [] : [rulesOf(options.exclude, inside ? working : absolute)]
  const { folder, patterns } = options.excluded ?? { folder: '', patterns: [] }
  if (patterns.length > 0) excludes.unshift(rulesOf(patterns, folder))
  const repository = options.noIgnore ? undefined : repositoryOf(absolute, walked.problems)
  return repository === undefined ? { excludes } : { excludes, repository }
}

function walkFolder(folder: Folder, state: WalkState): void {
  if (state.seen.has(folder.real)) return
  state.seen.add(folder.real)
  const entries = attempt(() => readdirSync(folder.path, { withFileTypes: true }), folder.path, state)
  if (entries === undefined) return
  entries.sort((one, other) => (one.name < other.name ? -1 : 1))
  if (folder.linked && mayStop(entries.length, folder.path, state)) return
  const rules = rulesIn(folder, entries, state)
  for (const entry of entries) walkEntry(entry, { ...folder, rules }, state)
}

/** The rules inside a folder: those of its repository, which may begin here, with those of its own ignore file. */
function rulesIn({ path, absolute, rules }: Folder, entries: Dirent[], { options, walked }: WalkState): Rules {
  if (options.noIgnore) return rules
  const begins = entries.some(entry => entry.name === '.git') && rules.repository?.root !== absolute
  const repository = begins ? repositoryAt(absolute) : rules.repository
  if (repository === undefined || !entries.some(entry => entry.name === '.gitignore')) return begins ? { ...rules, repository } : rules
  const own = readIgnoreFile(join(path, '.gitignore'), absolute, walked.problems)
  return { ...rules, repository: { ...repository, rules: [...repository.rules, ...own] } }
}

function walkEntry(entry: Dirent, folder: Folder, state: WalkState): void {
  if (entry.name === '.git') return
  const path = join(folder.path, entry.name)
  const absolute = folder.absolute + sep + entry.name
  if (isLeftOut(folder.rules, absolute, entry.isDirectory())) return add(state.walked.excluded, entry.isDirectory() ? 'folder' : endingOf(entry.name))
  const real = folder.real === sep ? sep + entry.name : folder.real + sep + entry.name
  if (entry.isDirectory()) walkFolder({ ...folder, path, absolute, real }, state)
  else if (entry.isSymbolicLink()) state.links.push({ path, absolute, rules: folder.rules, root: folder.root })
  else if (formatOf(entry.name) === undefined) count(path, state)
  else if (entry.isFile()) take({ path, absolute, real }, state)
  else state.walked.problems.push(notAFile(path))
}

function isLeftOut({ excludes, repository }: Rules, absolute: string, isFolder: boolean): boolean {
  return isIgnored(excludes, absolute, isFolder) || (repository !== undefined && isUntracked(repository, absolute, isFolder))
}

function followLink(link: Link, state: WalkState): void {
  const { path, absolute, rules, root } = link
  const stats = attempt(() => statSync(path), path, state)
  const real = stats === undefined ? undefined : attempt(() => realpathSync(path), path, state)
  if (stats === undefined || real === undefined) return
  if (stats.isDirectory()) {
    if (isLeftOut(rules, absolute, true)) add(state.walked.excluded, 'folder')
    // A link upwards leads to what holds the tree, which nobody asked for.
    else if (root !== real && !(root + sep).startsWith(real.endsWith(sep) ? real : real + sep)) walkLinked({ path, absolute, real, rules, root, linked: true }, state)
  } else if (formatOf(path) === undefined && formatOf(real) === undefined) count(path, state)
  else if (stats.isFile()) take({ path, absolute, real }, state)
  else state.walked.problems.push(notAFile(path))
}

function walkLinked(folder: Folder, state: WalkState): void {
  const isKernels = ['proc', 'sys', 'dev'].some(name => folder.real === `/${name}` || folder.real.startsWith(`/${name}/`))
  if (isKernels) state.walked.problems.push({ path: folder.path, errno: 'ELOOP', message: 'a link to a folder of the kernel' })
  else walkFolder(folder, state)
}

function mayStop(entries: number, path: string, state: WalkState): boolean {
  state.linkedEntries += entries
  if (state.linkedEntries <= maximumBehindLinks) return false
  state.walked.problems.push({ path, errno: 'ELOOP', message: `more than ${maximumBehindLinks} files behind links: name the folder to have it read` })
  return true
}

function take({ path, real }: Named, { walked, seen }: WalkState): void {
  if (seen.has(real)) return
  seen.add(real)
  walked.files.push(path)
}

function count(path: string, { walked }: WalkState): void {
  add(walked.ignored, endingOf(path))
  walked.others.push(path)
}

/** `.md`, or the name itself where it has no extension. */
function endingOf(path: string): string {
  const base = path.slice(path.lastIndexOf(sep) + 1)
  const dot = base.lastIndexOf('.')
  return dot <= 0 ? base : base.slice(dot).toLowerCase()
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function notAFile(path: string): FileProblem {
  return { path, errno: 'ENOTSUP', message: 'neither a file nor a folder' }
}

function attempt<T>(look: () => T, path: string, state: WalkState): T | undefined {
  try {
    return look()
  } catch (error) {
    state.walked.problems.push(fileProblem(path, error))
    return undefined
  }
}
