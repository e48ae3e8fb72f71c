import type { Json, Path } from '../artefact/document.ts'
import type { Layer, Layered } from './layered.ts'

/** A value in the making that knows where its parts came from. What has no `fields` has the shape that it has in the file. */
export type Built = { value: Json; from?: Layered; fields?: { [key: string]: Built } | Built[] }

export function builtRecord(fields: { [key: string]: Built | undefined }, from?: Layered): Built {
  const kept: { [key: string]: Built } = {}
  const value: { [key: string]: Json } = {}
  for (const [key, inner] of Object.entries(fields)) {
    if (inner === undefined) continue
    kept[key] = inner
    value[key] = inner.value
  }
  return { value, fields: kept, ...(from && { from }) }
}

export function builtList(items: Built[], from?: Layered): Built {
  return { value: items.map(item => item.value), fields: items, ...(from && { from }) }
}

export function leaf(value: Json, from?: Layered): Built {
  return from === undefined ? { value } : { value, from }
}

/** The layer and the path in its file that a path of the built value stands for. `root` is the answer for what no file has. */
export function originOf(built: Built, path: Path, root: Layer): { from: number; path: Path } {
  let here: Built | undefined = built
  let known: Layered = [root]
  for (const [index, step] of path.entries()) {
    known = here.from ?? known
    const inner: Built | undefined = here.fields === undefined ? undefined : stepInto(here.fields, step)
    if (inner === undefined) return follow(known, path.slice(index))
    here = inner
  }
  return follow(here.from ?? known, [])
}

function stepInto(fields: { [key: string]: Built } | Built[], step: string | number): Built | undefined {
  if (Array.isArray(fields)) return typeof step === 'number' ? fields[step] : undefined
  return Object.hasOwn(fields, step) ? fields[step] : undefined
}

/** The strongest file that has most of the steps; where none has any, the weakest, which made the thing. */
function follow(layers: Layered, steps: Path): { from: number; path: Path } {
  let best = { layer: layers[0], depth: 0 }
  for (const layer of layers) {
    const depth = depthOf(layer.value, steps)
    if (depth > best.depth || (depth === best.depth && (depth > 0 || steps.length === 0))) best = { layer, depth }
  }
  return { from: best.layer.from, path: [...best.layer.path, ...steps] }
}

function depthOf(value: Json, steps: Path): number {
  let inner: Json = value
  for (const [index, step] of steps.entries()) {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, step)) return index
    inner = (inner as { [key: string | number]: Json })[step]
  }
  return steps.length
}
