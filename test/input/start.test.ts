import { describe, expect, test } from 'vitest'
import { serviceStart, startOf } from '../../src/input/start.ts'

const image = 'ghcr.io/mcp-hangar/mcp-hangar:2.13.0'
const unsafe = (path: (string | number)[], host?: string) => ({ path, ...(host !== undefined && { host }) })

describe('a container of Hangar', () => {
  test.each<[string, object, object]>([
    ['no command', {}, { hangar: true, unsafe: [], unknown: [] }],
    ['the flag', { args: ['serve', '--http', '--unsafe-no-auth'] }, { hangar: true, unsafe: [unsafe(['args', 2])], unknown: [] }],
    ['an abbreviation', { args: ['serve', '--unsafe'] }, { hangar: true, unsafe: [unsafe(['args', 1])], unknown: [] }],
    ['a longer one', { args: ['serve', '--unsafe-no'] }, { hangar: true, unsafe: [unsafe(['args', 1])], unknown: [] }],
    ['another option', { args: ['serve', '--unsafe-not'] }, { hangar: true, unsafe: [], unknown: [] }],
    ['with a value', { args: ['serve', '--unsafe-no-auth=true'] }, { hangar: true, unsafe: [unsafe(['args', 1])], unknown: [] }],
    ['its own machine', { args: ['serve', '--host', '127.0.0.1', '--unsafe-no-auth'] }, { hangar: true, unsafe: [unsafe(['args', 3], 'loopback')], unknown: [] }],
    ['its own machine in one word', { args: ['serve', '--unsafe-no-auth', '--host=localhost'] }, { hangar: true, unsafe: [unsafe(['args', 1], 'loopback')], unknown: [] }],
    ['all machines', { args: ['serve', '--unsafe-no-auth', '--host=0.0.0.0'] }, { hangar: true, unsafe: [unsafe(['args', 1])], unknown: [] }],
    ['a host that is not known', { args: ['serve', '--unsafe-no-auth', '--host', '$(HOST)'] }, { hangar: true, unsafe: [unsafe(['args', 1], 'unknown')], unknown: [] }],
    ['across command and arguments', { command: ['mcp-hangar', 'serve', '--unsafe-no-auth'], args: ['--host', '::1'] }, { hangar: true, unsafe: [unsafe(['command', 2], 'loopback')], unknown: [] }],
    ['a script', { command: ['sh', '-c'], args: ['mkdir -p /tmp/x && exec mcp-hangar serve --unsafe-no-auth'] }, { hangar: true, unsafe: [unsafe(['args', 0])], unknown: [] }],
    ['two commands of a script', { command: ['sh', '-c', 'mcp-hangar serve --host 127.0.0.1 & mcp-hangar serve --unsafe-no-auth'] }, { hangar: true, unsafe: [unsafe(['command', 2])], unknown: [] }],
    ['what a script says of it', { command: ['sh', '-c', '# never --unsafe-no-auth\necho "no --unsafe-no-auth here"\nmcp-hangar serve'] }, { hangar: true, unsafe: [], unknown: [] }],
    ['a script with a loop', { command: ['bash', '-c', 'until nc -z db 5432; do sleep 1; done\nmcp-hangar serve --http \\\n  --unsafe-no-auth'] }, { hangar: true, unsafe: [unsafe(['command', 2])], unknown: [] }],
    ['a word that is not known', { args: ['serve', '$(EXTRA)'] }, { hangar: true, unsafe: [], unknown: [['args', 1]] }],
    ['the value of an option that is not known', { args: ['serve', '--port', '$(PORT)'] }, { hangar: true, unsafe: [], unknown: [] }],
    ['a word of a script that is not known', { command: ['sh', '-c', 'mcp-hangar serve --http $EXTRA --port $PORT'] }, { hangar: true, unsafe: [], unknown: [['command', 2]] }],
    ['a secret', { args: ['serve', '--token', { after: '--token', secret: { class: 'literal', length: 3 } }, { option: '--key', secret: {} }] }, { hangar: true, unsafe: [], unknown: [] }],
    ['a string for a list', { args: 'serve --unsafe-no-auth' }, { hangar: true, unsafe: [unsafe(['args'])], unknown: [] }],
    ['odd words', { args: [1, null, true, ['x']], command: {} }, { hangar: true, unsafe: [], unknown: [['args', 3]] }],
  ])('%s', (_, container, start) => {
    expect(startOf({ image, ...container })).toEqual(start)
  })
})

test('python runs Hangar too, and takes abbreviations', () => {
  expect(startOf({ image: 'python:3.14', command: ['python', '-m', 'mcp_hangar.server', '--unsafe'] })).toEqual({ hangar: true, unsafe: [unsafe(['command', 3])], unknown: [] })
})

test('another program has the whole flag or none', () => {
  expect(startOf({ image: 'registry.example/gateway', args: ['--unsafe-no-auth'] })).toEqual({ unsafe: [unsafe(['args', 0])], unknown: [] })
  for (const args of [['--unsafe'], ['--unsafe-mode'], ['serve', '$(X)'], undefined]) expect(startOf({ image: 'registry.example/gateway', args })).toBeUndefined()
})

test('a service is judged by entrypoint and command together', () => {
  expect(serviceStart('', '', ['mcp-hangar'], ['serve', '--host', 'localhost', '--unsafe'])).toEqual({ hangar: true, unsafe: [unsafe(['command', 'argv', 3], 'loopback')], unknown: [] })
  expect(serviceStart('mcp-hangar', '', undefined, ['serve', { unresolved: 'the variable X' }])).toEqual({ hangar: true, unsafe: [], unknown: [['command', 'argv', 1]] })
})
