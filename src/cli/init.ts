import { realpathSync, statSync } from 'node:fs'
import { dirname, relative, resolve, sep } from 'node:path'
import { systemsFound } from '../checklist/systems.ts'
import { findConfiguration } from '../config/read.ts'
import { lookThrough } from '../init/found.ts'
import { configurationText, manyDenied } from '../init/text.ts'
import { collector } from '../lint/outcomes.ts'
import { writeFile, writeTo } from '../report/output.ts'
import { plural } from '../report/words.ts'
import { complain } from './complain.ts'
import { repositoryOf } from './configured.ts'
import { helpOption, parse } from './options.ts'
import { projectPaths } from './project.ts'
import { ask, judge } from './tree.ts'
import { UsageError } from './usage.ts'

const configName = '.mcp-policy.yaml'

const help = `mcp-policy init [OPTIONS] [PATH...]

Looks through files and folders (default this folder) as lint does, and writes
a configuration with what it finds: the systems, what to judge, and proposals
in comments. A run with it finds what a run without finds.

  --output FILE           the file to write (default ${configName} of this
                          folder); \`-\` prints it
  --force                 writes over a file that is there
  -h, --help

Exit: 0 written, 2 it could not be done.
`

/** Judged without a configuration, and with nothing left out. */
const plainRun = { config: '', strict: false, control: [], skip: [], exclude: [], ignore: true, 'default-path': [], 'fail-on-uncovered': false }

export function run(args: string[]): number {
  const { values, positionals } = parse('init', args, { output: { type: 'string', default: configName }, force: { type: 'boolean', default: false }, ...helpOption })
  if (values.help) {
    writeTo(1, 'standard output', out => out(help))
    return 0
  }
  if (values.output === '') throw new UsageError('--output: the file is missing')
  if (positionals.includes('-')) throw new UsageError('init: a configuration is for files, not for standard input')
  const prints = values.output === '-'
  const holds = values.output === configName ? findConfiguration('.') : undefined
  if (!prints && !values.force) refuseToOverwrite(values.output, holds)
  const paths = positionals.length > 0 ? positionals : ['.']
  const collected = collector()
  const { report, inputs } = judge(ask('init', plainRun, paths), [], { fromRoot: projectPaths(), collector: collected })
  for (const { path, message } of report.problems) complain(`${path}: ${message}`)
  if (report.problems.length > 0) return 2
  const folder = prints ? process.cwd() : dirname(resolve(values.output))
  const found = lookThrough(report, systemsFound(collected.decisions(), report.coverage, inputs.others), paths, path => relative(folder, resolve(path)).replaceAll(sep, '/') || '.')
  const text = configurationText(found)
  if (prints) {
    writeTo(1, 'standard output', out => out(text))
    return 0
  }
  writeFile(values.output, out => out(text))
  const { total, enforcement: { deny } } = found.violated
  writeTo(1, 'standard output', out => out(`${values.output}: written. ${plural(total, 'finding')}, ${deny} of which ${deny === 1 ? 'fails' : 'fail'} a run.${deny < manyDenied ? '' : ' `mcp-policy baseline` writes them down, so that new ones alone do.'}\n`))
  if (holds !== undefined && resolve(holds) !== resolve(values.output)) complain(`${relative('.', holds)} does not hold in this folder any more`)
  const root = repositoryOf('.')
  if (values.output === configName && root !== undefined && root !== realpathSync('.')) complain(`it holds for runs that start in this folder or below; the root of the repository is ${relative(realpathSync('.'), root)}`)
  return 0
}

/** What is there is not written over, nor is a configuration put in the shadow that holds here. */
function refuseToOverwrite(output: string, holds: string | undefined): void {
  if (statSync(output, { throwIfNoEntry: false }) !== undefined) throw new UsageError(`init: ${output} is there already; --force writes over it, --output=- prints what would be written`)
  if (holds !== undefined) throw new UsageError(`init: the configuration ${relative('.', holds)} holds here already; --force writes one for this folder in its place, --output=- prints it`)
}
