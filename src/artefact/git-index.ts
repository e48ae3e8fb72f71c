import { readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** True where a path is that of a tracked file, of a folder that holds one, or of a submodule; relative to the root, with slashes. */
export type IsTracked = (path: string) => boolean

/**
 * Tells what a repository tracks, from its index. An ignore file says nothing about what was committed all the same.
 *
 * The index is read at the first question. Everything counts as tracked where it cannot be understood, so that nothing is lost.
 */
export function trackedBy(root: string): IsTracked {
  let tracked: Set<string> | 'unknown' | undefined
  return path => {
    tracked ??= readTracked(root)
    return tracked === 'unknown' || tracked.has(path)
  }
}

function readTracked(root: string): Set<string> | 'unknown' {
  try {
    const index = join(gitFolder(root), 'index')
    // A repository without a commit has none.
    if (statSync(index, { throwIfNoEntry: false }) === undefined) return new Set()
    return withFolders(trackedPaths(readFileSync(index)))
  } catch {
    return 'unknown'
  }
}

/** `.git` is a file that names the folder in worktrees and submodules. */
function gitFolder(root: string): string {
  const path = join(root, '.git')
  if (statSync(path).isDirectory()) return path
  const named = /^gitdir: (.+)/.exec(readFileSync(path, 'utf8'))
  if (named === null) throw new RangeError('no folder named')
  return resolve(root, named[1].trimEnd())
}

/** The names in an index of version 2, 3 or 4. Throws RangeError for anything else. */
export function trackedPaths(index: Buffer): string[] {
  const version = index.readUInt32BE(4)
  if (index.toString('latin1', 0, 4) !== 'DIRC' || version < 2 || version > 4) throw new RangeError('not an index')
  const paths: string[] = []
  let offset = 12
  let name = ''
  for (let left = index.readUInt32BE(8); left > 0; left--) {
    const isExtended = version > 2 && (index.readUInt16BE(offset + 60) & 0x4000) !== 0
    let start = offset + 62 + (isExtended ? 2 : 0)
    if (version === 4) {
      const strip = readVarint(index, start)
      start = strip.end
      name = name.slice(0, name.length - strip.value)
    } else name = ''
    const end = index.indexOf(0, start)
    if (end === -1) throw new RangeError('a name that does not end')
    name += index.toString('latin1', start, end)
    if (name.length > 4096) throw new RangeError('a name that is too long')
    offset = version === 4 ? end + 1 : offset + ((end - offset + 8) & ~7)
    paths.push(Buffer.from(name, 'latin1').toString('utf8'))
  }
  return paths
}

/** The number of bytes to take off the name before, in git's encoding of offsets. */
function readVarint(index: Buffer, start: number): { value: number; end: number } {
  let offset = start
  let byte = index[offset++]
  let value = byte & 0x7f
  while (byte & 0x80) {
    byte = index[offset++]
    value = ((value + 1) << 7) | (byte & 0x7f)
  }
  return { value, end: offset }
}

function withFolders(paths: string[]): Set<string> {
  const all = new Set<string>()
  for (const path of paths) {
    all.add(path)
    for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      const folder = path.slice(0, slash)
      if (all.has(folder)) break
      all.add(folder)
    }
  }
  return all
}
