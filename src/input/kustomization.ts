import { posix } from 'node:path'
import { readPatch, unreadPatch, type PatchDocument } from './patch.ts'
import { targetOf, type Target } from './patch-target.ts'
import { textAt, textsAt, valueAt, viewAt, viewsAt, type View } from './view.ts'

/** What a kustomization does to all that it lists, as far as controls that compare objects must know it. */
export type Setting = {
  /** Put on every namespaced object, also on one that names another. */
  namespace?: string
  /** Put on pods and selectors alike. */
  labels: { [key: string]: string }
  /** By the name of the workload. */
  replicas: Map<string, number>
  /** Patches that write a number of replicas: what they name, and their text. */
  patches: { kind: string; name: string; text: string }[]
  /** All patches, read when they are first asked for; absent where there is none. */
  edits?: () => Edit[]
  /** What is put before and after names. */
  prefix?: string
  suffix?: string
  /** Put on objects, whether or not pods and selectors get them too. */
  objectLabels?: { [key: string]: string }
  /** What takes the place of images, by their name without tag and digest. */
  images?: Map<string, ImageChange>
  /** The setting of the kustomization that lists this one: what it says counts more. */
  outer?: Setting
}

/** A patch; without a target its documents name what they change. `by` is the path of its kustomization. */
export type Edit = { by: string; target?: Target; documents: PatchDocument[] }

/** An entry of `images`; `by` is the path of its kustomization. */
export type ImageChange = { newName?: string; newTag?: string; digest?: string; by: string }

/** What a kustomization lists; paths are normalised and start where the kustomization's own path does. */
export type Listing = {
  folder: string
  /** A kustomization of kind Component changes the ones that list it, and is nothing by itself. */
  component: boolean
  /** Files and folders of this tree. */
  entries: string[]
  patchFiles: string[]
  /** Files that become keys of a ConfigMap. */
  generated: { configMap: string; file: string }[]
  setting: Setting
  /** It also lists what is not in files here: another repository, a chart, what a generator makes. */
  elsewhere: boolean
}

/** The files of patches: their texts, and what they hold, both undefined for files that were not read. */
export type PatchFiles = { textOf(path: string): string | undefined; documentsOf(path: string): PatchDocument[] | undefined }

export function readListing(path: string, value: View, patchFiles: PatchFiles): Listing {
  const folder = posix.dirname(path)
  const inFolder = (entry: string) => withoutSlash(posix.join(folder, entry))
  const listed = ['resources', 'bases', 'components', 'crds'].flatMap(key => textsAt(value, key))
  const generators = viewsAt(value, 'configMapGenerator')
  return {
    folder,
    component: textAt(value, 'kind') === 'Component',
    entries: listed.filter(entry => !isRemote(entry)).map(inFolder),
    patchFiles: patchesOf(value).flatMap(patch => patch.path === '' ? [] : [inFolder(patch.path)]),
    generated: generators.flatMap(generator => filesOf(generator).map(file => ({ configMap: textAt(generator, 'name'), file: inFolder(file) }))),
    setting: settingOf(path, value, folder, patchFiles),
    elsewhere: listed.some(isRemote) || openEnded.some(key => valueAt(value, key) !== undefined),
  }
}

function withoutSlash(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path
}

const openEnded = ['helmCharts', 'helmChartInflationGenerator', 'generators', 'transformers']

function isRemote(entry: string): boolean {
  return entry.includes('://') || entry.includes('?ref=') || entry.startsWith('git@') || entry.startsWith('github.com/')
}

function filesOf(generator: View): string[] {
  return textsAt(generator, 'files').map(file => file.slice(file.indexOf('=') + 1)).filter(file => file !== '' && !isRemote(file))
}

type Patch = { path: string; inline: string; target?: Target }

function patchesOf(value: View): Patch[] {
  const targeted = [...viewsAt(value, 'patches'), ...viewsAt(value, 'patchesJson6902')].map(patch => {
    const target = targetOf(patch)
    return { path: textAt(patch, 'path'), inline: textAt(patch, 'patch'), ...(target !== undefined && { target }) }
  })
  const merged = textsAt(value, 'patchesStrategicMerge').map(entry =>
    entry.includes('\n') ? { path: '', inline: entry } : { path: entry, inline: '' })
  return [...targeted, ...merged]
}

function settingOf(path: string, value: View, folder: string, { textOf, documentsOf }: PatchFiles): Setting {
  const replicas = viewsAt(value, 'replicas').filter(entry => Number.isSafeInteger(entry.count))
  const listed = patchesOf(value)
  const patches = listed.map(({ path, inline, target }) => ({
    kind: target?.kind ?? '', name: target?.name ?? '', text: path === '' ? inline : textOf(posix.join(folder, path)) ?? 'replicas',
  }))
  const setting: Setting = {
    labels: podLabels(value),
    replicas: new Map(replicas.map(entry => [textAt(entry, 'name'), entry.count as number])),
    patches: patches.filter(({ text }) => text.includes('replicas')).slice(0, mostPatches),
  }
  if (listed.length > 0) {
    setting.edits = once(() => listed.slice(0, mostPatches).map(patch => ({
      by: path, target: patch.target, documents: patch.path === '' ? readPatch(patch.inline) : documentsOf(posix.join(folder, patch.path)) ?? [unreadPatch],
    })))
  }
  const namespace = textAt(value, 'namespace')
  if (namespace !== '') setting.namespace = namespace
  const prefix = textAt(value, 'namePrefix')
  if (prefix !== '') setting.prefix = prefix
  const suffix = textAt(value, 'nameSuffix')
  if (suffix !== '') setting.suffix = suffix
  const onObjects = textLabels([viewAt(value, 'commonLabels'), ...viewsAt(value, 'labels').map(entry => viewAt(entry, 'pairs'))])
  if (Object.keys(onObjects).length > 0) setting.objectLabels = onObjects
  const images = viewsAt(value, 'images').filter(entry => textAt(entry, 'name') !== '')
  if (images.length > 0) setting.images = new Map(images.map(entry => [textAt(entry, 'name'), imageChange(entry, path)]))
  return setting
}

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}

function imageChange(entry: View, by: string): ImageChange {
  const change: ImageChange = { by }
  for (const key of ['newName', 'newTag', 'digest'] as const) {
    const text = textAt(entry, key)
    if (text !== '') change[key] = text
  }
  return change
}

/** More patches than this in one kustomization are not looked at: nobody writes so many. */
const mostPatches = 200

function podLabels(value: View): { [key: string]: string } {
  const pairs = viewsAt(value, 'labels')
    .filter(entry => entry.includeSelectors === true || entry.includeTemplates === true)
    .map(entry => viewAt(entry, 'pairs'))
  return textLabels([viewAt(value, 'commonLabels'), ...pairs])
}

function textLabels(maps: View[]): { [key: string]: string } {
  const labels: [string, unknown][] = maps.flatMap(Object.entries)
  return Object.fromEntries(labels.filter((pair): pair is [string, string] => typeof pair[1] === 'string'))
}

/** The namespace that an object gets: its kustomization's, else its own; undefined for none, and for what stands in no namespace. */
export function namespaceOf(object: View, setting?: Setting): string | undefined {
  if (isClusterScoped(object)) return undefined
  const own = textAt(object, 'metadata', 'namespace')
  return namespaceSetBy(setting) ?? (own === '' ? undefined : own)
}

/** The namespace that the outermost kustomization sets. */
export function namespaceSetBy(setting: Setting | undefined): string | undefined {
  if (setting === undefined) return undefined
  return namespaceSetBy(setting.outer) ?? setting.namespace
}

/** The names that an object has on its way out, its own first: others may name it by any of them. */
export function namesUnder(name: string, setting: Setting | undefined): string[] {
  const names = [name]
  for (let at = setting; at !== undefined; at = at.outer) {
    if (at.prefix !== undefined || at.suffix !== undefined) names.push(`${at.prefix ?? ''}${names[names.length - 1]}${at.suffix ?? ''}`)
  }
  return names
}

export function labelsSetBy(setting: Setting | undefined): { [key: string]: string } {
  return setting === undefined ? {} : { ...setting.labels, ...labelsSetBy(setting.outer) }
}

/** The image that kustomizations put in the place of one, and the last kustomization that did; undefined where none does. */
export function imageSetBy(setting: Setting | undefined, image: string): { image: string; by: string } | undefined {
  let changed: { image: string; by: string } | undefined
  for (let at = setting; at !== undefined; at = at.outer) {
    if (at.images === undefined) continue
    const current = changed?.image ?? image
    const name = /^(.+?)(?::[^/@]*)?(?:@.*)?$/.exec(current)?.[1] ?? current
    const change = at.images.get(name)
    if (change === undefined) continue
    const rest = current.slice(name.length)
    const end = change.digest !== undefined ? `@${change.digest}` : change.newTag !== undefined ? `:${change.newTag}` : rest
    changed = { image: `${change.newName ?? name}${end}`, by: change.by }
  }
  return changed
}

/** The replicas that kustomizations give a workload, `patched` where a patch may give it some that nobody here works out. */
export function replicasSetBy(setting: Setting | undefined, kind: string, name: string): number | 'patched' | undefined {
  if (setting === undefined) return undefined
  const outer = replicasSetBy(setting.outer, kind, name)
  if (outer !== undefined) return outer
  const patched = setting.patches.some(patch => patches(patch.kind, kind) && (patch.name === '' ? patch.kind !== '' || patch.text.includes(name) : patches(patch.name, name)))
  return patched ? 'patched' : setting.replicas.get(name)
}

/** A target is a regular expression to kustomize; one that is more than a name may be anything. */
function patches(target: string, name: string): boolean {
  return target === '' || target === name || [...target].some(letter => '.*+?()[]|\\'.includes(letter))
}

const clusterKinds = new Set([
  'Namespace', 'Node', 'PersistentVolume', 'ClusterRole', 'ClusterRoleBinding', 'StorageClass', 'CustomResourceDefinition', 'APIService',
  'ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration', 'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding',
  'MutatingAdmissionPolicy', 'MutatingAdmissionPolicyBinding', 'PriorityClass', 'IngressClass', 'GatewayClass', 'RuntimeClass', 'CSIDriver',
  'CSINode', 'VolumeAttachment', 'CertificateSigningRequest', 'FlowSchema', 'PriorityLevelConfiguration', 'PodSecurityPolicy',
  'ClusterIssuer', 'ClusterSecretStore', 'ClusterExternalSecret', 'ClusterPolicy', 'CiliumClusterwideNetworkPolicy',
  'AdminNetworkPolicy', 'BaselineAdminNetworkPolicy',
])

export function isClusterScoped(object: View): boolean {
  return clusterKinds.has(textAt(object, 'kind'))
}
