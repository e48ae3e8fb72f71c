/*
 * Scalars with an explicit tag, and scalars as keys.
 *
 * Derived from go-yaml v2 (decode.go, resolve.go), Copyright (c) 2011-2019 Canonical Ltd, Apache-2.0, and sigs.k8s.io/yaml (yaml.go),
 * Copyright (c) 2014 Sam Ghods, MIT, Copyright The Kubernetes Authors, Apache-2.0.
 */
import { resolvePlain, type Dialect, type Resolved, type ScalarType } from './resolve.ts'

const PREFIX = 'tag:yaml.org,2002:'
const TYPES: Record<string, ScalarType> = { bool: 'bool', int: 'int', float: 'float', null: 'null' }

/** A scalar with the tag in its long form. */
export function resolveTagged(tag: string, text: string, dialect: Dialect, isPlain: boolean): Resolved | { type: 'fault'; message: string } {
  if (tag === '!') {
    // Only to kubectl does `!` make a string of anything.
    const resolves = dialect === 'pyyaml' || (dialect === 'go-yaml-v3' && isPlain)
    return resolves ? resolvePlain(text, dialect) : { type: 'string', value: text }
  }
  const name = tag.startsWith(PREFIX) ? tag.slice(PREFIX.length) : ''
  if (name === 'binary') return decodeBinary(dialect === 'pyyaml' ? text.replace(/[^A-Za-z0-9+/=]/g, '') : text)
  if (name === 'timestamp') {
    return isTimestamp(text) ? { type: 'string', value: text } : fault('timestamp')
  }
  const wanted = TYPES[name]
  if (wanted === undefined) {
    if (dialect === 'pyyaml' && name !== 'str' && name !== 'merge') return { type: 'fault', message: 'could not determine a constructor for the tag' }
    return { type: 'string', value: text }
  }
  if (dialect === 'pyyaml' && wanted === 'float' && !/[:a]/i.test(text)) return pythonFloat(text)
  const found = resolvePlain(text, dialect)
  const type = found.type === 'uint' ? 'int' : found.type === 'infinite' ? 'float' : found.type
  if (type === wanted) return found
  if (wanted === 'float' && found.type === 'int') return { ...found, type: 'float', value: Number(found.value) }
  if (dialect === 'pyyaml' && wanted === 'null') return { type: 'null', value: null }
  return fault(name)
}

/** `!!float` hands the text to Python's float(), which has no octals. */
function pythonFloat(text: string): Resolved | { type: 'fault'; message: string } {
  const isNumber = /^[-+]?(?:[0-9_]+\.?[0-9_]*|\.[0-9_]+)(?:[eE][-+]?[0-9]+)?$/.test(text) && /[0-9]/.test(text)
  if (!isNumber) return /^[-+]?\.(?:inf|nan)$/i.test(text) ? { type: 'infinite', value: text } : fault('float')
  return { type: 'float', value: Number(text.replaceAll('_', '')) }
}

function fault(name: string): { type: 'fault'; message: string } {
  return { type: 'fault', message: `cannot decode the value as a !!${name}` }
}

function decodeBinary(text: string): Resolved | { type: 'fault'; message: string } {
  const packed = text.replace(/[\r\n]/g, '')
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(packed)) {
    return { type: 'fault', message: '!!binary value contains invalid base64 data' }
  }
  return { type: 'string', value: decodeLikeGo(Buffer.from(packed, 'base64')) }
}

/** Go writes one replacement character for every byte that is no UTF-8. */
export function decodeLikeGo(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; ) {
    const width = utf8Width(bytes, i)
    text += width === 0 ? '\ufffd' : Buffer.from(bytes.subarray(i, i + width)).toString('utf8')
    i += width === 0 ? 1 : width
  }
  return text
}

function utf8Width(bytes: Uint8Array, at: number): number {
  const first = bytes[at]
  if (first < 0x80) return 1
  const width = first >= 0xc2 && first <= 0xdf ? 2 : first >= 0xe0 && first <= 0xef ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0
  if (width === 0 || at + width > bytes.length) return 0
  const second = bytes[at + 1]
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80
  const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf
  if (second < low || second > high) return 0
  for (let i = 2; i < width; i++) if ((bytes[at + i] & 0xc0) !== 0x80) return 0
  return width
}

const TIMESTAMP = /^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[Tt]([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,][0-9]+)?(?:Z|[-+][0-9]{2}:[0-9]{2})| ([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,][0-9]+)?)?$/

function isTimestamp(text: string): boolean {
  const match = TIMESTAMP.exec(text)
  if (match === null) return false
  const [year, month, day] = [match[1], match[2], match[3]].map(Number)
  const [hour, minute, second] = [match[4] ?? match[7] ?? 0, match[5] ?? match[8] ?? 0, match[6] ?? match[9] ?? 0].map(Number)
  if (month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59) return false
  return day >= 1 && day <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate()
}

/** The key of a JSON object that a key becomes; undefined for what cannot be one. */
export function keyText(key: Resolved, dialect: Dialect): string | undefined {
  switch (key.type) {
    case 'string':
      return key.value as string
    case 'null':
      return dialect === 'kubectl' ? undefined : 'null'
    case 'uint':
      return dialect === 'kubectl' ? undefined : String(key.value)
    case 'float':
      if (dialect === 'kubectl') return formatFloat32(key.value as number)
      return dialect === 'pyyaml' && Number.isInteger(key.value) ? `${key.value}.0` : String(key.value)
    case 'infinite':
      return (key.value as string).toLowerCase().replace('+', '')
    case 'error':
      return undefined
    default:
      return String(key.value)
  }
}

/** Go's FormatFloat(value, 'g', -1, 32). */
function formatFloat32(value: number): string {
  const single = Math.fround(value)
  if (!Number.isFinite(single)) return single > 0 ? '.inf' : '-.inf'
  if (single === 0) return '0'
  let precision = 1
  while (precision < 9 && Math.fround(Number(single.toPrecision(precision))) !== single) precision++
  const [mantissa, exponent] = single.toExponential(precision - 1).split('e')
  const power = Number(exponent)
  if (power < -4 || power >= 6) return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
  return Number(single.toPrecision(precision)).toString()
}
