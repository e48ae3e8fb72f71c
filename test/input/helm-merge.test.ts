import { expect, test } from 'vitest'
import type { Json, Path } from '../../src/artefact/document.ts'
import { mergedValues, standsIn } from '../../src/input/helm-merge.ts'
import type { Layered } from '../../src/input/layered.ts'

const layers = (...values: Json[]): Layered => values.map((value, from) => ({ from, path: [], value }))

test.each<[string, Json, Json, Json]>([
  ['maps key by key', { a: { x: 1, y: 2 }, b: 1 }, { a: { y: 3 }, c: 4 }, { a: { x: 1, y: 3 }, b: 1, c: 4 }],
  ['lists as a whole', { a: [1, 2, 3] }, { a: [4] }, { a: [4] }],
  ['an empty map changes nothing', { resources: { limits: { cpu: 1 } } }, { resources: {} }, { resources: { limits: { cpu: 1 } } }],
  ['null stays, and hides the base', { resources: { limits: 1 } }, { resources: null }, { resources: null }],
  ['a map over a scalar', { a: 1 }, { a: { x: 1 } }, { a: { x: 1 } }],
  ['a scalar over a map', { a: { x: 1 } }, { a: 1 }, { a: 1 }],
  ['a map over null', { a: null }, { a: { x: 1 } }, { a: { x: 1 } }],
  ['false over true', { a: { enabled: true } }, { a: { enabled: false } }, { a: { enabled: false } }],
])('%s', (_, base, overlay, expected) => {
  expect(mergedValues(layers(base, overlay))).toEqual(expected)
})

test('three files, the strongest last', () => {
  const given = layers({ a: { x: 1, y: 1, z: 1 } }, { a: { y: 2, z: 2 } }, { a: { z: 3 } })
  expect(mergedValues(given)).toEqual({ a: { x: 1, y: 2, z: 3 } })
  expect(['x', 'y', 'z'].map(key => standsIn(given, ['a', key]).from)).toEqual([0, 1, 2])
})

test.each<[string, Json, Json, Path, number]>([
  ['what only the base has', { a: { x: 1 } }, { b: 1 }, ['a', 'x'], 0],
  ['what the overlay has', { a: { x: 1 } }, { a: { x: 2 } }, ['a', 'x'], 1],
  ['a list of the overlay, whatever the base has there', { a: [{ x: 1, y: 1 }] }, { a: [{ x: 2 }] }, ['a', 0, 'y'], 1],
  ['below a null of the overlay', { a: { x: 1 } }, { a: null }, ['a', 'x'], 1],
  ['a key that neither has, in a map of both', { a: { x: 1 } }, { a: { y: 1 } }, ['a', 'z'], 1],
  ['a key that neither has, in a map of the base', { a: { x: 1 } }, {}, ['a', 'z'], 0],
  ['a key that neither has, at the top', { a: 1 }, { b: 1 }, ['c', 'd'], 0],
])('stands in: %s', (_, base, overlay, path, from) => {
  expect(standsIn(layers(base, overlay), path)).toEqual({ from, path })
})

test('a key named like a property of all objects is an ordinary key', () => {
  const hostile = JSON.parse('{"__proto__": {"enabled": true}, "constructor": 1}') as Json
  const merged = mergedValues(layers({ a: 1 }, hostile)) as { [key: string]: Json }
  expect(Object.keys(merged)).toEqual(['a', '__proto__', 'constructor'])
  expect(merged.enabled).toBeUndefined()
})
