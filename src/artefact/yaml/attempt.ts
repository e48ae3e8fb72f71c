import { ReadError, type Span, type StreamDocument } from '../document.ts'
import type { Built } from './parse.ts'
import { toParsed } from './place.ts'
import type { Dialect } from './resolve.ts'

export type Limits = { depth: number }

/** A text may hold a hundred thousand broken documents; nobody looks at the stacks of their errors, and they cost the most. */
export function withoutStacks<T>(read: () => T): T {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 0
  try {
    return read()
  } finally {
    Error.stackTraceLimit = limit
  }
}

/** Runs a reader whose recursion may be deeper than the stack. */
export function guarded<T>(read: () => T, offset: number): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof RangeError) throw new ReadError('exceeded max depth', offset, 'depth')
    throw error
  }
}

/** As `guarded`, with an error as the document. */
export function attempt(span: Span, read: () => StreamDocument): StreamDocument {
  try {
    return guarded(read, span.start)
  } catch (error) {
    if (!(error instanceof ReadError)) throw error
    return { span, error: error.offset <= span.end ? error : new ReadError(error.message, span.end, error.reason) }
  }
}

/** A document that was read, or an empty one. */
export function finished(built: Built, span: Span, dialect: Dialect): StreamDocument {
  return built.value === null ? { span, empty: true } : { span, parsed: toParsed(built, dialect) }
}
