import type { rare } from '../report/rare.ts'

/**
 * The formats of rare use, loaded when one is asked for. The build makes `reports.cjs` of them, beside the shipped file; run as it is, a
 * module has no `require` and makes one.
 */
export function rareFormats(): typeof rare {
  if (typeof require === 'function') return (require('../report/rare.ts') as { rare: typeof rare }).rare
  const { createRequire } = process.getBuiltinModule('node:module')
  return (createRequire(import.meta.url)('../report/rare.ts') as { rare: typeof rare }).rare
}
