/**
 * Things by a key and by namespace. An unnamed namespace (undefined) equals any where something is looked for: what stands in one is
 * found from everywhere, and from one everything is found.
 */
export type Lookup<Item> = Map<string, Map<string | undefined, Item[]>>

export function add<Item>(lookup: Lookup<Item>, key: string, namespace: string | undefined, item: Item): void {
  let byNamespace = lookup.get(key)
  if (byNamespace === undefined) lookup.set(key, byNamespace = new Map())
  const items = byNamespace.get(namespace)
  if (items === undefined) byNamespace.set(namespace, [item])
  else items.push(item)
}

/** Lists of what has the key, in the namespace first. */
export function find<Item>(lookup: Lookup<Item>, key: string, namespace: string | undefined): Item[][] {
  const byNamespace = lookup.get(key)
  if (byNamespace === undefined) return []
  if (namespace === undefined) return [...byNamespace.values()]
  return [byNamespace.get(namespace), byNamespace.get(undefined)].filter(items => items !== undefined)
}

export function isSameNamespace(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other
}

/** A key of two parts, neither of which can hold the separator in a cluster. */
export function keyOf(first: string, second: string): string {
  return `${first}\u0000${second}`
}
