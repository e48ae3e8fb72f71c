import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Limits } from '../artefact/artefact.ts'
import { readCandidate } from '../artefact/candidate.ts'
import { decodeText } from '../artefact/decode.ts'
import { ReadError } from '../artefact/document.ts'
import { formatOf } from '../artefact/format.ts'

/**
 * Finds the lines of the ignore file of a Dockerfile's build context: `<Dockerfile>.dockerignore` beside it, else the .dockerignore in
 * its folder, else in one above, as far up as the repository goes. Null where there is none, undefined for what is no Dockerfile.
 */
export function ignoreFiles(limits: Limits): (path: string) => string[] | null | undefined {
  const known = new Map<string, string[] | null>()
  const inFolder = (folder: string): string[] | null => {
    if (!known.has(folder)) known.set(folder, readLines(join(folder, '.dockerignore'), limits))
    return known.get(folder)!
  }
  return path => {
    if (formatOf(path) !== 'dockerfile') return undefined
    const own = readLines(`${path}.dockerignore`, limits)
    if (own !== null) return own
    for (const folder of foldersAbove(dirname(resolve(path)))) {
      const lines = inFolder(folder)
      if (lines !== null) return lines
    }
    return null
  }
}

/** A folder and those above it in its repository; outside of one nothing above says where the context is. */
function foldersAbove(folder: string): string[] {
  const folders = [folder]
  while (!existsSync(join(folders[folders.length - 1], '.git'))) {
    const above = dirname(folders[folders.length - 1])
    if (above === folders[folders.length - 1]) return [folder]
    folders.push(above)
  }
  return folders
}

/** What is there and cannot be read keeps nothing out, as far as one can see. */
function readLines(path: string, limits: Limits): string[] | null {
  const read = readCandidate(path, limits)
  if (!(read instanceof Uint8Array)) return read.errno === 'ENOENT' || read.errno === 'ENOTDIR' ? null : []
  const decoded = decodeText(read)
  return decoded instanceof ReadError ? [] : decoded.text.split(/\r?\n/)
}
