import type { Json, Path } from '../artefact/document.ts'
import type { Identity } from '../input/input.ts'
import { hash128 } from './hash.ts'

/**
 * What a finding is about, whatever line it stands on: control, case, the object's group, kind, namespace and name (where it has no name,
 * the file), and the path with list steps by the item's `name` or `key`. 32 hexadecimal digits. Two findings may share one, so a
 * baseline counts them.
 *
 * `value` is what the path leads through, to find the items' names.
 */
export function fingerprint(control: string, part: string | undefined, identity: Identity, file: string, value: Json | undefined, path: Path): string {
  const group = (identity.apiVersion ?? '').split('/').slice(0, -1).join('/')
  const about = identity.name === undefined ? ['file', file] : ['object', group, identity.objectKind ?? '', identity.namespace ?? '', identity.name]
  const text = JSON.stringify([control, part ?? '', ...about, stableSteps(value, path)])
  return hash128(text)
}

function stableSteps(value: Json | undefined, path: Path): (string | number)[] {
  let at: Json | undefined = value
  return path.map(step => {
    const inside: Json | undefined = typeof at === 'object' && at !== null ? (at as Record<string | number, Json>)[step] : undefined
    at = inside
    return typeof step === 'number' ? nameOf(inside) ?? '*' : step
  })
}

function nameOf(item: Json | undefined): string | undefined {
  if (typeof item === 'string') return `=${item}`
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return undefined
  for (const key of ['name', 'key', 'id', 'mountPath', 'containerPort']) {
    const name = item[key]
    if (typeof name === 'string' || typeof name === 'number') return `${key}=${name}`
  }
  return undefined
}
