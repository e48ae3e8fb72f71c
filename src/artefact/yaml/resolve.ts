/*
 * What a scalar's text means: go-yaml v2 (kubectl), go-yaml v3, PyYAML's SafeLoader.
 *
 * Derived from go-yaml v2 and v3 (resolve.go), Copyright (c) 2011-2019 Canonical Ltd, Apache-2.0; the expressions of PyYAML's resolver,
 * Copyright (c) 2006-2021 Kirill Simonov and Ingy döt Net, MIT.
 */
import type { Json } from '../document.ts'

/**
 * Whose reading is meant: `kubectl` is go-yaml v2 and its conversion to JSON, `go-yaml-v3` reads Compose files and mcp-bridge's,
 * `pyyaml` (SafeLoader) mcp-hangar's.
 */
export type Dialect = 'kubectl' | 'go-yaml-v3' | 'pyyaml'

export type ScalarType = 'string' | 'bool' | 'int' | 'uint' | 'float' | 'null' | 'infinite' | 'error'

export type Resolved = {
  type: ScalarType
  value: Json
  /** Set where another reader makes something else of the same text. */
  note?: { kind: 'ambiguous-scalar' | 'inexact-number'; detail: string }
}

/** The first characters of plain scalars that may be something else than a string. */
export const HINTS = new Uint8Array(128)
for (const c of '+-0123456789yYnNtTfFoO~.=<') HINTS[c.charCodeAt(0)] = 1

const READERS: Record<Dialect, string> = { kubectl: 'kubectl', 'go-yaml-v3': 'go-yaml v3', pyyaml: 'PyYAML' }
const MAX_INT64 = 2n ** 63n - 1n
const MIN_INT64 = -(2n ** 63n)
const MAX_UINT64 = 2n ** 64n - 1n

/** More than the longest number of 64 bits has, in base 2 and with its prefix. */
const MAX_DIGITS = 66

const NULLS = new Set(['', '~', 'null', 'Null', 'NULL'])
const CORE_BOOLS = new Map(['true', 'True', 'TRUE', 'false', 'False', 'FALSE'].map(word => [word, word[0] === 't' || word[0] === 'T']))
const PYTHON_BOOLS = new Map([...CORE_BOOLS, ...bools(['yes', 'on'], true), ...bools(['no', 'off'], false)])
const KUBECTL_BOOLS = new Map([...PYTHON_BOOLS, ['y', true], ['Y', true], ['n', false], ['N', false]] as [string, boolean][])
const BOOLS: Record<Dialect, Map<string, boolean>> = { kubectl: KUBECTL_BOOLS, 'go-yaml-v3': CORE_BOOLS, pyyaml: PYTHON_BOOLS }

function bools(words: string[], value: boolean): [string, boolean][] {
  return words.flatMap(word => [word, word[0].toUpperCase() + word.slice(1), word.toUpperCase()].map(form => [form, value] as [string, boolean]))
}

/** A plain scalar without a tag. */
export function resolvePlain(text: string, dialect: Dialect): Resolved {
  if (NULLS.has(text)) return { type: 'null', value: null }
  const bool = BOOLS[dialect].get(text)
  if (bool !== undefined) {
    if (CORE_BOOLS.has(text)) return { type: 'bool', value: bool }
    return { type: 'bool', value: bool, note: ambiguous(`${bool} to ${READERS[dialect]}, the string ${text} to YAML 1.2`) }
  }
  return dialect === 'pyyaml' ? resolvePython(text) : resolveGo(text, dialect)
}

function ambiguous(detail: string): Resolved['note'] {
  return { kind: 'ambiguous-scalar', detail }
}

function inexact(detail: string): Resolved['note'] {
  return { kind: 'inexact-number', detail }
}

function string(text: string): Resolved {
  return { type: 'string', value: text }
}

const GO_INT = /^[-+]?(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+|0[0-7]*|[1-9][0-9]*)$/
const GO_FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/
/** After a leading dot the text goes to ParseFloat as it is, which takes `_` between digits. */
const GO_DOT_FLOAT = /^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?$/
const INFINITE = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/
/** go-yaml takes a sign after `0b` (and v3 after `0o`), by accident. */
const SIGNED_BINARY = /^0b([-+][01]+)$/
const SIGNED_OCTAL = /^0o([-+][0-7]+)$/
/** Numbers as YAML 1.2 has them. */
const CORE_NUMBER = /^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)$/

function resolveGo(text: string, dialect: Dialect): Resolved {
  const c = text.charCodeAt(0)
  if (INFINITE.test(text)) return { type: 'infinite', value: text, note: inexact('a number that JSON cannot hold') }
  if (c === 0x2e) return GO_DOT_FLOAT.test(text) ? float(text.replaceAll('_', ''), text) : string(text)
  if (c !== 0x2b && c !== 0x2d && (c < 0x30 || c > 0x39)) return string(text)
  const plain = text.includes('_') ? text.replaceAll('_', '') : text
  if (GO_INT.test(plain)) {
    const whole = goInteger(plain)
    if (whole !== undefined) return integer(whole, text, dialect)
  }
  if (GO_FLOAT.test(plain)) return float(plain, text, /^[-+]?0[0-9]/.test(plain) && !/[.eE]/.test(plain) ? 'a decimal number though it begins like an octal one' : undefined)
  const signed = SIGNED_BINARY.exec(plain) ?? (dialect === 'go-yaml-v3' ? SIGNED_OCTAL.exec(plain) : null)
  if (signed !== null) {
    const magnitude = BigInt(plain.slice(0, 2) + signed[1].slice(1))
    const value = signed[1][0] === '-' ? -magnitude : magnitude
    if (value >= MIN_INT64 && value <= MAX_INT64) return { type: 'int', value: narrowed(value), note: ambiguous('a number to Go, a string to YAML 1.2') }
  }
  return string(text)
}

/** Go's ParseInt and ParseUint with base 0; undefined when it fits neither. */
function goInteger(plain: string): bigint | undefined {
  const sign = plain[0] === '-' || plain[0] === '+' ? plain[0] : ''
  let digits = plain.slice(sign.length)
  if (/^0[0-9]/.test(digits)) digits = `0o${digits.slice(1)}`
  if (digits.length > MAX_DIGITS) {
    digits = digits.replace(/^(0[xXbBoO])0+(?=.)/, '$1')
    if (digits.length > MAX_DIGITS) return undefined
  }
  const magnitude = BigInt(digits.toLowerCase())
  const value = sign === '-' ? -magnitude : magnitude
  if (value >= MIN_INT64 && value <= MAX_INT64) return value
  return sign === '' && value <= MAX_UINT64 ? value : undefined
}

function narrowed(value: bigint): number | bigint {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value
}

function integer(value: bigint, text: string, dialect: Dialect): Resolved {
  const type = value > MAX_INT64 ? 'uint' : 'int'
  // kubectl's JSON layer knows int64 and float64 only.
  const json = type === 'uint' && dialect === 'kubectl' ? Number(value) : narrowed(value)
  if (typeof json === 'bigint' || type === 'uint') return { type, value: json, note: inexact('an integer beyond 2^53, which readers of JSON may round') }
  return { type, value: json, note: differsFromCore(text) }
}

function float(plain: string, text: string, octal?: string): Resolved {
  const value = Number(plain)
  if (!Number.isFinite(value)) return { type: 'string', value: text, note: inexact('a number too large for a double: a string to Go, infinite to others') }
  // JSON's integer zero has no sign.
  const json = Object.is(value, -0) ? 0 : value
  if (octal !== undefined) return { type: 'float', value: json, note: ambiguous(octal) }
  if (value === 0 && /[1-9]/.test(plain.replace(/[eE].*/, ''))) return { type: 'float', value: json, note: inexact('a number too small for a double, which becomes 0') }
  if (Number.isInteger(value) && !Number.isSafeInteger(value) && !/[.eE]/.test(plain)) return { type: 'float', value: json, note: inexact('an integer beyond 64 bits, which is rounded') }
  return { type: 'float', value: json, note: differsFromCore(text) }
}

function differsFromCore(text: string): Resolved['note'] {
  if (!CORE_NUMBER.test(text)) return ambiguous('a number to YAML 1.1, a string to YAML 1.2')
  if (/^[-+]?0[0-9]+$/.test(text)) return ambiguous('an octal number to YAML 1.1, a decimal one to YAML 1.2')
  return undefined
}

const PYTHON_INT = /^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/
const PYTHON_FLOAT =
  /^(?:[-+]?(?:[0-9][0-9_]*)\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/

function resolvePython(text: string): Resolved {
  // Python refuses to make a number of more than 4300 digits.
  if (text === '=' || text === '<<') return { type: 'error', value: text }
  if (text.length > 4300 && (PYTHON_FLOAT.test(text) || PYTHON_INT.test(text))) return { type: 'error', value: null }
  if (PYTHON_FLOAT.test(text)) return pythonFloat(text)
  if (PYTHON_INT.test(text)) return pythonInt(text)
  if (CORE_NUMBER.test(text) && HINTS[text.charCodeAt(0)] === 1) return { ...string(text), note: ambiguous('a string to PyYAML, a number to YAML 1.2') }
  return string(text)
}

function pythonFloat(text: string): Resolved {
  const plain = text.replaceAll('_', '')
  if (INFINITE.test(plain)) return { type: 'infinite', value: text, note: inexact('a number that JSON cannot hold') }
  const magnitude = plain.replace(/^[-+]/, '')
  const value = plain.includes(':') ? sexagesimal(magnitude, Number) : Number(magnitude)
  if (!Number.isFinite(value)) return { type: 'infinite', value: text, note: inexact('a number too large for a double') }
  const note = plain.includes(':') ? ambiguous('a number in base 60 to PyYAML, a string to YAML 1.2') : differsFromCore(text)
  return { type: 'float', value: plain[0] === '-' && value !== 0 ? -value : value, note }
}

function pythonInt(text: string): Resolved {
  const plain = text.replaceAll('_', '')
  let magnitude = plain.replace(/^[-+]/, '')
  let note = differsFromCore(text)
  let value: bigint
  if (magnitude.includes(':')) {
    note = ambiguous('a number in base 60 to PyYAML, a string to YAML 1.2')
    value = sexagesimal(magnitude, BigInt)
  } else {
    if (/^0[0-9]/.test(magnitude)) magnitude = `0o${magnitude.slice(1)}`
    if (/^0[bx]?$/.test(magnitude) && magnitude !== '0') return { type: 'error', value: null }
    value = BigInt(magnitude)
  }
  const json = narrowed(plain[0] === '-' ? -value : value)
  if (typeof json === 'bigint') note = inexact('an integer beyond 2^53, which readers of JSON may round')
  return { type: 'int', value: json, note }
}

function sexagesimal<T extends number | bigint>(text: string, parse: (part: string) => T): T {
  const sixty = parse('60')
  return text.split(':').reduce<T>((sum, part) => ((sum as number) * (sixty as number) + (parse(part) as number)) as T, parse('0'))
}
