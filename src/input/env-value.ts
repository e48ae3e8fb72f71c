import type { Json } from '../artefact/document.ts'
import type { JsonMap } from '../artefact/json.ts'
import { secretOf } from './secret.ts'
import type { SecretRules } from './secret-name.ts'

/** What controls may know of the value of a container's variable: the value, or of a secret only its class. */
export function projectEnvValue(name: string, value: Json, rules: SecretRules): Json {
  if (typeof value === 'object') return null
  const secret = secretOf(name, value, 'kubernetes', rules)
  return secret === undefined ? value : { secret: secret as unknown as JsonMap }
}
