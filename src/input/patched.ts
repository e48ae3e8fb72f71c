import type { Json, Path } from '../artefact/document.ts'
import type { Identity } from './input.ts'
import type { Edit, Setting } from './kustomization.ts'
import { touches, type Touched, type Work } from './patch.ts'
import { isNamed, type Met } from './patch-target.ts'
import { readLabels } from './selectors.ts'
import { viewAt, type View } from './view.ts'

/**
 * The kustomizations of which a patch may change a place of an object, one for each way in which it is built; undefined where it is built
 * without such a patch in one of them, so that what is written is deployed. `value` is what is known of the object.
 */
export type Patched = (path: Path, value: Json | undefined) => string[] | undefined

/** How much all findings of a run may compare; past it they are taken as they are. */
export const allWork = (): Work => ({ left: 10_000_000 })

/** Nothing is read before a finding asks. */
export function patchesOver(identity: Identity, value: View, settings: (Setting | undefined)[], work: Work): Patched | undefined {
  const built = settings.filter(setting => setting !== undefined)
  if (built.length < settings.length || built.length === 0 || !built.every(isPatched)) return undefined
  const written = viewAt(value, 'metadata', 'labels')
  const changes: Change[][] = []
  return (path, whole) => {
    const places = [path, ...inherited(path)]
    const by = new Set<string>()
    for (const [index, setting] of built.entries()) {
      if (work.left < 0) return undefined
      changes[index] ??= changesUnder(setting, identity, written, work)
      const change = changes[index].find(({ touched }) => places.some(place => touches(touched, place, whole, work)))
      if (change === undefined) return undefined
      by.add(change.by)
    }
    return [...by].sort()
  }
}

const isPatched = (setting: Setting): boolean => setting.edits !== undefined || (setting.outer !== undefined && isPatched(setting.outer))

/** What a pod says for containers that do not say it. */
const forContainers = new Set(['runAsNonRoot', 'runAsUser', 'runAsGroup', 'seccompProfile', 'seLinuxOptions', 'windowsOptions', 'appArmorProfile'])

function inherited(path: Path): Path[] {
  const at = path.indexOf('securityContext') - 2
  const isOfContainer = at >= 0 && (path[at] === 'containers' || path[at] === 'initContainers') && forContainers.has(path[at + 3] as string)
  return isOfContainer ? [[...path.slice(0, at), ...path.slice(at + 2)]] : []
}

type Change = { by: string; touched: Touched }

/** The patches that an object meets on its way out, the innermost kustomization first. */
function changesUnder(setting: Setting, identity: Identity, written: View, work: Work): Change[] {
  const { apiVersion = '', objectKind = '', namespace = 'default', name = '' } = identity
  const slash = apiVersion.indexOf('/')
  const { labels, unresolved } = readLabels(written)
  const met: Met = {
    group: apiVersion.slice(0, Math.max(0, slash)), version: apiVersion.slice(slash + 1), kind: objectKind,
    names: [name], namespaces: [namespace], own: labels, labels, labelsUnknown: unresolved !== undefined,
  }
  const changes: Change[] = []
  for (let at: Setting | undefined = setting; at !== undefined; at = at.outer) {
    if (at.prefix !== undefined || at.suffix !== undefined) met.names.push(`${at.prefix ?? ''}${met.names.at(-1)}${at.suffix ?? ''}`)
    if (at.namespace !== undefined) met.namespaces.push(at.namespace)
    if (at.objectLabels !== undefined) met.labels = { ...met.labels, ...at.objectLabels }
    for (const edit of at.edits?.() ?? []) changes.push(...changesOf(edit, met, work))
  }
  return changes
}

function changesOf({ by, target, documents }: Edit, met: Met, work: Work): Change[] {
  work.left -= met.names.length + documents.length
  if (work.left < 0 || (target !== undefined && !target.matches(met))) return []
  return documents.filter(({ form, names }) => {
    if (target !== undefined) return true
    // A JSON patch for nothing is refused; a merge patch that does not say for what may be for anything.
    return names === undefined ? form !== 'json' : isNamed(names, met)
  }).map(({ touched }) => ({ by, touched }))
}
