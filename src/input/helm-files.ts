import { posix } from 'node:path'
import type { Artefact, FileReading } from '../artefact/artefact.ts'

/** A values file, or values inside an object. */
export type ValuesFile = { file: FileReading; artefact: Artefact }

/**
 * The values of a run as they are deployed, each with what it builds on, the weakest first: `values.yaml` by itself, and every other file
 * with the `values.yaml` of its folder and of the chart that it is in. Values inside objects stand alone.
 */
export function valuesOf(files: FileReading[]): ValuesFile[][] {
  const all = files.flatMap(file => file.artefacts.filter(({ kind }) => kind === 'helm-values').map(artefact => ({ file, artefact })))
  const bases = new Map<string, ValuesFile>()
  for (const values of all) {
    const path = normal(values.file)
    if (values.artefact.outer === undefined && isBaseName(path) && !bases.has(posix.dirname(path))) bases.set(posix.dirname(path), values)
  }
  const charts = new Set(files.map(normal).filter(path => posix.basename(path) === 'Chart.yaml').map(path => posix.dirname(path)))
  return all.map(values => [...(values.artefact.outer === undefined ? basesOf(values, bases, charts) : []), values])
}

/** What a file builds on: the `values.yaml` of the chart, then the one beside it. */
function basesOf(values: ValuesFile, bases: Map<string, ValuesFile>, charts: Set<string>): ValuesFile[] {
  const path = normal(values.file)
  const folder = posix.dirname(path)
  const beside = isBaseName(path) ? undefined : bases.get(folder)
  const chart = chartAbove(folder, charts)
  const ofChart = chart === undefined ? undefined : bases.get(chart)
  return [...new Set([ofChart, beside])].filter(base => base !== undefined && base.file !== values.file) as ValuesFile[]
}

function chartAbove(folder: string, charts: Set<string>): string | undefined {
  for (let at = folder; ; at = posix.dirname(at)) {
    if (charts.has(at)) return at
    if (at === posix.dirname(at) || at === '..') return undefined
  }
}

const isBaseName = (path: string): boolean => /(^|\/)values\.ya?ml$/i.test(path)

const normal = ({ path }: FileReading): string => posix.normalize(path.replaceAll('\\', '/'))
