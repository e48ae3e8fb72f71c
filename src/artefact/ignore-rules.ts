import { readFileSync, statSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { type FileProblem, fileProblem } from './file-problem.ts'
import { type IsTracked, trackedBy } from './git-index.ts'
import { ignoreRules } from './lazy.ts'

/** The patterns of one ignore file, and the folder that they are relative to. */
export type IgnoreRules = { folder: string; test(path: string): { ignored: boolean; unignored: boolean } }

export function rulesOf(patterns: string[], folder: string): IgnoreRules {
  const rules = ignoreRules()().add(patterns)
  return { folder, test: path => rules.test(path) }
}

/** The rules of an ignore file; none where it cannot be read or asks for too much, which is a problem. */
export function readIgnoreFile(path: string, folder: string, problems: FileProblem[]): IgnoreRules[] {
  try {
    const lines = readFileSync(path, 'utf8').split(/\r?\n/)
    const usable = lines.filter(isCheap)
    if (usable.length < lines.length) problems.push({ path, errno: 'ENOTSUP', message: 'a pattern with too many wildcards is not followed' })
    return [rulesOf(usable, folder)]
  } catch (error) {
    problems.push(fileProblem(path, error))
    return []
  }
}

/** A pattern becomes a regular expression, which takes a power of the name's length for each star. */
function isCheap(pattern: string): boolean {
  return pattern.split('**').length <= 5 && pattern.replaceAll('**', '').split('/').every(step => step.split('*').length <= 4)
}

/** What git's ignore files leave out of a repository: their rules from the outermost to the nearest, and what it tracks in spite of them. */
export type Repository = { root: string; rules: IgnoreRules[]; isTracked: IsTracked }

/** A repository that begins at a folder. */
export function repositoryAt(root: string): Repository {
  return { root, rules: [], isTracked: trackedBy(root) }
}

/**
 * The repository that a folder is in, with the rules of the ignore files above the folder; undefined outside of repositories,
 * where an ignore file says nothing, and for a folder that is left out itself, since it was asked for.
 */
export function repositoryOf(folder: string, problems: FileProblem[]): Repository | undefined {
  const above: string[] = []
  let root = folder
  while (!exists(join(root, '.git'))) {
    root = dirname(root)
    if (root === above[0]) return undefined
    above.unshift(root)
  }
  const files = above.map(parent => ({ parent, path: join(parent, '.gitignore') })).filter(({ path }) => exists(path))
  const repository = { ...repositoryAt(root), rules: files.flatMap(({ parent, path }) => readIgnoreFile(path, parent, problems)) }
  return isIgnored(repository.rules, folder, true) ? undefined : repository
}

function exists(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined
  } catch {
    return false
  }
}

/** True for what git would not take into the repository and has not taken. */
export function isUntracked(repository: Repository, absolute: string, isFolder: boolean): boolean {
  return isIgnored(repository.rules, absolute, isFolder) && !repository.isTracked(relative(repository.root, absolute))
}

/** The rules nearest to a path decide, as git does it. */
export function isIgnored(rules: IgnoreRules[], absolute: string, isFolder: boolean): boolean {
  for (let index = rules.length - 1; index >= 0; index--) {
    const { folder, test } = rules[index]
    // Those of a configuration may be of a folder beside or inside the one that is walked.
    if (absolute.length <= folder.length || !absolute.startsWith(folder)) continue
    const path = relative(folder, absolute)
    const { ignored, unignored } = test(isFolder ? `${path}/` : path)
    if (ignored || unignored) return ignored
  }
  return false
}

function relative(folder: string, absolute: string): string {
  const path = absolute.slice(folder.endsWith(sep) ? folder.length : folder.length + 1)
  return sep === '/' ? path : path.replaceAll(sep, '/')
}
