import { defaultLimits } from '../artefact/artefact.ts'
import { readCandidate } from '../artefact/candidate.ts'
import { decodeText } from '../artefact/decode.ts'
import { ReadError, type Parsed, type Path } from '../artefact/document.ts'
import { readJson } from '../artefact/yaml/stream.ts'
import { baselineCheck } from '../finding/baseline-check.ts'
import type { Baseline } from '../finding/baseline.ts'
import { linesOf } from '../finding/place.ts'
import { UsageError } from './usage.ts'

const again = 'write it anew with `mcp-policy baseline`'

/** Reads a baseline that `mcp-policy baseline` has written. Throws a UsageError with the place of what is wrong, and quotes nothing of the file. */
export function readBaseline(path: string): Baseline {
  const bytes = readCandidate(path, defaultLimits)
  if (!(bytes instanceof Uint8Array)) throw new UsageError(`${path}: ${bytes.message}${bytes.errno === 'ENOENT' ? '; `mcp-policy baseline` writes one' : ''}`)
  const decoded = decodeText(bytes)
  if (decoded instanceof ReadError) throw new UsageError(`${path}: ${decoded.message}; ${again}`)
  const wrong = (offset: number, what: string): UsageError => {
    const { line, column } = linesOf(decoded.text).at(offset)
    return new UsageError(`${path}:${line}:${column}: ${what}`)
  }
  const marker = /^<{7} /m.exec(decoded.text)
  if (marker !== null) throw wrong(marker.index, `a conflict of a merge: keep the lines of both sides, with a comma between, or ${again}`)
  const parsed = parsedOf(decoded.text, wrong)
  const validate = baselineCheck()
  if (!validate(parsed.value)) {
    const [{ instancePath, message = 'is wrong' }] = validate.errors!
    const at = stepsOf(instancePath)
    const { key, value } = parsed.locate(at)
    throw wrong((key ?? value).start, `${at.length === 0 ? 'the baseline' : String(at.findLast(step => typeof step === 'string'))} ${message}; ${again}`)
  }
  return parsed.value as Baseline
}

function parsedOf(text: string, wrong: (offset: number, what: string) => UsageError): Parsed {
  let parsed: Parsed
  try {
    parsed = readJson(text, { depth: 8 })
  } catch (error) {
    if (!(error instanceof ReadError)) throw error
    throw wrong(error.offset, `${error.message}; ${again}`)
  }
  const twice = parsed.remarks.find(({ kind }) => kind === 'duplicate-key')
  if (twice !== undefined) throw wrong(twice.span.start, `a key that is written twice; ${again}`)
  return parsed
}

function stepsOf(pointer: string): Path {
  return pointer.split('/').slice(1).map(step => (/^\d+$/.test(step) ? Number(step) : step.replaceAll('~1', '/').replaceAll('~0', '~')))
}
