import { expect, test } from 'vitest'
import { hostsIn } from '../../src/input/config-hosts.ts'

test('hosts of URLs and addresses, in order and once', () => {
  expect(hostsIn({
    truncation: { redisUrl: 'redis://user:p4ss@Cache.data.svc:6379/0' },
    mcp_servers: { notes: { endpoint: 'http://notes-mcp:8080/mcp' }, other: { endpoint: 'notes-mcp:8080' } },
    sessions: { addrs: ['redis-0.redis', 'redis-1.redis:26379'] },
    database: 'postgresql://db/app?sslmode=require',
  })).toEqual(['cache.data.svc', 'notes-mcp', 'redis-0.redis', 'redis-1.redis', 'db'])
})

test.each([
  ['an address that is none', { host: 'not a host' }],
  ['a variable', { url: 'redis://${HOST}:6379' }],
  ['a template', { host: '{{ .Values.host }}' }],
  ['a name in another key', { name: 'redis' }],
  ['a sentence', { description: 'see :// here' }],
  ['numbers and null', { port: 6379, host: null }],
])('%s', (_, value) => {
  expect(hostsIn(value)).toEqual([])
})

test('a password never is part of a host', () => {
  expect(hostsIn({ url: 'redis://:p@ss:w0rd@cache:6379' })).toEqual(['cache'])
})
