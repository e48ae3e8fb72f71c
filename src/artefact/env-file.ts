import type { Contents, Source, Uncovered } from './artefact.ts'
import type { Parsed, Remark, Span } from './document.ts'
import { type Placed, parsedFrom } from './placed.ts'

/**
 * The variables of an env file, as `docker compose` reads it.
 *
 * The value is a map of name to text; null for a name without `=`, which takes its value from the environment. `${VAR}` stays as
 * it is written; `about.literal` lists the names whose single quotes keep it from being replaced. A statement that compose
 * refuses is uncovered, and the others are read all the same.
 */
export function readEnvFile(source: Source): Contents {
  const { parsed, literal, faults } = readEnv(source.text)
  const span = { start: 0, end: source.text.length }
  const artefact = { kind: 'env-file' as const, document: 0, span, ...parsed, about: { literal } }
  return { artefacts: [artefact], uncovered: faults.map(fault => ({ ...fault, document: 0 })), documents: [span], empty: [] }
}

/** True for a text that has nothing but variables, comments and blank lines, and a variable at all. */
export function looksLikeEnv(text: string): boolean {
  return /^[ \t]*(export[ \t]+)?[A-Za-z_][A-Za-z0-9_]*=/m.test(text) && readEnv(text).faults.length === 0
}

type EnvReading = { parsed: Parsed; literal: string[]; faults: Uncovered[] }

function readEnv(text: string): EnvReading {
  const variables = new Map<string, Placed>()
  const remarks: Remark[] = []
  const literal = new Set<string>()
  const faults: Uncovered[] = []
  for (let start = nextStatement(text, 0); start < text.length; ) {
    const statement = readStatement(text, start)
    if ('fault' in statement) {
      addFault(faults, { start, end: statement.end }, statement.fault)
    } else {
      const { name, key, value, quote } = statement
      const earlier = variables.get(name)
      if (earlier !== undefined) remarks.push({ kind: 'duplicate-key', path: [name], span: earlier.key!, detail: 'set twice: the last one counts' })
      variables.set(name, { ...value, key })
      if (quote === "'") literal.add(name)
      else literal.delete(name)
    }
    start = nextStatement(text, statement.end)
  }
  return { parsed: parsedFrom({ span: { start: 0, end: text.length }, map: variables }, remarks), literal: [...literal], faults }
}

/** Past so many faults they are one: a file of that kind is no env file. */
const maximumFaults = 100

function addFault(faults: Uncovered[], span: Span, detail: string): void {
  const last = faults[maximumFaults - 1]
  if (last === undefined) faults.push({ span, reason: 'syntax', detail, at: span.start })
  else Object.assign(last, { span: { start: last.span.start, end: span.end }, detail: 'and more that are no variables' })
}

function nextStatement(text: string, from: number): number {
  let offset = from
  for (;;) {
    offset = skip(/[\s\u0085\ufeff]*/y, text, offset)
    if (text[offset] !== '#') return offset
    offset = lineEnd(text, offset)
  }
}

type Statement = { name: string; key: Span; value: Placed; quote?: string; end: number } | { fault: string; end: number }

/** `NAME=value`, `export NAME=value`, `NAME: value` or `NAME`. */
function readStatement(text: string, start: number): Statement {
  const begin = skip(/export[ \t\v\f\r]+/y, text, start)
  const nameEnd = skip(/[^=:\n]*/y, text, begin)
  const name = text.slice(begin, nameEnd).trim()
  const key = { start: begin, end: begin + name.length }
  const bad = [...name].some(character => !/[\p{L}\p{N}_.[\]-]/u.test(character))
  if (bad || name === '') return { fault: 'no name of a variable here', end: lineEnd(text, nameEnd) }
  if (text[nameEnd] !== '=' && text[nameEnd] !== ':') return { name, key, value: { span: key, scalar: null }, end: nameEnd }
  const valueStart = skip(/[ \t\v\f\r\u0085\u00a0]*/y, text, nameEnd + 1)
  const quote = text[valueStart]
  if (quote === '"' || quote === "'") return readQuoted(text, valueStart, { name, key, quote })
  const end = lineEnd(text, valueStart)
  const written = text.slice(valueStart, end)
  const value = (written.includes(' #') ? written.slice(0, written.indexOf(' #')) : written).trimEnd()
  return { name, key, value: { span: { start: valueStart, end: valueStart + value.length }, scalar: value }, end }
}

function readQuoted(text: string, start: number, { name, key, quote }: { name: string; key: Span; quote: string }): Statement {
  let end = start + 1
  while (end < text.length && text[end] !== quote) end += text[end] === '\\' ? 2 : 1
  if (end >= text.length) return { fault: 'a quoted value that does not end', end: lineEnd(text, start) }
  const inner = text.slice(start + 1, end).replaceAll('\r\n', '\n').replaceAll(`\\${quote}`, quote)
  const value = quote === '"' ? inner.replace(/\\(.)/gs, (pair, letter) => escapes[letter] ?? pair) : inner
  return { name, key, quote, value: { span: { start, end: end + 1 }, scalar: value }, end: end + 1 }
}

const escapes: { [letter: string]: string } = { n: '\n', r: '\r', t: '\t', '\\': '\\', $: '\\$' }

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end === -1 ? text.length : end
}

function skip(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from
  return pattern.test(text) ? pattern.lastIndex : from
}
