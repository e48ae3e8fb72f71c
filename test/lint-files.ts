import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { defaultLimits, type FileReading } from '../src/artefact/artefact.ts'
import { readFile } from '../src/artefact/read.ts'
import { chartNames } from '../src/cli/charts.ts'
import { ignoreFiles } from '../src/cli/docker-ignore.ts'
import type { Profile } from '../src/finding/enforcement.ts'
import { defaultInputLimits } from '../src/input/limit.ts'
import { lint, type LintOptions } from '../src/lint/lint.ts'
import { loadBundle } from '../src/policy/bundle.ts'
import type { Report } from '../src/report/report.ts'

const bundle = loadBundle(join(import.meta.dirname, '..', 'policies', 'bundle'))

/** Lints files as the command does with its defaults; `folders` are the arguments that are folders. */
export function lintFiles(files: string[], folders: string[] = [], options: Partial<LintOptions> = {}): Report {
  const charts = chartNames()
  const ignored = ignoreFiles(defaultLimits)
  return lintReadings(files.map(file => readFile(file, readFileSync(file), { limits: defaultLimits, chartName: charts(file), ignore: ignored(file) })), folders, options)
}

/** Lints one text under a name. */
export function lintText(name: string, text: string | Uint8Array, options: Partial<LintOptions> = {}): Report {
  return lintReadings([readFile(name, typeof text === 'string' ? new TextEncoder().encode(text) : text, { limits: defaultLimits })], [], options)
}

/** Lints what was read. */
export function lintReadings(readings: FileReading[], folders: string[] = [], options: Partial<LintOptions> = {}): Report {
  return lint(readings, { skippedFiles: new Map(), ignoredFiles: [], problems: [] }, bundle, {
    profile: 'production' as Profile,
    failOnUncovered: false,
    params: {},
    limits: { ...defaultLimits, input: defaultInputLimits },
    folders,
    tool: { name: 'mcp-policy', version: 'test' },
    today: '2026-11-21',
    ...options,
  })
}

/** The files of a folder and below, sorted; a file gives itself. */
export function filesUnder(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
}
