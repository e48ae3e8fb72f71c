import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Report as Core } from '../../src/report/report.ts'
import { root } from '../../src/tasks/opa.ts'
import { mcpPolicy } from '../cli/command.ts'
import { corpora, haveCorpora } from '../../src/tasks/corpora.ts'

type Report = Core & { controls: Record<string, object> }

const validate = new Ajv2020({ strict: false }).compile(JSON.parse(readFileSync(join(root, 'schemas', 'report.schema.json'), 'utf8')))

const real = haveCorpora ? readdirSync(corpora, { withFileTypes: true }).filter(entry => entry.isDirectory()).map(({ name }) => name).sort() : []

const folders: [string, string][] = [
  ['examples', root],
  ['test/examples', root],
  ...real.map((name): [string, string] => [name, corpora]),
]

describe.each(folders)('the report of %s', (name, cwd) => {
  let text: string
  let report: Report

  beforeAll(() => {
    text = json([name])
    report = JSON.parse(text) as Report
  })

  function json(paths: string[]): string {
    const { code, stdout, stderr } = mcpPolicy(['lint', ...paths, '--format=json', '--no-ignore'], { cwd })
    expect({ code, stderr }).toEqual({ code: code === 0 ? 0 : 1, stderr: '' })
    return stdout
  }

  test('is what its schema says', () => {
    validate(report)
    expect(validate.errors).toBeNull()
  })

  test('is the same in every run', () => {
    expect(json([name])).toBe(text)
  })

  test('is the same whatever the order of the arguments', () => {
    const entries = readdirSync(join(cwd, name)).sort().map(entry => join(name, entry))
    expect(json([...entries].reverse())).toBe(json(entries))
  })

  test('points into the files that were named', () => {
    const texts = new Map(report.coverage.map(({ file }) => [file, readFileSync(join(cwd, file))]))
    expect([...texts.keys()].filter(file => !file.startsWith(`${name}/`) || file.includes('\\'))).toEqual([])
    const linesIn = new Map([...texts].map(([file, bytes]) => [file, bytes.toString('utf8').split(/\r\n?|\n/)]))
    const outside = report.findings.filter(({ file, line, column, endLine, endColumn }) => {
      const lines = linesIn.get(file)
      if (lines === undefined || line > lines.length || endLine > lines.length || endLine < line) return true
      return column > lines[line - 1].length + 1 || endColumn > lines[endLine - 1].length + 1 || (endLine === line && endColumn < column)
    })
    expect(outside).toEqual([])
    const parts = report.coverage.flatMap(({ file, documents }) => documents.map(document => ({ file, ...document })))
    expect(parts.filter(({ file, startByte, endByte, line }) => startByte > endByte || endByte > texts.get(file)!.length || line > linesIn.get(file)!.length)).toEqual([])
  })

  test('counts what it holds', () => {
    const { summary, findings, coverage, controls } = report
    const { total, enforcement, severity } = summary.violated
    const sum = (counts: Record<string, number>) => Object.values(counts).reduce((one, other) => one + other, 0)
    expect(findings.length).toBe(total + summary.undecidable + summary.exempt)
    expect([sum(enforcement), sum(severity)]).toEqual([total, total])
    const parts = coverage.flatMap(({ documents }) => documents)
    expect([coverage.length, parts.length, parts.filter(({ evaluated }) => evaluated).length]).toEqual([summary.files, summary.documents, summary.evaluated])
    expect(summary.notEvaluated.reduce((count, reason) => count + reason.count, 0)).toBe(summary.documents - summary.evaluated)
    expect(Object.keys(controls)).toEqual([...new Set(findings.map(({ control }) => control))].sort())
  })
})
