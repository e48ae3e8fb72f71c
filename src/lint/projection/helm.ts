import { posix } from 'node:path'
import type { Artefact, FileReading } from '../../artefact/artefact.ts'
import { markOf } from '../../input/compose-mark.ts'
import { valuesOf, type ValuesFile } from '../../input/helm-files.ts'
import { projectHelmValues } from '../../input/helm-values.ts'
import type { Projected } from '../../input/input.ts'
import type { KeySchemas } from '../../input/key-schema.ts'
import type { InputLimits, OverLimit } from '../../input/limit.ts'
import type { SecretRules } from '../../input/secret-name.ts'
import { textAt } from '../../input/view.ts'
import type { Unjudged } from '../coverage.ts'
import type { Item } from '../lint.ts'
import type { Leave } from '../objects.ts'

export type HelmContext = { rulesOf(file: FileReading): SecretRules; schemas: KeySchemas; limits: InputLimits; /** The folder arguments of the run. */ folders: string[] }

export type ProjectedValues = ValuesFile & { projected: Projected | OverLimit }

/**
 * The values of a run as controls see them, by their artefact; those of which the rendered manifests are among `objects`, and
 * those that are too much, are said to `leave`.
 */
export function projectAllValues(files: FileReading[], objects: Map<FileReading, Item[]>, context: HelmContext, leave: Leave): Map<Artefact, ProjectedValues> {
  const groups = valuesOf(files)
  const rendered = renderedCharts(objects, context.folders)
  const ofProduction = new Set(groups.filter(isForProduction).flatMap(group => group.slice(0, -1).map(({ artefact }) => artefact)))
  const values = new Map<Artefact, ProjectedValues>()
  const most = mostMerged(groups)
  let merged = 0
  for (const group of groups) {
    const last = group[group.length - 1]
    merged += group.length === 1 ? 0 : sizeOf(group)
    if (group.length > 1 && merged > most) {
      leave(last.file, { span: last.artefact.span, document: last.artefact.document, kind: 'helm-values', reason: 'limit', detail: 'more values build on one another than are put together in one run' })
      continue
    }
    const projected = projectHelmValues(group, context.rulesOf(last.file), context.limits, context.schemas)
    if (!('overLimit' in projected)) {
      const { chart } = projected.fields
      if (typeof chart === 'string' && rendered.has(`${argumentOf(last.file, context.folders)}\0${chart}`)) {
        leave(last.file, decidedElsewhere(last.artefact, chart))
        continue
      }
      // What production changes of it is judged with what production sets; alone it is nobody's production.
      if (group.length === 1 && ofProduction.has(last.artefact)) projected.profile ??= 'staging'
    }
    values.set(last.artefact, { ...last, projected })
  }
  return values
}

/** A configuration that stands in values is for what they are for. */
export function within(inner: Projected | OverLimit, values: ProjectedValues | undefined): Projected | OverLimit {
  const profile = values === undefined || 'overLimit' in values.projected ? undefined : values.projected.profile
  return profile === undefined || 'overLimit' in inner ? inner : { ...inner, profile }
}

const isForProduction = (group: ValuesFile[]): boolean => group.length > 1 && markOf(group[group.length - 1].file.path) === 'production'

/** How many characters may be read again because they are put together with others: a bound on many overlays of a large base. */
const mostMerged = (groups: ValuesFile[][]): number => 8 * 1024 * 1024 + 16 * sizeOf(groups.map(group => group[group.length - 1]))

const sizeOf = (files: ValuesFile[]): number => files.reduce((size, { file }) => size + file.text.length, 0)

/** The charts whose output is in the run, by the label that charts give their objects, under each folder argument. */
function renderedCharts(objects: Map<FileReading, Item[]>, folders: string[]): Set<string> {
  const charts = new Set<string>()
  for (const [file, own] of objects) {
    for (const { projected } of own) {
      const name = /^([\w.-]+?)-v?\d+\.\d/.exec(textAt(projected.fields.value, 'metadata', 'labels', 'helm.sh/chart'))?.[1]
      if (name !== undefined) charts.add(`${argumentOf(file, folders)}\0${name}`)
    }
  }
  return charts
}

/** The longest folder argument above a file; empty for a file that was named itself. */
function argumentOf({ path }: FileReading, folders: string[]): string {
  const file = posix.normalize(path.replaceAll('\\', '/'))
  const above = folders.map(folder => posix.normalize(`${folder.replaceAll('\\', '/')}/`)).filter(folder => folder === './' || file.startsWith(folder))
  return above.reduce((longest, folder) => (folder.length > longest.length ? folder : longest), '')
}

function decidedElsewhere({ span, document }: Artefact, chart: string): Unjudged {
  return { span, document, kind: 'helm-values', reason: 'out-of-scope', detail: `the rendered manifests of chart ${chart} are judged instead` }
}
