/*
 * The parser: tokens to a value and a table of positions, in one pass.
 *
 * Derived from go-yaml v2 (parserc.go, decode.go), a translation of libyaml:
 *   Copyright (c) 2006-2010 Kirill Simonov, Copyright (c) 2011-2019 Canonical Ltd; MIT and Apache-2.0;
 * and from sigs.k8s.io/yaml (yaml.go), Copyright (c) 2014 Sam Ghods, MIT, Copyright The Kubernetes Authors, Apache-2.0.
 *
 * Each function of the grammar is one state of libyaml's machine or a few in a row. The value of an aliased node is shared by its uses.
 */
import { ReadError, type Json } from '../document.ts'
import { allowedAliasRatio } from './budget.ts'
import { HINTS, resolvePlain, type Dialect, type Resolved } from './resolve.ts'
import { COOKED, PLAIN } from './scalar.ts'
import * as scanner from './scan.ts'
import {
  ALIAS, ANCHOR, BLOCK_END, BLOCK_ENTRY, BLOCK_MAPPING_START, BLOCK_SEQUENCE_START, DOCUMENT_END, DOCUMENT_START, FLOW_ENTRY, FLOW_MAPPING_END,
  FLOW_MAPPING_START, FLOW_SEQUENCE_END, FLOW_SEQUENCE_START, KEY, SCALAR, STREAM_END, TAG, TAG_DIRECTIVE, VALUE, VERSION_DIRECTIVE, fail, peek,
  scan, skipToken, startScan, suffixes, texts,
} from './scan.ts'
import * as table from './table.ts'
import { keyText, resolveTagged } from './tag.ts'

/** Something noticed on the way, by record; paths are worked out afterwards, only when there is any. */
export type Note = { kind: 'ambiguous-scalar' | 'inexact-number' | 'merge-order'; record: number; detail: string; key?: string }

/** One document as the parser leaves it. */
export type Built = {
  value: Json
  table: table.Table
  hasBigInt: boolean
  notes: Note[]
  /** Records of maps in which a key seems to be written twice. */
  doubled: number[]
}

type Anchored = { record: number; value: Json; open: boolean; decodes: number; key: Resolved | undefined }

/** A value that YAML has and JSON has not. It is an error only if it is still there when the document is complete. */
class Unsupported {
  readonly message: string
  readonly offset: number
  constructor(message: string, offset: number) {
    this.message = message
    this.offset = offset
  }
}
const BAD_KEY = Symbol('bad key')

let dialect: Dialect = 'kubectl'
let shared: table.Shared
let root = 0
let maxDepth = 1000
let hasBigInt = false
let unsupported = false
let notes: Note[] = []
let doubled: number[] = []
let anchors: Map<string, Anchored> | undefined
let oddKeys: Map<number, string> | undefined
let tags: Map<number, string> | undefined
let prefixes: Map<string, string> | undefined
/** Nodes decoded twice or more by way of aliases, nodes that go-yaml does not decode, and how many decodes come from aliases. */
let repeated = 0
let skipped = 0
let fromAliases = 0
/** Where the node that was read last ends, and what it is as a key. */
let lastEnd = 0
let lastKey: Resolved | undefined
/** True while a key with an anchor or a tag is read. */
let isKey = false
/** The tag of the last scalar that had one. */
let lastTag: string | undefined

export function startParse(into: table.Shared, from: number, end: number, as: Dialect, depth: number): void {
  startScan(into.text, from, end)
  shared = into
  dialect = as
  maxDepth = depth
}

/** Reads one document; undefined when the text holds none. Afterwards the next token is the first that is not its own. */
export function parseDocument(first: boolean): Built | undefined {
  root = table.recordCount()
  isKey = false
  hasBigInt = false
  unsupported = false
  notes = []
  doubled = []
  anchors = undefined
  oddKeys = undefined
  tags = undefined
  prefixes = undefined
  repeated = 0
  skipped = 0
  fromAliases = 0
  let type = peek()
  if (!first) {
    while (type === DOCUMENT_END) {
      skipToken()
      type = peek()
    }
  }
  if (type === STREAM_END) return undefined
  let value: Json
  if (first && type !== VERSION_DIRECTIVE && type !== TAG_DIRECTIVE && type !== DOCUMENT_START) {
    value = parseNode(true, false, 0)
  } else {
    parseDirectives()
    type = peek()
    if (type !== DOCUMENT_START) fail('did not find expected <document start>', scanner.starts[scan.head])
    const mark = scanner.ends[scan.head]
    skipToken()
    type = peek()
    const empty = type === VERSION_DIRECTIVE || type === TAG_DIRECTIVE || type === DOCUMENT_START || type === DOCUMENT_END || type === STREAM_END
    value = empty ? emptyScalar(mark) : parseNode(true, false, 0)
  }
  if (peek() === DOCUMENT_END) skipToken()
  if (fromAliases > 0) checkAliases()
  if (unsupported) refuseUnsupported(value)
  return { value, table: { shared, root, oddKeys, tags }, hasBigInt, notes, doubled }
}

function parseDirectives(): void {
  let version = false
  for (;;) {
    const type = peek()
    const start = scanner.starts[scan.head]
    if (type === VERSION_DIRECTIVE) {
      const number = texts[scan.head]!
      if (number !== '') {
        if (version) fail('found duplicate %YAML directive', start)
        version = true
        if (dialect === 'pyyaml' ? !number.startsWith('1.') : number !== '1.1') fail('found incompatible YAML document', start)
      }
    } else if (type === TAG_DIRECTIVE) {
      prefixes ??= new Map()
      const handle = texts[scan.head]!
      if (prefixes.has(handle)) fail('found duplicate %TAG directive', start)
      prefixes.set(handle, suffixes[scan.head])
    } else {
      return
    }
    skipToken()
  }
}

function deeper(depth: number): number {
  if (depth >= maxDepth) throw new ReadError(`exceeded max depth of ${maxDepth}`, scanner.starts[scan.head], 'depth')
  return depth + 1
}

function parseNode(block: boolean, indentless: boolean, depth: number): Json {
  let type = peek()
  if (type === SCALAR) return plainOrQuoted()
  if (type === ALIAS) return parseAlias()
  if (type !== ANCHOR && type !== TAG) return parseContent(type, block, indentless, depth)

  let anchor: string | undefined
  let tag: string | undefined
  let end = 0
  for (let i = 0; i < 2; i++) {
    if (type === ANCHOR && anchor === undefined) anchor = texts[scan.head]!
    else if (type === TAG && tag === undefined) tag = longTag(texts[scan.head]!, suffixes[scan.head])
    else break
    end = scanner.ends[scan.head]
    skipToken()
    type = peek()
  }
  const record = table.recordCount()
  const decodes = decodeCount()
  const entry: Anchored | undefined = anchor === undefined ? undefined : { record, value: null, open: true, decodes: 0, key: undefined }
  if (entry !== undefined) {
    anchors ??= new Map()
    if (dialect === 'pyyaml' && anchors.has(anchor!)) fail('found duplicate anchor', end)
    anchors.set(anchor!, entry)
  }
  const value = parseTagged(type, block, indentless, depth, tag, end)
  if (entry !== undefined) {
    entry.value = value
    entry.open = false
    entry.decodes = decodeCount() - decodes
    entry.key = lastKey ?? { type: typeof value === 'number' ? 'int' : 'string', value }
  }
  return value
}

function longTag(handle: string, suffix: string): string {
  if (handle === '') return suffix
  const prefix = prefixes?.get(handle) ?? (handle === '!' ? '!' : handle === '!!' ? 'tag:yaml.org,2002:' : undefined)
  if (prefix === undefined || prefix + suffix === '') fail('found undefined tag handle', scanner.starts[scan.head])
  return prefix + suffix
}

/** A node after its anchor and tag. */
function parseTagged(type: number, block: boolean, indentless: boolean, depth: number, tag: string | undefined, end: number): Json {
  if (tag !== undefined && tag !== '!' && !tag.startsWith('tag:yaml.org,2002:')) (tags ??= new Map()).set(table.recordCount(), tag)
  if (type === SCALAR) return tag === undefined ? plainOrQuoted() : taggedScalar(tag, true)
  const isCollection =
    type === FLOW_SEQUENCE_START || type === FLOW_MAPPING_START || (block && (type === BLOCK_SEQUENCE_START || type === BLOCK_MAPPING_START)) ||
    (indentless && type === BLOCK_ENTRY)
  if (isCollection) {
    if (dialect === 'pyyaml' && tag !== undefined) checkPythonTag(tag, type)
    return parseContent(type, block, indentless, depth)
  }
  if (tag === undefined) return emptyScalar(end)
  return taggedScalar(tag, false, end)
}

function checkPythonTag(tag: string, type: number): void {
  const isMap = type === FLOW_MAPPING_START || type === BLOCK_MAPPING_START
  const known = tag === '!' || (isMap ? ['map', 'set'] : ['seq', 'omap', 'pairs']).some(name => tag === `tag:yaml.org,2002:${name}`)
  if (!known) fail('could not determine a constructor for the tag', scanner.starts[scan.head])
}

function parseContent(type: number, block: boolean, indentless: boolean, depth: number): Json {
  lastKey = undefined
  if (block && type === BLOCK_MAPPING_START) return blockMapping(deeper(depth))
  if (indentless && type === BLOCK_ENTRY) return blockSequence(true, deeper(depth))
  if (type === FLOW_SEQUENCE_START) return flowSequence(deeper(depth))
  if (type === FLOW_MAPPING_START) return flowMapping(deeper(depth))
  if (block && type === BLOCK_SEQUENCE_START) return blockSequence(false, deeper(depth))
  return fail('did not find expected node content', scanner.starts[scan.head])
}

function parseAlias(): Json {
  const head = scan.head
  const start = scanner.starts[head]
  lastEnd = scanner.ends[head]
  const target = anchors?.get(texts[head]!)
  if (target === undefined) fail('unknown anchor referenced', start)
  if (target.open) fail('the value of an anchor contains itself', start)
  skipToken()
  if (fromAliases > 0) checkAliases()
  table.setTarget(table.addRecord(start, lastEnd, table.LINK), target.record)
  repeated += target.decodes
  fromAliases += target.decodes
  checkAliases()
  lastKey = target.key
  return target.value
}

/** How many nodes go-yaml has decoded by now. */
function decodeCount(): number {
  return 1 + table.recordCount() - root - skipped + repeated
}

function checkAliases(): void {
  const decodes = decodeCount()
  if (fromAliases > 100 && decodes > 1000 && fromAliases / decodes > allowedAliasRatio(decodes)) {
    throw new ReadError('document contains excessive aliasing', lastEnd, 'aliases')
  }
}

function emptyScalar(mark: number): Json {
  table.addRecord(mark, mark, table.TEXT)
  lastEnd = mark
  lastKey = NULL
  return null
}

const NULL: Resolved = { type: 'null', value: null }

/** The scalar at the head of the queue, which has no tag. */
function plainOrQuoted(): Json {
  const head = scan.head
  const start = scanner.starts[head]
  const end = scanner.ends[head]
  const style = scanner.styles[head]
  lastEnd = end
  const { text } = scan
  skipToken()
  table.addRecord(start, end, recordFlags(style))
  if (style === PLAIN) {
    const c = text.charCodeAt(start)
    if (c > 127 || HINTS[c] === 0) {
      const value = text.slice(start, end)
      lastKey = undefined
      lastText = value
      return value
    }
    if (c >= 0x31 && c <= 0x39 && end - start < 16) {
      const n = smallInteger(text, start, end)
      if (n >= 0) {
        lastKey = undefined
        lastText = undefined
        lastNumber = n
        return n
      }
    }
    return noted(resolvePlain(text.slice(start, end), dialect), table.recordCount() - 1)
  }
  const cooked = texts[head]
  if ((style & 7) === PLAIN) return noted(resolvePlain(cooked!, dialect), table.recordCount() - 1)
  const value = cooked === null ? text.slice(start + 1, end - 1) : cooked
  lastKey = undefined
  lastText = value
  return value
}

/** With `lastKey` undefined: the text of the last scalar if it was a string, else its number is in `lastNumber`. */
let lastText: string | undefined
let lastNumber = 0

function recordFlags(style: number): number {
  return table.TEXT | ((style & 7) << table.STYLE_SHIFT) | ((style & COOKED) << 3) | ((style >> 4) << table.INDENT_SHIFT)
}

function smallInteger(text: string, start: number, end: number): number {
  let n = 0
  for (let p = start; p < end; p++) {
    const digit = text.charCodeAt(p) - 0x30
    if (digit < 0 || digit > 9) return -1
    n = n * 10 + digit
  }
  return n
}

function noted(found: Resolved, record: number): Json {
  lastKey = found
  if (found.note !== undefined) notes.push({ record, ...found.note })
  if (typeof found.value === 'bigint') hasBigInt = true
  if (found.type === 'infinite' && dialect === 'kubectl') return refused('json: unsupported value', table.startOfRecord(record))
  // PyYAML has no constructor for a lone `<<` or `=`, but takes them as keys.
  if (found.type === 'error' && isKey && found.value !== null) {
    lastKey = { type: 'string', value: found.value }
    return found.value
  }
  if (found.type === 'error') return fail('could not determine a constructor for the tag', table.startOfRecord(record))
  return found.value
}

function refused(message: string, offset: number): Json {
  unsupported = true
  return new Unsupported(message, offset) as unknown as Json
}

function taggedScalar(tag: string, present: boolean, mark = 0): Json {
  lastTag = tag
  let text = ''
  let start = mark
  let end = mark
  let flags = table.TEXT
  if (present) {
    const head = scan.head
    start = scanner.starts[head]
    end = scanner.ends[head]
    const style = scanner.styles[head]
    flags = recordFlags(style)
    text = texts[head] ?? ((style & 7) === PLAIN ? scan.text.slice(start, end) : scan.text.slice(start + 1, end - 1))
    skipToken()
  }
  lastEnd = end
  const record = table.addRecord(start, end, flags)
  const found = resolveTagged(tag, text, dialect, table.isPlainRecord(record))
  if (found.type === 'fault') fail(found.message, start)
  return noted(found, record)
}

function blockSequence(indentless: boolean, depth: number): Json {
  const record = table.addRecord(scanner.starts[scan.head], 0, table.LIST)
  if (!indentless) skipToken()
  const list: Json[] = []
  let end = 0
  for (;;) {
    let type = peek()
    if (type === BLOCK_ENTRY) {
      const mark = scanner.ends[scan.head]
      skipToken()
      type = peek()
      const empty = type === BLOCK_ENTRY || type === BLOCK_END || (indentless && (type === KEY || type === VALUE))
      list.push(empty ? emptyScalar(mark) : parseNode(true, false, depth))
      end = lastEnd
    } else {
      if (!indentless) {
        if (type !== BLOCK_END) fail("did not find expected '-' indicator", scanner.starts[scan.head])
        skipToken()
      }
      table.closeRecord(record, end)
      lastEnd = end
      lastKey = undefined
      // A list that grew has room for sixteen more, and a run keeps tens of thousands of short ones.
      return list.slice()
    }
  }
}

function blockMapping(depth: number): Json {
  const record = table.addRecord(scanner.starts[scan.head], 0, table.MAP)
  skipToken()
  const map: { [key: string]: Json } = {}
  let end = scanner.starts[scan.head]
  for (;;) {
    let type = peek()
    if (type !== KEY) {
      if (type !== BLOCK_END) fail('did not find expected key', scanner.starts[scan.head])
      skipToken()
      table.closeRecord(record, end)
      lastEnd = end
      lastKey = undefined
      return map
    }
    const mark = scanner.ends[scan.head]
    skipToken()
    type = peek()
    const keyRecord = table.recordCount()
    const key = type === SCALAR ? scalarKey() : type === KEY || type === VALUE || type === BLOCK_END ? emptyKey(mark) : nodeKey(true, depth)
    type = peek()
    let value: Json
    if (type === VALUE) {
      const valueMark = scanner.ends[scan.head]
      skipToken()
      type = peek()
      value =
        type === SCALAR ? plainOrQuoted()
        : type === KEY || type === VALUE || type === BLOCK_END ? emptyScalar(valueMark)
        : parseNode(true, true, depth)
    } else {
      value = emptyScalar(table.endOfRecord(keyRecord))
    }
    end = lastEnd
    put(map, key, value, record, keyRecord)
  }
}

function flowSequence(depth: number): Json {
  const record = table.addRecord(scanner.starts[scan.head], 0, table.LIST)
  skipToken()
  const list: Json[] = []
  for (let first = true; ; first = false) {
    let type = peek()
    if (type !== FLOW_SEQUENCE_END && !first) {
      if (type !== FLOW_ENTRY) fail("did not find expected ',' or ']'", scanner.starts[scan.head])
      skipToken()
      type = peek()
    }
    if (type === FLOW_SEQUENCE_END) {
      lastEnd = scanner.ends[scan.head]
      skipToken()
      table.closeRecord(record, lastEnd)
      lastKey = undefined
      return list
    }
    list.push(type === KEY ? flowPair(deeper(depth)) : parseNode(false, false, depth))
  }
}

/** `[a: b]`, a map of one pair. */
function flowPair(depth: number): Json {
  const map: { [key: string]: Json } = {}
  const record = table.addRecord(scanner.starts[scan.head], 0, table.MAP)
  skipToken()
  let type = peek()
  const keyRecord = table.recordCount()
  let key: string | undefined
  if (type !== VALUE && type !== FLOW_ENTRY && type !== FLOW_SEQUENCE_END) {
    key = nodeKey(false, depth)
  } else {
    // libyaml drops this token, whichever it is.
    const mark = scanner.ends[scan.head]
    if (dialect !== 'pyyaml') skipToken()
    key = emptyKey(mark)
  }
  type = peek()
  let value: Json
  if (type === VALUE) {
    const mark = scanner.ends[scan.head]
    skipToken()
    type = peek()
    value = type !== FLOW_ENTRY && type !== FLOW_SEQUENCE_END ? parseNode(false, false, depth) : emptyScalar(mark)
  } else {
    value = emptyScalar(lastEnd)
  }
  const end = lastEnd
  put(map, key, value, record, keyRecord)
  peek()
  table.closeRecord(record, end)
  lastEnd = end
  lastKey = undefined
  return map
}

function flowMapping(depth: number): Json {
  const record = table.addRecord(scanner.starts[scan.head], 0, table.MAP)
  skipToken()
  const map: { [key: string]: Json } = {}
  for (let first = true; ; first = false) {
    let type = peek()
    if (type !== FLOW_MAPPING_END && !first) {
      if (type !== FLOW_ENTRY) fail("did not find expected ',' or '}'", scanner.starts[scan.head])
      skipToken()
      type = peek()
    }
    if (type === FLOW_MAPPING_END) {
      lastEnd = scanner.ends[scan.head]
      skipToken()
      table.closeRecord(record, lastEnd)
      lastKey = undefined
      return map
    }
    const keyRecord = table.recordCount()
    let key: string | undefined
    let value: Json
    if (type === KEY) {
      const mark = scanner.ends[scan.head]
      skipToken()
      type = peek()
      key = type !== VALUE && type !== FLOW_ENTRY && type !== FLOW_MAPPING_END ? nodeKey(false, depth) : emptyKey(mark)
      type = peek()
      if (type === VALUE) {
        const valueMark = scanner.ends[scan.head]
        skipToken()
        type = peek()
        value = type !== FLOW_ENTRY && type !== FLOW_MAPPING_END ? parseNode(false, false, depth) : emptyScalar(valueMark)
      } else {
        value = emptyScalar(lastEnd)
      }
    } else {
      key = nodeKey(false, depth)
      peek()
      value = emptyScalar(lastEnd)
    }
    put(map, key, value, record, keyRecord)
  }
}

/** A `<<` that merges; no key that is written has this text. */
const MERGE = '\0<<'

function emptyKey(mark: number): string | undefined {
  emptyScalar(mark)
  return keyOf(table.recordCount() - 1)
}

/** The key at the head of the queue, a scalar without a tag; undefined when it cannot be a key of an object. */
function scalarKey(): string | undefined {
  const head = scan.head
  if (scanner.styles[head] === PLAIN) {
    const start = scanner.starts[head]
    const c = scan.text.charCodeAt(start)
    if (c > 127 || HINTS[c] === 0) {
      const end = scanner.ends[head]
      skipToken()
      table.addRecord(start, end, table.TEXT)
      lastEnd = end
      return scan.text.slice(start, end)
    }
    if (c === 0x3c && scanner.ends[head] === start + 2 && scan.text.charCodeAt(start + 1) === 0x3c) {
      table.addRecord(start, start + 2, table.TEXT | table.IS_MERGE)
      lastEnd = start + 2
      skipToken()
      return MERGE
    }
  }
  const record = table.recordCount()
  if (dialect === 'pyyaml' && scanner.styles[head] === PLAIN && scan.text.slice(scanner.starts[head], scanner.ends[head]) === '=') {
    table.addRecord(scanner.starts[head], (lastEnd = scanner.ends[head]), table.TEXT)
    skipToken()
    return '='
  }
  plainOrQuoted()
  return keyOf(record)
}

/** Any node as a key. */
function nodeKey(block: boolean, depth: number): string | undefined {
  const type = peek()
  if (type === SCALAR) return scalarKey()
  const record = table.recordCount()
  const start = scanner.starts[scan.head]
  lastTag = undefined
  isKey = true
  parseNode(block, block, depth)
  isKey = false
  const kind = table.kindOfRecord(record) === table.LINK ? table.kindOfRecord(table.targetOfRecord(record)) : table.kindOfRecord(record)
  if (kind !== table.TEXT) fail('invalid map key: a map or a list cannot be a key', start)
  table.markRecord(record, table.IS_ODD_KEY)
  const name = keyOf(record)
  if (name === '<<' && merges(record)) {
    table.markRecord(record, table.IS_MERGE)
    return MERGE
  }
  if (name !== undefined) (oddKeys ??= new Map()).set(record, name)
  return name
}

/** `&a <<`, `! <<` and `!!merge <<` merge too, an alias of any of them does not. */
function merges(record: number): boolean {
  if (table.kindOfRecord(record) !== table.TEXT) return false
  return lastTag === undefined ? table.isPlainRecord(record) : lastTag === '!' || lastTag === 'tag:yaml.org,2002:merge'
}

function keyOf(record: number): string | undefined {
  if (lastKey === undefined) {
    return lastText === undefined ? String(lastNumber) : lastText
  }
  const name = keyText(lastKey, dialect)
  if (name === undefined && dialect !== 'kubectl') fail('a key that is no string', table.startOfRecord(record))
  return name
}

function put(map: { [key: string]: Json }, key: string | undefined, value: Json, record: number, keyRecord: number): void {
  if (key === MERGE) return merge(map, value, keyRecord)
  if (key === undefined) {
    const bad = refused('unsupported map key: null', table.startOfRecord(keyRecord))
    Object.defineProperty(map, BAD_KEY, { value: bad, enumerable: true, configurable: true })
    return
  }
  // An own key, or one that every object inherits: both are rare.
  if (map[key] !== undefined) putAgain(map, key, value, record, keyRecord)
  else map[key] = value
}

function putAgain(map: { [key: string]: Json }, key: string, value: Json, record: number, keyRecord: number): void {
  if (Object.hasOwn(map, key)) {
    if (doubled[doubled.length - 1] !== record) doubled.push(record)
    if (dialect === 'go-yaml-v3' && !merged?.get(map)?.has(key)) fail('mapping key already defined', table.startOfRecord(keyRecord))
    merged?.get(map)?.delete(key)
  }
  setOwn(map, key, value)
}

function setOwn(map: { [key: string]: Json }, key: string, value: Json): void {
  if (key === '__proto__') Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true })
  else map[key] = value
}

/** Of maps that hold merged keys: which keys of theirs are only merged so far. */
let merged: WeakMap<object, Set<string>> | undefined

function merge(map: { [key: string]: Json }, value: Json, keyRecord: number): void {
  skipped++
  const at = keyRecord + 1
  const kind = effectiveKind(at)
  merged ??= new WeakMap()
  let ours = merged.get(map)
  if (ours === undefined) merged.set(map, (ours = new Set()))
  else if (dialect === 'go-yaml-v3') fail('mapping key already defined', table.startOfRecord(keyRecord))
  const start = table.startOfRecord(at)
  if (kind === table.MAP) return mergeMap(map, value as { [key: string]: Json }, ours, keyRecord)
  if (kind !== table.LIST || (table.kindOfRecord(at) === table.LINK && dialect !== 'pyyaml')) fail('map merge requires map or sequence of maps as the value', start)
  skipped++
  let child = (table.kindOfRecord(at) === table.LINK ? table.targetOfRecord(at) : at) + 1
  for (const _ of value as Json[]) {
    if (effectiveKind(child) !== table.MAP) fail('map merge requires map or sequence of maps as the value', start)
    child = table.afterRecord(child)
  }
  // The first in the list has the last word.
  for (const item of (value as { [key: string]: Json }[]).toReversed()) mergeMap(map, item, ours, keyRecord)
}

function effectiveKind(record: number): number {
  const kind = table.kindOfRecord(record)
  return kind === table.LINK ? table.kindOfRecord(table.targetOfRecord(record)) : kind
}

function mergeMap(map: { [key: string]: Json }, from: { [key: string]: Json }, ours: Set<string>, keyRecord: number): void {
  for (const key of Object.keys(from)) {
    const value = from[key]
    const exists = Object.hasOwn(map, key)
    if (exists && !ours.has(key)) {
      if (dialect !== 'kubectl') continue
      if (map[key] !== value) notes.push({ kind: 'merge-order', record: keyRecord, key, detail: 'kubectl takes the merged value, because `<<` comes later; YAML and kustomize take the written one' })
    }
    if (!exists) ours.add(key)
    setOwn(map, key, value)
  }
  const bad = (from as { [BAD_KEY]?: Json })[BAD_KEY]
  if (bad !== undefined) Object.defineProperty(map, BAD_KEY, { value: bad, enumerable: true, configurable: true })
}

/** Throws for the first value that JSON has not, in what is left of the document. */
function refuseUnsupported(root: Json): void {
  const seen = new Set<object>()
  const todo: Json[] = [root]
  while (todo.length > 0) {
    const value = todo.pop()!
    if (typeof value !== 'object' || value === null || seen.has(value)) continue
    if (value instanceof Unsupported) fail(value.message, value.offset)
    seen.add(value)
    const bad = (value as { [BAD_KEY]?: Unsupported })[BAD_KEY]
    if (bad !== undefined) fail(bad.message, bad.offset)
    for (const child of Object.values(value)) todo.push(child)
  }
}
