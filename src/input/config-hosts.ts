import { isView } from './view.ts'

/** The kinds of configuration whose hosts belong to the MCP system. */
export const mcpConfigurations: ReadonlySet<string> = new Set([
  'hangar-config', 'bridge-gateway-config', 'bridge-router-config', 'openmcp-config', 'openmcp-catalog', 'fastmcp-json', 'mcp-client-config',
])

/**
 * The hosts that a configuration names, without port and credentials: of every URL in it, and of keys that hold an address.
 * Each once, in the order in which they stand.
 */
export function hostsIn(value: unknown): string[] {
  const hosts = new Set<string>()
  const left: { key: string; value: unknown }[] = [{ key: '', value }]
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { key, value: found } = next
    if (typeof found === 'string') {
      const host = hostOf(found, addressKeys.has(key.toLowerCase()))
      if (host !== undefined) hosts.add(host)
    } else if (Array.isArray(found)) for (const item of [...found].reverse()) left.push({ key, value: item })
    else if (isView(found)) for (const [inner, item] of Object.entries(found).reverse()) left.push({ key: inner, value: item })
  }
  return [...hosts]
}

const addressKeys = new Set(['host', 'hosts', 'hostname', 'address', 'addresses', 'addr', 'addrs', 'endpoint', 'endpoints', 'server'])

function hostOf(text: string, isAddress: boolean): string | undefined {
  const scheme = text.indexOf('://')
  if (scheme < 0 ? !isAddress : !isScheme(text.slice(0, scheme))) return undefined
  const [authority] = text.slice(scheme < 0 ? 0 : scheme + 3).split(/[/?#]/, 1)
  const [host] = authority.slice(authority.lastIndexOf('@') + 1).toLowerCase().split(':', 1)
  return host.length <= 253 && isHost(host) ? host : undefined
}

function isScheme(text: string): boolean {
  return text.length < 20 && /^[a-z][a-z0-9+.-]*$/i.test(text)
}

function isHost(text: string): boolean {
  return /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(text)
}
