import { fstatSync, writeSync } from 'node:fs'

/** What a progress line is drawn on, and by which clock. */
export type Screen = {
  isTerminal(): boolean
  /** In milliseconds. */
  now(): number
  write(text: string): void
}

const quietFor = 1000
const redrawAfter = 100

/**
 * Passes files on, and tells a terminal that waits for more than a second how many have been read. Driven by the reading itself, which is
 * synchronous: there is no timer. The line is gone before anything else is written.
 */
export function* withProgress<One>(items: Iterable<One>, count: number, screen: Screen = standardError): Generator<One> {
  const started = screen.now()
  let last = started
  let read = 0
  let shown: boolean | undefined
  try {
    for (const item of items) {
      yield item
      read++
      const now = screen.now()
      if (now - started < quietFor || (shown !== undefined && now - last < redrawAfter)) continue
      shown ??= screen.isTerminal()
      last = now
      if (shown) screen.write(`\r\x1b[K${read} of ${count} files read`)
    }
  } finally {
    if (shown) screen.write('\r\x1b[K')
  }
}

/** Asked only after a second: a short run loads no module for it. */
const standardError: Screen = {
  isTerminal() {
    if (process.env.CI === 'true' || process.env.TERM === 'dumb') return false
    try {
      return fstatSync(2).isCharacterDevice() && process.getBuiltinModule('node:tty').isatty(2)
    } catch {
      return false
    }
  },
  now: () => performance.now(),
  write(text) {
    try {
      writeSync(2, text)
    } catch {
      // Whoever looked has gone.
    }
  },
}
