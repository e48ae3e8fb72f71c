import { posix } from 'node:path'
import type { Json } from '../artefact/document.ts'
import { isMap } from '../artefact/json.ts'
import type { Profile } from '../finding/enforcement.ts'
import { markOf } from './compose-mark.ts'

/**
 * What Helm values say they are for: by a word of the file's name, else by MCP_ENV in an environment, of several the strictest. Undefined
 * for values that say nothing. Values inside an object have no name of their own.
 */
export function profileOfValues(path: string | undefined, value: Json): Profile | undefined {
  const named = path === undefined ? undefined : byName(path)
  if (named !== undefined) return named
  const said = new Set(environmentsIn(value, 0).map(text => environments[text.toLowerCase()]))
  return strictest.find(profile => said.has(profile))
}

const strictest: Profile[] = ['production', 'staging', 'development']

const staging = new Set(['staging', 'stage', 'stg', 'preprod', 'uat', 'qa'])

/**
 * What the folders of an overlay say that it is for, as in `overlays/dev`; of several words the strictest. Folders above the one that was
 * asked for are not looked at.
 */
export function profileOfFolders(path: string, folders: readonly string[]): Profile | undefined {
  const asked = folders.map(folder => posix.normalize(folder.replaceAll('\\', '/')).replace(/\/$/, ''))
  const above = asked.filter(folder => path === folder || path.startsWith(`${folder}/`)).reduce((most, { length }) => Math.max(most, length), 0)
  const said = new Set(path.slice(above).split('/').map(byName))
  return strictest.find(profile => said.has(profile))
}

function byName(path: string): Profile | undefined {
  const mark = markOf(path)
  if (mark === 'production') return 'production'
  const words = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).toLowerCase().split(/[._-]/)
  if (words.some(word => staging.has(word))) return 'staging'
  return mark === 'development' ? 'development' : undefined
}

const environments: { [text: string]: Profile | undefined } = {
  __proto__: null as never,
  production: 'production', prod: 'production', live: 'production',
  staging: 'staging', stage: 'staging', stg: 'staging', preprod: 'staging', uat: 'staging', qa: 'staging',
  development: 'development', dev: 'development', local: 'development', test: 'development', testing: 'development', ci: 'development',
}

const deepest = 200

/** The values of MCP_ENV, in maps, in lists of `{name, value}` and in lists of `NAME=value`. */
function environmentsIn(value: Json, depth: number): string[] {
  if (depth > deepest) return []
  if (Array.isArray(value)) return value.flatMap(item => environmentsIn(item, depth + 1))
  if (typeof value === 'string') return value.startsWith('MCP_ENV=') ? [value.slice('MCP_ENV='.length)] : []
  if (!isMap(value)) return []
  const own = value.name === 'MCP_ENV' ? value.value : value.MCP_ENV
  return [...(typeof own === 'string' ? [own] : []), ...Object.values(value).flatMap(inner => environmentsIn(inner, depth + 1))]
}
