import { realpathSync } from 'node:fs'
import type { FileReading, Limits } from '../artefact/artefact.ts'
import { readCandidate, readDescriptor } from '../artefact/candidate.ts'
import type { FileProblem } from '../artefact/file-problem.ts'
import { readFile, unreadFile } from '../artefact/read.ts'
import { walk } from '../artefact/walk.ts'
import type { Surroundings } from '../lint/lint.ts'
import { chartNames } from './charts.ts'

export type InputOptions = {
  exclude: string[]
  noIgnore: boolean
  /** The name that standard input is read and reported under. */
  stdinName: string
  limits: Limits
  /** Files that reports go to: what the last run wrote there is no input of this one. */
  reports: string[]
}

export type Inputs = { files: FileReading[]; /** Those of the paths that are folders. */ folders: string[]; surroundings: Surroundings }

const ownReport = '--format'

/**
 * Reads what the user named. A path that was named and cannot be read is a problem of the run; what cannot be read in a folder is a file
 * without a text, which controls judge. The order of the paths changes nothing.
 */
export function readInputs(positionals: string[], options: InputOptions): Inputs {
  const named = new Set(positionals.filter(path => path !== '-').sort())
  const walked = walk([...named], options)
  const inputs: Inputs = {
    files: [],
    folders: walked.folders,
    surroundings: { skippedFiles: walked.ignored, ignoredFiles: new Map(), problems: [] },
  }
  const fail = (problem: FileProblem): void => {
    const { path, errno, message } = problem
    if (errno === 'EFBIG') inputs.files.push(unreadFile(path, 'limit', message))
    else if (named.has(path) || path === '-') inputs.surroundings.problems.push({ path, message })
    else inputs.files.push(unreadFile(path, 'unreadable', message))
  }
  if (walked.excluded > 0) inputs.surroundings.ignoredFiles.set('.gitignore or --exclude', walked.excluded)
  const charts = chartNames()
  const reports = new Set(options.reports.map(realPath))
  for (const path of walked.files) {
    if (reports.size > 0 && !named.has(path) && reports.has(realPath(path))) {
      inputs.surroundings.ignoredFiles.set(ownReport, (inputs.surroundings.ignoredFiles.get(ownReport) ?? 0) + 1)
      continue
    }
    const read = readCandidate(path, options.limits, walked.pipes.has(path) ? 'pipe' : 'file')
    if (read instanceof Uint8Array) inputs.files.push(readFile(path, read, { limits: options.limits, chartName: charts(path) }))
    else fail(read)
  }
  if (positionals.includes('-')) {
    const read = readDescriptor(0, '-', options.limits)
    if (read instanceof Uint8Array) inputs.files.push(readFile(options.stdinName, read, { limits: options.limits }))
    else fail(read.errno === 'EFBIG' ? { ...read, path: options.stdinName } : read)
  }
  walked.problems.forEach(fail)
  inputs.files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
  inputs.surroundings.problems.sort((a, b) => (a.path < b.path ? -1 : 1))
  return inputs
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}
