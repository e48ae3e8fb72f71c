import { expect, test } from 'vitest'
import { defaultLimits } from '../../src/artefact/artefact.ts'
import { readFile } from '../../src/artefact/read.ts'
import { lintReadings } from '../lint-files.ts'

const workload = `apiVersion: apps/v1
kind: Deployment
metadata: {name: search, namespace: tools, labels: {tier: tools}}
spec:
  selector: {matchLabels: {app: search}}
  template:
    metadata: {labels: {app: search}}
    spec:
      containers:
      - name: search
        image: registry.example/acme/search:2.1.0
        securityContext:
          privileged: true
      - name: proxy
        image: registry.example/acme/proxy:1.0.0
      volumes:
      - {name: host, hostPath: {path: /var/run}}
`
const base = { 'base/kustomization.yaml': 'resources: [search.yaml]\n', 'base/search.yaml': workload }

type Files = Record<string, string>

function findings(files: Files) {
  const readings = Object.entries(files).map(([path, text]) => readFile(path, new TextEncoder().encode(text), { limits: defaultLimits }))
  return lintReadings(readings, ['.']).findings.filter(({ artefact }) => artefact.kind === 'kubernetes')
}

/** What became of one finding of the base: `privileged: true`, by who may change it where that is so. */
function privileged(files: Files): string[] {
  return findings({ ...base, ...files })
    .filter(({ control }) => control === 'workload-no-privileged')
    .map(({ outcome, message, enforcement }) => (outcome === 'undecidable' ? message.replace('container search is privileged, but ', '') : `${outcome}, ${enforcement}`))
}

/** A merge patch of a pod's part. */
const merge = (spec: string, { kind = 'Deployment', name = 'search', apiVersion = 'apps/v1' } = {}) =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: ${name}, namespace: tools}\nspec: {template: {spec: ${spec}}}\n`
const harden = merge('{containers: [{name: search, securityContext: {privileged: false}}]}')
const operations = (...all: string[]) => all.map(each => `- {${each}}\n`).join('')
const replace = operations('op: replace, path: /spec/template/spec/containers/0/securityContext/privileged, value: false')

/** An overlay with one patch, inline or in a file. */
const inline = (text: string, target?: string) => `resources: [../../base]\npatches:\n- patch: |-\n${text.replace(/^/gm, '    ').trimEnd()}\n${target === undefined ? '' : `  target: {${target}}\n`}`
const prod = (text: string, target?: string): Files => ({ 'overlays/prod/kustomization.yaml': inline(text, target) })
const dev = (text: string, target?: string): Files => ({ 'overlays/dev/kustomization.yaml': inline(text, target) })

const stands = ['violated, deny']
const byProd = ['a patch of overlays/prod/kustomization.yaml may set it']

test.each<[string, Files, string[]]>([
  ['no overlay', {}, stands],
  ['an overlay without patches', { 'overlays/prod/kustomization.yaml': 'resources: [../../base]\n' }, stands],
  ['an inline patch', prod(harden), byProd],
  ['a patch in a file', { 'overlays/prod/kustomization.yaml': 'resources: [../../base]\npatches: [{path: harden.yaml}]\n', 'overlays/prod/harden.yaml': harden }, byProd],
  ['a patch in a file of patchesStrategicMerge', { 'overlays/prod/kustomization.yaml': 'resources: [../../base]\npatchesStrategicMerge: [harden.yaml]\n', 'overlays/prod/harden.yaml': harden }, byProd],
  ['an inline patch of patchesStrategicMerge', { 'overlays/prod/kustomization.yaml': `resources: [../../base]\npatchesStrategicMerge:\n- |-\n${harden.replace(/^/gm, '  ')}` }, byProd],
  ['a JSON patch of patchesJson6902', {
    'overlays/prod/kustomization.yaml': 'resources: [../../base]\npatchesJson6902: [{path: op.yaml, target: {group: apps, version: v1, kind: Deployment, name: search}}]\n',
    'overlays/prod/op.yaml': replace,
  }, byProd],
  ['a JSON patch in JSON', prod('[{"op": "remove", "path": "/spec/template/spec/containers/0/securityContext"}]', 'kind: Deployment'), byProd],
  ['both overlays patch it', { ...prod(harden), ...dev(replace, 'name: search') }, ['patches of overlays/dev/kustomization.yaml and overlays/prod/kustomization.yaml may set it']],
  ['one of two overlays does not', { ...prod(harden), 'overlays/dev/kustomization.yaml': 'resources: [../../base]\n' }, stands],
  ['one of two overlays patches another place', { ...prod(harden), ...dev(merge('{hostNetwork: false}')) }, stands],
  ['a component', {
    'overlays/prod/kustomization.yaml': 'resources: [../../base]\ncomponents: [../../hard]\n',
    'hard/kustomization.yaml': `kind: Component\n${inline(harden).replace('resources: [../../base]\n', '')}`,
  }, ['a patch of hard/kustomization.yaml may set it']],
  ['a component of a component', {
    'overlays/prod/kustomization.yaml': 'resources: [../../base]\ncomponents: [../../all]\n', 'all/kustomization.yaml': 'kind: Component\ncomponents: [../hard]\n',
    'hard/kustomization.yaml': `kind: Component\n${inline(harden).replace('resources: [../../base]\n', '')}`,
  }, ['a patch of hard/kustomization.yaml may set it']],
  ['the kustomization of the base itself', { 'base/kustomization.yaml': inline(harden).replace('../../base', 'search.yaml') }, ['a patch of base/kustomization.yaml may set it']],
  ['a patch two kustomizations further out', { 'overlays/prod/kustomization.yaml': inline(harden), 'base/kustomization.yaml': 'resources: [deep]\n', 'base/deep/kustomization.yaml': 'resources: [../search.yaml]\n' }, byProd],
  ['two variants in one tree, of which one is patched', {
    'all/kustomization.yaml': 'resources: [../overlays/prod, ../overlays/plain]\n', ...prod(harden), 'overlays/plain/kustomization.yaml': 'namePrefix: plain-\nresources: [../../base]\n',
  }, stands],
  ['two variants in one tree, both patched', {
    'all/kustomization.yaml': 'resources: [../overlays/prod, ../overlays/dev]\n', ...prod(harden), ...dev(harden),
  }, ['patches of overlays/dev/kustomization.yaml and overlays/prod/kustomization.yaml may set it']],
])('who builds on it: %s', (_, files, expected) => {
  expect(privileged(files)).toEqual(expected)
})

test.each<[string, Files, string[]]>([
  ['another name', prod(merge('{containers: [{name: search, securityContext: {privileged: false}}]}', { name: 'other' })), stands],
  ['another kind', prod(merge('{containers: [{name: search, securityContext: {privileged: false}}]}', { kind: 'StatefulSet' })), stands],
  ['another group', prod(merge('{containers: [{name: search, securityContext: {privileged: false}}]}', { apiVersion: 'example.com/v1' })), stands],
  ['another namespace', prod(harden.replace('namespace: tools', 'namespace: else')), stands],
  ['the namespace that a kustomization between sets', { 'base/kustomization.yaml': 'namespace: mid\nresources: [search.yaml]\n', ...prod(harden.replace('namespace: tools', 'namespace: mid')) }, byProd],
  ['the name with the prefix of a kustomization between', { 'base/kustomization.yaml': 'namePrefix: a-\nresources: [search.yaml]\n', ...prod(harden.replace('name: search', 'name: a-search')) }, byProd],
  ['a target with a pattern', prod(harden, 'kind: "Deploy.*|StatefulSet", name: "s.*ch"'), byProd],
  ['a target with a pattern that does not match all', prod(harden, 'name: sear'), stands],
  ['a target with a pattern of another end', prod(harden, 'name: ".*x.*"'), stands],
  ['a target with a pattern that is not read', prod(harden, 'name: "[a-z]+"'), byProd],
  ['a target of another version', prod(replace, 'version: v1beta1'), stands],
  ['a target by labels', prod(replace, 'labelSelector: "tier in (tools, web),!old"'), byProd],
  ['a target by other labels', prod(replace, 'labelSelector: "tier=web"'), stands],
  ['a target by labels that the base sets', { 'base/kustomization.yaml': 'resources: [search.yaml]\ncommonLabels: {team: red}\n', ...prod(replace, 'labelSelector: team==red') }, byProd],
  ['a target over the name in the patch', prod(harden.replace('name: search', 'name: any'), 'kind: Deployment'), byProd],
  ['a JSON patch without a target, which kustomize refuses', prod(replace), stands],
  ['one of two documents', prod(`${merge('{hostNetwork: false}')}---\n${harden}`), byProd],
])('which object a patch is for: %s', (_, files, expected) => {
  expect(privileged(files)).toEqual(expected)
})

test.each<[string, Files, string[]]>([
  ['a map above', prod(operations('op: add, path: /spec/template/spec/containers/0/securityContext, value: {runAsUser: 5}'), 'kind: Deployment'), byProd],
  ['a container with another name', prod(merge('{containers: [{name: proxy, securityContext: {privileged: false}}]}')), stands],
  ['a container more', prod(operations('op: add, path: /spec/template/spec/containers/-, value: {name: more}'), 'kind: Deployment'), stands],
  ['a container that goes', prod(merge('{containers: [{name: search, $patch: delete}]}')), byProd],
  ['all containers replaced', prod(merge('{containers: [{$patch: replace}, {name: new}]}')), byProd],
  ['a field removed', prod(merge('{containers: [{name: search, securityContext: null}]}')), byProd],
  ['the object removed', prod('$patch: delete\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: search, namespace: tools}\n'), byProd],
  ['an empty map', prod(merge('{containers: [{name: search, securityContext: {}}]}')), stands],
  ['another field', prod(merge('{containers: [{name: search, securityContext: {runAsUser: 5}}]}')), stands],
  ['only a test', prod(operations('op: test, path: /spec/template/spec/containers/0/securityContext/privileged, value: false'), 'kind: Deployment'), stands],
  ['moved away', prod(operations('op: move, from: /spec/template/spec/containers/0/securityContext, path: /metadata/annotations'), 'kind: Deployment'), byProd],
  ['the value that it has, by a merge', prod(harden.replace('false', 'true')), stands],
  ['the value that it has, by an operation', prod(replace.replace('false', 'true'), 'kind: Deployment'), stands],
  ['text that cannot be read', prod('- {[\n', 'kind: Deployment'), byProd],
  ['text that cannot be read, for another object', prod('- {[\n', 'name: other'), stands],
  ['a file that is not there', { 'overlays/prod/kustomization.yaml': 'resources: [../../base]\npatches: [{path: gone.yaml}]\n' }, byProd],
])('what a patch changes: %s', (_, files, expected) => {
  expect(privileged(files)).toEqual(expected)
})

test('a field that is absent, one that a pod gives its containers, and a volume that goes', () => {
  const patch = merge(`{securityContext: {runAsNonRoot: true}, containers: [{name: proxy, securityContext: {allowPrivilegeEscalation: false}}],
  volumes: [{name: host, hostPath: null, emptyDir: {}}]}`)
  const said = findings({ ...base, ...prod(patch) })
    .filter(({ control }) => ['workload-run-as-non-root', 'workload-no-privilege-escalation', 'workload-no-hostpath'].includes(control))
    .map(({ control, artefact, outcome }) => `${control} ${artefact.container ?? ''} ${outcome}`)
  expect([...new Set(said)].sort()).toEqual([
    'workload-no-hostpath  undecidable',
    'workload-no-privilege-escalation proxy undecidable',
    'workload-no-privilege-escalation search violated',
    'workload-run-as-non-root proxy undecidable',
    'workload-run-as-non-root search undecidable',
  ])
})

test('a list of a kind that is not of Kubernetes is replaced, whatever its items are called', () => {
  const server = 'apiVersion: toolhive.stacklok.dev/v1alpha1\nkind: MCPServer\nmetadata: {name: fetch}\nspec: {image: fetch, podTemplateSpec: {spec: {containers: [{name: mcp, securityContext: {privileged: true}}]}}}\n'
  const patch = 'apiVersion: toolhive.stacklok.dev/v1alpha1\nkind: MCPServer\nmetadata: {name: fetch}\nspec: {podTemplateSpec: {spec: {containers: [{name: other}]}}}\n'
  expect(privileged({ 'base/search.yaml': server })).toEqual(stands)
  expect(privileged({ 'base/search.yaml': server, ...prod(patch) }).map(said => said.endsWith(byProd[0]))).toEqual([true])
})

test('a configuration inside a ConfigMap that a patch replaces', () => {
  const map = (text: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: gateway}\ndata:\n  mcp.json: '${text}'\n`
  const written = map('{"mcpServers": {"a": {"command": "npx", "args": ["-y", "x"], "env": {"API_TOKEN": "kq83hHs72hGGsk20sLKwq1"}}}}')
  const secrets = (files: Files) => {
    const readings = Object.entries({ ...base, 'base/search.yaml': written, ...files }).map(([path, text]) => readFile(path, new TextEncoder().encode(text), { limits: defaultLimits }))
    return lintReadings(readings, ['.']).findings.filter(({ artefact }) => artefact.kind === 'mcp-client-config').map(({ outcome }) => outcome)
  }
  const before = secrets({})
  expect(before).toContain('violated')
  expect(secrets(prod(map('{}')))).toEqual(before.map(() => 'undecidable'))
  expect(secrets(prod('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: gateway}\ndata: {other.json: "{}"}\n'))).toEqual(before)
})

test('a budget of one overlay is judged by the patches of that overlay', () => {
  const budget = (most: number) => `apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: search, namespace: tools}\nspec: {selector: {matchLabels: {app: search}}, maxUnavailable: ${most}}\n`
  const component = workload.replace('labels: {tier: tools}', 'labels: {app.kubernetes.io/component: mcp-server}').replace('spec:\n', 'spec:\n  replicas: 2\n')
  const files = { 'base/kustomization.yaml': 'resources: [search.yaml, pdb.yaml]\n', 'base/search.yaml': component, 'base/pdb.yaml': budget(0) }
  const said = (more: Files) => findings({ ...files, ...more }).filter(({ control }) => control === 'resilience-pdb').map(({ outcome }) => outcome)
  expect(said({})).toEqual(['violated'])
  expect(said(prod(budget(1)))).toEqual(['undecidable'])
  expect(said({ ...prod(budget(1)), 'overlays/eu/kustomization.yaml': 'resources: [../../base]\n' }).sort()).toEqual(['undecidable', 'violated'])
})

test('kustomizations that build on each other in two to the power of thirty ways are looked at a few times', () => {
  const levels = Array.from({ length: 30 }, (_, level): Files => ({
    [`f${level + 1}/kustomization.yaml`]: `resources: [../f${level + 1}a, ../f${level + 1}b]\n`,
    ...Object.fromEntries(['a', 'b'].map(way => [`f${level + 1}${way}/kustomization.yaml`, `namePrefix: ${way}\nresources: [../f${level}]\n`])),
  }))
  const first = (patches: string) => ({ 'f0/kustomization.yaml': `resources: [../base]\n${patches}` })
  expect(privileged(Object.assign({}, first(''), ...levels))).toEqual(stands)
  const patched = first(inline(harden).replace('resources: [../../base]\n', ''))
  expect(privileged(Object.assign({}, patched, ...levels))).toEqual(['a patch of f0/kustomization.yaml may set it'])
})
