import { expect, test } from 'vitest'
import type { Json } from '../../src/artefact/document.ts'
import { profileOfValues } from '../../src/input/values-profile.ts'

test.each<[string | undefined, Json, string | undefined]>([
  ['chart/values.yaml', {}, undefined],
  ['staging/values.yaml', {}, undefined],
  ['chart/values-staging.yaml', {}, 'staging'],
  ['chart/values_qa.yaml', {}, 'staging'],
  ['chart/values.dev.yaml', {}, 'development'],
  ['chart/ci/test-values.yaml', {}, 'development'],
  ['chart/values-staging-test.yaml', {}, 'staging'],
  ['chart/values-prod.yaml', {}, 'production'],
  ['chart/values-prod-test.yaml', {}, 'production'],
  ['chart/values-eu.yaml', {}, undefined],
  ['values.yaml', { gateway: { env: { MCP_ENV: 'Staging' } } }, 'staging'],
  ['values.yaml', { extraEnv: [{ name: 'LOG', value: 'x' }, { name: 'MCP_ENV', value: 'development' }] }, 'development'],
  ['values.yaml', { env: ['MCP_ENV=test'] }, 'development'],
  ['values.yaml', { a: { env: { MCP_ENV: 'dev' } }, b: { env: { MCP_ENV: 'production' } } }, 'production'],
  ['values.yaml', { env: { MCP_ENV: 'constructor' } }, undefined],
  ['values.yaml', { env: { MCP_ENV: '{{ .Values.stage }}' } }, undefined],
  ['values-prod.yaml', { env: { MCP_ENV: 'development' } }, 'production'],
  ['values-dev.yaml', { env: { MCP_ENV: 'production' } }, 'development'],
  [undefined, { env: { MCP_ENV: 'staging' } }, 'staging'],
  [undefined, {}, undefined],
])('%s %j is for %s', (path, values, expected) => {
  expect(profileOfValues(path, values)).toBe(expected)
})
