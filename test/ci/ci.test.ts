import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { haveGo } from '../../src/tasks/opa.ts'
import { faultsBy } from '../report/formats.ts'
import { root, snippets } from './snippets.ts'

type Action = { inputs: Record<string, object>; runs: { steps: { run: string; env: Record<string, string> }[] } }

const actionText = readFileSync(join(root, 'action.yml'), 'utf8')
const action = parse(actionText) as Action
const workflows = snippets().filter(({ heading }) => heading === 'GitHub Actions')
const pipelines = snippets().filter(({ heading }) => heading === 'GitLab')

test('the action, the workflows and the pipeline are valid by the schemas', () => {
  expect(faultsBy('github-actions')(action)).toEqual([])
  expect(workflows.map(({ value }) => faultsBy('github-workflows')(value))).toEqual([[], []])
  expect(pipelines.map(({ value }) => faultsBy('gitlab-ci')(value))).toEqual([[]])
})

test('the schemas see what is wrong', () => {
  expect(faultsBy('github-actions')({ ...action, runs: { using: 'composite', steps: [{ run: 'x' }] } })).not.toEqual([])
  expect(faultsBy('github-workflows')({ ...(workflows[0].value as object), jobs: { 'a b': {} } })).not.toEqual([])
  expect(faultsBy('gitlab-ci')({ job: { script: 5 } })).not.toEqual([])
})

test('scripts read inputs from the environment alone, and every input is used', () => {
  for (const { run, env } of action.runs.steps) {
    expect(run).not.toContain('${{')
    for (const name of Object.keys(env)) expect(run).toContain(`$${name}`)
    expect(Object.values(env)).toEqual(Object.keys(action.inputs).filter(name => Object.values(env).includes(`\${{ inputs.${name} }}`)).map(name => `\${{ inputs.${name} }}`))
    expect(Object.keys(env)).toHaveLength(Object.keys(action.inputs).length)
  }
  for (const { text } of workflows) expect([...text.matchAll(/^\s*(?:- )?run:.*\$\{\{/gm)]).toEqual([])
})

test('what the workflows use is pinned by hash, and permissions are named', () => {
  const used = workflows.flatMap(({ text }) => [...text.matchAll(/uses: (\S+)/g)].map(([, name]) => name))
  expect(used.length).toBeGreaterThan(4)
  expect(used.filter(name => !/@[0-9a-f]{40}$/.test(name))).toEqual(['mcp-policy/mcp-policy@v0.1.0'])
  expect(workflows.map(({ value }) => 'permissions' in (value as object))).toEqual([true, true])
})

test.skipIf(!haveGo())('actionlint has nothing to say of the workflows, with the action itself in place of its release', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mcp-policy-actionlint-'))
  try {
    mkdirSync(join(folder, '.git'))
    mkdirSync(join(folder, '.github', 'workflows'), { recursive: true })
    writeFileSync(join(folder, 'action.yml'), actionText)
    const files = workflows.map(({ text }, index) => {
      const file = join(folder, '.github', 'workflows', `${index}.yml`)
      writeFileSync(file, text.replace(/mcp-policy\/mcp-policy@v\S+/, './'))
      return file
    })
    const lint = (more: string[]) => spawnSync('go', ['-C', join(root, 'test', 'ci'), 'tool', 'actionlint', '-no-color', '-shellcheck=', '-pyflakes=', ...more], { encoding: 'utf8' })
    expect(lint(files)).toMatchObject({ status: 0, stdout: '' })
    writeFileSync(files[0], readFileSync(files[0], 'utf8').replace('paths: |', 'path: |'))
    expect(lint(files).stdout).toContain('input "path" is not defined in action')
  } finally {
    rmSync(folder, { recursive: true })
  }
}, 300_000)

if (!haveGo()) process.stderr.write('!!! SKIPPED: actionlint, there is no Go on this machine\n')
