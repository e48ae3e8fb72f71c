import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const shipped = join(import.meta.dirname, '..', '..', 'dist', 'mcp-policy.cjs')

export type Ran = { code: number | null; stdout: string; stderr: string }

/** Runs the shipped command. The environment has no CI and no colours unless it says so. */
export function mcpPolicy(args: string[], options: { cwd?: string; input?: string | Uint8Array; env?: Record<string, string>; node?: string[] } = {}): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...(options.node ?? []), shipped, ...args], {
    cwd: options.cwd,
    input: options.input ?? '',
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { PATH: process.env.PATH, ...options.env },
  })
  return { code: status, stdout, stderr }
}
