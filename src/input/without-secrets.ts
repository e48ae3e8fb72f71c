import type { Json, Path } from '../artefact/document.ts'
import { isMap, type JsonMap } from '../artefact/json.ts'
import { argumentsOf } from './arguments.ts'
import { childRule, followed, keysOf, knownName, type KeyRule, type KeySchema } from './key-schema.ts'
import { defaultInputLimits, OverLimitError, type InputLimits } from './limit.ts'
import { placeholderOf, type PlaceholderAt } from './placeholder.ts'
import { isSecretName, type SecretRules } from './secret-name.ts'
import { classifySecret, isCredentialHeader, maskUrl, secretOf, type SecretFact } from './secret.ts'
import { userNamesIn } from './user-names.ts'
import { referencesOf, type Dialect } from './variables.ts'

export type SecretAt = SecretFact & { path: Path; name: string }

/** A value that may be shown to controls. */
export type Shown = {
  value: Json
  /** Every secret in it, in order; those that are only referred to as well. */
  secrets: SecretAt[]
  /** Scalars that hold a placeholder and are no secrets. */
  placeholders: PlaceholderAt[]
  /** Scalars that are the fallback of a variable, which whoever deploys may set. */
  defaults: { path: Path; variable: string }[]
  /**
   * Keys that the copy has and the value has not, by their place in the copy, with their place in the value: each `_seconds`, made of a
   * duration, and the name of a key for a program that reads it in any case.
   */
  made: Map<string, Path>
}

export const placeKey = (path: Path): string => path.join('\0')

/** The place in the value of a place in its copy. */
export function sourcePath(path: Path, made: Map<string, Path>): Path {
  if (made.size === 0) return path
  for (let length = path.length; length > 0; length--) {
    const source = made.get(placeKey(path.slice(0, length)))
    if (source !== undefined) return [...source, ...path.slice(length)]
  }
  return path
}

/**
 * A copy of a value in which every secret is `{"secret": <fact>}`, with `masked` beside it where the secret is only a part of a URL, and
 * every scalar that a variable or template decides is `{"unresolved": <what>}`, or the fallback that the file gives. Long texts are cut.
 *
 * With a schema, each duration is followed by its `<key>_seconds`. Throws `OverLimitError`.
 */
export function withoutSecrets(value: Json, dialect: Dialect, rules: SecretRules, schema?: KeySchema, limits: InputLimits = defaultInputLimits): Shown {
  const copy: Copy = { dialect, rules, schema, limits, size: 0, users: new WeakMap(), shown: { value: null, secrets: [], placeholders: [], defaults: [], made: new Map() } }
  copy.shown.value = copied(value, { path: [], shown: [] }, '', schema?.root, {}, copy)
  return copy.shown
}

type Place = {
  /** In the value. */
  path: Path
  /** In the copy. */
  shown: Path
}

type Copy = { dialect: Dialect; rules: SecretRules; schema?: KeySchema; limits: InputLimits; size: number; shown: Shown; users: WeakMap<JsonMap, string[]> }

function copied(value: Json, place: Place, name: string, rule: KeyRule | undefined, parent: JsonMap, copy: Copy): Json {
  copy.size += 8
  if (copy.size > copy.limits.size) throw new OverLimitError('size', 'the configuration is too large')
  if (place.path.length > copy.limits.depth) throw new OverLimitError('depth', 'the configuration nests too deep')
  if (Array.isArray(value)) return copiedList(value, place, name, rule, parent, copy)
  if (isMap(value)) return copiedMap(value, place, rule, copy)
  return copiedScalar(value, place.path, name, parent, copy)
}

const below = ({ path, shown }: Place, step: string | number, name = step): Place => ({ path: [...path, step], shown: [...shown, name] })

/** Of the words of a command line, what follows an option that is named for a secret is one, too. Helm values are of any program. */
function copiedList(list: Json[], place: Place, name: string, rule: KeyRule | undefined, parent: JsonMap, copy: Copy): Json[] {
  const isCommand = (name === 'args' || name === 'command') && copy.dialect !== 'helm'
  const words = isCommand ? argumentsOf(list.map(item => (typeof item === 'object' ? undefined : item)), copy.dialect, copy.rules, () => null) : []
  return list.map((item, index) => {
    const word = words[index]
    if (!isMap(word)) return copied(item, below(place, index), name, childRule(rule, list), parent, copy)
    const fact = word.secret as SecretFact
    const option = [word.option, word.after, name].find(given => typeof given === 'string') as string
    copy.shown.secrets.push({ path: [...place.path, index], name: option.slice(0, 100), ...fact })
    return { secret: { ...fact } }
  })
}

function copiedMap(map: JsonMap, place: Place, given: KeyRule | undefined, copy: Copy): JsonMap {
  const entries = Object.entries(map)
  if (entries.length > copy.limits.keys) throw new OverLimitError('keys', `a map of the configuration has more than ${copy.limits.keys} keys`)
  const { schema } = copy
  const rule = given === undefined || schema === undefined ? undefined : followed(given, schema)
  const each = childRule(rule, map)
  const keys = each === undefined && rule !== undefined && schema !== undefined ? keysOf(rule, map, schema) : undefined
  const result: [string, Json][] = []
  for (const [key, value] of entries) {
    // Only the host may say that something is not known.
    if (key === 'unresolved') continue
    copy.size += key.length + 4
    const known = keys === undefined || schema === undefined ? undefined : knownName(keys, key, schema)
    const child = each ?? (known === undefined ? undefined : (keys![known] as KeyRule))
    const name = known === undefined || Object.hasOwn(map, known) ? key : known
    const inner = below(place, key, name)
    if (name !== key) copy.shown.made.set(placeKey(inner.shown), inner.path)
    const shown = copied(value, inner, nameOf(key, map), child, map, copy)
    result.push([name, shown])
    const seconds = child === 'duration' ? durationSeconds(shown) : undefined
    if (seconds === undefined || Object.hasOwn(map, `${name}_seconds`)) continue
    result.push([`${name}_seconds`, seconds])
    copy.shown.made.set(placeKey([...place.shown, `${name}_seconds`]), inner.path)
  }
  return Object.fromEntries(result)
}

/** `{name: DB_PASSWORD, value: ...}`, as an environment is often written. */
const nameOf = (key: string, map: JsonMap): string => (key === 'value' && typeof map.name === 'string' && map.name !== '' ? map.name : key)

function copiedScalar(value: Json, path: Path, name: string, parent: JsonMap, copy: Copy): Json {
  const { dialect, rules } = copy
  const inHeaders = /(^|_)headers$/i.test(String(path.at(-2)))
  const secret = dialect === 'helm' && namesEntry(path, name, value, parent) ? undefined : inHeaders && isCredentialHeader(name, value)
    ? classifySecret(value, dialect, rules) : secretOf(name, value, dialect, rules, usersIn(parent, copy))
  if (secret !== undefined) {
    copy.shown.secrets.push({ path, name, ...secret })
    const masked = typeof value === 'string' && secret.within === 'url' && !isSecretName(name, value, rules) ? maskUrl(value, dialect) : undefined
    return notedPlaceholder({ secret: { ...secret }, ...(masked !== undefined && { masked: cut(masked, copy) }) }, path, name, copy)
  }
  if (typeof value === 'bigint') return Number(value)
  return typeof value === 'string' ? notedPlaceholder(copiedText(value, path, copy), path, name, copy) : value
}

/** The names of users in a map, found once for all of its values. */
function usersIn(map: JsonMap, { users }: Copy): string[] {
  const names = users.get(map) ?? userNamesIn(Object.entries(map))
  users.set(map, names)
  return names
}

/** True where a chart is told which entry of a Secret to take: `secretKey` beside the Secret's name, what stands in `secretKeys`. */
function namesEntry(path: Path, name: string, value: Json, parent: JsonMap): boolean {
  if (typeof value !== 'string' || !/^[A-Za-z][\w.-]{0,99}$/.test(value)) return false
  if (/^(secret)?keys$/i.test(String(path.at(-2)))) return /pass|secret|token|user|key/i.test(value)
  return /(secret|password|token)[-_]?key$/i.test(name) && Object.keys(parent).some(key => /secret[-_]?(name|ref)$|^existing|^remote[-_]?(ref|key)$/i.test(key) && parent[key] !== '')
}

function notedPlaceholder(shown: Json, path: Path, name: string, { rules, shown: { placeholders } }: Copy): Json {
  const what = placeholderOf(shown, rules)
  if (what !== undefined) placeholders.push({ path, name, what })
  return shown
}

function copiedText(text: string, path: Path, copy: Copy): Json {
  if (text.includes('{{')) return { unresolved: 'a template' }
  if (copy.dialect === 'bridge') return cut(text, copy)
  const references = referencesOf(text, copy.dialect)
  const open = references.find(({ fallback }) => fallback === undefined)
  if (open !== undefined) return { unresolved: `the variable ${open.name}` }
  if (references.length === 0) return cut(text, copy)
  copy.shown.defaults.push({ path, variable: references[0].name })
  return cut(references.reduceRight((whole, { start, end, fallback }) => whole.slice(0, start) + fallback! + whole.slice(end), text), copy)
}

/** No control compares texts longer than this. */
const longest = 4096

function cut(text: string, copy: Copy): string {
  copy.size += Math.min(text.length, longest)
  return text.length > longest ? text.slice(0, longest) : text
}


const unitSeconds: { [unit: string]: number } = { ns: 1e-9, us: 1e-6, 'µs': 1e-6, 'μs': 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 }

/** The seconds of a Go duration; an integer counts nanoseconds, as it does where Go reads one. Undefined for anything else. */
export function durationSeconds(value: Json): number | undefined {
  if (typeof value === 'number') return value / 1e9
  if (typeof value !== 'string' || !/^[+-]?((\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h))+$/.test(value)) return value === '0' ? 0 : undefined
  let seconds = 0
  for (const [, amount, unit] of value.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g)) seconds += Number(amount) * unitSeconds[unit]
  return Number((value.startsWith('-') ? -seconds : seconds).toPrecision(12))
}
