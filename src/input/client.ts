import type { Artefact, FileReading } from '../artefact/artefact.ts'
import type { Json, Path } from '../artefact/document.ts'
import { isMap, type JsonMap } from '../artefact/json.ts'
import { pathFaults, type PathFault } from './client-paths.ts'
import { processOf, type ClientProcess } from './client-process.ts'
import { launchOf, type Launch } from './client-launch.ts'
import { isExampleFile } from './example-file.ts'
import type { Projected } from './input.ts'
import { interpolate, unresolvedIn, wholeText } from './interpolation.ts'
import { OverLimitError, type OverLimit } from './limit.ts'
import type { SecretRules } from './secret-name.ts'
import { withoutSecrets, type SecretAt } from './without-secrets.ts'

/** A server of an MCP client's configuration; paths are below the server. */
export type ClientServer = {
  name: string
  /** Reached over the network: the client starts nothing. */
  remote: boolean
  launch?: Launch
  /** Of what is reached over the network: the type as it is written, and the scheme of its URL, or what decides it. */
  address?: { type?: string; scheme?: string; unresolved?: string }
  /** There is neither a program to start nor a URL. */
  empty?: true
  /** How the client starts it. */
  process?: ClientProcess
  paths: PathFault[]
  /** Entries of `env` and `headers` that are no texts, and an `env` or `headers` that is no map. */
  not_texts: { path: Path; name: string; type: string; expected: string }[]
  /** The secrets of its environment, headers, arguments and addresses. */
  secrets: SecretAt[]
}

/**
 * The configuration of an MCP client as controls see it: `value.servers`, whatever key the client keeps them under; `project` for the file that
 * Claude Code reads in a project.
 */
export function projectClient(file: FileReading, artefact: Artefact, rules: SecretRules): Projected | OverLimit {
  try {
    return projected(file, artefact, rules)
  } catch (error) {
    if (!(error instanceof OverLimitError)) throw error
    return { overLimit: error.limit, detail: error.message, identity: {} }
  }
}

function projected(file: FileReading, artefact: Artefact, rules: SecretRules): Projected {
  const listed = serversOf(artefact)
  const client = typeof artefact.about?.client === 'string' ? artefact.about.client : ''
  const documented = artefact.outer?.kind === 'doc' || isExampleFile(file.path)
  const servers = listed.map(({ name, path }) => serverOf(name, valueAt(artefact.value, path), { client, documented, rules }))
  return {
    kind: 'mcp-client-config',
    identity: {},
    fields: { kind: 'mcp-client-config', value: { client, servers, ...(baseOf(file.path) === '.mcp.json' && { project: true }) } },
    source: ([list, index, ...rest]) => {
      const server = list === 'servers' ? listed[index as number] : undefined
      return { file, artefact, path: server === undefined ? [] : [...server.path, ...rest] }
    },
  }
}

function serversOf({ about }: Artefact): { name: string; path: Path }[] {
  const servers = about?.servers
  if (!Array.isArray(servers)) return []
  return servers.flatMap(server => (isMap(server) && Array.isArray(server.path) ? [{ name: String(server.name), path: server.path as Path }] : []))
}

export type ClientContext = { client: string; documented: boolean; rules: SecretRules }

/** Zed once kept the program under `command`, as `{path, args, env}`. */
export function serverOf(name: string, server: Json, context: ClientContext): ClientServer {
  if (!isMap(server)) return { name, remote: false, paths: [], not_texts: [], secrets: [] }
  const nested = isMap(server.command)
  const start: JsonMap = nested ? { ...(server.command as JsonMap), command: (server.command as JsonMap).path } : server
  const at = (path: Path): Path => (nested && path[0] !== 'cwd' ? ['command', ...(path[0] === 'command' ? ['path', ...path.slice(1)] : path)] : path)
  const remote = start.command === undefined && [server.url, server.serverUrl, server.httpUrl].some(url => url !== undefined)
  const program = { command: start.command, args: Array.isArray(start.args) ? start.args : [], cwd: server.cwd }
  const launch = remote ? undefined : launchOf(program)
  const process = remote ? undefined : processOf(start, at, context.rules)
  return {
    name,
    remote,
    ...(launch && { launch }),
    ...(process && { process }),
    ...(remote && { address: addressOf(server) }),
    ...(!remote && typeof start.command !== 'string' && { empty: true as const }),
    paths: remote ? [] : pathFaults(program, context).map(fault => ({ ...fault, path: at(fault.path) })),
    not_texts: [
      ...notTexts(start.env, nested ? ['command', 'env'] : ['env']),
      ...notTexts(server.headers ?? server.http_headers, server.headers === undefined ? ['http_headers'] : ['headers']),
    ],
    secrets: secretsOf(server, context.rules),
  }
}

function addressOf({ type, url, serverUrl, httpUrl }: JsonMap): NonNullable<ClientServer['address']> {
  const written = [url, serverUrl, httpUrl].find(each => typeof each === 'string')
  const pieces = interpolate(typeof written === 'string' ? written : '')
  const text = wholeText(pieces.slice(0, 1)) ?? ''
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1].toLowerCase()
  const unresolved = scheme === undefined ? unresolvedIn(pieces.slice(0, 1)) : undefined
  return { ...(typeof type === 'string' && { type }), ...(scheme !== undefined && { scheme }), ...(unresolved !== undefined && { unresolved }) }
}

function notTexts(map: Json | undefined, path: Path): ClientServer['not_texts'] {
  if (map === undefined || map === null) return []
  if (!isMap(map)) return [{ path, name: String(path.at(-1)), type: typeOf(map), expected: 'a map of texts' }]
  return Object.entries(map).filter(([, value]) => typeof value !== 'string').map(([name, value]) => ({ path: [...path, name], name, type: typeOf(value), expected: 'a text' }))
}

function typeOf(value: Json): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  return { boolean: 'a boolean', number: 'a number', bigint: 'a number', string: 'a text', object: 'a map' }[typeof value as 'boolean' | 'number' | 'bigint' | 'string' | 'object']
}

/** Of `env_http_headers` the values are names of variables. */
function secretsOf(server: JsonMap, rules: SecretRules): SecretAt[] {
  return withoutSecrets(server, 'client', rules).secrets.filter(({ path }) => !/^env_/.test(String(path.at(-2))))
}

function valueAt(value: Json, path: Path): Json {
  let inner: Json = value
  for (const step of path) {
    if (!isMap(inner) || !Object.hasOwn(inner, step)) return null
    inner = inner[step]
  }
  return inner
}

function baseOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
}
