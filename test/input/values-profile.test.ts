import { expect, test } from 'vitest'
import type { Json } from '../../src/artefact/document.ts'
import { profileOfFolders, profileOfValues } from '../../src/input/values-profile.ts'

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

test.each<[string, string[], string | undefined]>([
  ['overlays/dev', ['.'], 'development'],
  ['overlays/staging/eu', ['.'], 'staging'],
  ['clusters/dev-eu/mcp', ['./'], 'development'],
  ['overlays/dev/production', ['.'], 'production'],
  ['overlays/eu', ['.'], undefined],
  ['/home/dev/app/overlays/eu', ['/home/dev/app/'], undefined],
  ['/home/dev/app/overlays/test', ['/home/dev/app'], 'development'],
  ['overlays/dev', ['overlays/dev'], undefined],
  ['', ['.'], undefined],
])('an overlay in %s, of what was asked for in %j, is for %s', (root, folders, expected) => {
  expect(profileOfFolders(root, folders)).toBe(expected)
})
