import type { Json, Path } from '../artefact/document.ts'
import { isMap } from '../artefact/json.ts'

/** What stands for a scalar that something else decides before Kubernetes, or another program, reads it. */
export type Unresolved = { unresolved: string }

/** A text that holds a template (`{{ }}`) or a variable (`${NAME}`), or undefined when it is what it says. */
export function unresolvedText(text: string): Unresolved | undefined {
  if (!text.includes('{')) return undefined
  if (text.includes('{{')) return { unresolved: 'a template' }
  const variable = /\$\{([^{}]*)\}/.exec(text)
  if (variable === null) return undefined
  const name = /^[A-Za-z_][A-Za-z0-9_.-]*/.exec(variable[1])
  return { unresolved: name === null ? 'a variable' : `the variable ${name[0].slice(0, 100)}` }
}

/** Where in a projected value something is not known, and what decides it. */
export function unresolvedPlaces(value: Json, path: Path = []): { path: Path; what: string }[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => unresolvedPlaces(item, [...path, index]))
  if (!isMap(value)) return []
  if (typeof value.unresolved === 'string') return [{ path, what: value.unresolved }]
  return Object.keys(value).flatMap(key => unresolvedPlaces(value[key], [...path, key]))
}
