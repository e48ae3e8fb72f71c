import { add, find, keyOf, type Lookup } from './lookup.ts'
import { selects, type Labels, type Selector } from './selectors.ts'

/** Things with labels, found by selector without looking at each: what one demand of the selector leaves is what is compared. */
export type LabelIndex = {
  labelled: Labelled[]
  byPair: Lookup<number>
  byKey: Lookup<number>
  all: Lookup<number>
  /** Results by namespace and selector: sets repeat a few selectors often. */
  known: Map<string, number[]>
  /** Comparisons and results that are still allowed: a bound for hostile sets, in which everything selects everything. */
  left: number
}

export type Labelled = { namespace?: string; labels: Labels }

export function indexLabels(labelled: Labelled[], allowed = 10_000_000): LabelIndex {
  const index: LabelIndex = { labelled, byPair: new Map(), byKey: new Map(), all: new Map(), known: new Map(), left: allowed }
  for (const [number, { namespace, labels }] of labelled.entries()) {
    add(index.all, '', namespace, number)
    for (const key of Object.keys(labels)) {
      add(index.byKey, key, namespace, number)
      add(index.byPair, keyOf(key, labels[key]), namespace, number)
    }
  }
  return index
}

/**
 * The numbers of what the selector selects in a namespace (undefined: unnamed, which is any), ascending.
 * Undefined when the bound on comparisons is used up.
 */
export function selected(index: LabelIndex, selector: Selector, namespace: string | undefined): number[] | undefined {
  const id = JSON.stringify([namespace ?? null, selector.pairs, selector.expressions])
  const known = index.known.get(id)
  if (known !== undefined) {
    index.left -= known.length
    return index.left < 0 ? undefined : known
  }
  const candidates = fewest(index, selector, namespace)
  index.left -= candidates.reduce((sum, list) => sum + list.length, 1 + selector.pairs.length + selector.expressions.length)
  if (index.left < 0) return undefined
  const found = candidates.flat().filter(number => selects(selector, index.labelled[number].labels))
  const result = candidates.length > 1 ? [...new Set(found)].sort((a, b) => a - b) : found
  index.known.set(id, result)
  return result
}

/** The shortest lists that one demand of the selector leaves. */
function fewest(index: LabelIndex, selector: Selector, namespace: string | undefined): number[][] {
  const choices = [
    ...selector.pairs.map(([key, value]) => find(index.byPair, keyOf(key, value), namespace)),
    ...selector.expressions.flatMap(({ key, operator, values }) => {
      if (operator === 'In') return [values.flatMap(value => find(index.byPair, keyOf(key, value), namespace))]
      return operator === 'Exists' ? [find(index.byKey, key, namespace)] : []
    }),
  ]
  let best = choices.length === 0 ? find(index.all, '', namespace) : choices[0]
  for (const choice of choices) if (size(choice) < size(best)) best = choice
  return best
}

function size(lists: number[][]): number {
  let sum = 0
  for (const list of lists) sum += list.length
  return sum
}
