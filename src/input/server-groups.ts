import type { ServerGroupRow } from './inventory-tables.ts'
import { indexLabels, selected } from './label-index.ts'
import type { Relations } from './relations.ts'
import { readLabels, readSelector } from './selectors.ts'
import type { Part } from './subjects.ts'
import { groupOf, textAt, valueAt, viewAt, type View } from './view.ts'

/** The MCPServerGroups of Hangar's operator, which select MCPServers by their own labels, with what they select. */
export function serverGroups({ objects, namespaces }: Relations, facts: readonly Part[], leftOut: ReadonlySet<string>): ServerGroupRow[] {
  const ofKind = (kind: string) => [...objects.keys()].filter(index => isOperators(objects[index].value, kind) && !leftOut.has(namespaces[index] ?? ''))
  const groups = ofKind('MCPServerGroup')
  if (groups.length === 0) return []
  const servers = ofKind('MCPServer').map(index => {
    const { value, setting } = objects[index]
    const { labels, unresolved } = readLabels(viewAt(value, 'metadata', 'labels'))
    return { value, namespace: namespaces[index], labels: { ...labels, ...setting?.objectLabels, ...setting?.labels }, unresolved }
  })
  const index = indexLabels(servers)
  return groups.map((group): ServerGroupRow => {
    const { value } = objects[group]
    const namespace = namespaces[group]
    const selector = readSelector(valueAt(value, 'spec', 'selector'))
    const numbers = selector === undefined ? [] : selected(index, selector, namespace)
    const found = (numbers ?? []).map(number => replicasOf(servers[number].value))
    const unknown = numbers === undefined ? 'so many objects select each other that not all were compared'
      : selector?.unresolved ?? servers.find(server => server.unresolved !== undefined)?.unresolved ?? found.find(replicas => typeof replicas === 'string')
    return {
      artefact: group, name: textAt(value, 'metadata', 'name'), subject: facts[group].subject,
      ...(namespace !== undefined && { namespace }),
      servers: found.length,
      most_replicas: Math.max(0, ...found.slice(0, most).map(replicas => (typeof replicas === 'number' ? replicas : 1))),
      ...(typeof unknown === 'string' && { unknown }),
    }
  })
}

/** More servers than this are enough of them, whatever their replicas. */
const most = 1000

const isOperators = (object: View, kind: string): boolean => object.kind === kind && groupOf(object) === 'mcp-hangar.io'

/** A number, or why it is not known. */
function replicasOf(server: View): number | string {
  const replicas = valueAt(server, 'spec', 'replicas')
  const unresolved = valueAt(replicas, 'unresolved')
  if (typeof unresolved === 'string') return unresolved
  return typeof replicas === 'number' ? replicas : 1
}
