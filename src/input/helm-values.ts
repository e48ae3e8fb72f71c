import type { Json, Path } from '../artefact/document.ts'
import { knownChart } from '../artefact/helm-values.ts'
import { isMap, type JsonMap } from '../artefact/json.ts'
import type { ValuesFile } from './helm-files.ts'
import { mergedValues, standsIn } from './helm-merge.ts'
import { withoutSecretTexts } from './helm-texts.ts'
import { isExampleFile } from './example-file.ts'
import { helmImages } from './images.ts'
import type { Identity, Projected } from './input.ts'
import { keyFaults, type KeyFault } from './key-faults.ts'
import { schemaOf, type KeySchemas } from './key-schema.ts'
import type { Layered } from './layered.ts'
import { OverLimitError, type InputLimits, type OverLimit } from './limit.ts'
import type { SecretRules } from './secret-name.ts'
import { profileOfValues } from './values-profile.ts'
import { withoutSecrets } from './without-secrets.ts'

/**
 * Helm values as controls see them, of one file or of several put together, the weakest first: every value, with secrets as their class
 * and files in texts as their length; beside it `chart` (where the chart is known), `overlay` for values without the base that they
 * change, `images`, `secrets`, and `off`, the parts that are switched off. Of the chart mcp-hangar `version` and `key_faults` too, as of the
 * configuration that it writes.
 */
export function projectHelmValues(files: ValuesFile[], rules: SecretRules, limits: InputLimits, schemas: KeySchemas = {}): Projected | OverLimit {
  const last = files[files.length - 1]
  const identity = holderOf(last)
  try {
    return projected(files, identity, { rules, limits, schemas })
  } catch (error) {
    if (!(error instanceof OverLimitError)) throw error
    return { overLimit: error.limit, detail: error.message, identity }
  }
}

function projected(files: ValuesFile[], identity: Identity, { rules, limits, schemas }: { rules: SecretRules; limits: InputLimits; schemas: KeySchemas }): Projected {
  const { file, artefact } = files[files.length - 1]
  const layers: Layered = files.map((each, from) => ({ from, path: [], value: each.artefact.value }))
  const written = mergedValues(layers)
  const overlay = files.length === 1 && artefact.about?.overlay === true
  const chart = files.map(each => each.artefact.about?.chart).find(name => typeof name === 'string') ?? (isMap(written) ? knownChart(written) : undefined)
  const defaults = overlay ? none : offByDefault.get(chart as string) ?? none
  const { value, secrets, placeholders } = withoutSecrets(written, 'helm', rules, undefined, limits)
  secrets.push(...withoutSecretTexts(value, rules, secrets))
  const isOff = (path: Path) => offAt(written, path, defaults)
  const images = helmImages(written).map(image => (isOff(image.path) ? { ...image, off: true as const } : image))
  const off = offParts(written, [], defaults)
  const profile = profileOfValues(artefact.outer === undefined ? file.path : undefined, written)
  return {
    kind: 'helm-values',
    identity,
    fields: {
      kind: 'helm-values',
      value,
      ...(chart !== undefined && { chart }),
      ...(overlay && { overlay }),
      ...(images.length > 0 && { images }),
      ...(secrets.length > 0 && { secrets: secrets.map(secret => (isOff(secret.path) ? { ...secret, off: true } : secret)) }),
      ...(placeholders.length > 0 && { placeholders: placeholders.map(one => (isOff(one.path) ? { ...one, off: true } : one)) }),
      ...(isExampleFile(file.path) && { example: true }),
      ...(off.length > 0 && { off }),
      ...(chart === 'mcp-hangar' && faultsOfHangar(written, schemas)),
    },
    ...(profile !== undefined && profile !== 'production' && { profile }),
    source: sourceIn(files, layers),
  }
}

/** The chart writes these sections into Hangar's configuration as they are. */
function faultsOfHangar(written: Json, schemas: KeySchemas): { version: string; key_faults: KeyFault[] } | undefined {
  const chosen = schemaOf(schemas, 'hangar-config')
  if (chosen === undefined || !isMap(written)) return undefined
  const sections = Object.fromEntries(['mcp_servers', 'auth'].flatMap(key => (isMap(written[key]) ? [[key, written[key]]] : [])))
  return { version: chosen.version, key_faults: keyFaults(sections, chosen.schema, 'hangar').filter(({ fault }) => fault !== 'missing') }
}

/** Of several files the values are kept, to tell which one decides. */
function sourceIn(files: ValuesFile[], layers: Layered): Projected['source'] {
  const [first] = files
  if (files.length === 1) return path => ({ ...first, path })
  return path => {
    const { from, path: inFile } = standsIn(layers, path)
    return { ...files[from], path: inFile }
  }
}

/** The object that holds the values, where one does. */
function holderOf({ file, artefact: { outer } }: ValuesFile): Identity {
  const holder = outer === undefined ? undefined : file.artefacts[outer.artefact].value
  if (!isMap(holder) || !isMap(holder.metadata)) return {}
  const texts = { apiVersion: holder.apiVersion, objectKind: holder.kind, namespace: holder.metadata.namespace, name: holder.metadata.name }
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => typeof text === 'string' && text !== ''))
}

const none: ReadonlySet<string> = new Set()

/** Parts of the known charts that are off as long as nothing switches them on. */
const offByDefault = new Map<string, ReadonlySet<string>>([['mcp-bridge', new Set(['grafana', 'prometheus'])]])

function isOffPart(map: JsonMap, path: Path, defaults: ReadonlySet<string>): boolean {
  return path.length > 0 && (map.enabled === false || (path.length === 1 && map.enabled !== true && defaults.has(String(path[0]))))
}

/** True for a path in a part that is off. */
function offAt(value: Json, path: Path, defaults: ReadonlySet<string>): boolean {
  let inner: Json | undefined = value
  for (const [index, step] of path.entries()) {
    if (isMap(inner) && isOffPart(inner, path.slice(0, index), defaults)) return true
    inner = typeof inner === 'object' && inner !== null ? (inner as { [key: string | number]: Json })[step] : undefined
  }
  return false
}

/** The outermost maps that are off. */
function offParts(value: Json, path: Path, defaults: ReadonlySet<string>): Path[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => offParts(item, [...path, index], defaults))
  if (!isMap(value)) return []
  if (isOffPart(value, path, defaults)) return [path]
  return Object.keys(value).flatMap(key => offParts(value[key], [...path, key], defaults))
}
