import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { policies, root } from './opa.ts'

/**
 * A bundle of `count` controls: the real ones, and copies of them under other names until there are enough. For measuring what the
 * whole catalogue will cost. Works on a copy of the sources.
 */
export function paddedBundle(count: number, target: string): void {
  const scratch = mkdtempSync(join(tmpdir(), 'mcp-policy-padded-'))
  try {
    for (const name of ['src', 'policies', 'package.json']) cpSync(join(root, name), join(scratch, name), { recursive: true })
    symlinkSync(join(root, 'node_modules'), join(scratch, 'node_modules'))
    pad(join(scratch, 'policies'), count)
    execFileSync(process.execPath, [join(scratch, 'src', 'tasks', 'policies.ts')], { cwd: scratch, stdio: ['ignore', 'ignore', 'inherit'] })
    cpSync(join(scratch, 'policies', 'bundle'), target, { recursive: true })
  } finally {
    rmSync(scratch, { recursive: true })
  }
}

function pad(folder: string, count: number): void {
  const controls = readdirSync(policies, { withFileTypes: true })
    .filter(entry => entry.isDirectory() && !['bundle', 'data', 'checklists', 'profiles', 'lib', 'input'].includes(entry.name))
    .flatMap(({ name: area }) => readdirSync(join(policies, area))
      .filter(file => file.endsWith('.rego') && !file.endsWith('_test.rego'))
      .map(file => ({ area, name: file.slice(0, -'.rego'.length) })))
  const missing = count - controls.length
  for (let index = 0; index < missing; index++) {
    const { area, name } = controls[index % controls.length]
    const copy = `${name}_copy_${index}`
    const text = readFileSync(join(policies, area, `${name}.rego`), 'utf8')
    mkdirSync(join(folder, area), { recursive: true })
    writeFileSync(join(folder, area, `${copy}.rego`), text.replace(`package mcp.controls.${area}.${name}\n`, `package mcp.controls.${area}.${copy}\n`))
  }
}
