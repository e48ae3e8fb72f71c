import { daysFrom } from '../finding/exemption-terms.ts'
import { writeTo } from '../report/output.ts'
import { compare, type ExemptionUse, type Out } from '../report/report.ts'
import { visible } from '../report/visible.ts'
import { plural } from '../report/words.ts'
import { complain } from './complain.ts'
import { helpOption, oneOf, parse } from './options.ts'
import { projectPaths } from './project.ts'
import { ask, judge, treeHelp, treeOptions } from './tree.ts'

const help = `mcp-policy exemptions [OPTIONS] PATH...

Lists the exemptions of the configuration, of comments and of annotations: the
days that are left, how many findings each lifts, who decided it and why. The
one that ends first stands first.

  --format FORMAT         text (default) or json
${treeHelp}  -h, --help

Exit: 0 each can be used, 1 one is expired or incomplete,
2 it could not be done.
`

/** An exemption with the days until its last one, negative when that is past; absent where it has none. */
type Listed = ExemptionUse & { daysLeft?: number }

export function run(args: string[]): number {
  const { values, positionals } = parse('exemptions', args, { format: { type: 'string', default: 'text' }, ...treeOptions, ...helpOption })
  if (values.help) {
    writeTo(1, 'standard output', out => out(help))
    return 0
  }
  const format = oneOf('--format', values.format, ['text', 'json'])
  const asked = ask('exemptions', values, positionals)
  const { report } = judge(asked, [], { fromRoot: projectPaths() })
  const listed = report.exemptions.map(use => ({ ...use, ...left(use, asked.today) })).sort(byEnd)
  writeTo(1, 'standard output', out => (format === 'json' ? out(`${JSON.stringify({ version: 1, today: asked.today, exemptions: listed }, null, 2)}\n`) : writeText(listed, out)))
  for (const { path, message } of report.problems) complain(`${path}: ${message}`)
  if (report.problems.length > 0) return 2
  return listed.some(({ state }) => unusable.has(state)) ? 1 : 0
}

const unusable = new Set<ExemptionUse['state']>(['expired', 'incomplete', 'too-long'])

function left({ state, last_day: day }: ExemptionUse, today: string): { daysLeft?: number } {
  return day === undefined || state === 'incomplete' ? {} : { daysLeft: daysFrom(today, day) }
}

const byEnd = (a: Listed, b: Listed): number =>
  (a.daysLeft ?? -Infinity) - (b.daysLeft ?? -Infinity) || compare(a.control, b.control) || compare(a.file, b.file) || a.line - b.line

function writeText(listed: Listed[], out: Out): void {
  for (const use of listed) {
    const who = [use.owner, use.reason].filter(text => text !== undefined).join(': ')
    out(`${visible(`${use.file}:${use.line}`)}  ${endOf(use)}  ${visible(use.control) || 'no control'}  ${stateOf(use)}${who === '' ? '' : `  ${visible(who)}`}\n`)
  }
  out(listed.length === 0 ? 'no exemptions\n' : `\n${plural(listed.length, 'exemption')}, ${plural(listed.reduce((sum, { findings }) => sum + findings, 0), 'finding')} lifted\n`)
}

function endOf({ daysLeft, last_day: day }: Listed): string {
  if (daysLeft === undefined) return 'no end'
  if (daysLeft < 0) return `ended ${day}`
  return daysLeft === 0 ? `ends today` : `${plural(daysLeft, 'day')} left`
}

function stateOf({ state, findings, written }: Listed): string {
  if (state === 'used') return findings === 0 ? 'lifts nothing yet (undecidable)' : `lifts ${plural(findings, 'finding')}`
  return { unused: 'meets nothing', expired: 'expired', refused: `not accepted from a ${written}`, incomplete: 'incomplete', 'too-long': 'too far ahead' }[state]
}
