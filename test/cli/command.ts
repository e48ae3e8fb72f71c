import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

export const shipped = join(import.meta.dirname, '..', '..', 'dist', 'mcp-policy.cjs')

export type Ran = { code: number | null; stdout: string; stderr: string }

/** The Node of the machine, where it has one of its own beside the pinned one. */
export const systemNode = ['/usr/bin/node', '/usr/local/bin/node'].find(path => existsSync(path))

/** Runs the shipped command. The environment has no CI and no colours unless it says so. */
export function mcpPolicy(args: string[], options: { cwd?: string; input?: string | Uint8Array; env?: Record<string, string>; node?: string[]; executable?: string } = {}): Ran {
  const { status, stdout, stderr } = spawnSync(options.executable ?? process.execPath, [...(options.node ?? []), shipped, ...args], {
    cwd: options.cwd,
    input: options.input ?? '',
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { PATH: process.env.PATH, ...options.env },
  })
  return { code: status, stdout, stderr }
}
