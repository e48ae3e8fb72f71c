import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'

// Run as it is, this module compiles the schema. In the shipped files the build puts ajv's standalone code in its place, so that ajv is
// no part of them: see `checks` in src/tasks/build.ts.

/** Checks a value against `schemas/baseline.schema.json`; the first fault is in `errors`. */
export const validate: ValidateFunction = new Ajv().compile(
  JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'schemas', 'baseline.schema.json'), 'utf8')),
)
