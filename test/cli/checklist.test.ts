import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mcpPolicy } from './command.ts'

const root = mkdtempSync(join(tmpdir(), 'checklist-'))
writeFileSync(join(root, 'config.yaml'), 'mcp_servers:\n  a:\n    mode: subprocess\n    command: [a]\nauth:\n  enabled: true\n  allow_anonymous: true\n')

const items = (...args: string[]) => {
  const { code, stdout } = mcpPolicy(['checklist', '--format', 'json', ...args, 'config.yaml'], { cwd: root })
  const data = JSON.parse(stdout) as { systems: string[]; totals: Record<string, Record<string, number>>; items: { id: string; state: string; by: { findings: { file: string; line: number }[] }[] }[] }
  return { code, ...data, state: (id: string) => data.items.find(item => item.id === id)! }
}

test('each item is told, with the place of what violates it', () => {
  const { code, systems, totals, items: all, state } = items()
  expect({ code, systems, count: all.length }).toEqual({ code: 1, systems: ['hangar'], count: 622 })
  expect(state('hangar-002')).toMatchObject({ state: 'violated', by: expect.arrayContaining([expect.objectContaining({ findings: [expect.objectContaining({ file: 'config.yaml', line: 7 })] })]) })
  expect(state('bridge-001').state).toBe('not-selected')
  expect(Object.values(totals.total).reduce((sum, count) => sum + count, 0)).toBe(622)
  expect(totals.bridge['not-selected']).toBe(168)
})

test('--system chooses, an exemption makes an item exempt, a selection leaves items out', () => {
  expect(items('--system', 'bridge,stack').systems).toEqual(['bridge', 'stack'])
  expect(items('--control', 'workload').state('hangar-002').state).toBe('not-selected')
  writeFileSync(join(root, 'exempt.yaml'), `exemptions:\n- {control: auth-required, artefact: {file: config.yaml}, reason: a lab, owner: lab, last_day: "${new Date().toISOString().slice(0, 10)}"}\n`)
  expect(items('--config', 'exempt.yaml').state('hangar-002').state).toBe('exempt')
})

test('as text', () => {
  const { stdout } = mcpPolicy(['checklist', 'config.yaml'], { cwd: root })
  expect(stdout).toContain('  [ ] hangar-002  violated        auth.enabled: true')
  expect(stdout).toContain('      config.yaml:7\n')
  expect(stdout).toMatch(/^hangar {4}.*48$/m)
  expect(stdout).toMatch(/^total .* 622$/m)
})

test('a system that there is not', () => {
  expect(mcpPolicy(['checklist', '--system', 'brigde', '.'], { cwd: root })).toEqual({ code: 2, stdout: '', stderr: 'mcp-policy: --system: there is no brigde; did you mean bridge? (one of hangar, bridge, openmcp, stack, python-server)\n' })
})
