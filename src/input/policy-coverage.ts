import { withoutControllerLabels } from './controller-labels.ts'
import { cutOff } from './inventory-row.ts'
import type { Covered } from './inventory-tables.ts'
import { selected } from './label-index.ts'
import { isForeignPolicy, isPodPolicy, podPoliciesOf } from './pod-policies.ts'
import type { Relations } from './relations.ts'
import { textAt, valueAt } from './view.ts'

/**
 * Which directions the network policies of the set close for each workload, by its number. Equal rules of a namespace are looked at
 * once, so that this is linear in the policies and in what different ones select, which is bounded.
 */
export function policyCoverage(relations: Relations, isIn: (index: number) => boolean): (number: number) => Covered {
  const { objects, namespaces, nodes, pods } = relations
  const ingress = new Uint8Array(nodes.length)
  const egress = new Uint8Array(nodes.length)
  const unknown = new Map<string | undefined, string>()
  const looked = new Set<string>()
  for (const [index, { value }] of objects.entries()) {
    if (!isIn(index)) continue
    if (isForeignPolicy(value)) unknown.set(namespaces[index], `${textAt(value, 'kind')} ${textAt(value, 'metadata', 'name')} (${textAt(value, 'apiVersion')}) is not worked out`)
    if (!isPodPolicy(value)) continue
    if (isUnresolved(valueAt(value, 'spec', 'policyTypes'))) unknown.set(namespaces[index], `policyTypes of ${textAt(value, 'metadata', 'name')} is not known`)
    for (const policy of podPoliciesOf(value)) {
      const namespace = policy.namespace ?? namespaces[index]
      const selector = withoutControllerLabels(policy.selector)
      if (selector.unresolved !== undefined) unknown.set(namespace, selector.unresolved)
      else {
        const rule = JSON.stringify([namespace ?? null, selector.pairs, selector.expressions, policy.ingress, policy.egress])
        if (looked.has(rule)) continue
        looked.add(rule)
        for (const number of selected(pods, selector, namespace) ?? []) {
          if (policy.ingress) ingress[number] = 1
          if (policy.egress) egress[number] = 1
        }
      }
    }
  }
  const anywhere = unknown.get(undefined)
  const somewhere = unknown.values().next().value
  return number => {
    const { namespace, labelsUnresolved } = nodes[number]
    const why = pods.left < 0 ? cutOff
      : labelsUnresolved ?? (namespace === undefined ? somewhere : unknown.get(namespace) ?? anywhere)
    return { ingress: ingress[number] === 1, egress: egress[number] === 1, ...(why !== undefined && { unknown: why }) }
  }
}

const isUnresolved = (value: unknown): boolean =>
  typeof valueAt(value, 'unresolved') === 'string' || (Array.isArray(value) && value.some(each => typeof valueAt(each, 'unresolved') === 'string'))
