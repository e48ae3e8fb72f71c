import type { Json } from './document.ts'

export type JsonMap = { [key: string]: Json }

export function isMap(value: Json | undefined): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value at a path of keys; undefined where a step is no map. */
export function at(value: Json | undefined, ...keys: string[]): Json | undefined {
  let inner = value
  for (const key of keys) {
    if (!isMap(inner) || !Object.hasOwn(inner, key)) return undefined
    inner = inner[key]
  }
  return inner
}

export function hasAny(map: JsonMap, keys: string[]): boolean {
  return keys.some(key => Object.hasOwn(map, key))
}
