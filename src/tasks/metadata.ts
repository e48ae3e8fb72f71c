import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Catalogue, Control, Family } from '../policy/catalogue.ts'
import { settingOf } from '../config/settings.ts'
import type { Reference } from '../policy/reference.ts'
import { examplesOf } from './examples.ts'
import { opa, policies } from './opa.ts'
import { descriptionOf } from './settings.ts'

type Annotation = {
  title?: string
  description?: string
  related_resources?: { ref: string; description?: string }[]
  custom?: Record<string, unknown>
}

const parts = ['findings', 'excused', 'undecided', 'judged', 'inapplicable'] as const
const severities = ['low', 'medium', 'high', 'critical']
const admissions = ['none', 'audit', 'warn', 'deny']
const known = new Set([
  'severity', 'admission', 'artefacts', 'whole_set', 'cases', 'standard', 'items', 'instances', 'remediation', 'profiles', 'since',
  'also', 'fix', 'beyond', 'unread', 'evidence', 'params',
])

/** Reads the METADATA of every control; a control whose METADATA is incomplete or not understood is an error, all at once. */
export function readControls(folders: string[]): { catalogue: Catalogue; reference: Record<string, Reference> } {
  const faults: string[] = []
  const read = folders
    .filter(folder => folder !== 'lib')
    .flatMap(area =>
      readdirSync(join(policies, area))
        .filter(file => file.endsWith('.rego') && !file.endsWith('_test.rego'))
        .sort()
        .map(file => readControl(area, file, faults)),
    )
    .sort((a, b) => (a.control.id < b.control.id ? -1 : 1))
  const ids = new Set(read.map(({ control }) => control.id))
  if (ids.size < read.length) faults.push('two controls have one id')
  if (faults.length > 0) throw new Error(`METADATA:\n${faults.join('\n')}`)
  const controls = read.map(({ control }) => control)
  return {
    catalogue: {
      controls,
      families: familiesOf(read),
      entrypoints: Object.fromEntries(controls.map(({ id }) => [id, `mcp/main/control_${id.replaceAll('-', '_')}`])),
    },
    reference: Object.fromEntries(read.map(({ control, reference }) => [control.id, reference])),
  }
}

type Read = { control: Control; reference: Reference; parts: Set<string> }

function readControl(area: string, file: string, faults: string[]): Read {
  const path = join(area, file)
  const name = file.slice(0, -'.rego'.length)
  const id = `${area}-${name.replaceAll('_', '-')}`
  const fault = (what: string) => faults.push(`policies/${path}: ${what}`)
  const text = readFileSync(join(policies, path), 'utf8')
  if (!text.includes(`\npackage mcp.controls.${area}.${name}\n`)) fault(`the package is not mcp.controls.${area}.${name}`)
  const annotation = packageAnnotation(path)
  const custom = annotation.custom ?? {}
  for (const key of Object.keys(custom)) if (!known.has(key)) fault(`custom.${key} is not known`)
  for (const key of ['title', 'description'] as const) if (!annotation[key]) fault(`${key} is missing`)
  for (const key of ['severity', 'admission', 'artefacts', 'items', 'remediation']) if (custom[key] === undefined) fault(`custom.${key} is missing`)
  if (!severities.includes(custom.severity as string)) fault(`severity is one of ${severities.join(', ')}`)
  if (!admissions.includes(custom.admission as string)) fault(`admission is one of ${admissions.join(', ')}`)
  const found = new Set<string>(parts.filter(part => new RegExp(`^(default )?${part}( contains | :=| =| if )`, 'm').test(text)))
  for (const part of ['findings', 'judged']) if (!found.has(part)) fault(`there is no rule ${part}`)
  return {
    parts: found,
    control: {
      id,
      title: annotation.title ?? '',
      severity: custom.severity as Control['severity'],
      admission: custom.admission as Control['admission'],
      artefacts: (custom.artefacts ?? []) as string[],
      whole_set: custom.whole_set === true,
      cases: (custom.cases ?? {}) as Control['cases'],
      standard: (custom.standard ?? {}) as Control['standard'],
      items: (custom.items ?? []) as string[],
      instances: (custom.instances ?? {}) as Control['instances'],
      remediation: ((custom.remediation ?? '') as string).trim(),
      profiles: (custom.profiles ?? []) as string[],
      since: (custom.since ?? '0.1.0') as string,
    },
    reference: {
      description: (annotation.description ?? '').trim(),
      related: (annotation.related_resources ?? []).map(({ ref }) => ref),
      also: (custom.also ?? []) as string[],
      fix: (custom.fix ?? '') as string,
      beyond: (custom.beyond ?? []) as string[],
      unread: (custom.unread ?? []) as string[],
      settings: settingsOf(Array.isArray(custom.params) ? custom.params as string[] : Object.keys(custom.params ?? {}), fault),
      examples: examplesOf(id),
    },
  }
}

/** The settings that give parameters their values, with what the schema of the configuration says of them. */
function settingsOf(params: string[], fault: (what: string) => void): Record<string, string> {
  return Object.fromEntries(params.map(param => {
    const setting = settingOf(param) ?? `params.${param}`
    const description = descriptionOf(setting)
    if (description === undefined) fault(`params: ${setting} is not in schemas/config.schema.json: describe it below params, or make it a setting in src/config/settings.ts`)
    return [setting, description ?? '']
  }))
}

function packageAnnotation(path: string): Annotation {
  const inspected = JSON.parse(opa(['inspect', '--annotations', '--format', 'json', path])) as {
    annotations?: { annotations: Annotation & { scope: string } }[]
  }
  return inspected.annotations?.find(({ annotations }) => annotations.scope === 'package')?.annotations ?? {}
}

/** The families: one for each kind of artefact, where a control that compares Kubernetes objects stands in `set` instead. */
function familiesOf(read: Read[]): Record<string, Family> {
  const families = new Map<string, Read[]>()
  for (const one of read) {
    const kinds = one.control.whole_set
      ? ['set', ...one.control.artefacts.filter(kind => kind !== 'kubernetes')]
      : one.control.artefacts
    for (const kind of kinds) families.set(kind, [...(families.get(kind) ?? []), one])
  }
  return Object.fromEntries([...families].sort(([a], [b]) => (a < b ? -1 : 1)).map(([kind, members]) => {
    const ids = (part: string) => members.filter(member => member.parts.has(part)).map(({ control }) => control.id)
    const suffix = kind.replaceAll('-', '_')
    return [kind, {
      lint: { entrypoint: `mcp/main/lint_${suffix}`, findings: ids('findings'), excused: ids('excused'), undecided: ids('undecided') },
      outcomes: { entrypoint: `mcp/main/outcomes_${suffix}`, judged: ids('judged'), inapplicable: ids('inapplicable') },
    }]
  }))
}
