import type { Json } from '../artefact/document.ts'
import { isMap, type JsonMap } from '../artefact/json.ts'
import { programName } from './client-launch.ts'
import { isRead } from './inherited.ts'
import type { SecretRules } from './secret-name.ts'
import { withoutSecrets } from './without-secrets.ts'

type Steps = (string | number)[]

/**
 * What of a server's command line and environment controls read: the program and the options of logging, and the variables that they know.
 * Places are below the server.
 */
export type ClientProcess = {
  words: { word: Json; path: Steps }[]
  environment: { name: string; value: Json; path: Steps }[]
}

/** `at` takes a place of the program to where it stands. Undefined for what the client does not start. */
export function processOf(start: JsonMap, at: (path: Steps) => Steps, rules: SecretRules): ClientProcess | undefined {
  const { command, args, env } = start
  if (typeof command !== 'string') return undefined
  const list = Array.isArray(args) ? args : []
  const read = list.flatMap((word, index) => (isOption(word) || programs.has(String(word)) || takesLevel(list[index - 1]) ? [{ word: typeof word === 'string' ? word : null, path: at(['args', index]) }] : []))
  const known = Object.fromEntries(isMap(env) ? Object.entries(env).filter(([name]) => isRead(name)) : [])
  return {
    words: [{ word: programName(command), path: at(['command']) }, ...read],
    environment: Object.entries(withoutSecrets(known, 'client', rules).value as JsonMap).map(([name, value]) => ({ name, value, path: at(['env', name]) })),
  }
}

const programs = new Set(['mcp-hangar', 'mcp-gateway', 'mcp-router', 'fastmcp'])
const isOption = (word: Json): boolean => typeof word === 'string' && /^(--log-level(=\w*)?|-l|--json-logs|--quiet|-q)$/.test(word)
const takesLevel = (word: Json | undefined): boolean => word === '--log-level' || word === '-l'
