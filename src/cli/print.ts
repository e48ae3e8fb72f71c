import { fstatSync } from 'node:fs'
import type { ControlText, Out, Report } from '../report/report.ts'
import { wantsColour } from '../report/colour.ts'
import { writeCompact } from '../report/compact.ts'
import { inert } from '../report/inert.ts'
import { writeJson } from '../report/json.ts'
import { writeFile, writeTo } from '../report/output.ts'
import { writeText } from '../report/text.ts'
import { readKnown } from '../policy/known.ts'
import { bundleFolder, checklistsFolder } from './bundle-folder.ts'
import { oneOf } from './options.ts'
import { rareFormats } from './rare-formats.ts'
import { UsageError } from './usage.ts'

const formats = ['text', 'compact', 'json', 'sarif', 'code-scanning', 'junit', 'github', 'gitlab', 'markdown'] as const

/** Where a report goes, and how it is written; without a path it goes to standard output. */
export type Output = { format: (typeof formats)[number]; path?: string }

/** Reads `--format` values such as `json` and `json=report.json`; at most one may go to standard output. */
export function readOutputs(values: string[], category?: string): Output[] {
  const outputs = values.map(value => {
    const equals = value.indexOf('=')
    if (equals === -1) return { format: oneOf('--format', value, formats) }
    const path = value.slice(equals + 1)
    if (path === '') throw new UsageError(`--format ${value}: the file is missing`)
    return { format: oneOf('--format', value.slice(0, equals), formats), path }
  })
  if (outputs.filter(({ path }) => path === undefined).length > 1) {
    throw new UsageError('--format: only one report can go to standard output; name a file for the others (--format json=report.json)')
  }
  const twice = outputs.find(({ path }, index) => path !== undefined && outputs.findIndex(other => other.path === path) < index)
  if (twice !== undefined) throw new UsageError(`--format: two reports cannot go to ${twice.path}`)
  if (category !== undefined && !outputs.some(({ format }) => format === 'sarif' || format === 'code-scanning')) {
    throw new UsageError('--category is for SARIF, and no --format writes any')
  }
  return outputs
}

export type PrintOptions = {
  verbose: boolean
  others: string[]
  controls: ReadonlyMap<string, ControlText>
  source(file: string): string | undefined
  /** For SARIF: what tells this run from others of the same commit. */
  category?: string
  /** What fails the run. */
  failOn: 'never' | 'deny' | 'warn'
}

export function print(report: Report, { format, path }: Output, options: PrintOptions): void {
  const write = writerOf(report, format, path === undefined && isTerminal(), options)
  if (path === undefined) writeTo(1, 'standard output', write)
  else writeFile(path, write)
}

function writerOf(report: Report, format: Output['format'], terminal: boolean, { verbose, others, controls, source, category, failOn }: PrintOptions): (out: Out) => void {
  switch (format) {
    case 'json': return out => writeJson(report, controls, out)
    case 'compact': return out => writeCompact(report, inert(out))
    case 'text': {
      const width = terminal ? process.stdout.columns ?? 100 : 120
      return out => writeText(report, controls, inert(out), { colour: wantsColour(process.env, terminal), detail: verbose ? 'all' : 'findings', width, others, source })
    }
    default: {
      const known = () => readKnown(bundleFolder(), checklistsFolder())
      return out => rareFormats()[format](report, out, { controls, known, folder: process.cwd(), category, failOn })
    }
  }
}

/** Without touching `process.stdout`, which loads much for a run whose report goes to a file. */
function isTerminal(): boolean {
  try {
    return fstatSync(1).isCharacterDevice() && process.stdout.isTTY
  } catch {
    return false
  }
}
