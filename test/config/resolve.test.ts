import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Configuration, Content } from '../../src/config/configuration.ts'
import { resolved, type Asked } from '../../src/config/resolve.ts'
import { loadBundle } from '../../src/policy/bundle.ts'
import { root } from '../../src/tasks/opa.ts'

const { catalogue } = loadBundle(join(root, 'policies', 'bundle'))
const file = { path: '.mcp-policy.yaml', text: '', artefacts: [], uncovered: [], empty: [], byteOffset: (offset: number) => offset }
const configuration = (content: Content): Configuration => ({ content, file, folder: '/repo', spanOf: () => ({ start: 0, end: 0 }), unread: [] })
const nothing: Asked = { strict: false, controls: [], skip: [] }
const run = (content: Content | undefined, asked: Partial<Asked> = {}, inTree = true) =>
  resolved({ ...nothing, ...asked }, content && configuration(content), catalogue, { inTree, today: '2026-11-21', working: '/repo/a' })
const ids = (content: Content, asked: Partial<Asked> = {}) => {
  const { selected } = run(content, asked)
  return catalogue.controls.filter(control => selected === undefined || selected(control)).map(({ id }) => id)
}

test('without a configuration', () => {
  expect(run(undefined)).toMatchObject({ profile: 'production', failOn: 'deny', params: {}, enforcement: {}, refused: [], selected: undefined, settingsFor: undefined })
})

test('the command line wins', () => {
  expect(run({ profile: 'staging', fail_on: 'never' })).toMatchObject({ profile: 'staging', failOn: 'never' })
  expect(run({ profile: 'staging', fail_on: 'never' }, { profile: 'pss-baseline', failOn: 'warn' })).toMatchObject({ profile: 'pss-baseline', failOn: 'warn' })
  expect(run({ folders: { b: { profile: 'development' } } }, { profile: 'staging' }).settingsFor!('../b/x.yaml')!.profile).toBe('staging')
})

test('controls are selected by id, area, pattern and severity', () => {
  expect(ids({}, { controls: ['image'] }).every(id => id.startsWith('image-'))).toBe(true)
  expect(ids({ skip: ['image-pinned-tag'] }, { controls: ['image-*'] })).not.toContain('image-pinned-tag')
  const severe = ids({}, { severity: 'critical' })
  expect(severe.map(id => catalogue.controls.find(control => control.id === id)!.severity).every(severity => severity === 'critical')).toBe(true)
  expect(severe).toContain('workload-no-privileged')
})

describe('a folder has its own settings', () => {
  const { settingsFor } = run({
    profile: 'production', enforcement: { 'image-pinned-tag': 'warn' },
    folders: { './services/': { profile: 'staging', params: { edge_services: ['a'] } }, 'services/edge': { enforcement: { 'image-pinned-tag': 'deny' } }, '.': { params: { public_ports: [1] } } },
  })
  test.each<[string, object]>([
    ['../services/x.yaml', { profile: 'staging', enforcement: { 'image-pinned-tag': 'warn' }, params: { public_ports: [1], edge_services: ['a'] } }],
    ['/repo/services/edge/deep/x.yaml', { profile: 'staging', enforcement: { 'image-pinned-tag': 'deny' }, params: { public_ports: [1], edge_services: ['a'] } }],
    ['../servicesx/x.yaml', { profile: 'production', enforcement: { 'image-pinned-tag': 'warn' }, params: { public_ports: [1] } }],
    ['x.yaml', { profile: 'production', enforcement: { 'image-pinned-tag': 'warn' }, params: { public_ports: [1] } }],
  ])('%s', (path, expected) => {
    expect(settingsFor!(path)).toEqual(expected)
  })
  test('outside of the repository there are none', () => {
    expect(settingsFor!('/elsewhere/x.yaml')).toBeUndefined()
  })
})

test.each([
  ['deploy/a.yaml', ['../deploy/a.yaml', '/repo/deploy/a.yaml'], ['a.yaml', '../deploy/a.yaml.bak', '/other/deploy/a.yaml']],
  ['deploy', ['../deploy/a.yaml', '../deploy/b/c.yaml'], ['../deployment/a.yaml']],
  ['./deploy/', ['../deploy/a.yaml'], []],
  ['*.local.yaml', ['x.local.yaml', '../b/x.local.yaml'], ['x.yaml']],
  ['deploy/**/a.yaml', ['../deploy/x/a.yaml'], ['../other/x/a.yaml']],
])('the file %s of an exemption', (pattern, inside, outside) => {
  const { exemptions } = run({ exemptions: [{ control: 'image-pinned-tag', artefact: { file: pattern }, reason: 'r', owner: 'o', last_day: '2027-01-01' }] })
  const scope = exemptions!.written[0].scope as { file(path: string): boolean }
  expect([inside.filter(path => !scope.file(path)), outside.filter(path => scope.file(path))]).toEqual([[], []])
})

test('Compose files are what the configuration says', () => {
  const { compose } = run({ compose: { files: { 'dev/compose.yaml': 'production' }, profiles: ['full'] } })
  expect([compose!.markOf('../dev/compose.yaml'), compose!.markOf('compose.yaml'), compose!.profiles]).toEqual(['production', undefined, ['full']])
})

describe('under --strict a configuration of the scanned tree', () => {
  const content: Content = {
    profile: 'development', systems: ['hangar'], exclude: ['a'], skip: ['image'], fail_on: 'never', baseline: 'b', enforcement: { 'image-pinned-tag': 'audit' },
    params: { injected_sidecars: ['x'], pod_template_paths: ['p'] }, secrets: { not_secret: [{ name: 'A' }], env_only_images: [{ image: 'i', reason: 'r', owner: 'o' }] }, hangar: { critical_servers: ['a'] }, compose: { profiles: ['x'] },
    folders: { a: { profile: 'staging', params: { edge_services: ['x'] }, net: { public_ports: [{ port: 1, reason: 'r', owner: 'o' }] } } },
    exemptions: [{ control: 'image-pinned-tag', artefact: { name: 'a' }, reason: 'r', owner: 'o', last_day: '2027-01-01' }],
  }
  test('takes nothing away, and the run says what it does not accept', () => {
    const strict = run(content, { strict: true })
    expect(strict.refused.map(({ path }) => path.join('.'))).toEqual([
      'exclude', 'skip', 'baseline', 'compose', 'secrets.not_secret', 'fail_on', 'profile', 'params.injected_sidecars', 'hangar.critical_servers', 'secrets.env_only_images',
      'folders.a.profile', 'folders.a.params.edge_services', 'folders.a.net.public_ports',
    ])
    expect(strict).toMatchObject({ profile: 'production', failOn: 'deny', raisesOnly: true, systems: ['hangar'], params: { pod_template_paths: ['p'] } })
    expect([strict.excluded, strict.baseline, strict.notSecret, strict.compose, strict.selected]).toEqual([undefined, undefined, undefined, undefined, undefined])
    expect(strict.settingsFor!('/repo/a/x.yaml')).toMatchObject({ profile: 'production', params: { pod_template_paths: ['p'] } })
    expect(strict.exemptions!.written.map(({ trusted }) => trusted)).toEqual([false])
  })
  test('may make the profile stricter', () => {
    expect(run({ profile: 'production' }, { strict: true, profile: 'staging' }).profile).toBe('production')
    expect(run({ profile: 'production' }, { strict: true, profile: 'pss-baseline' }).profile).toBe('pss-baseline')
  })
  test('that stands elsewhere holds', () => {
    const trusted = run(content, { strict: true }, false)
    expect(trusted).toMatchObject({ profile: 'development', failOn: 'never', refused: [], raisesOnly: false })
    expect(trusted.exemptions!.written.map(one => one.trusted)).toEqual([true])
  })
})
