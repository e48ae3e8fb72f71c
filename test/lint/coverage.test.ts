import { expect, test } from 'vitest'
import type { Profile } from '../../src/finding/enforcement.ts'
import { lintText } from '../lint-files.ts'

const compose = 'services:\n  tools:\n    image: acme/tools:1.4.0\n    privileged: true\n'
const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: notes}\nspec: {containers: []}\n'

test.each<[string, string, Profile, object]>([
  ['compose.yaml', compose, 'production', { status: 'evaluated' }],
  ['compose.yaml', compose, 'pss-restricted', {
    status: 'not-evaluated',
    documents: [{ reason: 'unknown-kind', kind: 'compose', detail: 'compose: no control of the profile pss-restricted reads it' }],
  }],
  ['kustomization.yaml', 'resources: [pod.yaml]\n', 'production', { documents: [{ reason: 'needs-rendering' }] }],
  ['pod.yaml', pod, 'pss-baseline', { status: 'evaluated' }],
  ['Dockerfile', 'FROM scratch\n', 'pss-baseline', { status: 'not-evaluated' }],
])('%s under %s', (name, text, profile, expected) => {
  expect(lintText(name, text, { profile }).coverage).toMatchObject([expected])
})
