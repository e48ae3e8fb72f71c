/**
 * What a change must pass: types, tests, and with Go the policies: format, strictness, their own tests, and that the committed bundle,
 * main.rego and reference are what the sources make.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { haveGo, policies, root } from './opa.ts'
import { buildBundle, regoFolders } from './policies.ts'

const failed: string[] = []

function step(name: string, command: string, args: string[], cwd = root): void {
  process.stderr.write(`\n== ${name}\n`)
  if (spawnSync(command, args, { cwd, stdio: 'inherit' }).status !== 0) failed.push(name)
}

step('types', 'tsc', ['--noEmit'])
step('tests', 'vitest', ['run', '--config', 'test/vitest.config.ts'])
if (haveGo()) {
  const folders = regoFolders()
  step('policies: format', 'go', ['tool', 'opa', 'fmt', '--fail', '--list', 'main.rego', ...folders], policies)
  step('policies: strict, with the built-ins that the host has', 'go', ['tool', 'opa', 'check', '--strict', '--ignore', '*_test.rego', '--schema', '../schemas/input.schema.json', '--capabilities', 'capabilities.json', 'main.rego', ...folders], policies)
  step('policies: their tests, strict', 'go', ['tool', 'opa', 'check', '--strict', 'main.rego', ...folders], policies)
  step('policies: tests', 'go', ['tool', 'opa', 'test', ...folders, 'data'], policies)
  await bundleIsCurrent()
} else {
  process.stderr.write('\n== policies: SKIPPED, there is no Go on this machine; the committed bundle was tested, its sources were not\n')
}
process.stderr.write(failed.length === 0 ? '\ncheck passed\n' : `\ncheck failed: ${failed.join(', ')}\n`)
process.exitCode = failed.length === 0 ? 0 : 1

async function bundleIsCurrent(): Promise<void> {
  process.stderr.write('\n== policies: the committed bundle is what the sources make\n')
  const scratch = mkdtempSync(join(tmpdir(), 'mcp-policy-bundle-'))
  const main = readFileSync(join(policies, 'main.rego'), 'utf8')
  const references = [join(policies, 'CONTROLS.md'), join(root, 'docs', 'configuration.md')].map(path => ({ path, text: readFileSync(path, 'utf8') }))
  await buildBundle(scratch)
  for (const name of readdirSync(scratch)) {
    if (!readFileSync(join(scratch, name)).equals(readFileSync(join(policies, 'bundle', name)))) failed.push(`policies/bundle/${name} is not current: npm run policies`)
  }
  rmSync(scratch, { recursive: true })
  if (main !== readFileSync(join(policies, 'main.rego'), 'utf8')) failed.push('policies/main.rego is not current: npm run policies')
  if (spawnSync('node', ['src/tasks/docs.ts'], { cwd: root, stdio: 'inherit' }).status !== 0) failed.push('npm run docs')
  for (const { path, text } of references) if (text !== readFileSync(path, 'utf8')) failed.push(`${relative(root, path)} is not current: npm run docs`)
}
