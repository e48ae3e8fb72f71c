import { expect, test } from 'vitest'
import type { Json, Path } from '../../src/artefact/document.ts'
import { fingerprint } from '../../src/finding/fingerprint.ts'
import { stableSteps } from '../../src/finding/stable-path.ts'
import type { Identity } from '../../src/input/input.ts'

const named: Identity = { apiVersion: 'apps/v1', objectKind: 'Deployment', namespace: 'mcp', name: 'gateway' }
const containers = (...names: string[]): Json => ({ spec: { containers: names.map(name => ({ name, image: 'x' })) } })
const image = (index: number): Path => ['spec', 'containers', index, 'image']
const of = (identity: Identity, file: string, value: Json, path: Path, part?: string, inside?: Path) =>
  fingerprint('image-pinned-tag', part, { identity, file, inside }, stableSteps(value, path))
const first = of(named, 'a.yaml', containers('gateway', 'sidecar'), image(0))

test.each<[string, string]>([
  ['items of the list that change places', of(named, 'a.yaml', containers('sidecar', 'gateway'), image(1))],
  ['another file, where the object has a name', of(named, 'moved/b.yaml', containers('gateway'), image(0))],
  ['another version of the same group', of({ ...named, apiVersion: 'apps/v1beta1' }, 'a.yaml', containers('gateway'), image(0))],
])('%s changes nothing', (_, other) => {
  expect(other).toBe(first)
})

test.each<[string, string]>([
  ['another container', of(named, 'a.yaml', containers('gateway', 'sidecar'), image(1))],
  ['another case', of(named, 'a.yaml', containers('gateway'), image(0), 'x')],
  ['another name', of({ ...named, name: 'router' }, 'a.yaml', containers('gateway'), image(0))],
  ['another namespace', of({ ...named, namespace: 'other' }, 'a.yaml', containers('gateway'), image(0))],
  ['another kind', of({ ...named, objectKind: 'StatefulSet' }, 'a.yaml', containers('gateway'), image(0))],
  ['another group', of({ ...named, apiVersion: 'argoproj.io/v1alpha1' }, 'a.yaml', containers('gateway'), image(0))],
  ['another field', of(named, 'a.yaml', containers('gateway'), ['spec', 'containers', 0, 'name'])],
  ['another key of the ConfigMap that holds it', of(named, 'a.yaml', containers('gateway'), image(0), undefined, ['data', 'config.yaml'])],
])('%s is another finding', (_, other) => {
  expect(other).not.toBe(first)
})

test('what has no name goes by its file', () => {
  const inFile = (file: string) => of({}, file, { services: { a: {} } }, ['services', 'a'])
  expect(inFile('a.yaml')).toBe(inFile('a.yaml'))
  expect(inFile('a.yaml')).not.toBe(inFile('b.yaml'))
})

test.each<[string, Json[], Json[]]>([
  ['texts', ['NET_ADMIN', 'SYS_ADMIN'], ['SYS_ADMIN', 'NET_ADMIN']],
  ['rules of nothing but lists', [{ verbs: ['*'] }, { verbs: ['get'] }], [{ verbs: ['get'] }, { verbs: ['*'] }]],
  ['ports without names', [{ containerPort: 80 }, { containerPort: 81 }], [{ containerPort: 81 }, { containerPort: 80 }]],
  ['frontends of a kind, whatever is in them', [{ protocol: 'http', config: { a: 1 } }, { protocol: 'grpc' }], [{ protocol: 'grpc' }, { config: { a: 2 }, protocol: 'http' }]],
  ['lists', [['a'], ['b']], [['b'], ['a']]],
  ['mounts of one volume', [{ name: 'data', mountPath: '/a' }, { name: 'data', mountPath: '/b' }], [{ mountPath: '/b', name: 'data' }, { mountPath: '/a', name: 'data' }]],
])('items that change places keep their fingerprints: %s', (_, before, after) => {
  const at = (list: Json[], index: number) => of(named, 'a.yaml', { list }, ['list', index])
  expect([at(after, 1), at(after, 0)]).toEqual([at(before, 0), at(before, 1)])
  expect(at(before, 0)).not.toBe(at(before, 1))
})

test.each<[string, string, string]>([
  ['a key that holds a separator', of(named, 'a', {}, ['x', 'y']), of(named, 'a', {}, ['x\0.y'])],
  ['a name that runs into the next field', of({ ...named, namespace: 'a', name: 'b' }, 'f', {}, []), of({ ...named, namespace: 'a\0b', name: '' }, 'f', {}, [])],
  ['a name that looks like a file', of({ name: 'a.yaml' }, 'a.yaml', {}, []), of({}, 'a.yaml', {}, [])],
  ['a key and an item of a list', of(named, 'a', { x: ['=string:y'] }, ['x', 0]), of(named, 'a', {}, ['x', '=string:y'])],
  ['a number and its text', of(named, 'a', { x: [1] }, ['x', 0]), of(named, 'a', { x: ['1'] }, ['x', 0])],
  ['a step inside and a step of the path', of(named, 'a', {}, ['y'], undefined, ['x']), of(named, 'a', {}, ['x', 'y'])],
  ['an item of a list inside and a key', of(named, 'a', {}, [], undefined, ['x', 0]), of(named, 'a', {}, [], undefined, ['x', '0'])],
  ['texts of many lengths', of(named, 'a', { x: ['1:y'] }, ['x', 0]), of(named, 'a', { x: ['y'] }, ['x', 0])],
])('no two things are taken for one: %s', (_, one, other) => {
  expect(one).not.toBe(other)
})

test('inherited properties are no part of a value', () => {
  expect(stableSteps({ list: [] }, ['list', 0])).toEqual(['.list', '['])
  expect(stableSteps({}, ['constructor', 0])).toEqual(['.constructor', '['])
})
