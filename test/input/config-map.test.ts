import { describe, expect, test } from 'vitest'
import { configMapSecrets } from '../../src/input/config-map.ts'
import { reading } from '../artefact/reading.ts'
import { rules } from './compose-made.ts'

function secretsIn(data: { [key: string]: string }, field = 'data') {
  const file = reading('map.json', JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' }, [field]: data }))
  return configMapSecrets(file, file.artefacts[0], rules).map(({ path, name: _, ...fact }) => ({ at: path.join('.'), ...fact }))
}

const token = `ghp_${'a1B2'.repeat(9)}`
const pem = '-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7bq\n-----END RSA PRIVATE KEY-----\n'

describe('an entry', () => {
  test.each<[string, string, object]>([
    ['db-password', 'Zk83hf0w', { class: 'literal', length: 8 }],
    ['spring.datasource.password', 'Zk83hf0w', { class: 'literal', length: 8 }],
    ['auth.token', 'Zk83hf0w', { class: 'literal', length: 8 }],
    ['api.key', 'Zk83hf0w', { class: 'literal', length: 8 }],
    ['DATABASE_URL', 'postgres://app:Zk83hf0w@db/app', { class: 'literal', length: 8, within: 'url', scheme: 'postgres' }],
    ['NOTE', token, { class: 'literal', length: 40, provider: true }],
    ['ca.pem', pem, { class: 'literal', length: 0, provider: true, inside: "the form of a provider's token or a private key" }],
    ['server.key', pem, { class: 'literal', length: 0, provider: true, inside: "the form of a provider's token or a private key" }],
    ['jwks.json', '{"keys":[{"kty":"RSA","n":"AQAB","d":"abcdefghijklmnopqrstuvwxyz"}]}', { class: 'literal', length: 0, provider: true, inside: 'the private half of a JSON web key' }],
    ['credentials', '[default]\nkey = Zk83hf0w\n', { class: 'literal', length: 24 }],
    ['app.properties', 'name=x\nurl=jdbc:mysql://app:Zk83hf0w@db/app\n', { class: 'literal', length: 8, within: 'url', inside: 'a password in a URL' }],
    ['app.config', '<add connectionString="Server=db;Database=x;User Id=app;Password=Zk83hf0w;" />\n', { class: 'literal', length: 8, within: 'connection-string', inside: 'a password in a connection string' }],
    ['pg.ini', 'dsn = host=db user=app password=Zk83hf0w dbname=x\n', { class: 'literal', length: 8, within: 'connection-string', inside: 'a password in a connection string' }],
    ['prod.env', 'LEVEL=info\nDB_PASSWORD=Zk83hf0w\nAPI_TOKEN=abc123\n', { class: 'literal', length: 8, inside: 'DB_PASSWORD', more: 1 }],
    ['config.yaml', 'mcp_servers:\n  search:\n    mode: remote\n    endpoint: https://s.example\n    auth: {type: bearer, bearer_token: Zk83hf0w}\n', { class: 'literal', length: 8, inside: 'mcp_servers.search.auth.bearer_token' }],
    ['gateway.yaml', 'sessions:\n  provider: redis\n  redis: {url: "redis://r:6379", password: "${PW}"}\nauth: {provider: jwt}\n', { class: 'unexpanded', length: 0, via: 'variable', variable: 'PW', inside: 'sessions.redis.password' }],
    ['mcp.json', '{"mcpServers":{"s":{"command":"s","env":{"API_KEY":"Zk83hf0w"}}}}', { class: 'literal', length: 8, inside: 'mcpServers.s.env.API_KEY' }],
    ['config.yaml', 'persistence:\n  postgresql:\n    password: hunter2hunter2\n', { class: 'literal', length: 14, inside: 'persistence.postgresql.password' }],
    ['alertmanager.yml', 'global:\n  smtp_auth_password: Zk83hf0w\nroute: {receiver: ops}\nreceivers: [{name: ops}]\n', { class: 'literal', length: 8, inside: 'global.smtp_auth_password' }],
    ['config.yaml', 'listen_addr: ":8080"\ncatalog_path: /etc/catalog.yaml\napi_key: Zk83hf0w\n', { class: 'literal', length: 8, inside: 'api_key' }],
    ['config.yaml', `mcp_servers: {}\n# ${token}\n`, { class: 'literal', length: 0, provider: true, inside: "the form of a provider's token or a private key" }],
    ['token', '{{ .Values.token }}', { class: 'reference', length: 0, via: 'template' }],
  ])('%s: %j', (key, text, fact) => {
    expect(secretsIn({ [key]: text })).toEqual([{ at: `data.${key}`, ...fact }])
  })

  test.each<[string, string]>([
    ['db-password', ''], ['db-password', '${DB_PASSWORD}'], ['db-password', '$(DB_PASSWORD)'], ['db-password', '$DB_PASSWORD'], ['token', '/var/run/secrets/token'],
    ['PASSWORD_FILE', '/etc/x'], ['TOKEN_TTL', '15m'], ['TOKEN_LIFETIME', '86400'], ['KEYCLOAK_URL', 'https://login.example/realms/x'], ['secretName', 'gateway-tls'],
    ['DATABASE_URL', 'postgres://app:$(DB_PASSWORD)@db/app'], ['DATABASE_URL', 'postgres://db/app'],
    ['ca.crt', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'],
    ['token-signing.pub', '-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n'],
    ['token-verifier', '-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n'],
    ['jwks.json', '{"keys":[{"kty":"RSA","n":"abcdefghijklmnopqrstuvwxyz","e":"AQAB"}]}'],
    ['password-check.sh', '#!/bin/sh\nPASSWORD=$(cat /run/secrets/db)\necho "postgres://user:password@host"\n'],
    ['token-refresh', '#!/bin/sh\ncurl -d "$TOKEN" https://x.example\n'],
    ['dashboard.json', '{"title":"Password resets","panels":[{"expr":"rate(token_errors_total[5m])"}]}'],
    ['nginx.conf', 'proxy_pass http://$user:$pass@backend;\n# postgres://app:Zk83hf0w@db\n'],
    ['app.yaml', 'db:\n  url: postgres://app:${DB_PASSWORD}@db/app\n  # url: postgres://app:Zk83hf0w@db/app\n  other: redis://:<password>@r\n'],
    ['notes.txt', 'use sk-xxxxxxxxxxxxxxxxxxxxxxxx or AKIAIOSFODNN7EXAMPLE\n-----BEGIN PRIVATE KEY-----\n<your key>\n'],
    ['.env', 'DB_PASSWORD=${PW}\nDB_PASSWORD_FILE=/run/x\nTOKEN=\n'],
    ['config.yaml', 'mcp_servers:\n  search:\n    mode: remote\n    auth: {type: bearer, bearer_token: "${SEARCH_TOKEN}"}\n'],
    ['alertmanager.yml', 'global:\n  smtp_auth_password_file: /etc/x\n  smtp_auth_username: x\nroute: {receiver: ops}\nreceivers: [{name: ops, webhook_configs: [{url: "http://x"}]}]\n'],
    ['settings.yaml', 'persistence: {enabled: true, size: 1Gi}\npassword: not-looked-at\n'],
    ['config.yaml', 'listen_addr: ":8080"\ncatalog_path: /etc/catalog.yaml\napi_key: ${MCP_GATEWAY_API_KEY}\n'],
    ['mcp_token', 'true'], ['TOKEN_AUTH', 'enabled'], ['TOKEN_CLAIMS', 'sub'],
  ])('%s: %j is none', (key, text) => {
    expect(secretsIn({ [key]: text })).toEqual([])
  })
})

test('binary data is decoded where it is text', () => {
  const encoded = (text: string) => Buffer.from(text, 'latin1').toString('base64')
  expect(secretsIn({ 'id.pem': encoded(pem), 'icon.png': encoded(`\x89PNG\0${pem}`) }, 'binaryData')).toEqual([
    { at: 'binaryData.id.pem', class: 'literal', length: 0, provider: true, inside: "the form of a provider's token or a private key" },
  ])
})

test('a token far down in a large file is found, and no part of it told', () => {
  const told = secretsIn({ 'rules.yaml': `${'# a line of forty characters, no more no less\n'.repeat(5000)}token: ${token}\n` })
  expect(told).toHaveLength(1)
  expect(JSON.stringify(told)).not.toContain('ghp_')
})

test('odd shapes hold nothing', () => {
  for (const data of ['x', ['y'], null, { a: 1, b: null, c: { d: 'e' } }]) expect(secretsIn(data as never)).toEqual([])
})
