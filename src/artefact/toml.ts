import type { AST } from 'toml-eslint-parser'
import { type Parsed, ReadError } from './document.ts'
import { toml } from './lazy.ts'
import { type Placed, parsedFrom } from './placed.ts'

/** Reads TOML. Dates become their text. Throws ReadError. */
export function readToml(text: string): Parsed {
  const program = parse(text)
  const root: PlacedMap = { span: { start: 0, end: text.length }, map: new Map() }
  for (const item of program.body[0].body) {
    const table = item.type === 'TOMLTable' ? openTable(root, item) : root
    for (const entry of item.type === 'TOMLTable' ? item.body : [item]) addKeyValue(table, entry)
  }
  return parsedFrom(root, [])
}

type PlacedMap = Extract<Placed, { map: Map<string, Placed> }>

function parse(text: string): AST.TOMLProgram {
  try {
    return toml().parseTOML(text)
  } catch (error) {
    if (error instanceof toml().ParseError) throw new ReadError('not TOML', error.index)
    if (error instanceof RangeError) throw new ReadError('nested too deep', 0, 'depth')
    throw error
  }
}

/** The map that a table's header names; made where the header is the first to speak of it. */
function openTable(root: PlacedMap, table: AST.TOMLTable): PlacedMap {
  const steps = table.resolvedKey
  let inner: Placed = root
  for (const [index, step] of steps.entries()) {
    const made: Placed = typeof steps[index + 1] === 'number' ? { span: spanOf(table), list: [] } : { span: spanOf(table), map: new Map() }
    inner = childAt(inner, step, typeof step === 'number' ? made : { ...made, key: spanOf(table.key) })
  }
  return inner as PlacedMap
}

/** What stands at a step already, else what was made for it. */
function childAt(parent: Placed, step: string | number, made: Placed): Placed {
  if (typeof step === 'number') {
    const { list } = parent as Extract<Placed, { list: Placed[] }>
    list[step] ??= made
    return list[step]
  }
  const { map } = parent as PlacedMap
  if (!map.has(step)) map.set(step, made)
  return map.get(step)!
}

function addKeyValue(table: PlacedMap, entry: AST.TOMLKeyValue): void {
  const names = entry.key.keys.map(key => (key.type === 'TOMLBare' ? key.name : key.value))
  const key = spanOf(entry.key)
  let inner: Placed = table
  for (const name of names.slice(0, -1)) inner = childAt(inner, name, { span: spanOf(entry), key, map: new Map() })
  ;(inner as PlacedMap).map.set(names.at(-1)!, { ...placedContent(entry.value), key })
}

function placedContent(node: AST.TOMLContentNode): Placed {
  const span = spanOf(node)
  if (node.type === 'TOMLArray') return { span, list: node.elements.map(placedContent) }
  if (node.type === 'TOMLInlineTable') {
    const table: PlacedMap = { span, map: new Map() }
    for (const entry of node.body) addKeyValue(table, entry)
    return table
  }
  if (node.kind === 'integer') return { span, scalar: Number.isSafeInteger(node.value) ? node.value : node.bigint }
  return { span, scalar: 'datetime' in node ? node.datetime : node.value }
}

function spanOf(node: { range: [number, number] }): { start: number; end: number } {
  return { start: node.range[0], end: node.range[1] }
}
