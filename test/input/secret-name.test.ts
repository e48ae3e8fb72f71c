import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { isSecretName, secretRules, wordsOf } from '../../src/input/secret-name.ts'

const { params } = JSON.parse(readFileSync(new URL('../../policies/data/params.json', import.meta.url), 'utf8'))
const rules = secretRules(params)

test.each([
  'DB_PASSWORD', 'PGPASSWORD', 'password', 'smtp_pass', 'DBPASS', 'dbPass', 'ROOT_PWD', 'dbPwd', 'passphrase', 'KEY_PASSCODE', 'SENTRY_DSN', 'mydsn',
  'api_key', 'apiKey', 'API-KEY', 'api.key', 'JWT_SECRET_KEY', 'AUTH_TOKEN', 'accessToken', 'private_key', 'credential', 'DB_CREDENTIALS',
  'connectionString', 'CONNECTION_STRING', 'bearer_token', 'AWS_SECRET_ACCESS_KEY', 'secret_key',
])('%s is a secret', name => {
  expect(isSecretName(name, 'Zk83hf0w', rules)).toBe(true)
})

test.each([
  'BYPASS', 'COMPASS', 'PASSTHROUGH', 'passive_mode', 'redsnow', 'bypass_auth', 'surpass', 'JWT_SECRET_KEY_FILE', 'GF_SECURITY_ADMIN_PASSWORD__FILE',
  'password_path', 'secretName', 'TOKEN_ISSUER', 'token_env', 'secret_key_env', 'token_secure_key', 'tokenizer', 'TOKENIZERS_PARALLELISM', 'max_tokens',
  'public_key', 'key_name', 'ETCD_INITIAL_CLUSTER_TOKEN', 'PASSWORD_MIN_SIZE', 'REQUIRE_TOKEN', 'password_policy', 'TOKEN_AUDIENCE', 'SECRET_ID',
  'existingSecret', 'existingSecretKey', 'existingSecretPasswordKey', 'imagePullSecrets', 'TLS_SECRET', 'ingressSecret', 'secretKeyRef', 'passwordKey', 'TOKEN_URL', 'issuer',
  'PASSWORDLESS_LOGIN', 'SECRETS_MANAGER', 'SECRET_ENGINE', 'TOKEN_FORMAT', 'API_KEY_LOCATION', 'TOKEN_COOKIE', 'PASSWORD_HASHER', 'tokenSource',
  'CREDENTIALS_SOURCE', 'TOKEN_SIGNING_ALG', 'secretNames',
  'API_KEY_HEADER', 'api_key_header', 'TOKEN_EXPIRY', 'PASSWORD_HASH_ALGORITHM', 'CREDENTIALS_PROVIDER', 'host', 'token_endpoint',
])('%s is none', name => {
  expect(isSecretName(name, 'Zk83hf0w', rules)).toBe(false)
})

test.each([['a switch', true], ['a written switch', 'false'], ['a duration', '15m'], ['a duration in words', '30 minutes'], ['a long duration', '1h30m'], ['a small number', 3600], ['a written one', '8080']])(
  'under a secret name, %s is no secret', (_, value) => {
    expect(isSecretName('token', value, rules)).toBe(false)
  },
)

test.each(['TOKEN_LIFETIME', 'ACCESS_TOKEN_EXPIRE_SECONDS', 'tokenExpiresIn', 'CONTEXT_TOKENS', 'TOKEN_LIMIT', 'PASSWORD_RESET_WINDOW'])('%s with a number measures', name => {
  expect([isSecretName(name, '128000', rules), isSecretName(name, 604_800, rules), isSecretName(name, 'Zk83hf0w', rules)]).toEqual([false, false, true])
})

test('a number of five digits, null and a list are judged by the name', () => {
  for (const value of [12_345, '12345', null, []]) expect(isSecretName('token', value, rules)).toBe(true)
})

test('a name that the repository declares to be none is none, however it is written', () => {
  expect(isSecretName('Design_Token', 'blue-500', secretRules(params, ['design_token']))).toBe(false)
})

test('names split at signs and at changes of case', () => {
  expect(wordsOf('dbAPIKey-v2.maxSize_X')).toEqual(['db', 'api', 'key', 'v2', 'max', 'size', 'x'])
})

test('an expression that does not compile is named, not quoted', () => {
  expect(() => secretRules({ ...params, secret_name_regex: '(' })).toThrow('params.secret_name_regex is no regular expression')
})
