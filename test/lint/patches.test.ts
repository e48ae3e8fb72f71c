import { expect, test } from 'vitest'
import { defaultLimits } from '../../src/artefact/artefact.ts'
import { readFile } from '../../src/artefact/read.ts'
import { lintReadings } from '../lint-files.ts'

const privileged = (name: string) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec: {template: {spec: {containers: [{name: c, securityContext: {privileged: true}}]}}}
`
const read = (path: string, text: string) => readFile(path, new TextEncoder().encode(text), { limits: defaultLimits })

test('a patch is not judged as an object, and the coverage says so; a resource is judged, also one that is a patch elsewhere', () => {
  const { findings, coverage } = lintReadings([
    read('app/kustomization.yaml', 'resources: [gateway.yaml, both.yaml]\npatches:\n- path: patches/replicas.yaml\n- path: ./both.yaml\n'),
    read('app/gateway.yaml', privileged('gateway')),
    read('app/both.yaml', privileged('both')),
    read('app/patches/replicas.yaml', privileged('patched')),
  ], ['app'])
  expect(findings.filter(({ control }) => control === 'workload-no-privileged').map(({ file }) => file)).toEqual(['app/both.yaml', 'app/gateway.yaml'])
  expect(findings.filter(({ file }) => file === 'app/patches/replicas.yaml')).toEqual([])
  expect(coverage.find(({ file }) => file === 'app/patches/replicas.yaml')).toMatchObject({
    status: 'not-evaluated', documents: [{ reason: 'patch', detail: 'a patch of app/kustomization.yaml', hint: 'kustomize build' }],
  })
})
