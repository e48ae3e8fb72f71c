import type { Json } from './document.ts'
import { at, isMap } from './json.ts'

/**
 * The files that a kustomization names as patches, as they are written, relative to its folder. Inline patches name no file.
 * They are parts of objects, so that nothing can be said of one alone.
 */
export function patchFiles(kustomization: { value: Json }): string[] {
  const named: (Json | undefined)[] = [
    ...listAt(kustomization.value, 'patches').map(patch => at(patch, 'path')),
    ...listAt(kustomization.value, 'patchesJson6902').map(patch => at(patch, 'path')),
    ...listAt(kustomization.value, 'patchesStrategicMerge'),
  ]
  const files = named.filter((name): name is string => typeof name === 'string' && name !== '' && !/[\n:]/.test(name))
  return [...new Set(files)]
}

/** True for a list of JSON 6902 operations. */
export function isJsonPatch(value: Json): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isOperation)
}

function isOperation(value: Json): boolean {
  if (!isMap(value)) return false
  return typeof value.path === 'string' && typeof value.op === 'string' && operations.has(value.op)
}

const operations = new Set(['add', 'remove', 'replace', 'move', 'copy', 'test'])

/** True where a map inside holds a `$patch` directive of a strategic merge patch. */
export function hasPatchDirective(value: Json): boolean {
  if (Array.isArray(value)) return value.some(hasPatchDirective)
  return isMap(value) && (Object.hasOwn(value, '$patch') || Object.values(value).some(hasPatchDirective))
}

function listAt(value: Json, key: string): Json[] {
  const list = at(value, key)
  return Array.isArray(list) ? list : []
}
