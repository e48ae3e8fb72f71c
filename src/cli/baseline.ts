import { statSync } from 'node:fs'
import { relative } from 'node:path'
import { baselineOf, pruned, total, writeBaseline, type Baseline } from '../finding/baseline.ts'
import { writeFile, writeTo } from '../report/output.ts'
import { plural } from '../report/words.ts'
import { readBaseline } from './baseline-file.ts'
import { complain } from './complain.ts'
import { helpOption, parse } from './options.ts'
import { baselineName, projectPaths } from './project.ts'
import { ask, judge, treeHelp, treeOptions } from './tree.ts'
import { UsageError } from './usage.ts'

const help = `mcp-policy baseline [OPTIONS] PATH...

Writes down the findings that there are, so that \`lint --baseline FILE\` fails
for new ones alone. Use the same options there.

  --output FILE           the file to write (default that of the configuration,
                          else ${baselineName})
  --prune                 keeps of the file that is there what still occurs, and
                          adds nothing
${treeHelp}  -h, --help

Findings are known by control, object and place, not by line: they may move.
What could not be read is in no baseline.
Exit: 0 written, 2 it could not be done.
`

export function run(args: string[]): number {
  const { values, positionals } = parse('baseline', args, { ...treeOptions, output: { type: 'string' }, prune: { type: 'boolean', default: false }, ...helpOption })
  if (values.help) {
    writeTo(1, 'standard output', out => out(help))
    return 0
  }
  if (values.output === '') throw new UsageError('--output: the file is missing')
  const asked = ask('baseline', values, positionals)
  const path = values.output ?? (asked.config.baseline === undefined ? baselineName : relative('.', asked.config.baseline))
  const before = values.prune || statSync(path, { throwIfNoEntry: false })?.isFile() ? readBefore(path, values.prune) : undefined
  const fromRoot = projectPaths(path)
  const { report, inputs } = judge(asked, [path], { fromRoot })
  for (const { path, message } of report.problems) complain(`${path}: ${message}`)
  if (report.problems.length > 0) return 2
  const controls = new Map(asked.bundle.catalogue.controls.map(control => [control.id, control]))
  const judges = (id: string) => !controls.has(id) || asked.config.selected?.(controls.get(id)!) !== false
  const baseline = values.prune ? pruned(before!, report, { folders: inputs.folders, fromRoot, judges }) : baselineOf(report, fromRoot)
  writeFile(path, out => writeBaseline(baseline, out))
  const unread = report.findings.filter(({ control }) => control === 'input-not-evaluated' || control === 'input-over-limit').length
  if (unread > 0) complain(`${plural(unread, 'part')} of the files could not be read: what is in them is not in the baseline (mcp-policy lint lists them)`)
  writeTo(1, 'standard output', out => out(`${path}: ${plural(total(baseline.findings), 'finding')}${changes(before, baseline)}\n`))
  return 0
}

/** The file that is there; one that is broken is no loss where all of it is written anew. */
function readBefore(path: string, needed: boolean): Baseline | undefined {
  try {
    return readBaseline(path)
  } catch (error) {
    if (needed || !(error instanceof UsageError)) throw error
    return undefined
  }
}

function changes(before: Baseline | undefined, after: Baseline): string {
  if (before === undefined) return ''
  const left = new Map<string, number>()
  for (const { control, case: part = '', fingerprint, count = 1 } of before.findings) {
    const key = `${control}/${part}/${fingerprint}`
    left.set(key, (left.get(key) ?? 0) + count)
  }
  let kept = 0
  for (const { control, case: part = '', fingerprint, count = 1 } of after.findings) {
    const key = `${control}/${part}/${fingerprint}`
    const same = Math.min(count, left.get(key) ?? 0)
    left.set(key, (left.get(key) ?? 0) - same)
    kept += same
  }
  const [added, removed] = [total(after.findings) - kept, total(before.findings) - kept]
  return ` (${added} more and ${removed} fewer than before)`
}
