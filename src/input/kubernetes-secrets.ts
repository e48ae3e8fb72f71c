import type { Json, Path } from '../artefact/document.ts'
import { at, isMap, type JsonMap } from '../artefact/json.ts'
import { placeholderOf, type PlaceholderAt } from './placeholder.ts'
import { secretOf } from './secret.ts'
import type { SecretRules } from './secret-name.ts'
import { userNamesIn } from './user-names.ts'
import type { SecretAt } from './without-secrets.ts'

/** What an object holds of secrets and placeholders, where a control asks for it; places are those of the projected value. */
export type ObjectSecrets = { secrets: SecretAt[]; placeholders: PlaceholderAt[] }

const none: ObjectSecrets = { secrets: [], placeholders: [] }

/**
 * Of a Secret the class of every entry with the name of a secret, those of `data` decoded; of an object with pods and of an Ingress
 * what is a placeholder. `object` is as it was written, `value` as controls see it, whose facts of passwords learn of users beside them.
 */
export function secretsOfObject(object: JsonMap, value: JsonMap, podPath: string[] | undefined, rules: SecretRules): ObjectSecrets {
  if (object.apiVersion === 'v1' && object.kind === 'Secret') return entriesOfSecret(object, rules)
  if (object.kind === 'Ingress') return { secrets: [], placeholders: placeholdersAt(hostsOf(value), rules) }
  return podPath === undefined ? none : { secrets: [], placeholders: placeholdersAt(variablesOf(object, value, podPath), rules) }
}

/** Types whose entries are made by programs and hold no password that somebody chose. */
const made = /^(kubernetes\.io\/(service-account-token|tls|dockercfg|dockerconfigjson)|helm\.sh\/.*|bootstrap\.kubernetes\.io\/token)$/

function entriesOfSecret(object: JsonMap, rules: SecretRules): ObjectSecrets {
  if (typeof object.type === 'string' && made.test(object.type)) return none
  const entries = [...entriesAt(object, 'data', decoded), ...entriesAt(object, 'stringData', text => text)]
  const users = userNamesIn(entries.map(({ name, text }) => [name, text] as const))
  const found: ObjectSecrets = { secrets: [], placeholders: [] }
  for (const { name, path, text } of entries) {
    const secret = secretOf(name, text, 'helm', rules, users)
    if (secret !== undefined) found.secrets.push({ path, name, ...secret })
    else found.placeholders.push(...placeholdersAt([{ name, path, value: text }], rules))
  }
  return found
}

type Entry = { name: string; path: Path; text: string }

function entriesAt(object: JsonMap, field: string, read: (text: string) => string | undefined): Entry[] {
  const entries = object[field]
  if (!isMap(entries)) return []
  return Object.entries(entries).flatMap(([name, value]) => {
    const text = typeof value === 'string' ? read(value) : typeof value === 'number' ? String(value) : undefined
    return text === undefined ? [] : [{ name, path: [field, name], text: text.replace(/\r?\n$/, '') }]
  })
}

/** Undefined for what is no text; a template or a variable is not encoded yet. */
function decoded(text: string): string | undefined {
  if (text.includes('{{') || text.includes('${')) return text
  if (text.length > longest || !/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(text)) return undefined
  const plain = Buffer.from(text, 'base64').toString('utf8')
  return /[\0-\x08\x0e-\x1f\ufffd]/.test(plain) ? undefined : plain
}

/** What is longer is a file. */
const longest = 65_536

type Given = { name: string; path: Path; value: Json }

function placeholdersAt(given: Given[], rules: SecretRules): PlaceholderAt[] {
  return given.flatMap(({ name, path, value }) => {
    const what = placeholderOf(value, rules)
    return what === undefined ? [] : [{ path, name, what }]
  })
}

/** The variables of all containers. */
function variablesOf(object: JsonMap, value: JsonMap, podPath: string[]): Given[] {
  const pod = at(value, ...podPath)
  const written = at(object, ...podPath)
  return ['containers', 'initContainers', 'ephemeralContainers'].flatMap(list => itemsOf(pod, list).flatMap((container, index) => {
    const env = itemsOf(container, 'env')
    tellUsers(env, itemsOf(itemsOf(written, list)[index], 'env'))
    return env.flatMap((entry, position) => (isMap(entry) && typeof entry.name === 'string' && entry.value !== undefined
      ? [{ name: entry.name, path: [...podPath, list, index, 'env', position, 'value'], value: entry.value }] : []))
  }))
}

/** A password that is the name of a user beside it is in every dictionary. */
function tellUsers(env: Json[], written: Json[]): void {
  const users = userNamesIn(written.flatMap(entry => (isMap(entry) && typeof entry.name === 'string' ? [[entry.name, entry.value] as const] : [])))
  if (users.length === 0) return
  env.forEach((entry, index) => {
    const secret = isMap(entry) && isMap(entry.value) ? entry.value.secret : undefined
    const own = written[index]
    if (!isMap(secret) || secret.class !== 'literal' || secret.common === true || !isMap(own) || !users.includes(String(own.value))) return
    Object.assign(secret, { common: true, user: true })
  })
}

function hostsOf(value: JsonMap): Given[] {
  const rules = itemsOf(value.spec, 'rules').map((rule, index) => ({ path: ['spec', 'rules', index, 'host'], value: isMap(rule) ? rule.host : undefined }))
  return rules.flatMap(({ path, value: host }) => (typeof host === 'string' ? [{ name: 'host', path, value: host }] : []))
}

function itemsOf(value: Json | undefined, key: string): Json[] {
  const items = isMap(value) ? value[key] : undefined
  return Array.isArray(items) ? items : []
}
