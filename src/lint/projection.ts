import type { Artefact, ArtefactKind, FileReading } from '../artefact/artefact.ts'
import type { Json } from '../artefact/document.ts'
import { at, isMap, type JsonMap } from '../artefact/json.ts'
import { isStandard, type Profile } from '../finding/enforcement.ts'
import { discoversServers, type Discovery } from '../input/account.ts'
import { projectClient } from '../input/client.ts'
import { configKinds, projectConfig } from '../input/config.ts'
import { composeProjects, projectCompose } from '../input/compose.ts'
import { hostsIn, mcpConfigurations } from '../input/config-hosts.ts'
import type { Consumer } from '../input/consumers.ts'
import { fieldFacts, setCrds, type CrdTables, type SetCrds } from '../input/custom-resource.ts'
import { projectDockerfile } from '../input/dockerfile.ts'
import { projectEnvFile } from '../input/env-file.ts'
import { inheritEnvironments } from '../input/inherited.ts'
import { imagesUnder, type ImageUse } from '../input/images.ts'
import type { Projected } from '../input/input.ts'
import { unseen } from '../input/patch.ts'
import { allWork, patchesOver, type Patched } from '../input/patched.ts'
import type { KeyFault } from '../input/key-faults.ts'
import type { KeySchemas } from '../input/key-schema.ts'
import { inventoryInputs } from '../input/inventory-input.ts'
import { inventoryOf, type Inventory, type ObjectFacts } from '../input/inventory.ts'
import type { OverLimit } from '../input/limit.ts'
import type { Setting } from '../input/kustomization.ts'
import { withoutOlderContext } from '../input/mcpserver.ts'
import { setsOf, type FileSet } from '../input/sets.ts'
import { chartTlsInFront, type TlsInFront } from '../input/tls-in-front.ts'
import { inputText } from '../input/text.ts'
import { profileOfFolders } from '../input/values-profile.ts'
import { viewsAt, type View } from '../input/view.ts'
import type { Subjected } from './findings.ts'
import type { SetFiles } from './since.ts'
import { groupBy } from './group.ts'
import { candidate } from './judged.ts'
import type { Item, LintOptions } from './lint.ts'
import { overLimit, type Leave } from './objects.ts'
import type { Section } from './section.ts'
import { composeContext, ofComposeProjects } from './projection/compose.ts'
import { projectAllValues, within, type ProjectedValues } from './projection/helm.ts'
import { composeConsumers, composeMounts, inheritFromFiles } from './projection/mounted.ts'
import { noteComposeServes, noteServes } from './projection/serves.ts'

/** One set of artefacts that belong together, ready to be judged; findings speak of `items` by index. `profile` is that which the folders of a kustomization name. */
export type JudgedSet = SetFiles & { name: string; profile?: Profile; texts: string[]; items: Subjected[] }

/** Turns artefacts into what controls may see of them; what is over a limit is said to `leave`. */
export function projectAll(
  files: FileReading[], objects: Map<FileReading, Item[]>, sectionOf: (path: string) => Section, { schemas, crds }: { schemas: KeySchemas; crds: CrdTables }, options: LintOptions, leave: Leave,
): { items: Item[]; sets: JudgedSet[] } {
  const sets: JudgedSet[] = []
  const settings = new Map<Item, (Setting | undefined)[]>()
  const consumers = new Map<Artefact, Consumer[]>()
  const work = allWork()
  const patchedUnder = ({ projected: { identity, fields } }: Item, of: (Setting | undefined)[]) => patchesOver(identity, fields.value as View, of, work)
  for (const set of setsOf(files, options.folders)) {
    const members = set.files.flatMap(index => (objects.get(files[index]) ?? []).map(item => ({ item, setting: set.settings.get(index), variants: set.variants.get(index) ?? [] })))
    if (members.length === 0) continue
    const { params } = sectionOf(set.root)
    const inventory = inventoryOf(members.map(({ item, setting }) => ({
      value: item.projected.fields.value as View, raw: (item.artefact!.value ?? undefined) as View | undefined, setting, holds: holdsOf(item), produces: item.projected.produces,
    })), {
      whole: set.whole, strict: options.strict, systemNamespaces: namesIn(params, 'system_namespaces'), injected: namesIn(params, 'injected_sidecars'),
      hosts: set.files.flatMap(index => hostsOf(files[index])),
      discoveries: [
        ...members.flatMap(({ item }) => discoveriesOf(item)),
        ...set.generated.flatMap(({ file, configMap, namespace }) => discoveriesIn(files[file].artefacts.filter(({ outer }) => outer === undefined), configMap, namespace)),
      ],
    })
    const ofSet = setCrds(members.map(({ item }) => item.artefact))
    members.forEach(({ item, setting, variants }, index) => {
      const earlier = settings.get(item)
      if (earlier !== undefined) return void earlier.push(setting, ...variants)
      take(item, inventory.facts[index])
      takeFields(item, ofSet, crds, String(params.hangar_operator_version))
      settings.set(item, [setting, ...variants])
    })
    noteServes(set, files, members.map(({ item }) => item), inventory)
    inheritEnvironments(members.map(({ item }) => item.projected))
    for (const { item } of members) noteConsumers(item, inventory, consumers, members)
    for (const { configMap, namespace, file } of set.generated) {
      for (const artefact of files[file].artefacts) if (artefact.outer === undefined) note(artefact, inventory.consumersOf(configMap, namespace), consumers, members, inventory)
    }
    sets.push({
      name: nameOf(set), root: set.root,
      ...(set.kind === 'kustomization' && { profile: profileOfFolders(set.root, options.folders) }),
      files: set.files.map(index => files[index].path),
      makers: set.kind !== 'kustomization' ? [] : set.files.map(index => files[index]).filter(({ artefacts }) => artefacts.every(({ kind }) => kind === 'kustomization')).map(({ path }) => path),
      texts: inventoryInputs(inventory.tables),
      items: members.map(({ item, setting, variants }) => {
        const patched = setting && patchedUnder(item, [setting, ...variants])
        return patched === undefined ? item : { projected: item.projected, subject: item.subject, patched }
      }),
    })
  }
  const patches = new Map<Artefact, Patched>()
  for (const [item, of] of settings) {
    if (of.every(setting => setting === undefined)) continue
    const { fields } = item.projected
    if (fields.images !== undefined) fields.images = imagesUnder(fields.images as ImageUse[], of)
    item.patched = patchedUnder(item, of)
    if (item.patched !== undefined) patches.set(item.artefact!, item.patched)
  }
  const others = projectOthers(files, sectionOf, { schemas, consumers, objects, patches }, options, leave)
  const items = withoutSystem([...objects.values()].flat(), sectionOf, leave)
  for (const file of files) for (const artefact of file.artefacts) artefact.value = null
  return { items: [...items, ...others], sets }
}

const isOlderContext = ({ fault, path }: KeyFault): boolean => fault === 'unknown' && path.length === 2 && path[0] === 'spec' && path[1] === 'securityContext'

/** What the set knows of an object becomes a part of what controls see of it. */
function take(item: Item, facts: ObjectFacts): void {
  item.subject = facts.subject
  Object.assign(item.projected.fields, facts)
}

function takeFields({ artefact, projected }: Item, ofSet: SetCrds, crds: CrdTables, release: string): void {
  if (!isMap(artefact!.value)) return
  const facts = fieldFacts(artefact!.value, ofSet, crds, release)
  Object.assign(projected.fields, facts)
  if (projected.fields.operator === 'mcp-hangar' && facts?.key_faults.some(isOlderContext) === true) withoutOlderContext(projected.fields.value as JsonMap)
}

/** Objects of the cluster's own namespaces are nobody's to judge, but for the Pod Security profiles, which know no exception. */
function withoutSystem(items: Item[], sectionOf: (path: string) => Section, leave: Leave): Item[] {
  const system = new Map<Section, Set<string>>()
  return items.filter(({ file, artefact, projected }) => {
    const section = sectionOf(file.path)
    if (isStandard(section.profile)) return true
    const namespaces = system.get(section) ?? new Set(namesIn(section.params, 'system_namespaces'))
    system.set(section, namespaces)
    const namespace = projected.fields.namespace
    if (typeof namespace !== 'string' || !namespaces.has(namespace)) return true
    leave(file, { span: artefact!.span, document: artefact!.document, reason: 'out-of-scope', detail: `an object of namespace ${namespace}, which belongs to the cluster` })
    return false
  })
}

/** The containers that read a ConfigMap with a configuration in it. */
function noteConsumers(item: Item, inventory: Inventory, consumers: Map<Artefact, Consumer[]>, members: { item: Item }[]): void {
  const { objectKind, name } = item.projected.identity
  if (objectKind !== 'ConfigMap' || name === undefined || holdsOf(item).length === 0) return
  note(item.artefact!, inventory.consumersOf(name, item.projected.fields.namespace as string | undefined), consumers, members, inventory)
}

function note(read: Artefact, found: Consumer[], consumers: Map<Artefact, Consumer[]>, members: { item: Item }[], inventory: Inventory): void {
  const fronts = found.length === 0 ? undefined : inventory.tlsInFront()
  const placed = found.map(consumer => ({ ...consumer, ...(fronts!.has(consumer.artefact) && { tls_in_front: fronts!.get(consumer.artefact)! }) }))
  consumers.set(read, [...(consumers.get(read) ?? []), ...placed])
  for (const { artefact, container } of found) markConfigured(members[artefact].item.projected, container)
}

/** What a container reads is judged where it stands. */
function markConfigured({ fields }: Projected, name: string): void {
  const pod = at(fields.value as Json, ...(fields.pod_path as string[] ?? []))
  for (const list of ['containers', 'initContainers', 'ephemeralContainers']) {
    for (const container of viewsAt(pod, list)) if (container.name === name) (container as JsonMap).configured = true
  }
}

type Known = { schemas: KeySchemas; consumers: Map<Artefact, Consumer[]>; objects: Map<FileReading, Item[]>; patches: Map<Artefact, Patched> }

function projectOthers(files: FileReading[], sectionOf: (path: string) => Section, { schemas, consumers, objects, patches }: Known, { limits, folders, compose }: LintOptions, leave: Leave): Item[] {
  const rulesOf = ({ path }: FileReading) => sectionOf(path).secrets
  const items: Item[] = []
  const add = (file: FileReading, artefact: Artefact, projected: Projected | OverLimit): void => {
    if ('overLimit' in projected) leave(file, overLimit(artefact, projected))
    else if (inputText(projected.fields).length > limits.input.size) {
      leave(file, overLimit(artefact, { overLimit: 'size', detail: `more than ${limits.input.size} characters of it would be judged`, identity: projected.identity }))
    } else {
      const item: Item = { ...candidate(projected), file, artefact }
      const patched = artefact.outer && patches.get(file.artefacts[artefact.outer.artefact])
      // Of the object that holds it only the place is known.
      if (patched !== undefined) item.patched = path => patched(path, unseen)
      items.push(item)
    }
  }
  const found = files.flatMap(file => file.artefacts.filter(({ kind }) => kind !== 'kubernetes').map(artefact => ({ file, artefact })))
  const byKind = groupBy(found, ({ artefact }) => artefact.kind)
  const ofKind = (kind: ArtefactKind) => byKind.get(kind) ?? []
  for (const { file, artefact } of ofKind('dockerfile')) add(file, artefact, projectDockerfile(file, artefact, rulesOf(file)))
  const ofCompose = ofComposeProjects(files)
  for (const { file, artefact } of ofKind('env-file')) add(file, artefact, projectEnvFile(file, artefact, rulesOf(file), limits.input, ofCompose(file.path)))
  const values = projectAllValues(files, objects, { rulesOf, schemas, limits: limits.input, folders }, leave)
  for (const { file, artefact, projected } of values.values()) add(file, artefact, projected)
  for (const { file, artefact } of ofKind('mcp-client-config')) add(file, artefact, projectClient(file, artefact, rulesOf(file)))
  const context = composeContext(files, rulesOf, compose?.profiles)
  const composed = composeProjects(ofKind('compose'), compose?.markOf).map(project => ({ project, projected: projectCompose(project, context(project.files[0].file)) }))
  inheritFromFiles(composed, items)
  const mounts = composeMounts(composed)
  const mountedBy = composeConsumers(mounts)
  noteComposeServes(composed, mounts, configKinds.flatMap(ofKind))
  for (const { file, artefact } of configKinds.flatMap(ofKind)) {
    const holder = artefact.outer === undefined ? undefined : file.artefacts[artefact.outer.artefact]
    const inside = holder && values.get(holder)
    // Values that are not judged here are left with what they hold.
    if (holder?.kind === 'helm-values' && inside === undefined) continue
    if (artefact.outer === undefined) for (const service of mounts(file.path)) (service as JsonMap).configured = true
    const inObjects = consumers.get(holder ?? artefact)?.map(({ artefact: _, ...reader }) => reader) ?? []
    const readers = artefact.outer === undefined ? [...mountedBy(file.path), ...inObjects] : inObjects
    add(file, artefact, within(projectConfig(file, artefact, { rules: rulesOf(file), schemas, consumers: readers, tlsInFront: chartFront(inside) }), inside))
  }
  for (const { project: { files: [{ file, artefact }] }, projected } of composed) add(file, artefact, projected)
  return items
}

/** Of a configuration in values of the chart mcp-bridge. */
const chartFront = (inside: ProjectedValues | undefined): TlsInFront | undefined =>
  inside !== undefined && 'fields' in inside.projected && inside.projected.fields.chart === 'mcp-bridge' ? chartTlsInFront(inside.projected.fields.value as View) : undefined

const hostsOf = (file: FileReading): string[] => file.artefacts.filter(({ kind }) => mcpConfigurations.has(kind)).flatMap(({ value }) => hostsIn(value))

function discoveriesOf({ file, artefact, projected: { identity: { objectKind, name, namespace } } }: Item): Discovery[] {
  if (objectKind !== 'ConfigMap' || name === undefined) return []
  return discoveriesIn(file.artefacts.filter(({ outer }) => outer !== undefined && file.artefacts[outer.artefact] === artefact), name, namespace)
}

function discoveriesIn(artefacts: Artefact[], configMap: string, namespace: string | undefined): Discovery[] {
  return artefacts.flatMap(artefact => {
    const discovers = discoversServers(artefact)
    return discovers === undefined ? [] : [{ configMap, namespace, discovers }]
  })
}

function holdsOf({ file, artefact }: Item): string[] {
  return file.artefacts.filter(({ outer }) => outer !== undefined && file.artefacts[outer.artefact] === artefact).map(({ kind }) => kind)
}

function namesIn(params: Record<string, unknown>, key: string): string[] {
  return (params[key] ?? []) as string[]
}

const nameOf = ({ kind, root }: FileSet): string => (root === '' ? 'the files that were named' : `${kind} ${root}`)
