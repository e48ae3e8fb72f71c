import type { Json, Path } from '../artefact/document.ts'
import { isMap, type JsonMap } from '../artefact/json.ts'
import { type ImageReference, parseImage } from './image.ts'
import { imageSetBy, type Setting } from './kustomization.ts'

/** An image that an artefact runs or builds on; `path` is where the reference stands, `what` names its user for a message. */
export type ImageUse = {
  path: Path
  what: string
  reference: ImageReference
  /** It belongs to a part that is switched off. */
  off?: true
  /** The kustomization that puts this image in the place of the one that is written. */
  by?: string
}

/**
 * The images of a Kubernetes object: all containers of the pod at `podPath` and its image volumes, and what the operators' own kinds
 * name. A container without an image gives none.
 */
export function kubernetesImages(object: Json, podPath?: Path): ImageUse[] {
  if (!isMap(object)) return []
  const group = typeof object.apiVersion === 'string' ? object.apiVersion.split('/')[0] : ''
  if (group === 'mcp-hangar.io' && object.kind === 'MCPServer') return specImages(object, ['spec'], 'the server')
  if (group === 'mcp-hangar.io' && object.kind === 'MCPDiscoverySource') return specImages(object, ['spec', 'providerTemplate', 'spec'], 'the provider template')
  if (group === 'toolhive.stacklok.dev') {
    return [...imageAt(object, ['spec'], 'the server'), ...podImages(object, ['spec', 'podTemplateSpec', 'spec'])]
  }
  const path = podPath ?? podPathOf(object.kind)
  return path === undefined ? [] : podImages(object, path)
}

/**
 * The images that become of those of an object under each of the settings of the kustomizations that build it, equal ones once.
 * As in kustomize, that is about images of containers, whatever the kind.
 */
export function imagesUnder(images: ImageUse[], settings: (Setting | undefined)[]): ImageUse[] {
  const found = new Map<string, ImageUse>()
  for (const setting of settings.slice(0, mostOverlays)) {
    for (const use of images) {
      const set = use.path.at(-1) === 'image' && isList(use.path.at(-3)) && use.reference.text !== undefined ? imageSetBy(setting, use.reference.text) : undefined
      const reference = set === undefined ? use.reference : { ...parseImage(set.image), local: use.reference.local }
      found.set(`${use.path.join('/')} ${reference.text ?? ''}`, set === undefined ? use : { ...use, reference, by: set.by })
    }
  }
  return [...found.values()]
}

/** Of more kustomizations than this that build one object, the rest is not looked at: a bound for hostile trees. */
const mostOverlays = 500

const isList = (step: unknown): boolean => step === 'containers' || step === 'initContainers'

/** The images of a Hangar configuration's servers. */
export function hangarImages(value: Json): ImageUse[] {
  return entriesAt(value, ['mcp_servers']).flatMap(([name]) => imageAt(value, ['mcp_servers', name], `server ${name}`))
}

/**
 * The images of Helm values: maps with `repository` and `tag`, and texts named `image` or `<part>Image`, with a `tag` beside them where
 * there is one. A map named `image` may leave the repository to the chart. Without a tag key the chart decides, and there is nothing to
 * judge; an empty tag is the chart's own version.
 */
export function helmImages(value: Json): ImageUse[] {
  const found: ImageUse[] = []
  const global = valueAt(value, ['global', 'imageRegistry'])
  collectHelm(value, [], { off: false, registry: scalarText(global), found })
  return found
}

const podPaths: { [kind: string]: Path } = {
  Pod: ['spec'],
  PodTemplate: ['template', 'spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
}
for (const kind of ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Job']) podPaths[kind] = ['spec', 'template', 'spec']

function podPathOf(kind: Json): Path | undefined {
  return typeof kind === 'string' && Object.hasOwn(podPaths, kind) ? podPaths[kind] : undefined
}

const containerLists: [string, string][] = [
  ['containers', 'container'], ['initContainers', 'init container'], ['ephemeralContainers', 'ephemeral container'],
]

function podImages(object: Json, path: Path): ImageUse[] {
  const containers = containerLists.flatMap(([list, word]) =>
    itemsAt(object, [...path, list]).flatMap((container, index) => imageAt(object, [...path, list, index], `${word} ${nameOf(container)}`)))
  return [...containers, ...volumeImages(object, path)]
}

/** Of the spec of an MCPServer, which is a container and a pod in one. */
function specImages(object: Json, path: Path, what: string): ImageUse[] {
  return [...imageAt(object, path, what), ...volumeImages(object, path)]
}

function volumeImages(object: Json, path: Path): ImageUse[] {
  return itemsAt(object, [...path, 'volumes']).flatMap((volume, index) =>
    imageAt(object, [...path, 'volumes', index, 'image'], `volume ${nameOf(volume)}`, 'reference'))
}

/** The image that the map at a path names, if it names one. */
function imageAt(value: Json, path: Path, what: string, key = 'image'): ImageUse[] {
  const holder = valueAt(value, path)
  if (!isMap(holder) || !Object.hasOwn(holder, key) || holder[key] === null || holder[key] === '') return []
  const written = holder[key]
  const reference = typeof written === 'string' ? parseImage(written) : notAText(written)
  const local = reference.local || holder.imagePullPolicy === 'Never' || holder.pullPolicy === 'Never'
  return [{ path: [...path, key], what, reference: { ...reference, local } }]
}

function notAText(written: Json): ImageReference {
  return isMap(written) && typeof written.unresolved === 'string'
    ? { pin: 'unresolved', local: false, default: false, unresolved: written.unresolved }
    : { pin: 'invalid', local: false, default: false }
}

/** Values nest less deep than this; a bound, since the reader's is higher than the stack. */
const deepestValue = 200

type Collecting = {
  off: boolean
  /** `global.imageRegistry`, from which charts take all images that have a registry of their own. */
  registry: string
  found: ImageUse[]
}

function collectHelm(value: Json, path: Path, { off, registry, found }: Collecting): void {
  if (path.length > deepestValue) return
  if (Array.isArray(value)) value.forEach((item, index) => collectHelm(item, [...path, index], { off, registry, found }))
  if (!isMap(value)) return
  const isOff = off || (path.length > 0 && value.enabled === false)
  const add: Add = (at, written, name) => {
    const parsed = imageReference(written)
    const reference = { ...parsed, local: parsed.local || value.pullPolicy === 'Never' || value.imagePullPolicy === 'Never' }
    found.push({ path: [...path, at], what: name, reference, ...(isOff ? { off: true as const } : {}) })
  }
  if (Object.hasOwn(value, 'tag')) {
    if (typeof value.repository === 'string' && value.repository !== '') addMap(value, path, registry, add)
    else if (/^image$|[a-z]Image$/.test(String(path.at(-1))) && !Object.hasOwn(value, 'image')) addTag(value, path, add)
  }
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner === 'string' && /^image$|[a-z]Image$/.test(key) && mayBeImage(inner)) addText(value, key, inner, path, add)
    else collectHelm(inner, [...path, key], { off: isOff, registry, found })
  }
}

/** A picture has a name with `Image` too. */
const mayBeImage = (text: string): boolean => text !== '' && !/^[./]|:\/\/|^data:|\.(png|jpe?g|svg|gif|webp|ico)$/i.test(text)

type Add = (at: string, written: string | ImageReference, name: string) => void

function addMap(value: JsonMap, path: Path, registry: string, add: Add): void {
  const repository = scalarText(value.repository)
  if (repository.includes('://')) return
  const own = scalarText(value.registry)
  const host = Object.hasOwn(value, 'registry') && registry !== '' ? registry : own
  const image = host === '' ? repository : `${host}/${repository}`
  const name = `value ${path.join('.')}`
  const digest = digestOf(value)
  if (digest !== undefined) add(digest.key, `${image}@${digest.text}`, name)
  else if (/[:@][^/]*$/.test(repository)) add('repository', image, name)
  else add('tag', tagged(image, value.tag), name)
}

/** The chart has the repository; all that is known is the tag. */
function addTag(value: JsonMap, path: Path, add: Add): void {
  const digest = digestOf(value)
  const { pin, tag, variant, local, default: byDefault, fault, unresolved } = imageReference(digest === undefined ? tagged('image', value.tag) : `image@${digest.text}`)
  if (pin === 'invalid' && fault === undefined) return
  const reference = { pin, local, default: byDefault, ...(fault !== undefined && { fault }), ...(tag !== undefined && { tag, variant }), ...(unresolved !== undefined && { unresolved }) }
  add(digest?.key ?? 'tag', reference, `value ${path.join('.')}`)
}

const imageReference = (written: string | ImageReference): ImageReference => (typeof written === 'string' ? parseImage(written) : written)

function digestOf(value: JsonMap): { key: string; text: string } | undefined {
  const digest = scalarText(value.digest)
  if (digest !== '') return { key: 'digest', text: digest }
  const sha = scalarText(value.sha)
  return /^[0-9a-f]{64}$/i.test(sha) ? { key: 'sha', text: `sha256:${sha}` } : undefined
}

function addText(value: JsonMap, key: string, image: string, path: Path, add: Add): void {
  const name = `value ${[...path, key].join('.')}`
  const beside = [`${key}Tag`, ...(key === 'image' ? ['tag', 'imageTag'] : [])].find(other => Object.hasOwn(value, other))
  if (beside === undefined || /[:@][^/]*$/.test(image)) add(key, image, name)
  else add(beside, tagged(image, value[beside]), name)
}

/** An empty tag is the version of the application that the chart is made for. */
function tagged(image: string, tag: Json): string | ImageReference {
  const text = scalarText(tag)
  return text === '' ? { ...parseImage(image), pin: 'version' } : `${image}:${text}`
}

function scalarText(value: Json | undefined): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' ? String(value) : ''
}

function nameOf(item: Json): string {
  return isMap(item) && typeof item.name === 'string' && item.name !== '' ? item.name : 'without a name'
}

function valueAt(value: Json, path: Path): Json | undefined {
  let inner: Json | undefined = value
  for (const step of path) {
    if (Array.isArray(inner)) inner = typeof step === 'number' ? inner[step] : undefined
    else inner = isMap(inner) && Object.hasOwn(inner, step) ? inner[step] : undefined
  }
  return inner
}

function itemsAt(value: Json, path: Path): Json[] {
  const items = valueAt(value, path)
  return Array.isArray(items) ? items : []
}

function entriesAt(value: Json, path: Path): [string, Json][] {
  const map = valueAt(value, path)
  return isMap(map) ? Object.entries(map) : []
}
