import type { Artefact, FileReading } from '../artefact/artefact.ts'
import type { Json } from '../artefact/document.ts'
import { projectKubernetes, type KubernetesParams } from '../input/kubernetes.ts'
import type { OverLimit } from '../input/limit.ts'
import type { Unjudged } from './coverage.ts'
import { candidate } from './judged.ts'
import type { Item } from './lint.ts'

export type Leave = (file: FileReading, what: Unjudged) => void

/**
 * The Kubernetes objects of a file as controls may see them. Their values are let go of where nothing needs them again, so that a run
 * over ten thousand documents holds only what it judges; `isNeeded` says where something does.
 */
export function projectObjects(file: FileReading, params: KubernetesParams, leave: Leave, isNeeded: (value: Json) => boolean): Item[] {
  const objects: Item[] = []
  const holdsOthers = file.artefacts.some(({ outer }) => outer !== undefined)
  for (const artefact of file.artefacts) {
    if (artefact.kind !== 'kubernetes') continue
    const projected = projectKubernetes(file, artefact, params)
    if ('overLimit' in projected) leave(file, overLimit(artefact, projected))
    else {
      objects.push({ ...candidate(projected), file, artefact })
      // A name that is partly a variable still tells what the object is; and what stands inside a ConfigMap goes by its name.
      if (projected.fields.unresolved === undefined && !holdsOthers && !isNeeded(artefact.value)) artefact.value = null
    }
  }
  return objects.slice()
}

export function overLimit({ span, document }: Artefact, { detail }: OverLimit): Unjudged {
  return { span, document, reason: 'limit', detail: `${detail} (--max-input-size)` }
}
