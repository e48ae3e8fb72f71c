import type { AccountedReading, Contents, Limits, Source, UncoveredReason } from './artefact.ts'
import { decodeText } from './decode.ts'
import { readDockerfile } from './dockerfile.ts'
import { ReadError } from './document.ts'
import { looksLikeEnv, readEnvFile } from './env-file.ts'
import { type Format, formatByContent, formatOf } from './format.ts'
import { readJsoncFile, readJsonFile } from './json-file.ts'
import { readTomlFile } from './toml-file.ts'
import { reasonOf } from './uncovered.ts'
import { readYamlFile } from './yaml-file.ts'

export type ReadOptions = {
  limits: Limits
  chartName?: string
  /** Of a Dockerfile: the lines of the ignore file of its build context, null where there is none. */
  ignore?: string[] | null
}

/**
 * Turns the bytes of a file into artefacts and the parts that no control can judge.
 *
 * Never throws: what cannot be read is in `uncovered`, and hides nothing else of the file.
 */
export function readFile(path: string, bytes: Uint8Array, options: ReadOptions): AccountedReading {
  if (bytes.length > options.limits.bytes) return unreadFile(path, 'limit', `larger than ${options.limits.bytes} bytes`)
  const decoded = decodeText(bytes)
  if (decoded instanceof ReadError) return unreadFile(path, reasonOf(decoded), decoded.message)
  const { text, byteOffset } = decoded
  const source: Source = { path, text, limits: options.limits }
  if (options.chartName !== undefined) source.chartName = options.chartName
  if (options.ignore !== undefined) source.ignore = options.ignore
  const { artefacts, uncovered, documents, empty } = contentsOf(source)
  // A list that grew has room for sixteen more, and a run keeps those of all its files.
  return { path, text, byteOffset, artefacts: artefacts.slice(), uncovered, documents: documents.slice(), empty }
}

/** A file of which nothing is known but that it was not read; the run uses it for what could not be opened. */
export function unreadFile(path: string, reason: UncoveredReason, detail: string): AccountedReading {
  const span = { start: 0, end: 0 }
  return { path, text: '', artefacts: [], uncovered: [{ span, reason, detail }], documents: [], empty: [], byteOffset: offset => offset }
}

function contentsOf(source: Source): Contents {
  try {
    return readers[formatOf(source.path) ?? formatByContent(source.text, looksLikeEnv)](source)
  } catch (error) {
    const span = { start: 0, end: source.text.length }
    const isDeep = error instanceof RangeError
    const why = isDeep ? { reason: 'limit' as const, detail: 'nested too deep to be read' } : { reason: 'unreadable' as const, detail: 'the reader failed on this file' }
    return { artefacts: [], uncovered: [{ span, ...why, document: 0 }], documents: [span], empty: [] }
  }
}

const readers: Record<Format, (source: Source) => Contents> = {
  yaml: readYamlFile,
  json: readJsonFile,
  jsonc: readJsoncFile,
  toml: readTomlFile,
  env: readEnvFile,
  dockerfile: readDockerfile,
}
