import { environmentOf } from './inherited.ts'
import { imageName, workloadOf } from './workload.ts'
import { knownProgram, supportProgram, imageHasMcpToken } from './program.ts'
import type { TlsInFront } from './tls-in-front.ts'
import { textAt, valueAt, viewsAt, type View } from './view.ts'

/** What of the set a container reads: the objects by kind and name, in its own namespace. */
export type Reference = { kind: 'ConfigMap' | 'Secret' | 'PersistentVolumeClaim' | 'ServiceAccount'; name: string }

/** A container that reads a ConfigMap, with what tells how it runs: `command` and `args` as they are in the projection. */
export type Consumer = {
  /** Index of the workload in the set. */
  artefact: number
  container: string
  /** What its image is: hangar, gateway, redis, mcp-server for an unknown one with the word mcp; absent for any other. */
  component?: string
  /** Last segment of the image's repository. */
  image: string
  command: unknown
  args: unknown
  /** MCP_MODE of its environment, as the projection has it; absent where it is not set. */
  mcp_mode?: unknown
  /** The variables that controls read, the weakest first; of a name that is there twice the last counts. */
  environment?: { name: string; value: unknown }[]
  /** TLS ends in front of it, or why that is not known. */
  tls_in_front?: TlsInFront
  /** Where variables that are not known may come from. */
  open?: unknown
}

/** A process that reads a configuration, as controls see it. */
export type Reader = Omit<Consumer, 'artefact'>

/** All objects that the pods of a workload name, each once. */
export function referencesOf(object: View): Reference[] {
  const workload = workloadOf(object)
  if (workload === undefined) return []
  const { spec } = workload
  const found = new Map<string, Reference>()
  const note = (kind: Reference['kind'], name: string) => {
    if (name !== '') found.set(`${kind}/${name}`, { kind, name })
  }
  note('ServiceAccount', textAt(spec, 'serviceAccountName') || textAt(spec, 'serviceAccount'))
  for (const volume of viewsAt(spec, 'volumes')) {
    for (const source of [volume, ...viewsAt(volume, 'projected', 'sources')]) {
      note('ConfigMap', textAt(source, 'configMap', 'name'))
      note('Secret', textAt(source, 'secret', 'secretName') || textAt(source, 'secret', 'name'))
    }
    note('PersistentVolumeClaim', textAt(volume, 'persistentVolumeClaim', 'claimName'))
  }
  for (const container of containersOf(spec)) {
    for (const source of viewsAt(container, 'envFrom')) {
      note('ConfigMap', textAt(source, 'configMapRef', 'name'))
      note('Secret', textAt(source, 'secretRef', 'name'))
    }
    for (const variable of viewsAt(container, 'env')) {
      note('ConfigMap', textAt(variable, 'valueFrom', 'configMapKeyRef', 'name'))
      note('Secret', textAt(variable, 'valueFrom', 'secretKeyRef', 'name'))
    }
  }
  return [...found.values()]
}

/** The containers of a workload that mount a ConfigMap, or take their environment from it. */
export function consumersIn(object: View, artefact: number, configMap: string): Consumer[] {
  const workload = workloadOf(object)
  if (workload === undefined) return []
  const volumes = new Set(viewsAt(workload.spec, 'volumes').filter(volume => holds(volume, configMap)).map(volume => textAt(volume, 'name')))
  return containersOf(workload.spec)
    .filter(container => viewsAt(container, 'volumeMounts').some(mount => volumes.has(textAt(mount, 'name'))) || takesEnvironment(container, configMap))
    .map(container => consumer(container, artefact))
}

function containersOf(spec: View): View[] {
  return [...viewsAt(spec, 'containers'), ...viewsAt(spec, 'initContainers'), ...viewsAt(spec, 'ephemeralContainers')]
}

function holds(volume: View, configMap: string): boolean {
  return [volume, ...viewsAt(volume, 'projected', 'sources')].some(source => textAt(source, 'configMap', 'name') === configMap)
}

function takesEnvironment(container: View, configMap: string): boolean {
  return viewsAt(container, 'envFrom').some(source => textAt(source, 'configMapRef', 'name') === configMap)
    || viewsAt(container, 'env').some(variable => textAt(variable, 'valueFrom', 'configMapKeyRef', 'name') === configMap)
}

function consumer(container: View, artefact: number): Consumer {
  const image = textAt(container, 'image')
  const component = knownProgram(container)?.component ?? supportProgram(container) ?? (imageHasMcpToken(image) ? 'mcp-server' : undefined)
  const variable = viewsAt(container, 'env').find(({ name }) => name === 'MCP_MODE')
  const environment = environmentOf(container, viewsAt(container, 'env'))
  const mode = valueAt(variable, 'value') ?? (variable === undefined ? undefined : { unresolved: 'a value from elsewhere' })
  return {
    artefact,
    container: textAt(container, 'name'),
    ...(component !== undefined && { component }),
    image: imageName(image),
    command: container.command ?? [],
    args: container.args ?? [],
    ...(mode !== undefined && { mcp_mode: mode }),
    ...(environment.length > 0 && { environment }),
    ...(container.inherited_open !== undefined && { open: container.inherited_open }),
  }
}
