import type { Enforcement } from '../policy/catalogue.ts'
import type { Known } from '../policy/known.ts'
import { whyNot } from './compact.ts'
import { writeList } from './json-list.ts'
import { compare, type Finding, type FindingArtefact, type Out, type Report } from './report.ts'
import { uriOf } from './repository-path.ts'
import { levelOf, ruleOf } from './sarif-rules.ts'
import { byUrgency } from './urgency.ts'
import { visible } from './visible.ts'
import { idOf, isExpected, liftedBy, plural } from './words.ts'

export type SarifOptions = {
  /** What tells this run from others of the same commit; services keep the results of each apart. */
  category?: string
  /** What the reference says of the controls. */
  known: Known
  /** The name of a file in its repository. */
  pathOf(file: string): string
}

/** GitHub refuses a run with more. */
export const mostAlerts = 25_000

type Location = { file: string; line: number; column?: number; endLine?: number; endColumn?: number; artefact?: FindingArtefact }
type Notification = { id: keyof typeof notifications; level: string; text: string; at?: Location; control?: string }

/** Why something is told that is no result. */
const notifications = {
  'not-evaluated': ['A part of a file that no control judged', 'The message says why, and what can be done: render a template, mend the syntax, raise a limit.'],
  problem: ['Something went wrong in the run', 'What the message names was not judged: a path that does not exist, a folder that cannot be listed, a control that failed.'],
  undecidable: ['A control that could not decide', 'A template, a variable or a patch of a kustomization decides. Judge what is rendered.'],
  exempt: ['A finding that is lifted', 'A dated decision or the object itself lifts it; the message says which.'],
  known: ['A finding that the baseline holds', 'It was there before. `mcp-policy lint` without a baseline reports it as it is.'],
  'left-out': ['Findings that are not in this file', 'The file holds as many as GitHub takes; the other formats hold all.'],
} as const

const descriptorOf = (id: Notification['id']): object => {
  const [short, help] = notifications[id]
  return { id, shortDescription: { text: short }, fullDescription: { text: `${short}. ${help}` }, help: { text: help } }
}

/**
 * SARIF 2.1.0 with everything: what is violated, what a control could not decide (kind `open`), and what is exempt (suppressed).
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html
 */
export function writeSarif(report: Report, out: Out, options: SarifOptions): void {
  writeRun(report, report.findings, notEvaluated(report), out, options)
}

/**
 * SARIF for GitHub code scanning. It opens an alert for every result, whatever its kind and suppressions, so only what is violated is a
 * result, the most urgent 25,000; all else is a notification. It makes `primaryLocationLineHash` itself and warns of any other.
 */
export function writeCodeScanning(report: Report, out: Out, options: SarifOptions): void {
  const urgent = byUrgency(report.findings)
  const told = notEvaluated(report)
  for (const finding of report.findings) {
    if (finding.outcome === 'violated' && !finding.baseline) continue
    const lifted = finding.outcome === 'exempt' ? liftedBy(finding) : ''
    told.push({ id: finding.outcome === 'violated' ? 'known' : finding.outcome, level: 'note', text: `${idOf(finding)}: ${finding.message}${lifted === '' ? '' : ` (${lifted})`}`, at: finding, control: finding.control })
  }
  const leftOut = urgent.length - mostAlerts
  if (leftOut > 0) told.push({ id: 'left-out', level: 'warning', text: `${plural(leftOut, 'finding')} of ${urgent.length} are not in this file, which may hold ${mostAlerts}; those that are left out are the least urgent.` })
  writeRun(report, urgent.slice(0, mostAlerts), told, out, options)
}

function notEvaluated({ coverage, problems }: Report): Notification[] {
  return [
    ...coverage.flatMap(({ file, documents }) => documents.filter(({ evaluated }) => !evaluated).map((document): Notification => ({
      id: 'not-evaluated',
      level: isExpected(document.reason ?? '') ? 'note' : 'warning',
      text: `not evaluated: ${whyNot(document)}`,
      at: { file, line: document.line, column: document.column },
    }))),
    ...problems.map(({ path, message }): Notification => ({ id: 'problem', level: 'error', text: `${path}: ${message}` })),
  ]
}

function writeRun(report: Report, findings: Finding[], told: Notification[], out: Out, { category, known, pathOf }: SarifOptions): void {
  const { tool, bundle, profile, summary, problems } = report
  const ids = [...new Set([...findings.map(({ control }) => control), ...told.flatMap(({ control }) => control ?? [])])].sort(compare)
  const ruleIndex = new Map(ids.map((id, index) => [id, index]))
  const controls = new Map(known.catalogue.controls.map(control => [control.id, control]))
  const kinds = (Object.keys(notifications) as Notification['id'][]).filter(id => told.some(one => one.id === id))

  out('{\n"$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",\n"version": "2.1.0",\n"runs": [{\n')
  out(`"tool": {"driver": {"name": ${JSON.stringify(tool.name)}, "version": ${JSON.stringify(tool.version)}, "semanticVersion": ${JSON.stringify(tool.version)},\n`)
  writeList('notifications', kinds, out, id => JSON.stringify(descriptorOf(id)))
  out(',\n')
  writeList('rules', ids, out, id => JSON.stringify(ruleOf(known, controls.get(id)!)))
  out('\n}},\n')
  out(`"automationDetails": ${JSON.stringify({ id: `${category || `mcp-policy/${profile}`}/` })},\n`)
  out(`"columnKind": "utf16CodeUnits",\n"newlineSequences": ${JSON.stringify(['\r\n', '\n', '\r'])},\n`)
  out(`"originalUriBaseIds": ${JSON.stringify({ '%SRCROOT%': { description: { text: 'The root of the repository, or the folder that the run was started in.' } } })},\n`)
  out(`"properties": ${JSON.stringify({ profile, bundle: bundle.digest })},\n`)
  out(`"invocations": [{"executionSuccessful": ${problems.length === 0},\n`)
  writeList('toolExecutionNotifications', told, out, one => JSON.stringify(notificationOf(one)))
  out('\n}],\n')
  writeList('results', findings, out, finding => JSON.stringify(resultOf(finding)))
  out('\n}]\n}\n')

  function notificationOf({ id, level, text, at, control }: Notification): object {
    return {
      descriptor: { id, index: kinds.indexOf(id) },
      ...(control === undefined ? {} : { associatedRule: { id: control, index: ruleIndex.get(control) } }),
      level,
      message: message(text),
      ...(at === undefined ? {} : { locations: [locationOf(at)] }),
    }
  }

  function resultOf(finding: Finding): object {
    const { control, case: part, severity, enforcement, outcome, artefact, path, fingerprint, labels } = finding
    const open = outcome === 'undecidable'
    return {
      ruleId: control,
      ruleIndex: ruleIndex.get(control),
      ...(open ? { kind: 'open', level: 'none' } : { level: outcome === 'exempt' ? levelOf[severity] : levels[enforcement] }),
      message: message(finding.message),
      locations: [locationOf(finding)],
      ...(summary.baseline !== undefined && outcome === 'violated' ? { baselineState: finding.baseline ? 'unchanged' : 'new' } : {}),
      partialFingerprints: { 'mcpPolicyFinding/v1': fingerprint },
      ...(outcome === 'exempt' ? { suppressions: [suppressionOf(finding)] } : {}),
      properties: { case: part, severity, enforcement, artefact: artefact.kind, container: artefact.container, path, labels },
    }
  }

  function locationOf({ file, line, column, endLine, endColumn, artefact }: Location): object {
    const path = pathOf(file)
    const uri = uriOf(path)
    return {
      physicalLocation: {
        artifactLocation: uri.startsWith('file:') ? { uri } : { uri, uriBaseId: '%SRCROOT%' },
        region: { startLine: line, startColumn: column, endLine, endColumn },
      },
      ...(artefact?.objectKind === undefined ? {} : { logicalLocations: [objectOf(artefact)] }),
    }
  }
}

/** What the run does about a finding. */
const levels: Record<Enforcement, string> = { deny: 'error', warn: 'warning', audit: 'note' }

/** A Kubernetes object: `apps/v1/Deployment/default/gateway`. */
function objectOf({ apiVersion, objectKind, namespace, name }: FindingArtefact): object {
  const steps = [apiVersion, objectKind, namespace, name].filter(step => step !== undefined && step !== '')
  return { name: name === undefined ? undefined : visible(name), fullyQualifiedName: visible(steps.join('/')), kind: 'resource' }
}

/** A decision of a configuration stands outside of what is judged; an annotation, a comment or what the object itself says stands in it. */
function suppressionOf({ exemption, reason }: Finding): object {
  if (exemption === undefined) return { kind: 'inSource', status: 'accepted', justification: visible(reason ?? '') }
  const { by, owner, last_day: lastDay } = exemption
  return { kind: by === 'configuration' ? 'external' : 'inSource', status: 'accepted', justification: visible(exemption.reason), properties: { owner: visible(owner), lastDay } }
}

/** `[text](address)` would be a link. */
const message = (text: string): { text: string } => ({ text: visible(text).replaceAll('](', '] (') })
