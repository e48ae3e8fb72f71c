import { backendsOf } from './backends.ts'
import { hasMcpToken, imageHasMcpToken, isExporter, knownProgram, runsDump, startsMcp, supportProgram } from './program.ts'
import { groupOf, textAt, viewAt, viewsAt, type View } from './view.ts'
import { appContainers, workloadOf, type Workload } from './workload.ts'

/** What an object is part of; `system` is one of the vocabulary (hangar, bridge, openmcp, ...), absent where that is not known. */
export type Component = { component: string; system?: string }

/** What is known beside the object itself. */
export type Surroundings = {
  /** Services that select the workload: their labels and annotations count for it. */
  services?: readonly View[]
  /** The system whose configuration the workload mounts; it decides between programs of one name. */
  mounted?: string
  /** What stands in the object may not take it out of judgement: its `mcp-policy.io/component` only ever adds to it. */
  strict?: boolean
  /** Names of the containers that injectors add; `injected_sidecars` of the parameters. */
  injected?: readonly string[]
}

const mcpComponents = new Set(['hangar', 'gateway', 'router', 'operator', 'mcp-server'])

/** True for the components that are themselves part of an MCP system. */
export function isMcp(component: string | undefined): boolean {
  return component !== undefined && mcpComponents.has(component)
}

/**
 * What a Kubernetes object is part of: by its own label, its kind, the image or command of its containers, the labels of the systems,
 * the word mcp in its names, or a store's or proxy's image. An object without pods is known by its kind, labels and names only;
 * `inventoryOf` also knows what it selects, targets or mounts. Undefined for what is neither part of an MCP system nor a known support.
 */
export function component(object: View, surroundings: Surroundings = {}): Component | undefined {
  const workload = workloadOf(object)
  const labelled = byOwnLabel(object, workload)
  if (labelled !== undefined && surroundings.strict !== true) return labelled
  const found = recognised(object, workload, surroundings)
  if (labelled === undefined || found === undefined) return labelled ?? found
  return weight(labelled.component) > weight(found.component) ? labelled : found
}

/** How much is asked of a component: every control of an MCP server, and more, is asked of a gateway. */
function weight(name: string): number {
  const order = ['router', 'operator', 'mcp-server', 'hangar', 'gateway']
  if (order.includes(name)) return 2 + order.indexOf(name)
  return supportComponents.has(name) ? 1 : 0
}

const supportComponents = new Set([
  'redis', 'postgres', 'mysql', 'proxy', 'prometheus', 'grafana', 'log-agent', 'node-exporter', 'backup',
])

function byOwnLabel(object: View, workload: Workload | undefined): Component | undefined {
  for (const marks of marksOf(object, workload)) {
    const name = textAt(marks, 'mcp-policy.io/component')
    if (name !== '') return withSystem(name, textAt(marks, 'mcp-policy.io/system'))
  }
  return undefined
}

function recognised(object: View, workload: Workload | undefined, surroundings: Surroundings): Component | undefined {
  const byKind = ofKind(object)
  if (byKind !== undefined) return byKind
  const marks = [...marksOf(object, workload), ...(surroundings.services ?? []).flatMap(service => marksOf(service, undefined))]
  const containers = workload === undefined ? [] : appContainers(workload.spec, surroundings.injected)
  for (const container of containers) {
    const program = knownProgram(container)
    if (program !== undefined) return withSystem(program.component, program.system ?? surroundings.mounted ?? systemOf(marks))
  }
  const labelled = byMarks(marks)
  if (labelled !== undefined) return labelled
  if (workload === undefined) return namesOf(object).some(hasMcpToken) ? { component: 'mcp-server' } : undefined
  const isDump = dumps(object, containers)
  if (!isDump && hasMcpName(object, workload, containers)) return { component: 'mcp-server' }
  return isDump ? { component: 'backup' } : bySupport(containers)
}

function ofKind(object: View): Component | undefined {
  const group = groupOf(object)
  if (group === 'mcp-hangar.io') return { component: 'mcp-server', system: 'hangar' }
  if (group !== 'toolhive.stacklok.dev') return undefined
  return { component: textAt(object, 'kind') === 'VirtualMCPServer' ? 'gateway' : 'mcp-server' }
}

/** The labels and annotations of the object and of its pods. */
function marksOf(object: View, workload: Workload | undefined): View[] {
  const own = viewAt(object, 'metadata')
  const metadata = workload === undefined || workload.metadata === own ? [own] : [own, workload.metadata]
  return metadata.flatMap(each => [viewAt(each, 'labels'), viewAt(each, 'annotations')])
}

/** The systems' own labels; a component's name alone means nothing, since every project has a gateway. */
function byMarks(marks: View[]): Component | undefined {
  const named = marks.flatMap(each => [textAt(each, 'app.kubernetes.io/component'), textAt(each, 'component')]).filter(name => name !== '')
  const system = systemOf(marks)
  const partOf = marks.some(each => partsOf.has(textAt(each, 'app.kubernetes.io/part-of')))
  const part = partOf ? named.find(name => parts.has(name)) : undefined
  if (part !== undefined) return withSystem(part === 'provider' ? 'mcp-server' : part, system)
  const isServer = marks.some(hasSystemKey) || named.some(name => name === 'mcp-server' || name === 'mcp-provider')
  return isServer ? withSystem('mcp-server', system) : undefined
}

const partsOf = new Map([['mcp-hangar', 'hangar'], ['mcp-bridge', 'bridge'], ['mcp-remote-bridge', 'bridge']])
const parts = new Set(['gateway', 'router', 'operator', 'provider'])

function hasSystemKey(marks: View): boolean {
  return Object.keys(marks).some(key => key.startsWith('mcp-hangar.io/') || key.startsWith('mcp.bridge/'))
}

function systemOf(marks: View[]): string | undefined {
  for (const each of marks) {
    const system = partsOf.get(textAt(each, 'app.kubernetes.io/part-of'))
    if (system !== undefined) return system
    for (const key of Object.keys(each)) {
      if (key.startsWith('mcp-hangar.io/')) return 'hangar'
      if (key.startsWith('mcp.bridge/')) return 'bridge'
    }
  }
  return undefined
}

/** The word mcp in an image, a command, a name or an environment; names do not count where every container is a support or measures one. */
function hasMcpName(object: View, workload: Workload, containers: View[]): boolean {
  const own = containers.filter(container => supportProgram(container) === undefined)
  if (own.some(container => imageHasMcpToken(textAt(container, 'image')) || hasMcpEnvironment(container) || startsMcp(container))) return true
  const plain = own.some(container => !isExporter(container)) || containers.length === 0
  return plain && [textAt(object, 'metadata', 'name'), ...appLabels(viewAt(object, 'metadata')), ...appLabels(workload.metadata)].some(hasMcpToken)
}

function hasMcpEnvironment(container: View): boolean {
  return viewsAt(container, 'env').some(({ name }) =>
    typeof name === 'string' && (name.startsWith('FASTMCP_') || (name.startsWith('MCP_') && !name.startsWith('MCP_POLICY_'))))
}

function appLabels(metadata: View): string[] {
  return [textAt(metadata, 'labels', 'app'), textAt(metadata, 'labels', 'app.kubernetes.io/name')]
}

/** Of an object without pods: its name, its app labels, the values that it selects by, and the names of what it scales or sends requests to. */
function namesOf(object: View): string[] {
  const spec = viewAt(object, 'spec')
  const selectors = [viewAt(spec, 'selector'), viewAt(spec, 'selector', 'matchLabels'), viewAt(spec, 'podSelector', 'matchLabels')]
  const selected = selectors.flatMap(selector => Object.values(selector)).filter(value => typeof value === 'string')
  const backends = backendsOf(object).slice(0, fewBackends).map(({ service }) => service).filter(name => typeof name === 'string')
  return [textAt(object, 'metadata', 'name'), textAt(spec, 'scaleTargetRef', 'name'), ...appLabels(viewAt(object, 'metadata')), ...selected, ...backends]
}

const fewBackends = 20

/** Of the same, what says which program it is for. */
export function appNamesOf(object: View): string[] {
  const spec = viewAt(object, 'spec')
  const selectors = [viewAt(spec, 'selector'), viewAt(spec, 'selector', 'matchLabels'), viewAt(spec, 'podSelector', 'matchLabels')]
  const selected = selectors.flatMap(selector => appKeys.map(key => textAt(selector, key)))
  return [textAt(object, 'metadata', 'name'), ...appLabels(viewAt(object, 'metadata')), ...selected].filter(name => name !== '')
}

const appKeys = ['app', 'name', 'app.kubernetes.io/name', 'k8s-app']

function dumps(object: View, containers: View[]): boolean {
  const kind = textAt(object, 'kind')
  return (kind === 'Job' || kind === 'CronJob') && containers.some(runsDump)
}

function bySupport(containers: View[]): Component | undefined {
  for (const container of containers) {
    const name = supportProgram(container)
    if (name !== undefined) return { component: name }
  }
  return undefined
}

function withSystem(name: string, system: string | undefined): Component {
  return system === undefined || system === '' ? { component: name } : { component: name, system }
}

/**
 * The container that is a workload's program: the one whose image or command makes the component, else the one that
 * `kubectl.kubernetes.io/default-container` names, else the first; sidecars that were injected are none. Undefined where there is none.
 *
 * The index counts in `containers` of the pod's spec.
 */
export function main(object: View, surroundings: Surroundings = {}): number | undefined {
  const workload = workloadOf(object)
  if (workload === undefined) return undefined
  const containers = appContainers(workload.spec, surroundings.injected)
  const named = textAt(workload.metadata, 'annotations', 'kubectl.kubernetes.io/default-container')
  const found = containers.find(container => knownProgram(container) !== undefined)
    ?? containers.find(container => supportProgram(container) === undefined && imageHasMcpToken(textAt(container, 'image')))
    ?? supporting(containers, component(object, surroundings)?.component)
    ?? containers.find(container => named !== '' && container.name === named)
    ?? containers[0]
  return found === undefined ? undefined : (workload.spec.containers as unknown[]).indexOf(found)
}

function supporting(containers: View[], name: string | undefined): View | undefined {
  return containers.find(container => name === 'backup' ? runsDump(container) : name !== undefined && supportProgram(container) === name)
}
