import { describe, expect, test } from 'vitest'
import { defaultLimits } from '../../src/artefact/artefact.ts'
import { readFile } from '../../src/artefact/read.ts'
import type { LintOptions } from '../../src/lint/lint.ts'
import type { Report } from '../../src/report/report.ts'
import { lintReadings } from '../lint-files.ts'

/** Lints files by their texts, as if their folder was named; a values file of a folder with a Chart.yaml is of that chart. */
function lintTexts(files: { [path: string]: string }, options: Partial<LintOptions> = {}): Report {
  const readings = Object.entries(files).map(([path, text]) => {
    const chartName = /^name: (\S+)/m.exec(files[path.replace(/[^/]*$/, 'Chart.yaml')] ?? '')?.[1]
    return readFile(path, new TextEncoder().encode(text), { limits: defaultLimits, ...(chartName !== undefined && { chartName }) })
  })
  return lintReadings(readings, ['.'], options)
}

/** What one control says: place and enforcement. */
const said = (report: Report, control: string) => report.findings.filter(finding => finding.control === control && finding.outcome === 'violated')
  .map(({ file, line, enforcement }) => `${file}:${line} ${enforcement}`)

const pinned = (files: { [path: string]: string }, options: Partial<LintOptions> = {}) => said(lintTexts(files, options), 'image-pinned-tag')

describe('images of values', () => {
  test.each<[string, string, string[]]>([
    ['registry, repository and tag', 'image:\n  registry: docker.io\n  repository: bitnami/redis\n  tag: 7.2.5-debian-12-r4\n  digest: ""\n', []],
    ['a moving tag', 'image:\n  registry: docker.io\n  repository: bitnami/redis\n  tag: latest\n', ['values.yaml:4 deny']],
    ['a digest over a moving tag', `image:\n  repository: bitnami/redis\n  tag: latest\n  digest: sha256:${'ab'.repeat(32)}\n`, []],
    ['an empty tag', 'image:\n  repository: ghcr.io/acme/gateway\n  tag: ""\n', []],
    ['a tag that is no text', 'image:\n  repository: redis\n  tag: 7.2\n', []],
    ['no tag key', 'image:\n  repository: ghcr.io/acme/gateway\n  pullPolicy: Always\n', []],
    ['a tag for the repository of the chart', 'image:\n  tag: latest\n', ['values.yaml:2 deny']],
    ['a text', 'worker:\n  image: ghcr.io/acme/worker:main\n', ['values.yaml:2 deny']],
    ['a text without a tag', 'image: ghcr.io/acme/worker\n', ['values.yaml:1 deny']],
    ['a text with its tag beside it', 'image: ghcr.io/acme/worker\nimageTag: latest\n', ['values.yaml:2 deny']],
    ['a container in a list', 'extraContainers:\n- name: proxy\n  image: envoyproxy/envoy:v1.31.0\n- name: shell\n  image: busybox\n', ['values.yaml:5 deny']],
    ['a major version', 'image:\n  repository: redis\n  tag: "7"\n', ['values.yaml:3 warn']],
    ['a sub-chart that is off', 'redis:\n  enabled: false\n  image:\n    repository: redis\n    tag: latest\n', ['values.yaml:5 warn']],
    ['a sub-chart that is on', 'redis:\n  enabled: true\n  image:\n    repository: redis\n    tag: latest\n', ['values.yaml:5 deny']],
    ['the registry of all', 'global:\n  imageRegistry: localhost:5000\nimage:\n  registry: docker.io\n  repository: acme/gateway\n  tag: dev\n', []],
    ['a template', 'image:\n  repository: acme/gateway\n  tag: "{{ .Values.global.tag }}"\n', []],
    ['a picture', 'dashboard:\n  logoImage: /static/logo.png\n  bannerImage: banner.svg\n', []],
    ['a git repository', 'source:\n  repository: https://git.example/acme/x\n  tag: main\n', []],
  ])('%s', (_, text, expected) => {
    expect(pinned({ 'values.yaml': text })).toEqual(expected)
  })

  test('the message names the registry that the image comes from', () => {
    const { findings } = lintTexts({ 'values.yaml': 'global:\n  imageRegistry: registry.example\nimage:\n  registry: docker.io\n  repository: bitnami/redis\n  tag: latest\n' })
    expect(findings.find(({ control }) => control === 'image-pinned-tag')?.message).toContain('registry.example/bitnami/redis:latest')
  })
})

describe('an overlay with its base', () => {
  const base = 'image:\n  repository: ghcr.io/acme/gateway\n  tag: 1.4.0\n'
  test.each<[string, { [path: string]: string }, string[]]>([
    ['the overlay sets a moving tag', { 'values.yaml': base, 'values-eu.yaml': 'image:\n  tag: latest\n' }, ['values-eu.yaml:2 deny']],
    ['the base has one, which nothing changes', { 'values.yaml': 'image:\n  repository: acme/x\n  tag: latest\n', 'values-eu.yaml': 'replicaCount: 3\n' }, ['values.yaml:3 deny']],
    ['the base has one, which production changes', { 'values.yaml': 'image:\n  repository: acme/x\n  tag: latest\n', 'values-prod.yaml': 'image:\n  tag: 1.4.0\n' }, ['values.yaml:3 warn']],
    ['the base has one, which production keeps', { 'values.yaml': 'image:\n  repository: acme/x\n  tag: latest\n', 'values-prod.yaml': 'replicaCount: 3\n' }, ['values.yaml:3 deny']],
    ['the overlay switches the part on', { 'values.yaml': 'redis:\n  enabled: false\n  image:\n    repository: redis\n    tag: latest\n', 'values-eu.yaml': 'redis:\n  enabled: true\n' }, ['values.yaml:5 deny', 'values.yaml:5 warn']],
    ['an overlay in a folder of the chart', { 'chart/Chart.yaml': 'apiVersion: v2\nname: x\nversion: 1.0.0\n', 'chart/values.yaml': base, 'chart/env/values-eu.yaml': 'image:\n  tag: latest\n' }, ['chart/env/values-eu.yaml:2 deny']],
    ['for staging', { 'values.yaml': base, 'values-staging.yaml': 'image:\n  tag: latest\n' }, ['values-staging.yaml:2 warn']],
    ['for development', { 'values.yaml': base, 'values.dev.yaml': 'image:\n  tag: latest\n' }, ['values.dev.yaml:2 audit']],
    ['for staging by its environment', { 'values.yaml': `${base}env:\n  MCP_ENV: staging\n`, 'values-eu.yaml': 'image:\n  tag: latest\n' }, ['values-eu.yaml:2 warn']],
    ['in another folder', { 'a/values.yaml': 'redis:\n  enabled: false\n', 'b/values-eu.yaml': 'redis:\n  image:\n    repository: redis\n    tag: latest\n' }, ['b/values-eu.yaml:4 deny']],
  ])('%s', (_, files, expected) => {
    expect(pinned(files)).toEqual(expected)
  })

  test('the profile of the run is not made stricter', () => {
    expect(pinned({ 'values-staging.yaml': 'image:\n  tag: latest\n' }, { profile: 'development' })).toEqual(['values-staging.yaml:2 audit'])
  })

  test('replicas of the base and a budget of the overlay are judged together', () => {
    const report = lintTexts({ 'values.yaml': 'replicaCount: 2\npodDisruptionBudget:\n  enabled: true\n  minAvailable: 1\n', 'values-eu.yaml': 'podDisruptionBudget:\n  minAvailable: 2\n' })
    expect(said(report, 'resilience-pdb')).toEqual(['values-eu.yaml:2 warn'])
  })
})

test('more overlays of a large base than anybody has are over a limit, not slow', () => {
  const overlays = Object.fromEntries([...Array(200).keys()].map(index => [`values-r${index}.yaml`, 'replicaCount: 3\n']))
  const report = lintTexts({ 'values.yaml': `${[...Array(1200).keys()].map(index => `key${index}: ${'x'.repeat(200)}`).join('\n')}\n`, ...overlays })
  const left = report.coverage.flatMap(({ documents }) => documents.filter(({ evaluated }) => !evaluated))
  expect(left.length).toBeGreaterThan(100)
  expect(new Set(left.map(({ reason }) => reason))).toEqual(new Set(['limit']))
})

describe('values inside objects', () => {
  const inside = 'image:\n  repository: acme/x\n  tag: latest\n'
  const indented = (text: string, by: number) => text.replace(/^(?=.)/gm, ' '.repeat(by))
  test.each([
    ['HelmRelease', `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: edge}\nspec:\n  values:\n${indented(inside, 4)}`, 8],
    ['Application', `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: edge}\nspec:\n  source:\n    helm:\n      values: |\n${indented(inside, 8)}`, 10],
  ])('%s', (objectKind, text, line) => {
    const [finding] = lintTexts({ 'release.yaml': text }).findings.filter(({ control }) => control === 'image-pinned-tag')
    expect(finding).toMatchObject({ line, enforcement: 'deny', artefact: { kind: 'helm-values', objectKind, name: 'edge' } })
    expect(finding.path).toMatch(/image\.tag$/)
  })
})

describe('rendered manifests', () => {
  const rendered = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n  labels:\n    helm.sh/chart: gateway-chart-1.2.3\n'
  const chart = 'apiVersion: v2\nname: gateway-chart\nversion: 1.2.3\n'
  const values = 'image:\n  repository: acme/x\n  tag: latest\n'

  test('decide instead of the values of their chart', () => {
    const report = lintTexts({ 'Chart.yaml': chart, 'values.yaml': values, 'out/all.yaml': rendered })
    expect(said(report, 'image-pinned-tag')).toEqual([])
    expect(report.coverage.find(({ file }) => file === 'values.yaml')).toMatchObject({
      status: 'not-evaluated', documents: [{ kind: 'helm-values', reason: 'out-of-scope', detail: 'the rendered manifests of chart gateway-chart are judged instead' }],
    })
  })

  test.each([
    ['of another chart', { 'Chart.yaml': 'apiVersion: v2\nname: gateway\nversion: 1.2.3\n', 'values.yaml': values, 'out/all.yaml': rendered }],
    ['beside values of no known chart', { 'values.yaml': values, 'out/all.yaml': rendered }],
  ])('%s decide nothing', (_, files) => {
    expect(pinned(files)).toEqual(['values.yaml:3 deny'])
  })
})

test('no secret of values gets into a report', () => {
  const planted = 'Zx9planted7'
  const report = lintTexts({
    'values.yaml': `redis:\n  auth: {password: ${planted}}\ngateway:\n  args: [--requirepass, ${planted}]\n  env: ["DB_PASSWORD=${planted}"]\n  image: "redis://:${planted}@cache/x"\n  config:\n    data: |\n      auth: {api_key: ${planted}}\n`,
    'values-eu.yaml': `redis:\n  auth: {password: ${planted}}\n`,
  })
  expect(report.findings.length).toBeGreaterThan(0)
  expect(JSON.stringify(report)).not.toContain(planted)
})

describe('a Compose file beside its .env', () => {
  const compose = 'services:\n  web:\n    image: acme/web:${TAG}\n'
  test.each<[string, string, string[]]>([
    ['the variable is resolved', 'TAG=latest\n', ['compose.yml:3 deny']],
    ['to what is right', 'TAG=1.4.0\n', []],
    ['in single quotes', "TAG='latest'\n", ['compose.yml:3 deny']],
    ['made of another variable, it is not known', 'VERSION=latest\nTAG=${VERSION}\n', []],
    ['not set there', 'OTHER=latest\n', []],
  ])('%s', (_, env, expected) => {
    expect(pinned({ 'compose.yml': compose, '.env': env })).toEqual(expected)
  })

  test('only the one beside it', () => {
    expect(pinned({ 'app/compose.yml': compose, '.env': 'TAG=latest\n', 'app/.env.example': 'TAG=latest\n' })).toEqual([])
  })

  test('its secrets do not get into a report, whatever they are put into', () => {
    const planted = 'Zx9planted7'
    const report = lintTexts({
      'compose.yml': 'services:\n  web:\n    image: acme/web:${REGISTRY_TOKEN}\n    environment:\n      GREETING: hello ${REGISTRY_TOKEN}\n      CACHE: ${CACHE_URL}\n    command: --key ${REGISTRY_TOKEN}\n    ports: ["${REGISTRY_TOKEN}:80"]\n    healthcheck:\n      test: [CMD, curl, "http://${REGISTRY_TOKEN}/"]\n',
      '.env': `REGISTRY_TOKEN=${planted}\nCACHE_URL=redis://:${planted}@cache\n`,
    })
    expect(report.findings.length).toBeGreaterThan(0)
    expect(JSON.stringify(report)).not.toContain(planted)
  })
})
