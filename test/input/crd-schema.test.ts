import { expect, test } from 'vitest'
import type { Json } from '../../src/artefact/document.ts'
import { crdKindOf, schemaRule } from '../../src/input/crd-schema.ts'

test.each<[string, Json, unknown]>([
  ['a text', { type: 'string', pattern: '^x' }, 'string'],
  ['an enumeration', { type: 'string', enum: ['a', 'b'] }, { $enum: ['a', 'b'] }],
  ['a whole number', { type: 'integer', format: 'int32' }, 'int'],
  ['a number', { type: 'number' }, 'number'],
  ['a switch', { type: 'boolean' }, 'bool'],
  ['a quantity', { 'anyOf': [{ type: 'integer' }, { type: 'string' }], 'x-kubernetes-int-or-string': true, 'pattern': 'x' }, 'int|string'],
  ['a list', { type: 'array', items: { type: 'integer' } }, { $items: 'int' }],
  ['an open map of texts', { type: 'object', additionalProperties: { type: 'string' } }, { $each: 'string' }],
  ['an open map of anything', { type: 'object', additionalProperties: true }, 'map'],
  ['a map that keeps all', { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true }, 'map'],
  ['a map that keeps all and knows some', { 'type': 'object', 'properties': { a: { type: 'string' } }, 'x-kubernetes-preserve-unknown-fields': true }, { a: 'string', $open: true }],
  ['a map of nothing', { type: 'object' }, {}],
  ['an embedded object', { 'type': 'object', 'x-kubernetes-embedded-resource': true, 'properties': { kind: { type: 'string' } } }, 'any'],
  ['no type', { 'x-kubernetes-preserve-unknown-fields': true }, 'any'],
  ['nothing', null, 'any'],
  ['a default for what is required', { type: 'object', required: ['a', 'b', 3], properties: { a: { type: 'string' }, b: { type: 'boolean', default: true } } }, { a: 'string', b: 'bool', $required: ['a'] }],
])('%s', (_, schema, rule) => {
  expect(schemaRule(schema, 0)).toEqual(rule)
})

test('a schema without end is anything at some depth', () => {
  let schema: Json = { type: 'string' }
  for (let depth = 0; depth < 5000; depth++) schema = { type: 'array', items: schema }
  expect(JSON.stringify(schemaRule(schema, 0))).toContain('"any"')
})

const definition = (spec: object): Json & object => ({ spec: { group: 'g.example', names: { kind: 'Thing' }, ...spec } }) as Json & object
const schema = { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties: { a: { type: 'string' } } } } } }
const known = { apiVersion: 'string', kind: 'string', metadata: 'any', status: 'any', spec: { a: 'string' } }

test('each version has its fields, and those that are not served are told apart', () => {
  expect(crdKindOf(definition({ versions: [{ name: 'v1', served: true, schema }, { name: 'v1alpha1', served: false, schema }] }) as never)).toEqual({
    group: 'g.example', kind: 'Thing', table: { served: ['v1'], versions: { v1: known, v1alpha1: known } },
  })
})

test('the older form has one schema for all versions', () => {
  expect(crdKindOf(definition({ validation: schema, versions: [{ name: 'v1', served: true }] }) as never)?.table).toEqual({ served: ['v1'], versions: { v1: known } })
})

test('a definition that prunes nothing, or has no schema, says nothing', () => {
  expect(crdKindOf(definition({ preserveUnknownFields: true, validation: schema, versions: [{ name: 'v1' }] }) as never)?.table.versions).toEqual({ v1: 'any' })
  for (const spec of [{}, { versions: 'x' }, { versions: [{ name: 'v1' }] }, { versions: [null] }]) expect(crdKindOf(definition(spec) as never)).toBeUndefined()
})
