import { describe, expect, test } from 'vitest'
import { outline, reading, textAt } from './reading.ts'

describe('an MCP client configuration', () => {
  test('may have comments and trailing commas', () => {
    const file = reading('.vscode/mcp.json', '// mine\n{\n  "servers": {\n    "db": {"command": "npx", "env": {"KEY": "x",},}, /* last */\n  },\n}\n')
    const [artefact] = file.artefacts
    expect(artefact).toMatchObject({ kind: 'mcp-client-config', about: { client: 'vscode', servers: [{ name: 'db', path: ['servers', 'db'] }] } })
    expect(textAt(file, artefact, ['servers', 'db', 'env', 'KEY'])).toBe('"x"')
    expect(file.uncovered).toEqual([])
  })

  test.each([
    ['claude_desktop_config.json', '{"mcpServers": {"a": {"command": "x"}}}', 'claude-desktop', [['mcpServers', 'a']]],
    ['.mcp.json', '{"mcpServers": {"a": {"url": "x"}}}', 'claude', [['mcpServers', 'a']]],
    ['x/.cursor/mcp.json', '{"mcpServers": {"a": {}}}', 'cursor', [['mcpServers', 'a']]],
    ['.codeium/windsurf/mcp_config.json', '{"mcpServers": {"a": {}}}', 'windsurf', [['mcpServers', 'a']]],
    ['cline_mcp_settings.json', '{"mcpServers": {"a": {}}}', 'cline', [['mcpServers', 'a']]],
    ['.vscode/mcp.json', '{"servers": {"a": {"url": "x"}}}', 'vscode', [['servers', 'a']]],
    ['any.json', '{"inputs": [], "servers": {"a": {"url": "x"}}}', 'vscode', [['servers', 'a']]],
    ['.vscode/settings.json', '{"editor.x": 1, "mcp": {"servers": {"a": {"command": "x"}}}}', 'vscode', [['mcp', 'servers', 'a']]],
    ['app.code-workspace', '{"settings": {"mcp": {"servers": {"a": {"command": "x"}}}}}', 'vscode', [['settings', 'mcp', 'servers', 'a']]],
    ['.devcontainer/devcontainer.json', '{"customizations": {"vscode": {"mcp": {"servers": {"a": {"command": "x"}}}}}}', 'vscode', [['customizations', 'vscode', 'mcp', 'servers', 'a']]],
    ['.zed/settings.json', '{"context_servers": {"a": {"command": {"path": "x"}}}}', 'zed', [['context_servers', 'a']]],
  ])('%s', (path, text, client, servers) => {
    const { artefacts } = reading(path, text)
    expect(artefacts).toMatchObject([{ kind: 'mcp-client-config', about: { client } }])
    expect((artefacts[0].about!.servers as any[]).map(server => server.path)).toEqual(servers)
  })

  test('without a server is one all the same', () => {
    expect(reading('.mcp.json', '{"mcpServers": {}}').artefacts).toMatchObject([{ kind: 'mcp-client-config', about: { servers: [] } }])
  })

  test('with a key twice counts the last, with a remark', () => {
    const [artefact] = reading('.mcp.json', '{"mcpServers": {"a": {"url": "x", "url": "y",}}}').artefacts
    expect(artefact.value).toEqual({ mcpServers: { a: { url: 'y' } } })
    expect(artefact.remarks).toMatchObject([{ kind: 'duplicate-key', path: ['mcpServers', 'a', 'url'], span: { start: 22, end: 27 } }])
  })

  test('may have keys of any name', () => {
    const [artefact] = reading('.mcp.json', '{"mcpServers": {"__proto__": {"url": "x"},}}').artefacts
    expect(artefact.about!.servers).toEqual([{ name: '__proto__', path: ['mcpServers', '__proto__'] }])
    expect(({} as any).url).toBeUndefined()
  })
})

test.each([
  ['Kubernetes in JSON with comments, which kubectl refuses', 'pod.json', '{"apiVersion": "v1", "kind": "Pod", /* x */}', [], ['syntax']],
  ['a Kubernetes object', 'pod.json', '{"apiVersion": "v1", "kind": "Pod"}', ['kubernetes'], []],
  ['several objects', 'pods.json', '{"apiVersion": "v1", "kind": "Pod"}\n{"apiVersion": "v1", "kind": "Pod"}', ['kubernetes', 'kubernetes'], []],
  ['JSON that is called YAML', 'pod.yaml', '{"apiVersion": "v1", "kind": "Pod"}', ['kubernetes'], []],
  ['YAML that is called JSON', 'pod.json', 'apiVersion: v1\nkind: Pod\n', ['kubernetes'], []],
  ['some other JSON', 'package.json', '{"name": "x"}', [], ['unknown-kind']],
  ['some other JSON with comments', 'tsconfig.json', '{"a": 1, /* x */ }', [], ['unknown-kind']],
  ['broken JSON', 'a.json', '{"a": ', [], ['syntax']],
  ['an empty file', 'a.json', ' \n', [], []],
  ['an empty file with comments', 'a.jsonc', '// x\n', [], []],
  ['a broken file with comments', 'a.jsonc', '// x\n{"a" 1}', [], ['syntax']],
])('%s', (_, path, text, kinds, reasons) => {
  expect(outline(reading(path, text))).toEqual({ kinds, reasons })
})

test('a message quotes nothing of the file', () => {
  for (const text of ['{"password": "hunter2" "x"}', '{"password": hunter2}', '// {"password": hunter2', '{"password": "hunter2']) {
    for (const path of ['.mcp.json', 'a.jsonc', 'pod.yaml']) expect(JSON.stringify(reading(path, text).uncovered)).not.toContain('hunter2')
  }
})

test.each(['.mcp.json', 'a.jsonc', 'a.yaml'])('deep nesting in %s is a limit, not a crash', path => {
  const text = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  expect(outline(reading(path, text))).toEqual({ kinds: [], reasons: ['limit'] })
})
