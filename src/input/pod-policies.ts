import { readSelector, type Selector } from './selectors.ts'
import { groupOf, isView, textAt, valueAt, type View } from './view.ts'

/** What one rule of a network policy selects, and for which directions that makes a pod closed to what no rule admits. */
export type PodPolicy = {
  selector: Selector
  /** The namespace that a cluster-wide policy names itself. */
  namespace?: string
  ingress: boolean
  egress: boolean
}

/** True for the policies that are read here: those of Kubernetes and of Cilium. */
export function isPodPolicy(object: View): boolean {
  if (object.kind === 'NetworkPolicy') return ownGroups.has(groupOf(object))
  return object.kind === 'CiliumNetworkPolicy' || object.kind === 'CiliumClusterwideNetworkPolicy'
}

const ownGroups = new Set(['networking.k8s.io', 'extensions', ''])

/** Network policies of other projects, which nobody here works out. */
export function isForeignPolicy(object: View): boolean {
  if (object.kind === 'NetworkPolicy') return !ownGroups.has(groupOf(object))
  return foreign.has(textAt(object, 'kind'))
}

const foreign = new Set(['GlobalNetworkPolicy', 'AdminNetworkPolicy', 'BaselineAdminNetworkPolicy', 'ClusterNetworkPolicy'])

/** The rules of a policy of Kubernetes, one, or of Cilium, one or several. */
export function podPoliciesOf(object: View): PodPolicy[] {
  if (object.kind === 'NetworkPolicy') return [{ selector: podSelector(object), ...directions(object) }]
  return [object.spec, ...(Array.isArray(object.specs) ? object.specs : [])].filter(isView).flatMap(ciliumPolicy)
}

/** Here a selector that is missing is an empty one. */
function podSelector(policy: View): Selector {
  return readSelector(valueAt(policy, 'spec', 'podSelector') ?? {}) ?? { pairs: [], expressions: [] }
}

/** Types that are not written are Ingress, and Egress where there is a rule of it. */
function directions(policy: View): { ingress: boolean; egress: boolean } {
  const types = valueAt(policy, 'spec', 'policyTypes')
  if (Array.isArray(types) && types.length > 0) return { ingress: types.includes('Ingress'), egress: types.includes('Egress') }
  return { ingress: true, egress: isFilled(valueAt(policy, 'spec', 'egress')) }
}

/** A rule of Cilium closes a direction of which it has a section, unless it says that it does not. Those for nodes select no pods. */
function ciliumPolicy(rule: View): PodPolicy[] {
  const endpoints = rule.endpointSelector
  if (!isView(endpoints)) return []
  const closes = (direction: 'ingress' | 'egress') =>
    valueAt(rule, 'enableDefaultDeny', direction) !== false && (isFilled(rule[direction]) || isFilled(rule[`${direction}Deny`]))
  return [{ ...ciliumSelector(endpoints), ingress: closes('ingress'), egress: closes('egress') }]
}

const isFilled = (list: unknown): boolean => Array.isArray(list) && list.length > 0

/** Keys of Cilium may say where a label comes from, and some are Cilium's own. */
function ciliumSelector(endpoints: View): Pick<PodPolicy, 'selector' | 'namespace'> {
  const written = readSelector(endpoints)!
  const pairs = written.pairs.map(([key, value]): [string, string] => [key.replace(source, ''), value])
  const expressions = written.expressions.map(each => ({ ...each, key: each.key.replace(source, '') }))
  const namespace = pairs.find(([key]) => key === podNamespace)?.[1]
  const selector: Selector = { ...written, pairs: pairs.filter(([key]) => key !== podNamespace), expressions }
  if (selector.pairs.some(([key]) => isCiliums(key)) || expressions.some(({ key }) => isCiliums(key))) selector.unresolved ??= 'a label that Cilium gives pods'
  return namespace === undefined ? { selector } : { selector, namespace }
}

const source = /^(k8s|any)[:.]/
const podNamespace = 'io.kubernetes.pod.namespace'
const isCiliums = (key: string): boolean => key.startsWith('io.cilium.') || key.startsWith('io.kubernetes.') || key.startsWith('reserved:')

