import type { Json, Path } from '../artefact/document.ts'
import { at } from '../artefact/json.ts'

type Reasoned = { reason: string; owner: string }

/** Facts and exceptions of a repository, as the configuration has them: what exempts has a reason and an owner. */
export type Facts = {
  hangar?: {
    critical_servers?: string[]
    no_critical_servers?: string
    operator_version?: string
    /** By server and key. */
    sandbox_exceptions?: Record<string, Record<string, Reasoned>>
  }
  bridge?: { build?: Reasoned & { has: string[] } }
  net?: { edge_services?: (Reasoned & { name: string })[]; public_ports?: (Reasoned & { port: number })[] }
  health?: { paths?: (Reasoned & { path: string })[] }
  scale?: { custom_metrics?: (Reasoned & { name: string })[] }
  secrets?: { env_only_images?: (Reasoned & { image: string })[] }
}

type Group = keyof Facts
/** What a setting becomes; its value is what the schema says. */
type Setting = { param: string; from(value: never): unknown }

const as = (param: string): Setting => ({ param, from: (value: unknown) => value })

/** Each setting that is a parameter of controls: which one, and how it becomes what they read. */
const table: { [G in Group]: Record<keyof NonNullable<Facts[G]>, Setting> } = {
  hangar: {
    critical_servers: as('critical_servers'),
    no_critical_servers: as('no_critical_servers'),
    operator_version: as('hangar_operator_version'),
    sandbox_exceptions: {
      param: 'sandbox_exceptions',
      from: (servers: Record<string, Record<string, Reasoned>>) => mapped(servers, keys => mapped(keys, ({ reason }) => reason)),
    },
  },
  bridge: { build: { param: 'bridge_health_command', from: ({ has }: { has: string[] }) => has.includes('health-command') } },
  net: {
    edge_services: { param: 'edge_services', from: (services: { name: string }[]) => services.map(({ name }) => name) },
    public_ports: { param: 'public_ports', from: (ports: { port: number }[]) => ports.map(({ port }) => port) },
  },
  health: { paths: { param: 'health_paths', from: (paths: { path: string }[]) => paths.map(({ path }) => path) } },
  scale: { custom_metrics: { param: 'custom_metrics', from: (metrics: { name: string }[]) => metrics.map(({ name }) => name) } },
  secrets: {
    env_only_images: {
      param: 'env_only_images',
      from: (images: { image: string; reason: string }[]) => Object.fromEntries(images.map(({ image, reason }) => [image, reason])),
    },
  },
}

const mapped = <From, To>(map: Record<string, From>, make: (value: From) => To): Record<string, To> =>
  Object.fromEntries(Object.entries(map).map(([key, value]) => [key, make(value)]))

const settings = Object.entries(table).flatMap(([group, names]) => Object.entries<Setting>(names).map(([name, setting]) => ({ group: group as Group, name, ...setting })))

/** The setting that gives a parameter its value, `hangar.critical_servers`; undefined for one that is set by its name. */
export function settingOf(param: string): string | undefined {
  const found = settings.find(setting => setting.param === param)
  return found && `${found.group}.${found.name}`
}

/** The settings that are given. */
export function givenFacts(facts: Facts): Path[] {
  return settings.filter(({ group, name }) => valueOf(facts, group, name) !== undefined).map(({ group, name }) => [group, name])
}

/** What the controls read of the settings that are given. */
export function paramsOf(facts: Facts): Record<string, unknown> {
  const given = settings.filter(({ group, name }) => valueOf(facts, group, name) !== undefined)
  return Object.fromEntries(given.map(({ group, name, param, from }) => [param, from(valueOf(facts, group, name) as never)]))
}

const valueOf = (facts: Facts, group: Group, name: string): unknown => (facts[group] as Record<string, unknown> | undefined)?.[name]

/**
 * Settings that a configuration may have and no control of this version reads: whole ones, and parts of others. They are of the catalogue of
 * all controls, so that one configuration serves more versions than one. In the schema they have the comment `unread`.
 */
export const unread: readonly string[] = [
  'targets', 'features', 'data_classes', 'facts', 'openmcp', 'image', 'redis', 'backup', 'cache', 'metrics', 'business_metrics', 'logs', 'vuln', 'perf', 'tests',
  'agent', 'deployment', 'build', 'environments', 'feature_flags', 'slo', 'dr', 'docs', 'compliance', 'contacts', 'team', 'roles', 'reviews', 'serverless',
  'security', 'host', 'evidence', 'discovery', 'grafana', 'stateful', 'secrets.allow', 'secrets.external', 'secrets.history_accepted', 'secrets.in_ci',
  'bridge.direct_used', 'net.ports', 'net.peers', 'net.load_balancer_cidrs', 'net.allowed_server_pairs',
]

/** What a build of mcp-bridge may have, as far as controls know it. */
const builds = ['health-command']

/** Where a configuration has settings that nothing reads. */
export function unreadIn(content: Facts & { folders?: Record<string, Facts> }): Path[] {
  const parts = [{ facts: content as Facts, place: [] as Path }, ...Object.entries(content.folders ?? {}).map(([folder, facts]) => ({ facts, place: ['folders', folder] as Path }))]
  return parts.flatMap(({ facts, place }) => [
    ...unread.map(name => name.split('.')).filter(steps => at(facts as Json, ...steps) !== undefined).map(steps => [...place, ...steps]),
    ...(facts.bridge?.build?.has ?? []).flatMap((name, index) => (builds.includes(name) ? [] : [[...place, 'bridge', 'build', 'has', index]])),
  ])
}
