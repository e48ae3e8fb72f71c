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
  const { apiVersion = '', objectKind = '', namespace = '', name } = identity
  const group = apiVersion.slice(0, Math.max(0, apiVersion.lastIndexOf('/')))
  const about = name === undefined ? `file\0${file}` : `object\0${group}\0${objectKind}\0${namespace}\0${name}`
  return hash128(`${control}\0${part ?? ''}\0${about}${stableSteps(value, path)}`)
}

function stableSteps(value: Json | undefined, path: Path): string {
  let at: Json | undefined = value
  let steps = ''
  for (const step of path) {
    at = typeof at === 'object' && at !== null ? (at as Record<string | number, Json>)[step] : undefined
    steps += typeof step === 'number' ? `\0[${nameOf(at) ?? '*'}` : `\0.${step}`
  }
  return steps
}

const naming = ['name', 'key', 'id', 'mountPath', 'containerPort']

function nameOf(item: Json | undefined): string | undefined {
  if (typeof item === 'string') return `=${item}`
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return undefined
  for (const key of naming) {
    const name = item[key]
    if (typeof name === 'string' || typeof name === 'number') return `${key}=${name}`
  }
  return undefined
}
