import type { Json, Parsed, Path, Place, Remark, Span } from './document.ts'

/** A value in the making, with the place of every part: what the readers of JSON with comments, TOML, env files and Dockerfiles build. */
export type Placed = { span: Span; key?: Span } & (
  | { scalar: null | boolean | number | bigint | string }
  | { list: Placed[] }
  | { map: Map<string, Placed> }
)

export function placedScalar(scalar: null | boolean | number | bigint | string, span: Span): Placed {
  return { scalar, span }
}

export function placedList(list: Placed[], span: Span): Placed {
  return { list, span }
}

/** A map of values that all stand at their own span; a value that has no key in the source keeps none. */
export function placedRecord(entries: { [key: string]: Placed }, span: Span): Placed {
  return { map: new Map(Object.entries(entries)), span }
}

/** Makes the document of a tree. */
export function parsedFrom(root: Placed, remarks: Remark[]): Parsed {
  const found = { bigint: false }
  return {
    value: valueOf(root, found),
    locate: path => locateIn(root, path),
    remarks,
    hasBigInt: found.bigint,
  }
}

function valueOf(node: Placed, found: { bigint: boolean }): Json {
  if ('list' in node) return node.list.map(item => valueOf(item, found))
  if ('map' in node) {
    const value: { [key: string]: Json } = {}
    for (const [key, child] of node.map) setKey(value, key, valueOf(child, found))
    return value
  }
  if (typeof node.scalar === 'bigint') found.bigint = true
  return node.scalar
}

/** Sets a key of any name: `__proto__` becomes an ordinary key. */
export function setKey(map: { [key: string]: Json }, key: string, value: Json): void {
  if (key === '__proto__') Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true })
  else map[key] = value
}

function locateIn(root: Placed, path: Path): Place {
  let node = root
  for (const [index, step] of path.entries()) {
    const child = childOf(node, step)
    if (child === undefined) return placeOf(node, path.length - index)
    node = child
  }
  return placeOf(node, 0)
}

function childOf(node: Placed, step: string | number): Placed | undefined {
  if ('list' in node) return typeof step === 'number' ? node.list[step] : undefined
  return 'map' in node ? node.map.get(String(step)) : undefined
}

function placeOf(node: Placed, missing: number): Place {
  return node.key === undefined ? { value: node.span, missing } : { key: node.key, value: node.span, missing }
}
