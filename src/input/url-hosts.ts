import { holeIn, interpolate, withHoles } from './interpolation.ts'

/** Where a text says that something is asked over the network; `url` is false for what only has the form `host:port`. */
export type AskedHost = { scheme: string; host: string; port?: number; url: boolean }

/**
 * The hosts that the value of a variable names: of every URL in it, and, where the variable is called one, of its `host` or `host:port`
 * entries. Hosts that are not all known are left out. Of a URL nothing else is told, so that no password is.
 */
export function hostsIn(name: string, text: string, environment?: ReadonlyMap<string, string>): AskedHost[] {
  const holed = withHoles(interpolate(text.slice(0, longest), environment))
  const urls = [...holed.text.matchAll(/(?<![\w+.-])([a-z][a-z0-9+.-]{0,40}):\/\/(?:[^\s/,]*@)?(\[[0-9a-f:.]+\]|[^\s/:?#,;"'@]+)(?::(\d{1,5}))?/gi)].flatMap(([, scheme, host, port]) =>
    holeIn(host, holed) === undefined ? [{ scheme: scheme.toLowerCase(), host: host.toLowerCase(), ...(port !== undefined && { port: Number(port) }), url: true }] : [])
  if (urls.length > 0 || !isHostName.test(name)) return urls
  return holed.text.split(',').flatMap(entry => {
    const [, host, port] = /^\s*([A-Za-z0-9][\w.-]*)(?::(\d{1,5}))?\s*$/.exec(entry) ?? []
    return host === undefined ? [] : [{ scheme: '', host: host.toLowerCase(), ...(port !== undefined && { port: Number(port) }), url: false }]
  })
}

const longest = 20_000
const isHostName = /(^|_)(HOST|HOSTS|HOSTNAME|SERVER|SERVERS|ADDR|ADDRESS|ENDPOINT|BROKERS?|NODES)$/i

/** Variables whose URLs are for browsers, for who calls from outside, or for listening: they name no service that is asked. */
export function isForOthers(name: string): boolean {
  return forOthers.test(name)
}

const forOthers = /CORS|ORIGIN|ALLOW|TRUSTED|CSRF|PUBLIC|EXTERNAL|CALLBACK|REDIRECT|WEBHOOK|ISSUER|FRONTEND|ADVERTISED|LISTEN|BIND|PROXY|DOMAIN|^((APP|SITE|WEB|SERVER|MCP)_)?(ROOT|BASE|SITE|APP|SELF|WEB|SERVER|NEXTAUTH|AUTH|DASHBOARD)_?UR[LI]$|^(VITE|NEXT|NUXT|REACT_APP)_/i

/** A name by which a container reaches the machine that it runs on. */
export function isHostGateway(host: string): boolean {
  return /^(host|gateway)\.docker\.internal$|^host\.containers\.internal$|^docker\.for\.(mac|win)\./.test(host)
}

/** An address that is neither the container itself, nor every one, nor the cloud's own. */
export function isAddress(host: string): boolean {
  if (/^\[/.test(host)) return !/^\[(0*:)*:?0*1?\]$/.test(host)
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(host)?.slice(1).map(Number)
  if (parts === undefined || parts.some(part => part > 255)) return false
  return parts[0] !== 127 && parts[0] !== 0 && !(parts[0] === 169 && parts[1] === 254)
}

export const isLoopback = (host: string): boolean => host === 'localhost' || /^127\.\d+\.\d+\.\d+$/.test(host) || host === '[::1]'
