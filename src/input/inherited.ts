import type { Json } from '../artefact/document.ts'
import { at, isMap, type JsonMap } from '../artefact/json.ts'
import type { Projected } from './input.ts'
import { add, find, type Lookup } from './lookup.ts'
import { isSecretName, type SecretRules } from './secret-name.ts'
import { secretOf } from './secret.ts'
import { isView, textAt, viewAt, viewsAt, type View } from './view.ts'

/** A variable that a container or a service gets by reference; `at` is the reference, below the container or the service. */
export type Inherited = { name: string; value: Json; at: (string | number)[] }

/** The entries of a ConfigMap that may be variables: short texts, secrets as their class. */
export function settingsIn({ data }: JsonMap, rules: SecretRules): Map<string, Json> {
  const settings = new Map<string, Json>()
  for (const [key, text] of isMap(data) ? Object.entries(data) : []) {
    if (typeof text !== 'string' || text.length > longest || text.includes('\n') || settings.size === most) continue
    const secret = secretOf(key, text, 'kubernetes', rules)
    settings.set(key, secret === undefined && !isSecretName(key, text, rules) ? text : { secret: { ...secret } })
  }
  return settings
}

const longest = 200
const most = 500

/** Only names that a control reads are passed on. */
export const isRead = (name: string): boolean => /^(MCP_|FASTMCP_|RUST_LOG$)|LOG_?LEVEL$/i.test(name)

/**
 * Gives each container of a set, in place, what it gets from ConfigMaps of the set: `inherited`, the weakest first, and `resolved` beside
 * a variable of its own. `inherited_open` says what of `envFrom` is not known.
 */
export function inheritEnvironments(objects: Iterable<Projected>): void {
  const maps: Lookup<ReadonlyMap<string, Json>> = new Map()
  const all = [...objects]
  for (const { identity, fields, settings } of all) {
    if (settings !== undefined && identity.name !== undefined) add(maps, identity.name, fields.namespace as string | undefined, settings)
  }
  for (const { fields } of all) {
    const { pod_path: path, namespace } = fields
    const pod = Array.isArray(path) ? at(fields.value as Json, ...(path as string[])) : undefined
    if (!isMap(pod)) continue
    const settingsOf = (name: string): ReadonlyMap<string, Json> | undefined => find(maps, name, namespace as string | undefined)[0]?.[0]
    for (const list of ['containers', 'initContainers', 'ephemeralContainers']) for (const container of viewsAt(pod, list)) inherit(container as JsonMap, settingsOf)
  }
}

function inherit(container: JsonMap, settingsOf: (name: string) => ReadonlyMap<string, Json> | undefined): void {
  // An object of several sets keeps what one of them knows whole.
  if (container.inherited !== undefined && container.inherited_open === undefined) return
  const { inherited, open } = fromSources(viewsAt(container, 'envFrom'), settingsOf)
  if (inherited.length > 0) container.inherited = inherited as unknown as Json
  if (open !== undefined) container.inherited_open = open
  else delete container.inherited_open
  for (const entry of viewsAt(container, 'env')) {
    const { name, key } = viewAt(entry, 'valueFrom', 'configMapKeyRef')
    const value = typeof name === 'string' && typeof key === 'string' ? settingsOf(name)?.get(key) : undefined
    if (value !== undefined && isRead(textAt(entry, 'name'))) (entry as JsonMap).resolved = value
  }
}

function fromSources(sources: View[], settingsOf: (name: string) => ReadonlyMap<string, Json> | undefined): { inherited: Inherited[]; open?: string } {
  const inherited: Inherited[] = []
  let open: string | undefined
  for (const [index, source] of sources.entries()) {
    const name = textAt(source, 'configMapRef', 'name')
    const settings = name === '' ? undefined : settingsOf(name)
    if (settings === undefined) open ??= name !== '' ? `ConfigMap ${name}` : isView(source.secretRef) ? `Secret ${textAt(source, 'secretRef', 'name')}` : 'a ConfigMap'
    for (const [key, value] of settings ?? []) {
      const variable = textAt(source, 'prefix') + key
      if (isRead(variable)) inherited.push({ name: variable, value, at: ['envFrom', index] })
    }
  }
  return { inherited, ...(open !== undefined && { open }) }
}

/** The same for a Compose service and its `env_file`s; `variablesOf` knows those of the run, by the path as it is written. */
export function inheritEnvFiles(service: JsonMap, variablesOf: (path: string) => readonly View[] | undefined): void {
  const files = Array.isArray(service.env_file) ? service.env_file : []
  const inherited: Inherited[] = []
  for (const [index, file] of files.entries()) {
    const variables = typeof file === 'string' ? variablesOf(file) : undefined
    if (variables === undefined) service.inherited_open ??= typeof file === 'string' ? `the file ${file.slice(0, longest)}` : 'an env file'
    for (const { name, value } of variables ?? []) if (typeof name === 'string' && isRead(name)) inherited.push({ name, value: value as Json, at: ['env_file', index] })
  }
  if (inherited.length > 0) service.inherited = inherited as unknown as Json
}

/** What a container or a service has of its environment, the weakest first; of its own, what it takes from elsewhere is not known. */
export function environmentOf(process: View, own: readonly View[]): { name: string; value: unknown }[] {
  const named = [...viewsAt(process, 'inherited'), ...own.map(entry => ({ name: entry.name, value: entry.value ?? entry.resolved ?? { unresolved: 'a value from elsewhere' } }))]
  return named.flatMap(({ name, value }) => (typeof name === 'string' && isRead(name) ? [{ name, value }] : []))
}
