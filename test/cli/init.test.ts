import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readConfiguration } from '../../src/config/read.ts'
import { loadBundle } from '../../src/policy/bundle.ts'
import { root } from '../../src/tasks/opa.ts'
import { mcpPolicy } from './command.ts'

const { catalogue, data } = loadBundle(join(root, 'policies', 'bundle'))
const pod = (name: string) => `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec: {containers: [{name: c, image: "mcp-a:1.0.0", securityContext: {privileged: true}}]}\n`

function tree(files: Record<string, string>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'init-')))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

const files = {
  'config.yaml': 'mcp_servers:\n  search: {mode: remote, endpoint: "https://search.example/mcp"}\n',
  'docker-compose.yml': 'services:\n  mcp: {image: "mcp-b:1.0.0", ports: ["8000:8000"]}\n',
  'docker-compose.override.yml': 'services:\n  mcp: {read_only: true}\n',
  'compose.prod.yml': 'services:\n  mcp: {image: "mcp-b:1.0.0"}\n',
  'deploy/overlays/staging/a.yaml': pod('a'),
  'deploy/overlays/local-dev/b.yaml': pod('b'),
  'deploy/overlays/pre-production/c.yaml': pod('c'),
  'charts/x.yaml': 'a: {{ .Values.x }}\n',
  'README.md': '# x\n',
}

const config = (folder: string, path = '.mcp-policy.yaml') => readFileSync(join(folder, path), 'utf8')
const read = (folder: string, path = '.mcp-policy.yaml') =>
  readConfiguration(join(folder, path), path, { catalogue, params: data.params, schema: join(root, 'schemas', 'config.schema.json') })
const lines = (text: string) => text.split('\n').filter(line => line !== '' && !line.startsWith('#'))

/** With every proposal taken. */
const taken = (text: string) => text.replaceAll(/^#(?! \S)/gm, '')

const judged = (folder: string, ...args: string[]) => {
  const { stdout } = mcpPolicy(['lint', '--format', 'json', ...args], { cwd: folder })
  const { findings, summary: { violated, undecidable, exempt } } = JSON.parse(stdout)
  return { findings, violated, undecidable, exempt }
}

test('a tree is looked through', () => {
  const folder = tree(files)
  const { code, stdout, stderr } = mcpPolicy(['init'], { cwd: folder })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toMatch(/^\.mcp-policy\.yaml: written\. \d+ findings, \d+ of which fail a run\. `mcp-policy baseline` writes them down/)
  expect(lines(config(folder))).toEqual(['systems: [hangar, stack]', 'paths: ["."]', 'profile: production'])
  const text = config(folder)
  expect(text).toContain(`# - compose.prod.yml
# - config.yaml
# - deploy/overlays (3 files)
# - docker-compose.override.yml
# - docker-compose.yml
# 1 document is a template, which is not judged: render and lint what comes out.
`)
  expect(text).toContain('#folders:\n#  deploy/overlays/local-dev: {profile: development}\n#  deploy/overlays/staging: {profile: staging}\n\n')
  expect(text).toContain('#compose:\n#  files:\n#    docker-compose.yml: production\n\n')
  expect(text).toMatch(/# \d+ findings when this was written, \d+ of which fail a run\./)
  expect(text).toContain('#  critical_servers: [search]\n')
  expect(text).toMatch(/#exemptions:\n#- control: \S+\n#  artefact: \{kind: hangar-config, file: config\.yaml\}\n/)
})

test('a run with it finds what a run without it finds', () => {
  const folder = tree(files)
  const before = judged(folder, '.')
  expect(before.violated.total).toBeGreaterThan(10)
  mcpPolicy(['init'], { cwd: folder })
  expect(judged(folder)).toEqual(before)
  expect(judged(folder, '.')).toEqual(before)
})

test.each(['examples', 'test/examples/config-keys-known', 'test/examples/net-policy-covers-workload', 'test/examples/secrets-compose-docker-secrets'])('so it is in %s', path => {
  const folder = tree({})
  cpSync(join(root, path), folder, { recursive: true })
  const before = judged(folder, '.')
  mcpPolicy(['init'], { cwd: folder })
  expect(judged(folder)).toEqual(before)
  writeFileSync(join(folder, 'taken.yaml'), taken(config(folder)))
  expect(() => read(folder, 'taken.yaml')).not.toThrow()
})

test('of the same tree it is the same, and it is right with every proposal taken', () => {
  const [one, other] = [tree(files), tree(files)]
  expect(mcpPolicy(['init', '--output', '-'], { cwd: one }).stdout).toBe(mcpPolicy(['init', '--output=-'], { cwd: other }).stdout)
  expect(existsSync(join(one, '.mcp-policy.yaml'))).toBe(false)
  mcpPolicy(['init'], { cwd: one })
  expect(read(one).content).toEqual({ systems: ['hangar', 'stack'], paths: ['.'], profile: 'production' })
  writeFileSync(join(one, 'taken.yaml'), taken(config(one)))
  expect(read(one, 'taken.yaml').content).toMatchObject({
    exclude: ['vendor'], baseline: '.mcp-policy-baseline.json', compose: { files: { 'docker-compose.yml': 'production' } },
    folders: { 'deploy/overlays/staging': { profile: 'staging' } }, hangar: { critical_servers: ['search'] }, exemptions: [{ last_day: 'YYYY-MM-DD' }],
  })
})

test('paths that are named stand in it, as the file sees them', () => {
  const folder = tree(files)
  mkdirSync(join(folder, 'policy'))
  expect(mcpPolicy(['init', './deploy/', 'docker-compose.yml', '--output', 'policy/mcp.yaml'], { cwd: folder }).code).toBe(0)
  expect(read(folder, 'policy/mcp.yaml').content.paths).toEqual(['../deploy', '../docker-compose.yml'])
  expect(judged(folder, '--config', 'policy/mcp.yaml')).toEqual(judged(folder, '--no-config', 'deploy', 'docker-compose.yml'))
})

test('names that would be more than names', () => {
  const folder = tree({ 'yes/dev/on: {a}\u2028x: y.yaml': pod('"a\\nprofile: development\\u0085b"'), 'd "ev"/local/é.yaml': pod('b') })
  expect(mcpPolicy(['init'], { cwd: folder }).code).toBe(0)
  expect(lines(config(folder))).toEqual(['paths: ["."]', 'profile: production'])
  expect(config(folder)).not.toMatch(/[\u0085\u2028\u2029]/)
  writeFileSync(join(folder, 'taken.yaml'), taken(config(folder)))
  const { content: { folders, exemptions } } = read(folder, 'taken.yaml')
  expect(folders).toEqual({ 'd "ev"/local': { profile: 'development' }, 'yes/dev': { profile: 'development' } })
  expect(exemptions![0].artefact.name).toMatch(/^(a\nprofile: development\u0085b|b)$/)
})

test('nothing to judge', () => {
  const folder = tree({ 'README.md': '# x\n' })
  expect(mcpPolicy(['init'], { cwd: folder })).toEqual({ code: 0, stderr: '', stdout: '.mcp-policy.yaml: written. 0 findings, 0 of which fail a run.\n' })
  expect(read(folder).content).toEqual({ paths: ['.'], profile: 'production' })
  expect(config(folder)).not.toContain('baseline:')
})

describe('what is there', () => {
  test('is not written over without --force', () => {
    const folder = tree({ ...files, '.mcp-policy.yaml': 'profile: staging\n' })
    expect(mcpPolicy(['init'], { cwd: folder })).toEqual({
      code: 2, stdout: '', stderr: 'mcp-policy: init: .mcp-policy.yaml is there already; --force writes over it, --output=- prints what would be written\n',
    })
    expect(config(folder)).toBe('profile: staging\n')
    expect(mcpPolicy(['init', '--force'], { cwd: folder })).toMatchObject({ code: 0, stderr: '' })
    expect(config(folder)).toBe(mcpPolicy(['init', '--output=-'], { cwd: folder }).stdout)
  })
  test('is not put in the shadow', () => {
    const folder = tree({ ...files, '.git/HEAD': '', '.mcp-policy.yml': 'profile: staging\n' })
    expect(mcpPolicy(['init'], { cwd: join(folder, 'deploy') })).toEqual({
      code: 2, stdout: '', stderr: 'mcp-policy: init: the configuration ../.mcp-policy.yml holds here already; --force writes one for this folder in its place, --output=- prints it\n',
    })
    expect(mcpPolicy(['init'], { cwd: folder }).stderr).toContain('.mcp-policy.yml holds here already')
    expect(mcpPolicy(['init', '--force'], { cwd: join(folder, 'deploy') })).toMatchObject({
      code: 0, stderr: 'mcp-policy: ../.mcp-policy.yml does not hold in this folder any more\nmcp-policy: it holds for runs that start in this folder or below; the root of the repository is ..\n',
    })
  })
})

test.each([
  [['none'], 'none: does not exist'],
  [['-'], 'init: a configuration is for files, not for standard input'],
  [['--output='], '--output: the file is missing'],
  [['--output', 'no/such.yaml'], 'no/such.yaml: the report could not be written'],
])('%j cannot be done', (args, message) => {
  const folder = tree({})
  expect(mcpPolicy(['init', ...args], { cwd: folder })).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(message) })
  expect(existsSync(join(folder, '.mcp-policy.yaml'))).toBe(false)
})
