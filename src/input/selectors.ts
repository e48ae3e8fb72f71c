import { isView, textsAt, valueAt, type View } from './view.ts'

export type Labels = { readonly [key: string]: string }

/** What all of the selected must have; with no demands it selects everything. */
export type Selector = {
  pairs: [key: string, value: string][]
  expressions: { key: string; operator: string; values: string[] }[]
  /** Something in it is a template or a variable: what it selects is not known. */
  unresolved?: string
}

/** Reads a LabelSelector. Undefined for a missing one, which selects nothing; `{}` selects all. */
export function readSelector(written: unknown): Selector | undefined {
  if (!isView(written)) return undefined
  const expressions = written.matchExpressions
  const whole = unresolvedIn(written) ?? unresolvedIn(written.matchLabels) ?? unresolvedIn(expressions)
  if (whole !== undefined) return { ...nothing, unresolved: whole }
  const selector: Selector = { ...readPairs(written.matchLabels), expressions: [] }
  for (const expression of Array.isArray(expressions) ? expressions : []) {
    const values = valueAt(expression, 'values')
    const parts = [valueAt(expression, 'key'), valueAt(expression, 'operator'), ...(Array.isArray(values) ? values : [])]
    selector.unresolved ??= parts.map(unresolvedIn).find(reason => reason !== undefined)
    const [key, operator] = parts
    selector.expressions.push({
      key: typeof key === 'string' ? key : '',
      operator: typeof operator === 'string' ? operator : '',
      values: textsAt(expression, 'values'),
    })
  }
  return selector
}

/** Reads the selector of a Service, a plain map. Undefined for a missing and an empty one: both select nothing. */
export function readServiceSelector(written: unknown): Selector | undefined {
  const whole = unresolvedIn(written)
  if (whole !== undefined) return { ...nothing, unresolved: whole }
  return isView(written) && Object.keys(written).length > 0 ? { ...readPairs(written), expressions: [] } : undefined
}

function readPairs(map: unknown): Pick<Selector, 'pairs' | 'unresolved'> {
  const entries = isView(map) ? Object.entries(map) : []
  const unresolved = entries.map(([, value]) => unresolvedIn(value)).find(reason => reason !== undefined)
  // What is no string is no label: the API server refuses it, so nothing has it.
  const pairs = entries.map(([key, value]): [string, string] => [key, typeof value === 'string' ? value : noLabel])
  return unresolved === undefined ? { pairs } : { pairs, unresolved }
}

/** A value that no label can have. */
const noLabel = '\u0000'
const nothing: Selector = { pairs: [['', noLabel]], expressions: [] }

function unresolvedIn(value: unknown): string | undefined {
  const reason = valueAt(value, 'unresolved')
  return typeof reason === 'string' ? reason : undefined
}

/** The labels of a map that are strings, and whether one of the others is not known. */
export function readLabels(written: View): { labels: Labels; unresolved?: string } {
  const whole = unresolvedIn(written)
  if (whole !== undefined) return { labels: {}, unresolved: whole }
  const entries = Object.entries(written)
  const labels = Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
  const unresolved = entries.map(([, value]) => unresolvedIn(value)).find(reason => reason !== undefined)
  return unresolved === undefined ? { labels } : { labels, unresolved }
}

export function selects(selector: Selector, labels: Labels): boolean {
  return selector.pairs.every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value)
    && selector.expressions.every(expression => holds(expression, labels))
}

function holds({ key, operator, values }: Selector['expressions'][number], labels: Labels): boolean {
  const has = Object.hasOwn(labels, key)
  if (operator === 'In') return has && values.includes(labels[key])
  if (operator === 'NotIn') return !has || !values.includes(labels[key])
  if (operator === 'Exists') return has
  return operator === 'DoesNotExist' && !has
}
