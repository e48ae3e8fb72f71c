import { judgeItems } from '../checklist/evaluate.ts'
import { systemsFound } from '../checklist/systems.ts'
import { readChecklists, systems } from '../checklist/table.ts'
import { totals, writeChecklist } from '../checklist/text.ts'
import { collector } from '../lint/outcomes.ts'
import { readKnown } from '../policy/known.ts'
import { writeTo } from '../report/output.ts'
import { reasonWord } from '../report/words.ts'
import { bundleFolder, checklistsFolder } from './bundle-folder.ts'
import { complain } from './complain.ts'
import { helpOption, oneOf, parse } from './options.ts'
import { projectPaths } from './project.ts'
import { ask, judge, treeHelp, treeOptions } from './tree.ts'

const help = `mcp-policy checklist [OPTIONS] PATH...

Goes through the items of the five production checklists and tells of each
whether it is met, violated, exempt, undecidable (and why), not applicable or
not selected, by what the files show. What only a running system can show is
open: an item that is met as far as files tell is "met offline".

  --format FORMAT         text (default) or json
  --system SYSTEM         judges the items of this system: ${systems.slice(0, 2).join(', ')},
                          ${systems.slice(2).join(', ')}; may be given
                          several times (default those of the configuration,
                          else those that are found)
  --all                   lists the items of systems that are not in use, too
${treeHelp}  -h, --help

Exit: 0 no item is violated, 1 one is, 2 it could not be done.
`

export function run(args: string[]): number {
  const { values, positionals } = parse('checklist', args, {
    format: { type: 'string', default: 'text' }, system: { type: 'string', multiple: true, default: [] as string[] }, all: { type: 'boolean', default: false }, ...treeOptions, ...helpOption,
  })
  if (values.help) {
    writeTo(1, 'standard output', out => out(help))
    return 0
  }
  const format = oneOf('--format', values.format, ['text', 'json'])
  const wanted = values.system.flatMap(value => value.split(',')).map(value => oneOf('--system', value.trim(), systems))
  const asked = ask('checklist', values, positionals)
  const collected = collector()
  const { report, inputs } = judge(asked, [], { fromRoot: projectPaths(), collector: collected })
  const decisions = collected.decisions()
  const inUse = wanted.length > 0 ? wanted : asked.config.systems ?? systemsFound(decisions, report.coverage, inputs.others)
  const known = readKnown(bundleFolder(), checklistsFolder())
  const items = judgeItems(readChecklists(checklistsFolder()), {
    decisions,
    controls: new Map(known.catalogue.controls.map(control => [control.id, control])),
    beyond: id => known.reference[id].beyond,
    selected: asked.config.selected ?? (() => true),
    systems: inUse,
    kinds: new Set(decisions.map(({ kind }) => kind)),
  })
  writeTo(1, 'standard output', out => {
    if (format === 'json') out(`${JSON.stringify({ version: 1, systems: inUse, totals: totals(items), notEvaluated: report.summary.notEvaluated, items }, null, 1)}\n`)
    else {
      writeChecklist(items, inUse, values.all, out)
      const left = report.summary.notEvaluated.map(({ reason, count }) => `${count} ${reasonWord(reason)}`)
      if (left.length > 0) out(`\nnot evaluated, so without a say here: ${left.join(', ')}\n`)
    }
  })
  for (const { path, message } of report.problems) complain(`${path}: ${message}`)
  if (report.problems.length > 0) return 2
  return items.some(({ state }) => state === 'violated') ? 1 : 0
}
