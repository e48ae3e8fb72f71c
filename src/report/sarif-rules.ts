import type { Control, Severity } from '../policy/catalogue.ts'
import type { Known } from '../policy/known.ts'
import { markdown } from './markdown-text.ts'

export const levelOf: Record<Severity, string> = { critical: 'error', high: 'error', medium: 'warning', low: 'note' }

/** Inside the ranges that GitHub names: critical from 9, high from 7, medium from 4. */
const securitySeverity: Record<Severity, string> = { critical: '9.5', high: '8.0', medium: '5.5', low: '2.0' }

const problemSeverity: Record<Severity, string> = { critical: 'error', high: 'error', medium: 'warning', low: 'recommendation' }

/** Areas whose controls are about an attacker; a missing disruption budget is a fault, but no vulnerability. */
const securityAreas = new Set(['auth', 'tls', 'secrets', 'net', 'workload', 'image', 'ratelimit', 'supply', 'host', 'agent'])

/** GitHub refuses more than 1,024 characters. */
const longestDescription = 1000

/**
 * A control as a SARIF rule, with all that the reference says of it. There is no `helpUri`: the reference is in the package, not at an
 * address.
 */
export function ruleOf(known: Known, control: Control): object {
  const { id, title, severity, items } = control
  const { description } = known.reference[id]
  const area = id.slice(0, id.indexOf('-'))
  const security = securityAreas.has(area)
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: shortened(description.trim()) },
    help: { text: helpText(known, control), markdown: helpMarkdown(known, control) },
    defaultConfiguration: { level: levelOf[severity] },
    properties: {
      tags: security ? ['security', area] : [area],
      precision: 'high',
      ...(security ? { 'security-severity': securitySeverity[severity] } : { 'problem.severity': problemSeverity[severity] }),
      severity,
      items,
    },
  }
}

/** Whole paragraphs, and where the first is too long whole sentences, as many as fit. */
function shortened(text: string): string {
  if (text.length <= longestDescription) return text
  const part = text.slice(0, longestDescription)
  const end = Math.max(part.lastIndexOf('\n\n'), part.lastIndexOf('. ') + 1, part.lastIndexOf('.\n') + 1)
  return part.slice(0, end > 0 ? end : part.lastIndexOf(' ')).trimEnd()
}

function helpText(known: Known, control: Control): string {
  const cases = Object.entries(control.cases).map(([id, text]) => `- ${id}: ${text}`)
  const items = control.items.map(id => `- ${id} ${known.items.get(id)?.text ?? ''}`)
  return sections([
    ['', [known.reference[control.id].description.trim()]],
    ['Cases', cases],
    ['What to do', [control.remediation.trim()]],
    ['Checklist items', items],
    ['See also', links(known, control)],
  ], title => title)
}

function helpMarkdown(known: Known, control: Control): string {
  const cases = Object.entries(control.cases).map(([id, text]) => `- \`${id}\`: ${text.replaceAll('\n', ' ')}`)
  const items = control.items.map(id => `- \`${id}\` ${markdown(known.items.get(id)?.text ?? '')}`)
  return sections([
    ['', [`**${markdown(control.title)}**`, '', known.reference[control.id].description.trim()]],
    ['Cases', cases],
    ['What to do', [control.remediation.trim()]],
    ['Checklist items', items],
    ['See also', links(known, control).map(link => `- <${link}>`)],
  ], title => `**${title}**`)
}

const links = (known: Known, control: Control): string[] => known.reference[control.id].related

const sections = (parts: [title: string, lines: string[]][], titled: (title: string) => string): string =>
  parts
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => (title === '' ? lines.join('\n') : `${titled(title)}\n\n${lines.join('\n')}`))
    .join('\n\n')
