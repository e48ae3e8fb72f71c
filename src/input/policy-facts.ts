import { selected } from './label-index.ts'
import { add, find, type Lookup } from './lookup.ts'
import { podPorts } from './pod-ports.ts'
import { isPodPolicy, podPoliciesOf } from './pod-policies.ts'
import type { Relations } from './relations.ts'
import { withoutControllerLabels } from './controller-labels.ts'
import type { Part } from './subjects.ts'
import { textAt, viewsAt } from './view.ts'

/** What the set tells about a network policy. */
export type PolicyFacts = {
  /** The components of the workloads that it selects, each once, sorted; `other` for what is none. */
  selects: string[]
  /** Ports of pods to which a load balancer of the namespace sends what comes in on 443 or 8443: numbers and names. */
  public_ports: (number | string)[]
  /** All that is deployed together is in the set. */
  whole: boolean
}

const publicPorts = new Set<unknown>([443, 8443])
const mostPorts = 50

export function policyFacts(relations: Relations, parts: readonly Part[], whole: boolean): (index: number) => PolicyFacts | undefined {
  const { objects, namespaces, nodes, pods, services } = relations
  const artefacts = new Map<number[], string[]>()
  const balanced: Lookup<number> = new Map()
  for (const index of services.artefacts) if (textAt(objects[index].value, 'spec', 'type') === 'LoadBalancer') add(balanced, '', namespaces[index], index)
  const opened = new Map<string | undefined, (number | string)[]>()
  return index => {
    const { value } = objects[index]
    if (!isPodPolicy(value)) return undefined
    const namespace = namespaces[index]
    const selects = podPoliciesOf(value).map(policy => componentsOf(selected(pods, withoutControllerLabels(policy.selector), policy.namespace ?? namespace) ?? []))
    const public_ports = opened.get(namespace) ?? portsIn(namespace)
    opened.set(namespace, public_ports)
    return { selects: [...new Set(selects.flat())].sort(), public_ports, whole }
  }

  function componentsOf(numbers: number[]): string[] {
    const known = artefacts.get(numbers)
    if (known !== undefined) return known
    const found = new Set(numbers.map(number => parts[nodes[number].artefact].component ?? 'other'))
    artefacts.set(numbers, [...found])
    return [...found]
  }

  function portsIn(namespace: string | undefined): (number | string)[] {
    const found = new Set<number | string>()
    for (const index of find(balanced, '', namespace).flat()) {
      for (const port of viewsAt(objects[index].value, 'spec', 'ports')) {
        if (!publicPorts.has(port.port)) continue
        const target = port.targetPort ?? port.port
        if (typeof target === 'number' || typeof target === 'string') found.add(target)
        for (const number of typeof target === 'string' ? (services.nodes.get(index) ?? []).slice(0, mostPorts) : []) {
          for (const { name, number: own } of podPorts(nodes[number].object.value).ports) if (name === target) found.add(own)
        }
      }
      if (found.size > mostPorts) break
    }
    return [...found]
  }
}
