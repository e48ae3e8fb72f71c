import type { Catalogue } from '../policy/catalogue.ts'

/**
 * The text of `policies/main.rego`: for each kind of artefact one rule with the arrays of what its controls say, and one rule for each
 * control. Arrays written out are what the engine runs fastest; a rule that a package lacks must not be named, because one
 * missing name makes the whole array undefined.
 */
export function mainRego(catalogue: Catalogue): string {
  const rules = Object.values(catalogue.families).flatMap(({ lint, outcomes }) => [
    `${rule(lint.entrypoint)} := ${object({
      findings: array(lint.findings, 'findings'),
      excused: array(lint.excused, 'excused'),
      undecided: array(lint.undecided, 'undecided'),
    })}`,
    `${rule(outcomes.entrypoint)} := ${object({
      judged: array(outcomes.judged, 'judged'),
      inapplicable: array(outcomes.inapplicable, 'inapplicable'),
    })}`,
  ])
  const own = catalogue.controls.map(control => {
    const parts = partsOf(catalogue, control.id)
    return `${rule(catalogue.entrypoints[control.id])} := ${object(Object.fromEntries(parts.map(part => [part, reference(control.id, part)])))}`
  })
  return [
    '# METADATA\n# description: Written by the build from the controls; see src/tasks/main-rego.ts.\npackage mcp.main\n',
    ...rules,
    ...own,
  ].join('\n\n') + '\n'
}

export function entrypointRules(catalogue: Catalogue): string[] {
  return [
    ...Object.values(catalogue.families).flatMap(family => [family.lint.entrypoint, family.outcomes.entrypoint]),
    ...Object.values(catalogue.entrypoints),
  ]
}

function partsOf(catalogue: Catalogue, id: string): string[] {
  const parts = new Set<string>()
  for (const { lint, outcomes } of Object.values(catalogue.families)) {
    for (const part of ['findings', 'excused', 'undecided'] as const) if (lint[part].includes(id)) parts.add(part)
    for (const part of ['judged', 'inapplicable'] as const) if (outcomes[part].includes(id)) parts.add(part)
  }
  return [...parts].sort()
}

const rule = (entrypoint: string): string => entrypoint.slice(entrypoint.lastIndexOf('/') + 1)

const array = (ids: string[], part: string): string => `[${ids.map(id => reference(id, part)).join(', ')}]`

const object = (entries: Record<string, string>): string =>
  `{${Object.entries(entries).map(([key, value]) => `"${key}": ${value}`).join(', ')}}`

function reference(id: string, part: string): string {
  const [area, ...name] = id.split('-')
  return `data.mcp.controls.${area}.${name.join('_')}.${part}`
}
