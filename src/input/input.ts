import type { Artefact, FileReading } from '../artefact/artefact.ts'
import type { Json, Path } from '../artefact/document.ts'
import type { Profile } from '../finding/enforcement.ts'

/** Where a path of a projected value stands: in which file, in which of its artefacts, at which path of that. */
export type Source = { file: FileReading; artefact: Artefact; path: Path }

/** What names an object, for reports and fingerprints. Empty strings are left out. */
export type Identity = { apiVersion?: string; objectKind?: string; namespace?: string; name?: string }

/** One element of `input.artefacts`, before its text joins a batch. `schemas/input.schema.json` writes the fields down. */
export type Projected = {
  /** The family of controls that judges it: an artefact kind. */
  kind: string
  /**
   * The fields of the element as plain JSON: `kind`, `value` (only what controls read, secrets classified, scalars that a template or a
   * variable decides replaced by `{"unresolved": <what>}`), and what the host worked out beside it (`pod_path`, `images`, ...).
   */
  fields: Record<string, unknown>
  identity: Identity
  /** Of a ConfigMap: its entries that may be variables of a container. */
  settings?: ReadonlyMap<string, Json>
  /** Of an object with rules of prometheus-adapter: the metrics that they make. */
  produces?: string[]
  /** What the artefact says that it is for, where that is less than production: findings on it are enforced as there. */
  profile?: Profile
  /** The container at a path of the projected value, where there is one. The value is handed in again: a run keeps only its text. */
  containerAt?(value: Json, path: Path): string | undefined
  /** What takes the place of a path in fingerprints, and of the identity, where names and keys do not tell. */
  stable?(value: Json, path: Path): { identity?: Identity; steps: string[] }
  /** Takes a path of the projected value back to the file. */
  source(path: Path): Source
}
