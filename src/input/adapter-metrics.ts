import type { Json } from '../artefact/document.ts'
import { isMap, type JsonMap } from '../artefact/json.ts'
import { readStream } from '../artefact/yaml/stream.ts'
import { textAt, viewsAt, type View } from './view.ts'

/** Stands for metrics whose names the rules of prometheus-adapter leave open. */
export const anyMetric = '*'

const mostCharacters = 256 * 1024
const deepest = 20

/** The metrics that a ConfigMap with rules of prometheus-adapter makes for HPAs; none for any other object. */
export function adapterMetrics(object: JsonMap): string[] {
  if (object.kind !== 'ConfigMap' || !isMap(object.data)) return []
  const texts = Object.values(object.data).filter((text): text is string => typeof text === 'string' && text.includes('seriesQuery') && text.length < mostCharacters)
  const names = texts.flatMap(text => readStream(text, 'kubectl', { depth: deepest }).flatMap(document => {
    if ('empty' in document) return []
    return 'error' in document ? [anyMetric] : namesIn(document.parsed.value)
  }))
  return [...new Set(names)]
}

const namesIn = (value: Json): string[] => ['rules', 'externalRules'].flatMap(key => viewsAt(value, key)).map(nameOf)

/** The name of a rule is what `as` says; where that takes a part of the series' name, only a suffix that is cut off is worked out. */
function nameOf(rule: View): string {
  const as = textAt(rule, 'name', 'as')
  if (as !== '' && !as.includes('$')) return as
  const series = seriesOf(textAt(rule, 'seriesQuery'))
  const matches = textAt(rule, 'name', 'matches')
  if (series === undefined) return anyMetric
  if (matches === '' && (as === '' || as === '$0' || as === '${0}')) return series
  const suffix = /^\^?\(\.\*\)(\w*)\$?$/.exec(matches)?.[1]
  if (suffix === undefined || !series.endsWith(suffix)) return anyMetric
  const part = series.slice(0, series.length - suffix.length)
  return (as === '' ? '$1' : as).replace(/\$\{1\}|\$1/, () => part)
}

/** The series of a query that names one. */
function seriesOf(query: string): string | undefined {
  return /^([A-Za-z_:][\w:]*)\s*(\{|$)/.exec(query)?.[1] ?? /__name__\s*=\s*"([A-Za-z_:][\w:]*)"/.exec(query)?.[1]
}
