import type { Artefact, FileReading } from '../artefact/artefact.ts'
import type { Json, Path } from '../artefact/document.ts'
import { at, isMap, type JsonMap } from '../artefact/json.ts'
import { groupOf } from '../artefact/kubernetes.ts'
import { adapterMetrics } from './adapter-metrics.ts'
import { configMapSecrets } from './config-map.ts'
import { isExampleFile } from './example-file.ts'
import { settingsIn } from './inherited.ts'
import { kubernetesImages } from './images.ts'
import type { Identity, Projected } from './input.ts'
import { defaultInputLimits, OverLimitError, type InputLimits, type OverLimit } from './limit.ts'
import { secretsOfObject } from './kubernetes-secrets.ts'
import { hangarPod, mcpServerSpec } from './mcpserver.ts'
import { metadataShape, podPathOf, podShape } from './pod.ts'
import type { SecretRules } from './secret-name.ts'
import { drop, listOf, mapOf, plain, project, verbatim, type Projection, type Shape } from './shape.ts'
import { originOf, type SyntheticPod } from './synthetic.ts'
import { unresolvedPlaces } from './unresolved.ts'
import { toolhivePod, toolhiveSpec } from './toolhive.ts'

export type KubernetesParams = {
  /** True for objects that the API server has read: nothing in them is a template or a variable any more. */
  literal: boolean
  /** Names of containers that a mesh or an agent injects. */
  injected_sidecars: string[]
  /** Where kinds of one's own have a pod spec: `spec.workload.podSpec`. */
  pod_template_paths?: string[]
  /** What tells the secrets among variables and arguments. */
  secrets: SecretRules
  limits?: InputLimits
}

/** What controls may see of a Kubernetes object. Linear in what is kept; the artefact's value is not changed and partly shared. */
export function projectKubernetes(file: FileReading, artefact: Artefact, params: KubernetesParams): Projected | OverLimit {
  const object = artefact.value as JsonMap
  const identity = identityOf(object)
  const projection: Projection = {
    literal: params.literal, limits: params.limits ?? defaultInputLimits, injectedSidecars: namesOf(params.injected_sidecars), secrets: params.secrets,
    size: 0, unresolved: false,
  }
  try {
    return projected(file, artefact, object, identity, projection, configuredPaths(params.pod_template_paths))
  } catch (error) {
    if (!(error instanceof OverLimitError)) throw error
    return { overLimit: error.limit, detail: error.message, identity }
  }
}

function projected(
  file: FileReading, artefact: Artefact, object: JsonMap, identity: Identity, projection: Projection, configured: string[][],
): Projected {
  const group = groupOf(object)
  const podPath = isOperators(group, object) ? undefined : podPathOf(group, object, configured)
  const value = project(object, shapeOf(group, object, podPath), projection) as JsonMap
  const synthetic = syntheticPod(group, value)
  if (synthetic !== undefined) value.pod = synthetic.pod
  const fields: Record<string, unknown> = { kind: 'kubernetes', value }
  const path = synthetic === undefined ? podPath : ['pod']
  const metadataPath = synthetic === undefined ? podPath && [...podPath.slice(0, -1), 'metadata'] : synthetic.metadataPath
  if (path !== undefined) {
    fields.pod_path = path
    fields.pod_metadata = metadataOf(metadataPath && at(value, ...metadataPath))
    if (metadataPath !== undefined) fields.pod_metadata_path = metadataPath
    if (synthetic !== undefined) fields.operator = synthetic.operator
  }
  if (projection.unresolved) fields.unresolved = unresolvedPlaces(value)
  if (identity.namespace !== undefined) fields.namespace = identity.namespace
  const { secrets, placeholders } = secretsOfObject(object, value, path, projection.secrets)
  if (secrets.length > 0) fields.secrets = secrets
  if (placeholders.length > 0) fields.placeholders = placeholders
  if (isExampleFile(file.path)) fields.example = true
  const images = kubernetesImages(object, podPath)
  if (images.length > 0) fields.images = images
  if (group === '' && object.kind === 'ConfigMap') {
    const secrets = configMapSecrets(file, artefact, projection.secrets)
    if (secrets.length > 0) fields.secrets = secrets
  }
  const produces = adapterMetrics(object)
  return {
    kind: 'kubernetes',
    fields,
    identity,
    ...(produces.length > 0 && { produces }),
    ...(group === '' && object.kind === 'ConfigMap' && { settings: settingsIn(object, projection.secrets) }),
    containerAt: (whole, place) => path && containerAt(whole as JsonMap, path, place),
    source: place => ({
      file,
      artefact,
      path: synthetic !== undefined && place[0] === 'pod' ? originOf(synthetic.origin, place.slice(1)) : place,
    }),
  }
}

const namesOf = remembered((names: string[]) => new Set(names))
const configuredPaths = remembered((paths: string[] | undefined) => (paths ?? []).map(path => path.split('.')))

/** The answer for the argument of the last call: the parameters of a run are one object all along. */
function remembered<A, R>(make: (argument: A) => R): (argument: A) => R {
  let last: { argument: A; result: R } | undefined
  return argument => {
    if (last === undefined || last.argument !== argument) last = { argument, result: make(argument) }
    return last.result
  }
}

/** A namespace or name that is a template names nothing in a cluster, but it names the object for the reader of a report. */
export function identityOf({ apiVersion, kind, metadata }: JsonMap): Identity {
  const identity: Identity = {}
  const { name, namespace, generateName } = isMap(metadata) ? metadata : {} as JsonMap
  if (typeof apiVersion === 'string' && apiVersion !== '') identity.apiVersion = apiVersion
  if (typeof kind === 'string' && kind !== '') identity.objectKind = kind
  if (typeof namespace === 'string' && namespace !== '') identity.namespace = namespace
  if (typeof name === 'string' && name !== '') identity.name = name
  else if (typeof generateName === 'string' && generateName !== '') identity.name = generateName
  return identity
}

const hangarGroup = 'mcp-hangar.io'
const toolhiveGroup = 'toolhive.stacklok.dev'
const toolhiveKinds = new Set(['MCPServer', 'VirtualMCPServer'])

/** True for the kinds of which an operator makes pods: what else stands in them makes none. */
function isOperators(group: string, { kind }: JsonMap): boolean {
  return group === hangarGroup ? kind === 'MCPServer' : group === toolhiveGroup && toolhiveKinds.has(kind as string)
}

function syntheticPod(group: string, value: JsonMap): SyntheticPod | undefined {
  if (!isOperators(group, value) || !isMap(value.spec)) return undefined
  return group === hangarGroup ? hangarPod(value.spec) : toolhivePod(value.kind as string, value.spec)
}

const head: Record<string, Shape> = { apiVersion: verbatim, kind: verbatim, metadata: metadataShape }
/** What an object holds beside its spec: rules of a Role, subjects of a binding. Contents of ConfigMaps are artefacts of their own. */
const generic = mapOf({ ...head, status: drop, data: drop, binaryData: drop, stringData: drop }, plain)
const named = mapOf({ group: plain, names: plain, scope: plain, versions: listOf(mapOf({ name: plain, served: plain, storage: plain })) })
const alert = mapOf({ expr: verbatim, annotations: verbatim, labels: verbatim }, plain)
const templated = mapOf({ ...head, spec: verbatim, type: plain, immutable: plain })

const byKind = new Map<string, Shape>([
  ['/Secret', mapOf({ ...head, type: plain, immutable: plain })],
  ['/ConfigMap', mapOf({ ...head, immutable: plain })],
  ['apiextensions.k8s.io/CustomResourceDefinition', mapOf({ ...head, spec: named })],
  ['monitoring.coreos.com/PrometheusRule', mapOf({ ...head, spec: mapOf({ groups: listOf(mapOf({ rules: listOf(alert) }, plain)) }, plain) })],
  // Their texts are templates of their own programs.
  ['monitoring.coreos.com/AlertmanagerConfig', templated],
  ['external-secrets.io/ExternalSecret', templated],
  ['bitnami.com/SealedSecret', templated],
  ['secrets-store.csi.x-k8s.io/SecretProviderClass', templated],
  [`${hangarGroup}/MCPServer`, mapOf({ ...head, spec: mcpServerSpec })],
  [`${toolhiveGroup}/MCPServer`, mapOf({ ...head, spec: toolhiveSpec })],
  [`${toolhiveGroup}/VirtualMCPServer`, mapOf({ ...head, spec: toolhiveSpec })],
])

const byPodPath = new Map<string, Shape>()

function shapeOf(group: string, object: JsonMap, podPath: string[] | undefined): Shape {
  if (podPath === undefined) return byKind.get(`${group}/${object.kind as string}`) ?? generic
  const key = podPath.join('.')
  const known = byPodPath.get(key) ?? withPodAt(podPath)
  byPodPath.set(key, known)
  return known
}

function withPodAt([step, ...rest]: string[], top = true): Shape {
  const fields: Record<string, Shape> = { [step]: rest.length === 0 ? podShape : withPodAt(rest, false) }
  if (rest.length === 0) fields.metadata = metadataShape
  return mapOf(top ? { ...head, status: drop, data: drop, binaryData: drop, stringData: drop, ...fields } : fields, plain)
}

function metadataOf(metadata: Json | undefined): JsonMap {
  if (!isMap(metadata)) return {}
  const { labels, annotations } = metadata
  return { ...(isMap(labels) && { labels }), ...(isMap(annotations) && { annotations }) }
}

function containerAt(value: JsonMap, podPath: string[], place: Path): string | undefined {
  if (place.length < podPath.length + 2 || podPath.some((step, index) => place[index] !== step)) return undefined
  const list = place[podPath.length]
  if (list !== 'containers' && list !== 'initContainers' && list !== 'ephemeralContainers') return undefined
  const containers = at(value, ...podPath, list)
  const container = Array.isArray(containers) ? containers[place[podPath.length + 1] as number] : undefined
  return isMap(container) && typeof container.name === 'string' ? container.name : undefined
}
