import type { Artefact } from '../artefact/artefact.ts'
import { ReadError, type Json, type Path } from '../artefact/document.ts'
import { at, isMap } from '../artefact/json.ts'
import { readStream } from '../artefact/yaml/stream.ts'
import type { Terms } from './exemption-terms.ts'

export const exemptAnnotation = 'mcp-policy.io/exempt'

/** An exemption in an annotation of an object; `path` is the annotation's. */
export type ExemptionAnnotation = { path: Path; container?: string; terms: Terms }

/** Where an object and its pods have their annotations. */
const metadata: Path[] = [['metadata'], ['spec', 'template', 'metadata'], ['spec', 'jobTemplate', 'spec', 'template', 'metadata'], ['template', 'metadata']]

/** The exemptions that an object has in its annotation, a YAML list. What is no list gives one without terms, so that it is found. */
export function exemptionAnnotations({ value }: Artefact, depth: number): ExemptionAnnotation[] {
  return metadata.flatMap(path => {
    const text = at(value, ...path as string[], 'annotations', exemptAnnotation)
    if (text === undefined) return []
    const place = [...path, 'annotations', exemptAnnotation]
    const list = typeof text === 'string' ? listIn(text, depth) : undefined
    if (list === undefined) return [{ path: place, terms: {} }]
    return list.map(entry => {
      if (!isMap(entry)) return { path: place, terms: {} }
      const { control, container, reason, owner, last_day } = entry
      return { path: place, terms: { control, reason, owner, last_day }, ...(typeof container === 'string' && { container }) }
    })
  })
}

function listIn(text: string, depth: number): Json[] | undefined {
  try {
    const [document, ...more] = readStream(text, 'kubectl', { depth })
    return more.length === 0 && document !== undefined && 'parsed' in document && Array.isArray(document.parsed.value) ? document.parsed.value : undefined
  } catch (error) {
    if (error instanceof ReadError) return undefined
    throw error
  }
}
