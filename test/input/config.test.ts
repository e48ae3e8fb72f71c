import { describe, expect, test } from 'vitest'
import { durationSeconds, withoutSecrets } from '../../src/input/without-secrets.ts'
import { configured, context } from './configured.ts'

const value = (projected: { fields: Record<string, unknown> }) => projected.fields.value
const faults = (kind: Parameters<typeof configured>[0], text: string) =>
  (configured(kind, text).fields.key_faults as { path: unknown[]; key: string }[]).map(({ path, key, ...fault }) => ({ [path.join('.')]: fault }))

describe('the value that controls see', () => {
  test('what a server mounts is the path that it comes to', () => {
    const text = 'mcp_servers: {files: {mode: docker, image: "a:1", volumes: ["/srv/../etc/:/host:ro", "./data/../x:/data", "//var/run/docker.sock:/s"]}}'
    expect(value(configured('hangar-config', text))).toMatchObject({
      mcp_servers: { files: { volumes: ['/etc:/host:ro', './data/../x:/data', '/var/run/docker.sock:/s'] } },
    })
  })

  test('secrets are classified, and everything else stands as it is', () => {
    const projected = configured('hangar-config', `
mcp_servers:
  search:
    mode: remote
    endpoint: https://u:Zk83hf0w@search.example/mcp
    auth: {type: bearer, bearer_token: Zk83hf0w, api_key_header: X-Key}
    http: {headers: {Accept: text/plain, Authorization: Bearer Zk83hf0w}}
    env: {LOG: info, GITHUB_TOKEN: "\${GITHUB_TOKEN}"}
`)
    expect(value(projected)).toEqual({
      mcp_servers: {
        search: {
          mode: 'remote',
          endpoint: { secret: { class: 'literal', length: 8, within: 'url', scheme: 'https' }, masked: 'https://u:***@search.example/mcp' },
          auth: { type: 'bearer', bearer_token: { secret: { class: 'literal', length: 8 } }, api_key_header: 'X-Key' },
          http: { headers: { Accept: 'text/plain', Authorization: { secret: { class: 'literal', length: 15 } } } },
          env: { LOG: 'info', GITHUB_TOKEN: { secret: { class: 'reference', length: 0, via: 'variable', variable: 'GITHUB_TOKEN' } } },
        },
      },
    })
    expect(projected.fields.secrets).toHaveLength(4)
    expect(JSON.stringify(projected.fields)).not.toContain('Zk83hf0w')
  })

  test('on a command line the value of an option that is named for a secret is one', () => {
    const projected = configured('hangar-config', 'mcp_servers: {a: {command: [server, --token, Zk83hf0w], args: [--api-key=Zk83hf0w, --port, "80", "${X}"]}}')
    expect(JSON.stringify(projected.fields)).not.toContain('Zk83hf0w')
    expect(projected.fields.secrets).toEqual([
      { path: ['mcp_servers', 'a', 'command', 2], name: '--token', class: 'literal', length: 8 },
      { path: ['mcp_servers', 'a', 'args', 0], name: '--api-key', class: 'literal', length: 8 },
    ])
  })

  test('Hangar puts variables in, so a fallback is the value and the rest is not known', () => {
    const projected = configured('hangar-config', 'mcp_servers: {}\nlogging: {level: "${LEVEL:-INFO}", file: "/var/${NAME}.log", json_format: true}')
    expect(value(projected)).toEqual({ mcp_servers: {}, logging: { level: 'INFO', file: { unresolved: 'the variable NAME' }, json_format: true } })
    expect(projected.fields.defaults).toEqual([{ path: ['logging', 'level'], variable: 'LEVEL' }])
  })

  test('bridge puts no variables in', () => {
    expect(value(configured('bridge-gateway-config', 'sessions: {redis: {url: "${REDIS_URL}"}}'))).toEqual({ sessions: { redis: { url: '${REDIS_URL}' } } })
  })

  test('a duration is followed by its seconds, which stand where it does', () => {
    const projected = configured('bridge-gateway-config', 'routing: {health_check_interval: 1m30s}\nserver: {read_timeout: 10}')
    expect(value(projected)).toEqual({ routing: { health_check_interval: '1m30s', health_check_interval_seconds: 90 }, server: { read_timeout: 10 } })
    expect(projected.source(['routing', 'health_check_interval_seconds']).path).toEqual(['routing', 'health_check_interval'])
    expect(projected.source(['routing', 'circuit_breaker', 'timeout_seconds']).path).toEqual(['routing', 'circuit_breaker', 'timeout_seconds'])
  })

  test('a program that reads keys in any case is shown by their names, and places are those of the file', () => {
    const projected = configured('bridge-gateway-config', 'Auth: {Provider: "", JWT: {Issuer: x}}\nRouting: {Health_Check_Interval: 30s}\nMine: {Key: 1}')
    expect(value(projected)).toEqual({
      auth: { provider: '', jwt: { issuer: 'x' } }, routing: { health_check_interval: '30s', health_check_interval_seconds: 30 }, Mine: { Key: 1 },
    })
    expect(projected.source(['auth', 'provider']).path).toEqual(['Auth', 'Provider'])
    expect(projected.source(['auth', 'jwt', 'secret_key_env']).path).toEqual(['Auth', 'JWT', 'secret_key_env'])
    expect(projected.source(['routing', 'health_check_interval_seconds']).path).toEqual(['Routing', 'Health_Check_Interval'])
    expect(value(configured('hangar-config', 'mcp_servers: {}\nAuth: {enabled: true}'))).toHaveProperty('Auth')
  })

  test('a value over a bound is refused', () => {
    const limits = { size: 1000, keys: 10, depth: 5 }
    const copy = (given: unknown) => () => withoutSecrets(given as never, 'hangar', context.rules, undefined, limits)
    expect(copy(Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`k${index}`, 1])))).toThrow('more than 10 keys')
    expect(copy([[[[[[1]]]]]])).toThrow('too deep')
    expect(copy(Array.from({ length: 200 }, () => 1))).toThrow('too large')
  })
})

test.each<[string | number, number | undefined]>([['30s', 30], ['1h0m0.5s', 3600.5], ['250ms', 0.25], ['-1m', -60], ['0', 0], ['30', undefined], ['soon', undefined], [2e9, 2]])(
  'the seconds of %s', (given, seconds) => {
    expect(durationSeconds(given)).toBe(seconds)
  },
)

describe('keys that the program does not read', () => {
  test('a misspelled key names the one that is meant', () => {
    expect(faults('hangar-config', 'mcp_servers: {a: {mod: remote}}\nauth: {enabledd: true}\nevents: {}')).toEqual([
      { 'mcp_servers.a.mod': { fault: 'unknown', nearest: 'mode', only: true } },
      { 'auth.enabledd': { fault: 'unknown', nearest: 'enabled', only: true } },
      { events: { fault: 'unknown' } },
    ])
  })

  test('what replaced a key is named', () => {
    expect(faults('bridge-gateway-config', 'version: 1\nrouting: {circuit_breaker: {timeout: 30s}}')).toEqual([
      { 'routing.circuit_breaker.timeout': { fault: 'unknown', instead: 'timeout_seconds' } },
    ])
    expect(faults('hangar-config', 'providers: {a: {mode: remote}}')).toEqual([
      { providers: { fault: 'unknown', instead: 'mcp_servers' } },
      { mcp_servers: { fault: 'missing' } },
    ])
  })

  test('keys of a frontend go with its protocol, and one that is not known is told', () => {
    const protocols = 'websocket, http, sse, tcp_binary, tcp, stdio'
    expect(faults('bridge-gateway-config', `
server:
  frontends:
    - {name: a, protocol: http, config: {port: 8081, ping_interval: 10s}}
    - {name: b, protocol: websocket, config: {port: "8443", ping_interval: 10}}
    - {name: c, protocol: carrier-pigeon, config: {loft: 3}}
    - {name: d, protocol: stdio, config: {process: {}}}
    - {Name: e, Protocol: HTTP, config: {}}
    - {name: f, config: {}}
    - {name: g, protocol: '{{ .Values.protocol }}', config: {loft: 3}}
    - {name: h, Protocol: http, Config: {loft: 3}}
`)).toEqual([
      { 'server.frontends.0.config.ping_interval': { fault: 'unknown' } },
      { 'server.frontends.1.config.port': { fault: 'type', given: 'a string', expected: 'an integer' } },
      { 'server.frontends.1.config.ping_interval': { fault: 'type', given: 'an integer', expected: 'a duration like 30s' } },
      { 'server.frontends.2.protocol': { fault: 'value', expected: protocols } },
      { 'server.frontends.3.config.process': { fault: 'unknown', instead: 'process_management' } },
      { 'server.frontends.4.Protocol': { fault: 'value', expected: protocols, nearest: 'http' } },
      { 'server.frontends.5.protocol': { fault: 'value', expected: protocols, absent: true } },
      { 'server.frontends.7.Config.loft': { fault: 'unknown' } },
    ])
  })

  test('types are as strict as the program: bridge converts a quoted port, Hangar a switch never', () => {
    expect(faults('bridge-gateway-config', 'server: {port: "8443", read_timeout: 10s, tls: true}')).toEqual([
      { 'server.read_timeout': { fault: 'type', given: 'a string', expected: 'an integer' } },
      { 'server.tls': { fault: 'type', given: 'a boolean', expected: 'a map' } },
    ])
    expect(faults('hangar-config', 'mcp_servers: {}\nauth: {enabled: "true"}\nlogging: {json_format: "${JSON}"}')).toEqual([
      { 'auth.enabled': { fault: 'type', given: 'a string', expected: 'a boolean' } },
    ])
  })

  test('bridge reads keys in any case, and nobody reads x-', () => {
    expect(faults('bridge-gateway-config', 'Server: {PORT: 8443}\nx-note: {a: 1}')).toEqual([])
  })

  test('the keys of a discovery source go with its type, and of security some have moved', () => {
    expect(faults('hangar-config', `
discovery:
  enabled: true
  sources: [{type: docker, socket_path: /s, watch: true}, {type: nomad, region: eu}]
  security: {allowed_namespaces: [a], max_registration_rates: 1}
`)).toEqual([
      { 'discovery.sources.0.watch': { fault: 'unknown' } },
      { 'discovery.sources.1.type': { fault: 'value', expected: 'kubernetes, docker, filesystem, entrypoint' } },
      { 'discovery.security.allowed_namespaces': { fault: 'deprecated', instead: 'discovery.sources[].allowed_namespaces' } },
      { 'discovery.security.max_registration_rates': { fault: 'unknown', nearest: 'max_registration_rate', only: true } },
    ])
  })

  test('a list of tools is a projection, a map has five keys', () => {
    expect(faults('hangar-config', 'mcp_servers: {a: {tools: [{name: x}]}, b: {tools: {deny: [x]}}, c: {network_mode: host, user: root}}')).toEqual([
      { 'mcp_servers.b.tools.deny': { fault: 'unknown', instead: 'deny_list' } },
      { 'mcp_servers.c.network_mode': { fault: 'unlisted', instead: 'network' } },
      { 'mcp_servers.c.user': { fault: 'unlisted' } },
    ])
  })

  test('members of a group have the keys of a server and three of their own', () => {
    expect(faults('hangar-config', `
mcp_servers:
  all:
    mode: group
    health: {unhealthy_threshold: 2, threshold: 1}
    circuit_breaker: {failure_threshold: 5}
    members: [{id: a, weight: 2, priority: 1}, {id: b, mode: remote, endpoint: https://b.example, wieght: 2}]
`)).toEqual([
      { 'mcp_servers.all.health.threshold': { fault: 'unknown', nearest: 'healthy_threshold' } },
      { 'mcp_servers.all.members.1.wieght': { fault: 'unknown', nearest: 'weight', only: true } },
    ])
  })

  test('discovery alone is enough, switched off it is not', () => {
    expect(faults('hangar-config', 'discovery: {enabled: true}')).toEqual([])
    expect(faults('hangar-config', 'discovery: {enabled: false}')).toEqual([{ mcp_servers: { fault: 'missing' } }])
  })
})
