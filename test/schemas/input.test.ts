import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { defaultLimits } from '../../src/artefact/artefact.ts'
import { at, type JsonMap } from '../../src/artefact/json.ts'
import { readFile } from '../../src/artefact/read.ts'
import { projectKubernetes } from '../../src/input/kubernetes.ts'
import { batchText, inputText } from '../../src/input/text.ts'
import { root } from '../../src/tasks/opa.ts'
import { params } from '../input/objects.ts'

const schema = JSON.parse(readFileSync(join(root, 'schemas', 'input.schema.json'), 'utf8'))
const ajv = new Ajv()
const input = ajv.compile(schema)
const part = (name: string) => ajv.compile({ $ref: `${schema.$id}#/definitions/${name}` })
const [pod, container] = [part('pod'), part('container')]

const examples = join(root, 'test', 'examples')
const files = readdirSync(examples, { recursive: true, encoding: 'utf8' }).filter(name => name.startsWith('workload-') && name.endsWith('.yaml')).sort()

test.each(files)('the input of %s', name => {
  const file = readFile(name, readFileSync(join(examples, name)), { limits: defaultLimits })
  const objects = file.artefacts.filter(artefact => artefact.kind === 'kubernetes').map(artefact => {
    const projected = projectKubernetes(file, artefact, params)
    if ('overLimit' in projected) throw new Error(projected.detail)
    return projected.fields
  })
  input(JSON.parse(batchText(objects.map(inputText))))
  expect(input.errors).toBeNull()
  for (const { value, pod_path: path } of objects) {
    if (path === undefined) continue
    const spec = at(value as JsonMap, ...path as string[]) as JsonMap
    pod(spec)
    expect(pod.errors).toBeNull()
    for (const list of [spec.containers, spec.initContainers, spec.ephemeralContainers]) {
      for (const one of Array.isArray(list) ? list : []) {
        container(one)
        expect(container.errors).toBeNull()
      }
    }
  }
})

test('a key that is not the host\'s is refused', () => {
  expect(input({ artefacts: [{ kind: 'kubernetes', value: {}, pod_pth: [] }] })).toBe(false)
  expect(container({ name: 'x', injected: false })).toBe(false)
})
