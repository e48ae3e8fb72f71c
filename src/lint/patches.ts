import { posix } from 'node:path'
import type { FileReading } from '../artefact/artefact.ts'
import { patchFiles } from '../artefact/kustomization.ts'
import { isMap } from '../artefact/json.ts'
import type { Unjudged } from './coverage.ts'

/**
 * Takes out of the run what kustomizations use as patches: a part of an object looks like one that lacks everything else. A file that a
 * kustomization also lists as a resource stays.
 */
export function setPatchesAside(files: FileReading[], leave: (file: FileReading, what: Unjudged) => void): void {
  const patches = new Map<string, string>()
  const resources = new Set<string>()
  for (const file of files) {
    for (const kustomization of file.artefacts.filter(({ kind }) => kind === 'kustomization')) {
      const folder = posix.dirname(normal(file.path))
      for (const path of patchFiles(kustomization)) patches.set(posix.join(folder, path), file.path)
      const listed = isMap(kustomization.value) ? kustomization.value.resources : undefined
      if (Array.isArray(listed)) for (const path of listed) if (typeof path === 'string') resources.add(posix.join(folder, path))
    }
  }
  for (const file of files) {
    const by = patches.get(normal(file.path))
    if (by === undefined || resources.has(normal(file.path))) continue
    for (const { span, document, kind, outer } of file.artefacts) {
      if (outer === undefined) leave(file, { span, document, kind, reason: 'patch', detail: `a patch of ${by}`, hint: 'kustomize build' })
    }
    file.artefacts.length = 0
  }
}

const normal = (path: string): string => posix.normalize(path.replaceAll('\\', '/'))
