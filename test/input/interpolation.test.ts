import { expect, test } from 'vitest'
import { interpolate, unresolvedIn, wholeText } from '../../src/input/interpolation.ts'

const environment = new Map([['SET', 'value'], ['EMPTY', '']])

test.each([
  ['plain', 'plain'],
  ['$SET', 'value'],
  ['${SET}/x', 'value/x'],
  ['a$$b', 'a$b'],
  ['$${SET}', '${SET}'],
  ['$$$SET', '$value'],
  ['${MISSING:-other}', 'other'],
  ['${MISSING-other}', 'other'],
  ['${EMPTY:-other}', 'other'],
  ['${EMPTY-other}', ''],
  ['${MISSING:-}', ''],
  ['${SET:+there}', 'there'],
  ['${EMPTY:+there}', ''],
  ['${EMPTY+there}', 'there'],
  ['${SET:?must be set}', 'value'],
  ['${MISSING:-${SET}-${ALSO:-deep}}', 'value-deep'],
  ['${MISSING:-a:b?c}', 'a:b?c'],
  ['${MISSING:=flux}', 'flux'],
  ['costs 5$ or $5', 'costs 5$ or $5'],
])('%s becomes %s', (text, expected) => {
  expect(wholeText(interpolate(text, environment))).toBe(expected)
})

test.each([
  ['${MISSING}', 'the variable MISSING'],
  ['x-$MISSING-y', 'the variable MISSING'],
  ['${MISSING:?say}', 'the variable MISSING'],
  ['${EMPTY:?say}', 'the variable EMPTY'],
  ['${MISSING:+there}', 'the variable MISSING'],
  ['${MISSING:-${ALSO}}', 'the variable ALSO'],
  ['{{ .Values.x }}', 'a template'],
  ['a {{ b', 'a template'],
  ['${}', 'a variable that is not well written'],
  ['${MISSING:-open', 'a variable that is not well written'],
  ['${1BAD}', 'a variable that is not well written'],
])('%s is not known', (text, expected) => {
  const pieces = interpolate(text, environment)
  expect(wholeText(pieces)).toBeUndefined()
  expect(unresolvedIn(pieces)).toBe(expected)
})

test('text from a default is told from text that is written', () => {
  expect(interpolate('a${B:-c${SET}}${SET}', environment)).toEqual([
    { text: 'a', from: 'text' },
    { text: 'cvalue', from: 'default' },
    { text: 'value', from: 'environment' },
  ])
})

test('defaults inside defaults are followed to a bound', () => {
  expect(unresolvedIn(interpolate('${A:-'.repeat(50_000) + '}'.repeat(50_000)))).toBe('a variable that is not well written')
})
