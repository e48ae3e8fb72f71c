import { relative } from 'node:path'
import { defaultLimits } from '../artefact/artefact.ts'
import { defaultInputLimits } from '../input/limit.ts'
import { lint } from '../lint/lint.ts'
import type { Since } from '../lint/since.ts'
import { loadBundle, type Bundle } from '../policy/bundle.ts'
import { OutputError, writeTo } from '../report/output.ts'
import type { Report } from '../report/report.ts'
import { readBaselineOf } from './baseline-file.ts'
import { bundleFolder } from './bundle-folder.ts'
import { complain } from './complain.ts'
import { findInputs, type Inputs } from './inputs.ts'
import { frugal } from './memory.ts'
import { configHelp, configOptions, configured, configuredPaths, coversTree, standsIn, type Configured } from './configured.ts'
import { count, helpOption, parse, size } from './options.ts'
import { print, readOutputs, type Output, type PrintOptions } from './print.ts'
import { projectPaths } from './project.ts'
import { withProgress } from './progress.ts'
import { changedSince } from './since.ts'
import { UsageError } from './usage.ts'
import { packageVersion } from './version.ts'

const help = `mcp-policy lint [OPTIONS] PATH...

Judges Kubernetes files, compose files, Dockerfiles, env files, MCP client
configurations, Helm values, and mcp-hangar and mcp-bridge configuration (also
inside ConfigMaps), in files and folders. \`-\` reads standard input.

  --format FORMAT[=FILE]  text (default), compact, json, sarif, code-scanning
                          (SARIF for GitHub), junit, github (annotations),
                          gitlab (code quality) or markdown; to a file where
                          one is named; may be given several times
  --category NAME         for SARIF: what tells this run from other runs over
                          the same commit (default mcp-policy/PROFILE)
${configHelp}  --baseline FILE         what it holds was there before and fails nothing
                          (default that of the configuration; --no-baseline
                          takes none); \`mcp-policy baseline\` writes it
  --since REV             reports what has changed since REV was left (a branch,
                          a tag, a commit), not committed files included; all
                          is read and judged
  --fail-on-uncovered     what cannot be read fails the run (default where
                          CI=true; --no-fail-on-uncovered takes it back)
  --exclude PATTERN       leaves files out, as a line of .gitignore would; may
                          be given several times
  --no-ignore             reads what .gitignore leaves out, too
  --stdin-filename NAME   the name that standard input is read and reported
                          under (default stdin)
  --max-file-size SIZE    larger files are not read (default 64M)
  --max-depth N           deeper nesting is not read (default ${defaultLimits.depth})
  --max-input-size SIZE   an artefact of which controls would read more is not
                          judged (default 4M)
  -v, --verbose           lists what is undecidable, exempt, known from the
                          baseline, or of kinds that no control reads, too
  -h, --help

Exit: 0 nothing denied, 1 something denied (or, in CI, not read),
2 it could not be done.
`

/** From this many files on a run is kept small; below it the start-up counts more. */
const manyFiles = 1000

/** What says which files are read, and how they are judged and reported. */
export const lintOptions = {
  format: { type: 'string', multiple: true, default: ['text'] as string[] },
  category: { type: 'string' },
  ...configOptions,
  baseline: { type: 'string' },
  'no-baseline': { type: 'boolean', default: false },
  since: { type: 'string' },
  'fail-on-uncovered': { type: 'boolean', default: process.env.CI === 'true' },
  exclude: { type: 'string', multiple: true, default: [] as string[] },
  ignore: { type: 'boolean', default: true },
  'stdin-filename': { type: 'string' },
  'max-file-size': { type: 'string' },
  'max-depth': { type: 'string' },
  'max-input-size': { type: 'string' },
  verbose: { type: 'boolean', short: 'v', default: false },
  ...helpOption,
} as const

export type LintValues = ReturnType<typeof parse<typeof lintOptions>>['values']

export function run(args: string[]): number {
  const { values, positionals } = parse('lint', args, lintOptions)
  if (values.help) {
    writeTo(1, 'standard output', out => out(help))
    return 0
  }
  const outputs = readOutputs(values.format, values.category)
  const asked = ask('lint', values, positionals)
  const baseline = baselineOf(asked, values)
  const reports = outputs.flatMap(({ path }) => path ?? [])
  const since = values.since === undefined ? undefined : sinceOf(values.since, asked)
  const { report, inputs } = judge(asked, values, reports, { baseline, since, fromRoot: projectPaths(baseline) })
  const printed = printAll(report, asked.bundle, outputs, { verbose: values.verbose, category: values.category, failOn: asked.config.failOn }, inputs)
  for (const { path, message } of report.problems) complain(`${path}: ${message}`)
  if (!printed || report.problems.length > 0) return 2
  const { deny, warn } = report.summary.violated.enforcement
  const failing = { never: 0, deny, warn: deny + warn }[asked.config.failOn]
  return failing > 0 ? 1 : 0
}

/** What a command that judges was asked for: by its arguments, and by the configuration. */
export type LintAsked = { bundle: Bundle; today: string; config: Configured; paths: string[] }

export function ask(command: string, values: LintValues, positionals: string[]): LintAsked {
  const bundle = loadBundle(bundleFolder())
  const today = new Date().toISOString().slice(0, 10)
  const config = configured(command, values, positionals, bundle, today)
  const paths = positionals.length > 0 ? positionals : configuredPaths(config)
  checkPaths(command, paths, values['stdin-filename'])
  return { bundle, today, config, paths }
}

/** Reads and judges what was asked for. `written` are the files that the command writes, which are no input of it. */
export function judge(
  { bundle, today, config, paths }: LintAsked, values: LintValues, written: string[], { baseline, since, fromRoot }: { baseline?: string; since?: Since; fromRoot(path: string): string },
): { report: Report; inputs: Inputs } {
  const limits = {
    bytes: values['max-file-size'] === undefined ? defaultLimits.bytes : size('--max-file-size', values['max-file-size']),
    depth: values['max-depth'] === undefined ? defaultLimits.depth : count('--max-depth', values['max-depth']),
    input: values['max-input-size'] === undefined ? defaultInputLimits : { ...defaultInputLimits, size: size('--max-input-size', values['max-input-size']) },
  }
  const known = baseline === undefined ? undefined : readBaselineOf(baseline, bundle.digest)
  const inputs = findInputs(paths, {
    exclude: values.exclude,
    excluded: config.excluded,
    noIgnore: !values.ignore || values.strict,
    stdinName: values['stdin-filename'] ?? 'stdin',
    limits,
    reports: baseline === undefined ? written : [...written, baseline],
  })
  const report = lint(withProgress(inputs.read(), inputs.count), inputs.surroundings, bundle, {
    ...config,
    baseline: known,
    since,
    fromRoot,
    today,
    wholeTree: coversTree(inputs.folders, config),
    failOnUncovered: values['fail-on-uncovered'],
    limits,
    folders: inputs.folders,
    tool: { name: 'mcp-policy', version: packageVersion() },
    collect: inputs.count > manyFiles ? frugal() : undefined,
  })
  return { report, inputs }
}

/** The file with the findings that were there before: the command line's, else the configuration's. */
function baselineOf({ config, paths }: LintAsked, { baseline, 'no-baseline': none, strict }: LintValues): string | undefined {
  if (none && baseline !== undefined) throw new UsageError('lint: --baseline and --no-baseline contradict each other')
  if (baseline === '') throw new UsageError('--baseline: the file is missing')
  if (strict && baseline !== undefined && standsIn(paths, baseline)) throw new UsageError(`--strict does not accept a baseline from the tree that is scanned (${baseline})`)
  return none ? undefined : baseline ?? (config.baseline && relative('.', config.baseline))
}

/** Another configuration may change what is said of any file. */
function sinceOf(revision: string, { config: { configuration, name }, paths }: LintAsked): Since {
  const since = changedSince(revision, paths)
  if (configuration === undefined || !standsIn(paths, configuration.file.path) || !since.isChanged(configuration.file.path)) return since
  complain(`--since ${revision}: ${name} has changed, so all findings are reported`)
  return { ...since, isChanged: () => true }
}

function checkPaths(command: string, paths: string[], stdinName: string | undefined): void {
  if (paths.length === 0) throw new UsageError(`${command}: no path is given; \`mcp-policy ${command} .\` judges this folder (mcp-policy ${command} --help)`)
  if (paths.includes('')) throw new UsageError(`${command}: one of the paths is empty; is a variable of the shell not set?`)
  if (stdinName !== undefined && !paths.includes('-')) throw new UsageError(`${command}: --stdin-filename names standard input, which is read where a path is -`)
}

/** Writes each report that can be written, and says which cannot. */
function printAll(report: Report, bundle: Bundle, outputs: Output[], asked: Pick<PrintOptions, 'verbose' | 'category' | 'failOn'>, { files, others }: Inputs): boolean {
  const texts = new Map(files.map(file => [file.path, file.text]))
  const controls = new Map(bundle.catalogue.controls.map(control => [control.id, control]))
  let printed = true
  for (const output of outputs) {
    try {
      print(report, output, { ...asked, others, controls, source: file => texts.get(file) })
    } catch (error) {
      if (!(error instanceof OutputError)) throw error
      complain(error.message)
      printed = false
    }
  }
  return printed
}
