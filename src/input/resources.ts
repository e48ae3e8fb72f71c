import type { Json } from '../artefact/document.ts'
import { isMap, type JsonMap } from '../artefact/json.ts'
import { quantityOf } from './quantity.ts'
import { mapOf, plain, type Shape } from './shape.ts'

/**
 * Resources of a container or a pod. Beside `limits` and `requests` as they are written stands `amounts`, which has of each what is
 * written of memory and CPU as a number, null for what is no quantity: `{"limits": {"memory_bytes": 536870912, "cpu_millicores": 500}}`.
 */
export const resourcesShape: Shape = {
  ...mapOf({ limits: plain, requests: plain, claims: plain }),
  finish(own) {
    own.amounts = amountsOf(own)
  },
}

export function amountsOf(resources: JsonMap): JsonMap {
  const amounts: JsonMap = {}
  for (const side of ['limits', 'requests']) {
    const known = amountsIn(resources[side])
    if (Object.keys(known).length > 0) amounts[side] = known
  }
  return amounts
}

/** Of a list of quantities by resource; what is not written, null included, or not known is left out. */
export function amountsIn(list: unknown): JsonMap {
  const known: JsonMap = {}
  if (!isMap(list as Json)) return known
  const { memory, cpu } = list as JsonMap
  if (isKnown(memory)) known.memory_bytes = quantityOf(memory, 'one') ?? null
  if (isKnown(cpu)) known.cpu_millicores = quantityOf(cpu, 'thousandth') ?? null
  return known
}

function isKnown(value: Json | undefined): boolean {
  return value !== undefined && value !== null && !(isMap(value) && 'unresolved' in value)
}
