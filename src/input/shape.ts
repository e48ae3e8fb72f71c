import type { Json } from '../artefact/document.ts'
import type { JsonMap } from '../artefact/json.ts'
import { setKey } from '../artefact/placed.ts'
import { OverLimitError, type InputLimits } from './limit.ts'
import type { SecretRules } from './secret-name.ts'
import { unresolvedText } from './unresolved.ts'

/** What of a value goes to the controls. */
export type Shape =
  /** All of it, with templates and variables replaced by `{"unresolved": ...}`. */
  | { is: 'plain' }
  /** All of it as it stands: where `{{` and `${` are legal text. */
  | { is: 'verbatim' }
  | { is: 'drop' }
  /**
   * The named fields; `rest` is the shape of the others, or `restOf` says it for each, and they are dropped without it.
   * `finish` may add what the host knows.
   */
  | {
    is: 'map'
    fields: Map<string, Shape>
    rest?: Shape
    restOf?(key: string): Shape | undefined
    finish?(map: JsonMap, projection: Projection): void
  }
  | { is: 'list'; item: Shape }

/** One projection on its way. */
export type Projection = {
  /** True where the API server has read the object, so that nothing is a template any more. */
  literal: boolean
  limits: InputLimits
  injectedSidecars: ReadonlySet<string>
  secrets: SecretRules
  /** Of what was kept so far. */
  size: number
  /** True once a template or a variable was replaced. */
  unresolved: boolean
}

export const plain: Shape = { is: 'plain' }
export const verbatim: Shape = { is: 'verbatim' }
export const drop: Shape = { is: 'drop' }

export function mapOf(fields: Record<string, Shape>, rest?: Shape): Shape & { is: 'map' } {
  return { is: 'map', fields: new Map(Object.entries(fields)), rest }
}

export function listOf(item: Shape): Shape {
  return { is: 'list', item }
}

/**
 * The part of a value that its shape keeps; list indices and keys stay what they are, so a path of the result is one of the value.
 * What needs no change is not copied. A value of another type than its shape's is kept when it is a scalar; lists and maps in the wrong
 * place are kept by their items, so that nothing gets past a shape. Throws `OverLimitError`.
 */
export function project(value: Json, shape: Shape, projection: Projection, depth = 0): Json {
  if (typeof value !== 'object' || value === null) return scalar(value, shape.is !== 'verbatim', projection)
  if (shape.is === 'plain') return keep(value, true, projection, depth)
  if (shape.is === 'verbatim') return keep(value, false, projection, depth)
  if (shape.is === 'drop') return null
  if (depth > projection.limits.depth) throw tooDeep(projection)
  if (Array.isArray(value)) {
    count(projection, 2 + value.length)
    const item = shape.is === 'list' ? shape.item : shape
    return value.map(child => project(child, item, projection, depth + 1))
  }
  return projectMap(value, shape, projection, depth)
}

function projectMap(value: JsonMap, shape: Shape & { is: 'map' | 'list' }, projection: Projection, depth: number): Json {
  const kept: JsonMap = {}
  let keys = 0
  for (const key of Object.keys(value)) {
    const field = shape.is === 'list' ? shape.item : shape.fields.get(key) ?? (shape.restOf === undefined ? shape.rest : shape.restOf(key))
    if (field === undefined || field.is === 'drop' || key === 'unresolved') continue
    if (++keys > projection.limits.keys) throw tooManyKeys(projection)
    count(projection, key.length + 4)
    setKey(kept, key, project(value[key], field, projection, depth + 1))
  }
  if (shape.is === 'map') shape.finish?.(kept, projection)
  return kept
}

/** The value itself where nothing in it is replaced. A user's own key `unresolved` is left out, since only the host may say that. */
function keep(value: Json[] | JsonMap, templates: boolean, projection: Projection, depth: number): Json {
  if (depth > projection.limits.depth) throw tooDeep(projection)
  return Array.isArray(value) ? keepList(value, templates, projection, depth) : keepMap(value, templates, projection, depth)
}

function keepList(value: Json[], templates: boolean, projection: Projection, depth: number): Json {
  count(projection, 2 + value.length)
  let kept = value
  for (let index = 0; index < value.length; index++) {
    const child = value[index]
    const own = keepChild(child, templates, projection, depth)
    if (own === child) continue
    if (kept === value) kept = value.slice()
    kept[index] = own
  }
  return kept
}

function keepMap(value: JsonMap, templates: boolean, projection: Projection, depth: number): Json {
  const keys = Object.keys(value)
  if (keys.length > projection.limits.keys) throw tooManyKeys(projection)
  let kept = value
  for (const key of keys) {
    if (key === 'unresolved') {
      if (kept === value) kept = copyOf(value)
      delete kept[key]
      continue
    }
    count(projection, key.length + 4)
    const child = value[key]
    const own = keepChild(child, templates, projection, depth)
    if (own === child) continue
    if (kept === value) kept = copyOf(value)
    setKey(kept, key, own)
  }
  return kept
}

function keepChild(child: Json, templates: boolean, projection: Projection, depth: number): Json {
  return typeof child === 'object' && child !== null
    ? keep(child, templates, projection, depth + 1)
    : scalar(child, templates, projection)
}

function copyOf(value: JsonMap): JsonMap {
  const copy: JsonMap = {}
  for (const key of Object.keys(value)) setKey(copy, key, value[key])
  return copy
}

function scalar(value: null | boolean | number | bigint | string, templates: boolean, projection: Projection): Json {
  if (typeof value !== 'string') {
    count(projection, 8)
    return value
  }
  count(projection, value.length + 3)
  const unresolved = templates && !projection.literal ? unresolvedText(value) : undefined
  if (unresolved === undefined) return value
  projection.unresolved = true
  return unresolved
}

function count(projection: Projection, size: number): void {
  projection.size += size
  if (projection.size > projection.limits.size) {
    throw new OverLimitError('size', `more than ${projection.limits.size} characters of this object would be judged`)
  }
}

function tooManyKeys({ limits }: Projection): OverLimitError {
  return new OverLimitError('keys', `more than ${limits.keys} keys in one object`)
}

function tooDeep({ limits }: Projection): OverLimitError {
  return new OverLimitError('depth', `nested deeper than ${limits.depth}`)
}
