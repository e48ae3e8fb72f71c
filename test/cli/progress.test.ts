import { expect, test } from 'vitest'
import { withProgress, type Screen } from '../../src/cli/progress.ts'

/** A screen whose clock goes on by `step` at each question. */
function screen(step: number, isTerminal = true): Screen & { written: string[]; asked: number } {
  let time = 0
  const made = { written: [] as string[], asked: 0, isTerminal: () => { made.asked++; return isTerminal }, now: () => (time += step), write: (text: string) => { made.written.push(text) } }
  return made
}

const files = Array.from({ length: 40 }, (_, index) => index)

test('all items come through, in order', () => {
  expect([...withProgress(files, 40, screen(100))]).toEqual(files)
})

test('less than a second shows nothing and asks for no terminal', () => {
  const shown = screen(20)
  expect([...withProgress(files, 40, shown)]).toHaveLength(40)
  expect({ written: shown.written, asked: shown.asked }).toEqual({ written: [], asked: 0 })
})

test('after a second a terminal is told, ten times a second at most, and the line is taken away', () => {
  const shown = screen(50)
  expect([...withProgress(files, 40, shown)]).toHaveLength(40)
  expect(shown.written).toEqual([...[20, 22, 24, 26, 28, 30, 32, 34, 36, 38, 40].map(read => `\r\u001b[K${read} of 40 files read`), '\r\u001b[K'])
  expect(shown.asked).toBe(1)
})

test('what is no terminal is told nothing', () => {
  const shown = screen(100, false)
  expect([...withProgress(files, 40, shown)]).toHaveLength(40)
  expect(shown.written).toEqual([])
})

test('a run that ends half-way takes the line away', () => {
  const shown = screen(600)
  for (const file of withProgress(files, 40, shown)) if (file === 5) break
  expect(shown.written.at(-1)).toBe('\r\u001b[K')
})
