import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linesOf as placesOf } from '../../src/finding/place.ts'
import { linesOf } from '../../src/report/lines.ts'

test('lines are those that places are counted in', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom('a', '\r', '\n', '\r\n', 'é', '😀', '\u2028')), parts => {
    const text = parts.join('')
    const lines = linesOf(text)
    const places = placesOf(text)
    expect(lines.count).toBe(places.at(text.length).line)
    for (let offset = 0; offset < text.length; offset++) {
      if (/[\r\n]/.test(text[offset])) continue
      const { line, column } = places.at(offset)
      expect(lines.at(line)[column - 1]).toBe(text[offset])
    }
    for (let line = 1; line <= lines.count; line++) expect(lines.at(line)).toHaveLength(lines.lengthOf(line))
  }))
})
