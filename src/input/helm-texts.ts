import type { Json, Path } from '../artefact/document.ts'
import { type JsonMap } from '../artefact/json.ts'
import { isSecretName, type SecretRules } from './secret-name.ts'
import { classifySecret, secretOf, type SecretFact } from './secret.ts'
import type { SecretAt } from './without-secrets.ts'

/**
 * Takes out of values what may hide a secret inside a text, in place: whole files become `{"text": {"length": n}}`, since configurations in
 * them are artefacts of their own, and `NAME=<secret>`, `--name=<secret>` and what follows `--name` become the secret's class with
 * `masked`, the text without it. `known` are the secrets that are their class already.
 */
export function withoutSecretTexts(value: Json, rules: SecretRules, known: SecretAt[]): SecretAt[] {
  const found: SecretAt[] = []
  visit(value, [], { rules, found, known: new Set(known.map(({ path }) => path.join('\0'))) })
  return found
}

type Visit = { rules: SecretRules; found: SecretAt[]; known: ReadonlySet<string> }

function visit(value: Json, path: Path, given: Visit): void {
  if (typeof value !== 'object' || value === null || given.known.has(path.join('\0'))) return
  const entries = Array.isArray(value) ? value.map((item, index) => [index, item] as const) : Object.entries(value)
  let option: string | undefined
  for (const [key, inner] of entries) {
    const before = option
    option = undefined
    if (typeof inner !== 'string') visit(inner, [...path, key], given)
    else {
      if (Array.isArray(value)) option = /^-{1,2}([A-Za-z][\w.-]*)$/.exec(inner)?.[1]
      const shown = shownText(inner, [...path, key], before, given)
      if (shown !== inner) (value as { [key: string | number]: Json })[key] = shown
    }
  }
}

function shownText(text: string, path: Path, option: string | undefined, { rules, found }: Visit): Json {
  const hidden = (name: string, secret: SecretFact, masked?: string): JsonMap => {
    found.push({ path, name, ...secret })
    return { secret: { ...secret }, ...(masked !== undefined && { masked }) }
  }
  if (option !== undefined && !text.startsWith('-') && isSecretOption(option, rules)) return hidden(option, classifySecret(text, 'helm', rules))
  const [, before, name, value] = /^(-{0,2}([A-Za-z_][\w.-]*)=)(\S*)$/.exec(text) ?? []
  if (name !== undefined) {
    const secret = isSecretOption(name, rules) ? classifySecret(value, 'helm', rules) : secretOf(name, value, 'helm', rules)
    return secret === undefined ? text : hidden(name, secret, `${before}***`)
  }
  return /[\r\n]/.test(text) || mayHide(text, rules) ? { text: { length: text.length } } : text
}

const isSecretOption = (name: string, rules: SecretRules): boolean => shortOptions.has(name) || isSecretName(name, undefined, rules)

/** Options of Redis that the general rule does not know. */
const shortOptions = new Set(['masterauth', 'primaryauth'])

/** True for a text of several words or a flow map in which a secret is named before something else. */
function mayHide(text: string, rules: SecretRules): boolean {
  if (!/[\s{]/.test(text)) return false
  return [...text.matchAll(/(?<![\w.-])-{0,2}([A-Za-z_][\w.-]*)(?=["']?(?:\s*[=:]\s*|\s+)["']?[^\s"'])/g)].some(([, name]) => isSecretOption(name, rules))
}
