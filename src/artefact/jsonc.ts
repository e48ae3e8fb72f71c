import type { Node, ParseError } from 'jsonc-parser'
import { type Parsed, ReadError, type Remark } from './document.ts'
import { jsonc } from './lazy.ts'
import { type Placed, parsedFrom } from './placed.ts'

/**
 * Reads JSON with comments and trailing commas; undefined for a text with nothing but comments.
 *
 * The last of duplicate keys counts, as for the clients, with a remark. Throws ReadError.
 */
export function readJsonc(text: string, depth: number): Parsed | undefined {
  const { parseTree, printParseErrorCode } = jsonc()
  refuseDepth(text, depth)
  const errors: ParseError[] = []
  const root = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true })
  const [first] = errors
  if (first !== undefined) throw new ReadError(`not JSON: ${spaced(printParseErrorCode(first.error))}`, first.offset)
  if (root === undefined) return undefined
  const remarks: Remark[] = []
  return parsedFrom(placed(root, [], remarks), remarks)
}

/** The parser calls itself for each level; it is never given more of them than the bound. */
function refuseDepth(text: string, depth: number): void {
  const { createScanner } = jsonc()
  const scanner = createScanner(text, true)
  let level = 0
  for (let token = scanner.scan(); token !== endOfText; token = scanner.scan()) {
    if (token === openBrace || token === openBracket) level++
    else if (token === closeBrace || token === closeBracket) level--
    if (level > depth) throw new ReadError(`nested deeper than ${depth} levels`, scanner.getTokenOffset(), 'depth')
  }
}

// The library's `SyntaxKind` is a `const enum`, of which nothing is left at run time.
const [openBrace, closeBrace, openBracket, closeBracket, endOfText] = [1, 2, 3, 4, 17]

function placed(node: Node, path: (string | number)[], remarks: Remark[]): Placed {
  const span = { start: node.offset, end: node.offset + node.length }
  if (node.type === 'array') return { span, list: (node.children ?? []).map((child, index) => placed(child, [...path, index], remarks)) }
  if (node.type !== 'object') return { span, scalar: node.value }
  const map = new Map<string, Placed>()
  for (const property of node.children ?? []) {
    const [keyNode, valueNode] = property.children ?? []
    const name = String(keyNode.value)
    const key = { start: keyNode.offset, end: keyNode.offset + keyNode.length }
    const earlier = map.get(name)
    if (earlier !== undefined) remarks.push({ kind: 'duplicate-key', path: [...path, name], span: earlier.key!, detail: 'written twice: the last one counts' })
    map.set(name, { ...placed(valueNode, [...path, name], remarks), key })
  }
  return { span, map }
}

/** `PropertyNameExpected` as words. */
function spaced(code: string): string {
  return code.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase()
}
