import { backendsOf } from './backends.ts'
import { referencesOf } from './consumers.ts'
import { withMaker, withoutControllerLabels } from './controller-labels.ts'
import { labelsSetBy, namesUnder, namespaceOf, type Setting } from './kustomization.ts'
import { indexLabels, selected, type LabelIndex } from './label-index.ts'
import { add, find, keyOf, type Lookup } from './lookup.ts'
import { isPodPolicy, podPoliciesOf } from './pod-policies.ts'
import { readLabels, readSelector, readServiceSelector, type Labels, type Selector } from './selectors.ts'
import { groupOf, textAt, textsAt, valueAt, viewAt, viewsAt, type View } from './view.ts'
import { workloadOf } from './workload.ts'

/** A Kubernetes object of a set. */
export type SetObject = {
  /** What controls may see of it. */
  value: View
  /** As it was read: a name or image that is partly a variable still tells what the object is part of. Nothing of it is given out. */
  raw?: View
  /** What the kustomizations that list its file do to it. */
  setting?: Setting
  /** Of a ConfigMap: the kinds of the artefacts in its strings. */
  holds?: readonly string[]
  /** Of rules of prometheus-adapter: the metrics that they make. */
  produces?: readonly string[]
}

/** An object that runs pods, or of which an operator makes some. */
export type Node = {
  artefact: number
  object: SetObject
  kind: string
  name: string
  namespace?: string
  labels: Labels
  labelsUnresolved?: string
  /** The first Services that select it, by index in the set. */
  services: number[]
}

/** Who selects, targets, reads and binds whom; `nodes` are numbered, objects have their index in the set. */
export type Relations = {
  objects: readonly SetObject[]
  namespaces: (string | undefined)[]
  nodes: Node[]
  pods: LabelIndex
  /** Of each kind and name. */
  nodesByName: Lookup<number>
  /** Of each kind and name of what is read: ConfigMap, Secret, PersistentVolumeClaim, ServiceAccount. */
  readers: Lookup<number>
  services: { artefacts: number[]; labels: LabelIndex; byName: Lookup<number>; nodes: Map<number, number[]> }
  /** What scalers name, by the question. */
  targets: Map<string, number[]>
  /** Nodes by role that is bound to their account. */
  bound: Lookup<number>
}

const fewServices = 8

/** `leftOut` are the namespaces whose objects are no part of it. */
export function relationsOf(objects: readonly SetObject[], leftOut: ReadonlySet<string>): Relations {
  const namespaces = objects.map(({ value, setting }) => namespaceOf(value, setting))
  const isIn = (index: number) => !leftOut.has(namespaces[index] ?? '')
  const nodes = objects.flatMap((object, artefact) => (isIn(artefact) && runs(object.value) ? [nodeOf(object, artefact, namespaces[artefact])] : []))
  const ofKind = (kind: string) => [...objects.keys()].filter(index => isIn(index) && objects[index].value.kind === kind)
  const services = ofKind('Service')
  const relations: Relations = {
    objects, namespaces, nodes,
    pods: indexLabels(nodes.map(({ kind, name, namespace, labels }) => ({ namespace, labels: withMaker(kind, name, labels) }))),
    nodesByName: new Map(),
    readers: new Map(),
    services: {
      artefacts: services,
      labels: indexLabels(services.map(index => ({ namespace: namespaces[index], labels: readLabels(viewAt(objects[index].value, 'metadata', 'labels')).labels }))),
      byName: new Map(),
      nodes: new Map(),
    },
    targets: new Map(),
    bound: new Map(),
  }
  for (const [number, { kind, name, namespace, object }] of nodes.entries()) {
    for (const each of namesUnder(name, object.setting)) add(relations.nodesByName, keyOf(kind, each), namespace, number)
    for (const reference of referencesOf(object.value)) add(relations.readers, keyOf(reference.kind, reference.name), namespace, number)
  }
  for (const index of services) relateService(relations, index)
  for (const index of [...ofKind('RoleBinding'), ...ofKind('ClusterRoleBinding')]) {
    const role = viewAt(objects[index].value, 'roleRef')
    const roleNamespace = role.kind === 'ClusterRole' ? undefined : namespaces[index]
    for (const number of boundBy(relations, index).slice(0, fewServices)) add(relations.bound, keyOf(textAt(role, 'kind'), textAt(role, 'name')), roleNamespace, number)
  }
  return relations
}

function runs(object: View): boolean {
  if (workloadOf(object) !== undefined) return true
  const group = groupOf(object)
  return object.kind === 'MCPServer' && (group === 'mcp-hangar.io' || group === 'toolhive.stacklok.dev')
    || object.kind === 'VirtualMCPServer' && group === 'toolhive.stacklok.dev'
}

function nodeOf(object: SetObject, artefact: number, namespace: string | undefined): Node {
  const read = readLabels(viewAt(workloadOf(object.value)?.metadata, 'labels'))
  const unresolved = read.unresolved
  const labels = isHangarServer(object.value) ? { ...read.labels, 'mcp-hangar.io/provider': textAt(object.value, 'metadata', 'name') } : read.labels
  const node: Node = {
    artefact, object, services: [],
    kind: textAt(object.value, 'kind'),
    name: textAt(object.value, 'metadata', 'name'),
    labels: object.setting === undefined ? labels : { ...labels, ...labelsSetBy(object.setting) },
  }
  if (namespace !== undefined) node.namespace = namespace
  if (unresolved !== undefined) node.labelsUnresolved = unresolved
  return node
}

/** Hangar's operator puts the name of a server on its pods. */
function isHangarServer(object: View): boolean {
  return object.kind === 'MCPServer' && groupOf(object) === 'mcp-hangar.io'
}

function relateService(relations: Relations, index: number): void {
  const { value, setting } = relations.objects[index]
  for (const name of namesUnder(textAt(value, 'metadata', 'name'), setting)) add(relations.services.byName, name, relations.namespaces[index], index)
  const selector = serviceSelectorOf(value)
  const numbers = selector === undefined ? [] : selected(relations.pods, selector, relations.namespaces[index]) ?? []
  relations.services.nodes.set(index, numbers)
  for (const number of numbers) {
    const { services } = relations.nodes[number]
    if (services.length < fewServices) services.push(index)
  }
}

/** The nodes whose account a binding names. */
function boundBy(relations: Relations, index: number): number[] {
  return viewsAt(relations.objects[index].value, 'subjects')
    .filter(subject => subject.kind === 'ServiceAccount')
    .flatMap(subject => find(relations.readers, keyOf('ServiceAccount', textAt(subject, 'name')), textAt(subject, 'namespace') || relations.namespaces[index]).flat())
}

export function serviceSelectorOf(service: View): Selector | undefined {
  const selector = readServiceSelector(valueAt(service, 'spec', 'selector'))
  return selector && withoutControllerLabels(selector)
}

/** The selector by which an object selects pods, where it is of a kind that does. */
export function podSelectorOf(object: View): Selector | undefined {
  const selector = object.kind === 'PodDisruptionBudget' || object.kind === 'PodMonitor'
    ? readSelector(valueAt(object, 'spec', 'selector'))
    : isPodPolicy(object) ? podPoliciesOf(object)[0]?.selector : undefined
  return selector && withoutControllerLabels(selector)
}

/** Numbers of the nodes that an object, which runs nothing itself, is about: those it selects, targets, routes to, or that read it. */
export function relatedNodes(relations: Relations, index: number): number[] {
  if (relations.pods.left < 0) return []
  const numbers = related(relations, index)
  relations.pods.left -= numbers.length
  return numbers
}

function related(relations: Relations, index: number): number[] {
  const { value } = relations.objects[index]
  const namespace = relations.namespaces[index]
  const kind = textAt(value, 'kind')
  const name = textAt(value, 'metadata', 'name')
  switch (kind) {
    case 'Service': return relations.services.nodes.get(index) ?? []
    case 'HorizontalPodAutoscaler': case 'ScaledObject': case 'VerticalPodAutoscaler': return targetNodes(relations, index)
    case 'Ingress': case 'HTTPRoute': case 'GRPCRoute': case 'TCPRoute': case 'TLSRoute':
      return routedNodes(relations, value, namespace)
    case 'ServiceMonitor': return monitored(relations, value, namespace)
    case 'ConfigMap': case 'Secret': case 'PersistentVolumeClaim': case 'ServiceAccount': return find(relations.readers, keyOf(kind, name), namespace).flat()
    case 'RoleBinding': case 'ClusterRoleBinding': return boundBy(relations, index)
    case 'Role': case 'ClusterRole': return find(relations.bound, keyOf(kind, name), namespace).flat()
    default: {
      const selector = podSelectorOf(value)
      return selector === undefined ? [] : selected(relations.pods, selector, kind === 'PodMonitor' ? monitoredNamespace(value, namespace) : namespace) ?? []
    }
  }
}

/** The nodes that a scaler names; equal questions share the answer. */
export function targetNodes({ objects, namespaces, nodesByName, pods, targets }: Relations, index: number): number[] {
  const { kind, name } = targetOf(objects[index].value)
  const question = JSON.stringify([kind, name, namespaces[index] ?? null])
  const known = targets.get(question)
  if (known !== undefined || pods.left < 0) return known ?? []
  const found = find(nodesByName, keyOf(kind, name), namespaces[index]).flat()
  pods.left -= found.length
  targets.set(question, found)
  return found
}

export function targetOf(scaler: View): { kind: string; name: string } {
  const target = scaler.kind === 'VerticalPodAutoscaler' ? viewAt(scaler, 'spec', 'targetRef') : viewAt(scaler, 'spec', 'scaleTargetRef')
  return { kind: textAt(target, 'kind') || 'Deployment', name: textAt(target, 'name') }
}

/** The nodes behind the Services that a route names, as far as the bound on relations lets look. */
function routedNodes({ services, pods }: Relations, route: View, namespace: string | undefined): number[] {
  const names = new Set(backendsOf(route).map(({ service }) => service))
  const found: number[] = []
  for (const name of names) {
    if (typeof name !== 'string' || name === '') continue
    for (const list of find(services.byName, name, namespace)) {
      for (const service of list) {
        const numbers = services.nodes.get(service) ?? []
        pods.left -= 1 + numbers.length
        if (pods.left < 0) return found
        for (const number of numbers) found.push(number)
      }
    }
  }
  return found
}

function monitored(relations: Relations, monitor: View, namespace: string | undefined): number[] {
  const selector = readSelector(valueAt(monitor, 'spec', 'selector'))
  const { artefacts, labels, nodes } = relations.services
  const numbers = selector === undefined ? [] : selected(labels, selector, monitoredNamespace(monitor, namespace)) ?? []
  return numbers.flatMap(number => nodes.get(artefacts[number]) ?? [])
}

/** A monitor that names other namespaces is looked for in all of them: it is about any that it may select. */
function monitoredNamespace(monitor: View, namespace: string | undefined): string | undefined {
  const wide = valueAt(monitor, 'spec', 'namespaceSelector', 'any') === true || textsAt(monitor, 'spec', 'namespaceSelector', 'matchNames').length > 0
  return wide ? undefined : namespace
}
