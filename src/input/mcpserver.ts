import type { Json } from '../artefact/document.ts'
import { isMap, type JsonMap } from '../artefact/json.ts'
import { envShape, finishCommand } from './pod.ts'
import { resourcesShape } from './resources.ts'
import { mapOf, plain, verbatim, type Shape } from './shape.ts'
import { finishStart } from './start.ts'
import { from, isWritten, pick, type SyntheticPod } from './synthetic.ts'

/** The spec of Hangar's MCPServer as controls read it. */
export const mcpServerSpec: Shape = { ...mapOf({ env: envShape, command: verbatim, args: verbatim, resources: resourcesShape }, plain), finish: finishCommand }

const withStart = (container: JsonMap): JsonMap => {
  finishStart(container)
  return container
}

/**
 * The pod that Hangar's operator makes of a projected MCPServer spec, or undefined for mode remote.
 *
 * Each of the two security contexts that is not written is the operator's hardened default; one that is written replaces its
 * default whole. Up to operator 0.14 one `securityContext` took the place of both, each field going where it belongs.
 */
export function hangarPod(spec: JsonMap): SyntheticPod | undefined {
  if (spec.mode === 'remote') return undefined
  const contexts = contextsOf(spec)
  const { volumes, mounts } = volumesOf(spec)
  return {
    operator: 'mcp-hangar',
    pod: {
      ...pick(spec, podFields),
      restartPolicy: 'Never',
      securityContext: contexts.pod,
      ...(volumes.length > 0 && { volumes }),
      containers: [withStart({
        name: 'provider',
        ...pick(spec, containerFields),
        ...(mounts.length > 0 && { volumeMounts: mounts }),
        securityContext: contexts.container,
      })],
    },
    origin: from(['spec'], [
      ['securityContext', from(['spec', contexts.podKey])],
      ['containers', from(['spec'], [[0, from(['spec'], [
        ['securityContext', from(['spec', contexts.containerKey])],
        ...(mounts.length > 0 && !isWritten(spec.volumeMounts) ? [['volumeMounts', from(['spec', 'volumes'])] as [string, ReturnType<typeof from>]] : []),
      ])]])],
    ]),
  }
}

const podFields = ['serviceAccountName', 'nodeSelector', 'affinity', 'priorityClassName', 'imagePullSecrets'] as const
const containerFields = ['image', 'command', 'args', 'workingDir', 'env', 'resources'] as const

const podDefault = { runAsNonRoot: true, runAsUser: 65534, fsGroup: 65534, seccompProfile: { type: 'RuntimeDefault' } }
const containerDefault = {
  runAsNonRoot: true,
  readOnlyRootFilesystem: true,
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
}

const olderPodFields = ['runAsNonRoot', 'runAsUser', 'runAsGroup', 'fsGroup', 'seccompProfile']
const olderContainerFields = [
  'runAsNonRoot', 'runAsUser', 'runAsGroup', 'readOnlyRootFilesystem', 'allowPrivilegeEscalation', 'capabilities', 'seccompProfile',
]

function contextsOf(spec: JsonMap): { pod: Json; podKey: string; container: Json; containerKey: string } {
  const { podSecurityContext, containerSecurityContext, securityContext } = spec
  if (isWritten(securityContext) && !isWritten(podSecurityContext) && !isWritten(containerSecurityContext)) {
    const known = isMap(securityContext) && !('unresolved' in securityContext)
    return {
      pod: known ? pick(securityContext, olderPodFields) : securityContext,
      podKey: 'securityContext',
      container: known ? pick(securityContext, olderContainerFields) : securityContext,
      containerKey: 'securityContext',
    }
  }
  return {
    pod: isWritten(podSecurityContext) ? podSecurityContext : podDefault,
    podKey: 'podSecurityContext',
    container: isWritten(containerSecurityContext) ? containerSecurityContext : containerDefault,
    containerKey: 'containerSecurityContext',
  }
}

/** The one `securityContext` of older operators is dropped by the CRD that the cluster has: both of the pod are the operator's own then. */
export function withoutOlderContext({ spec, pod }: JsonMap): void {
  if (!isMap(spec) || !isMap(pod) || isWritten(spec.podSecurityContext) || isWritten(spec.containerSecurityContext)) return
  pod.securityContext = podDefault
  if (Array.isArray(pod.containers)) pod.containers = pod.containers.map(container => (isMap(container) ? { ...container, securityContext: containerDefault } : container))
}

/** Up to operator 0.14 a volume named its mount as well, in `mountPath`, `subPath` and `readOnly`. */
function volumesOf(spec: JsonMap): { volumes: Json[]; mounts: Json[] } {
  const written = Array.isArray(spec.volumes) ? spec.volumes : []
  if (Array.isArray(spec.volumeMounts)) return { volumes: written, mounts: spec.volumeMounts }
  const volumes: Json[] = []
  const mounts: Json[] = []
  for (const volume of written) {
    if (!isMap(volume)) continue
    const { mountPath, subPath, readOnly, ...rest } = volume
    volumes.push(rest)
    mounts.push(pick({ name: volume.name, mountPath, subPath, readOnly }, ['name', 'mountPath', 'subPath', 'readOnly']))
  }
  return { volumes, mounts }
}
