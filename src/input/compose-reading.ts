import type { Json } from '../artefact/document.ts'
import { isMap, type JsonMap } from '../artefact/json.ts'
import { setKey } from '../artefact/placed.ts'
import { interpolate, unresolvedIn, wholeText, type Piece } from './interpolation.ts'
import { winner, type Layered } from './layered.ts'
import { defaultInputLimits, OverLimitError } from './limit.ts'
import { secretOf } from './secret.ts'
import { isSecretName, type SecretRules } from './secret-name.ts'

/** What reading a Compose project needs everywhere, and how much of it may still be kept. */
export type Reading = {
  environment: ReadonlyMap<string, string>
  rules: SecretRules
  left: number
}

/** `environment` is what the `.env` of the project says; of secrets only that they are set, so that none gets into a value. */
export function newReading(environment: ReadonlyMap<string, string>, rules: SecretRules): Reading {
  const open = [...environment].filter(([name, value]) => secretOf(name, value, 'env', rules) === undefined)
  return { environment: new Map(open), rules, left: mostValues }
}

/** A project of more values than this, after anchors are followed, is nobody's. */
const mostValues = 200_000

export function spend(reading: Reading, values = 1): void {
  reading.left -= values
  if (reading.left < 0) throw new OverLimitError('size', `more than ${mostValues} values in one Compose project`)
}

/** The text of a scalar with its variables put in; undefined for a list, a map and null. */
export function piecesOf(value: Json | undefined, reading: Reading): Piece[] | undefined {
  if (typeof value === 'string') return interpolate(value, reading.environment)
  if (value === undefined || value === null || typeof value === 'object') return undefined
  return [{ text: String(value), from: 'text' }]
}

/** A scalar with its variables put in, `{"unresolved": ...}` where one is not known. */
export function scalarOf(value: Json | undefined, reading: Reading): Json | undefined {
  if (typeof value !== 'string') return typeof value === 'object' ? undefined : value
  const pieces = interpolate(value, reading.environment)
  return wholeText(pieces) ?? { unresolved: unresolvedIn(pieces) ?? '' }
}

/**
 * The value of a variable, a label or an option: a secret's class, or the value with its variables put in. Without a value it is that
 * of the variable of the same name where Compose runs. `users` are the names of users beside it.
 */
export function namedValue(name: string, written: Json | undefined, reading: Reading, users: string[] = []): Json {
  if (written === undefined) {
    return isSecretName(name, undefined, reading.rules)
      ? { secret: { class: 'reference', length: 0, via: 'variable', variable: name } } : { unresolved: `the variable ${name}` }
  }
  const secret = secretOf(name, written, 'compose', reading.rules, users)
  if (secret !== undefined) return { secret }
  return scalarOf(written, reading) ?? null
}

/** A value of any shape: variables put in, secrets as their class, files merged. */
export function plainOf(layers: Layered, reading: Reading, name = '', depth = 0): Json {
  spend(reading)
  const { value } = winner(layers)
  if (depth > 50) throw new OverLimitError('depth', 'a Compose file that nests deeper than 50')
  if (Array.isArray(value)) return value.map(item => plainOf([{ ...winner(layers), value: item }], reading, name, depth + 1))
  if (!isMap(value)) return value === null ? null : namedValue(name, value, reading)
  const merged: JsonMap = {}
  const maps = layers.filter(layer => isMap(layer.value))
  const keys = new Set(maps.flatMap(layer => Object.keys(layer.value as JsonMap)))
  if (keys.size > defaultInputLimits.keys) throw new OverLimitError('keys', `more than ${defaultInputLimits.keys} keys in one map of a Compose project`)
  for (const key of keys) {
    if (key === 'unresolved' || key === 'secret' || key === 'content') continue
    const inner = maps.filter(layer => Object.hasOwn(layer.value as JsonMap, key)).map(layer => ({ ...layer, value: (layer.value as JsonMap)[key] }))
    setKey(merged, key, plainOf(inner, reading, key, depth + 1))
  }
  return merged
}
