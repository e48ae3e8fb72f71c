import type { Json, Path } from '../artefact/document.ts'
import { isMap } from '../artefact/json.ts'

/** A value as one file has it; `from` is the index of the file, `tagAt` tells the tags of that file's paths. */
export type Layer = { from: number; path: Path; value: Json; tagAt?(path: Path): string | undefined }

/** A value of which several files have a version, the weakest first. Never empty. */
export type Layered = Layer[]

export function winner(layers: Layered): Layer {
  return layers[layers.length - 1]
}

/** The value of the strongest file. */
export function valueOf(layers: Layered | undefined): Json | undefined {
  return layers === undefined ? undefined : winner(layers).value
}

/**
 * A key of a map, with the versions of all files that have it. A file that says null says nothing; `!reset` takes away what weaker files
 * say, `!override` takes its place.
 */
export function field(layers: Layered | undefined, key: string | number): Layered | undefined {
  if (layers === undefined) return undefined
  let found: Layered = []
  for (const layer of layers) {
    const { value } = layer
    if (!isMap(value) || !Object.hasOwn(value, key)) continue
    const inner = below(layer, key, value[key])
    const tag = layer.tagAt?.(inner.path)
    if (tag === '!reset' || tag === '!override') found = []
    if (tag !== '!reset' && inner.value !== null) found.push(inner)
  }
  return found.length === 0 ? undefined : found
}

function below({ from, path, tagAt }: Layer, key: string | number, value: Json): Layer {
  return { from, path: [...path, key], value, ...(tagAt && { tagAt }) }
}

/** The keys of a map in all files, in order. */
export function keysOf(layers: Layered | undefined): string[] {
  const keys = new Set<string>()
  for (const { value } of layers ?? []) if (isMap(value)) for (const key of Object.keys(value)) keys.add(key)
  return [...keys]
}

/** The items of the lists of all files, one after the other. */
export function allItems(layers: Layered | undefined): Layered[] {
  return (layers ?? []).flatMap(layer =>
    Array.isArray(layer.value) ? layer.value.map((item, index) => [below(layer, index, item)]) : [])
}

/** The items of the list of the strongest file. */
export function lastItems(layers: Layered | undefined): Layered[] {
  return layers === undefined ? [] : allItems([winner(layers)])
}

/**
 * The entries of what may be a map or a list of `KEY=value`, as of `environment`, `labels` and `args`. The strongest file wins key by
 * key. `written` is undefined for a key without a value.
 */
export function entriesOf(layers: Layered | undefined): { key: string; written: Json | undefined; layer: Layer }[] {
  const entries = new Map<string, { key: string; written: Json | undefined; layer: Layer }>()
  for (const { from, path, value, tagAt } of layers ?? []) {
    if (isMap(value)) {
      for (const [key, written] of Object.entries(value)) {
        if (tagAt?.([...path, key]) === '!reset') entries.delete(key)
        else entries.set(key, { key, written: written ?? undefined, layer: { from, path: [...path, key], value: written } })
      }
    } else if (Array.isArray(value)) {
      value.forEach((item, index) => {
        const text = typeof item === 'string' ? item : String(item)
        const equals = text.indexOf('=')
        const key = equals === -1 ? text : text.slice(0, equals)
        entries.set(key, { key, written: equals === -1 ? undefined : text.slice(equals + 1), layer: { from, path: [...path, index], value: item } })
      })
    }
  }
  return [...entries.values()]
}
