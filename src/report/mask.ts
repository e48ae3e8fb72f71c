import type { Span } from '../artefact/document.ts'
import type { Lines } from './lines.ts'

/**
 * What a quoted line must not show. Judged by the text alone and to the safe side, because a frame quotes neighbours of the
 * place that a control spoke of, which no control has looked at: too much is hidden rather than too little.
 */

/** What is read of a line, in UTF-16 units; frames quote longer lines in parts. */
export const longLine = 600

/** How many lines up are looked for the name of what a line holds, and how many around for its sibling; beyond it the line is hidden. */
const reach = 1000
const siblingReach = 50

const words = /password|passwd|passphrase|pwd|secret|token|credential|api_?key|private_?key|connection_?string|authorization|requirepass|masterauth|(^|_)(pass|creds?|jwt|bearer|cookie|pat|dsn|salt|pin|otp|seed)(_|$)|_keys?(_|$)/
const harmless = /(^|_)(names?|refs?|files?|paths?|dir|mounts?|providers?|types?|mode|ttl|s|seconds|expiry|header|class|issuer|services?|servers?|image_pull_secrets|topology_key)$/

/** True for a key or variable whose value may be a secret. */
export function isSecretName(name: string): boolean {
  const normal = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '')
  return words.test(normal) && !harmless.test(normal)
}

/** True when a step of a finding's path is the name of a secret. */
export function isSecretPath(path: string): boolean {
  return (path.match(/[\w-]+|"(?:[^"\\]|\\.)*"/g) ?? []).some(isSecretName)
}

/** No name of a secret is without one of these. */
const hint = /pass|pwd|secret|token|cred|key|connection|authorization|requirepass|masterauth|jwt|bearer|cookie|pat|dsn|salt|pin|otp|seed/i

const secretValues = [
  /(?<=:\/\/[^\s/@:]{0,64}:)[^\s@]{1,200}(?=@)/g,
  /(?<=\b(?:Bearer|Basic) +)[^\s"']+/gi,
  // What well-known programs take for a password: `curl -u name:...`, `redis-cli -a ...`, `mysql -p...`.
  /(?<=(?:^|["',\s[])(?:-u|-U|--user|--proxy-user)["',\s=]{0,4}[^\s"':,]{0,64}:)(?!\d{1,6}\b)[^\s"',\]]+/g,
  /(?<=(?:redis|valkey|keydb)-cli[^|;&]{0,200}["',\s]-a["',\s]{1,4})[^\s"',\]]+/g,
  /(?<=(?:mysql|mariadb|mongo|sshpass)[^|;&]{0,200}["',\s]-p["',\s=]{0,4})[^\s"',\]]+/g,
  /\beyJ[\w.-]{8,}/g,
  /\b(?:sk|pk|rk|ghp|gho|ghs|ghu|github_pat|glpat|xox[abeprs]|AKIA|ASIA|AIza|ya29|hf|npm|SG)[-_.]?[\w.-]{14,}/g,
]

/** A value that is long and looks random, unless it is the digest of an image or the commit of an action. */
const randomValue = /[\w+/=-]{28,}/g

/** The spans of a line that are not shown: those that may be a secret, or with `all` every value. */
export type Mask = (line: number, what: 'secrets' | 'all') => Span[]

/** The mask of one text; it remembers what it has found out of a line. */
export function maskOf(lines: Lines): Mask {
  const known = new Map<number, Span[]>()
  const underSecret = new Map<number, boolean>()
  return (line, what) => {
    if (what === 'all') return values(lines.at(line, longLine))
    const spans = known.get(line) ?? secretSpans(lines, line, underSecret)
    known.set(line, spans)
    return spans
  }
}

function secretSpans(lines: Lines, line: number, underSecret: Map<number, boolean>): Span[] {
  const text = lines.at(line, longLine)
  if (belongsToSecret(lines, line, underSecret)) return values(text)
  const spans = secretValues.flatMap(pattern => [...text.matchAll(pattern)].map(({ index, 0: found }) => ({ start: index, end: index + found.length })))
  for (const { index, 0: found } of text.matchAll(randomValue)) {
    if (looksRandom(found) && !(/^[\da-f]+$/.test(found) && /[@:]$/.test(text.slice(0, index)))) spans.push({ start: index, end: index + found.length })
  }
  const named = hint.test(text) ? afterSecretName(text) : undefined
  if (named !== undefined) spans.push(named)
  return merged(spans)
}

const looksRandom = (text: string): boolean =>
  (/[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text)) || (text.length >= 32 && /^[\da-f]+$/i.test(text))

/** All after the line's first key, or the whole of it; a lone `true`, `false`, `null` or bracket says nothing. */
function values(text: string): Span[] {
  const { key, keyEnd } = partsOf(text)
  const rest = text.slice(keyEnd)
  const start = keyEnd + rest.length - rest.trimStart().length
  const end = text.trimEnd().length
  if (end <= start || /^(true|false|null|[[{|>][-+\d]*|[\]}]+),?$/.test(text.slice(start, end))) return []
  if (/^(name|key)$/.test(key) && isNameOfSecret(text.slice(start, end))) return []
  return [{ start, end }]
}

/** `name: DB_PASSWORD` says which secret it is, not what it is. */
const isNameOfSecret = (text: string): boolean => /^["']?[A-Z][A-Z0-9]*(_[A-Z0-9]+)+["']?,?$/.test(text) && isSecretName(text)

/** From the first name of a secret on, when something follows it; the whole line's values where several keys share the line. */
function afterSecretName(text: string): Span | undefined {
  const named = [...text.matchAll(/[A-Za-z_][\w.-]*/g)].filter(({ 0: word }) => isSecretName(word))
  if (named.length === 0) return undefined
  if (/[{,]\s*["']?[\w.-]+["']?\s*[:=]/.test(text)) return values(text)[0]
  for (const { index, 0: word } of named) {
    const rest = /^["']?\s*[:=,\s]\s*/.exec(text.slice(index + word.length))
    if (rest === null) continue
    const start = index + word.length + rest[0].length
    const value = text.slice(start).trim()
    if (value !== '' && !/^(true|false|null|[[{|>][-+\d]*),?$/.test(value)) return { start, end: text.trimEnd().length }
  }
  return undefined
}

/** True when a line above, by indentation, by section or as its sibling `name`, says that the line holds a secret. */
function belongsToSecret(lines: Lines, line: number, underSecret: Map<number, boolean>): boolean {
  const text = lines.at(line, longLine)
  const { column, key } = partsOf(text)
  if (/^(value|default|key)$/i.test(key) && (siblingNamesSecret(lines, line, column, -1) || siblingNamesSecret(lines, line, column, 1))) return true
  const before = line > 1 ? lines.at(line - 1, longLine).trim() : ''
  if (/^(- *)?["']?-{1,2}[\w-]+["']?,?$/.test(before) && (isSecretName(before) || /-[apu]["']?,?$/.test(before))) return true
  return liesInSecret(lines, line, underSecret)
}

/** True when a key that the line lies in, or the section of a TOML or INI file, is the name of a secret. What it learns of the lines between is kept. */
function liesInSecret(lines: Lines, line: number, underSecret: Map<number, boolean>): boolean {
  const first = lines.at(line, longLine)
  const inSection = /^[\w."-]+\s*=/.test(first)
  let inner = partsOf(first).level
  const chain = [line]
  let result = false
  for (let at = line - 1; at >= 1 && (inner > 0 || inSection); at--) {
    const text = lines.at(at, longLine)
    const section = /^\s*\[+([\w."' -]+)\]+\s*$/.exec(text)
    if (line - at > reach || section !== null) {
      result = section === null ? !inSection : isSecretName(section[1])
      break
    }
    const { level, key } = partsOf(text)
    if (level > inner || text.trim() === '') continue
    if (level < inner) {
      if (isSecretName(key)) {
        result = true
        break
      }
      inner = level
      chain.push(at)
    }
    const known = underSecret.get(at)
    if (known === undefined) continue
    result = known
    break
  }
  for (const at of chain) underSecret.set(at, result)
  return result
}

function siblingNamesSecret(lines: Lines, line: number, column: number, step: -1 | 1): boolean {
  if (step === -1 && partsOf(lines.at(line, longLine)).dash) return false
  for (let at = line + step; at >= 1 && at <= lines.count; at += step) {
    if (Math.abs(line - at) > siblingReach) return true
    const text = lines.at(at, longLine)
    const beside = partsOf(text)
    if (text.trim() === '') continue
    if (beside.column < column || (step === 1 && beside.dash && beside.column <= column)) return false
    if (beside.column > column) continue
    if (/^(name|key|variable)$/i.test(beside.key)) return isSecretName(text.slice(beside.keyEnd).trim().replace(/^["']|["'],?$/g, ''))
    if (beside.dash) return false
  }
  return false
}

type Parts = {
  /** The indentation; an item of a list is half a step deeper than its dash, so that it lies in a key at the same column. */
  level: number
  /** Where the key, or the value of a list's item, starts. */
  column: number
  dash: boolean
  key: string
  keyEnd: number
}

function partsOf(text: string): Parts {
  const [lead, indent, dashes] = /^([ \t]*)((?:- +)*)/.exec(text) as RegExpExecArray
  const column = lead.length
  const found = /^(?:export\s+)?(["']?)([\w.$/-]+)\1\s*(?::(?=\s|$)|=|:(?=["'[{]))/.exec(text.slice(column, column + 500))
  return {
    level: indent.length + (dashes === '' ? 0 : 1),
    column,
    dash: dashes !== '',
    key: found?.[2] ?? '',
    keyEnd: column + (found?.[0].length ?? 0),
  }
}

function merged(spans: Span[]): Span[] {
  const result: Span[] = []
  for (const span of spans.sort((a, b) => a.start - b.start)) {
    const last = result.at(-1)
    if (last !== undefined && span.start <= last.end) last.end = Math.max(last.end, span.end)
    else result.push({ ...span })
  }
  return result
}
