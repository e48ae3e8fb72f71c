/**
 * Compiles `policies/` into `policies/bundle/`: METADATA to the catalogue, the generated `policies/main.rego`, Rego to WASM,
 * tables to one data file. The result is the same for the same sources on every machine.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import binaryen from 'binaryen'
import { entrypointRules, mainRego } from './main-rego.ts'
import { readControls } from './metadata.ts'
import { opa, policies } from './opa.ts'

/** Folders of `policies/` that hold Rego of the bundle. */
export function regoFolders(): string[] {
  const other = new Set(['bundle', 'data', 'checklists', 'profiles'])
  return readdirSync(policies, { withFileTypes: true })
    .filter(entry => entry.isDirectory() && !other.has(entry.name))
    .map(entry => entry.name)
    .sort()
}

export async function buildBundle(bundleFolder: string): Promise<void> {
  const folders = regoFolders()
  const { catalogue, reference } = readControls(folders)
  writeFileSync(join(policies, 'main.rego'), opa(['fmt'], mainRego(catalogue)))
  const { wasm, data } = compile(folders, entrypointRules(catalogue))
  const files: Record<string, string | Uint8Array> = {
    'policy.wasm': shrink(wasm),
    'data.json': JSON.stringify(JSON.parse(data)),
    'controls.json': JSON.stringify(catalogue),
    'reference.json': JSON.stringify(reference),
  }
  mkdirSync(bundleFolder, { recursive: true })
  const digest = createHash('sha256')
  for (const name of Object.keys(files).sort()) {
    writeFileSync(join(bundleFolder, name), files[name])
    digest.update(name).update('\0').update(createHash('sha256').update(files[name]).digest())
  }
  writeFileSync(join(bundleFolder, 'digest'), `sha256:${digest.digest('hex')}\n`)
}

function compile(folders: string[], entrypoints: string[]): { wasm: Uint8Array; data: string } {
  const scratch = mkdtempSync(join(tmpdir(), 'mcp-policy-'))
  try {
    const archive = join(scratch, 'bundle.tar.gz')
    opa([
      'build', '--target', 'wasm', '--output', archive, '--capabilities', 'capabilities.json',
      '--ignore', '*_test.rego', '--ignore', 'testing.rego',
      ...entrypoints.flatMap(entrypoint => ['--entrypoint', entrypoint]),
      ...folders, 'main.rego', 'data',
    ])
    execFileSync('tar', ['-xzf', archive, '-C', scratch])
    return { wasm: readFileSync(join(scratch, 'policy.wasm')), data: readFileSync(join(scratch, 'data.json'), 'utf8') }
  } finally {
    rmSync(scratch, { recursive: true })
  }
}

/** What `wasm-opt -Oz` does: about half the size, and faster for it. */
function shrink(wasm: Uint8Array): Uint8Array {
  const module = binaryen.readBinary(wasm)
  binaryen.setOptimizeLevel(2)
  binaryen.setShrinkLevel(2)
  module.optimize()
  return module.emitBinary()
}

if (import.meta.main) await buildBundle(join(policies, 'bundle'))
