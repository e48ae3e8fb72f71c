import type { Json, Path } from '../artefact/document.ts'

/**
 * The steps of a path for a fingerprint: keys as they are, and in place of an index what tells the item from its neighbours, so that
 * items may change places. `nameItem` knows the items of one kind of artefact better than this does.
 */
export function stableSteps(value: Json | undefined, path: Path, nameItem: (item: Json, whole: Json) => string | undefined = () => undefined): string[] {
  let at: Json | undefined = value
  return path.map(step => {
    at = typeof at === 'object' && at !== null && Object.hasOwn(at, step) ? (at as Record<string | number, Json>)[step] : undefined
    if (typeof step !== 'number') return `.${step}`
    return at === undefined ? '[' : `[${nameItem(at, value as Json) ?? itemName(at)}`
  })
}

const naming = ['name', 'key', 'id']

/** Also of items that have a name: one volume is mounted at several places, one port opened for several protocols. */
const telling = ['mountPath', 'subPath', 'containerPort', 'port', 'protocol']

/** Of a scalar itself; of a map what names it, else its scalars, else all of it. */
function itemName(item: Json): string {
  if (typeof item !== 'object' || item === null) return `=${typeof item}:${String(item)}`
  if (!Array.isArray(item)) {
    const name = naming.find(key => isScalar(item[key]) && item[key] !== '')
    const own = (name === undefined ? '' : scalarsOf(item, [name])) + scalarsOf(item, telling)
    if (own !== '') return own
  }
  const known = names.get(item) ?? ((Array.isArray(item) ? '' : scalarsOf(item, Object.keys(item).sort())) || canonical(item))
  names.set(item, known)
  return known
}

/** A nameless item may be large and have many findings. */
const names = new WeakMap<object, string>()

function scalarsOf(item: { [key: string]: Json }, keys: string[]): string {
  let text = ''
  for (const key of keys) {
    const value = item[key]
    if (!isScalar(value)) continue
    const written = String(value)
    text += `${key.length}:${key}${(typeof value)[0]}${written.length}:${written}`
  }
  return text
}

const isScalar = (value: Json | undefined): boolean => value !== undefined && value !== null && typeof value !== 'object'

/** JSON with keys in order, so that maps that say the same are the same. */
function canonical(value: Json): string {
  return JSON.stringify(value, (_, inner: Json) => {
    if (typeof inner === 'bigint') return { bigint: String(inner) }
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner
    return Object.fromEntries(Object.keys(inner).sort().map(key => [key, inner[key]]))
  })
}
