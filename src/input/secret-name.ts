/** What decides whether a name is that of a secret and how bad a literal is; made once for a run from parameters and configuration. */
export type SecretRules = {
  name: RegExp
  placeholder: RegExp
  /** Passwords that every dictionary has, lower case; one that ends in `*` stands for all that begin so. */
  defaults: string[]
  /** Names that the repository declares to be no secrets, lower case. */
  notSecret: Set<string>
}

/** Throws where an expression of the configuration cannot be compiled. */
export function secretRules(params: Record<string, unknown>, notSecret: string[] = []): SecretRules {
  return {
    name: expression(params, 'secret_name_regex', 'gi'),
    placeholder: expression(params, 'placeholder_regex', 'i'),
    defaults: (params.default_passwords as string[]).map(password => password.toLowerCase()),
    notSecret: new Set(notSecret.map(name => name.toLowerCase())),
  }
}

/**
 * True for a key or variable whose value is a secret: not one that names, measures, places or describes a secret, and not one
 * whose value is a switch, a duration or a small number.
 */
export function isSecretName(name: string, value: unknown, rules: SecretRules): boolean {
  if (rules.notSecret.has(name.toLowerCase())) return false
  const words = wordsOf(name)
  const joined = words.join('_')
  if (!matches(joined, rules.name) && !matches(name.toLowerCase(), rules.name)) return false
  return !describesSecret(words, joined) && !isPlainSetting(value) && !measures(words, value)
}

/** The words of a name in lower case: `dbAPIKey`, `db-api.key` and `DB_API_KEY` are all `db`, `api`, `key`. */
export function wordsOf(name: string): string[] {
  return name.split(/[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/).filter(word => word !== '').map(word => word.toLowerCase())
}

function expression(params: Record<string, unknown>, name: string, flags: string): RegExp {
  const source = String(params[name])
  try {
    return new RegExp(source.replace(/^\(\?i\)/, ''), flags)
  } catch {
    throw new Error(`params.${name} is no regular expression`)
  }
}

function matches(name: string, expression: RegExp): boolean {
  for (const { 0: match, index } of name.matchAll(expression)) {
    if (counts(match.toLowerCase(), wordAt(name, index))) return true
  }
  return false
}

/** `pass` and `dsn` are parts of other words too often: they count as a word, at the end of one, and in passphrase and passcode. */
function counts(match: string, word: string): boolean {
  if (match === 'token') return !/^tokeni[sz]/.test(word)
  if (match === 'password') return !word.startsWith('passwordless')
  if (match !== 'pass' && match !== 'dsn') return true
  return /^pass(phrase|code)/.test(word) || (word.endsWith(match) && !/^(by|com|encom|sur|tres|over|under)pass$/.test(word))
}

function wordAt(name: string, index: number): string {
  const end = name.slice(index).search(/[^a-z0-9]/)
  const word = end === -1 ? name.slice(index) : name.slice(index, index + end)
  return (/[a-z0-9]*$/.exec(name.slice(Math.max(0, index - 64), index))?.[0] ?? '') + word
}

const describing = new Set([
  'file', 'path', 'dir', 'name', 'namespace', 'env', 'id', 'header', 'algorithm', 'expiry', 'ttl', 'timeout', 'interval', 'length', 'hours',
  'issuer', 'audience', 'endpoint', 'host', 'port', 'region', 'type', 'prefix', 'provider', 'store', 'backend', 'mode', 'scope', 'claim', 'version',
  'url', 'uri', 'ref', 'refs', 'arn', 'method', 'names', 'files', 'paths', 'manager', 'engine', 'source', 'strategy', 'format', 'location', 'param',
  'parameter', 'cookie', 'alg', 'cache', 'kind', 'service', 'server', 'label', 'field', 'hasher', 'encoder', 'plugin', 'driver', 'realm', 'domain',
  'user', 'username', 'role', 'algorithms', 'claims', 'scopes', 'audiences', 'issuers', 'headers', 'types', 'providers', 'endpoints', 'validation',
  'strength', 'encryption', 'rotation', 'level', 'grant', 'flow',
])

/** With a number behind it, what such a name ends in says how much of something or for how long: TOKEN_LIFETIME, CONTEXT_TOKENS, EXPIRES_IN. */
const measuring = new Set([
  'seconds', 'secs', 'sec', 'minutes', 'mins', 'days', 'ms', 'millis', 'milliseconds', 'lifetime', 'expiration', 'expires', 'expire', 'in', 'duration',
  'limit', 'limits', 'count', 'size', 'budget', 'window', 'age', 'leeway', 'rate', 'period', 'bytes', 'retries', 'attempts', 'threshold', 'tokens',
])

/** True for a name and a number that are a measure, whatever else the name says: `--token-limit 4000`. */
export const isMeasure = (name: string, value: unknown): boolean => measures(wordsOf(name), value)

const measures = (words: string[], value: unknown): boolean =>
  measuring.has(words[words.length - 1]) && (typeof value === 'number' || (typeof value === 'string' && /^\d{1,15}(\.\d{1,6})?$/.test(value)))

const policyWords = new Set(['min', 'max', 'require', 'policy', 'enforcement', 'enabled', 'public', 'publishable'])

/** Names of keys that hold the name of a secret, or of a key in one. */
const naming = /(^|_)(existing_secret(_|$)|(pull|tls|ca|cert|certificate|ingress|registry)_secrets?$|secret_key_ref|(secret_)?password_key$|token_secure_key$|public_key$|key_name$|env_vars?$)|^etcd_initial_cluster_token$/

function describesSecret(words: string[], joined: string): boolean {
  if (words.length > 1 && describing.has(words[words.length - 1])) return true
  return words.some(word => policyWords.has(word)) || naming.test(joined)
}

function isPlainSetting(value: unknown): boolean {
  if (typeof value === 'boolean') return true
  if (typeof value === 'number') return Math.abs(value) < 10_000
  if (typeof value !== 'string' || value.length > 32) return false
  return /^(true|false|yes|no|on|off|enabled|disabled)$/i.test(value) || /^-?\d{1,4}(\.\d+)?$/.test(value) || /^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h|d|w))+$/.test(value) || /^\d+ ?(second|minute|hour|day)s?$/i.test(value)
}
