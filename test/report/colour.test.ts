import { expect, test } from 'vitest'
import { wantsColour } from '../../src/report/colour.ts'

test.each([
  [{}, true, true],
  [{}, false, false],
  [{ NO_COLOR: '1' }, true, false],
  [{ NO_COLOR: '' }, true, true],
  [{ NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
  [{ FORCE_COLOR: '1' }, false, true],
  [{ FORCE_COLOR: '' }, false, true],
  [{ FORCE_COLOR: '0' }, true, false],
  [{ TERM: 'dumb' }, true, false],
])('with %j, on a terminal %s, colour is %s', (environment, isTerminal, colour) => {
  expect(wantsColour(environment, isTerminal)).toBe(colour)
})
