import type { Json } from '../artefact/document.ts'
import { isMap, type JsonMap } from '../artefact/json.ts'

/**
 * What one version of a program reads: `policies/data/schemas.json`, by artefact kind and version.
 *
 * A rule is a type (`int`, `list|string`, `duration`, `any`, ...) or a map: its keys are those that are read, each with a rule; `$each` is
 * the rule of every key of an open map, `$items` of the items of a list, `$ref` adds the keys of a definition, `$by` those that go with the
 * value of a sibling key (any other value is refused), `$or` is another type that is fine. `$instead` names what is read in place of a key that
 * is not, `$unlisted` keys that are read though the program's own schema does not have them, `$deprecated` what a key has made way for, `$either`
 * places of which one must be there, `$required` keys, `$enum` the texts that a value may have. `$strict` means that nothing is converted
 * between types, `exact` that keys which begin with `x-` are keys like any other.
 */
export type KeyRule = string | KeyRules
export type KeyRules = { [key: string]: unknown }
export type KeySchema = { root: KeyRules; definitions: { [name: string]: KeyRules }; strict?: boolean; ignore_case?: boolean; exact?: boolean }
export type KeySchemas = { [kind: string]: { [version: string]: KeySchema } }

/** The schema of a version, else the newest one; undefined for a kind that has none. */
export function schemaOf(schemas: KeySchemas, kind: string, version?: string): { version: string; schema: KeySchema } | undefined {
  const versions = schemas[kind]
  if (versions === undefined) return undefined
  const known = version === undefined ? undefined : Object.keys(versions).find(each => version === each || version.startsWith(`${each}.`))
  const chosen = known ?? Object.keys(versions).sort(byVersion).at(-1)
  return chosen === undefined ? undefined : { version: chosen, schema: versions[chosen] }
}

/** The keys that a map may have here, with `$ref` and `$by` put in; undefined when the rule is a type or an open map. */
export function keysOf(rule: KeyRule, map: JsonMap, schema: KeySchema): KeyRules | undefined {
  if (typeof rule === 'string' || rule.$each !== undefined || rule.$items !== undefined) return undefined
  const { $ref, $by, ...own } = rule as KeyRules & { $ref?: string; $by?: { key: string; of: { [value: string]: KeyRules } } }
  const referred = $ref === undefined ? {} : keysOf(schema.definitions[$ref], map, schema)
  if ($by === undefined) return { ...referred, ...own }
  const chosen = chosenBy($by.key, map, schema)?.value
  const added = typeof chosen === 'string' && Object.hasOwn($by.of, chosen) ? $by.of[chosen] : undefined
  return added === undefined ? { ...referred, ...own, $open: true } : { ...referred, ...own, ...added }
}

/** The key of a map that the program reads under a name, as it is written. */
export function chosenBy(name: string, map: JsonMap, schema: KeySchema): { key: string; value: Json } | undefined {
  const key = Object.hasOwn(map, name) || schema.ignore_case !== true ? name : Object.keys(map).find(each => each.toLowerCase() === name)
  return key === undefined || !Object.hasOwn(map, key) ? undefined : { key, value: map[key] }
}

/** The name under which the program knows a key; undefined for one that it does not. */
export function knownName(keys: KeyRules, key: string, schema: KeySchema): string | undefined {
  if (key.startsWith('$')) return undefined
  if (Object.hasOwn(keys, key)) return key
  const folded = schema.ignore_case === true ? key.toLowerCase() : key
  return Object.hasOwn(keys, folded) ? folded : undefined
}

/** The rule for a key of a map. */
export function ruleFor(keys: KeyRules, key: string, schema: KeySchema): KeyRule | undefined {
  const name = knownName(keys, key, schema)
  return name === undefined ? undefined : (keys[name] as KeyRule)
}

/** The rule of a child of a list or an open map. */
export function childRule(rule: KeyRule | undefined, parent: Json): KeyRule | undefined {
  if (rule === undefined || typeof rule === 'string') return undefined
  return (Array.isArray(parent) ? rule.$items : rule.$each) as KeyRule | undefined
}

export function followed(rule: KeyRule, schema: KeySchema): KeyRule {
  return typeof rule !== 'string' && typeof rule.$ref === 'string' && Object.keys(rule).length === 1 ? schema.definitions[rule.$ref] : rule
}

const byVersion = (one: string, other: string): number => one.localeCompare(other, 'en', { numeric: true })

/** What a value is called in a message; undefined when the type fits. `strict` programs convert nothing. */
export function misfit(type: string, value: Json, strict: boolean): string | undefined {
  if (value === null || type.split('|').some(each => fits(each, value, strict))) return undefined
  if (Array.isArray(value)) return 'a list'
  if (isMap(value)) return 'a map'
  if (typeof value === 'string') return 'a string'
  if (typeof value === 'boolean') return 'a boolean'
  return Number.isInteger(Number(value)) ? 'an integer' : 'a number'
}

/** What the program reads there, for a message. */
export function typeName(type: string): string {
  return type.split('|').map(each => typeNames[each] ?? each).join(' or ')
}

const typeNames: { [type: string]: string } = {
  int: 'an integer', number: 'a number', bool: 'a boolean', string: 'a string', duration: 'a duration like 30s', strings: 'a list of strings', list: 'a list', map: 'a map',
}

function fits(type: string, value: Json, strict: boolean): boolean {
  const scalar = typeof value !== 'object'
  switch (type) {
    case 'any': return true
    case 'list': return Array.isArray(value)
    case 'strings': return Array.isArray(value) || (!strict && scalar)
    case 'map': return isMap(value)
    case 'bool': return typeof value === 'boolean' || (!strict && scalar && (isNumber(value) || /^(1|0|t|f|true|false)?$/i.test(value as string)))
    case 'int': return isNumber(value) ? Number.isInteger(Number(value)) || !strict : !strict && scalar && (typeof value === 'boolean' || /^([+-]?\d+)?$/.test(value as string))
    case 'number': return isNumber(value) || (!strict && scalar && (typeof value === 'boolean' || (value as string).trim() === '' || Number.isFinite(Number(value))))
    case 'duration': return typeof value === 'string' && (value === '0' || goDuration.test(value))
    default: return typeof value === 'string' || (!strict && scalar)
  }
}

const isNumber = (value: Json): boolean => typeof value === 'number' || typeof value === 'bigint'
const goDuration = /^[+-]?((\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h))+$/
