import { join } from 'node:path'

/** Where the compiled bundle stands: beside the shipped file, or in the sources. */
export function bundleFolder(): string {
  return join(shipped(), 'bundle')
}

/** Where the word-for-word checklists stand. */
export function checklistsFolder(): string {
  return join(shipped(), 'checklists')
}

/** Where the JSON Schemas stand: in the package, beside `dist/`. */
export function schemasFolder(): string {
  return join(shipped(), '..', 'schemas')
}

declare const MCP_POLICY_VERSION: string | undefined

// In the shipped CommonJS file `import.meta` is empty and `__dirname` is `dist/`. A test runner has a `__dirname` too, so the
// constant that the build puts in tells the two apart.
function shipped(): string {
  return typeof MCP_POLICY_VERSION === 'string' ? __dirname : join(import.meta.dirname, '..', '..', 'policies')
}
