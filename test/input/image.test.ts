import { expect, test } from 'vitest'
import { parseImage, pinOf } from '../../src/input/image.ts'

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`
const plain = { local: false, default: false }

test.each([
  ['redis', { ...plain, pin: 'none', text: 'redis', repository: 'redis', name: 'redis' }],
  ['grafana/grafana:latest', { ...plain, pin: 'latest', text: 'grafana/grafana:latest', repository: 'grafana/grafana', name: 'grafana', tag: 'latest', variant: 'full' }],
  ['registry.example:5000/tools/weather', {
    ...plain, pin: 'none', text: 'registry.example:5000/tools/weather', registry: 'registry.example:5000', repository: 'tools/weather', name: 'weather',
  }],
  ['registry.example:5000/tools/weather:2.1.0', {
    ...plain, pin: 'version', text: 'registry.example:5000/tools/weather:2.1.0', registry: 'registry.example:5000', repository: 'tools/weather', name: 'weather', tag: '2.1.0', variant: 'full',
  }],
  ['localhost:5001/weather:dev', {
    ...plain, local: true, pin: 'moving', text: 'localhost:5001/weather:dev', registry: 'localhost:5001', repository: 'weather', name: 'weather', tag: 'dev', variant: 'full',
  }],
  ['localhost/weather', { ...plain, local: true, pin: 'none', text: 'localhost/weather', registry: 'localhost', repository: 'weather', name: 'weather' }],
  [`ghcr.io/acme/weather:latest@${digest}`, {
    ...plain, pin: 'digest', text: `ghcr.io/acme/weather:latest@${digest}`, registry: 'ghcr.io', repository: 'acme/weather', name: 'weather', tag: 'latest', variant: 'full', digest,
  }],
  ['[::1]:5000/weather:1.2', { ...plain, local: true, pin: 'version', text: '[::1]:5000/weather:1.2', registry: '[::1]:5000', repository: 'weather', name: 'weather', tag: '1.2', variant: 'full' }],
  ['  redis:7.2.4\n', { ...plain, pin: 'version', text: 'redis:7.2.4', repository: 'redis', name: 'redis', tag: '7.2.4', variant: 'full' }],
])('the parts of %s', (text, expected) => {
  expect(parseImage(text)).toEqual(expected)
})

test.each([
  ['Weather:1.0'], ['acme/Weather:1.0'], [''], [':1.0'], ['weather:'], ['acme//weather'], ['weather:1.0:2.0'],
  ['https://registry.example/weather:1'], ['weather: 1.0'], ['-weather'], [`weather:${'1'.repeat(129)}`], [`${'a'.repeat(256)}:1`], ['a'.repeat(100_000)],
])('%s is no image reference', text => {
  expect(parseImage(text)).toEqual({ ...plain, pin: 'invalid' })
})

test.each([
  '@sha256:1234', ':1.2@sha256:1234', `@${digest}0`, `@${digest.toUpperCase()}`, `@${digest.replace('a', 'A')}`, `@md5:${'0'.repeat(32)}`, '@sha256:', '@',
])('%s is no digest, and pins nothing', end => {
  expect(parseImage(`weather${end}`)).toEqual({ ...plain, pin: 'invalid', fault: 'digest', text: `weather${end}`, name: 'weather' })
})

test('digests of the other algorithms', () => {
  expect(parseImage(`weather@sha512:${'0'.repeat(128)}`)).toMatchObject({ pin: 'digest' })
  expect(parseImage(`weather@sha512:${'0'.repeat(64)}`)).toMatchObject({ pin: 'invalid', fault: 'digest' })
})

test.each([
  ['redis:${REDIS_TAG:-7.2.4}', { ...plain, default: true, pin: 'version', text: 'redis:7.2.4', repository: 'redis', name: 'redis', tag: '7.2.4', variant: 'full' }],
  ['${IMAGE:-acme/weather:latest}', { ...plain, default: true, pin: 'latest', text: 'acme/weather:latest', repository: 'acme/weather', name: 'weather', tag: 'latest', variant: 'full' }],
  ['redis:${TAG}', { ...plain, pin: 'unresolved', repository: 'redis', name: 'redis', unresolved: 'the variable TAG' }],
  ['redis:$TAG', { ...plain, pin: 'unresolved', repository: 'redis', name: 'redis', unresolved: 'the variable TAG' }],
  ['redis:v${TAG}', { ...plain, pin: 'unresolved', repository: 'redis', name: 'redis', unresolved: 'the variable TAG' }],
  ['${IMAGE}', { ...plain, pin: 'unresolved', unresolved: 'the variable IMAGE' }],
  // Whatever the variable holds, the tag is latest.
  ['${IMAGE}:latest', { ...plain, pin: 'latest', tag: 'latest', variant: 'full', unresolved: 'the variable IMAGE' }],
  ['${REGISTRY}/weather:latest', { ...plain, pin: 'latest', name: 'weather', tag: 'latest', variant: 'full', unresolved: 'the variable REGISTRY' }],
  ['${REGISTRY}/weather', { ...plain, pin: 'none', name: 'weather', unresolved: 'the variable REGISTRY' }],
  ['{{ .Values.registry }}/weather:1.2.3', { ...plain, pin: 'version', name: 'weather', tag: '1.2.3', variant: 'full', unresolved: 'a template' }],
  ['{{ .Values.image.repository }}:{{ .Values.image.tag | default "x:y" }}', { ...plain, pin: 'unresolved', unresolved: 'a template' }],
  ['weather@${DIGEST}', { ...plain, pin: 'digest', repository: 'weather', name: 'weather', unresolved: 'the variable DIGEST' }],
  ['${A:-${B:-redis:7.2}}', { ...plain, default: true, pin: 'version', text: 'redis:7.2', repository: 'redis', name: 'redis', tag: '7.2', variant: 'full' }],
])('variables and templates in %s', (text, expected) => {
  expect(parseImage(text)).toEqual(expected)
})

test('a variable that the environment sets is put in, without being a default', () => {
  expect(parseImage('redis:${TAG:-latest}', new Map([['TAG', '7.2.4']]))).toEqual({
    ...plain, pin: 'version', text: 'redis:7.2.4', repository: 'redis', name: 'redis', tag: '7.2.4', variant: 'full',
  })
})

test.each([['alpine', 'x:1.2-alpine3.20'], ['slim', 'x:3.12-slim-bookworm'], ['full', 'x:1.2'], [undefined, 'x'], [undefined, 'x:${TAG}']])('the variant %s of %s', (expected, text) => {
  expect(parseImage(text).variant).toBe(expected)
})

test.each([
  ['moving', ['stable', 'mainline', 'main', 'master', 'edge', 'nightly', 'dev', 'canary', 'lts', 'alpine', 'slim', 'stable-alpine', 'Main', 'production', 'lts-slim', 'slim-bookworm', 'release']],
  ['latest', ['latest', 'latest-cuda12', 'latest-alpine3.20', 'v1-latest', 'LATEST', 'latest12']],
  ['major-only', ['7', 'v7', '7-alpine', '15-alpine', '22-bookworm-slim', '17-jre', '7-alpine3.20', '3-slim', '12-cuda']],
  ['distribution-only', ['bookworm', 'bookworm-slim', 'jammy', 'alpine3.19', 'ubuntu22.04', 'lts-alpine3.20', 'stable-alpine3.20-slim', 'ltsc2022', 'windowsservercore-ltsc2022']],
  ['version', [
    '1.2', 'v1.2.3', '3.12-slim', '7.2-alpine', '1.27-alpine3.19', 'main-20250102', 'main-3f2a9c1', '2024-06-01', 'RELEASE.2024-01-01T00-00-00Z', '7-rc1',
    '15-3.4', '20240101', 'bookworm-20240101-slim', 'sha-3f2a9c1', 'nightly-2024-01-01', 'build-42', '1.0.0_beta', 'nonroot-amd64-2', '8.0.0-cuda12.4-ubuntu22.04', 'b4521',
  ]],
])('%s tags', (expected, tags) => {
  expect(tags.filter(tag => pinOf(tag) !== expected)).toEqual([])
})
