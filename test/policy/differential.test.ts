import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Engine } from '../../src/policy/engine.ts'
import { engineOf, loadBundle } from '../../src/policy/bundle.ts'
import { haveGo, opa, policies, root } from '../../src/tasks/opa.ts'
import { filesUnder, lintFiles } from '../lint-files.ts'
import { corpora, haveCorpora } from '../../src/tasks/corpora.ts'

const bundle = loadBundle(join(policies, 'bundle'))
const { families, controls } = bundle.catalogue
const areas = [...new Set(controls.map(({ id }) => id.split('-')[0]))]

const folders = ['examples', 'test/examples'].map(name => join(root, name))
const real = haveCorpora ? readdirSync(corpora, { withFileTypes: true }).filter(entry => entry.isDirectory()).map(({ name }) => join(corpora, name)).sort() : []
const go = haveGo()
if (!go) process.stderr.write('!!! SKIPPED: the bundle is not compared with the interpreter; there is no Go\n')

const scratch = mkdtempSync(join(tmpdir(), 'mcp-policy-differential-'))
afterAll(() => rmSync(scratch, { recursive: true }))

const all = [...folders, ...real]
const engine = engineOf(bundle)

/** One input as lint handed it to the engine. */
type Asked = { family: string; text: string }

function inputsOf(folder: string): Asked[] {
  const asked: Asked[] = []
  const familyOf = new Map(Object.entries(families).map(([family, { lint }]) => [lint.entrypoint, family]))
  const listening: Engine = {
    evaluate(text, entrypoints) {
      asked.push({ family: familyOf.get(entrypoints[0])!, text })
      return engine.evaluate(text, entrypoints)
    },
  }
  lintFiles(filesUnder(folder), [folder], { engine: listening })
  return asked
}

const entrypointsOf = (family: string): string[] => [families[family].lint.entrypoint, families[family].outcomes.entrypoint]

/** What the interpreter answers to each input: one process for all of them. */
function interpreted(asked: Asked[]): unknown[][] {
  const byFamily = Object.keys(families).map(family => [family, asked.filter(one => one.family === family)] as const)
  const file = join(scratch, 'input.json')
  // Texts are put together as they are, so that a long integer keeps its digits.
  writeFileSync(file, `{${byFamily.map(([family, own]) => `${JSON.stringify(family)}:[${own.map(({ text }) => text).join(',')}]`).join(',')}}`)
  const query = byFamily.map(([family]) => {
    const [lint, outcomes] = entrypointsOf(family).map(name => `data.${name.replaceAll('/', '.')} with input as one`)
    return `${JSON.stringify(family)}: [[lint, outcomes] | some one in input[${JSON.stringify(family)}]; lint := ${lint}; outcomes := ${outcomes}]`
  })
  const data = ['lib', 'main.rego', 'data', ...areas].flatMap(path => ['--data', path])
  const answers = JSON.parse(opa(['eval', '--format=json', '--input', file, ...data, `{${query.join(', ')}}`])).result[0].expressions[0].value
  const next = new Map<string, number>()
  return asked.map(({ family }) => {
    const index = next.get(family) ?? 0
    next.set(family, index + 1)
    return answers[family][index] as unknown[]
  })
}

/** Lists without their order, which is another one in WebAssembly. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(item => JSON.stringify(sorted(item))).sort()
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, key === 'path' ? inner : sorted(inner)]))
}

/** The answers of an entrypoint stand in the order of the catalogue, which is kept; what each control says does not. */
const comparable = (answer: unknown): unknown =>
  Object.fromEntries(Object.entries(answer as Record<string, unknown[]>).map(([part, lists]) => [part, lists.map(sorted)]))

describe.skipIf(!go)('the interpreter says what the bundle says, of', () => {
  const byFolder = new Map<string, { asked: Asked; answer: unknown[] }[]>()

  beforeAll(() => {
    const inputs = all.flatMap(folder => inputsOf(folder).map(asked => ({ folder, asked })))
    const answers = interpreted(inputs.map(({ asked }) => asked))
    for (const folder of all) byFolder.set(folder, inputs.flatMap(({ folder: own, asked }, index) => (own === folder ? [{ asked, answer: answers[index] }] : [])))
  }, 120_000)

  test.each(all)('%s', folder => {
    const inputs = byFolder.get(folder)!
    expect(inputs.length).toBeGreaterThan(0)
    for (const { asked: { family, text }, answer } of inputs) {
      expect(engine.evaluate(text, entrypointsOf(family)).map(comparable)).toEqual(answer.map(comparable))
    }
  })

  test('of every family there is an input', () => {
    const asked = new Set([...byFolder.values()].flat().map(({ asked: { family } }) => family))
    expect(Object.keys(families).filter(family => !asked.has(family))).toEqual([])
  })
})
