import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { indexLabels, selected } from '../../src/input/label-index.ts'
import { readLabels, readSelector, readServiceSelector, selects } from '../../src/input/selectors.ts'

type Expression = { key: string; operator: string; values?: string[] }
type Written = { matchLabels?: { [key: string]: string }; matchExpressions?: Expression[] }

const matches = (written: unknown, labels: { [key: string]: string }) => {
  const selector = readSelector(written)
  return selector !== undefined && selects(selector, labels)
}

describe('a label selector', () => {
  const labels = { app: 'gateway', tier: 'edge' }
  test.each<[string, unknown, boolean]>([
    ['empty', {}, true],
    ['missing', undefined, false],
    ['null', null, false],
    ['empty parts', { matchLabels: {}, matchExpressions: [] }, true],
    ['a pair', { matchLabels: { app: 'gateway' } }, true],
    ['one pair of two', { matchLabels: { app: 'gateway', tier: 'core' } }, false],
    ['In', { matchExpressions: [{ key: 'app', operator: 'In', values: ['router', 'gateway'] }] }, true],
    ['In of nothing', { matchExpressions: [{ key: 'app', operator: 'In', values: [] }] }, false],
    ['NotIn', { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['gateway'] }] }, false],
    ['NotIn of an absent key', { matchExpressions: [{ key: 'zone', operator: 'NotIn', values: ['gateway'] }] }, true],
    ['Exists', { matchExpressions: [{ key: 'tier', operator: 'Exists' }] }, true],
    ['DoesNotExist', { matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] }, false],
    ['DoesNotExist of an absent key', { matchExpressions: [{ key: 'zone', operator: 'DoesNotExist' }] }, true],
    ['an operator that is none', { matchExpressions: [{ key: 'tier', operator: 'exists' }] }, false],
    ['an expression that is none', { matchExpressions: ['tier'] }, false],
    ['both kinds', { matchLabels: { app: 'gateway' }, matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] }, false],
    ['a number', { matchLabels: { app: 1 } }, false],
    ['a key of Object', { matchExpressions: [{ key: 'constructor', operator: 'Exists' }] }, false],
  ])('%s', (_, written, expected) => {
    expect(matches(written, labels)).toBe(expected)
  })
})

test('a Service without a selector, or with an empty one, selects nothing', () => {
  expect([undefined, {}, null].map(readServiceSelector)).toEqual([undefined, undefined, undefined])
  expect(selects(readServiceSelector({ app: 'x' })!, { app: 'x', b: 'y' })).toBe(true)
})

test('what is not known is said', () => {
  const unknown = { unresolved: 'a template' }
  expect(readSelector({ matchLabels: { app: unknown } })?.unresolved).toBe('a template')
  expect(readSelector({ matchExpressions: [{ key: 'app', operator: 'In', values: [unknown] }] })?.unresolved).toBe('a template')
  for (const written of [unknown, { matchLabels: unknown }, { matchExpressions: unknown }]) {
    expect(readSelector(written)?.unresolved).toBe('a template')
    expect(matches(written, {})).toBe(false)
  }
  expect(readServiceSelector(unknown)?.unresolved).toBe('a template')
  expect(readLabels(unknown)).toEqual({ labels: {}, unresolved: 'a template' })
  expect(readServiceSelector({ app: unknown })?.unresolved).toBe('a template')
  expect(readLabels({ app: unknown, tier: 'edge' })).toEqual({ labels: { tier: 'edge' }, unresolved: 'a template' })
})

const key = fc.constantFrom('app', 'tier', 'zone', '__proto__')
const value = fc.constantFrom('a', 'b', 'c', '')
const labelMap = fc.dictionary(key, value, { noNullPrototype: true })
const expression = fc.record<Expression>({
  key, operator: fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist', 'Near'), values: fc.array(value, { maxLength: 3 }),
})
const selector = fc.record<Written>({ matchLabels: labelMap, matchExpressions: fc.array(expression, { maxLength: 3 }) }, { requiredKeys: [] })

/** The definition in the API reference, one clause each. */
function plainly(written: Written, labels: { [key: string]: string }): boolean {
  const pairs = new Map(Object.entries(labels))
  for (const [name, wanted] of Object.entries(written.matchLabels ?? {})) if (pairs.get(name) !== wanted) return false
  for (const { key: name, operator, values = [] } of written.matchExpressions ?? []) {
    const own = pairs.get(name)
    switch (operator) {
      case 'In': if (own === undefined || !values.includes(own)) return false; break
      case 'NotIn': if (own !== undefined && values.includes(own)) return false; break
      case 'Exists': if (own === undefined) return false; break
      case 'DoesNotExist': if (own !== undefined) return false; break
      default: return false
    }
  }
  return true
}

test('selectors select what the API reference says', () => {
  fc.assert(fc.property(selector, labelMap, (written, labels) => {
    expect(matches(written, labels)).toBe(plainly(written, labels))
  }), { numRuns: 2000 })
})

const namespace = fc.constantFrom(undefined, 'one', 'two')
test('the index finds what comparing each with each finds', () => {
  fc.assert(fc.property(fc.array(fc.record({ namespace, labels: labelMap }), { maxLength: 20 }), fc.array(fc.record({ namespace, selector }), { maxLength: 5 }), (things, wanted) => {
    const index = indexLabels(things)
    for (const each of wanted) {
      const slow = things.flatMap((thing, number) => {
        const near = each.namespace === undefined || thing.namespace === undefined || each.namespace === thing.namespace
        return near && plainly(each.selector, thing.labels) ? [number] : []
      })
      expect(selected(index, readSelector(each.selector)!, each.namespace)).toEqual(slow)
    }
  }), { numRuns: 1000 })
})

test('the bound on comparisons and results ends a search', () => {
  const index = indexLabels(Array.from({ length: 100 }, () => ({ labels: { app: 'x' } })), 250)
  const demanding = (values: string[]) => readSelector({ matchExpressions: [{ key: 'tier', operator: 'NotIn', values }] })!
  expect(selected(index, demanding(['1']), undefined)).toHaveLength(100)
  expect(selected(index, demanding(['1']), undefined)).toHaveLength(100)
  expect(selected(index, demanding(['2']), undefined)).toBeUndefined()
  expect(selected(index, demanding(['1']), undefined)).toBeUndefined()
})
