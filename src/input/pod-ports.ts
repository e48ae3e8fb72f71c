import { valueAt, viewsAt, type View } from './view.ts'
import { workloadOf } from './workload.ts'

/** A port that a container lists. */
export type PodPort = { number: number; name?: string }

/** The ports that containers and native sidecars of a workload list, and whether there may be others. */
export function podPorts(object: View): { ports: PodPort[]; unknown: boolean } {
  const spec = workloadOf(object)?.spec
  if (spec === undefined) return { ports: [], unknown: true }
  const listed = runningContainers(spec).flatMap(container => viewsAt(container, 'ports'))
  const isUnknown = ['containers', 'initContainers'].some(list => isUnresolved(valueAt(spec, list)))
    || runningContainers(spec).some(container => isUnresolved(container.ports))
    || listed.some(port => isUnresolved(port) || isUnresolved(port.containerPort) || isUnresolved(port.name))
  const ports = listed.flatMap(({ containerPort, name }): PodPort[] => {
    const number = Number(containerPort)
    if (containerPort === null || typeof containerPort === 'object' || !Number.isSafeInteger(number)) return []
    return [typeof name === 'string' && name !== '' ? { number, name } : { number }]
  })
  return { ports, unknown: isUnknown }
}

/** Containers that run as long as the pod does: native sidecars among them. */
export function runningContainers(spec: View): View[] {
  return [...viewsAt(spec, 'containers'), ...viewsAt(spec, 'initContainers').filter(({ restartPolicy }) => restartPolicy === 'Always')]
}

function isUnresolved(value: unknown): boolean {
  return typeof valueAt(value, 'unresolved') === 'string'
}
