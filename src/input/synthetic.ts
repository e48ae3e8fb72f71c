import type { Json, Path } from '../artefact/document.ts'
import type { JsonMap } from '../artefact/json.ts'

/** Where a value that the host put together comes from: `at`, or for the named steps below it, elsewhere. */
export type Origin = { at: Path; below?: Map<string | number, Origin> }

/** The pod that an operator makes of a custom resource, as far as the resource and the operator's defaults decide it. */
export type SyntheticPod = {
  operator: 'mcp-hangar' | 'toolhive'
  pod: JsonMap
  origin: Origin
  /** Of the pod's metadata in the object, where its writer can set it. */
  metadataPath?: string[]
}

export function from(at: Path, below: [string | number, Origin][] = []): Origin {
  return below.length === 0 ? { at } : { at, below: new Map(below) }
}

/** The path in the object of a path in the synthetic pod; what the operator filled in leads to where it would be written. */
export function originOf(origin: Origin, path: Path): Path {
  let here = origin
  for (let index = 0; index < path.length; index++) {
    const next = here.below?.get(path[index])
    if (next === undefined) return [...here.at, ...path.slice(index)]
    here = next
  }
  return here.at
}

/** The named fields that are written; null is as good as absent. */
export function pick(map: JsonMap, names: readonly string[]): JsonMap {
  const picked: JsonMap = {}
  for (const name of names) if (isWritten(map[name])) picked[name] = map[name]
  return picked
}

export function isWritten(value: Json | undefined): value is Exclude<Json, null> {
  return value !== undefined && value !== null
}
