import { posix } from 'node:path'
import type { FileReading, Uncovered } from '../artefact/artefact.ts'
import { namespaceSetBy, readListing, type Listing, type PatchFiles, type Setting } from './kustomization.ts'
import { readPatch, type PatchDocument } from './patch.ts'
import { isView } from './view.ts'

/** Files whose objects are deployed together, as far as the files tell. */
export type FileSet = {
  kind: 'chart' | 'kustomization' | 'folder' | 'files'
  /** The folder of the chart or kustomization, or the folder that was asked for; empty for files that were named one by one. */
  root: string
  /** All of it was read, so that what is not in it is absent. */
  whole: boolean
  /** Indices of the readings, ascending. A base stands in the set of every kustomization that builds on it. */
  files: number[]
  /** What kustomizations do to a file's objects, by index; only files of kustomizations have one. */
  settings: Map<number, Setting>
  /** What they do to it where they build it a second time, as two variants of one base. */
  variants: Map<number, Setting[]>
  /** The ConfigMaps that are made of files: their names, and the files by index. */
  generated: { configMap: string; namespace?: string; file: number }[]
}

/**
 * Splits a run into sets: one for each kustomization that no other builds on, one for each chart, then one for each folder of
 * `folders` (the arguments that are folders) with what is left, and one for files that were named one by one.
 *
 * Paths are as the readings have them: relative to the same place, or all absolute.
 */
export function setsOf(readings: readonly FileReading[], folders: readonly string[]): FileSet[] {
  const tree = treeOf(readings, folders)
  const kustomized = kustomizationSets(tree)
  const claimed = new Set(kustomized.flatMap(({ files }) => files))
  const charts = new Map<string, number[]>()
  const loose = new Map<string | undefined, number[]>()
  for (const index of readings.keys()) {
    if (claimed.has(index)) continue
    const chart = chartOf(tree, posix.dirname(tree.paths[index]))
    if (chart === undefined) push(loose, folderOf(tree, tree.paths[index]), index)
    else push(charts, chart, index)
  }
  return [
    ...kustomized,
    ...[...charts].map(([root, files]) => plainSet(tree, 'chart', root, files, folderOf(tree, root) !== undefined)),
    ...[...loose].map(([root, files]) => plainSet(tree, root === undefined ? 'files' : 'folder', root ?? '', files, root !== undefined)),
  ]
}

type Tree = {
  readings: readonly FileReading[]
  paths: string[]
  byPath: Map<string, number>
  folders: Set<string>
  charts: Set<string>
  /** Of each folder asked about: the chart that it is in. */
  chartOf: Map<string, string | undefined>
}

function treeOf(readings: readonly FileReading[], folders: readonly string[]): Tree {
  const paths = readings.map(({ path }) => normal(path))
  return {
    readings,
    paths,
    byPath: new Map(paths.map((path, index) => [path, index])),
    folders: new Set(folders.map(normal)),
    charts: new Set(paths.filter(path => posix.basename(path) === 'Chart.yaml').map(path => posix.dirname(path))),
    chartOf: new Map(),
  }
}

function normal(path: string): string {
  const joined = posix.normalize(path.replaceAll('\\', '/'))
  return joined.length > 1 && joined.endsWith('/') ? joined.slice(0, -1) : joined
}

function plainSet(tree: Tree, kind: FileSet['kind'], root: string, files: number[], walked: boolean): FileSet {
  return { kind, root, whole: walked && !hasUnread(tree, kind, files), files, settings: new Map(), variants: new Map(), generated: [] }
}

/** The nearest folder that was asked for above a path. */
function folderOf({ folders }: Tree, path: string): string | undefined {
  for (let at = path; ; at = posix.dirname(at)) {
    if (folders.has(at)) return at
    if (at === '.' || at === '/' || at === '..') return undefined
  }
}

/** The chart that a folder belongs to; a chart under `charts/` of another one belongs to that. */
function chartOf(tree: Tree, folder: string): string | undefined {
  if (tree.chartOf.has(folder)) return tree.chartOf.get(folder)
  const parent = posix.dirname(folder)
  const above = parent === folder ? undefined : chartOf(tree, parent)
  const isSubchart = above !== undefined && posix.basename(parent) === 'charts'
  const chart = tree.charts.has(folder) && !isSubchart ? folder : above
  tree.chartOf.set(folder, chart)
  return chart
}

/** True where a part of a Kubernetes file could not be read: what seems absent may stand there. */
function hasUnread({ readings }: Tree, kind: FileSet['kind'], files: number[]): boolean {
  return files.some(index => {
    const { text, uncovered } = readings[index]
    return uncovered.some(part => unread.has(part.reason) && (kind === 'chart' || part.reason === 'unreadable' || mayBeObject(text, part)))
  })
}

const unread = new Set<Uncovered['reason']>(['template', 'syntax', 'limit', 'unreadable', 'encoding'])

function mayBeObject(text: string, { span }: Uncovered): boolean {
  const part = text.slice(span.start, span.end)
  return part.includes('apiVersion') && part.includes('kind')
}

/** How many files all kustomizations together may list, and how deep one may build on another: bounds for hostile trees. */
const mostListed = 2_000_000
const deepest = 64

function kustomizationSets(tree: Tree): FileSet[] {
  const listings = new Map<string, Listing & { index: number }>()
  const patchFiles = patchFilesOf(tree)
  for (const [index, { artefacts }] of tree.readings.entries()) {
    if (!kustomizationNames.has(posix.basename(tree.paths[index]))) continue
    const value = artefacts.find(({ kind }) => kind === 'kustomization')?.value
    if (isView(value)) listings.set(posix.dirname(tree.paths[index]), { ...readListing(tree.paths[index], value, patchFiles), index })
  }
  const builtOn = new Set([...listings.values()].flatMap(listing => listing.entries.filter(entry => entry !== listing.folder)))
  const reached = new Set<string>()
  let left = mostListed
  const setOf = (folder: string): FileSet => {
    const walk = walkFrom(tree, listings, folder, left)
    left -= walk.listed
    for (const each of walk.folders.keys()) reached.add(each)
    const files = [...walk.files].sort((a, b) => a - b)
    const whole = !walk.open && !listings.get(folder)!.component && !hasUnread(tree, 'kustomization', files)
    return { kind: 'kustomization', root: folder, whole, files, settings: walk.settings, variants: walk.variants, generated: walk.generated }
  }
  const roots = [...listings.values()].filter(({ folder, component }) => !builtOn.has(folder) && !component)
  const sets = roots.map(({ folder }) => setOf(folder))
  // What no root reaches: components that nobody uses, and circles.
  for (const folder of listings.keys()) if (!reached.has(folder)) sets.push(setOf(folder))
  return sets
}

const kustomizationNames = new Set(['kustomization.yaml', 'kustomization.yml', 'Kustomization'])

/** A patch that many kustomizations list is read once. */
function patchFilesOf({ readings, byPath }: Tree): PatchFiles {
  const known = new Map<string, PatchDocument[]>()
  const textOf = (path: string) => readings[byPath.get(path) ?? -1]?.text
  return {
    textOf,
    documentsOf(path) {
      const text = textOf(path)
      if (text === undefined) return undefined
      const documents = known.get(path) ?? readPatch(text)
      known.set(path, documents)
      return documents
    },
  }
}

type Walk = Pick<FileSet, 'settings' | 'variants' | 'generated'> & { files: Set<number>; folders: Map<string, number>; open: boolean; listed: number }

/** In how many ways one kustomization may be built on in a set; further ones are not looked at. */
const mostVariants = 8

function walkFrom(tree: Tree, listings: Map<string, Listing & { index: number }>, root: string, allowed: number): Walk {
  const walk: Walk = { files: new Set(), folders: new Map(), settings: new Map(), variants: new Map(), generated: [], open: false, listed: 0 }
  const add = (path: string, setting: Setting, as: 'resource' | 'variant' | 'patch'): number | undefined => {
    const index = tree.byPath.get(path)
    // What is listed and not there is absent where the tree was walked, and unknown elsewhere.
    if (index === undefined) walk.open ||= folderOf(tree, path) === undefined
    else {
      walk.files.add(index)
      // A patch that is a resource of another kustomization is built there.
      if (!walk.settings.has(index)) walk.settings.set(index, setting)
      else if (as === 'variant') push(walk.variants, index, setting)
      else if (as === 'resource') {
        push(walk.variants, index, walk.settings.get(index)!)
        walk.settings.set(index, setting)
      }
    }
    return index
  }
  const within = new Set<string>()
  const visit = (folder: string, outer: Setting | undefined, depth: number): void => {
    const listing = listings.get(folder)!
    const times = walk.folders.get(folder) ?? 0
    if (times >= mostVariants || within.has(folder)) return
    if (depth > deepest || walk.listed > allowed) {
      walk.open = true
      return
    }
    walk.folders.set(folder, times + 1)
    within.add(folder)
    walk.open ||= listing.elsewhere
    walk.listed += listing.entries.length + listing.patchFiles.length + listing.generated.length
    walk.files.add(listing.index)
    const setting = settingWithin(listing, listings, outer)
    for (const entry of listing.entries) {
      if (listings.has(entry)) visit(entry, setting, depth + 1)
      else add(entry, setting, times === 0 ? 'resource' : 'variant')
    }
    for (const patch of listing.patchFiles) add(patch, setting, 'patch')
    for (const { configMap, file } of times === 0 ? listing.generated : []) {
      const index = add(file, setting, 'resource')
      const namespace = namespaceSetBy(setting)
      if (index !== undefined) walk.generated.push(namespace === undefined ? { configMap, file: index } : { configMap, namespace, file: index })
    }
    within.delete(folder)
  }
  visit(root, undefined, 0)
  return walk
}

/** What holds for all that a kustomization lists: what it says, and under that what its components and theirs say. */
function settingWithin(listing: Listing, listings: Map<string, Listing>, outer: Setting | undefined, known = new Set<Listing>()): Setting {
  let setting: Setting = outer === undefined ? listing.setting : { ...listing.setting, outer }
  for (const entry of listing.entries) {
    const inner = listings.get(entry)
    if (inner?.component !== true || known.has(inner) || known.size >= mostComponents) continue
    known.add(inner)
    setting = settingWithin(inner, listings, setting, known)
  }
  return setting
}

/** Further components of one kustomization are not looked at. */
const mostComponents = 100

function push<Key, Item>(groups: Map<Key, Item[]>, key: Key, item: Item): void {
  const group = groups.get(key)
  if (group === undefined) groups.set(key, [item])
  else group.push(item)
}
