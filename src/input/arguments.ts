import type { Json } from '../artefact/document.ts'
import { isMap } from '../artefact/json.ts'
import { classifySecret, secretOf } from './secret.ts'
import { isSecretName, type SecretRules } from './secret-name.ts'
import type { Dialect } from './variables.ts'

/**
 * The words of a command line as controls may see them, one for each: `{"secret": ...}` for what follows an option whose name is that of
 * a secret (with `option` where both are one word, `--token=...`), and for a URL with a password. What is in a shell script is not looked
 * at. `other` makes of any other word, or of the value of an option, what controls see.
 */
export function argumentsOf(words: (Json | undefined)[], dialect: Dialect, rules: SecretRules, other: (word: Json | undefined) => Json): Json[] {
  const named = (name: string, word: string): Json => {
    const secret = secretOf(name, word, dialect, rules)
    return secret === undefined ? other(word) : { secret }
  }
  let secret = false
  return words.map(word => {
    const isValue = secret && !(typeof word === 'string' && word.startsWith('--'))
    secret = false
    if (isValue) return { secret: classifySecret(word, dialect, rules) }
    if (typeof word !== 'string') return other(word)
    const [, option, value] = /^-{1,2}([A-Za-z][\w.-]*)(?:=([\s\S]*))?$/.exec(word) ?? []
    if (option === undefined) return named('', word)
    const isSecret = secretOptions.has(option) || isSecretName(option, undefined, rules)
    if (value !== undefined) {
      const start = word.slice(0, word.indexOf('='))
      const given = isSecret ? { secret: classifySecret(value, dialect, rules) } : named(option, value)
      return isMap(given) ? { option: start, ...given } : `${start}=${String(given)}`
    }
    secret = isSecret
    return word
  })
}

/** Options of Redis and its command line that the general rule does not know. */
const secretOptions = new Set(['masterauth', 'primaryauth', 'auth'])
