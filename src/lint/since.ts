import { posix } from 'node:path'
import type { ArtefactKind, FileReading } from '../artefact/artefact.ts'
import type { Finding } from '../report/report.ts'

/** What has changed since a revision, as the door knows it. */
export type Since = {
  /** As the user named it. */
  revision: string
  /** True for a file that is not as it was, or was not there. */
  isChanged(file: string): boolean
  /** Files that are not there any more, as the run would name them. */
  gone: string[]
}

/** The files of a set, and those among them that say how the others are built: kustomizations and patches. */
export type SetFiles = { root: string; files: string[]; makers: string[] }

/** Which findings a change can have brought about. */
export type Reach = {
  /** What a set of files came to, as it is judged. */
  add(set: SetFiles, findings: Finding[]): void
  has(finding: Finding): boolean
}

/**
 * A change reaches the findings of the files that it touches. Of what is judged together, it reaches more: a finding that compares the
 * files of a set, when any of them has changed or is gone, since what a workload lacks is often what was taken away elsewhere; all of what
 * a kustomization builds, when it or a patch of it has changed; and a Compose file or Helm values, when what they are read with has.
 */
export function reachOf({ isChanged, gone }: Since, files: FileReading[]): Reach {
  const compared = new Set<string>()
  const built = new Set<string>()
  const lost = gone.map(normal)
  const beside = new Map(Object.entries(readWith).map(([kind, { kinds, names }]) => [kind, remembered(() => [
    ...files.filter(({ path, artefacts }) => artefacts.some(one => kinds.includes(one.kind)) && isChanged(path)).map(({ path }) => normal(path)),
    ...lost.filter(path => names.test(posix.basename(path))),
  ])]))
  return {
    add({ root, files, makers }, findings) {
      if (makers.some(isChanged)) for (const file of files) built.add(file)
      if (files.some(isChanged) || lost.some(path => isUnder(path, root))) for (const finding of findings) compared.add(keyOf(finding))
    },
    has: finding => isChanged(finding.file) || built.has(finding.file) || compared.has(keyOf(finding))
      || beside.get(finding.artefact.kind)?.().some(path => isUnder(path, posix.dirname(normal(finding.file)))) === true,
  }
}

/** What is read together with a file of a kind, in its folder and below. */
const readWith: Record<string, { kinds: ArtefactKind[]; names: RegExp }> = {
  compose: { kinds: ['compose', 'env-file', 'dockerfile'], names: /compose|\.env|dockerfile/i },
  'helm-values': { kinds: ['helm-values'], names: /values/i },
}

const keyOf = ({ fingerprint, file, line, column }: Finding): string => `${fingerprint}/${line}:${column}/${file}`

const normal = (path: string): string => posix.normalize(path.replaceAll('\\', '/'))

/** Files that were named one by one are under no root. */
function isUnder(path: string, folder: string): boolean {
  if (folder === '') return false
  return folder === '.' ? !path.startsWith('../') && !path.startsWith('/') : path.startsWith(folder.endsWith('/') ? folder : `${folder}/`)
}

function remembered<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}
