import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { defaultLimits, type FileReading } from '../src/artefact/artefact.ts'
import { readFile } from '../src/artefact/read.ts'
import { walk } from '../src/artefact/walk.ts'
import { linesOf } from '../src/finding/place.ts'
import { inventoryInputs } from '../src/input/inventory-input.ts'
import { inventoryOf, type SetObject } from '../src/input/inventory.ts'
import { projectKubernetes } from '../src/input/kubernetes.ts'
import { params } from './input/objects.ts'
import { setsOf, type FileSet } from '../src/input/sets.ts'
import { isView } from '../src/input/view.ts'
import { engineOf, loadBundle } from '../src/policy/bundle.ts'
import { judge } from '../src/policy/judge.ts'
import { corpora } from '../src/tasks/corpora.ts'
import { root } from '../src/tasks/opa.ts'

const bundle = loadBundle(join(root, 'policies', 'bundle'))
const engine = engineOf(bundle)
const examples = join(root, 'test', 'examples', 'resilience-pdb')

function read(folder: string): FileReading[] {
  return walk([folder], { exclude: [], noIgnore: true }).files.map(path => readFile(path, readFileSync(path), { limits: defaultLimits }))
}

/** What resilience-pdb says of the sets of a folder: `file:line`, or `file undecided`. */
function judged(folder: string, readings = read(folder), folders = [folder]): string[] {
  return setsOf(readings, folders).flatMap(set => judgedSet(set, readings)).map(line => relative(folder, line)).sort()
}

function judgedSet(set: FileSet, readings: FileReading[]): string[] {
  const members = set.files.flatMap(index => readings[index].artefacts.filter(({ kind }) => kind === 'kubernetes').map(artefact => ({ index, artefact })))
  const objects = members.map(({ index, artefact }): SetObject => {
    const projected = projectKubernetes(readings[index], artefact, { ...params, injected_sidecars: [] })
    if ('overLimit' in projected || !isView(projected.fields.value)) throw new Error('not projected')
    return { value: projected.fields.value, raw: isView(artefact.value) ? artefact.value : undefined, setting: set.settings.get(index) }
  })
  const { tables } = inventoryOf(objects, { whole: set.whole, systemNamespaces: [], injected: [] })
  return inventoryInputs(tables).flatMap(input => {
    const { answers, failed } = judge(engine, bundle.catalogue, 'set', input, 'outcomes')
    expect(failed).toEqual([])
    const answer = answers.get('resilience-pdb')
    return [
      ...(answer?.findings ?? []).map(({ artefact, path }) => {
        const { index, artefact: at } = members[artefact]
        return `${readings[index].path}:${linesOf(readings[index].text).at(at.locate(path).value.start).line}`
      }),
      ...(answer?.undecided ?? []).map(({ artefact }) => `${readings[members[artefact].index].path} undecided`),
    ]
  })
}

function marked(folder: string): string[] {
  return read(folder).flatMap(({ path, text }) => text.split('\n').flatMap((line, index) =>
    (line.endsWith('# finds resilience-pdb') ? [`${relative(folder, path)}:${index + 1}`] : []))).sort()
}

test.each(['production', 'overlays'])('the examples in %s are found where they say so', folder => {
  const found = judged(join(examples, folder))
  expect(found).toEqual(marked(join(examples, folder)))
  expect(found.length).toBeGreaterThan(0)
})

test.each(['edge', 'notes'])('the values of the chart %s', name => {
  const folder = join(examples, 'charts', name)
  const chart = /^name: (.*)$/m.exec(readFileSync(join(folder, 'Chart.yaml'), 'utf8'))![1]
  const found = ['values.yaml', 'values-staging.yaml'].filter(file => existsSync(join(folder, file))).flatMap(file => {
    const reading = readFile(join(folder, file), readFileSync(join(folder, file)), { limits: defaultLimits, chartName: chart })
    const [{ kind, value, about, locate }] = reading.artefacts
    const { answers, failed } = judge(engine, bundle.catalogue, 'helm-values', JSON.stringify({ artefacts: [{ kind, value, ...about }] }), 'outcomes')
    expect(failed).toEqual([])
    return (answers.get('resilience-pdb')?.findings ?? []).map(({ path }) => `${file}:${linesOf(reading.text).at(locate(path).value.start).line}`)
  })
  expect(found).toEqual(marked(folder))
})

test('in files named one by one what is absent is undecided, and what contradicts is found', () => {
  const folder = join(examples, 'production')
  expect(judged(folder, read(folder), [])).toEqual(['gateway.yaml undecided', 'notes.yaml:35'])
})

const gateway = join(corpora, 'bridge', 'deployment', 'kubernetes', 'gateway')

describe.skipIf(!existsSync(gateway))('real manifests', () => {
  test('the gateway of mcp-bridge has three replicas and no budget', () => {
    expect(judged(gateway)).toEqual(['deployment.yaml:12'])
    expect(judged(dirname(gateway))).toEqual(['gateway/deployment.yaml:12'])
  })
})
