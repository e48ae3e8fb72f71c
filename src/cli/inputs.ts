import { realpathSync } from 'node:fs'
import { basename } from 'node:path'
import type { FileReading, Limits } from '../artefact/artefact.ts'
import { readCandidate, readDescriptor } from '../artefact/candidate.ts'
import type { FileProblem } from '../artefact/file-problem.ts'
import { readFile, unreadFile } from '../artefact/read.ts'
import { walk } from '../artefact/walk.ts'
import type { Surroundings } from '../lint/lint.ts'
import { chartNames } from './charts.ts'
import { ignoreFiles } from './docker-ignore.ts'

export type InputOptions = {
  exclude: string[]
  /** Those of the configuration, and the absolute folder that they are relative to. */
  excluded?: { folder: string; patterns: string[] }
  noIgnore: boolean
  /** The name that standard input is read and reported under. */
  stdinName: string
  limits: Limits
  /** Files that reports go to: what the last run wrote there is no input of this one. */
  reports: string[]
}

export type Inputs = {
  /** How many files there are to read. */
  count: number
  /** Reads the files in the order of their paths, each when its turn comes; what cannot be read adds to the problems. */
  read(): Generator<FileReading>
  /** Those that `read` has given. */
  files: FileReading[]
  /** Those of the paths that are folders. */
  folders: string[]
  /** Files of kinds that are not read. */
  others: string[]
  surroundings: Surroundings
}

type Reader = { path: string; read(): FileReading | FileProblem }

const ownReport = 'the tool itself'

/**
 * Finds what the user named. A path that was named and cannot be read is a problem of the run; what cannot be read in a folder is a file
 * without a text, which controls judge. The order of the paths changes nothing.
 */
export function findInputs(positionals: string[], options: InputOptions): Inputs {
  const named = new Set(positionals.filter(path => path !== '-').sort())
  const walked = walk([...named], options)
  const ignoredFiles = [...walked.excluded].map(([kind, count]) => ({ rule: options.excluded === undefined ? '.gitignore or --exclude' : '.gitignore, --exclude or the configuration', kind, count }))
  const { paths, own } = withoutReports(walked.files, named, options.reports)
  if (own > 0) ignoredFiles.push({ rule: ownReport, kind: 'report', count: own })
  const surroundings: Surroundings = { skippedFiles: walked.ignored, ignoredFiles, problems: [] }
  const readers = [...filesToRead(paths, walked.pipes, options.limits), ...walked.problems.map(problem => ({ path: problem.path, read: () => problem }))]
  if (positionals.includes('-')) readers.push(standardInput(options))
  readers.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
  const files: FileReading[] = []
  return {
    count: readers.length,
    files,
    folders: walked.folders,
    others: walked.others,
    surroundings,
    * read() {
      for (const reader of readers) {
        const read = reader.read()
        const file = 'errno' in read ? fileWithoutText(read) : read
        if (file === undefined) surroundings.problems.push({ path: (read as FileProblem).path, message: (read as FileProblem).message })
        else {
          files.push(file)
          yield file
        }
      }
      surroundings.problems.sort((a, b) => (a.path < b.path ? -1 : 1))
    },
  }

  function fileWithoutText({ path, errno, message }: FileProblem): FileReading | undefined {
    if (errno === 'EFBIG') return unreadFile(path, 'limit', message)
    return named.has(path) || path === '-' ? undefined : unreadFile(path, 'unreadable', message)
  }
}

/** Reports of the last run in a folder that is read are no input of this one. */
function withoutReports(files: string[], named: Set<string>, reports: string[]): { paths: string[]; own: number } {
  if (reports.length === 0) return { paths: files, own: 0 }
  const written = new Set(reports.map(realPath))
  // Asking for the real path of every file of a large tree would cost more than reading some.
  const names = new Set(reports.map(path => basename(path)))
  const paths = files.filter(path => named.has(path) || !names.has(basename(path)) || !written.has(realPath(path)))
  return { paths, own: files.length - paths.length }
}

function filesToRead(paths: string[], pipes: Set<string>, limits: Limits): Reader[] {
  const charts = chartNames()
  const ignored = ignoreFiles(limits)
  return paths.map(path => ({
    path,
    read() {
      const read = readCandidate(path, limits, pipes.has(path) ? 'pipe' : 'file')
      return read instanceof Uint8Array ? readFile(path, read, { limits, chartName: charts(path), ignore: ignored(path) }) : read
    },
  }))
}

function standardInput({ stdinName, limits }: InputOptions): Reader {
  return {
    path: stdinName,
    read() {
      const read = readDescriptor(0, '-', limits)
      if (read instanceof Uint8Array) return readFile(stdinName, read, { limits })
      return read.errno === 'EFBIG' ? { ...read, path: stdinName } : read
    },
  }
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}
