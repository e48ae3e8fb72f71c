import { main, type Surroundings } from './component.ts'
import type { ObjectFacts } from './inventory.ts'
import { add, find, type Lookup } from './lookup.ts'
import type { Node, Relations } from './relations.ts'
import { readServiceSelector } from './selectors.ts'
import { textAt, valueAt, viewsAt, type View } from './view.ts'

/** What the rest of the set tells about the pods of a workload. */
export type PodFacts = {
  /** The program's container: its index in `containers`. Absent where the workload is of no known component. */
  main?: number
  /**
   * The first Services that select the pods, with the ports of the pods that they lead to. Absent where there may be others:
   * none is known, and not all of the set is.
   */
  services?: { name: string; ports: (number | string)[] }[]
  /** What a LimitRange of the namespace gives to containers that say nothing. */
  limit_range?: Defaults
}

type Resource = 'memory' | 'cpu'
type Defaults = { limits: { [name in Resource]?: true }; requests: { [name in Resource]?: true } }

/** The facts of each workload, by its index in the set. */
export function podFactsOf(relations: Relations, facts: readonly ObjectFacts[], known: Surroundings, whole: boolean): Map<number, PodFacts> {
  const ranges = limitRanges(relations)
  const isOpen = opennessOf(relations, whole)
  return new Map(relations.nodes.map((node): [number, PodFacts] => {
    const services = node.services.map(index => serviceOf(relations, index))
    const range = defaultsOf(find(ranges, '', node.namespace).flat())
    const program = facts[node.artefact].component === undefined ? undefined : main(node.object.value, {
      ...known, services: node.services.map(index => relations.objects[index].value),
    })
    return [node.artefact, {
      ...(program !== undefined && { main: program }),
      ...((services.length > 0 || !isOpen(node)) && { services }),
      ...(range !== undefined && { limit_range: range }),
    }]
  }))
}

function serviceOf({ objects }: Relations, index: number): { name: string; ports: (number | string)[] } {
  const { value } = objects[index]
  const ports = viewsAt(value, 'spec', 'ports').map(port => port.targetPort ?? port.port).filter(port => typeof port === 'number' || typeof port === 'string')
  return { name: textAt(value, 'metadata', 'name'), ports: [...new Set(ports)] }
}

/** Tells the workloads that some Service may select that is not known: one that was not given, or whose selector is a template. */
function opennessOf({ objects, services, namespaces }: Relations, whole: boolean): (node: Node) => boolean {
  const unknown = services.artefacts.filter(index => readServiceSelector(valueAt(objects[index].value, 'spec', 'selector'))?.unresolved !== undefined)
  return ({ labelsUnresolved, namespace }) => !whole || labelsUnresolved !== undefined
    || unknown.some(index => namespace === undefined || namespaces[index] === undefined || namespaces[index] === namespace)
}

function limitRanges({ objects, namespaces }: Relations): Lookup<Defaults> {
  const ranges: Lookup<Defaults> = new Map()
  for (const [index, { value }] of objects.entries()) {
    if (value.kind !== 'LimitRange') continue
    for (const item of viewsAt(value, 'spec', 'limits')) if (item.type === 'Container') add(ranges, '', namespaces[index], defaultsIn(item))
  }
  return ranges
}

/** A limit that is not said is the maximum; a request that is not said is the limit, else the minimum. */
function defaultsIn(item: View): Defaults {
  const defaults: Defaults = { limits: {}, requests: {} }
  for (const name of ['memory', 'cpu'] as const) {
    const says = (key: string) => valueAt(item, key, name) !== undefined && valueAt(item, key, name) !== null
    if (says('default') || says('max')) defaults.limits[name] = true
    if (defaults.limits[name] || says('defaultRequest') || says('min')) defaults.requests[name] = true
  }
  return defaults
}

function defaultsOf(ranges: Defaults[]): Defaults | undefined {
  if (ranges.length === 0) return undefined
  return { limits: Object.assign({}, ...ranges.map(({ limits }) => limits)), requests: Object.assign({}, ...ranges.map(({ requests }) => requests)) }
}
