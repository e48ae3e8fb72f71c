import type { Path } from './document.ts'
import { at, isMap, type JsonMap } from './json.ts'
import type { FileName, Recognised } from './recognised.ts'

/**
 * The configuration of an MCP client: the servers that it starts or connects to.
 *
 * The value stays that of the file, so that paths are true to it; `about.client` names the client, `about.servers` lists
 * `{name, path}` of each server in the value.
 */
export function recogniseMcpClient(value: JsonMap, name: FileName): Recognised | undefined {
  const here = places.filter(place => place.is?.(value, name) ?? true)
  const servers = here.flatMap(place => serversAt(value, place))
  const known = servers.length > 0 || here.some(place => place.own && isMap(at(value, ...place.path)))
  return known ? { kind: 'mcp-client-config', dialect: 'any', about: { client: clientOf(value, name), servers } } : undefined
}

export const clientMarkers = ['mcpServers', 'context_servers']

type ServersPlace = {
  path: string[]
  /** True for a key that no other program has, so that whatever stands there are servers. */
  own: boolean
  is?(value: JsonMap, name: FileName): boolean
}

const places: ServersPlace[] = [
  { path: ['mcpServers'], own: true },
  { path: ['context_servers'], own: true },
  { path: ['mcp', 'servers'], own: false },
  { path: ['customizations', 'vscode', 'mcp', 'servers'], own: false },
  { path: ['customizations', 'vscode', 'settings', 'mcp', 'servers'], own: false },
  { path: ['settings', 'mcp', 'servers'], own: false },
  { path: ['servers'], own: false, is: isVscodeFile },
  { path: ['mcp_servers'], own: true, is: (_, name) => name.base.endsWith('.toml') },
]

function isVscodeFile(value: JsonMap, name: FileName): boolean {
  return /(^|\/)\.vscode\/mcp\.json$/.test(name.path) || (Array.isArray(value.inputs) && isMap(value.servers)) || name.base === 'mcp.json'
}

function serversAt(value: JsonMap, place: ServersPlace): { name: string; path: Path }[] {
  const servers = at(value, ...place.path)
  if (!isMap(servers)) return []
  const names = Object.keys(servers).filter(name => isMap(servers[name]) && (place.own || isServer(servers[name])))
  return names.map(name => ({ name, path: [...place.path, name] }))
}

function isServer(server: JsonMap): boolean {
  return typeof server.command === 'string' || typeof server.url === 'string'
}

function clientOf(value: JsonMap, name: FileName): string {
  const byPath = clients.find(([pattern]) => pattern.test(name.path))
  if (byPath !== undefined) return byPath[1]
  if ('context_servers' in value) return 'zed'
  if ('mcp_servers' in value) return 'codex'
  return 'mcpServers' in value ? 'claude' : 'vscode'
}

const clients: [RegExp, string][] = [
  [/(^|\/)claude_desktop_config\.json$/i, 'claude-desktop'],
  [/(^|\/)\.cursor\//, 'cursor'],
  [/(^|\/)(\.windsurf|\.codeium|windsurf)\//, 'windsurf'],
  [/(^|\/)cline_mcp_settings\.json$/, 'cline'],
  [/(^|\/)(\.roo|\.roo-cline)\//, 'roo'],
  [/(^|\/)\.gemini\//, 'gemini'],
  [/(^|\/)\.vscode\/|\.code-workspace$|(^|\/)devcontainer\.json$|(^|\/)\.devcontainer\.json$/, 'vscode'],
  [/(^|\/)\.zed\//, 'zed'],
  [/(^|\/)\.codex\//, 'codex'],
]
