import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * Finds the name of the Helm chart that a values file belongs to: that in the Chart.yaml beside or above it. Asks the file system once a folder, and
 * only for files whose names speak of values.
 */
export function chartNames(): (path: string) => string | undefined {
  const known = new Map<string, string | undefined>()
  const nameIn = (folder: string): string | undefined => {
    if (!known.has(folder)) known.set(folder, readName(join(folder, 'Chart.yaml')))
    return known.get(folder)
  }
  return path => {
    if (!/values[^/\\]*\.ya?ml$/i.test(path)) return undefined
    const folder = dirname(path)
    return nameIn(folder) ?? nameIn(dirname(folder))
  }
}

function readName(path: string): string | undefined {
  try {
    return /^name:[ \t]*["']?([\w.-]+)/m.exec(readFileSync(path, 'utf8').slice(0, 65_536))?.[1]
  } catch {
    return undefined
  }
}
