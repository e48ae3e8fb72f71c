import { recogniseBridge } from './bridge.ts'
import { recogniseCompose } from './compose.ts'
import type { Json } from './document.ts'
import { recogniseHangar } from './hangar.ts'
import { recogniseHelmValues } from './helm-values.ts'
import { isMap, type JsonMap } from './json.ts'
import { recogniseKubernetes, recogniseKustomization } from './kubernetes.ts'
import { recogniseMcpClient } from './mcp-client.ts'
import { recogniseOther } from './other-kinds.ts'
import type { FileName, Recognised } from './recognised.ts'

/**
 * What a document is, by its content first and its name second; undefined for what none of the recognisers knows.
 *
 * The order matters where keys are shared: values of a known chart hold the keys of its configuration.
 */
export function recognise(value: Json, name: FileName): Recognised | undefined {
  if (!isMap(value)) return undefined
  for (const recogniser of recognisers) {
    const recognised = recogniser(value, name)
    if (recognised !== undefined) return recognised
  }
  return undefined
}

const recognisers: ((value: JsonMap, name: FileName) => Recognised | undefined)[] = [
  recogniseKubernetes,
  recogniseKustomization,
  recogniseBridge,
  recogniseHelmValues,
  recogniseHangar,
  recogniseMcpClient,
  recogniseCompose,
  recogniseOther,
]

/** What to say of a document that nothing knows: a fault in what was meant as an object, where it looks like one. */
export function describeUnknown(value: Json): string {
  if (!isMap(value)) return `${Array.isArray(value) ? 'a list' : 'a single value'}, which no control reads`
  if ('kind' in value && !('apiVersion' in value)) return 'kind without apiVersion: kubectl refuses this object'
  if ('apiVersion' in value && !('kind' in value)) return 'apiVersion without kind: kubectl refuses this object'
  if ('kind' in value && 'apiVersion' in value) return 'apiVersion or kind is no text: kubectl refuses this object'
  return 'nothing that a control reads'
}
