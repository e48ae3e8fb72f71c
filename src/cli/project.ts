import { statSync } from 'node:fs'
import { dirname, join, parse, relative, resolve, sep } from 'node:path'

export const baselineName = '.mcp-policy-baseline.json'

/**
 * Gives the path of a file from the root of its project, with slashes, so that runs from other folders, with `./` or with absolute paths
 * agree. The root is the nearest folder above the file with `.git` in it; in a tree without one, as in the build of an image, the nearest
 * with a baseline (`baseline`, whatever its name) or a configuration; else the working directory, or for a file outside of that the file's
 * own folder.
 *
 * Asks the file system once a folder.
 */
export function projectPaths(baseline?: string): (path: string) => string {
  const roots = new Map<string, string | undefined>()
  const holder = baseline === undefined ? undefined : dirname(resolve(baseline))
  const above = (folder: string, marks: string[]): string | undefined => {
    const key = `${marks[0]}${folder}`
    if (!roots.has(key)) {
      const isRoot = marks.some(mark => exists(join(folder, mark))) || (folder === holder && !marks.includes('.git'))
      const found = isRoot ? folder : folder === parse(folder).root ? undefined : above(dirname(folder), marks)
      roots.set(key, found)
    }
    return roots.get(key)
  }
  const known = new Map<string, string>()
  return path => {
    const found = known.get(path) ?? fromRoot(path)
    known.set(path, found)
    return found
  }

  function fromRoot(path: string): string {
    const absolute = resolve(path)
    const folder = dirname(absolute)
    const root = above(folder, ['.git']) ?? above(folder, [baselineName, '.mcp-policy.yaml', '.mcp-policy.yml']) ?? process.cwd()
    const within = relative(root, absolute)
    return (within === '..' || within.startsWith(`..${sep}`) ? relative(folder, absolute) : within).replaceAll(sep, '/')
  }
}

function exists(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined
  } catch {
    return false
  }
}
