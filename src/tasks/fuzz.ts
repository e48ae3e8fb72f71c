/**
 * Mutates real files and looks for what must never happen: an exception, a hang (over a second for a megabyte), a part of a file that is in
 * no document and in no coverage entry, a control that fails.
 *
 *   npm run fuzz -- --seconds 600 [--seed N] [--path PATH]
 *
 * A failure prints the seed and the path of the smallest case; both make it again. What was found stays as a test in `test/`.
 */
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { defaultLimits, type AccountedReading } from '../artefact/artefact.ts'
import { readFile } from '../artefact/read.ts'
import { defaultInputLimits } from '../input/limit.ts'
import { lint } from '../lint/lint.ts'
import { loadBundle } from '../policy/bundle.ts'
import type { Report } from '../report/report.ts'
import { unaccounted } from './accounted.ts'
import { corpora, filesBelow } from './corpora.ts'
import { policies, root } from './opa.ts'

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string' }, path: { type: 'string' } } })
const bundle = loadBundle(join(policies, 'bundle'))
const files = seeds()
const seed = values.seed === undefined ? Date.now() & 0x7fffffff : Number(values.seed)
let runs = 0
let slowest = { milliseconds: 0, name: '' }
process.stdout.write(`${files.length} files, ${values.seconds} s, seed ${seed}\n`)

/** Bytes that mean something to a reader, more often than any byte. */
const bytes = fc.oneof(
  fc.constantFrom('---\n', '--- # x\n', '...\n', '\t', '\r', '\r\n', ':', '- ', '? ', '{', '}', '[', ']', '&a ', '*a', '<<: *a\n', '!!int ', '!', '|', '>-\n', '"', "'", '#', '{{ x }}', '${X}',
    '%YAML 1.1\n', '\u0000', '\uFEFF', '\u0085', '\u2028', '`', '@', '\\', 'yes', '010', '1e400', '__proto__: 1\n', 'kind: List\nitems:\n', 'privileged: true\n').map(text => Buffer.from(text)),
  fc.uint8Array({ minLength: 1, maxLength: 8 }).map(array => Buffer.from(array)),
)
const operation = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), drop: fc.nat(40), repeat: fc.constantFrom(0, 1, 1, 1, 50), put: bytes })
const mutated = fc.tuple(fc.nat(files.length - 1), fc.array(operation, { minLength: 1, maxLength: 6 })).map(([index, operations]) => {
  let content: Buffer = files[index].bytes
  for (const { at, drop, repeat, put } of operations) {
    const offset = Math.floor(at * content.length)
    content = Buffer.concat([content.subarray(0, offset), ...Array.from({ length: repeat }, () => put), content.subarray(offset + drop)])
  }
  return { name: files[index].name, content }
})

fc.assert(fc.property(mutated, ({ name, content }) => {
  runs++
  // A second look, because a busy machine may take the processor away in the middle of the first.
  let { reading, report, milliseconds } = linted(name, content)
  const most = 1000 * Math.max(1, content.length / 1e6)
  if (milliseconds > most) ({ reading, report, milliseconds } = linted(name, content))
  if (milliseconds > slowest.milliseconds) slowest = { milliseconds, name }
  if (milliseconds > most) throw new Error(`${name}: ${milliseconds.toFixed(0)} ms of processor time for ${content.length} bytes`)
  const { lost, silent } = unaccounted(reading)
  if (lost !== '') throw new Error(`${name}: ${lost.length} characters are in no document`)
  if (silent.length > 0) throw new Error(`${name}: nothing is said of document ${silent[0]}`)
  const failed = report.coverage[0].documents.find(({ reason }) => reason === 'failed')
  if (failed !== undefined) throw new Error(`${name}: ${failed.detail}`)
}), {
  seed,
  path: values.path,
  numRuns: Number.MAX_SAFE_INTEGER,
  interruptAfterTimeLimit: Number(values.seconds) * 1000,
  markInterruptAsFailure: false,
  endOnFailure: false,
})
process.stdout.write(`${runs} mutated files, no fault; the slowest took ${slowest.milliseconds.toFixed(0)} ms (${slowest.name})\n`)

function linted(name: string, content: Buffer): { reading: AccountedReading; report: Report; milliseconds: number } {
  const start = process.cpuUsage()
  const reading = readFile(name, content, { limits: defaultLimits })
  const report = lint([reading], { skippedFiles: new Map(), ignoredFiles: [], problems: [] }, bundle, {
    profile: 'production', failOnUncovered: true, params: {}, limits: { ...defaultLimits, input: defaultInputLimits }, folders: [], tool: { name: 'fuzz', version: '0' },
  })
  const { user, system } = process.cpuUsage(start)
  return { reading, report, milliseconds: (user + system) / 1000 }
}

function seeds(): { name: string; bytes: Buffer }[] {
  return [corpora, join(root, 'test', 'examples'), join(root, 'examples')]
    .flatMap(filesBelow)
    .map(path => ({ name: basename(path), bytes: readFileSync(path) }))
    .filter(({ bytes }) => bytes.length < 64 * 1024)
}
