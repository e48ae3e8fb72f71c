import type { Artefact, FileReading } from '../../src/artefact/artefact.ts'
import type { Json } from '../../src/artefact/document.ts'
import type { Projected } from '../../src/input/input.ts'
import { projectKubernetes, type KubernetesParams } from '../../src/input/kubernetes.ts'
import { rules } from './compose-made.ts'

export const params: KubernetesParams = { literal: false, injected_sidecars: ['istio-init', 'istio-proxy'], secrets: rules }

const span = { start: 0, end: 0 }

/** An artefact of a value alone: its places are those of nothing. */
export function artefactOf(value: Json): Artefact {
  return { kind: 'kubernetes', value, locate: () => ({ value: span, missing: 0 }), remarks: [], hasBigInt: false, document: 0, span }
}

export const file: FileReading = { path: 'gateway.yaml', text: '', artefacts: [], uncovered: [], empty: [], byteOffset: offset => offset }

/** The projection of an object that is under all limits. */
export function projected(value: Json, changed: Partial<KubernetesParams> = {}): Projected {
  const result = projectKubernetes(file, artefactOf(value), { ...params, ...changed })
  if ('overLimit' in result) throw new Error(result.detail)
  return result
}
