import { join } from 'node:path'
import { expect, test } from 'vitest'
import { defaultLimits } from '../../src/artefact/artefact.ts'
import { readFile } from '../../src/artefact/read.ts'
import { defaultInputLimits } from '../../src/input/limit.ts'
import { lint, type LintOptions } from '../../src/lint/lint.ts'
import { loadBundle } from '../../src/policy/bundle.ts'
import { root } from '../../src/tasks/opa.ts'

const bundle = loadBundle(join(root, 'policies', 'bundle'))
const pod = `apiVersion: v1
kind: Pod
metadata: {name: mcp-a}
spec: {containers: [{name: c, image: "a:1.0.0", securityContext: {privileged: true}}]}
`

/** What is done about a privileged container when the control came with version 0.2.0. */
function done(version: string, options: Partial<LintOptions> = {}) {
  const controls = bundle.catalogue.controls.map(control => (control.id === 'workload-no-privileged' ? { ...control, since: '0.2.0' } : control))
  const { findings } = lint([readFile('pod.yaml', new TextEncoder().encode(pod), { limits: defaultLimits })], { skippedFiles: new Map(), ignoredFiles: [], problems: [] },
    { ...bundle, catalogue: { ...bundle.catalogue, controls } },
    { profile: 'production', failOnUncovered: false, params: {}, limits: { ...defaultLimits, input: defaultInputLimits }, folders: [], tool: { name: 'mcp-policy', version }, ...options })
  return [...new Set(findings.filter(({ control }) => control === 'workload-no-privileged').map(({ enforcement }) => enforcement))]
}

test('a control denies nothing in the minor version that brought it, unless the configuration says so', () => {
  expect(done('0.2.0')).toEqual(['warn'])
  expect(done('0.2.9')).toEqual(['warn'])
  expect(done('0.3.0')).toEqual(['deny'])
  expect(done('0.2.0', { enforcement: { 'workload-no-privileged': 'deny' } })).toEqual(['deny'])
  expect(done('0.2.0', { enforcement: { 'workload-no-privileged': 'deny' }, raisesOnly: true })).toEqual(['deny'])
})
