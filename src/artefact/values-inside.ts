import type { Json, Path } from './document.ts'
import { at, isMap, type JsonMap } from './json.ts'
import { groupOf } from './kubernetes.ts'

/** Helm values in an object that installs a chart: a map, or the text of one. `chart` is null where the object names none. */
export type InnerValues = { path: Path; chart: string | null }

/** The Helm values in a Flux HelmRelease, an Argo CD Application or a HelmChart of k3s. */
export function valuesInside(object: JsonMap): InnerValues[] {
  const { kind } = object
  const group = groupOf(object)
  if (kind === 'HelmRelease' && group === 'helm.toolkit.fluxcd.io') return valuesAt(object, ['spec', 'values'], at(object, 'spec', 'chart', 'spec', 'chart'))
  if (kind === 'Application' && group === 'argoproj.io') return applicationValues(object)
  return kind === 'HelmChart' && group === 'helm.cattle.io' ? valuesAt(object, ['spec', 'valuesContent'], at(object, 'spec', 'chart')) : []
}

function applicationValues(application: JsonMap): InnerValues[] {
  const sources = at(application, 'spec', 'sources')
  const several = Array.isArray(sources) ? sources.map((source, index) => ({ source, path: ['spec', 'sources', index] as Path })) : []
  return [{ source: at(application, 'spec', 'source'), path: ['spec', 'source'] as Path }, ...several].flatMap(({ source, path }) =>
    ['valuesObject', 'values'].flatMap(key => {
      const values = at(source, 'helm', key)
      return isMap(values) || typeof values === 'string' ? [{ path: [...path, 'helm', key], chart: nameOf(at(source, 'chart')) }] : []
    }),
  )
}

function valuesAt(object: JsonMap, path: string[], chart: Json | undefined): InnerValues[] {
  const values = at(object, ...path)
  return isMap(values) || typeof values === 'string' ? [{ path, chart: nameOf(chart) }] : []
}

/** The name of a chart without the repository or folder in front. */
function nameOf(chart: Json | undefined): string | null {
  return typeof chart === 'string' ? chart.replace(/^.*\//, '') : null
}
