import { readFileSync } from 'node:fs'
import { defaultLimits, type FileReading, type Limits } from '../artefact/artefact.ts'
import { readFile, unreadFile } from '../artefact/read.ts'
import { readCandidate } from '../artefact/candidate.ts'
import { walk } from '../artefact/walk.ts'
import { profiles } from '../finding/enforcement.ts'
import { defaultInputLimits } from '../input/limit.ts'
import { lint } from '../lint/lint.ts'
import { loadBundle, type Bundle } from '../policy/bundle.ts'
import type { Report } from '../report/report.ts'
import { bundleFolder } from './bundle-folder.ts'
import { chartNames } from './charts.ts'
import { writeTo } from '../report/output.ts'
import { oneOf, parse, size } from './options.ts'
import { print, readOutputs, type Output } from './print.ts'
import { UsageError } from './usage.ts'
import { packageVersion } from './version.ts'

const help = `mcp-policy lint [OPTIONS] PATH...

Judges Kubernetes files, compose files, Dockerfiles, env files, MCP client configurations, Helm values, mcp-hangar and mcp-bridge
configuration (also inside ConfigMaps), in files and folders. \`-\` reads standard input.

  --format FORMAT[=FILE]    text (default), compact or json; to a file when one is named; may be given several times
  --profile PROFILE         ${profiles.join(', ')} (default production)
  --fail-on-uncovered       what cannot be read fails the run (default when CI=true; --no-fail-on-uncovered)
  --exclude PATTERN         leaves files out, as a line of .gitignore would; may be given several times
  --no-ignore               reads what .gitignore leaves out, too
  --stdin-filename NAME     the name that standard input is read and reported under
  --max-file-size SIZE      larger files are not read (default 64M)
  --max-depth N             deeper nesting is not read (default 1000)
  --max-input-size SIZE     an artefact of which controls would read more is not judged (default 4M)
  -v, --verbose             lists what is undecidable, exempt, or of kinds that no control reads, too
  --help

Exit: 0 nothing denied, 1 something denied (or not read, in CI), 2 it could not be done.
`

export function run(args: string[]): number {
  const { values, positionals } = parse('lint', args, {
    format: { type: 'string', multiple: true, default: ['text'] },
    profile: { type: 'string', default: 'production' },
    'fail-on-uncovered': { type: 'boolean', default: process.env.CI === 'true' },
    exclude: { type: 'string', multiple: true, default: [] },
    ignore: { type: 'boolean', default: true },
    'stdin-filename': { type: 'string', default: 'stdin' },
    'max-file-size': { type: 'string' },
    'max-depth': { type: 'string' },
    'max-input-size': { type: 'string' },
    verbose: { type: 'boolean', short: 'v', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  })
  if (values.help) {
    writeTo(1, 'standard output', out => out(help))
    return 0
  }
  if (positionals.length === 0) throw new UsageError('lint: no path is given; `mcp-policy lint .` judges this folder (mcp-policy lint --help)')
  const outputs = readOutputs(values.format)
  const profile = oneOf('--profile', values.profile, profiles)
  const limits = {
    bytes: values['max-file-size'] === undefined ? defaultLimits.bytes : size('--max-file-size', values['max-file-size']),
    depth: values['max-depth'] === undefined ? defaultLimits.depth : size('--max-depth', values['max-depth']),
    input: values['max-input-size'] === undefined ? defaultInputLimits : { ...defaultInputLimits, size: size('--max-input-size', values['max-input-size']) },
  }

  const paths = positionals.filter(path => path !== '-')
  const walked = walk(paths, { exclude: values.exclude, noIgnore: !values.ignore })
  const missing = walked.problems.filter(({ path, errno }) => errno === 'ENOENT' && paths.includes(path))
  const files = readAll(walked.files, walked.pipes, limits)
  if (positionals.includes('-')) files.push(readFile(values['stdin-filename'], readFileSync(0), { limits }))
  for (const { path, message } of walked.problems) if (!missing.some(one => one.path === path)) files.push(unreadFile(path, 'unreadable', message))
  files.sort((a, b) => (a.path < b.path ? -1 : 1))

  const bundle = loadBundle(bundleFolder())
  const report = lint(files, {
    skippedFiles: walked.ignored,
    ignoredFiles: walked.excluded === 0 ? new Map() : new Map([['.gitignore or --exclude', walked.excluded]]),
    problems: missing.map(({ path, message }) => ({ path, message })),
  }, bundle, {
    profile,
    failOnUncovered: values['fail-on-uncovered'],
    params: {},
    limits,
    folders: paths,
    tool: { name: 'mcp-policy', version: packageVersion() },
  })
  return printed(report, bundle, outputs, values.verbose, files)
}

function readAll(paths: string[], pipes: Set<string>, limits: Limits): FileReading[] {
  const charts = chartNames()
  return paths.map(path => {
    const read = readCandidate(path, limits, pipes.has(path) ? 'pipe' : 'file')
    if (!(read instanceof Uint8Array)) return unreadFile(path, read.errno === 'EFBIG' ? 'limit' : 'unreadable', read.message)
    return readFile(path, read, { limits, chartName: charts(path) })
  })
}

function printed(report: Report, bundle: Bundle, outputs: Output[], verbose: boolean, files: FileReading[]): number {
  const texts = new Map(files.map(file => [file.path, file.text]))
  const controls = new Map(bundle.catalogue.controls.map(control => [control.id, control]))
  for (const output of outputs) print(report, output, { verbose, controls, source: file => texts.get(file) })
  if (report.problems.length > 0) return 2
  return report.summary.violated.enforcement.deny > 0 ? 1 : 0
}
