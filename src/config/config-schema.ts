import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'

// Run as it is, this module compiles the schema. In the shipped files the build puts ajv's standalone code in its place, so that ajv is
// no part of them: see `compiledSchemas` in src/tasks/build.ts.

export type { ErrorObject }

/** Checks a value against `schemas/config.schema.json`; the faults are in `errors`. */
export const validate: ValidateFunction = new Ajv({ allErrors: true }).compile(
  JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'schemas', 'config.schema.json'), 'utf8')),
)
