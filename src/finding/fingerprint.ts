import type { Path } from '../artefact/document.ts'
import type { Identity } from '../input/input.ts'
import { hashList } from './hash.ts'

/** The artefact that a finding is about. */
export type About = {
  identity: Identity
  /** Its file from the root of its project, wherever the run started. */
  file: string
  /** Of an embedded artefact: where it stands in the object that holds it. */
  inside?: Path
}

/**
 * What a finding is about, whatever line it stands on: control, case, the object's group, kind, namespace and name (where it has no name,
 * the file), and the steps of `stableSteps`. 32 hexadecimal digits. Two findings may share one, so a baseline counts them.
 *
 * What goes in decides whether baselines hold: `baselineVersion` grows with every change.
 */
export function fingerprint(control: string, part: string | undefined, { identity, file, inside = [] }: About, steps: string[]): string {
  const { apiVersion = '', objectKind = '', namespace = '', name } = identity
  const group = apiVersion.slice(0, Math.max(0, apiVersion.lastIndexOf('/')))
  // Renaming the file of an object that has a name changes nothing.
  const subject = [group, objectKind, namespace, name === undefined ? 'file' : 'name', name ?? file]
  const place = inside.map(step => (typeof step === 'number' ? '[' : `.${step}`))
  return hashList([control, part ?? '', ...subject, String(inside.length), ...place, ...steps])
}
