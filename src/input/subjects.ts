import { appNamesOf, component, isMcp, type Component, type Surroundings } from './component.ts'
import type { Subject } from './inventory-tables.ts'
import { find } from './lookup.ts'
import { isPodPolicy, podPoliciesOf } from './pod-policies.ts'
import { hasMcpToken, supportNamed } from './program.ts'
import { podSelectorOf, relatedNodes, type Node, type Relations } from './relations.ts'
import { textAt, viewAt, type View } from './view.ts'

/** What an object is to the MCP system, and of what component. */
export type Part = Partial<Component> & { subject: Subject }

const system = new Map([
  ['openmcp-config', 'openmcp'], ['openmcp-catalog', 'openmcp'], ['bridge-gateway-config', 'bridge'], ['bridge-router-config', 'bridge'],
  ['hangar-config', 'hangar'],
])

/**
 * The part of each object of the set. A workload is what it says or runs; any other object what the workloads are that it selects,
 * targets, binds or is read by, else what its names say. Another component is a support in a namespace that holds MCP components, or
 * where `hosts`, those that MCP configurations of the set name, lead to it.
 */
export function partsOf(relations: Relations, known: Omit<Surroundings, 'services' | 'mounted'>, hosts: readonly string[]): Part[] {
  const { objects, nodes, namespaces } = relations
  const components = componentsOfNodes(relations, known)
  const named = namedNodes(relations, hosts)
  const holdsMcp = namespacesWithMcp(relations, components)
  const ofNodes = nodes.map((node, number): Part => {
    const own = components[number]
    if (isMcp(own?.component)) return { ...own, subject: 'mcp' }
    return { ...own, subject: named.has(number) || (own !== undefined && holdsMcp(node.namespace)) ? 'support' : 'other' }
  })
  const nodeOfObject = new Map(nodes.map(({ artefact }, number) => [artefact, number]))
  const best = remembered(relations, ofNodes)
  return objects.map((object, index): Part => {
    const number = nodeOfObject.get(index)
    if (number !== undefined) return ofNodes[number]
    const related = best(index)
    if (related !== undefined && related.subject !== 'other') return related
    const own = component(object.raw ?? object.value, known) ?? (related === undefined ? namedSupport(object.raw ?? object.value) : undefined)
    if (own === undefined) return isForAll(object.value) && holdsMcp(namespaces[index]) ? { subject: 'mcp' } : related ?? { subject: 'other' }
    if (isMcp(own.component)) return { ...own, subject: 'mcp' }
    return { ...own, subject: holdsMcp(namespaces[index]) ? 'support' : 'other' }
  })
}

/** A Service or a policy of which no workload is known may say by its names what it is for. */
function namedSupport(object: View): Component | undefined {
  if (object.kind !== 'Service' && !isPodPolicy(object)) return undefined
  const name = supportNamed(appNamesOf(object))
  return name === undefined ? undefined : { component: name }
}

/** True for a network policy of every pod of its namespace. */
function isForAll(object: View): boolean {
  const selector = isPodPolicy(object) ? podPoliciesOf(object)[0]?.selector : undefined
  return selector !== undefined && selector.pairs.length === 0 && selector.expressions.length === 0
}

function componentsOfNodes(relations: Relations, known: Omit<Surroundings, 'services' | 'mounted'>): (Component | undefined)[] {
  const mounted = new Map<number, string>()
  for (const [index, { holds, value }] of relations.objects.entries()) {
    const kind = holds?.find(each => system.has(each))
    if (kind === undefined || value.kind !== 'ConfigMap') continue
    for (const number of relatedNodes(relations, index)) mounted.set(number, system.get(kind)!)
  }
  return relations.nodes.map(({ object, services }, number) => component(object.raw ?? object.value, {
    ...known,
    services: services.map(index => relations.objects[index].value),
    mounted: mounted.get(number),
  }))
}

/** The nodes behind the Services that hosts name: `redis`, `redis.data.svc.cluster.local:6379`, `redis-0.redis.data`. */
function namedNodes(relations: Relations, hosts: readonly string[]): Set<number> {
  const found = new Set<number>()
  for (const host of new Set(hosts)) {
    const [first = '', second, third] = host.split(':')[0].split('.')
    for (const [service, namespace] of [[first, second], [second, third]]) {
      if (service === undefined) continue
      for (const list of find(relations.services.byName, service, namespace === 'svc' ? undefined : namespace)) {
        for (const index of list) for (const number of relations.services.nodes.get(index) ?? []) found.add(number)
      }
    }
  }
  return found
}

/** Tells namespaces that hold MCP components: one runs there, or its name or labels say so. */
function namespacesWithMcp({ objects, nodes }: Relations, components: (Component | undefined)[]): (namespace: string | undefined) => boolean {
  const holding = new Set<string | undefined>()
  for (const [number, { namespace }] of (nodes as Node[]).entries()) if (isMcp(components[number]?.component)) holding.add(namespace)
  for (const { value } of objects) {
    if (value.kind === 'Namespace' && isGoverned(value)) holding.add(textAt(value, 'metadata', 'name'))
  }
  const inUnnamed = holding.has(undefined)
  return namespace => inUnnamed || holding.has(namespace) || (namespace === undefined ? holding.size > 0 : hasMcpToken(namespace))
}

function isGoverned(namespace: View): boolean {
  const labels = viewAt(namespace, 'metadata', 'labels')
  return ['mcp-policy.io/governed', 'mcp-hangar.io/enabled'].some(key => Object.hasOwn(labels, key) && labels[key] !== 'false')
}

/** The part of the workloads that an object is about: an MCP one before a support. Equal questions are answered once. */
function remembered(relations: Relations, parts: Part[]): (index: number) => Part | undefined {
  const answers = new Map<string, Part | undefined>()
  return index => {
    const { value } = relations.objects[index]
    const asked = readable.has(textAt(value, 'kind')) ? textAt(value, 'metadata', 'name') : podSelectorOf(value)
    if (asked === undefined) return bestOf(relatedNodes(relations, index), parts)
    const question = JSON.stringify([value.kind, relations.namespaces[index] ?? null, asked])
    if (!answers.has(question)) answers.set(question, bestOf(relatedNodes(relations, index), parts))
    return answers.get(question)
  }
}

const readable = new Set(['ConfigMap', 'Secret', 'PersistentVolumeClaim', 'ServiceAccount', 'Role', 'ClusterRole'])

function bestOf(numbers: number[], parts: Part[]): Part | undefined {
  let best: Part | undefined
  for (const number of numbers) {
    const part = parts[number]
    if (part.subject === 'mcp') return part
    if (best === undefined || (part.subject === 'support' && best.subject === 'other')) best = part
  }
  return best
}
