import { keyOf } from './lookup.ts'
import type { Labels, Selector } from './selectors.ts'

/** The label under which pods are found by the workload that makes them; no label of a file can have the key. */
const maker = '\u0000maker'

/** Labels that name the workload: what stands before the pod's number, or all of it. */
const naming = new Map<string, (value: string) => string>([
  ['statefulset.kubernetes.io/pod-name', value => keyOf('StatefulSet', value.replace(/-\d+$/, ''))],
  ['job-name', value => keyOf('Job', value)],
  ['batch.kubernetes.io/job-name', value => keyOf('Job', value)],
])

/** Labels whose values only the cluster knows. */
const given = new Set([
  'apps.kubernetes.io/pod-index', 'batch.kubernetes.io/job-completion-index', 'controller-revision-hash', 'pod-template-hash',
  'pod-template-generation', 'rollouts-pod-template-hash', 'controller-uid', 'batch.kubernetes.io/controller-uid',
])

/**
 * A selector without the labels that controllers put on pods, which stand in no template: those that name a workload become a demand for
 * that workload's pods, and the others are left out. One of nothing else selects what is not known.
 */
export function withoutControllerLabels(selector: Selector): Selector {
  if (!selector.pairs.some(isControllers) && !selector.expressions.some(({ key }) => isOfController(key))) return selector
  const pairs = selector.pairs.flatMap(([key, value]): [string, string][] => {
    const named = naming.get(key)
    if (named !== undefined) return [[maker, named(value)]]
    return given.has(key) ? [] : [[key, value]]
  })
  const expressions = selector.expressions.filter(({ key }) => !isOfController(key))
  if (pairs.length === 0 && expressions.length === 0) return { pairs: [[maker, '']], expressions: [], unresolved: 'a label that a controller gives its pods' }
  return { ...selector, pairs, expressions }
}

/** The labels of a workload's pods, with the one that such a selector demands. */
export function withMaker(kind: string, name: string, labels: Labels): Labels {
  return kind === 'StatefulSet' || kind === 'Job' ? { ...labels, [maker]: keyOf(kind, name) } : labels
}

const isControllers = ([key]: [string, string]): boolean => isOfController(key)
const isOfController = (key: string): boolean => naming.has(key) || given.has(key)
