import type { Json } from '../artefact/document.ts'
import { isMap } from '../artefact/json.ts'
import { classifySecret, isCredentialHeader, secretOf } from './secret.ts'
import { isMeasure, isSecretName, type SecretRules } from './secret-name.ts'
import type { Dialect } from './variables.ts'

/**
 * The words of a command line as controls may see them, one for each: `{"secret": ...}` for what follows an option whose name is that of
 * a secret (`after` is that option), for both in one word (`--token=...`, `TOKEN=...`, `Authorization: ...`; `option` is what stands before
 * the value), and for a URL with a password. What is in a shell script is not looked
 * at. `other` makes of any other word, or of the value of an option, what controls see.
 */
export function argumentsOf(words: (Json | undefined)[], dialect: Dialect, rules: SecretRules, other: (word: Json | undefined) => Json): Json[] {
  const named = (name: string, word: string): Json => {
    const secret = secretOf(name, word, dialect, rules)
    return secret === undefined ? other(word) : { secret }
  }
  let before: string | undefined
  return words.map((word): Json => {
    const after = typeof word === 'string' && word.startsWith('--') ? undefined : before
    before = undefined
    if (after !== undefined && isMeasure(after, word)) return other(word)
    if (after !== undefined) return { after, secret: { ...classifySecret(word, dialect, rules) } }
    if (typeof word !== 'string') return other(word)
    const [, option, value] = /^-{1,2}([A-Za-z][\w.-]*)(?:=([\s\S]*))?$/.exec(word) ?? []
    if (option === undefined) return assigned(word, dialect, rules) ?? named('', word)
    const isSecret = secretOptions.has(option) || isSecretName(option, undefined, rules)
    if (value !== undefined) {
      const start = word.slice(0, word.indexOf('='))
      const given = isSecret ? { secret: classifySecret(value, dialect, rules) } : named(option, value)
      return isMap(given) ? { option: start, ...given } : `${start}=${String(given)}`
    }
    if (isSecret) before = word
    return word
  })
}

/** A variable or a header in one word, `-e TOKEN=...` or `-H 'Authorization: ...'`. */
function assigned(word: string, dialect: Dialect, rules: SecretRules): Json | undefined {
  const [, name, sign, value] = /^([A-Za-z_][\w-]*)(=|:(?!\/\/)\s*)([\s\S]+)$/.exec(word) ?? []
  if (name === undefined) return undefined
  const isSecret = sign === '=' ? isSecretName(name, value, rules) : isCredentialHeader(name, value) || isSecretName(name, value, rules)
  return isSecret ? { option: name, secret: { ...classifySecret(value, dialect, rules) } } : undefined
}

/** Options of Redis that the general rule does not know. */
const secretOptions = new Set(['masterauth', 'primaryauth'])
