import type { Json, Path } from '../artefact/document.ts'
import { isMap, type JsonMap } from '../artefact/json.ts'
import { isJsonPatch } from '../artefact/kustomization.ts'
import { readStream } from '../artefact/yaml/stream.ts'
import { groupOf, textAt } from './view.ts'

/** The places of an object that a patch may change, as a tree of steps from its root. */
export type Touched = {
  /** All that is there and below. */
  whole?: true
  /** What it becomes. */
  scalar?: Scalar
  keys: Map<string, Touched>
  /** Of a list that is merged: the key that tells its items apart, and the places below each item. */
  named?: { key: string; items: Map<string, Touched> }
  /** Below an item that only its number names: numbers change with what other patches do. */
  numbered?: Touched
}

type Scalar = string | number | bigint | boolean

/** One document of a patch; `names` is the object that it says it changes, absent for JSON 6902 and where it says nothing. */
export type PatchDocument = { form: 'merge' | 'json' | 'unread'; names?: Named; touched: Touched }
export type Named = { group: string; kind: string; name: string; namespace: string }

/** Reads the text of a patch. What cannot be read may change everything. */
export function readPatch(text: string): PatchDocument[] {
  return readStream(text, 'kubectl', { depth: deepest }).flatMap(document => {
    if ('empty' in document) return []
    return 'error' in document ? [unreadPatch] : documentsIn(document.parsed.value)
  })
}

export const unreadPatch: PatchDocument = { form: 'unread', touched: { whole: true, keys: new Map() } }

/** Bounds for hostile patches: past them a place stands for all below it. */
const deepest = 100
const mostPlaces = 20_000

function documentsIn(value: Json): PatchDocument[] {
  if (Array.isArray(value)) return isJsonPatch(value) ? [{ form: 'json', touched: touchedByOperations(value as Operation[]) }] : [unreadPatch]
  if (!isMap(value)) return [unreadPatch]
  if (Array.isArray(value.items) && textAt(value, 'kind').endsWith('List')) return value.items.map(item => (isMap(item) ? mergeDocument(item) : unreadPatch))
  return [mergeDocument(value)]
}

function mergeDocument(value: JsonMap): PatchDocument {
  const names = { group: groupOf(value), kind: textAt(value, 'kind'), name: textAt(value, 'metadata', 'name'), namespace: textAt(value, 'metadata', 'namespace') }
  const touched = touchedByMerge(value, names.group)
  return names.kind === '' || names.name === '' ? { form: 'merge', touched } : { form: 'merge', names, touched }
}

type Operation = { op: string; path: string; from?: Json; value?: Json }

function touchedByOperations(operations: Operation[]): Touched {
  const root = noPlace()
  for (const { op, path, from, value } of operations.slice(0, mostPlaces)) {
    if (op === 'test') continue
    const place = pointedAt(root, path)
    if ((op === 'add' || op === 'replace') && isScalar(value)) becomes(place, value)
    else place.whole = true
    if (op === 'move') pointedAt(root, typeof from === 'string' ? from : '').whole = true
  }
  if (operations.length > mostPlaces) root.whole = true
  return root
}

function pointedAt(root: Touched, pointer: string): Touched {
  const steps = pointer.split('/', deepest).slice(1)
  return steps.reduce((place, written) => {
    const step = written.replaceAll('~1', '/').replaceAll('~0', '~')
    if (!/^\d+$/.test(step)) return below(place, step)
    place.numbered ??= noPlace()
    // It may be a key of a map as well.
    place.keys.set(step, place.numbered)
    return place.numbered
  }, root)
}

/** By the name of the list; what is not here is replaced as a whole, as is every list of a kind that is not Kubernetes's own. */
const mergeKeys = new Map<string, string[]>(Object.entries({
  containers: ['name'], initContainers: ['name'], ephemeralContainers: ['name'], volumes: ['name'], env: ['name'], resourceClaims: ['name'],
  imagePullSecrets: ['name'], secrets: ['name'], webhooks: ['name'], volumeMounts: ['mountPath'], volumeDevices: ['devicePath'],
  hostAliases: ['ip'], topologySpreadConstraints: ['topologyKey'], ports: ['containerPort', 'port'],
}))

function touchedByMerge(value: JsonMap, group: string): Touched {
  const root = noPlace()
  let left = mostPlaces
  const merges = !group.includes('.') || group.endsWith('.k8s.io')
  takeMap(root, namelessOf(value))
  return root

  function takeMap(place: Touched, map: JsonMap): void {
    const directive = map.$patch
    if ((directive !== undefined && directive !== 'merge') || map.$retainKeys !== undefined) place.whole = true
    for (const [key, inner] of Object.entries(map)) {
      if (left-- <= 0) place.whole = true
      if (place.whole) return
      if (key === '$patch' || key.startsWith('$setElementOrder/')) continue
      if (key.startsWith(primitives)) below(place, key.slice(primitives.length)).whole = true
      else takeValue(below(place, key), key, inner)
    }
  }

  function takeValue(place: Touched, name: string, inner: Json): void {
    if (isMap(inner)) takeMap(place, inner)
    else if (Array.isArray(inner)) takeList(place, name, inner)
    else if (isScalar(inner)) becomes(place, inner)
    else place.whole = true
  }

  function takeList(place: Touched, name: string, list: Json[]): void {
    const key = merges ? mergeKeys.get(name)?.find(each => isMap(list[0]) && isScalar(list[0][each])) : undefined
    const items = new Map<string, Touched>()
    for (const item of list) {
      const of = key !== undefined && isMap(item) ? item[key] : undefined
      if (key === undefined || !isMap(item) || !isScalar(of) || left-- <= 0) return void (place.whole = true)
      const at = items.get(String(of)) ?? noPlace()
      items.set(String(of), at)
      takeMap(at, item)
    }
    if (key === undefined) place.whole = true
    else place.named = { key, items }
  }
}

const primitives = '$deleteFromPrimitiveList/'

/** What says which object is meant changes nothing of it. */
function namelessOf({ apiVersion: _, kind: __, ...rest }: JsonMap): JsonMap {
  if (!isMap(rest.metadata)) return rest
  const { name: _name, namespace: _namespace, ...metadata } = rest.metadata
  if (Object.keys(metadata).length > 0) return { ...rest, metadata }
  const { metadata: _metadata, ...others } = rest
  return others
}

const noPlace = (): Touched => ({ keys: new Map() })

function below(place: Touched, key: string): Touched {
  const known = place.keys.get(key) ?? noPlace()
  place.keys.set(key, known)
  return known
}

function becomes(place: Touched, scalar: Scalar): void {
  if (place.scalar === undefined) place.scalar = scalar
  else if (place.scalar !== scalar) place.whole = true
}

function isScalar(value: Json | undefined): value is Scalar {
  return value !== undefined && value !== null && typeof value !== 'object'
}

/** Stands for a value of which nothing is known. */
export const unseen: Json = Object.freeze({})

/** What may still be compared: a bound for hostile trees. */
export type Work = { left: number }

/**
 * Whether a patch may change what is at a path of an object, or what is above or below it. One that gives a place the scalar that it
 * has, in `value`, changes nothing there.
 */
export function touches(place: Touched, path: Path, value: Json | undefined, work: Work, from = 0): boolean {
  if (place.whole) return true
  if (place.scalar !== undefined) return place.scalar !== value
  if (from === path.length) return changesBelow(place, value, work)
  if (--work.left < 0) return false
  const step = path[from]
  const inner = innerOf(value, step)
  if (typeof step === 'string') {
    const next = place.keys.get(step)
    return next !== undefined && touches(next, path, inner, work, from + 1)
  }
  if (place.numbered !== undefined && touches(place.numbered, path, inner, work, from + 1)) return true
  if (place.named === undefined) return false
  const name = isMap(inner) ? inner[place.named.key] : undefined
  if (!isScalar(name)) return [...place.named.items.values()].some(item => touches(item, path, inner, work, from + 1))
  const item = place.named.items.get(String(name))
  return item !== undefined && touches(item, path, inner, work, from + 1)
}

function changesBelow({ whole, scalar, keys, named, numbered }: Touched, value: Json | undefined, work: Work): boolean {
  if (whole || numbered !== undefined) return true
  if (scalar !== undefined) return scalar !== value
  if (--work.left < 0) return false
  if (keys.size === 0 && named === undefined) return value === undefined || value === unseen
  for (const [key, next] of keys) if (changesBelow(next, innerOf(value, key), work)) return true
  if (named === undefined || named.items.size === 0) return false
  if (!Array.isArray(value)) return true
  const items = new Map(value.filter(isMap).map(item => [String(item[named.key]), item]))
  work.left -= value.length
  return [...named.items].some(([name, next]) => !items.has(name) || changesBelow(next, items.get(name), work))
}

function innerOf(value: Json | undefined, step: string | number): Json | undefined {
  if (value === unseen) return unseen
  if (typeof step === 'number') return Array.isArray(value) ? value[step] : unseen
  return isMap(value) && Object.hasOwn(value, step) ? value[step] : undefined
}
