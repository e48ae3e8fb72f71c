import { expect, test } from 'vitest'
import type { Json, Path } from '../../src/artefact/document.ts'
import { fingerprint } from '../../src/finding/fingerprint.ts'
import type { Identity } from '../../src/input/input.ts'

const named: Identity = { apiVersion: 'apps/v1', objectKind: 'Deployment', namespace: 'mcp', name: 'gateway' }
const containers = (...names: string[]): Json => ({ spec: { containers: names.map(name => ({ name, image: 'x' })) } })
const image = (index: number): Path => ['spec', 'containers', index, 'image']
const of = (identity: Identity, file: string, value: Json, path: Path, part?: string) => fingerprint('image-pinned-tag', part, identity, file, value, path)
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
])('%s is another finding', (_, other) => {
  expect(other).not.toBe(first)
})

test('what has no name goes by its file', () => {
  const inFile = (file: string) => of({}, file, { services: { a: {} } }, ['services', 'a'])
  expect(inFile('a.yaml')).toBe(inFile('a.yaml'))
  expect(inFile('a.yaml')).not.toBe(inFile('b.yaml'))
})
