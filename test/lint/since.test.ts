import { expect, test } from 'vitest'
import type { FileReading } from '../../src/artefact/artefact.ts'
import { reachOf, type Since } from '../../src/lint/since.ts'
import { finding } from '../report/example.ts'

const since = (changed: string[], gone: string[] = []): Since => ({ revision: 'main', isChanged: file => changed.includes(file), gone })
const reading = (path: string, kind: string) => ({ path, artefacts: [{ kind }] }) as unknown as FileReading
const at = (file: string, kind = 'kubernetes') => finding(file, 1, 1, 1, { artefact: { kind } })

test.each<[string, Since, string, string[], string[], boolean]>([
  ['a file of it has changed', since(['base/b.yaml']), 'base', ['base/a.yaml', 'base/b.yaml'], [], true],
  ['another file has changed', since(['other/b.yaml']), 'base', ['base/a.yaml', 'base/b.yaml'], [], false],
  ['a file under its root is gone', since([], ['base/deep/c.yaml']), 'base', ['base/a.yaml'], [], true],
  ['a file under the working directory is gone', since([], ['c.yaml']), '.', ['base/a.yaml'], [], true],
  ['a file beside the working directory is gone', since([], ['../c.yaml']), '.', ['base/a.yaml'], [], false],
  ['a file of a folder with a longer name is gone', since([], ['base-2/c.yaml']), 'base', ['base/a.yaml'], [], false],
  ['files were named one by one', since([], ['base/c.yaml']), '', ['base/a.yaml'], [], false],
])('what compares the files of a set is reached or not, when %s', (_, changes, root, files, makers, expected) => {
  const reach = reachOf(changes, [])
  reach.add({ root, files, makers }, [at('base/a.yaml')])
  expect(reach.has(at('base/a.yaml'))).toBe(expected)
})

test('what a kustomization builds is reached when it has changed, and only then', () => {
  const set = { root: 'prod', files: ['base/a.yaml', 'prod/kustomization.yaml'], makers: ['prod/kustomization.yaml'] }
  const [touched, other] = [since(['prod/kustomization.yaml']), since(['prod/b.yaml'])].map(changes => reachOf(changes, []))
  for (const reach of [touched, other]) reach.add(set, [])
  expect([touched.has(at('base/a.yaml')), other.has(at('base/a.yaml'))]).toEqual([true, false])
})

test.each<[string, string, Since, boolean]>([
  ['compose', 'stack/compose.yaml', since(['stack/.env']), true],
  ['compose', 'stack/compose.yaml', since(['stack/web/Dockerfile']), true],
  ['compose', 'stack/compose.yaml', since(['.env']), false],
  ['compose', 'stack/compose.yaml', since([], ['stack/compose.override.yaml']), true],
  ['compose', 'stack/compose.yaml', since([], ['stack/pod.yaml']), false],
  ['compose', 'compose.yaml', since(['stack/.env']), true],
  ['helm-values', 'chart/values.yaml', since(['chart/values-prod.yaml']), true],
  ['kubernetes', 'stack/pod.yaml', since(['stack/.env']), false],
])('%s in %s is read with what is beside it', (kind, file, changes, expected) => {
  const files = [reading('stack/.env', 'env-file'), reading('.env', 'env-file'), reading('stack/web/Dockerfile', 'dockerfile'), reading('chart/values-prod.yaml', 'helm-values')]
  expect(reachOf(changes, files).has(at(file, kind))).toBe(expected)
})
