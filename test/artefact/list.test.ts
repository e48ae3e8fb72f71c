import { describe, expect, test } from 'vitest'
import { outline, reading, textAt } from './reading.ts'

const pod = (name: string, indent = '') => `${indent}apiVersion: v1\n${indent}kind: Pod\n${indent}metadata: {name: ${name}}\n`.trimStart()

describe('lists', () => {
  test('become one artefact an item, each with its place', () => {
    const file = reading('a.yaml', `apiVersion: v1\nkind: List\nitems:\n- ${pod('one', '  ')}- ${pod('two', '  ')}`)
    expect(file.artefacts.map(({ value, item }) => [(value as any).metadata.name, item])).toEqual([['one', ['items', 0]], ['two', ['items', 1]]])
    expect(textAt(file, file.artefacts[1], ['metadata', 'name'])).toBe('two')
    expect(file.text.slice(file.artefacts[1].span.start)).toMatch(/^apiVersion: v1\n {2}kind: Pod\n {2}metadata: \{name: two/)
  })

  test('of one kind give their items what they leave out', () => {
    const file = reading('a.yaml', 'apiVersion: apps/v1\nkind: DeploymentList\nitems:\n- metadata: {name: one}\n- apiVersion: v1\n  kind: Pod\n')
    expect(file.artefacts.map(({ value }) => value)).toEqual([
      { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'one' } },
      { apiVersion: 'v1', kind: 'Pod' },
    ])
    expect(file.artefacts[0].locate(['kind'])).toMatchObject({ missing: 1 })
  })

  test('inside lists are unpacked too, and unknown kinds in front hide nothing', () => {
    const file = reading('a.yaml', 'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: odd/v9, kind: Odd}\n- apiVersion: v1\n  kind: PodList\n  items:\n  - metadata: {name: deep}\n')
    expect(file.artefacts.map(({ item }) => item)).toEqual([['items', 0], ['items', 1, 'items', 0]])
    expect(textAt(file, file.artefacts[1], ['metadata', 'name'])).toBe('deep')
  })

  test('in JSON, several in one file', () => {
    const list = (name: string) => `{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Pod","metadata":{"name":"${name}"}}]}`
    const file = reading('a.json', `${list('one')}\n${list('two')}`)
    expect(file.artefacts.map(({ value, document }) => [(value as any).metadata.name, document])).toEqual([['one', 0], ['two', 1]])
  })

  test('with items that are no objects name those, and keep the others', () => {
    const file = reading('a.yaml', 'apiVersion: v1\nkind: List\nitems:\n- 1\n- {apiVersion: v1, kind: Pod}\n- {kind: Pod}\n- null\n')
    expect(outline(file)).toEqual({ kinds: ['kubernetes'], reasons: ['unknown-kind'] })
    expect(file.uncovered[0]).toMatchObject({ document: 0, detail: '3 of the 4 items of this list are no objects with apiVersion and kind: 0, 2, 3' })
    expect(file.text.slice(file.uncovered[0].span.start, file.uncovered[0].span.end)).toBe('1')
  })

  test('whose items are no list are reported', () => {
    const file = reading('a.yaml', 'apiVersion: v1\nkind: List\nitems: {a: 1}\n')
    expect(file).toMatchObject({ uncovered: [{ reason: 'unknown-kind', detail: 'the items of this list are no list' }] })
  })

  test.each(['items: []', 'items: null', 'items:', 'metadata: {}'])('with %s are an object that was judged', items => {
    expect(outline(reading('a.yaml', `apiVersion: v1\nkind: List\n${items}\n`))).toEqual({ kinds: ['kubernetes'], reasons: [] })
  })

  test('of a kind that is not named a list are judged as object and as list', () => {
    const file = reading('a.yaml', 'apiVersion: v1\nkind: Pod\nspec: {hostNetwork: true}\nitems:\n- {apiVersion: v1, kind: Secret}\n')
    expect(file.artefacts.map(({ value }) => (value as any).kind)).toEqual(['Pod', 'Secret'])
  })

  test('keep what the reader noticed with the item, or with the first where it is outside', () => {
    const file = reading('a.yaml', 'apiVersion: v1\nkind: List\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod}\n- {apiVersion: v1, kind: Pod, spec: {a: 1, a: 2}}\n')
    expect(file.artefacts.map(({ remarks }) => remarks.map(({ kind, path }) => [kind, path]))).toEqual([[['duplicate-key', []]], [['duplicate-key', ['spec', 'a']]]])
  })
})

test('a great number of strange items is reported in no time', () => {
  const items = Array.from({ length: 20_000 }, () => '- {apiVersion: v1, kind: List, items: [1]}').join('\n')
  const file = reading('a.yaml', `apiVersion: v1\nkind: List\nitems:\n${items}\n`)
  expect(file.uncovered).toHaveLength(20_000)
})

describe('what only its controller renders', () => {
  test.each([
    ['helm.toolkit.fluxcd.io/v2', 'HelmRelease'],
    ['kustomize.toolkit.fluxcd.io/v1', 'Kustomization'],
    ['argoproj.io/v1alpha1', 'Application'],
    ['argoproj.io/v1alpha1', 'ApplicationSet'],
    ['helm.cattle.io/v1', 'HelmChart'],
  ])('%s %s is judged as an object, and what it deploys is said to be unseen', (apiVersion, kind) => {
    const file = reading('a.yaml', `apiVersion: ${apiVersion}\nkind: ${kind}\n`)
    expect(outline(file)).toEqual({ kinds: ['kubernetes'], reasons: ['needs-rendering'] })
    expect(file.uncovered[0].hint).toMatch(/check the output$/)
  })

  test.each(['constructor/v1', '__proto__/v1', 'toString'])('a group called %s is a group', apiVersion => {
    expect(outline(reading('a.yaml', `apiVersion: ${apiVersion}\nkind: Pod\n`))).toEqual({ kinds: ['kubernetes'], reasons: [] })
  })

  test('a Rollout is an object like others', () => {
    expect(outline(reading('a.yaml', 'apiVersion: argoproj.io/v1alpha1\nkind: Rollout\n'))).toEqual({ kinds: ['kubernetes'], reasons: [] })
  })
})

describe('patches', () => {
  test.each([
    ['a strategic merge patch', 'patch.yaml', 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - {name: a, $patch: delete}\n'],
    ['a JSON patch', 'patch.yaml', '- {op: add, path: /spec/replicas, value: 3}\n'],
    ['a JSON patch in JSON', 'patch.json', '[{"op": "remove", "path": "/a"}]'],
  ])('%s is no object', (_, path, text) => {
    expect(outline(reading(path, text))).toEqual({ kinds: [], reasons: ['patch'] })
  })

  test('$patch in a text or another document is no patch', () => {
    const file = reading('a.yaml', 'apiVersion: v1\nkind: Pod\nmetadata: {annotations: {a: $patch}}\n---\napiVersion: v1\nkind: Pod\n$patch: delete\n')
    expect(outline(file)).toEqual({ kinds: ['kubernetes'], reasons: ['patch'] })
  })
})
