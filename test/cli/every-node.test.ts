import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Report } from '../../src/report/report.ts'
import { mcpPolicy, systemNode } from './command.ts'

let cwd: string

const files: Record<string, string> = {
  '.mcp.json': `{
  // Searches the notes.
  "mcpServers": {
    "notes": {
      "command": "python",
      "args": ["notes.py"], /* relative */
      "env": { "DEBUG": true },
    },
  },
}
`,
  '.codex/config.toml': `model = "x"

[mcp_servers.notes]
command = "python"
args = ["notes.py"] # relative
env = { "DEBUG" = true }
`,
  'compose.yml': 'services:\n  notes:\n    image: registry.example/notes\n    ports: ["8000:8000"]\n',
  'Dockerfile': 'FROM registry.example/base\n',
  '.env': 'PORT=8000\n',
  'pod.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, securityContext: {privileged: true}}]}\n',
  '.gitignore': 'ignored/\n',
}

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'mcp-policy-node-'))
  for (const folder of ['.codex', '.git', 'ignored']) mkdirSync(join(cwd, folder))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text)
  writeFileSync(join(cwd, 'ignored', 'pod.yaml'), files['pod.yaml'])
})

afterAll(() => rmSync(cwd, { recursive: true }))

if (systemNode === undefined) process.stderr.write('!!! SKIPPED: the machine has no Node of its own beside the pinned one\n')

const linted = (executable: string, paths: string[]) => mcpPolicy(['lint', '--format=json', ...paths], { cwd, executable })

describe.each([['the pinned Node', process.execPath], ...(systemNode === undefined ? [] : [['the Node of the machine', systemNode]])])('on %s', (_, executable) => {
  test.each([
    ['.mcp.json', ['6:16 absolute-paths', '7:16 env-strings']],
    ['.codex/config.toml', ['5:9 absolute-paths', '6:9 env-strings']],
  ])('%s is read with its comments and judged', (file, places) => {
    const { code, stdout, stderr } = linted(executable, [file])
    expect({ code: code === 0 || code === 1, stderr }).toEqual({ code: true, stderr: '' })
    const { findings, coverage } = JSON.parse(stdout) as Report
    expect(coverage).toMatchObject([{ file, status: 'evaluated', documents: [{ kind: 'mcp-client-config', evaluated: true }] }])
    expect(findings.filter(({ control }) => control === 'agent-client-config').map(finding => `${finding.line}:${finding.column} ${finding.case}`)).toEqual(expect.arrayContaining(places))
  })

  test('every kind of file gives the report of the pinned Node', () => {
    const { code, stdout } = linted(executable, ['.'])
    expect(code).toBe(1)
    expect((JSON.parse(stdout) as Report).coverage.map(({ file }) => file)).toEqual(['.codex/config.toml', '.env', '.mcp.json', 'Dockerfile', 'compose.yml', 'pod.yaml'])
    expect(stdout).toBe(linted(process.execPath, ['.']).stdout)
  })

  test.each([['--version'], ['--help'], ['controls'], ['explain', 'workload-no-privileged'], ['schema', 'report'], ['lint', '--no-ignor']])('%s %s says the same', (...args) => {
    expect(mcpPolicy(args, { executable })).toEqual(mcpPolicy(args))
  })
})
