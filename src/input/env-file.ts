import type { Artefact, FileReading } from '../artefact/artefact.ts'
import type { Json, Path } from '../artefact/document.ts'
import { isMap } from '../artefact/json.ts'
import { markOf } from './compose-mark.ts'
import { faultOf } from './compose-network.ts'
import { isExampleFile } from './example-file.ts'
import type { Projected } from './input.ts'
import { OverLimitError, type InputLimits, type OverLimit } from './limit.ts'
import { placeholderOf, type PlaceholderAt } from './placeholder.ts'
import { isSecretName, type SecretRules } from './secret-name.ts'
import { maskUrl, secretOf, type SecretFact } from './secret.ts'
import { hostsIn, isForOthers } from './url-hosts.ts'
import { userNamesIn } from './user-names.ts'
import { withoutSecrets } from './without-secrets.ts'

/**
 * A variable of an env file. `value` is a text, `{"secret": ...}` or `{"unresolved": ...}`. `asks`, in a file of a Compose project: the hosts of
 * its URLs that are an address or the machine itself.
 */
export type EnvVariable = { name: string; value: Json; asks?: { host: string; why: 'address' | 'host' }[] }

/**
 * An env file as controls see it: `value.variables` in the order of the file, a variable that is set twice once, with the value that
 * counts; beside it `mark`, what the file is for by its name, `example` for one that only shows what to set, `secrets`,
 * `placeholders`, and `duplicates`, the names that are set more than once. `ofCompose`: a Compose project of the run may read it.
 */
export function projectEnvFile(file: FileReading, artefact: Artefact, rules: SecretRules, limits: InputLimits, ofCompose = false): Projected | OverLimit {
  const entries = Object.entries(isMap(artefact.value) ? artefact.value : {})
  const literal = new Set(Array.isArray(artefact.about?.literal) ? artefact.about.literal : [])
  const users = userNamesIn(entries)
  const duplicates = [...new Set(artefact.remarks.filter(({ kind }) => kind === 'duplicate-key').map(({ path }) => String(path[0])))]
  const secrets: (SecretFact & { path: Path; name: string })[] = []
  const placeholders: PlaceholderAt[] = []
  try {
    const variables = entries.map(([name, value], index): EnvVariable => {
      const shown = shownValue(name, value, { literal: literal.has(name), users, rules, limits })
      const path = ['variables', index, 'value']
      if (shown.secret !== undefined) secrets.push({ path, name, ...shown.secret })
      const what = placeholderOf(shown.value, rules)
      if (what !== undefined) placeholders.push({ path, name, what })
      const asks = ofCompose ? asksOf(name, value) : []
      return { name, value: shown.value, ...(asks.length > 0 && { asks }) }
    })
    return {
      kind: 'env-file',
      identity: {},
      fields: {
        kind: 'env-file',
        value: { variables },
        mark: markOf(file.path),
        ...(isExampleFile(file.path) && { example: true }),
        ...(secrets.length > 0 && { secrets }),
        ...(placeholders.length > 0 && { placeholders }),
        ...(duplicates.length > 0 && { duplicates }),
      },
      source: ([list, index]) => ({ file, artefact, path: list === 'variables' && typeof index === 'number' && index < entries.length ? [entries[index][0]] : [] }),
    }
  } catch (error) {
    if (!(error instanceof OverLimitError)) throw error
    return { overLimit: error.limit, detail: error.message, identity: {} }
  }
}

function asksOf(name: string, value: Json): NonNullable<EnvVariable['asks']> {
  if (typeof value !== 'string' || isForOthers(name)) return []
  return hostsIn(name, value).flatMap(asked => {
    const why = asked.url ? faultOf(asked) : undefined
    return why === undefined ? [] : [{ host: asked.host, why }]
  })
}

type Showing = { literal: boolean; users: string[]; rules: SecretRules; limits: InputLimits }

/** A name without `=` takes its value from the environment of whoever reads the file; single quotes keep variables as they stand. */
function shownValue(name: string, value: Json, { literal, users, rules, limits }: Showing): { value: Json; secret?: SecretFact } {
  if (typeof value !== 'string') return { value: { unresolved: `the variable ${name}` } }
  const dialect = literal ? 'bridge' : 'env'
  const secret = secretOf(name, value, dialect, rules, users)
  if (secret === undefined) return { value: (withoutSecrets({ text: value }, dialect, rules, undefined, limits).value as { text: Json }).text }
  const masked = secret.within === 'url' && !isSecretName(name, value, rules) ? maskUrl(value, dialect) : undefined
  return { value: { secret: { ...secret }, ...(masked !== undefined && { masked }) }, secret }
}
