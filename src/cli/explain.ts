import { lintEnforcement } from '../finding/enforcement.ts'
import type { Control } from '../policy/catalogue.ts'
import { judgedBy, mayBeUndecidable, readKnown, type Known } from '../policy/known.ts'
import type { Reference } from '../policy/reference.ts'
import type { Out } from '../report/report.ts'
import { wrapped } from '../report/wrap.ts'
import { bundleFolder, checklistsFolder } from './bundle-folder.ts'
import { helpOption, parse } from './options.ts'
import { didYouMean } from '../input/suggest.ts'
import { UsageError } from './usage.ts'
import { packageVersion } from './version.ts'

const help = `mcp-policy explain CONTROL[/CASE]...

Tells what a control asks for and why, what lint and admission do about it,
which checklist items it decides, what to do, and shows an example.

  -h, --help

\`mcp-policy controls\` lists the controls.
`

/** `mcp-policy explain CONTROL[/CASE]...` */
export function explain(args: string[], out: Out): number {
  const { values, positionals } = parse('explain', args, helpOption)
  if (values.help) {
    out(help)
    return 0
  }
  if (positionals.length === 0) throw new UsageError('explain: which control? `mcp-policy controls` lists them')
  const known = readKnown(bundleFolder(), checklistsFolder())
  const texts = positionals.map(name => explanation(known, name))
  out(texts.join('\n'))
  return 0
}

/** Of prose, beside its indentation. */
const columns = 98

/** All that is known of a control, or of one case of it, as text. Throws a UsageError for a name that is none. */
export function explanation(known: Known, name: string): string {
  const { control, part } = named(known, name)
  const reference = known.reference[control.id]
  const cases = part === undefined ? Object.keys(control.cases) : [part]
  const items = control.items.filter(item => {
    const by = judgedBy(control, item)
    return part === undefined || by.length === 0 || by.includes(part)
  })
  const sections = [
    `${part === undefined ? control.id : `${control.id}/${part}`}  ${control.title}\n`,
    consequences(control, part),
    section('Why', [wrapped(reference.description, columns)]),
    section('Cases', cases.map(id => `${id}: ${control.cases[id]}${standards(control, id)}`)),
    section('Undecidable', mayBeUndecidable(known.catalogue, control.id) ? [wrapped(undecidable, columns)] : []),
    section('Not judged yet', reference.unread.length > 0 ? [wrapped(unread(reference), columns)] : []),
    section('Settings', Object.entries(reference.settings).map(([name, what]) => wrapped(`${name}: ${what}`, columns))),
    section('What to do', [wrapped(control.remediation, columns), ...(reference.fix === '' ? [] : [wrapped(`Can be automated: ${reference.fix.replace(/^yes: /, '')}`, columns)])]),
    section('Checklist items', items.map(id => itemLine(known, control, id))),
    ...reference.examples.map(({ file, text, finds }) => section(`Example ${file}`, [text.trimEnd(), ...finds])),
    section('See also', [...reference.also, ...reference.related]),
  ]
  return sections.filter(text => text !== '').join('\n')
}

export const undecidable = 'Where a template, a variable or a patch of a kustomization decides, a control cannot tell: that is reported as undecidable and fails no run.'

export const unread = ({ unread }: Reference): string => `No reader knows ${unread.join(', ')} yet: nothing is found there, and no item is met by it.`

function named(known: Known, name: string): { control: Control; part?: string } {
  const [id, part, ...rest] = name.split('/')
  const ids = known.catalogue.controls.map(control => control.id)
  const control = known.catalogue.controls.find(control => control.id === id)
  if (control === undefined) throw new UsageError(`no control ${id}${didYouMean(id, ids) || '; `mcp-policy controls` lists them'}`)
  if (part === undefined) return { control }
  if (rest.length === 0 && Object.hasOwn(control.cases, part)) return { control, part }
  const cases = Object.keys(control.cases)
  const hint = cases.length === 0 ? '; it has no cases' : didYouMean(part, cases) || `; it has ${cases.join(', ')}`
  throw new UsageError(`no case ${[part, ...rest].join('/')} of ${id}${hint}`)
}

export const lintDoes = { deny: 'fails the run', warn: 'warns', audit: 'notes it' }
export const admissionDoes = { deny: 'refuses the object', warn: 'warns', audit: 'notes it', none: 'does not judge it' }

function consequences(control: Control, part: string | undefined): string {
  const { severity, admission, artefacts, whole_set: set, profiles, since } = control
  const lines = [
    `Severity   ${severity}`,
    `Lint       ${lintDoes[lintEnforcement(control, { case: part }, 'mcp', 'production', packageVersion())]}`,
    `Admission  ${set && admission !== 'none' ? `${admissionDoes.none}; the audit of the cluster reports it as ${admission}` : admissionDoes[admission]}`,
    `Judges     ${artefacts.map(kind => (kind === 'reading' ? 'every file that is read' : kind)).join(', ')}${set ? ', compared with each other' : ''}`,
  ]
  if (profiles.length > 0) lines.push(`Profiles   ${profiles.join(', ')}`)
  lines.push(`Since      ${since}`)
  return `${lines.map(line => `  ${line}\n`).join('')}`
}

function standards(control: Control, id: string): string {
  return Object.entries(control.standard)
    .filter(([, cases]) => Object.hasOwn(cases, id))
    .map(([standard, cases]) => ` (${standard}: ${cases[id].join(', ')})`)
    .join('')
}

function itemLine({ items }: Known, control: Control, id: string): string {
  const by = judgedBy(control, id)
  return `${id}  ${items.get(id)?.text ?? ''}${by.length === 0 ? '' : ` [${by.join(', ')}]`}`
}

function section(title: string, paragraphs: string[]): string {
  const text = paragraphs.filter(paragraph => paragraph !== '').map(paragraph => `${paragraph.replace(/^(?=.)/gm, '  ')}\n`).join('')
  return text === '' ? '' : `${title}\n${text}`
}
