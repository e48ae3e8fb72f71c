import { relative } from 'node:path'
import type { Since } from '../lint/since.ts'
import type { Bundle } from '../policy/bundle.ts'
import { OutputError, writeTo } from '../report/output.ts'
import type { Report } from '../report/report.ts'
import { readBaseline } from './baseline-file.ts'
import { complain } from './complain.ts'
import { standsIn } from './configured.ts'
import type { Inputs } from './inputs.ts'
import { helpOption, parse } from './options.ts'
import { print, readOutputs, type Output, type PrintOptions } from './print.ts'
import { projectPaths } from './project.ts'
import { changedSince } from './since.ts'
import { ask, judge, treeHelp, treeOptions, type Asked } from './tree.ts'
import { UsageError } from './usage.ts'

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
  --baseline FILE         what it holds was there before and fails nothing
                          (default that of the configuration; --no-baseline
                          takes none); \`mcp-policy baseline\` writes it
  --since REV             reports what has changed since REV was left (a branch,
                          a tag, a commit), not committed files included; all
                          is read and judged
${treeHelp}  -v, --verbose           lists what is undecidable, exempt, known from the
                          baseline, or of kinds that no control reads, too
  -h, --help

Exit: 0 nothing denied, 1 something denied (or, in CI, not read),
2 it could not be done.
`

export function run(args: string[]): number {
  const { values, positionals } = parse('lint', args, {
    format: { type: 'string', multiple: true, default: ['text'] },
    category: { type: 'string' },
    ...treeOptions,
    baseline: { type: 'string' },
    since: { type: 'string' },
    verbose: { type: 'boolean', short: 'v', default: false },
    ...helpOption,
  })
  if (values.help) {
    writeTo(1, 'standard output', out => out(help))
    return 0
  }
  const outputs = readOutputs(values.format, values.category)
  const asked = ask('lint', values, positionals)
  const baseline = baselineOf(asked, values.baseline)
  const reports = outputs.flatMap(({ path }) => path ?? [])
  const { report, inputs } = judge(asked, baseline === undefined ? reports : [...reports, baseline], {
    baseline: baseline === undefined ? undefined : readBaseline(baseline),
    since: values.since === undefined ? undefined : sinceOf(values.since, asked),
    fromRoot: projectPaths(baseline),
  })
  const printed = printAll(report, asked.bundle, outputs, { verbose: values.verbose, category: values.category, failOn: asked.config.failOn }, inputs)
  for (const { path, message } of report.problems) complain(`${path}: ${message}`)
  if (!printed || report.problems.length > 0) return 2
  const { deny, warn } = report.summary.violated.enforcement
  const failing = { never: 0, deny, warn: deny + warn }[asked.config.failOn]
  return failing > 0 ? 1 : 0
}

/** The file with the findings that were there before: the command line's, else the configuration's. */
function baselineOf({ config, paths, values: { strict } }: Asked, given: string | undefined): string | undefined {
  if (given === '') return undefined
  if (strict && given !== undefined && standsIn(paths, given)) throw new UsageError(`--strict does not accept a baseline from the tree that is scanned (${given})`)
  return given ?? (config.baseline && relative('.', config.baseline))
}

/** Another configuration may change what is said of any file. */
function sinceOf(revision: string, { config: { configuration, name }, paths }: Asked): Since {
  const since = changedSince(revision, paths)
  if (configuration === undefined || !standsIn(paths, configuration.file.path) || !since.isChanged(configuration.file.path)) return since
  complain(`--since ${revision}: ${name} has changed, so all findings are reported`)
  return { ...since, isChanged: () => true }
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
