import { describe, expect, test } from 'vitest'
import type { Artefact, FileReading, Uncovered } from '../../src/artefact/artefact.ts'
import type { Json } from '../../src/artefact/document.ts'
import { labelsSetBy, namespaceOf, replicasSetBy } from '../../src/input/kustomization.ts'
import { setsOf } from '../../src/input/sets.ts'

function reading(path: string, values: { [key: string]: Json }[] = [], text = '', uncovered: Uncovered[] = []): FileReading {
  const artefacts = values.map((value, document): Artefact => ({
    kind: path.toLowerCase().includes('kustomization') ? 'kustomization' : 'kubernetes',
    value, document, remarks: [], hasBigInt: false, span: { start: 0, end: 0 }, locate: () => ({ value: { start: 0, end: 0 }, missing: 0 }),
  }))
  return { path, text, artefacts, uncovered, empty: [], byteOffset: offset => offset }
}

/** Kind, root, `whole` and the files of each set, in the order of the sets. */
function split(readings: FileReading[], folders: string[]) {
  return setsOf(readings, folders).map(({ kind, root, whole, files }) => ({ kind, root, whole, files: files.map(index => readings[index].path) }))
}

test('files named one by one are one set that is not whole', () => {
  expect(split([reading('a.yaml'), reading('b/c.yaml')], [])).toEqual([{ kind: 'files', root: '', whole: false, files: ['a.yaml', 'b/c.yaml'] }])
})

test('a folder is a whole set, and the innermost folder counts', () => {
  expect(split([reading('k8s/a.yaml'), reading('k8s/deep/b.yaml'), reading('other/c.yaml'), reading('d.yaml')], ['k8s', './k8s/deep/', 'other'])).toEqual([
    { kind: 'folder', root: 'k8s', whole: true, files: ['k8s/a.yaml'] },
    { kind: 'folder', root: 'k8s/deep', whole: true, files: ['k8s/deep/b.yaml'] },
    { kind: 'folder', root: 'other', whole: true, files: ['other/c.yaml'] },
    { kind: 'files', root: '', whole: false, files: ['d.yaml'] },
  ])
})

test.each([['.', 'a/b.yaml'], ['/srv', '/srv/a/b.yaml'], ['/', '/srv/a/b.yaml'], ['..', '../a/b.yaml']])('the folder %s holds %s', (folder, path) => {
  expect(split([reading(path)], [folder])).toEqual([{ kind: 'folder', root: folder, whole: true, files: [path] }])
})

describe('charts', () => {
  test('each chart is a set, and its charts/ belong to it', () => {
    const paths = ['a/Chart.yaml', 'a/values.yaml', 'a/charts/redis/Chart.yaml', 'a/charts/redis/templates/x.yaml', 'a/examples/b/Chart.yaml', 'loose.yaml']
    expect(split(paths.map(path => reading(path)), ['.'])).toEqual([
      { kind: 'chart', root: 'a', whole: true, files: paths.slice(0, 4) },
      { kind: 'chart', root: 'a/examples/b', whole: true, files: ['a/examples/b/Chart.yaml'] },
      { kind: 'folder', root: '.', whole: true, files: ['loose.yaml'] },
    ])
  })

  test('templates that nobody rendered may hold anything', () => {
    const template: Uncovered = { span: { start: 0, end: 5 }, reason: 'template', detail: '' }
    const [set] = split([reading('Chart.yaml'), reading('templates/all.yaml', [], '{{ x }}', [template])], ['.'])
    expect(set).toMatchObject({ kind: 'chart', whole: false })
  })
})

test.each([
  ['a Kubernetes document that cannot be read', 'apiVersion: v1\nkind: [', 'syntax', false],
  ['another file that cannot be read', 'site_name: [', 'syntax', true],
  ['a file that cannot be opened', '', 'unreadable', false],
  ['a patch', 'apiVersion: v1\nkind: X', 'patch', true],
] as const)('%s', (_, text, reason, whole) => {
  const part: Uncovered = { span: { start: 0, end: text.length }, reason, detail: '' }
  expect(split([reading('a.yaml', [], text, [part])], ['.'])[0].whole).toBe(whole)
})

describe('kustomizations', () => {
  const base = reading('base/kustomization.yaml', [{ resources: ['gateway.yaml'], namespace: 'base' }])
  const gateway = reading('base/gateway.yaml')
  const overlay = (name: string, value: { [key: string]: Json }) => reading(`overlays/${name}/kustomization.yaml`, [value])
  const staging = overlay('staging', { resources: ['../../base'], namespace: 'staging' })
  const production = overlay('production', { resources: ['../../base/', 'pdb.yaml'], namespace: 'production' })
  const pdb = reading('overlays/production/pdb.yaml')

  test('overlays never mix, and share their base', () => {
    expect(split([base, gateway, staging, production, pdb], ['.'])).toEqual([
      { kind: 'kustomization', root: 'overlays/staging', whole: true, files: ['base/kustomization.yaml', 'base/gateway.yaml', 'overlays/staging/kustomization.yaml'] },
      {
        kind: 'kustomization', root: 'overlays/production', whole: true,
        files: ['base/kustomization.yaml', 'base/gateway.yaml', 'overlays/production/kustomization.yaml', 'overlays/production/pdb.yaml'],
      },
    ])
  })

  test('the outermost namespace counts, also over what the object says', () => {
    const [set] = setsOf([base, gateway, staging], ['.'])
    const setting = set.settings.get(1)
    expect(namespaceOf({ kind: 'Deployment' }, setting)).toBe('staging')
    expect(namespaceOf({ kind: 'Deployment', metadata: { namespace: 'own' } }, setting)).toBe('staging')
    expect(namespaceOf({ kind: 'Namespace' }, setting)).toBeUndefined()
    expect(namespaceOf({ kind: 'Deployment', metadata: { namespace: 'own' } })).toBe('own')
    expect(namespaceOf({ kind: 'Deployment', metadata: { namespace: { unresolved: 'a template' } } })).toBeUndefined()
  })

  test('what is listed and was not read', () => {
    const lists = (entry: string) => [reading('k/kustomization.yaml', [{ resources: [entry] }])]
    expect(split(lists('gone.yaml'), ['.'])[0].whole).toBe(true)
    expect(split(lists('gone.yaml'), [])[0].whole).toBe(false)
    expect(split(lists('../elsewhere/x.yaml'), ['k'])[0].whole).toBe(false)
    expect(split(lists('https://git.example/x//base?ref=v1'), ['.'])[0].whole).toBe(false)
    expect(split([reading('k/kustomization.yaml', [{ resources: [], helmCharts: [] }])], ['.'])[0].whole).toBe(false)
  })

  test('a kustomization whose files were all named is whole', () => {
    expect(split([base, gateway], [])).toEqual([{ kind: 'kustomization', root: 'base', whole: true, files: ['base/kustomization.yaml', 'base/gateway.yaml'] }])
  })

  test('circles and unused components are sets of their own', () => {
    const a = reading('a/kustomization.yaml', [{ resources: ['../b'] }])
    const b = reading('b/kustomization.yaml', [{ resources: ['../a'] }])
    const c = reading('c/kustomization.yaml', [{ kind: 'Component', resources: ['x.yaml'] }])
    expect(split([a, b, c], ['.']).map(({ root, whole }) => [root, whole])).toEqual([['a', true], ['c', false]])
  })

  test('files that become ConfigMaps are known by name and namespace', () => {
    const k = reading('k/kustomization.yaml', [{ namespace: 'ns', configMapGenerator: [{ name: 'conf', files: ['config.yaml=hangar.yaml', 'other.yaml'] }] }])
    const [set] = setsOf([k, reading('k/hangar.yaml')], ['.'])
    expect(set.generated).toEqual([{ configMap: 'conf', namespace: 'ns', file: 1 }])
    expect(set.files).toEqual([0, 1])
  })

  test('replicas, labels and patches reach what is built on, components before the rest', () => {
    const inner = reading('base/kustomization.yaml', [{ resources: ['gateway.yaml'], replicas: [{ name: 'gateway', count: 2 }, { name: 'web', count: 7 }], labels: [{ pairs: { a: '1' } }] }])
    const component = reading('spread/kustomization.yaml', [{ kind: 'Component', commonLabels: { spread: 'yes' }, patches: [{ path: 'p.yaml', target: { kind: 'StatefulSet' } }] }])
    const outer = reading('prod/kustomization.yaml', [{
      resources: ['../base'], components: ['../spread'], replicas: [{ name: 'gateway', count: 3 }],
      labels: [{ pairs: { team: 'x' }, includeSelectors: true }], patches: [{ target: { kind: 'Deployment', name: 'api' }, patch: '- op: replace\n  path: /spec/replicas' }],
    }])
    const [set] = setsOf([inner, gateway, component, outer, reading('spread/p.yaml', [], 'spec: {replicas: 5}')], ['.'])
    const setting = set.settings.get(1)
    expect(set.files).toEqual([0, 1, 2, 3, 4])
    expect(replicasSetBy(setting, 'Deployment', 'gateway')).toBe(3)
    expect(replicasSetBy(setting, 'Deployment', 'web')).toBe(7)
    expect(replicasSetBy(setting, 'Deployment', 'api')).toBe('patched')
    expect(replicasSetBy(setting, 'StatefulSet', 'db')).toBe('patched')
    expect(replicasSetBy(setting, 'Deployment', 'other')).toBeUndefined()
    expect(labelsSetBy(setting)).toEqual({ team: 'x', spread: 'yes' })
  })

  test('a very deep chain ends', () => {
    const chain = Array.from({ length: 500 }, (_, depth) => reading(`k${depth}/kustomization.yaml`, [{ resources: [`../k${depth + 1}`] }]))
    const sets = split(chain, ['.'])
    expect(sets[0].whole).toBe(false)
    expect(new Set(sets.flatMap(({ files }) => files)).size).toBe(500)
  })
})
