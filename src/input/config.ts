import type { Artefact, FileReading } from '../artefact/artefact.ts'
import type { Json, Path } from '../artefact/document.ts'
import { isMap, type JsonMap } from '../artefact/json.ts'
import { hangarImages } from './images.ts'
import type { Identity, Projected } from './input.ts'
import { keyFaults } from './key-faults.ts'
import { schemaOf, type KeySchemas } from './key-schema.ts'
import { OverLimitError, type OverLimit } from './limit.ts'
import { withoutSecrets } from './without-secrets.ts'
import type { SecretRules } from './secret-name.ts'
import type { Dialect } from './variables.ts'

/** A process that reads the configuration, as far as the set shows one. */
export type Consumer = { component?: string; command?: Json; args?: Json; env?: Json }

export type ConfigContext = {
  rules: SecretRules
  /** `data.schemas` of the bundle. */
  schemas: KeySchemas
  /** The version of the program, where the set or the configuration tells; the newest known one otherwise. */
  version?: string
  /** The containers and services that mount it; absent where nothing is known of them. */
  consumers?: Consumer[]
}

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
    const { value, secrets, defaults } = withoutSecrets(artefact.value, dialect, context.rules, chosen?.schema)
    const fields: Record<string, unknown> = { kind: artefact.kind, value, system, secrets }
    if (chosen !== undefined) {
      fields.version = chosen.version
      fields.key_faults = keyFaults(artefact.value, chosen.schema, dialect)
    }
    if (defaults.length > 0) fields.defaults = defaults
    if (artefact.kind === 'hangar-config') fields.images = hangarImages(artefact.value)
    if (context.consumers !== undefined) fields.consumers = context.consumers
    if (artefact.outer !== undefined) fields.outer = { kind: artefact.outer.kind, path: artefact.outer.path }
    return { kind: artefact.kind, fields, identity, source: path => ({ file, artefact, path: path.map((step, at) => unitless(artefact.value, path, step, at)) }) }
  } catch (error) {
    if (!(error instanceof OverLimitError)) throw error
    return { overLimit: error.limit, detail: error.message, identity }
  }
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

/** `timeout_seconds` that the projection made of `timeout` stands where `timeout` does. */
function unitless(value: Json, path: Path, step: string | number, at: number): string | number {
  if (typeof step !== 'string' || !step.endsWith('_seconds')) return step
  const parent = path.slice(0, at).reduce<Json | undefined>((inner, each) => (inner as JsonMap | undefined)?.[each], value)
  const plain = step.slice(0, -'_seconds'.length)
  return isMap(parent) && !Object.hasOwn(parent, step) && Object.hasOwn(parent, plain) ? plain : step
}
