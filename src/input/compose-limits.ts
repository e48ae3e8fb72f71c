import type { Json } from '../artefact/document.ts'
import { builtRecord, leaf, type Built } from './built.ts'
import { scalarOf, type Reading } from './compose-reading.ts'
import { field, valueOf, type Layered } from './layered.ts'

/** How much a service may take of something: bytes, or thousandths of a CPU. 0 is no limit; what Compose refuses is a `fault`. */
export type Amount = { amount: number } | { fault: string } | { unresolved: string }

/** The limits of a service; what is written in several places counts as Compose takes it: `deploy` before `mem_limit` and `cpus`. */
export function limitsOf(service: Layered, reading: Reading): Built | undefined {
  const limits = field(field(field(service, 'deploy'), 'resources'), 'limits')
  const memory = strongest([read(field(limits, 'memory'), memoryOf, reading), read(field(service, 'mem_limit'), memoryOf, reading)])
  const cpus = strongest([
    read(field(limits, 'cpus'), cpusOf, reading), read(field(service, 'cpus'), cpusOf, reading), read(field(service, 'cpu_quota'), quotaOf, reading),
  ])
  return memory === undefined && cpus === undefined ? undefined : builtRecord({ memory, cpus })
}

function read(written: Layered | undefined, amountOf: (text: string) => Amount, reading: Reading): Built | undefined {
  if (written === undefined) return undefined
  const value = scalarOf(valueOf(written), reading) ?? null
  const text = typeof value === 'number' || typeof value === 'bigint' ? String(value) : value
  return leaf((typeof text === 'string' ? amountOf(text.trim()) : isUnresolved(text) ? text : { fault: 'is no amount' }) as Json, written)
}

const isUnresolved = (value: Json): value is { unresolved: string } => typeof value === 'object' && value !== null && 'unresolved' in value

/** The first that limits anything, else the first that is written. */
function strongest(found: (Built | undefined)[]): Built | undefined {
  const written = found.filter(amount => amount !== undefined)
  return written.find(({ value }) => (value as { amount?: number }).amount !== 0) ?? written[0]
}

const units: { [letter: string]: number } = { '': 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40, p: 2 ** 50 }

/** Bytes: a number with `b`, `k`, `m`, `g` and the like behind it, each a power of 1024, `GB` and `GiB` alike. */
export function memoryOf(text: string): Amount {
  const [, number, unit] = /^(\d+(?:\.\d+)?) ?([kmgtp]?)i?b?$/i.exec(text) ?? []
  return number === undefined ? { fault: 'is no amount of memory' } : { amount: Math.floor(Number(number) * units[unit.toLowerCase()]) }
}

function cpusOf(text: string): Amount {
  return /^\d*\.?\d+$|^\d+\.$/.test(text) ? { amount: Math.round(Number(text) * 1000) } : { fault: 'is no number of CPUs' }
}

/** Microseconds of each period, of which what a period is matters little here; -1 is no limit. */
function quotaOf(text: string): Amount {
  return /^-?\d+$/.test(text) ? { amount: Math.max(Number(text) / 100, 0) } : { fault: 'is no number of microseconds' }
}
