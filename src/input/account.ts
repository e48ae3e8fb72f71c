import type { Artefact } from '../artefact/artefact.ts'
import { referencesOf } from './consumers.ts'
import type { Part } from './subjects.ts'
import { add, find, type Lookup } from './lookup.ts'
import type { Node, Relations } from './relations.ts'
import { isView, textAt, valueAt, viewAt, viewsAt, type View } from './view.ts'
import { workloadOf } from './workload.ts'

/** The ServiceAccount that the pods of a workload run under, and whether they have something to ask the API server. */
export type AccountFacts = {
  /** `default` where the pod names none; `{"unresolved": ...}` where a template does. */
  name: string | { unresolved: string }
  /** It is in the set. */
  found: boolean
  /** What it says of `automountServiceAccountToken`; absent where it says nothing. */
  automount?: unknown
  /** A RoleBinding or ClusterRoleBinding of the set names it, and it is not the namespace's default. */
  bound: boolean
  /** Of a program that may look for servers in the cluster: whether its configuration says so; null where that is not known. */
  discovers?: boolean | null
  /** All that is deployed together was given. */
  whole: boolean
}

/** Whether a configuration makes its program ask the API server for MCP servers; null where a template decides, undefined for other configurations. */
export function discoversServers({ kind, value }: Pick<Artefact, 'kind' | 'value'>): boolean | null | undefined {
  if (kind === 'bridge-gateway-config') {
    const discovery = lowered(isView(value) ? lowered(value).service_discovery : undefined)
    const provider = discovery.provider ?? discovery.mode ?? 'kubernetes'
    return isTemplate(provider) ? null : provider === 'kubernetes' || provider === ''
  }
  if (kind !== 'hangar-config') return undefined
  const types = viewsAt(value, 'discovery', 'sources').map(source => source.type)
  return types.includes('kubernetes') || (types.some(isTemplate) ? null : false)
}

/** A configuration and the ConfigMap that holds it. */
export type Discovery = { configMap: string; namespace?: string; discovers: boolean | null }

/** The account of each workload of an MCP system and of what stands beside it, by its index in the set. */
export function accountsOf(relations: Relations, parts: readonly Part[], discoveries: readonly Discovery[], whole: boolean): Map<number, AccountFacts> {
  const { objects, namespaces, nodes } = relations
  const accounts: Lookup<View> = new Map()
  const bound: Lookup<true> = new Map()
  const configurations: Lookup<boolean | null> = new Map()
  for (const [index, { value }] of objects.entries()) {
    if (value.kind === 'ServiceAccount') add(accounts, textAt(value, 'metadata', 'name'), namespaces[index], value)
    if (value.kind !== 'RoleBinding' && value.kind !== 'ClusterRoleBinding') continue
    for (const { name, namespace } of subjectsOf(value, namespaces[index])) add(bound, name, namespace, true)
  }
  for (const { configMap, namespace, discovers } of discoveries) add(configurations, configMap, namespace, discovers)
  return new Map(nodes.filter(({ artefact }) => parts[artefact].subject !== 'other').map((node): [number, AccountFacts] => {
    const name = nameOf(workloadOf(node.object.value)?.spec)
    const account = typeof name === 'string' ? find(accounts, name, node.namespace).flat()[0] : undefined
    const automount = valueAt(account, 'automountServiceAccountToken')
    // A kustomization that sets the namespace sets it in the subjects of bindings, too.
    const isBound = typeof name === 'string' && name !== 'default' && find(bound, name, node.object.setting === undefined ? node.namespace : undefined).length > 0
    const discovers = discoveryOf(node, parts[node.artefact], configurations)
    return [node.artefact, {
      name, found: account !== undefined, ...(automount !== undefined && automount !== null && { automount }), bound: isBound,
      ...(discovers !== undefined && { discovers }), whole,
    }]
  }))
}

function nameOf(spec: View | undefined): AccountFacts['name'] {
  for (const key of ['serviceAccountName', 'serviceAccount']) {
    const name = spec?.[key]
    if (typeof name === 'string' && name !== '') return name
    const unresolved = valueAt(name, 'unresolved')
    if (typeof unresolved === 'string') return { unresolved }
  }
  return 'default'
}

/** The accounts that a binding names, as such or as the user that an account is. */
function subjectsOf(binding: View, namespace: string | undefined): { name: string; namespace?: string }[] {
  return viewsAt(binding, 'subjects').flatMap(subject => {
    const name = textAt(subject, 'name')
    if (subject.kind === 'ServiceAccount') return [{ name, namespace: textAt(subject, 'namespace') || namespace }]
    const user = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(subject.kind === 'User' ? name : '')
    return user === null ? [] : [{ name: user[2], namespace: user[1] }]
  })
}

/** Of mcp-bridge's gateway and of Hangar, what their configuration says; its variable comes first, where the gateway has one. */
function discoveryOf({ object, namespace }: Node, { component, system }: Part, configurations: Lookup<boolean | null>): boolean | null | undefined {
  const isGateway = component === 'gateway' && system === 'bridge'
  if (!isGateway && component !== 'hangar') return undefined
  const spec = workloadOf(object.value)?.spec
  const variable = isGateway ? viewsAt(spec, 'containers').flatMap(container => viewsAt(container, 'env')).find(({ name }) => name === 'MCP_GATEWAY_SERVICE_DISCOVERY_PROVIDER') : undefined
  if (variable !== undefined) return typeof variable.value === 'string' && !isTemplate(variable.value) ? variable.value === 'kubernetes' : null
  const found = referencesOf(object.value).filter(({ kind }) => kind === 'ConfigMap').flatMap(({ name }) => find(configurations, name, namespace).flat())
  if (found.length === 0) return null
  return found.includes(true) || (found.includes(null) ? null : false)
}

const lowered = (value: unknown): View =>
  (isView(value) ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.toLowerCase(), inner])) : viewAt(undefined))

const isTemplate = (value: unknown): boolean => typeof value === 'string' && (value.includes('{{') || value.includes('${'))
