import type { Artefact, FileReading } from '../../artefact/artefact.ts'
import { at, type JsonMap } from '../../artefact/json.ts'
import type { Inventory } from '../../input/inventory.ts'
import { servesOf, serviceAsContainer, type ConfigRead } from '../../input/serves.ts'
import type { FileSet } from '../../input/sets.ts'
import { isView, viewsAt, type View } from '../../input/view.ts'
import type { Item } from '../lint.ts'
import type { Composed } from './mounted.ts'

/** Tells of the program of each MCP workload of a set what it serves, by its command and by the configurations of the set that it mounts. */
export function noteServes(set: FileSet, files: FileReading[], members: Item[], inventory: Inventory): void {
  const programs = members.map((item, index) => ({ item, index })).filter(({ item: { projected: { fields } } }) =>
    fields.subject === 'mcp' && fields.main !== undefined && fields.operator === undefined && fields.serves === undefined)
  if (programs.length === 0) return
  const reads = readsIn(set, files, members, inventory)
  for (const { item: { projected: { fields } }, index } of programs) {
    const containers = at(fields.value as JsonMap, ...fields.pod_path as string[], 'containers')
    const container = Array.isArray(containers) ? containers[fields.main as number] : undefined
    if (!isView(container)) continue
    const configs = (reads.get(index) ?? []).filter(read => read.container === container.name)
    const serves = servesOf(container, fields as { component?: string; system?: string }, configs)
    if (serves !== undefined) fields.serves = serves
  }
}

type Read = ConfigRead & { container: string }

/** The configurations in ConfigMaps, by the members that mount them: those of the set, and those that a kustomization makes of files. */
function readsIn({ generated }: FileSet, files: FileReading[], members: Item[], inventory: Inventory): Map<number, Read[]> {
  const reads = new Map<number, Read[]>()
  const note = (configs: Artefact[], configMap: string, namespace: string | undefined) => {
    if (configs.length === 0) return
    for (const { artefact, container } of inventory.consumersOf(configMap, namespace)) {
      reads.set(artefact, [...(reads.get(artefact) ?? []), ...configs.map(({ kind, value }) => ({ kind, value, container }))])
    }
  }
  for (const { file, artefact, projected: { identity, fields } } of members) {
    if (identity.objectKind !== 'ConfigMap' || identity.name === undefined) continue
    const inside = file.artefacts.filter(({ kind, outer }) => isConfig(kind) && outer !== undefined && file.artefacts[outer.artefact] === artefact)
    note(inside, identity.name, fields.namespace as string | undefined)
  }
  for (const { configMap, namespace, file } of generated) {
    note(files[file].artefacts.filter(({ kind, outer }) => isConfig(kind) && outer === undefined), configMap, namespace)
  }
  return reads
}

const isConfig = (kind: string): boolean => kind === 'bridge-gateway-config' || kind === 'bridge-router-config'

/** The same of the services of Compose projects, by the files that they mount. */
export function noteComposeServes(composed: Composed[], mounts: (path: string) => View[], configs: { file: FileReading; artefact: Artefact }[]): void {
  const reads = new Map<View, ConfigRead[]>()
  for (const { file, artefact: { kind, value, outer } } of configs) {
    if (!isConfig(kind) || outer !== undefined) continue
    for (const service of mounts(file.path)) reads.set(service, [...(reads.get(service) ?? []), { kind, value }])
  }
  for (const { projected } of composed) {
    if ('overLimit' in projected) continue
    for (const service of viewsAt(projected.fields.value, 'services')) {
      // Only the host may say it.
      const { serves: _, ...written } = service
      const serves = servesOf(serviceAsContainer(written), {}, reads.get(service) ?? [])
      if (serves !== undefined) Object.assign(service, { serves })
      else delete (service as { serves?: unknown }).serves
    }
  }
}
