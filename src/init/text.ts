import { systems } from '../checklist/table.ts'
import { visible } from '../report/visible.ts'
import { idOf, plural } from '../report/words.ts'
import type { Finding } from '../report/report.ts'
import type { Found } from './found.ts'

/**
 * A configuration of what was found, with comments: a run with it comes to the same findings as a run without. What might change some is a
 * proposal: a line with `#` before it and no blank, or more than one. The same tree gives the same text.
 */
export function configurationText(found: Found): string {
  const parts = [introduction, systemsPart(found), pathsPart(found), profilePart(found), composePart(found), baselinePart(found), factsPart(found), enforcementPart(found), exemptionsPart(found)]
  return `${parts.filter(part => part !== '').join('\n')}`
}

/** From this many denied findings on a baseline is proposed. */
export const manyDenied = 10

const introduction = `# Configuration of mcp-policy. What stands here without a # changes no finding; \`mcp-policy lint\` reads it.
# A line with a # and no blank behind it is a proposal, with the deeper lines below it: take the # of each away.
# docs/configuration.md of mcp-policy has all settings; \`mcp-policy schema config\` prints their schema.
`

const few = 20

/** Prose, one item a line; of many the first. */
function items(lines: string[]): string {
  const more = lines.length - few
  return [...lines.slice(0, more > 1 ? few : undefined), ...(more > 1 ? [`and ${more} more`] : [])].map(line => `# - ${line}\n`).join('')
}

/** Proposals, a line each; of many the first, so that the file can be read. */
const proposals = (lines: string[]): string => lines.slice(0, few * 5).map(line => `#${line}\n`).join('')

function systemsPart({ systems: found }: Found): string {
  const head = '# The systems of this repository, whose checklist items `mcp-policy checklist` goes through'
  if (found.length === systems.length) return `${head}; no file tells them.\n${proposals([`systems: [${systems.join(', ')}]`])}`
  return `${head}.\nsystems: [${found.join(', ')}]\n`
}

function pathsPart({ paths, holding, templates }: Found): string {
  const held = holding.map(({ path, files }) => `${visible(path)}${files === 1 ? '' : ` (${files} files)`}`)
  return `# What is judged where the command line names nothing. ${held.length === 0 ? 'Nothing was found there that controls read.\n' : `Of this, controls read:\n${items(held)}`}`
    + (templates === 0 ? '' : `# ${templates === 1 ? '1 document is a template, which is' : `${templates} documents are templates, which are`} not judged: render and lint what comes out.\n`)
    + `paths: [${paths.map(scalar).join(', ')}]\n`
    + '# What is left out, as lines of a .gitignore.\n'
    + proposals(['exclude: [vendor]'])
}

function profilePart({ folders }: Found): string {
  const text = '# production, staging (what would be denied is warned) or development (all is noted).\nprofile: production\n'
  if (folders.length === 0) return text
  return `${text}# Folders with settings of their own: the names of these say what they are for.\n${proposals(['folders:', ...folders.map(({ path, profile }) => `  ${scalar(path)}: {profile: ${profile}}`)])}`
}

function composePart({ unmarked }: Found): string {
  if (unmarked.length === 0) return ''
  return `# Compose files whose names do not say what they are for are judged as what may be deployed; production or development says it.\n${proposals(['compose:', '  files:', ...unmarked.map(file => `    ${scalar(file)}: production`)])}`
}

function baselinePart({ violated: { total, enforcement: { deny } }, paths }: Found): string {
  if (deny < manyDenied) return ''
  return `# ${plural(total, 'finding')} when this was written, ${deny} of which fail a run. To have new ones alone fail, write down what there is,
# \`mcp-policy baseline${paths.length === 0 ? ' .' : ''}\`, and commit the file.
${proposals(['baseline: .mcp-policy-baseline.json'])}`
}

function factsPart({ systems: found, isCompose }: Found): string {
  const isHangar = found.includes('hangar') && found.length < systems.length
  if (!isHangar && !isCompose) return ''
  return `# What no file tells.\n${proposals([
    ...(isHangar ? ['hangar:', '  critical_servers: [search]'] : []),
    ...(isCompose ? ['net:', '  public_ports:', '  - {port: 8443, reason: what for, owner: who decided it}'] : []),
  ])}`
}

function enforcementPart({ findings }: Found): string {
  const counts = new Map<string, number>()
  for (const { control, enforcement } of findings) if (enforcement === 'deny') counts.set(control, (counts.get(control) ?? 0) + 1)
  const [most] = [...counts].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
  return `# What is done about the findings of a control or of one of its cases: deny, warn or audit.${most === undefined ? '' : ` ${most[0]} has the most that are denied.`}
${proposals(['enforcement:', `  ${most?.[0] ?? 'image-pinned-tag'}: warn`])}# Parameters of controls.
${proposals(['params:', '  min_replicas_server: 2'])}`
}

function exemptionsPart({ findings: [first] }: Found): string {
  return `# Findings that do not count for a while. Without reason, owner and last day (at most 180 days ahead) one exempts nothing. A comment does the
# same beside the place: \`# mcp-policy: exempt CONTROL until DAY by OWNER: REASON\`.
${proposals([
  'exemptions:',
  `- control: ${first === undefined ? 'workload-no-hostpath' : idOf(first)}`,
  `  artefact: {${(first === undefined ? ['kind: DaemonSet', 'name: agent'] : artefactOf(first)).join(', ')}}`,
  '  reason: why it is acceptable',
  '  owner: who decided it',
  '  last_day: YYYY-MM-DD',
])}`
}

function artefactOf({ artefact: { kind, objectKind, namespace, name, container }, file }: Finding): string[] {
  const own = name === undefined ? [['kind', kind], ['file', file]] : [['kind', objectKind ?? kind], ['namespace', namespace], ['name', name]]
  return [...own, ['container', container]].flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${scalar(value)}`]))
}

/** A text as YAML has it on one line, in a map or a list. */
export function scalar(text: string): string {
  if (/^[A-Za-z_](?:[\w./@+-]*[\w/])?$/.test(text) && !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(text)) return text
  return JSON.stringify(text).replace(/[^\x20-\x7e\p{L}\p{N}\p{M}]/gu, escaped)
}

function escaped(character: string): string {
  const code = character.codePointAt(0)!.toString(16)
  return code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`
}
