import { describe, expect, test } from 'vitest'
import type { Json } from '../../src/artefact/document.ts'
import { serverOf } from '../../src/input/client.ts'
import { rules } from './compose-made.ts'

const context = { client: 'claude-desktop', documented: false, rules }
const server = (value: Json, changed: Partial<typeof context> = {}) => serverOf('x', value, { ...context, ...changed })
const faults = (value: Json, changed: Partial<typeof context> = {}) => server(value, changed).paths.map(({ path, why }) => `${path.join('.')} ${why}`)

describe('paths', () => {
  test.each<[string, Json, string[]]>([
    ['uv with an absolute directory makes the script relative to it', { command: 'uv', args: ['--directory', '/srv/x', 'run', 'server.py'] }, []],
    ['a relative directory', { command: 'uv', args: ['--directory', './x', 'run', 'server.py'] }, ['args.1 relative', 'args.3 relative']],
    ['the working directory as directory', { command: 'uv', args: ['--directory=.', 'run', 'x'] }, ['args.0 relative']],
    ['--project changes no directory', { command: 'uv', args: ['--project', '/srv/x', 'run', 'server.py'] }, ['args.3 relative']],
    ['Windows', { command: 'C:\\tools\\uv.exe', args: ['--directory', 'D:\\srv\\x', 'run', 'server.py'] }, []],
    ['a share', { command: 'node', args: ['\\\\files\\x\\index.js'] }, []],
    ['a relative Windows path', { command: 'node', args: ['dist\\index.js'] }, ['args.0 relative']],
    ['home', { command: '~/bin/server', args: ['$HOME/x.json', '${HOME}/y', '%APPDATA%\\z', '~'] }, ['command home', 'args.0 home', 'args.1 home', 'args.2 home', 'args.3 home']],
    ['a script', { command: 'python', args: ['server.py'] }, ['args.0 relative']],
    ['a relative command', { command: './server' }, ['command relative']],
    ['a relative cwd', { command: 'server', cwd: 'work' }, ['cwd relative']],
    ['an absolute cwd', { command: 'server', cwd: '/work' }, []],
    ['npx and its package', { command: 'npx', args: ['-y', '@modelcontextprotocol/server-filesystem', '/srv/files', '../more', '.'] }, ['args.3 relative', 'args.4 relative']],
    ['npx with a version', { command: 'npx', args: ['-y', 'acme/tools@1.2.0'] }, []],
    ['npx behind cmd', { command: 'cmd', args: ['/c', 'npx', '-y', '@acme/server', 'data/x'] }, ['args.4 relative']],
    ['uvx with a repository', { command: 'uvx', args: ['--from', 'git+https://git.example/acme/x', 'x', '--repository', 'work/repo'] }, ['args.4 relative']],
    ['docker run', { command: 'docker', args: ['run', '-i', '--rm', '-e', 'KEY', '-v', '/srv/x:/data', '--mount', 'type=bind,src=./y,dst=/y', 'ghcr.io/acme/server', '/data/x'] }, ['args.8 relative']],
    ['docker with a relative mount', { command: 'docker', args: ['run', '-v', './x:/data', '-v', 'named:/n', '--volume=~/x:/h', 'acme/server'] }, ['args.2 relative', 'args.5 home']],
    ['docker on Windows', { command: 'docker', args: ['run', '-v', 'C:\\x:/data', 'acme/server'] }, []],
    ['addresses, headers and texts', { command: 'npx', args: ['mcp-remote', 'https://mcp.example/sse', '--header', 'Authorization: Bearer a/b', '{"a": "b/c"}', 'application/json; q=1', 'redis://a/b'] }, []],
    ['a secret is no path', { command: 'server', args: ['--api-key', 'ab/cd+ef==', '--token=x/y', 'ghp_abcdefghijklmnopqrstuvwxyz0123456789/x'] }, []],
    ['the name of a repository and of a time zone', { command: 'server', args: ['--repo', 'acme/widgets', '--local-timezone', 'Europe/Berlin'] }, []],
    ['code', { command: 'python', args: ['-c', 'import a/b'] }, []],
    ['a shell script on the line', { command: 'bash', args: ['-c', 'cd x && ./run'] }, []],
    ['a file to be filled in', { command: 'uv', args: ['--directory', '/absolute/path/to/project', 'run', 'x'] }, ['args.1 placeholder']],
    ['another', { command: 'node', args: ['/path/to/index.js', 'C:\\Users\\your-name\\x', '/Users/<you>/x'] }, ['args.0 placeholder', 'args.1 placeholder', 'args.2 placeholder']],
    ['a variable', { command: 'node', args: ['${SERVER_HOME}/index.js', '{{ root }}/x.js'] }, ['args.0 variable', 'args.1 variable']],
    ['no paths at all', { command: 'server', args: ['--port', '8000', 'stdio'] }, []],
    ['a server over the network', { url: 'https://mcp.example/mcp', headers: { A: './x' } }, []],
    ['what Zed had', { command: { path: './server', args: ['x.py'], env: {} } }, ['command.path relative', 'command.args.0 relative']],
    ['module of a server', { command: 'uv', args: ['run', '--with', 'fastmcp', 'fastmcp', 'run', '/srv/server.py:mcp'] }, []],
    ['a package from a folder', { command: 'uvx', args: ['--from', './tools', 'server'] }, ['args.1 relative']],
    ['an option and its path in one word', { command: 'server', args: ['--root=./data', '--db=~/x.db', '--name=a/b', '--out=$HOME/y'] }, ['args.0 relative', 'args.1 home', 'args.3 home']],
    ['odd types', { command: 5, args: 'x' }, []],
    ['no map', 'x', []],
  ])('%s', (_, value, expected) => {
    expect(faults(value)).toEqual(expected)
  })

  test('documents and examples may have placeholders', () => {
    expect(faults({ command: 'node', args: ['/path/to/index.js', './x.js'] }, { documented: true })).toEqual(['args.1 relative'])
  })

  test('editors expand their own variables', () => {
    const value = { command: '${workspaceFolder}/bin/server', args: ['${userHome}/x'] }
    expect(faults(value, { client: 'vscode' })).toEqual([])
    expect(faults(value)).toEqual(['command variable', 'args.0 variable'])
  })
})

test.each<[string, Json, object | undefined]>([
  ['uv --directory', { command: 'uv', args: ['--directory', '/srv/x', 'run', 'x'] }, { python: 'uv' }],
  ['uv run --directory', { command: '/usr/bin/uv', args: ['run', '--directory', '/srv/x', 'x'] }, { python: 'uv' }],
  ['uv --project=', { command: 'uv', args: ['--project=/srv/x', 'run', 'x'] }, { python: 'uv' }],
  ['an option after the program is the program\'s', { command: 'uv', args: ['run', 'x', '--directory', '/srv/x'] }, { python: 'no-directory' }],
  ['uv run alone', { command: 'uv', args: ['run', 'server.py'] }, { python: 'no-directory' }],
  ['uv with a relative directory', { command: 'uv', args: ['--directory', '.', 'run', 'x'] }, { python: 'loose-directory' }],
  ['uv in the home', { command: 'uv', args: ['--directory', '~/x', 'run', 'x'] }, { python: 'loose-directory' }],
  ['a variable', { command: 'uv', args: ['--directory', '${ROOT}', 'run', 'x'] }, { python: 'uv', unresolved: 'the directory is a variable' }],
  ['all on the line', { command: 'uv', args: ['run', '--with', 'fastmcp', 'fastmcp', 'run', '/srv/s.py'] }, { python: 'uv' }],
  ['a script of its own', { command: 'uv', args: ['run', '--script', '/srv/s.py'] }, { python: 'uv' }],
  ['uv tool', { command: 'uv', args: ['tool', 'run', 'x'] }, { python: 'package' }],
  ['uvx', { command: 'uvx', args: ['x'] }, { python: 'package' }],
  ['uv.exe behind cmd', { command: 'cmd', args: ['/c', 'uv', '--directory', 'C:\\x', 'run', 'x'] }, { python: 'uv' }],
  ['python', { command: 'python3.12', args: ['/srv/s.py'] }, { python: 'direct' }],
  ['python of an environment', { command: '/srv/.venv/bin/python', args: ['-m', 'x'] }, { python: 'direct' }],
  ['fastmcp', { command: 'fastmcp', args: ['run', '/srv/s.py'] }, { python: 'direct' }],
  ['node', { command: 'node', args: ['/srv/index.js'] }, { runtime: 'other' }],
  ['docker', { command: 'docker', args: ['run', 'python:3.12'] }, { runtime: 'other' }],
  ['a program', { command: '/srv/bin/server' }, { runtime: 'other' }],
  ['a variable', { command: '${UV}', args: ['run'] }, { runtime: 'other', unresolved: 'the command is a variable' }],
  ['the network', { url: 'https://mcp.example' }, undefined],
])('start of %s', (_, value, expected) => {
  const { launch } = server(value)
  if (expected === undefined) expect(launch).toBeUndefined()
  else expect(launch).toMatchObject(expected)
})

test('env and headers that are no texts', () => {
  expect(server({ command: 'x', env: { A: 'a', PORT: 8000, DEBUG: true, EMPTY: null, MORE: { a: 1 }, LIST: [] } }).not_texts.map(({ path, type }) => `${path.join('.')} is ${type}`)).toEqual([
    'env.PORT is a number', 'env.DEBUG is a boolean', 'env.EMPTY is null', 'env.MORE is a map', 'env.LIST is a list',
  ])
  expect(server({ url: 'https://x.example', headers: { A: 1 } }).not_texts.map(({ path }) => path.join('.'))).toEqual(['headers.A'])
  expect(server({ command: { path: '/x', env: { A: 1 } } }).not_texts.map(({ path }) => path.join('.'))).toEqual(['command.env.A'])
  expect(server({ command: 'x', env: ['A=1'] }).not_texts).toEqual([{ path: ['env'], name: 'env', type: 'a list', expected: 'a map of texts' }])
})

test('no secret of an environment is kept', () => {
  const kept = JSON.stringify(server({ command: 'x', args: ['--api-key', 'planted-1', './planted-2/x'], env: { API_KEY: 'planted-3' }, headers: { Authorization: 'Bearer planted-4' } }))
  expect(kept).not.toContain('planted')
})

test('secrets are listed with their places, whatever the client calls their maps', () => {
  const listed = (value: Json) => server(value).secrets.filter(secret => secret.class === 'literal').map(({ path, name }) => `${path.join('.')} ${name}`)
  expect(listed({
    command: 'npx', args: ['mcp-remote', 'https://u:Zk83hf0w@x.example', '--token', 'Zk83hf0w', '--key=a', '--api-key=Zk83hf0w', '--header', 'Authorization: Bearer Zk83hf0w', '-e', 'API_KEY=Zk83hf0w', '--header', 'Authorization:${AUTH}'],
    env: { A_TOKEN: 'Zk83hf0w', B_TOKEN: '${input:b}', LOG: 'info' },
  })).toEqual(['args.1 args', 'args.3 --token', 'args.5 --api-key', 'args.7 Authorization', 'args.9 API_KEY', 'env.A_TOKEN A_TOKEN'])
  // A word is named by what is known to be an option, never by the word before it.
  expect(listed({ command: 'x', args: ['--token=Zk83hf0w', `sk-${'a'.repeat(24)}`, '-pZk83hf0w', `sk-${'a'.repeat(24)}`] })).toEqual(['args.0 --token', 'args.1 args', 'args.3 args'])
  expect(listed({ url: 'https://x.example/mcp?api_key=Zk83hf0w', headers: { 'X-API-Key': 'Zk83hf0w', Accept: 'text/plain' } })).toEqual(['url url', 'headers.X-API-Key X-API-Key'])
  expect(listed({ command: 'x', http_headers: { Authorization: 'Bearer Zk83hf0w' }, env_http_headers: { Authorization: 'AUTH' }, bearer_token_env_var: 'TOKEN' })).toEqual(['http_headers.Authorization Authorization'])
  expect(listed({ command: { path: 'x', args: ['--token', 'Zk83hf0w'], env: { T_TOKEN: 'Zk83hf0w' } } })).toEqual(['command.args.1 --token', 'command.env.T_TOKEN T_TOKEN'])
})

test.each<[Json, object]>([
  [{ type: 'http', url: 'https://mcp.example/mcp' }, { address: { type: 'http', scheme: 'https' } }],
  [{ url: '${MCP_URL:-http://localhost}/mcp' }, { address: { scheme: 'http' } }],
  [{ type: 'sse', url: '${MCP_URL}/mcp' }, { address: { type: 'sse', unresolved: 'the variable MCP_URL' } }],
  [{ type: 'http', url: 'https://${HOST}/mcp' }, { address: { type: 'http', scheme: 'https' } }],
  [{ type: 'http', url: 5 }, { address: { type: 'http' } }],
  [{ env: {} }, { empty: true }],
])('%j is reached by %j', (value, expected) => {
  const { address, empty } = server(value)
  expect({ ...(address && { address }), ...(empty && { empty }) }).toEqual(expected)
})

test('what controls read of how a server is started, and nothing else', () => {
  expect(server({ command: '/usr/bin/mcp-hangar', args: ['serve', '--log-level', 'DEBUG', '--data', './x'], env: { MCP_LOG_LEVEL: 'info', OTHER: 'x' } }).process).toEqual({
    words: [{ word: 'mcp-hangar', path: ['command'] }, { word: '--log-level', path: ['args', 1] }, { word: 'DEBUG', path: ['args', 2] }],
    environment: [{ name: 'MCP_LOG_LEVEL', value: 'info', path: ['env', 'MCP_LOG_LEVEL'] }],
  })
  expect(server({ command: { path: 'x', env: { LOG_LEVEL: 'debug' } } }).process?.environment).toEqual([{ name: 'LOG_LEVEL', value: 'debug', path: ['command', 'env', 'LOG_LEVEL'] }])
  expect(server({ url: 'https://x.example/mcp' }).process).toBeUndefined()
})
