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
export function fingerprint(control: string, part: string | undefined, { identity, file, inside = [] }: About, steps: string[]): string {
  let text = framed(control) + framed(part ?? '') + subject(identity, file) + framed(String(inside.length))
  for (const step of inside) text += framed(typeof step === 'number' ? '[' : `.${step}`)
  for (const step of steps) text += framed(step)
  return hash128(text)
}

/** Renaming the file of an object that has a name changes nothing. */
function subject({ apiVersion = '', objectKind = '', namespace = '', name }: Identity, file: string): string {
  const group = apiVersion.slice(0, Math.max(0, apiVersion.lastIndexOf('/')))
  return framed(group) + framed(objectKind) + framed(namespace) + framed(name === undefined ? 'file' : 'name') + framed(name ?? file)
}

/** With its length before it, no text of one list can be taken for another's. */
const framed = (text: string): string => `${text.length}:${text}`
