import { expect, test } from 'vitest'
import { outline, reading, textAt } from './reading.ts'

test('servers of Codex', () => {
  const file = reading('.codex/config.toml', 'model = "x"\n[mcp_servers.db]\ncommand = "npx"\nargs = ["-y", "db"]\n\n[mcp_servers.db.env]\nKEY = "x"\n\n[mcp_servers."my web"]\nurl = "https://x"\n')
  const [artefact] = file.artefacts
  expect(artefact).toMatchObject({
    kind: 'mcp-client-config',
    value: { model: 'x', mcp_servers: { db: { command: 'npx', args: ['-y', 'db'], env: { KEY: 'x' } }, 'my web': { url: 'https://x' } } },
    about: { client: 'codex', servers: [{ name: 'db', path: ['mcp_servers', 'db'] }, { name: 'my web', path: ['mcp_servers', 'my web'] }] },
  })
  expect(textAt(file, artefact, ['mcp_servers', 'db', 'env', 'KEY'])).toBe('"x"')
  expect(textAt(file, artefact, ['mcp_servers', 'db', 'args', 1])).toBe('"db"')
  const { key } = artefact.locate(['mcp_servers', 'my web', 'url'])
  expect(file.text.slice(key!.start, key!.end)).toBe('url')
})

test('tables in every form', () => {
  const [artefact] = reading('config.toml', 'mcp_servers.a.url = "x"\nmcp_servers.b = {command = "y", env.K = "z"}\nbig = 9223372036854775807\nday = 2026-01-02\n[[list]]\nn = 1\n[[list]]\nn = 2\n[list.sub]\nm = 3\n').artefacts
  expect(artefact.value).toEqual({
    mcp_servers: { a: { url: 'x' }, b: { command: 'y', env: { K: 'z' } } },
    big: 9223372036854775807n,
    day: '2026-01-02',
    list: [{ n: 1 }, { n: 2, sub: { m: 3 } }],
  })
  expect(artefact.hasBigInt).toBe(true)
})

test.each([
  ['pyproject.toml', '[project]\nname = "mcp"\n', { reason: 'unknown-kind', kind: 'pyproject' }],
  ['Cargo.toml', '[package]\n', { reason: 'unknown-kind' }],
  ['config.toml', '[mcp_servers.x\n', { reason: 'syntax', at: 15 }],
])('%s', (path, text, uncovered) => {
  expect(reading(path, text)).toMatchObject({ artefacts: [], uncovered: [{ ...uncovered, document: 0 }] })
})

test('a message quotes nothing of the file', () => {
  expect(JSON.stringify(reading('config.toml', 'mcp_servers.x.key = hunter2\n').uncovered)).not.toContain('hunter2')
  expect(outline(reading('config.toml', `mcp = ${'['.repeat(50_000)}`)).kinds).toEqual([])
})
