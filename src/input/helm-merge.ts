import type { Json, Path } from '../artefact/document.ts'
import { isMap, type JsonMap } from '../artefact/json.ts'
import { setKey } from '../artefact/placed.ts'
import { winner, type Layer, type Layered } from './layered.ts'

/**
 * Values of several files as Helm puts them together, the weakest first: maps key by key, anything else as the strongest file has it.
 *
 * A key that a stronger file sets to null stays, as null: Helm then deletes the chart's default, which is not the same as leaving it.
 */
export function mergedValues(layers: Layered): Json {
  if (layers.length === 1) return layers[0].value
  const merged: JsonMap = {}
  for (const key of new Set(layers.flatMap(({ value }) => (isMap(value) ? Object.keys(value) : [])))) setKey(merged, key, mergedValues(below(layers, key)))
  return merged
}

/**
 * The file and the path in it that decide a path of the merged values. For a key that no file has, the strongest that has the map
 * around it, and the base for one at the top.
 */
export function standsIn(layers: Layered, path: Path): { from: number; path: Path } {
  let here = layers
  for (const [index, step] of path.entries()) {
    const inner = below(here, step)
    if (inner.length === 0) return at(index === 0 ? here[0] : winner(here), path.slice(index))
    here = inner
  }
  return at(path.length === 0 ? here[0] : winner(here), [])
}

const at = ({ from, path }: Layer, steps: Path): { from: number; path: Path } => ({ from, path: [...path, ...steps] })

/** The versions of a key that count: one alone, or several maps. What is no map hides all that is weaker. */
function below(layers: Layered, key: string | number): Layered {
  const having: Layered = []
  for (const { from, path, value } of layers) {
    if (isMap(value) && Object.hasOwn(value, key)) having.push({ from, path: [...path, key], value: value[key] })
  }
  const last = having.findLastIndex(({ value }) => !isMap(value))
  return having.slice(last === having.length - 1 ? Math.max(last, 0) : last + 1)
}
