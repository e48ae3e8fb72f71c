import type { Json, Parsed, Path, Remark } from './document.ts'
import { isMap, type JsonMap } from './json.ts'
import type { FileName, Recognised } from './recognised.ts'

export function recogniseKubernetes(value: JsonMap): Recognised | undefined {
  if (!isName(value.apiVersion) || !isName(value.kind)) return undefined
  return { kind: groupOf(value) === kustomizeGroup ? 'kustomization' : 'kubernetes', dialect: 'kubectl' }
}

/** A kustomization may leave out `apiVersion` and `kind`; then its name alone tells. */
export function recogniseKustomization(value: JsonMap, name: FileName): Recognised | undefined {
  const named = /^kustomization(\.ya?ml)?$/i.test(name.base) && !('apiVersion' in value && 'kind' in value)
  return named ? { kind: 'kustomization', dialect: 'any' } : undefined
}

const kustomizeGroup = 'kustomize.config.k8s.io'

function isName(value: Json | undefined): value is string {
  return typeof value === 'string' && value !== ''
}

/** The API group of an object, empty for the core group. */
export function groupOf(value: JsonMap): string {
  const apiVersion = typeof value.apiVersion === 'string' ? value.apiVersion : ''
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
}

/** One object out of a document: the document itself, or an item of a list in it. */
export type KubernetesObject = { value: JsonMap; path: Path; remarks: Remark[] }

/** What a document of Kubernetes objects holds; `broken` are the lists and items of lists that kubectl refuses. */
export type Unpacked = { objects: KubernetesObject[]; broken: { path: Path; detail: string }[] }

/**
 * Unpacks `List` and every other list of objects, as kubectl does: what has `items` is a list, whatever its kind, and an item
 * without kind and apiVersion has those that the list's kind implies.
 *
 * A kind that is not named a list is judged as it stands too, since programs other than kubectl take it for an object. What
 * the reader noticed about a list outside its items goes with the first object out of it.
 */
export function unpackList(parsed: Parsed): Unpacked {
  const unpacked: Unpacked = { objects: [], broken: [] }
  unpackInto(unpacked, parsed.value as JsonMap, [], parsed.remarks)
  return unpacked
}

function unpackInto(unpacked: Unpacked, value: JsonMap, path: Path, remarks: Remark[]): void {
  const isList = typeof value.kind === 'string' && value.kind.endsWith('List')
  if (!Object.hasOwn(value, 'items') || (!isList && !Array.isArray(value.items))) {
    unpacked.objects.push({ value, path, remarks: relative(remarks, path.length) })
    return
  }
  const first = unpacked.objects.length
  const { own, byItem } = remarksByItem(remarks, path.length)
  if (!isList) unpacked.objects.push({ value, path, remarks: relative(own, path.length) })
  unpackItems(unpacked, value, path, byItem)
  if (!isList) return
  const outermost = unpacked.objects[first]
  if (outermost === undefined) unpacked.objects.push({ value, path, remarks: relative(own, path.length) })
  else outermost.remarks.unshift(...own.map(remark => ({ ...remark, path: [] })))
}

function unpackItems(unpacked: Unpacked, list: JsonMap, path: Path, remarks: Map<number, Remark[]>): void {
  if (list.items === null) return
  if (!Array.isArray(list.items)) {
    unpacked.broken.push({ path: [...path, 'items'], detail: 'the items of this list are no list' })
    return
  }
  const strange: number[] = []
  for (const [index, item] of list.items.entries()) {
    const object = isMap(item) ? withImpliedKind(item, list) : undefined
    if (object === undefined) strange.push(index)
    else unpackInto(unpacked, object, [...path, 'items', index], remarks.get(index) ?? [])
  }
  if (strange.length > 0) unpacked.broken.push({ path: [...path, 'items', strange[0]], detail: strangeItems(strange, list.items.length) })
}

/** The item with kind and apiVersion, or undefined where kubectl finds none. */
function withImpliedKind(item: JsonMap, list: JsonMap): JsonMap | undefined {
  if (isName(item.kind) && isName(item.apiVersion)) return item
  if (item.kind !== undefined && item.kind !== '') return undefined
  if (item.apiVersion !== undefined && item.apiVersion !== '') return undefined
  const kind = typeof list.kind === 'string' ? list.kind.replace(/List$/, '') : ''
  return kind === '' || !('kind' in list) ? undefined : { ...item, apiVersion: list.apiVersion, kind }
}

function strangeItems(indices: number[], total: number): string {
  const named = indices.slice(0, 10).join(', ') + (indices.length > 10 ? ' ...' : '')
  return `${indices.length} of the ${total} items of this list are no objects with apiVersion and kind: ${named}`
}

function remarksByItem(remarks: Remark[], depth: number): { own: Remark[]; byItem: Map<number, Remark[]> } {
  const own: Remark[] = []
  const byItem = new Map<number, Remark[]>()
  for (const remark of remarks) {
    const index = remark.path[depth + 1]
    if (remark.path[depth] !== 'items' || typeof index !== 'number') own.push(remark)
    else if (byItem.has(index)) byItem.get(index)!.push(remark)
    else byItem.set(index, [remark])
  }
  return { own, byItem }
}

function relative(remarks: Remark[], depth: number): Remark[] {
  return depth === 0 ? remarks : remarks.map(remark => ({ ...remark, path: remark.path.slice(depth) }))
}

/** Why what this object stands for was not judged, for the objects that only their controller can render. */
export function rendering(value: JsonMap): { detail: string; hint: string } | undefined {
  const kinds = renderedKinds.get(groupOf(value))
  if (kinds === undefined || typeof value.kind !== 'string' || !kinds.kinds.includes(value.kind)) return undefined
  return { detail: `what this ${value.kind} deploys is not in this file`, hint: kinds.hint }
}

const renderedKinds = new Map<string, { kinds: string[]; hint: string }>([
  ['helm.toolkit.fluxcd.io', { kinds: ['HelmRelease'], hint: 'render the chart with its values (helm template) and check the output' }],
  ['kustomize.toolkit.fluxcd.io', { kinds: ['Kustomization'], hint: 'build the folder that it names (kustomize build) and check the output' }],
  ['argoproj.io', { kinds: ['Application', 'ApplicationSet'], hint: 'render the source that it names (argocd app manifests, helm template or kustomize build) and check the output' }],
  ['helm.cattle.io', { kinds: ['HelmChart', 'HelmChartConfig'], hint: 'render the chart with its values (helm template) and check the output' }],
])
