import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '..', '..')
export const policies = join(root, 'policies')

/** Runs the OPA that `policies/go.mod` pins (Go builds it once and caches it) and gives its standard output. */
export function opa(args: string[], input?: string): string {
  return execFileSync('go', ['tool', 'opa', ...args], {
    cwd: policies,
    encoding: 'utf8',
    input,
    maxBuffer: 1 << 28,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
}

export function haveGo(): boolean {
  try {
    execFileSync('go', ['version'], { stdio: 'ignore' })
    return existsSync(join(policies, 'go.mod'))
  } catch {
    return false
  }
}
