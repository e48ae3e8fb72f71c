import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { policies, root } from './opa.ts'

/**
 * A bundle of as many controls as the whole catalogue will have: the real ones, and copies of them under other names that do the same work and
 * find nothing. Of the 352 controls of the catalogue 65 read single Kubernetes objects; the others are for configurations, sets, probes and
 * evidence, so their copies stand for kinds that a run over Kubernetes files does not ask. Works on a copy of the sources.
 */
const kubernetesControls = 65

export function paddedBundle(count: number, target: string): void {
  const scratch = mkdtempSync(join(tmpdir(), 'mcp-policy-padded-'))
  try {
    for (const name of ['src', 'policies', 'schemas', 'package.json']) cpSync(join(root, name), join(scratch, name), { recursive: true })
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
      .map(file => {
        const name = file.slice(0, -'.rego'.length)
        const text = readFileSync(join(policies, area, file), 'utf8')
        return { area, name, text, ofKubernetes: /^#\s+artefacts: \[[^\]]*kubernetes/m.test(text) && !text.includes('whole_set: true') }
      }))
  const ofKubernetes = controls.filter(control => control.ofKubernetes)
  const others = controls.filter(control => !control.ofKubernetes)
  const missing = count - controls.length
  const missingOfKubernetes = kubernetesControls - ofKubernetes.length
  for (let index = 0; index < missing; index++) {
    const from = index < missingOfKubernetes ? ofKubernetes : others
    const { area, name, text } = from[index % from.length]
    const copy = `${name}_copy_${index}`
    writeFileSync(join(folder, area, `${copy}.rego`), silent(text.replace(`package mcp.controls.${area}.${name}\n`, `package mcp.controls.${area}.${copy}\n`)))
  }
}

/** All the work of a control, and nothing found: a report of copies would measure the report. */
function silent(text: string): string {
  return `${text.replaceAll(/^findings contains /gm, '_found contains ')}\nfindings contains said if {\n\tsome said in _found\n\tdata.params.padding\n}\n`
}
