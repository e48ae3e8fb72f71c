import type { Contents, Limits, Source } from './artefact.ts'
import { readAs } from './documents.ts'
import { type Parsed, ReadError, type StreamDocument } from './document.ts'
import { readJsonc } from './jsonc.ts'
import { recognise } from './recognise.ts'
import { fileName } from './recognised.ts'
import { contentsOf, readYamlFile } from './yaml-file.ts'

/**
 * The artefacts of a JSON file: as kubectl reads it, which is strict and takes several objects in one file, or with comments
 * and trailing commas, as MCP clients read theirs.
 *
 * What is JSON only with comments and holds a Kubernetes object keeps kubectl's complaint.
 */
export function readJsonFile(source: Source): Contents {
  const name = fileName(source.path, source.chartName)
  const strict = readAs('kubectl', source.text, name, source.limits)
  const failed = strict.some(document => 'error' in document)
  if (!failed) return contentsOf(strict, source)
  const lenient = readLeniently(source.text, source.limits)
  if (!('parsed' in lenient)) return contentsOf(strict, source)
  const recognised = recognise(lenient.parsed.value, name)
  if (recognised?.dialect === 'kubectl') return contentsOf(strict, source)
  return contentsOf([recognised === undefined ? lenient : { ...lenient, recognised }], source)
}

/** A file that is named as JSON with comments. */
export function readJsoncFile(source: Source): Contents {
  const document = readLeniently(source.text, source.limits)
  if (!('parsed' in document)) return contentsOf([document], source)
  const recognised = recognise(document.parsed.value, fileName(source.path, source.chartName))
  if (recognised?.dialect === 'kubectl') return readYamlFile(source)
  return contentsOf([recognised === undefined ? document : { ...document, recognised }], source)
}

function readLeniently(text: string, limits: Limits): StreamDocument {
  const span = { start: 0, end: text.length }
  try {
    const parsed: Parsed | undefined = readJsonc(text, limits.depth)
    return parsed === undefined ? { span, empty: true } : { span, parsed }
  } catch (error) {
    if (error instanceof ReadError) return { span, error }
    throw error
  }
}
