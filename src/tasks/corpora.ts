import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './opa.ts'

/** The folder of real files that tests, fuzzing and benchmarks read; none of it is in the project. */
export const corpora = process.env.MCP_POLICY_CORPORA ?? join(root, '..', 'shared', 'corpora')

/** False where it is absent; what needs it is then skipped, aloud. */
export const haveCorpora = existsSync(corpora)
if (!haveCorpora) process.stderr.write(`!!! SKIPPED: there are no corpora at ${corpora}; set MCP_POLICY_CORPORA\n`)

/** Files of a folder and below, sorted; none where there is no such folder. */
export function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
}
