import { existsSync, realpathSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { wellFormed } from './visible.ts'

/** The folder of the repository that holds `from`; without a repository that folder itself. */
export function repositoryRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder
    if (folder === dirname(folder)) return from
  }
}

/**
 * Names files as services that show a repository do: relative to its root, with `/`. What lies outside keeps its absolute name. The
 * reports of one run ask for the same file many times.
 */
export function repositoryPaths(root: string, from: string): (file: string) => string {
  const known = new Map<string, string>()
  return file => {
    let path = known.get(file)
    if (path === undefined) known.set(file, path = pathIn(root, resolve(from, file)))
    return path
  }
}

function pathIn(root: string, absolute: string): string {
  const path = inside(root, absolute) ?? inside(root, realPath(absolute)) ?? absolute
  return sep === '/' ? path : path.replaceAll(sep, '/')
}

function inside(root: string, absolute: string): string | undefined {
  const path = relative(root, absolute)
  return path === '' || path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path) ? undefined : path
}

function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

/** A path of `repositoryPaths` as a URI: a reference relative to the root, or a `file:` URI. */
export function uriOf(path: string): string {
  const encoded = path.split('/').map(step => encodeURIComponent(wellFormed(step))).join('/')
  if (path.startsWith('/')) return `file://${encoded}`
  return /^[A-Za-z]:\//.test(path) ? `file:///${path[0]}:${encoded.slice(encoded.indexOf('/'))}` : encoded
}
