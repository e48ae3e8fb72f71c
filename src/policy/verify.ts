import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** True when the files are those that the digest was made of. Not on the way of every run: the package manager checked the package. */
export function verifyBundle(folder: string): boolean {
  const digest = createHash('sha256')
  for (const name of ['controls.json', 'data.json', 'policy.wasm', 'reference.json']) {
    digest.update(name).update('\0').update(createHash('sha256').update(readFileSync(join(folder, name))).digest())
  }
  return readFileSync(join(folder, 'digest'), 'utf8').trim() === `sha256:${digest.digest('hex')}`
}
