import type { Json } from '../artefact/document.ts'
import { isMap, type JsonMap } from '../artefact/json.ts'
import { builtList, leaf, type Built } from './built.ts'
import type { Reading } from './compose-reading.ts'
import { entriesOf, field, type Layered } from './layered.ts'
import { hostsIn, isAddress, isForOthers, isHostGateway, isLoopback, type AskedHost } from './url-hosts.ts'

/**
 * What a variable of a service says of where it asks. `to` is the service of the project that it names; `why` says what else than a service
 * it names: an address, the machine itself, the public name of a service, or the container itself in place of a store.
 */
export type Connection = { variable: string; to?: string; apart?: true; why?: 'address' | 'host' | 'public' | 'itself'; host?: string }

/** A service on its way: what is built of it, and what its files say. */
export type Networked = { name: string; layers: Layered; fields: { [key: string]: Built | undefined } }

/** Adds `joins` (the networks of each service, where they are known), `connections`, and to dependencies `apart`, where no network is shared. */
export function addNetworks(services: Networked[], reading: Reading): void {
  const joined = new Map(services.map(({ name }) => [name, joinsOf(name, services, new Set())]))
  const names = namesOf(services)
  const published = publicNames(services)
  const stores = new Map(services.flatMap(({ name, fields }) => (storeOf(fields.program?.value) === undefined ? [] : [[storeOf(fields.program?.value)!, name] as const])))
  for (const service of services) {
    const { name, fields } = service
    const own = joined.get(name)
    if (own !== undefined) fields.joins = leaf([...own])
    const others = (fields.depends_on?.value ?? []) as JsonMap[]
    for (const dependency of others) if (areApart(own, joined.get(dependency.service as string))) dependency.apart = true
    const awaited = new Set(others.map(({ service }) => service))
    const connections = connectionsOf(service, { names, published, stores, reading }).flatMap(({ value, layer }) => {
      if (value.why === undefined && value.to !== undefined && !awaited.has(value.to) && areApart(own, joined.get(value.to))) value.apart = true
      return value.why === undefined && value.apart === undefined ? [] : [leaf(value as Json, [layer])]
    })
    if (connections.length > 0) fields.connections = builtList(connections)
  }
}

/** The networks of a service; undefined where they are not known. One without any has none, and `host` is none that has names. */
function joinsOf(name: string, services: Networked[], seen: Set<string>): Set<string> | undefined {
  const fields = services.find(service => service.name === name)?.fields
  if (fields === undefined || fields.incomplete !== undefined || seen.has(name)) return undefined
  const mode = fields.network_mode?.value
  if (isMap(mode) || (typeof mode === 'string' && mode.startsWith('container:'))) return undefined
  if (typeof mode === 'string' && mode.startsWith('service:')) return joinsOf(mode.slice('service:'.length), services, new Set([...seen, name]))
  if (typeof mode === 'string' && mode !== '') return mode === 'none' ? new Set() : new Set([`network_mode ${mode}`])
  const networks = fields.networks?.value
  const names = Array.isArray(networks) ? networks : isMap(networks) ? Object.keys(networks) : []
  if (!names.every(network => typeof network === 'string')) return undefined
  return new Set(names.length === 0 ? ['default'] : names as string[])
}

function areApart(own: Set<string> | undefined, other: Set<string> | undefined): boolean {
  if (own === undefined || other === undefined || own.size === 0 || other.size === 0) return false
  return ![...own].some(network => other.has(network))
}

/** The services by all names that others may use. */
function namesOf(services: Networked[]): Map<string, string> {
  const names = new Map<string, string>()
  for (const { name, fields } of services) {
    const networks = fields.networks?.value
    const aliases = isMap(networks) ? Object.values(networks).flatMap(network => (isMap(network) && Array.isArray(network.aliases) ? network.aliases : [])) : []
    for (const alias of [fields.container_name?.value, ...aliases]) if (typeof alias === 'string') names.set(alias.toLowerCase(), name)
  }
  for (const { name } of services) names.set(name.toLowerCase(), name)
  return names
}

/** The public host names by the service that has them: what Traefik's and Caddy's labels and nginx-proxy's variables say. */
function publicNames(services: Networked[]): Map<string, string> {
  const published = new Map<string, string>()
  for (const { name, layers } of services) {
    for (const { key, written } of [...entriesOf(field(layers, 'labels')), ...entriesOf(field(layers, 'environment'))]) {
      if (typeof written !== 'string') continue
      const hosts = /\.rule$/.test(key) ? [...written.slice(0, 2000).matchAll(/Host\(([^)]*)\)/g)].flatMap(([, inner]) => inner.replace(/[`'"\s]/g, '').split(','))
        : key === 'caddy' || key === 'VIRTUAL_HOST' ? written.split(/[\s,]+/) : []
      for (const host of hosts) if (/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(host)) published.set(host.toLowerCase(), name)
    }
  }
  return published
}

type Surroundings = { names: Map<string, string>; published: Map<string, string>; stores: Map<string, string>; reading: Reading }

function connectionsOf({ name, layers, fields }: Networked, { names, published, stores, reading }: Surroundings): { value: Connection; layer: Layered[number] }[] {
  const shared = fields.network_mode !== undefined
  return entriesOf(field(layers, 'environment')).flatMap(({ key: variable, written, layer }) => {
    if (typeof written !== 'string') return []
    const told = hostsIn(variable, written)
    const found = told.map((asked): Connection => {
      const to = names.get(asked.host)
      if (to !== undefined) return to === name ? { variable } : { variable, to }
      if (!asked.url || isForOthers(variable)) return { variable }
      const other = published.get(asked.host)
      if (other !== undefined && other !== name) return { variable, why: 'public', host: asked.host, to: other }
      const why = faultOf(asked)
      if (why !== undefined) return { variable, why, host: asked.host }
      const store = shared || !isLoopback(asked.host) ? undefined : stores.get(storeOfScheme(asked.scheme) ?? '')
      return store === undefined || store === name ? { variable } : { variable, why: 'itself', host: asked.host, to: store }
    })
    const byFile = told.length > 0 ? [] : hostsIn(variable, written, reading.environment).flatMap((asked): Connection[] => {
      const to = names.get(asked.host)
      return to === undefined || to === name ? [] : [{ variable, to }]
    })
    const distinct = new Map([...found, ...byFile].map(connection => [JSON.stringify(connection), connection]))
    return [...distinct.values()].map(value => ({ value, layer }))
  })
}

/** What is wrong with a host that is asked, whatever else the project holds. */
export function faultOf({ host }: AskedHost): 'address' | 'host' | undefined {
  return isHostGateway(host) ? 'host' : isAddress(host) ? 'address' : undefined
}

const families: [string, RegExp, RegExp][] = [
  ['redis', /^(redis|valkey|redis-stack(-server)?|keydb|dragonfly)$/, /^(rediss?|valkeys?)$/],
  ['postgres', /^(postgres(ql)?|pgvector|postgis|timescaledb)$/, /^postgres(ql)?(\+\w+)?$/],
  ['mysql', /^(mysql|mariadb)$/, /^(mysql|mariadb)(\+\w+)?$/],
  ['mongo', /^(mongo|mongodb)$/, /^mongodb$/],
  ['rabbitmq', /^rabbitmq$/, /^amqps?$/],
]

function storeOf(program: Json | undefined): string | undefined {
  return typeof program === 'string' ? families.find(([, programs]) => programs.test(program))?.[0] : undefined
}

function storeOfScheme(scheme: string): string | undefined {
  return families.find(([, , schemes]) => schemes.test(scheme))?.[0]
}
