import type { Artefact, FileReading } from '../artefact/artefact.ts'
import type { Json } from '../artefact/document.ts'
import { isMap } from '../artefact/json.ts'
import { cleanPath } from './compose-volume.ts'
import type { Reader } from './consumers.ts'
import { isExampleFile } from './example-file.ts'
import { hangarImages } from './images.ts'
import type { Identity, Projected } from './input.ts'
import { keyFaults } from './key-faults.ts'
import { schemaOf, type KeySchemas } from './key-schema.ts'
import { OverLimitError, type OverLimit } from './limit.ts'
import { sourcePath, withoutSecrets } from './without-secrets.ts'
import type { SecretRules } from './secret-name.ts'
import type { TlsInFront } from './tls-in-front.ts'
import type { Dialect } from './variables.ts'

export type ConfigContext = {
  rules: SecretRules
  /** `data.schemas` of the bundle. */
  schemas: KeySchemas
  /** The version of the program, where the set or the configuration tells; the newest known one otherwise. */
  version?: string
  /** The containers that mount the ConfigMap it stands in, or the Compose services that mount it. */
  consumers?: Reader[]
  /** TLS ends in front of its program, or why that is not known. */
  tlsInFront?: TlsInFront
}

/** The kinds that are read here. */
export const configKinds = ['hangar-config', 'bridge-gateway-config', 'bridge-router-config'] as const

const systems: { [kind: string]: { system: string; dialect: Dialect } } = {
  'hangar-config': { system: 'hangar', dialect: 'hangar' },
  'bridge-gateway-config': { system: 'bridge', dialect: 'bridge' },
  'bridge-router-config': { system: 'bridge', dialect: 'bridge' },
}

/**
 * What controls may see of a configuration file of one of the systems: the value with its keys as they stand, secrets classified, variables
 * resolved as far as the program itself would, and beside each duration of the schema its `_seconds`; `key_faults` and `secrets` with their
 * places; the images that a Hangar configuration names.
 */
export function projectConfig(file: FileReading, artefact: Artefact, context: ConfigContext): Projected | OverLimit {
  const { system, dialect } = systems[artefact.kind]
  const chosen = schemaOf(context.schemas, artefact.kind, context.version)
  const identity = identityOf(file, artefact)
  try {
    const { value, secrets, placeholders, defaults, made } = withoutSecrets(artefact.value, dialect, context.rules, chosen?.schema)
    const fields: Record<string, unknown> = { kind: artefact.kind, value: artefact.kind === 'hangar-config' ? withCleanVolumes(value) : value, system, secrets }
    if (chosen !== undefined) {
      fields.version = chosen.version
      fields.key_faults = keyFaults(artefact.value, chosen.schema, dialect)
    }
    if (defaults.length > 0) fields.defaults = defaults
    if (placeholders.length > 0) fields.placeholders = placeholders
    if (isExampleFile(file.path)) fields.example = true
    if (artefact.kind === 'hangar-config') fields.images = hangarImages(artefact.value)
    if (context.consumers !== undefined && context.consumers.length > 0) fields.consumers = context.consumers
    const front = frontOf(context)
    if (front !== undefined) fields.tls_in_front = front
    if (artefact.outer !== undefined) fields.outer = { kind: artefact.outer.kind, path: artefact.outer.path, ...(identity.objectKind !== undefined && { object: identity.objectKind }) }
    return { kind: artefact.kind, fields, identity, source: path => ({ file, artefact, path: sourcePath(path, made) }) }
  } catch (error) {
    if (!(error instanceof OverLimitError)) throw error
    return { overLimit: error.limit, detail: error.message, identity }
  }
}

/** What the values say, or the processes that read it: one that is not known stands behind one that is. */
function frontOf({ tlsInFront, consumers = [] }: ConfigContext): TlsInFront | undefined {
  const fronts = [tlsInFront, ...consumers.map(consumer => consumer.tls_in_front)]
  return fronts.includes(true) ? true : fronts.find(front => front !== undefined)
}

/** The folders of the host that Hangar's servers mount, as the path that they come to. */
function withCleanVolumes(value: Json): Json {
  if (!isMap(value) || !isMap(value.mcp_servers)) return value
  const servers = Object.entries(value.mcp_servers).map(([name, server]): [string, Json] => {
    if (!isMap(server) || !Array.isArray(server.volumes)) return [name, server]
    return [name, { ...server, volumes: server.volumes.map(volume => (typeof volume === 'string' ? cleanMount(volume) : volume)) }]
  })
  return { ...value, mcp_servers: Object.fromEntries(servers) }
}

function cleanMount(volume: string): string {
  const [source, ...rest] = volume.split(':')
  return [cleanPath(source), ...rest].join(':')
}

/** A configuration in a ConfigMap goes by the ConfigMap's name. */
function identityOf(file: FileReading, { outer }: Artefact): Identity {
  const holder = outer === undefined ? undefined : file.artefacts[outer.artefact]?.value
  if (!isMap(holder) || !isMap(holder.metadata)) return {}
  const identity: Identity = {}
  const { name, namespace } = holder.metadata
  if (typeof holder.apiVersion === 'string') identity.apiVersion = holder.apiVersion
  if (typeof holder.kind === 'string') identity.objectKind = holder.kind
  if (typeof namespace === 'string' && namespace !== '') identity.namespace = namespace
  if (typeof name === 'string' && name !== '') identity.name = name
  return identity
}
