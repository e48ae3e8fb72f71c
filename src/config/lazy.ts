import type * as ConfigSchema from './config-schema.ts'

/** The check of a configuration, loaded when there is one: beside the shipped file the build puts its compiled form. */
export function configCheck(): typeof ConfigSchema.validate {
  return typeof require === 'function' ? (require('./config-schema.ts') as typeof ConfigSchema).validate : fromHere()
}

function fromHere(): typeof ConfigSchema.validate {
  const { createRequire } = process.getBuiltinModule('node:module')
  return (createRequire(import.meta.url)('./config-schema.ts') as typeof ConfigSchema).validate
}
