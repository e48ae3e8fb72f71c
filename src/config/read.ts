import { dirname, resolve } from 'node:path'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { defaultLimits } from '../artefact/artefact.ts'
import { readCandidate } from '../artefact/candidate.ts'
import { decodeText } from '../artefact/decode.ts'
import { ReadError, type Json, type Parsed, type Path } from '../artefact/document.ts'
import { isMap } from '../artefact/json.ts'
import { readStream } from '../artefact/yaml/stream.ts'
import { linesOf } from '../finding/place.ts'
import { didYouMean } from '../input/suggest.ts'
import type { Catalogue } from '../policy/catalogue.ts'
import { configCheck } from './lazy.ts'
import type { Configuration, Content } from './configuration.ts'
import { ConfigError, mistakesIn, type Mistake } from './mistakes.ts'
import { selects } from './selection.ts'
import { settingOf, unreadIn } from './settings.ts'

const names = ['.mcp-policy.yaml', '.mcp-policy.yml']

/** The configuration that holds in a folder: of the folder or above it, up to the root of its repository; none outside of one but the folder's own. */
export function findConfiguration(folder: string): string | undefined {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const found = names.map(name => join(at, name)).find(isFile)
    if (found !== undefined) return found
    if (exists(join(at, '.git')) || dirname(at) === at) return undefined
  }
}

/** What a configuration is checked against beside its schema. */
export type Known = { catalogue: Catalogue; params: Record<string, unknown>; schema: string }

/** Reads a configuration. Throws a ConfigError that names each fault with its place; `name` is the file's in messages. */
export function readConfiguration(path: string, name: string, known: Known): Configuration {
  const bytes = readCandidate(path, defaultLimits)
  if (!(bytes instanceof Uint8Array)) throw new ConfigError(`${name}: ${bytes.message}`)
  const decoded = decodeText(bytes)
  if (decoded instanceof ReadError) throw new ConfigError(`${name}: ${decoded.message}`)
  const { text, byteOffset } = decoded
  const lines = linesOf(text)
  const place = (offset: number) => {
    const { line, column } = lines.at(offset)
    return `${name}:${line}:${column}`
  }
  const parsed = oneDocument(text, place)
  const faults = parsed === undefined ? [] : faultsOf(parsed, known)
  if (faults.length > 0) throw new ConfigError(faults.map(({ path, what }) => `${place(keyOf(parsed!, path))}: ${what}`).join('\n'))
  const content = (parsed?.value ?? {}) as Content
  const unread = unreadIn(content).map(path => ({ name: path.join('.'), offset: keyOf(parsed!, path) })).sort((a, b) => a.offset - b.offset)
  return {
    content,
    file: { path: name, text, artefacts: [], uncovered: [], empty: [], byteOffset },
    folder: dirname(resolve(path)),
    spanOf: path => parsed?.locate(path).value ?? { start: 0, end: 0 },
    unread: unread.map(({ name, offset }) => ({ name, ...lines.at(offset) })),
  }
}

/** The one document of a text; undefined for a text of comments alone. */
function oneDocument(text: string, place: (offset: number) => string): Parsed | undefined {
  const documents = readStream(text, 'kubectl', { depth: defaultLimits.depth }).filter(document => !('empty' in document))
  if (documents.length > 1) throw new ConfigError(`${place(documents[1].span.start)}: a second document; the configuration is one`)
  const [document] = documents
  if (document === undefined) return undefined
  if ('error' in document) throw new ConfigError(`${place(document.error.offset)}: ${document.error.message}`)
  if (!('parsed' in document)) return undefined
  const twice = document.parsed.remarks.find(({ kind }) => kind === 'duplicate-key')
  if (twice !== undefined) throw new ConfigError(`${place(twice.span.start)}: ${String(twice.path.at(-1))} is written twice`)
  return document.parsed.value === null ? undefined : document.parsed
}

function keyOf(parsed: Parsed, path: Path): number {
  const { key, value } = parsed.locate(path)
  return (key ?? value).start
}

function faultsOf({ value }: Parsed, { catalogue, params, schema }: Known): Mistake[] {
  const validate = configCheck()
  if (!validate(value)) return mistakesIn(validate.errors ?? [], path => keysAt(schema, path))
  const content = value as Content & { [key: string]: Json }
  const faults: Mistake[] = []
  const checkSettings = (settings: Partial<Content>, at: Path): void => {
    for (const id of Object.keys(settings.enforcement ?? {})) checkControl(id, [...at, 'enforcement', id])
    for (const [name, given] of Object.entries(settings.params ?? {})) {
      const path = [...at, 'params', name]
      if (name === 'profile') faults.push({ path, what: 'profile is no parameter, but a setting of its own' })
      else if (settingOf(name) !== undefined) faults.push({ path, what: `${name} is no parameter, but the setting ${settingOf(name)}` })
      else if (!Object.hasOwn(params, name)) faults.push({ path, what: `there is no parameter ${name}${didYouMean(name, Object.keys(params).filter(known => settingOf(known) === undefined))}` })
      else if (!isAlike(given, params[name])) faults.push({ path, what: `${name} must be ${kindOf(params[name])}` })
      else if (name.endsWith('_regex') && !isExpression(String(given))) faults.push({ path, what: `${name} is no regular expression` })
    }
  }
  checkSettings(content, [])
  for (const [folder, settings] of Object.entries(content.folders ?? {})) checkSettings(settings, ['folders', folder])
  content.exemptions?.forEach(({ control }, index) => checkControl(control, ['exemptions', index, 'control']))
  content.skip?.forEach((pattern, index) => {
    if (!catalogue.controls.some(control => selects(pattern, control.id))) faults.push({ path: ['skip', index], what: noneSelected(pattern, catalogue) })
  })
  return faults

  function checkControl(name: string, path: Path): void {
    const [id, part, ...more] = name.split('/')
    const control = catalogue.controls.find(one => one.id === id)
    if (control === undefined) faults.push({ path, what: noControl(id, catalogue) })
    else if (more.length > 0 || (part !== undefined && !Object.hasOwn(control.cases, part))) {
      faults.push({ path, what: `${id} has no case ${[part, ...more].join('/')}${didYouMean(part, Object.keys(control.cases))}` })
    }
  }
}

const noControl = (id: string, { controls }: Catalogue): string => `there is no control ${id}${didYouMean(id, controls.map(control => control.id))}`

/** What to say of a pattern that means no control. */
export function noneSelected(pattern: string, { controls }: Catalogue): string {
  const areas = new Set(controls.map(({ id }) => id.split('-')[0]))
  return `there is no control ${pattern}${didYouMean(pattern, [...areas]) || didYouMean(pattern, controls.map(({ id }) => id))}`
}

/** The keys that the schema knows in the map at a path. */
function keysAt(schema: string, path: Path): string[] {
  const root = JSON.parse(readFileSync(schema, 'utf8')) as Json
  let at: Json | undefined = root
  for (const step of path) at = resolved(typeof step === 'number' ? within(at, 'items') : within(within(at, 'properties'), step) ?? within(at, 'additionalProperties'))
  const properties = within(at, 'properties')
  return isMap(properties) ? Object.keys(properties) : []

  function resolved(schema: Json | undefined): Json | undefined {
    const reference = within(schema, '$ref')
    return typeof reference === 'string' ? within(within(root, 'definitions'), reference.slice('#/definitions/'.length)) : schema
  }
}

const within = (value: Json | undefined, key: string): Json | undefined => (isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined)

/** True for a value of the same shape as the default. */
function isAlike(given: unknown, known: unknown): boolean {
  if (Array.isArray(known)) return Array.isArray(given) && (known.length === 0 || given.every(item => isAlike(item, known[0])))
  if (typeof known === 'object' && known !== null) return typeof given === 'object' && given !== null && !Array.isArray(given)
  return typeof given === typeof known
}

function kindOf(known: unknown): string {
  if (Array.isArray(known)) return `a list${known.length > 0 ? ` of ${typeof known[0] === 'string' ? 'texts' : 'numbers'}` : ''}`
  return typeof known === 'string' ? 'text' : typeof known === 'number' ? 'a number' : typeof known === 'boolean' ? 'true or false' : 'a map'
}

function isExpression(source: string): boolean {
  try {
    return new RegExp(source.replace(/^\(\?i\)/, '')) instanceof RegExp
  } catch {
    return false
  }
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true
}
