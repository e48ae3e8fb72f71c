import type * as BaselineSchema from './baseline-schema.ts'

/** The check of a baseline, loaded when there is one: beside the shipped file the build puts its compiled form. */
export function baselineCheck(): typeof BaselineSchema.validate {
  return typeof require === 'function' ? (require('./baseline-schema.ts') as typeof BaselineSchema).validate : fromHere()
}

function fromHere(): typeof BaselineSchema.validate {
  const { createRequire } = process.getBuiltinModule('node:module')
  return (createRequire(import.meta.url)('./baseline-schema.ts') as typeof BaselineSchema).validate
}
