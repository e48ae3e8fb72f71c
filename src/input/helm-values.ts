import type { Artefact, FileReading } from '../artefact/artefact.ts'
import type { Json, Path } from '../artefact/document.ts'
import { isMap, type JsonMap } from '../artefact/json.ts'
import { setKey } from '../artefact/placed.ts'
import { helmImages } from './images.ts'
import type { Projected } from './input.ts'
import { OverLimitError, type InputLimits, type OverLimit } from './limit.ts'
import { secretOf } from './secret.ts'
import type { SecretRules } from './secret-name.ts'
import { plain, project } from './shape.ts'
import type { SecretAt } from './without-secrets.ts'

/**
 * Helm values as controls see them: every value, with secrets as their class; beside it `chart` (where the chart is known), `overlay`
 * for a file that is not the base of its chart, and `images`. An overlay is not merged with its base: only what it sets is known.
 */
export function projectHelmValues(file: FileReading, artefact: Artefact, rules: SecretRules, limits: InputLimits): Projected | OverLimit {
  try {
    const projection = { literal: false, limits, injectedSidecars: new Set<string>(), secrets: rules, size: 0, unresolved: false }
    const secrets: ValueSecret[] = []
    const value = project(classified(artefact.value, '', [], false, { rules, limits, secrets }), plain, projection)
    const images = helmImages(artefact.value)
    const { chart, overlay } = artefact.about ?? {}
    return {
      kind: 'helm-values',
      identity: {},
      fields: {
        kind: 'helm-values',
        value,
        ...(typeof chart === 'string' && { chart }),
        ...(overlay === true && { overlay }),
        ...(images.length > 0 && { images }),
        ...(secrets.length > 0 && { secrets }),
      },
      source: path => ({ file, artefact, path }),
    }
  } catch (error) {
    if (!(error instanceof OverLimitError)) throw error
    return { overLimit: error.limit, detail: error.message, identity: {} }
  }
}

/** A secret of the values; `off` where it belongs to a part that is switched off. */
type ValueSecret = SecretAt & { off?: true }

type Classifying = { rules: SecretRules; limits: InputLimits; secrets: ValueSecret[] }

function classified(value: Json, name: string, path: Path, off: boolean, given: Classifying): Json {
  if (path.length > given.limits.depth) throw new OverLimitError('depth', `nested deeper than ${given.limits.depth}`)
  if (Array.isArray(value)) return value.map((item, index) => classified(item, name, [...path, index], off, given))
  if (isMap(value)) {
    const map: JsonMap = {}
    const named = typeof value.name === 'string' ? value.name : ''
    const isOff = off || (path.length > 0 && value.enabled === false)
    // `{name: DB_PASSWORD, value: ...}`, as an environment is often written.
    for (const [key, inner] of Object.entries(value)) {
      setKey(map, key, classified(inner, key === 'value' && named !== '' ? named : key, [...path, key], isOff, given))
    }
    return map
  }
  const secret = value === null ? undefined : secretOf(name, value, 'helm', given.rules)
  if (secret === undefined) return value
  given.secrets.push({ path, name, ...secret, ...(off && { off }) })
  return { secret: secret as unknown as JsonMap }
}
