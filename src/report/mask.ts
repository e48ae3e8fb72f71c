import type { Span } from '../artefact/document.ts'
import type { Lines } from './lines.ts'

/**
 * What a quoted line must not show. Judged by the text alone and to the safe side, because a frame quotes neighbours of the
 * place that a control spoke of, which no control has looked at: too much is hidden rather than too little.
 */

/** What is read of a line, in UTF-16 units; frames quote longer lines in parts. */
export const longLine = 1000

/** How far around a line is looked for the name of what it holds; beyond it the line is hidden. */
const reach = 1000

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

const secretValues = [
  /(?<=:\/\/[^\s/@]{0,200}?:)[^\s/@]+(?=@)/g,
  /(?<=\b(?:Bearer|Basic) +)[^\s"']+/gi,
  /\beyJ[\w-]{8,}[\w.-]*/g,
  /\b(?:sk|pk|rk|ghp|gho|ghs|ghu|github_pat|glpat|xox[abeprs]|AKIA|ASIA|AIza|ya29|hf|npm|SG)[-_.]?[\w.-]{14,}/g,
  /(?<![\w+/=@:-])(?=[\w+/=-]*[a-z])(?=[\w+/=-]*[A-Z])(?=[\w+/=-]*\d)[\w+/=-]{28,}/g,
  /(?<![\w@:-])[0-9a-f]{32,}\b/gi,
]

/** The spans of a line that are not shown: those that may be a secret, or with `all` every value. */
export function maskedSpans(lines: Lines, line: number, what: 'secrets' | 'all'): Span[] {
  const text = lines.at(line, longLine)
  if (what === 'all' || belongsToSecret(lines, line)) return values(text)
  const spans = secretValues.flatMap(pattern => [...text.matchAll(pattern)].map(({ index, 0: found }) => ({ start: index, end: index + found.length })))
  const named = afterSecretName(text)
  if (named !== undefined) spans.push(named)
  return merged(spans)
}

/** All after the line's first key, or the whole of it; a lone `true`, `false`, `null` or opening bracket says nothing. */
function values(text: string): Span[] {
  const { keyEnd } = partsOf(text)
  const rest = text.slice(keyEnd)
  const start = keyEnd + rest.length - rest.trimStart().length
  const end = text.trimEnd().length
  if (end <= start || /^(true|false|null|[[{|>][-+\d]*|[\]}]+),?$/.test(text.slice(start, end))) return []
  return [{ start, end }]
}

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
function belongsToSecret(lines: Lines, line: number): boolean {
  const { level, column, key } = partsOf(lines.at(line, longLine))
  if (/^(value|default|key)$/i.test(key) && (siblingNamesSecret(lines, line, column, -1) || siblingNamesSecret(lines, line, column, 1))) return true
  const before = line > 1 ? lines.at(line - 1, longLine).trim() : ''
  if (/^(- *)?["']?-{1,2}[\w-]+["']?,?$/.test(before) && isSecretName(before)) return true
  let inner = level
  for (let at = line - 1; at >= 1 && inner > 0; at--) {
    if (line - at > reach) return true
    const text = lines.at(at, longLine)
    const section = /^\s*\[+([\w."' -]+)\]+\s*$/.exec(text)
    if (section !== null) return isSecretName(section[1])
    const above = partsOf(text)
    if (text.trim() === '' || above.level >= inner) continue
    inner = above.level
    if (isSecretName(above.key)) return true
  }
  return inner === 0 && level === 0 && sectionNamesSecret(lines, line)
}

function sectionNamesSecret(lines: Lines, line: number): boolean {
  if (!/^[\w."-]+\s*=/.test(lines.at(line, longLine))) return false
  for (let at = line - 1; at >= 1 && line - at <= reach; at--) {
    const section = /^\s*\[+([\w."' -]+)\]+\s*$/.exec(lines.at(at, longLine))
    if (section !== null) return isSecretName(section[1])
  }
  return false
}

function siblingNamesSecret(lines: Lines, line: number, column: number, step: -1 | 1): boolean {
  if (step === -1 && partsOf(lines.at(line, longLine)).dash) return false
  for (let at = line + step; at >= 1 && at <= lines.count; at += step) {
    if (Math.abs(line - at) > reach) return true
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
