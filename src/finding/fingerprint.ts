import type { Path } from '../artefact/document.ts'
import type { Identity } from '../input/input.ts'
import { hash128 } from './hash.ts'

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
export function fingerprint(control: string, part: string | undefined, about: About, steps: string[]): string {
  const inside = (about.inside ?? []).map(step => (typeof step === 'number' ? '[' : `.${step}`))
  return hash128([control, part ?? '', ...subject(about), String(inside.length), ...inside, ...steps].map(framed).join(''))
}

/** Renaming the file of an object that has a name changes nothing. */
function subject({ identity: { apiVersion = '', objectKind = '', namespace = '', name }, file }: About): string[] {
  const group = apiVersion.slice(0, Math.max(0, apiVersion.lastIndexOf('/')))
  return [group, objectKind, namespace, name === undefined ? 'file' : 'name', name ?? file]
}

/** With its length before it, no text of one list can be taken for another's. */
const framed = (text: string): string => `${text.length}:${text}`
