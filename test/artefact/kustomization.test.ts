import { expect, test } from 'vitest'
import type { Json } from '../../src/artefact/document.ts'
import { patchFiles } from '../../src/artefact/kustomization.ts'
import { reading } from './reading.ts'

test('the files that a kustomization names as patches', () => {
  const { artefacts: [kustomization] } = reading('kustomization.yaml', `
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [deployment.yaml]
patches:
- path: replicas.yaml
- patch: |-
    - op: add
- path: ../common/env.yaml
  target: {kind: Deployment}
patchesStrategicMerge:
- limits.yaml
- replicas.yaml
- |-
  apiVersion: v1
  kind: Pod
patchesJson6902:
- path: host.json
  target: {kind: Ingress}
`)
  expect(patchFiles(kustomization)).toEqual(['replicas.yaml', '../common/env.yaml', 'host.json', 'limits.yaml'])
})

test.each<Json>([{}, null, [], { patches: 'x', patchesStrategicMerge: [1, null, {}], patchesJson6902: [[]] }])('%j names none', value => {
  expect(patchFiles({ value })).toEqual([])
})
