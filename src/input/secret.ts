import { isSecretName, type SecretRules } from './secret-name.ts'
import { maskReferences, referencesOf, type Dialect, type Reference } from './variables.ts'

/** How the value of a secret is written. */
export type SecretClass =
  | 'empty'
  /** Nothing but a variable, a mounted file, a manager's reference or a template. */
  | 'reference'
  /** A variable that falls back to nothing. */
  | 'default-empty'
  /** A variable that falls back to a literal. */
  | 'default-literal'
  /** A variable that the program which reads the file does not expand. */
  | 'unexpanded'
  /** A variable with literal text around it. */
  | 'mixed'
  | 'literal'

/** All that is told of a secret: never a part of it. */
export type SecretFact = {
  class: SecretClass
  /** UTF-16 units of the literal or the fallback; 0 where there is neither. */
  length: number
  via?: 'variable' | 'file' | 'manager' | 'template'
  /** Name of the first variable in it. */
  variable?: string
  /** The literal or fallback is a text to be replaced, like `your-password-here`. */
  placeholder?: true
  /** The literal or fallback is in every dictionary, or is the user name beside it. */
  common?: true
  /** It is common as the user name beside it alone. */
  user?: true
  /** The literal has the form of a known provider's token or of a private key. */
  provider?: true
  /** The secret is the password in a URL or connection string. */
  within?: 'url' | 'connection-string'
  /** Of a URL, in lower case: `postgres`, `redis`, `https`. */
  scheme?: string
}

/**
 * What there is to say of a scalar with a name: undefined when it holds no secret. A secret name makes any value one; under other names
 * the password in a URL is, and a literal with the form of a provider's token.
 *
 * `users` are the user names beside it, which a password should not equal.
 */
export function secretOf(name: string, value: unknown, dialect: Dialect, rules: SecretRules, users: string[] = []): SecretFact | undefined {
  if (typeof value === 'string' && isPublic(value)) return undefined
  if (isSecretName(name, value, rules)) return classifySecret(value, dialect, rules, users)
  if (typeof value !== 'string') return undefined
  const inUrl = urlSecret(value, dialect, rules)
  if (inUrl !== undefined) return inUrl
  return holdsProviderToken(value) ? { class: 'literal', length: value.length, provider: true } : undefined
}

/** Classifies a value that is known to be a secret, or a URL or connection string with one in it. */
export function classifySecret(value: unknown, dialect: Dialect, rules: SecretRules, users: string[] = []): SecretFact {
  if (value === null || value === undefined) return { class: 'empty', length: 0 }
  if (typeof value === 'object') return { class: 'reference', length: 0 }
  if (typeof value !== 'string') return literal(String(value), rules, users)
  const inner = urlSecret(value, dialect, rules) ?? connectionSecret(value, dialect, rules)
  return inner ?? classifyText(value, dialect, rules, users, 0)
}

/** The secret in a URL: the password before `@`, else one in the query. Undefined where there is none. */
export function urlSecret(value: string, dialect: Dialect, rules: SecretRules): SecretFact | undefined {
  const found = urlSecrets(value, dialect)
  if (found.length === 0) return undefined
  const facts = found.map(({ start, end, user, scheme }) => ({
    ...classifyText(value.slice(start, end), dialect, rules, user === '' ? [] : [user], 0), within: 'url' as const, ...(scheme !== '' && { scheme }),
  }))
  return worst(facts)
}

/** The same text with the secrets of its URLs as `***`: what may be read of a URL that holds one. Undefined where there is none. */
export function maskUrl(value: string, dialect: Dialect): string | undefined {
  const found = urlSecrets(value, dialect)
  if (found.length === 0) return undefined
  return found.reduceRight((text, { start, end }) => text.slice(0, start) + '***' + text.slice(end), value)
}

/** A header that lets its sender in, by its name or by a scheme before its value. */
export const isCredentialHeader = (name: string, value: unknown): boolean =>
  /^(proxy-)?authorization$|^cookie$|(^|[-_])(auth|key|signature)$/i.test(name) || (typeof value === 'string' && /^\s*(bearer|basic|token)\s+\S/i.test(value))

export function holdsProviderToken(text: string): boolean {
  if (text.length > longest) return false
  for (const [token] of text.matchAll(providerToken)) if (!isMadeUp.test(token)) return true
  return false
}

/** What a documentation shows in the place of a token. */
const isMadeUp = /x{6}|\*{4}|\.{3}|example|your[-_]|placeholder|0{10}|<[a-z]/i

/** Certificates and public keys, whatever they are called. */
const isPublic = (text: string): boolean =>
  /^\s*(-----BEGIN (CERTIFICATE|([A-Z]{1,10} )?PUBLIC KEY)-----|ssh-(rsa|ed25519) |ecdsa-sha2-)/.test(text) && !text.includes('PRIVATE KEY')

/** Longer texts are no tokens, and are not searched: the expressions stay fast. */
const longest = 65_536

const providerToken = new RegExp([
  /\b(AKIA|ASIA)[0-9A-Z]{16}\b/, /\bgh[opsur]_[A-Za-z0-9]{36}/, /\bgithub_pat_[A-Za-z0-9_]{22}/, /\bxox[baprs]-[A-Za-z0-9-]{10}/,
  /\bsk-[A-Za-z0-9_-]{20}/, /\bAIza[0-9A-Za-z_-]{35}/, /\bglpat-[A-Za-z0-9_-]{20}/, /\beyJ[\w-]{8,2000}\.[\w-]{8,2000}\.[\w-]{8}/,
  /\b[rs]k_live_[A-Za-z0-9]{16}/, /\bnpm_[A-Za-z0-9]{36}/, /\bhf_[A-Za-z]{34}/, /\bhooks\.slack\.com\/services\/T[A-Z0-9]{7,12}\/B[A-Z0-9]{7,12}\/[A-Za-z0-9]{20}/,
  // With what follows, which tells a real one from `<your key>`.
  /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----(?:\\[nr]|\s){0,10}[^\s\\]{0,24}/,
].map(({ source }) => source).join('|'), 'g')

const order: SecretClass[] = ['empty', 'reference', 'default-empty', 'unexpanded', 'default-literal', 'mixed', 'literal']

const worst = (facts: SecretFact[]): SecretFact =>
  facts.reduce((one, other) => (order.indexOf(other.class) > order.indexOf(one.class) ? other : one))

function classifyText(value: string, dialect: Dialect, rules: SecretRules, users: string[], depth: number): SecretFact {
  const text = unquoted(value.trim())
  if (text === '') return { class: 'empty', length: 0 }
  if (text.length > longest) return { class: 'literal', length: text.length }
  if (isMountedFile(text, dialect)) return { class: 'reference', length: 0, via: 'file' }
  if (dialect === 'kubernetes' && /^\$[A-Z][A-Z0-9_]{0,99}$/.test(text)) return { class: 'reference', length: 0, via: 'variable', variable: text.slice(1) }
  if (dialect === 'kubernetes' && keyFile.test(text)) return { class: 'reference', length: 0, via: 'file' }
  if (managerReference.test(text)) return { class: 'reference', length: 0, via: 'manager' }
  if (text.includes('{{')) return { class: 'reference', length: 0, via: 'template' }
  const references = referencesOf(text, dialect)
  if (references.length === 0) return literal(text, rules, users)
  const around = literalPartsOf(text, references)
  if (!/^([,;:|]*|bearer|basic|token|apikey)$/i.test(around)) return { ...ofVariable('mixed', references), length: around.length }
  if (dialect === 'bridge') return ofVariable('unexpanded', references)
  return worst(references.map(reference => classifyReference(reference, dialect, rules, users, depth)))
}

function classifyReference(reference: Reference, dialect: Dialect, rules: SecretRules, users: string[], depth: number): SecretFact {
  if (reference.fallback === undefined) return ofVariable('reference', [reference])
  const { class: given, ...fact } = depth < 8
    ? classifyText(reference.fallback, dialect, rules, users, depth + 1)
    : { class: 'literal' as const, length: reference.fallback.length }
  if (given === 'empty' || given === 'default-empty') return ofVariable('default-empty', [reference])
  return given === 'reference' ? ofVariable('reference', [reference]) : { ...fact, ...ofVariable('default-literal', [reference]), length: fact.length }
}

const ofVariable = (given: SecretClass, [{ name }]: Reference[]): SecretFact => ({ class: given, length: 0, via: 'variable', variable: name })

function literal(text: string, rules: SecretRules, users: string[]): SecretFact {
  const fact: SecretFact = { class: 'literal', length: text.length }
  if (text.length <= 512 && rules.placeholder.test(text)) fact.placeholder = true
  if (isCommon(text.toLowerCase(), rules)) fact.common = true
  else if (users.includes(text)) Object.assign(fact, { common: true, user: true })
  if (holdsProviderToken(text)) fact.provider = true
  return fact
}

const isCommon = (text: string, rules: SecretRules): boolean =>
  rules.defaults.some(entry => (entry.endsWith('*') ? text.startsWith(entry.slice(0, -1)) : text === entry))

/** `/run/secrets/*` for every program, and an absolute path of a file of keys or credentials; in a container's environment any absolute path. */
const isMountedFile = (text: string, dialect: Dialect): boolean =>
  /^(file:\/\/)?\/(var\/)?run\/secrets\/\S+$/.test(text) || /^\/[\w.-]+\/[\w./-]*\.(json|pem|key|txt|crt|ya?ml|jwks)$/.test(text)
  || (dialect === 'kubernetes' && /^\/[\w.-]+\/[\w./-]+$/.test(text))

/** A file of keys or credentials where a container looks for one, at the root or beside the program. */
const keyFile = /^(\.{0,2}\/)?\w[\w.-]{0,100}\.(json|pem|key|p12|crt|ya?ml|txt|toml)$/

const managerReference = /^(arn:aws[a-z-]*:(secretsmanager|ssm):|vault:|op:\/\/|ref\+|gcpsm:|projects\/[^/\s]+\/secrets\/)\S+$/

const unquoted = (text: string): string => (/^(["']).*\1$/s.test(text) && text.length > 1 ? text.slice(1, -1) : text)

function literalPartsOf(text: string, references: Reference[]): string {
  let from = 0
  let rest = ''
  for (const { start, end } of references) {
    rest += text.slice(from, start)
    from = end
  }
  return (rest + text.slice(from)).replace(/[\s"']+/g, '')
}

type InUrl = { start: number; end: number; user: string; scheme: string }

/** A hostile text may name thousands of URLs; a real one has few. */
const mostUrls = 32

function urlSecrets(value: string, dialect: Dialect): InUrl[] {
  if (value.length > longest || !value.includes('://')) return []
  const text = maskReferences(value, dialect)
  const found: InUrl[] = []
  for (let at = text.indexOf('://'), count = 0; at !== -1 && count < mostUrls; at = text.indexOf('://', at + 3), count++) {
    const userinfo = userinfoAt(text, at + 3)
    const colon = userinfo === undefined ? -1 : text.slice(userinfo.start, userinfo.end).indexOf(':')
    if (userinfo === undefined || colon === -1) continue
    const start = userinfo.start + colon + 1
    if (start < userinfo.end) found.push({ start, end: userinfo.end, user: value.slice(userinfo.start, start - 1), scheme: schemeBefore(text, at) })
  }
  for (const match of text.matchAll(/[?&](?:password|passwd|pwd|token|api_?key|secret)=([^&#\s]+)/gi)) {
    const start = match.index + match[0].length - match[1].length
    if (!found.some(one => one.start <= start && start < one.end)) found.push({ start, end: start + match[1].length, user: '', scheme: '' })
  }
  return found.sort((one, other) => one.start - other.start)
}

const schemeBefore = (text: string, at: number): string => /[a-z][a-z0-9+.-]{0,30}$/i.exec(text.slice(Math.max(0, at - 31), at))?.[0].toLowerCase() ?? ''

/**
 * What stands before the last `@`: a password with a bare `/` or `@` in it is met whole, and a port is not taken for one.
 * In a list of URLs each ends where the next begins.
 */
function userinfoAt(text: string, start: number): { start: number; end: number } | undefined {
  const line = text.slice(start, start + 4096)
  const rest = line.slice(0, /[\s"'<>]|[,;|][a-z][a-z0-9+.-]{0,30}:\/\/|$/i.exec(line)?.index)
  const authority = /^[^/?#]*/.exec(rest)?.[0] ?? ''
  const password = authority.includes('@') ? /^[^@]*:/.test(authority) : /^(:|[^:]*:(?!\d*$))/.test(authority)
  const end = rest.lastIndexOf('@')
  return password && end !== -1 ? { start, end: start + end } : undefined
}

/** `Server=db;Password=...`, and a URL of a database without any password. */
function connectionSecret(value: string, dialect: Dialect, rules: SecretRules): SecretFact | undefined {
  if (value.length > longest) return undefined
  const text = maskReferences(value, dialect)
  const password = /(?:^|[;\s])(?:password|passwd|pwd)\s?=\s?([^;\s]+)|,(?:password|passwd|pwd)=([^,;\s]+)/i.exec(text)
  if (password !== null) {
    const given = password[1] ?? password[2]
    const start = password.index + password[0].length - given.length
    return { ...classifyText(value.slice(start, start + given.length), dialect, rules, [], 0), within: 'connection-string' }
  }
  const database = /^(postgres|postgresql|mysql|mariadb|mongodb|redis|rediss|amqp|amqps|mssql|sqlite)(\+\w+)?:\/\/[^\s:@]*(:\d+)?(\/|@|$)/i
  return database.test(text) ? { class: 'empty', length: 0, within: 'url' } : undefined
}
