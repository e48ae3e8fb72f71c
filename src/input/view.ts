/** A map of JSON that is only looked at: a Kubernetes object as it was read, or its projection. */
export type View = { readonly [key: string]: unknown }

export function isView(value: unknown): value is View {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value at a path of keys; undefined where a step is no map or does not exist. */
export function valueAt(value: unknown, ...keys: string[]): unknown {
  let inner = value
  for (const key of keys) {
    if (!isView(inner) || !Object.hasOwn(inner, key)) return undefined
    inner = inner[key]
  }
  return inner
}

/** The map at a path of keys, empty where there is none. */
export function viewAt(value: unknown, ...keys: string[]): View {
  const inner = valueAt(value, ...keys)
  return isView(inner) ? inner : nothing
}

/** The maps of the list at a path of keys. */
export function viewsAt(value: unknown, ...keys: string[]): View[] {
  const inner = valueAt(value, ...keys)
  return Array.isArray(inner) ? inner.filter(isView) : []
}

/** The string at a path of keys, empty where there is none or where it is unresolved. */
export function textAt(value: unknown, ...keys: string[]): string {
  const inner = valueAt(value, ...keys)
  return typeof inner === 'string' ? inner : ''
}

/** The strings of the list at a path of keys; what is no string is left out. */
export function textsAt(value: unknown, ...keys: string[]): string[] {
  const inner = valueAt(value, ...keys)
  return Array.isArray(inner) ? inner.filter(item => typeof item === 'string') : []
}

/** The API group of an object, empty for the core group. */
export function groupOf(object: View): string {
  const apiVersion = textAt(object, 'apiVersion')
  return apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/')))
}

const nothing: View = Object.freeze({})
