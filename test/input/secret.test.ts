import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { classifySecret, maskUrl, secretOf, type SecretFact } from '../../src/input/secret.ts'
import { secretRules } from '../../src/input/secret-name.ts'
import { referencesOf, type Dialect } from '../../src/input/variables.ts'

const { params } = JSON.parse(readFileSync(new URL('../../policies/data/params.json', import.meta.url), 'utf8'))
const rules = secretRules(params)
const variable = (name: string): SecretFact => ({ class: 'reference', length: 0, via: 'variable', variable: name })

describe('a value under a secret name', () => {
  test.each<[string, unknown, Dialect, SecretFact]>([
    ['nothing', '', 'hangar', { class: 'empty', length: 0 }],
    ['null', null, 'hangar', { class: 'empty', length: 0 }],
    ['blanks and quotes', ' "" ', 'env', { class: 'empty', length: 0 }],
    ['a literal', 'Zk83hf0w', 'hangar', { class: 'literal', length: 8 }],
    ['a large number', 8234567, 'compose', { class: 'literal', length: 7 }],
    ['a number that every dictionary has', 12345678, 'compose', { class: 'literal', length: 8, common: true }],
    ['a variable', '${DB_PASSWORD}', 'hangar', variable('DB_PASSWORD')],
    ['a bare variable', '$DB_PASSWORD', 'compose', variable('DB_PASSWORD')],
    ['a bare variable where none is read', '$DB_PASSWORD', 'hangar', { class: 'literal', length: 12 }],
    ['an escaped dollar', '$$DB', 'compose', { class: 'literal', length: 4 }],
    ['a required variable', '${DB_PASSWORD:?set it}', 'compose', variable('DB_PASSWORD')],
    ['an empty fallback', '${DB_PASSWORD:-}', 'compose', { class: 'default-empty', length: 0, via: 'variable', variable: 'DB_PASSWORD' }],
    ['a fallback', '${DB_PASSWORD:-Zk83hf0w}', 'compose', { class: 'default-literal', length: 8, via: 'variable', variable: 'DB_PASSWORD' }],
    ['a fallback from the dictionary', '${P:-admin}', 'compose', { class: 'default-literal', length: 5, via: 'variable', variable: 'P', common: true }],
    ['a fallback to be replaced', '${P:-auto-generated}', 'compose', { class: 'default-literal', length: 14, via: 'variable', variable: 'P', placeholder: true }],
    ['a fallback to a variable', '${A:-${B}}', 'compose', variable('A')],
    ['a fallback of a fallback', '${A:-${B:-Zk83hf0w}}', 'compose', { class: 'default-literal', length: 8, via: 'variable', variable: 'A' }],
    ['a variable with a scheme', 'Bearer ${TOKEN}', 'hangar', variable('TOKEN')],
    ['a variable in other text', 'abc${TOKEN}', 'hangar', { class: 'mixed', length: 3, via: 'variable', variable: 'TOKEN' }],
    ['variables in a list', '${A},${B}', 'compose', variable('A')],
    ['one with a variable between commas', 'redis:6379,password=$(PW),ssl=True', 'kubernetes', { ...variable('PW'), within: 'connection-string' }],
    ['a variable that nobody expands', '${REDIS_PASSWORD}', 'bridge', { class: 'unexpanded', length: 0, via: 'variable', variable: 'REDIS_PASSWORD' }],
    ['a variable of the container', '$(OTHER)', 'kubernetes', variable('OTHER')],
    ['the same elsewhere', '$(OTHER)', 'compose', { class: 'literal', length: 8 }],
    ['an input of an editor', '${input:api-key}', 'client', variable('input:api-key')],
    ['a mounted file', '/run/secrets/db', 'compose', { class: 'reference', length: 0, via: 'file' }],
    ['a path in a container', '/etc/keys/db', 'kubernetes', { class: 'reference', length: 0, via: 'file' }],
    ['a file at the root', '/credentials.json', 'kubernetes', { class: 'reference', length: 0, via: 'file' }],
    ['a file beside the program', 'service-account.json', 'kubernetes', { class: 'reference', length: 0, via: 'file' }],
    ['a variable and nothing else, for a shell', '$DB_PASSWORD', 'kubernetes', variable('DB_PASSWORD')],
    ['a manager', 'op://prod/db/password', 'hangar', { class: 'reference', length: 0, via: 'manager' }],
    ['a template', '{{ .Values.password }}', 'helm', { class: 'reference', length: 0, via: 'template' }],
    ['a placeholder', 'your-password-here', 'env', { class: 'literal', length: 18, placeholder: true }],
    ['a known default', 'Admin', 'env', { class: 'literal', length: 5, common: true }],
    ['a known default with more behind it', 'changeme42', 'env', { class: 'literal', length: 10, common: true, placeholder: true }],
    ['a token of a provider', `ghp_${'a1'.repeat(18)}`, 'env', { class: 'literal', length: 40, provider: true }],
    ['a webhook that whoever has it may call', `https://hooks.slack.com/services/T0A1B2C3D/B0A1B2C3D/${'a1B2'.repeat(6)}`, 'env', { class: 'literal', length: 77, provider: true }],
    ['the webhook of a documentation', `https://hooks.slack.com/services/T00000000/B00000000/${'x'.repeat(24)}`, 'env', { class: 'literal', length: 77, placeholder: true }],
    ['a URL with a variable', 'postgresql://u:${DB_PASSWORD}@db/x', 'compose', { ...variable('DB_PASSWORD'), within: 'url', scheme: 'postgresql' }],
    ['a connection string', 'Server=db;Password=Zk83hf0w;', 'env', { class: 'literal', length: 8, within: 'connection-string' }],
    ['one with a variable', 'Server=db;Password=${P};', 'env', { ...variable('P'), within: 'connection-string' }],
    ['a database URL without a password', 'postgres://db:5432/x', 'env', { class: 'empty', length: 0, within: 'url' }],
  ])('%s', (_, value, dialect, fact) => {
    expect(classifySecret(value, dialect, rules)).toEqual(fact)
  })

  test('the name of the user beside it is a common password', () => {
    expect(classifySecret('gateway', 'compose', rules, ['gateway'])).toEqual({ class: 'literal', length: 7, common: true, user: true })
  })
})

describe('a value under another name', () => {
  test.each<[string, string, Dialect, SecretFact | undefined]>([
    ['a password in a URL', 'redis://:Zk83hf0w@redis:6379/0', 'bridge', { class: 'literal', length: 8, within: 'url', scheme: 'redis' }],
    ['a variable in a URL that nobody expands', 'redis://:${PW}@redis', 'bridge', { class: 'unexpanded', length: 0, via: 'variable', variable: 'PW', within: 'url', scheme: 'redis' }],
    ['a fallback with signs of a URL in it', 'amqp://u:${PW:-a/b@c}@mq', 'compose', { class: 'default-literal', length: 5, via: 'variable', variable: 'PW', within: 'url', scheme: 'amqp' }],
    ['a password equal to its user', 'postgres://gateway:gateway@db', 'env', { class: 'literal', length: 7, common: true, user: true, within: 'url', scheme: 'postgres' }],
    ['a password with @ and /', 'redis://:p@ss/w0rd@redis', 'env', { class: 'literal', length: 9, within: 'url', scheme: 'redis' }],
    ['the worst of several', 'redis://:${A}@a:1,redis://:Zk83hf0w@b:2', 'env', { class: 'literal', length: 8, within: 'url', scheme: 'redis' }],
    ['a token in the query', 'https://hooks.example/x?token=Zk83hf0w', 'env', { class: 'literal', length: 8, within: 'url' }],
    ['a user alone', 'ssh://git@git.example/x', 'env', undefined],
    ['a port and an @ in the path', 'https://cdn.example:443/pkg@1.0', 'env', undefined],
    ['an ordinary URL', 'http://redis:6379', 'env', undefined],
    ['an ordinary text', 'info', 'env', undefined],
  ])('%s', (_, value, dialect, fact) => {
    expect(secretOf('endpoint', value, dialect, rules)).toEqual(fact)
  })

  test('a token of a provider is one under any name', () => {
    expect(secretOf('note', `AKIA${'Q'.repeat(16)}`, 'kubernetes', rules)).toEqual({ class: 'literal', length: 20, provider: true })
  })
})

test.each(['-----BEGIN PUBLIC KEY-----\nMCow\n-----END PUBLIC KEY-----', '-----BEGIN CERTIFICATE-----\nMIIB\n', 'ssh-ed25519 AAAAC3 ops'])('what is public is none under any name: %s', value => {
  expect(secretOf('token_verification_key', value, 'kubernetes', rules)).toBeUndefined()
})

test('a certificate with its private key is one', () => {
  const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\n'
  expect(secretOf('tls', pem, 'kubernetes', rules)).toEqual({ class: 'literal', length: pem.length, provider: true })
})

test('a masked URL keeps all but its secrets', () => {
  expect(maskUrl('rediss://u:Zk83hf0w@redis:6380/1?timeout=3&token=q', 'bridge')).toBe('rediss://u:***@redis:6380/1?timeout=3&token=***')
  expect(maskUrl('rediss://redis:6380', 'bridge')).toBeUndefined()
})

test('no fact holds the secret', () => {
  const dialects: Dialect[] = ['compose', 'env', 'hangar', 'openmcp', 'bridge', 'kubernetes', 'helm', 'client']
  const wrappings = [
    (s: string) => s, (s: string) => `\${V:-${s}}`, (s: string) => `\${V:-\${W:-${s}}}`, (s: string) => `\${V:+${s}}`, (s: string) => `x://u:${s}@h/p`,
    (s: string) => `x://:\${V:-${s}}@h`, (s: string) => `Password=${s}`, (s: string) => `${s}\${V}`, (s: string) => `x://h/?token=${s}`, (s: string) => `'${s}'`,
  ]
  fc.assert(fc.property(
    fc.string({ minLength: 4, maxLength: 40, unit: 'grapheme' }), fc.constantFrom(...dialects), fc.constantFrom(...wrappings), fc.constantFrom('note', 'db_password'),
    (secret, dialect, wrap, name) => {
      const value = wrap(`~${secret}~`)
      const told = JSON.stringify([secretOf(name, value, dialect, rules), classifySecret(value, dialect, rules, [secret])])
      expect(told.includes(secret) && !sayable.includes(secret)).toBe(false)
    },
  ))
})

/** What a fact may say of its own accord: a generated secret that happens to be a part of it proves nothing. */
const sayable = JSON.stringify({
  class: 'empty reference default-empty default-literal unexpanded mixed literal', length: 0, via: 'variable file manager template', variable: 'V W',
  placeholder: true, common: true, provider: true, within: 'url connection-string',
})

test('a masked URL never holds the password', () => {
  const password = fc.stringMatching(/^[A-Za-z0-9!@$%^*()_=+/?#.:;-]{6,30}$/)
  fc.assert(fc.property(password, secret => {
    const masked = maskUrl(`redis://:${secret}@redis:6379/0`, 'hangar')
    expect(masked).toBe('redis://:***@redis:6379/0')
  }))
})

test('hostile texts are read in passing', () => {
  for (const text of ['${A:-'.repeat(100_000), '://a:b'.repeat(50_000), 'eyJ'.repeat(20_000), '$'.repeat(1_000_000), 'x'.repeat(5_000_000)]) {
    expect(classifySecret(text, 'compose', rules).length).toBeLessThanOrEqual(text.length)
  }
  expect(referencesOf('${A:-'.repeat(100_000), 'compose')).toEqual([])
})
