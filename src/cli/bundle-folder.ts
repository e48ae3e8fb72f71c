import { join } from 'node:path'

/** Where the compiled bundle stands: beside the shipped file, or in the sources. */
export function bundleFolder(): string {
  return join(shipped(), 'bundle')
}

/** Where the word-for-word checklists stand. */
export function checklistsFolder(): string {
  return join(shipped(), 'checklists')
}

// In the shipped CommonJS file `import.meta` is empty and `__dirname` is `dist/`.
function shipped(): string {
  return typeof __dirname === 'string' ? __dirname : join(import.meta.dirname, '..', '..', 'policies')
}
