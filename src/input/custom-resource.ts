import type { Artefact } from '../artefact/artefact.ts'
import type { Json } from '../artefact/document.ts'
import { at, isMap, type JsonMap } from '../artefact/json.ts'
import { groupOf } from '../artefact/kubernetes.ts'
import { crdKindOf, type CrdKind } from './crd-schema.ts'
import { keyFaults, type KeyFault } from './key-faults.ts'
import type { KeyRules, KeySchema } from './key-schema.ts'

/** `data.crds` of the bundle: by API group, the kinds of some releases of an operator. */
export type CrdTables = { [group: string]: { definitions: { [name: string]: KeyRules }; versions: { [release: string]: { [kind: string]: CrdKind } } } }

/** What the CustomResourceDefinition of an object's kind says of it. */
export type FieldFacts = {
  crd: {
    /** The release of the operator whose CRDs were compared; absent where the set has the CRD itself. */
    release?: string
    /** Versions that are served; empty where no CRD has the kind. */
    served: string[]
    /** Kinds of the group, where none is the object's. */
    kinds?: string[]
  }
  key_faults: (KeyFault & { applied?: true })[]
}

/** The definitions of one set of objects, by group and kind. */
export type SetCrds = Map<string, CrdKind>

/** True for an object whose fields are compared, and for the definition of one: their values are needed whole. */
export function hasFields(value: Json, tables: CrdTables): boolean {
  return isMap(value) && (Object.hasOwn(tables, groupOf(value)) || (value.kind === 'CustomResourceDefinition' && Object.hasOwn(tables, String(at(value, 'spec', 'group')))))
}

export function setCrds(artefacts: readonly (Artefact | undefined)[]): SetCrds {
  const found: SetCrds = new Map()
  for (const artefact of artefacts) {
    const value = artefact?.value
    if (!isMap(value) || value.kind !== 'CustomResourceDefinition') continue
    const crd = crdKindOf(value)
    if (crd !== undefined) found.set(`${crd.group}/${crd.kind}`, crd.table)
  }
  return found
}

/** Compares an object with the definition of its kind in the set, else with that of a release; undefined for other groups. */
export function fieldFacts(object: JsonMap, ofSet: SetCrds, tables: CrdTables, release: string): FieldFacts | undefined {
  const group = groupOf(object)
  if (!Object.hasOwn(tables, group) || typeof object.kind !== 'string' || typeof object.apiVersion !== 'string') return undefined
  const { definitions, versions } = tables[group]
  const own = ofSet.get(`${group}/${object.kind}`)
  const chosen = releaseOf(Object.keys(versions), release)
  const kind = own ?? (Object.hasOwn(versions[chosen], object.kind) ? versions[chosen][object.kind] : undefined)
  const source = own === undefined ? { release: chosen } : {}
  if (kind === undefined) return { crd: { ...source, served: [], kinds: Object.keys(versions[chosen]) }, key_faults: [] }
  const rule = kind.versions[object.apiVersion.slice(group.length + 1)]
  const crd = { ...source, served: kind.served }
  if (rule === undefined || !kind.served.includes(object.apiVersion.slice(group.length + 1))) return { crd, key_faults: [] }
  const schema: KeySchema = { root: rule as KeyRules, definitions: own === undefined ? definitions : {}, strict: true, exact: true }
  return { crd, key_faults: [...keyFaults(object, schema, 'kubernetes'), ...appliedFaults(object, schema)] }
}

const longestAnnotation = 262_144

/** What a live object was applied with and has lost: the API server drops the fields that it does not know. */
function appliedFaults(object: JsonMap, schema: KeySchema): (KeyFault & { applied: true })[] {
  const text = at(object, 'metadata', 'annotations', 'kubectl.kubernetes.io/last-applied-configuration')
  if (typeof text !== 'string' || text.length > longestAnnotation) return []
  const applied = parsed(text)
  if (!isMap(applied) || applied.kind !== object.kind || applied.apiVersion !== object.apiVersion) return []
  const isStill = (path: readonly (string | number)[]) => path.reduce<Json | undefined>((inner, step) =>
    (typeof inner === 'object' && inner !== null && Object.hasOwn(inner, step) ? (inner as { [key: string | number]: Json })[step] : undefined), object) !== undefined
  return keyFaults(applied, schema, 'kubernetes').filter(({ fault, path }) => fault === 'unknown' && !isStill(path)).map(fault => ({ ...fault, applied: true as const }))
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

/** The release itself, else the newest that is not newer, else the oldest. */
function releaseOf(known: string[], wanted: string): string {
  const byAge = known.sort((one, other) => one.localeCompare(other, 'en', { numeric: true }))
  return byAge.findLast(each => each === wanted || wanted.startsWith(`${each}.`) || each.localeCompare(wanted, 'en', { numeric: true }) < 0) ?? byAge[0]
}
