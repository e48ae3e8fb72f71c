import type { Json } from '../artefact/document.ts'
import { at, isMap, type JsonMap } from '../artefact/json.ts'
import type { KeyRule, KeyRules } from './key-schema.ts'

/** What the CustomResourceDefinition of one kind says: the versions that it serves, and for each what an object of it may hold. */
export type CrdKind = { served: string[]; versions: { [version: string]: KeyRule } }

/** The kind and versions of a CustomResourceDefinition, of apiextensions v1 or v1beta1; undefined for one without a schema. */
export function crdKindOf(crd: JsonMap): { group: string; kind: string; table: CrdKind } | undefined {
  const group = at(crd, 'spec', 'group')
  const kind = at(crd, 'spec', 'names', 'kind')
  const written = at(crd, 'spec', 'versions')
  if (typeof group !== 'string' || typeof kind !== 'string' || !Array.isArray(written)) return undefined
  const shared = at(crd, 'spec', 'validation', 'openAPIV3Schema')
  const keepsAll = at(crd, 'spec', 'preserveUnknownFields') === true
  const versions = written.filter(isMap).flatMap((version): [string, boolean, KeyRule][] => {
    const schema = at(version, 'schema', 'openAPIV3Schema') ?? shared
    return typeof version.name === 'string' && isMap(schema) ? [[version.name, version.served !== false, keepsAll ? 'any' : objectRule(schema)]] : []
  })
  if (versions.length === 0) return undefined
  return {
    group, kind,
    table: { served: versions.filter(([, served]) => served).map(([name]) => name), versions: Object.fromEntries(versions.map(([name, , rule]) => [name, rule])) },
  }
}

/** Of an object's own fields the API server knows the kind and the metadata; nobody writes the status. */
function objectRule(schema: JsonMap): KeyRule {
  const rule = schemaRule(schema, 0)
  return typeof rule === 'string' ? rule : { ...rule, apiVersion: 'string', kind: 'string', metadata: 'any', status: 'any' }
}

/** Deeper than any schema that an API server takes. */
const deepest = 100

/** Names and types of a structural schema: what the API server keeps, and what it refuses for its type, an enumeration or an absent field. */
export function schemaRule(schema: Json | undefined, depth: number): KeyRule {
  if (!isMap(schema) || depth > deepest) return 'any'
  if (schema['x-kubernetes-int-or-string'] === true) return 'int|string'
  if (schema['x-kubernetes-embedded-resource'] === true) return 'any'
  switch (schema.type) {
    case 'object': return mapRule(schema, depth)
    case 'array': return { $items: schemaRule(schema.items, depth + 1) }
    case 'string': return Array.isArray(schema.enum) ? { $enum: schema.enum.filter(value => typeof value === 'string') } : 'string'
    case 'integer': return 'int'
    case 'number': return 'number'
    case 'boolean': return 'bool'
    default: return 'any'
  }
}

function mapRule(schema: JsonMap, depth: number): KeyRule {
  const { properties, additionalProperties } = schema
  const keepsAll = schema['x-kubernetes-preserve-unknown-fields'] === true
  if (!isMap(properties)) {
    if (isMap(additionalProperties)) return { $each: schemaRule(additionalProperties, depth + 1) }
    return keepsAll || additionalProperties === true ? 'map' : {}
  }
  const rule: KeyRules = {}
  for (const [name, inner] of Object.entries(properties)) if (!name.startsWith('$')) rule[name] = schemaRule(inner, depth + 1)
  const required = (Array.isArray(schema.required) ? schema.required : []).filter(name => typeof name === 'string' && at(properties[name], 'default') === undefined)
  if (required.length > 0) rule.$required = required
  if (keepsAll || additionalProperties !== undefined) rule.$open = true
  return rule
}
