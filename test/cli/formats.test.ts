import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Report } from '../../src/report/report.ts'
import { faultsBy, xml } from '../report/formats.ts'
import { mcpPolicy, systemNode } from './command.ts'

let cwd: string
const formats = ['sarif', 'code-scanning', 'junit', 'github', 'gitlab', 'markdown'] as const
const examples = join(import.meta.dirname, '..', 'examples')

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'mcp-policy-formats-'))
  mkdirSync(join(cwd, '.git'))
  mkdirSync(join(cwd, 'deploy'))
  cpSync(examples, join(cwd, 'examples'), { recursive: true })
  writeFileSync(join(cwd, 'deploy', 'a pod.yaml'), 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, securityContext: {privileged: true}}]}\n')
})

afterAll(() => rmSync(cwd, { recursive: true }))

const sarifFaults = faultsBy('sarif-2.1.0')

type Sarif = { runs: [{ results: { kind?: string; suppressions?: object[]; locations: { physicalLocation: { artifactLocation: { uri: string } } }[] }[]; automationDetails: { id: string }; tool: { driver: { rules: { id: string; fullDescription: { text: string }; help: { text: string } }[] } } }] }

const annotation = /^::(?:error|warning|notice) (?:[A-Za-z]+=[^:,\r\n]*)(?:,[A-Za-z]+=[^:,\r\n]*)*::[^\r\n]*$/

/** What is wrong with a report, by its format; the report as data tells what there is. */
const faults: Record<(typeof formats)[number], (text: string, data: Report) => unknown[]> = {
  sarif: (text, { findings }) => [...sarifFaults(JSON.parse(text)), ...((JSON.parse(text) as Sarif).runs[0].results.length === findings.length ? [] : ['results'])],
  'code-scanning': (text, { summary }) => [...sarifFaults(JSON.parse(text)), ...((JSON.parse(text) as Sarif).runs[0].results.length === summary.violated.total ? [] : ['results'])],
  junit: (text, { summary, coverage, findings }) => {
    const { tests, failures } = xml(text).attributes
    return Number(tests) === findings.length + coverage.length && Number(failures) === summary.violated.enforcement.deny ? [] : [tests, failures]
  },
  github: text => text.trimEnd().split('\n').filter(line => !annotation.test(line)),
  gitlab: (text, { summary }) => {
    const issues = JSON.parse(text) as { fingerprint: string; location: { path: string } }[]
    return issues.length === summary.violated.total && new Set(issues.map(({ fingerprint }) => fingerprint)).size === issues.length && issues.every(({ location }) => !location.path.startsWith('/')) ? [] : ['issues']
  },
  markdown: (text, { findings }) => [...(Buffer.byteLength(text) > 60_000 ? ['too long'] : []), ...[...new Set(findings.filter(({ outcome }) => outcome === 'violated').map(({ control }) => control))].filter(id => !text.includes(`\`${id}\``) && !text.includes('did not fit'))],
}

describe.each(readdirSync(examples).sort())('%s', id => {
  test('every format is well formed and says what the report does', () => {
    const { stderr } = mcpPolicy(['lint', `examples/${id}`, '--format', 'json=report.json', ...formats.flatMap(format => ['--format', `${format}=report.${format}`])], { cwd })
    expect(stderr).toBe('')
    const data = JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8')) as Report
    for (const format of formats) expect({ format, faults: faults[format](readFileSync(join(cwd, `report.${format}`), 'utf8'), data) }).toEqual({ format, faults: [] })
  })
})

describe('all examples together', () => {
  test.each(formats)('%s is well formed, and the same bytes in every run', format => {
    const [one, two] = [1, 2].map(() => mcpPolicy(['lint', 'examples', 'deploy', '--format', format, '--format', 'json=all.json'], { cwd }))
    const data = JSON.parse(readFileSync(join(cwd, 'all.json'), 'utf8')) as Report
    rmSync(join(cwd, 'all.json'))
    expect(data.findings.length).toBeGreaterThan(300)
    expect(faults[format](one.stdout, data)).toEqual([])
    expect(two.stdout === one.stdout).toBe(true)
    expect(one.stdout).not.toContain(cwd)
  })

  test('the rules of SARIF stay inside of what GitHub takes', () => {
    const { rules } = (JSON.parse(mcpPolicy(['lint', 'examples', '--format', 'sarif'], { cwd }).stdout) as Sarif).runs[0].tool.driver
    expect(rules.length).toBeGreaterThan(20)
    expect(rules.filter(({ fullDescription, help }) => fullDescription.text === '' || fullDescription.text.length > 1024 || help.text === '')).toEqual([])
  })
})

describe('names of files are those of the repository', () => {
  test.each([['the root', '.', 'deploy/a pod.yaml'], ['a folder', 'deploy', 'a pod.yaml']])('from %s', (_, folder, file) => {
    const said = (format: string) => mcpPolicy(['lint', file, '--format', format], { cwd: join(cwd, folder) }).stdout
    expect((JSON.parse(said('sarif')) as Sarif).runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri).toBe('deploy/a%20pod.yaml')
    expect((JSON.parse(said('gitlab')) as { location: { path: string } }[])[0].location.path).toBe('deploy/a pod.yaml')
    expect(said('github')).toContain(' file=deploy/a pod.yaml,')
    expect(xml(said('junit')).children[0].attributes.name).toBe('deploy/a pod.yaml')
  })
})

test('--category names the run', () => {
  const id = (args: string[]) => (JSON.parse(mcpPolicy(['lint', 'deploy', '--format', 'sarif', ...args], { cwd }).stdout) as Sarif).runs[0].automationDetails.id
  expect([id([]), id(['--category', 'charts']), id(['--profile', 'staging'])]).toEqual(['mcp-policy/production/', 'charts/', 'mcp-policy/staging/'])
})

test.skipIf(systemNode === undefined)('the Node of the machine writes the same', () => {
  for (const format of formats) {
    expect(mcpPolicy(['lint', 'deploy', '--format', format], { cwd, executable: systemNode })).toEqual(mcpPolicy(['lint', 'deploy', '--format', format], { cwd }))
  }
})

describe('names that would be something else', () => {
  const name = '::error::@team [x](https:,a=1) <img src=x> `b` ##[set-output name=a]b%0A\u001b[31m\u202e\n.yaml'
  const folder = () => join(cwd, 'odd')

  beforeAll(() => {
    mkdirSync(folder())
    mkdirSync(join(folder(), '.git'))
    const image = '"r.example/@team/<img src=x>](https://evil.example)##[add-mask]:latest"'
    writeFileSync(join(folder(), name), `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: "::error::x\\r\\n<b>"\n    image: ${image}\n    securityContext: {privileged: true}\n`)
  })

  afterAll(() => rmSync(folder(), { recursive: true }))

  test('every format is well formed', () => {
    const said = (format: string) => mcpPolicy(['lint', '.', '--format', format], { cwd: folder() }).stdout
    const data = JSON.parse(said('json')) as Report
    expect(data.findings.map(({ file }) => file)).toContain(name)
    for (const format of formats) expect({ format, faults: faults[format](said(format), data) }).toEqual({ format, faults: [] })
  })

  test.each(['text', 'compact'])('no line of %s is a command, and none is hidden', format => {
    const { stdout } = mcpPolicy(['lint', '.', '--format', format, '-v'], { cwd: folder() })
    expect(stdout).toContain('∶:error::@team')
    expect(stdout.split('\n').filter(line => line.includes('##[') || line.trim().startsWith('::'))).toEqual([])
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f\u202e]/)
  })
})
