import { groupOf, isView, textAt, valueAt, viewAt, viewsAt, type View } from './view.ts'

/** What runs: the spec of the pods that an object makes, and their labels and annotations. */
export type Workload = { spec: View; metadata: View }

/** What sidecar injectors add: the names that their containers have, as the parameter `injected_sidecars` lists them. */
export const injectedSidecars = ['istio-proxy', 'istio-init', 'linkerd-proxy', 'linkerd-init', 'vault-agent', 'vault-agent-init', 'datadog-agent-init']

const injectedImages = new Set(['proxyv2', 'proxy', 'proxy-init', 'vault', 'vault-k8s', 'agent'])

/** The pods of an object, or undefined when it makes none. Any kind with a pod template at `spec.template` counts. */
export function workloadOf(object: View): Workload | undefined {
  const kind = textAt(object, 'kind')
  if (kind === 'Pod') return isView(object.spec) ? { spec: object.spec, metadata: viewAt(object, 'metadata') } : undefined
  if (kind === 'CronJob') return templated(valueAt(object, 'spec', 'jobTemplate', 'spec', 'template'))
  if (kind === 'PodTemplate') return templated(object.template)
  return templated(valueAt(object, 'spec', 'template')) ?? operated(object, kind)
}

function templated(template: unknown): Workload | undefined {
  const spec = valueAt(template, 'spec')
  return isView(spec) && Array.isArray(spec.containers) ? { spec, metadata: viewAt(template, 'metadata') } : undefined
}

/** The pod that an operator makes stands beside the spec in a projection; an object as it was read has its template at most. */
function operated(object: View, kind: string): Workload | undefined {
  if (kind !== 'MCPServer' && kind !== 'VirtualMCPServer') return undefined
  const template = valueAt(object, 'spec', 'podTemplateSpec')
  return isView(object.pod) ? { spec: object.pod, metadata: viewAt(template, 'metadata') } : templated(template)
}

/** The containers that are the program's own: what an injector added is left out, but for a name alone nothing is. */
export function appContainers(spec: View, injected: readonly string[] = injectedSidecars): View[] {
  return viewsAt(spec, 'containers').filter(container =>
    !(injected.includes(textAt(container, 'name')) && injectedImages.has(imageName(textAt(container, 'image')))))
}

/** True for the workloads that hold replicas of one pod that a PodDisruptionBudget can protect. */
export function isReplicated(object: View): boolean {
  const kind = textAt(object, 'kind')
  if (kind === 'Rollout') return groupOf(object) === 'argoproj.io'
  return kind === 'Deployment' || kind === 'StatefulSet'
}

/** The repository of an image reference without its registry: `ghcr.io/acme/tool:1.2@sha256:..` is `acme/tool`. */
export function imageRepository(image: string): string {
  const digest = image.indexOf('@')
  const named = digest < 0 ? image : image.slice(0, digest)
  const colon = named.lastIndexOf(':')
  const repository = colon > named.lastIndexOf('/') ? named.slice(0, colon) : named
  const slash = repository.indexOf('/')
  if (slash < 0) return repository
  const first = repository.slice(0, slash)
  return first.includes('.') || first.includes(':') || first === 'localhost' ? repository.slice(slash + 1) : repository
}

/** The last segment of an image's repository. */
export function imageName(image: string): string {
  const repository = imageRepository(image)
  return repository.slice(repository.lastIndexOf('/') + 1)
}
