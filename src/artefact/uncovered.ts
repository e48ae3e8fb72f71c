import type { Uncovered } from './artefact.ts'
import { ReadError } from './document.ts'
import type { RecognisedDocument } from './documents.ts'

/** What to report of a document that could not be read. A template is told from a fault by its braces. */
export function faultOf(document: RecognisedDocument, text: string, path: string): Uncovered {
  if (!('error' in document)) throw new TypeError('the document was read')
  const { span, error } = document
  if (error.reason === 'syntax' && text.slice(span.start, span.end).includes('{{')) {
    return { span, reason: 'template', detail: `a template, which is no YAML before it is rendered: ${error.message}`, hint: renderHint(path), at: error.offset }
  }
  const fault: Uncovered = { span, reason: reasonOf(error), detail: error.message, at: error.offset }
  if (document.recognised !== undefined) fault.kind = document.recognised.kind
  return fault
}

export function reasonOf(error: ReadError): 'syntax' | 'limit' | 'encoding' {
  return error.reason === 'depth' || error.reason === 'aliases' ? 'limit' : error.reason
}

function renderHint(path: string): string {
  const inChart = /(^|[/\\])templates[/\\]/.test(path)
  return inChart ? 'render the chart (helm template) and check the output' : 'render it (helm template, kustomize build) and check the output'
}
