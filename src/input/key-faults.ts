import { editDistance } from './edit-distance.ts'
import type { Json, Path } from '../artefact/document.ts'
import { isMap, type JsonMap } from '../artefact/json.ts'
import { referencesOf, type Dialect } from './variables.ts'
import { childRule, chosenBy, followed, keysOf, misfit, ruleFor, typeName, type KeyRule, type KeyRules, type KeySchema } from './key-schema.ts'

/** What the schema of a program says against a key. Values are never quoted. */
export type KeyFault = { path: Path; key: string } & (
  /** Nothing reads it. `instead` is what is read in its place; `nearest` the likeliest of the known keys, `only` where there is one at distance 1. */
  | { fault: 'unknown'; instead?: string; nearest?: string; only?: true }
  | { fault: 'deprecated'; instead: string }
  | { fault: 'type'; given: string; expected: string }
  /** A value that the program does not know, or none, so that what goes with it is not read either. */
  | { fault: 'value'; expected: string; absent?: true; nearest?: string; only?: true }
  /** It is read, but the program's own schema does not have it. */
  | { fault: 'unlisted'; instead?: string }
  /** `path` is where it would stand; `key` names the places of which one is needed. */
  | { fault: 'missing' }
)

/** More than this is one fault: the file is of another program. */
const most = 100

/**
 * Compares the keys and types of a configuration with those that the program reads. The host does it, since the nearest of many keys
 * is dear in Rego and the table is no set of rules; what a fault means is for the control to say.
 */
export function keyFaults(value: Json, schema: KeySchema, dialect: Dialect): KeyFault[] {
  const walk: Walk = { schema, dialect, found: [] }
  check(value, schema.root, [], schema.strict === true, walk)
  return walk.found
}

type Walk = { schema: KeySchema; dialect: Dialect; found: KeyFault[] }

function check(value: Json, given: KeyRule, path: Path, strict: boolean, walk: Walk): void {
  const rule = followed(given, walk.schema)
  if (walk.found.length >= most || isUnresolved(value, walk.dialect)) return
  if (typeof rule === 'string') return checkType(value, rule, path, strict, walk)
  if (rule.$enum !== undefined) return checkEnum(value, rule.$enum as string[], path, walk)
  if (isMap(value) && rule.$items === undefined) return checkMap(value, rule, path, strict || rule.$strict === true, walk)
  if (Array.isArray(value) && rule.$items !== undefined) return value.forEach((item, index) => check(item, rule.$items as KeyRule, [...path, index], strict, walk))
  const type = rule.$items === undefined ? 'map' : 'list'
  checkType(value, rule.$or === undefined ? type : `${type}|${rule.$or as string}`, path, strict, walk)
}

function checkType(value: Json, type: string, path: Path, strict: boolean, walk: Walk): void {
  const given = misfit(type, value, strict)
  if (given !== undefined) walk.found.push({ path, key: nameAt(path), fault: 'type', given, expected: typeName(type) })
}

function checkEnum(value: Json, known: string[], path: Path, walk: Walk): void {
  if (value === null || (typeof value === 'string' && known.includes(value))) return
  if (typeof value !== 'string') return checkType(value, 'string', path, true, walk)
  walk.found.push({ path, key: nameAt(path), fault: 'value', expected: known.join(', '), ...nearest(value, Object.fromEntries(known.map(name => [name, '']))) })
}

function checkMap(map: JsonMap, rule: KeyRules, path: Path, strict: boolean, walk: Walk): void {
  const each = childRule(rule, map)
  const keys = each === undefined ? keysOf(rule, map, walk.schema) : undefined
  checkChoice(map, rule, path, walk)
  for (const [key, value] of Object.entries(map)) {
    const place = [...path, key]
    if (each !== undefined) check(value, each, place, strict, walk)
    else if (keys !== undefined && (walk.schema.exact === true || !key.startsWith('x-'))) checkKey(key, value, keys, place, strict, walk)
  }
  missingIn(map, rule, path, walk)
}

/** The value of the key that decides which others are read. */
function checkChoice(map: JsonMap, { $by }: KeyRules, path: Path, walk: Walk): void {
  if ($by === undefined || walk.found.length >= most) return
  const { key: name, of } = $by as { key: string; of: KeyRules }
  const { key, value } = chosenBy(name, map, walk.schema) ?? { key: name, value: null }
  if (value !== null && (typeof value !== 'string' || Object.hasOwn(of, value) || isUnresolved(value, walk.dialect))) return
  walk.found.push({ path: [...path, key], key, fault: 'value', expected: Object.keys(of).join(', '), ...(value === null ? { absent: true } : nearest(value, of)) })
}

function checkKey(key: string, value: Json, keys: KeyRules, path: Path, strict: boolean, walk: Walk): void {
  if (walk.found.length >= most) return
  const deprecated = textIn(keys.$deprecated, key)
  if (deprecated !== undefined) return void walk.found.push({ path, key, fault: 'deprecated', instead: deprecated })
  const rule = ruleFor(keys, key, walk.schema)
  if (rule !== undefined) return check(value, rule, path, strict || keys.$strict === true, walk)
  if (keys.$open === true) return
  const instead = textIn(keys.$instead, key)
  if (Array.isArray(keys.$unlisted) && keys.$unlisted.includes(key)) return void walk.found.push({ path, key, fault: 'unlisted', ...(instead !== undefined && { instead }) })
  walk.found.push({ path, key: key.slice(0, 100), fault: 'unknown', ...(instead === undefined ? nearest(key, keys) : { instead }) })
}

function missingIn(value: JsonMap, { $either, $required }: KeyRules, path: Path, walk: Walk): void {
  const places = ($either ?? []) as string[][]
  if (places.length > 0 && !places.some(place => isThere(value, place))) {
    walk.found.push({ path: [...path, ...places[0]], key: places.map(place => place.join('.')).join(' or '), fault: 'missing' })
  }
  for (const key of ($required ?? []) as string[]) {
    if (value[key] === undefined || value[key] === null || value[key] === '') walk.found.push({ path: [...path, key], key, fault: 'missing' })
  }
}

/** A switch counts when it is on, anything else when it is there. */
function isThere(value: Json | undefined, [step, ...rest]: string[]): boolean {
  if (!isMap(value) || !Object.hasOwn(value, step)) return false
  if (rest.length > 0) return isThere(value[step], rest)
  return step !== 'enabled' || value[step] !== false
}

/** What a variable or template decides has any type. */
function isUnresolved(value: Json, dialect: Dialect): boolean {
  if (typeof value !== 'string') return false
  return value.includes('{{') || (dialect !== 'bridge' && referencesOf(value, dialect).length > 0)
}

function textIn(table: unknown, key: string): string | undefined {
  return isMap(table as Json) && Object.hasOwn(table as JsonMap, key) ? String((table as JsonMap)[key]) : undefined
}

function nameAt(path: Path): string {
  const last = path.findLast(step => typeof step === 'string')
  return last === undefined ? 'the document' : String(last).slice(0, 100)
}

/** The known key that is likeliest meant: few letters away, or the same word with more before or behind it. */
function nearest(key: string, keys: KeyRules): { nearest?: string; only?: true } {
  const name = key.toLowerCase()
  if (name.length > 64) return {}
  const ranked = Object.keys(keys).filter(known => !known.startsWith('$')).map(known => ({ known, away: editDistance(name, known.toLowerCase()) }))
    .sort((one, other) => one.away - other.away || (one.known < other.known ? -1 : 1))
  const [first, second] = ranked
  if (first !== undefined && first.away <= Math.max(1, Math.floor(name.length / 3))) {
    return { nearest: first.known, ...(first.away === 1 && second?.away !== 1 ? { only: true as const } : {}) }
  }
  const longer = ranked.find(({ known }) => `_${known}_`.includes(`_${name}_`) || `_${name}_`.includes(`_${known}_`))
  return longer === undefined ? {} : { nearest: longer.known }
}
