import { defaultLimits, type Artefact, type ArtefactKind, type FileReading } from '../artefact/artefact.ts'
import type { Json, Path } from '../artefact/document.ts'
import { readDocuments } from '../artefact/documents.ts'
import { readEnvFile } from '../artefact/env-file.ts'
import { at, isMap, type JsonMap } from '../artefact/json.ts'
import { fileName } from '../artefact/recognised.ts'
import { OverLimitError } from './limit.ts'
import type { SecretRules } from './secret-name.ts'
import { secretOf, type SecretFact } from './secret.ts'
import { secretInText } from './secret-text.ts'
import type { Dialect } from './variables.ts'
import { withoutSecrets } from './without-secrets.ts'

/** What is wrong with one entry of a ConfigMap. */
export type EntrySecret = SecretFact & {
  path: Path
  /** The key of the entry. */
  name: string
  /** Of a file: what in it is the secret. */
  inside?: string
  /** How many more secrets there are in the file. */
  more?: number
}

/**
 * The entries of a ConfigMap that hold a credential, or whose value under the name of one is a template; at most one fact for each.
 *
 * A configuration that is an artefact of its own is read by its keys, an env file by its variables; any other file is only searched for what
 * cannot be anything else: keys and tokens of known forms, passwords in URLs and connection strings.
 */
export function configMapSecrets(file: FileReading, artefact: Artefact, rules: SecretRules): EntrySecret[] {
  const { data, binaryData } = artefact.value as JsonMap
  const inner = innerOf(file).get(artefact) ?? []
  const found = [...textsOf(data), ...decodedTextsOf(binaryData)].flatMap(({ field, key, text }) => {
    const configuration = inner.find(({ outer }) => outer?.path[0] === field && outer.path[1] === key) ?? configurationIn(key, text)
    const fact = configuration === undefined ? inEntry(key, text, rules) : inConfiguration(configuration, rules) ?? secretInText(text, rules)
    return fact === undefined ? [] : [{ ...fact, path: [field, key], name: key.slice(0, 100) }]
  })
  return found
}

type Entry = { field: string; key: string; text: string }
type Fact = Omit<EntrySecret, 'path' | 'name'>

function textsOf(entries: Json | undefined): Entry[] {
  if (!isMap(entries)) return []
  return Object.entries(entries).flatMap(([key, text]) => (typeof text === 'string' ? [{ field: 'data', key, text }] : []))
}

function decodedTextsOf(entries: Json | undefined): Entry[] {
  if (!isMap(entries)) return []
  return Object.entries(entries).flatMap(([key, encoded]) => {
    const bytes = typeof encoded === 'string' ? Buffer.from(encoded, 'base64') : undefined
    if (bytes === undefined || bytes.includes(0)) return []
    const text = bytes.toString('utf8')
    return text.includes('\ufffd') ? [] : [{ field: 'binaryData', key, text }]
  })
}

function inEntry(key: string, text: string, rules: SecretRules): Fact | undefined {
  if (/(^|[._-])env$/i.test(key) && /[\n=]/.test(text)) return inVariables(text, rules) ?? secretInText(text, rules)
  const isText = text.trimEnd().includes('\n')
  if (isFile(key, isText) || (isText && text.startsWith('#!'))) return secretInText(text, rules)
  const fact = secretOf(key, text, 'kubernetes', rules)
  if (fact !== undefined && isTold(fact)) return fact
  return isText ? secretInText(text, rules) : undefined
}

const isTold = (fact: SecretFact): boolean => ['literal', 'mixed', 'default-literal'].includes(fact.class) || fact.via === 'template'

/** An ending that only files have. `auth.token` and `db.password` are names; `api.key` is one when no key file stands in it. */
const isFile = (key: string, isText: boolean): boolean => extensions.test(key) && (isText || !/\.key$/i.test(key))

const extensions = new RegExp(`\\.(${[
  'ya?ml', 'json[5c]?', 'toml', 'ini', 'conf', 'cfg', 'cnf', 'config', 'properties', 'xml', 'sh', 'bash', 'py', '[cm]?js', 'ts', 'rb', 'lua', 'sql', 'txt', 'md', 'tmpl', 'tpl',
  'gotmpl', 'j2', 'html?', 'css', 'pem', 'crt', 'cer', 'key', 'pub', 'csr', 'csv', 'rego', 'hcl', 'tf', 'service', 'rules', 'list', 'repo', 'php', 'go', 'ps1', 'bat', 'hbs', 'db', 'log',
  'jwks', 'acl', 'alloy', 'river', 'vcl', 'xslt?', 'graphql', 'proto',
].join('|')})$`, 'i')

function inVariables(text: string, rules: SecretRules): Fact | undefined {
  const [{ value, about }] = readEnvFile({ path: '.env', text, limits: defaultLimits }).artefacts
  const literal = new Set(Array.isArray(about?.literal) ? about.literal : [])
  const faults = Object.entries(value as JsonMap).flatMap(([name, given]) => {
    const fact = secretOf(name, given, literal.has(name) ? 'bridge' : 'env', rules)
    return fact !== undefined && given !== null && isTold(fact) ? [{ fact, inside: name }] : []
  })
  return firstOf(faults)
}

const dialects: { [kind in ArtefactKind]?: Dialect } = {
  'hangar-config': 'hangar', 'bridge-gateway-config': 'bridge', 'bridge-router-config': 'bridge', 'openmcp-config': 'openmcp', 'openmcp-catalog': 'openmcp',
  'mcp-client-config': 'client', 'helm-values': 'helm', 'alertmanager-config': 'kubernetes',
}

type Configuration = Pick<Artefact, 'kind' | 'value'>

/** A configuration that is no artefact of its own there: Alertmanager's, Open MCP Gateway's, or Hangar's database alone. */
function configurationIn(key: string, text: string): Configuration | undefined {
  if (text.length > longestConfiguration || !/^(route|receivers|listen_addr|catalog_path|servers|persistence)[ \t]*:/m.test(text)) return undefined
  for (const document of readDocuments(text, fileName(key), defaultLimits)) {
    if (!('parsed' in document)) continue
    const { parsed: { value }, recognised } = document
    const kind = isMap(at(value, 'persistence', 'postgresql')) && recognised === undefined ? 'hangar-config' : recognised?.kind
    if (kind !== undefined && dialects[kind] !== undefined) return { kind, value }
  }
  return undefined
}

const longestConfiguration = 262_144

function inConfiguration({ kind, value }: Configuration, rules: SecretRules): Fact | undefined {
  try {
    const { secrets } = withoutSecrets(value, dialects[kind] ?? 'kubernetes', rules)
    return firstOf(secrets.flatMap(({ path, name: _, ...fact }) => (isTold(fact) || fact.class === 'unexpanded' ? [{ fact, inside: shownPath(path) }] : [])))
  } catch (error) {
    // What is too large is said of the configuration itself.
    if (error instanceof OverLimitError) return undefined
    throw error
  }
}

function firstOf(faults: { fact: SecretFact; inside: string }[]): Fact | undefined {
  const decided = faults.filter(({ fact }) => fact.via !== 'template')
  const [first] = decided.length > 0 ? decided : faults
  if (first === undefined) return undefined
  return { ...first.fact, inside: first.inside.slice(0, 200), ...(decided.length > 1 && { more: decided.length - 1 }) }
}

const shownPath = (path: Path): string => path.map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index > 0 ? '.' : ''}${step}`)).join('')

const known = new WeakMap<FileReading, Map<Artefact, Artefact[]>>()

/** The artefacts of a file that stand inside others, by those. */
function innerOf(file: FileReading): Map<Artefact, Artefact[]> {
  const made = known.get(file)
  if (made !== undefined) return made
  const inner = new Map<Artefact, Artefact[]>()
  for (const artefact of file.artefacts) {
    if (artefact.outer === undefined) continue
    const holder = file.artefacts[artefact.outer.artefact]
    inner.set(holder, [...(inner.get(holder) ?? []), artefact])
  }
  known.set(file, inner)
  return inner
}
