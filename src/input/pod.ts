import type { Json } from '../artefact/document.ts'
import { at, isMap, type JsonMap } from '../artefact/json.ts'
import { argumentsOf } from './arguments.ts'
import { execCheck } from './check-command.ts'
import { projectEnvValue } from './env-value.ts'
import { resourcesShape } from './resources.ts'
import { isSecretName } from './secret-name.ts'
import { listOf, mapOf, plain, verbatim, type Projection, type Shape } from './shape.ts'
import { finishStart } from './start.ts'
import { tlsAnnotations } from './tls-annotations.ts'

const annotationPrefixes = [
  'mcp-policy.io/', 'mcp-hangar.io/', 'mcp.bridge/', 'hangar.io/', 'prometheus.io/', 'kubectl.kubernetes.io/default-container',
]

/** Annotations with a value of their own that is right or wrong, which a template may decide. */
const profilePrefixes = [
  'container.apparmor.security.beta.kubernetes.io/', 'seccomp.security.alpha.kubernetes.io/', 'container.seccomp.security.alpha.kubernetes.io/',
]

/** Last segments of the images that the known injectors add. */
const injectedImages = new Set(['proxyv2', 'proxy', 'proxy-init', 'vault', 'vault-k8s', 'agent'])

export const envShape: Shape = listOf({
  ...mapOf({ name: plain, value: verbatim, valueFrom: plain }),
  finish(entry, { secrets }) {
    const name = typeof entry.name === 'string' ? entry.name : ''
    if (entry.value !== undefined) entry.value = projectEnvValue(name, entry.value, secrets)
    else if (entry.valueFrom !== undefined && isSecretName(name, undefined, secrets)) entry.secret = true
  },
})

/** The command of a container or a handler, without the secrets that its options are given. */
export function finishCommand(own: JsonMap, { secrets }: Projection): void {
  for (const key of ['command', 'args']) {
    const words = own[key]
    if (Array.isArray(words)) own[key] = argumentsOf(words, 'kubernetes', secrets, word => word ?? null)
  }
}

/** Of a hook or a probe; of a probe, what its command comes to as well. */
const hook = mapOf({ exec: { ...mapOf({ command: verbatim }), finish: finishCommand } }, plain)
const probe = mapOf({
  exec: {
    ...mapOf({ command: verbatim }),
    finish(own, projection) {
      if (Array.isArray(own.command)) own.check = checkOf(own.command, projection)
      finishCommand(own, projection)
    },
  },
}, plain)

function checkOf(command: Json[], { literal }: Projection): Json {
  const words = command.map(word => (typeof word === 'string' ? word : ''))
  const isTemplate = !literal && words.some(word => word.includes('{{'))
  return { ...execCheck(words), ...(isTemplate && { template: true }) } as unknown as Json
}

const container: Shape = {
  ...mapOf({
    name: plain, image: plain, imagePullPolicy: plain, command: verbatim, args: verbatim, workingDir: plain,
    env: envShape, envFrom: plain, ports: plain, resources: resourcesShape, restartPolicy: plain, securityContext: plain,
    livenessProbe: probe, readinessProbe: probe, startupProbe: probe,
    lifecycle: mapOf({ postStart: hook, preStop: hook }, plain),
    volumeMounts: plain, volumeDevices: plain,
  }),
  finish(own, projection) {
    finishCommand(own, projection)
    finishStart(own)
    if (isInjected(own, projection)) own.injected = true
  },
}

/** What controls read of a pod spec. */
export const podShape: Shape = mapOf({
  containers: listOf(container), initContainers: listOf(container), ephemeralContainers: listOf(container),
  volumes: plain, securityContext: plain, resources: resourcesShape,
  hostNetwork: plain, hostPID: plain, hostIPC: plain, hostUsers: plain, shareProcessNamespace: plain, os: plain,
  nodeSelector: plain, nodeName: plain, affinity: plain, topologySpreadConstraints: plain, priorityClassName: plain, runtimeClassName: plain,
  serviceAccountName: plain, serviceAccount: plain, automountServiceAccountToken: plain, imagePullSecrets: plain,
  restartPolicy: plain, terminationGracePeriodSeconds: plain,
})

/**
 * What controls read of the metadata of an object or a pod template. Of annotations only those that a control names, since
 * `last-applied-configuration` and its like can hold anything; a template in most of them is legal.
 */
export const metadataShape: Shape = mapOf({
  name: plain, generateName: plain, namespace: plain, labels: plain,
  annotations: { is: 'map', fields: new Map(), restOf: annotationShape },
})

function annotationShape(key: string): Shape | undefined {
  if (profilePrefixes.some(prefix => key.startsWith(prefix)) || tlsAnnotations.has(key)) return plain
  return annotationPrefixes.some(prefix => key.startsWith(prefix)) ? verbatim : undefined
}

/** A name alone proves nothing: the image has to be one that the injector uses. */
function isInjected(container: JsonMap, { injectedSidecars }: Projection): boolean {
  const { name, image } = container
  if (typeof name !== 'string' || typeof image !== 'string' || !injectedSidecars.has(name)) return false
  const repository = image.split('@')[0]
  return injectedImages.has(repository.slice(repository.lastIndexOf('/') + 1).split(':')[0])
}

const template = ['spec', 'template', 'spec']
const workloads = new Map<string, string[]>([
  ['/Pod', ['spec']],
  ['/PodTemplate', ['template', 'spec']],
  ['/ReplicationController', template],
  ['apps/Deployment', template], ['apps/StatefulSet', template], ['apps/DaemonSet', template], ['apps/ReplicaSet', template],
  ['extensions/Deployment', template], ['extensions/DaemonSet', template], ['extensions/ReplicaSet', template],
  ['batch/Job', template],
  ['batch/CronJob', ['spec', 'jobTemplate', 'spec', 'template', 'spec']],
  ['argoproj.io/Rollout', template],
])

/** Where the pod spec of an object stands, for the kinds of Kubernetes, for any kind with a pod template, and at the configured paths. */
export function podPathOf(group: string, object: JsonMap, configured: string[][]): string[] | undefined {
  const known = workloads.get(`${group}/${object.kind}`)
  if (known !== undefined) return isMap(at(object, ...known)) ? known : undefined
  return [template, ...configured].find(path => hasContainers(at(object, ...path)))
}

function hasContainers(value: Json | undefined): boolean {
  return isMap(value) && Array.isArray(value.containers)
}
