import type { Json } from '../artefact/document.ts'

const longest = 200

/**
 * What controls may know of the value of an environment variable. A value that its name calls a secret, or a long one, goes in as its
 * length alone.
 */
export function projectEnvValue(name: string, value: Json): Json {
  if (typeof value === 'object') return null
  if (typeof value !== 'string') return value
  return value.length > longest || secretName.test(name) ? { secret: { length: value.length, class: 'literal' } } : value
}

const secretName = /pass|pwd|secret|token|api[_-]?key|private[_-]?key|credential|dsn|connection[_-]?string|_url$|_uri$/i
