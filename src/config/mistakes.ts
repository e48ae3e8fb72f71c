import type { Path } from '../artefact/document.ts'
import { didYouMean } from '../input/suggest.ts'

/** A fault in a configuration: which path of it is meant, and what is wrong with it. */
export type Mistake = { path: Path; what: string }

/** What ajv says of one fault. */
export type SchemaError = { instancePath: string; schemaPath: string; keyword: string; params: Record<string, unknown>; message?: string }

/** A configuration that cannot be used. The message has a line for each fault, `file:line:column: what`. */
export class ConfigError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ConfigError'
  }
}

/** The faults that a schema found, in the words of people; `known` gives the keys that a map may have, by its path. */
export function mistakesIn(errors: SchemaError[], known: (path: Path) => string[]): Mistake[] {
  // What a branch of an alternative lacks is said once, by the alternative.
  return errors.filter(({ schemaPath }) => !schemaPath.includes('/anyOf/')).map(error => mistake(error, known))
}

function mistake({ instancePath, keyword, params, message }: SchemaError, known: (path: Path) => string[]): Mistake {
  const path = stepsOf(instancePath)
  const name = path.length === 0 ? 'the configuration' : String(path.at(-1))
  switch (keyword) {
    case 'additionalProperties': {
      const key = String(params.additionalProperty)
      const keys = known(path)
      return { path: [...path, key], what: `there is no setting ${key}${path.length === 0 ? '' : ` in ${name}`}${didYouMean(key, keys) || (keys.length > 20 ? '; docs/configuration.md lists them' : `; one of ${keys.join(', ')}`)}` }
    }
    case 'required': return { path, what: `${String(params.missingProperty)} is missing` }
    case 'enum': return { path, what: `${name} is one of ${(params.allowedValues as unknown[]).join(', ')}` }
    case 'type': return { path, what: `${name} must be ${kinds[String(params.type)] ?? String(params.type)}` }
    case 'minLength': return { path, what: `${name} is empty` }
    case 'uniqueItems': return { path, what: `${name} has one item twice` }
    case 'pattern': return { path, what: `${name} ${patterns[String(params.pattern)] ?? 'is not written as it must be'}` }
    case 'anyOf': return { path, what: `${name} needs a name or a file` }
    default: return { path, what: `${name} ${message ?? 'is wrong'}` }
  }
}

const patterns: Record<string, string> = { '\\S': 'is empty', '^/': 'must begin with /' }

const kinds: Record<string, string> = { object: 'a map', array: 'a list', string: 'text (quote it)', boolean: 'true or false', integer: 'a whole number', number: 'a number' }

function stepsOf(pointer: string): Path {
  return pointer.split('/').slice(1).map(step => {
    const text = step.replaceAll('~1', '/').replaceAll('~0', '~')
    return /^\d+$/.test(text) ? Number(text) : text
  })
}
