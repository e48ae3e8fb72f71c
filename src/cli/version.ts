import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundleFolder } from './bundle-folder.ts'

declare const MCP_POLICY_VERSION: string | undefined

/** The version of the package; a run from the sources reads it from package.json. */
export function packageVersion(): string {
  if (typeof MCP_POLICY_VERSION === 'string') return MCP_POLICY_VERSION
  return (JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8')) as { version: string }).version
}

export function version(): string {
  return `mcp-policy ${packageVersion()} bundle ${readFileSync(join(bundleFolder(), 'digest'), 'utf8').trim()}`
}
