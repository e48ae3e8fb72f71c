import { defaultLimits } from '../artefact/artefact.ts'
import { defaultInputLimits } from '../input/limit.ts'
import { lint, type LintOptions } from '../lint/lint.ts'
import { loadBundle, type Bundle } from '../policy/bundle.ts'
import type { Report } from '../report/report.ts'
import { bundleFolder } from './bundle-folder.ts'
import { configHelp, configOptions, configured, configuredPaths, coversTree, type Configured } from './configured.ts'
import { findInputs, type Inputs } from './inputs.ts'
import { frugal } from './memory.ts'
import { count, size } from './options.ts'
import { withProgress } from './progress.ts'
import { UsageError } from './usage.ts'
import { packageVersion } from './version.ts'

/** The options of all commands that judge a tree. */
export const treeOptions = {
  ...configOptions,
  exclude: { type: 'string', multiple: true, default: [] as string[] },
  ignore: { type: 'boolean', default: true },
  'default-path': { type: 'string', multiple: true, default: [] as string[] },
  'stdin-filename': { type: 'string' },
  'max-file-size': { type: 'string' },
  'max-depth': { type: 'string' },
  'max-input-size': { type: 'string' },
  'fail-on-uncovered': { type: 'boolean', default: process.env.CI === 'true' },
} as const

export const treeHelp = `${configHelp}  --fail-on-uncovered     what cannot be read fails the run (default where
                          CI=true; --no-fail-on-uncovered takes it back)
  --exclude PATTERN       leaves files out, as a line of .gitignore would; may
                          be given several times
  --no-ignore             reads what .gitignore leaves out, too
  --default-path PATH     is judged where neither the arguments nor the
                          configuration name a path; may be given several times
  --stdin-filename NAME   the name that standard input is read and reported
                          under (default stdin)
  --max-file-size SIZE    larger files are not read (default 64M)
  --max-depth N           deeper nesting is not read (default ${defaultLimits.depth})
  --max-input-size SIZE   an artefact of which controls would read more is not
                          judged (default 4M)
`

type Values = Parameters<typeof configured>[0] & {
  exclude: string[]; ignore: boolean; 'default-path': string[]; 'stdin-filename'?: string; 'max-file-size'?: string; 'max-depth'?: string; 'max-input-size'?: string; 'fail-on-uncovered': boolean
}

/** What a command was asked to judge: by its arguments, and by the configuration. */
export type Asked = { bundle: Bundle; today: string; config: Configured; paths: string[]; values: Values }

/** From this many files on a run is kept small; below it the start-up counts more. */
const manyFiles = 1000

/** Reads the configuration, and finds out what is to be judged. */
export function ask(command: string, values: Values, positionals: string[]): Asked {
  const bundle = loadBundle(bundleFolder())
  const today = new Date().toISOString().slice(0, 10)
  const config = configured(values, positionals, bundle, today)
  const paths = [positionals, configuredPaths(config)].find(named => named.length > 0) ?? values['default-path']
  checkPaths(command, paths, values['stdin-filename'])
  return { bundle, today, config, paths, values }
}

/** Reads and judges what was asked for. `written` are the files that the command writes, which are no input of it. */
export function judge({ bundle, today, config, paths, values }: Asked, written: string[] = [], more: Partial<LintOptions> = {}): { report: Report; inputs: Inputs } {
  const limits = {
    bytes: values['max-file-size'] === undefined ? defaultLimits.bytes : size('--max-file-size', values['max-file-size']),
    depth: values['max-depth'] === undefined ? defaultLimits.depth : count('--max-depth', values['max-depth']),
    input: values['max-input-size'] === undefined ? defaultInputLimits : { ...defaultInputLimits, size: size('--max-input-size', values['max-input-size']) },
  }
  const inputs = findInputs(paths, {
    exclude: values.exclude,
    excluded: config.excluded,
    noIgnore: !values.ignore || values.strict,
    stdinName: values['stdin-filename'] ?? 'stdin',
    limits,
    reports: written,
  })
  const report = lint(withProgress(inputs.read(), inputs.count), inputs.surroundings, bundle, {
    ...config,
    baseline: undefined,
    today,
    wholeTree: coversTree(inputs.folders, config),
    failOnUncovered: values['fail-on-uncovered'],
    limits,
    folders: inputs.folders,
    tool: { name: 'mcp-policy', version: packageVersion() },
    collect: inputs.count > manyFiles ? frugal() : undefined,
    ...more,
  })
  return { report, inputs }
}

function checkPaths(command: string, paths: string[], stdinName: string | undefined): void {
  if (paths.length === 0) throw new UsageError(`${command}: no path is given; \`mcp-policy ${command} .\` judges this folder (mcp-policy ${command} --help)`)
  if (paths.includes('')) throw new UsageError(`${command}: one of the paths is empty; is a variable of the shell not set?`)
  if (stdinName !== undefined && !paths.includes('-')) throw new UsageError(`${command}: --stdin-filename names standard input, which is read where a path is -`)
}
