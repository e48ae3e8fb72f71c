import { expect, test } from 'vitest'
import { linesOf } from '../../src/report/lines.ts'
import { isSecretName, maskOf } from '../../src/report/mask.ts'

test.each(['password', 'DB_PASSWORD', 'dbPassword', 'mysqlpassword', 'API_KEY', 'apiKey', 'x-api-key', 'tls.key', 'SIGNING_KEY', 'github_token', 'GITHUB_TOKEN_PROD', 'client_secret', 'REDIS_PASS', 'Authorization', 'requirepass', 'SENTRY_DSN'])(
  '%s names a secret', name => expect(isSecretName(name)).toBe(true),
)

test.each(['image', 'name', 'secretName', 'tokenPath', 'passwordFile', 'secretKeyRef', 'topologyKey', 'key', 'author', 'passive', 'compass', 'imagePullSecrets', 'monkeys', 'path', 'TOKEN_TTL_SECONDS'])(
  '%s names none', name => expect(isSecretName(name)).toBe(false),
)

const secret = 'rosebud1941'

test.each([
  ['a key', `password: ${secret}`],
  ['a quoted key', `"password": "${secret}",`],
  ['a key of a list item', `- apiKey: ${secret}`],
  ['an environment list', `env:\n  - name: DB_PASSWORD\n    value: ${secret}`],
  ['an environment list, value first', `env:\n  - value: ${secret}\n    name: DB_PASSWORD`],
  ['an environment list with lines between', `env:\n- name: DB_PASSWORD\n  # the old one\n\n  value: ${secret}`],
  ['an environment list in JSON', `[\n  {\n    "value": "${secret}",\n    "name": "DB_PASSWORD"\n  }\n]`],
  ['an environment list in one line', `env: [{value: ${secret}, name: DB_PASSWORD}]`],
  ['Compose', `environment:\n  - DB_PASSWORD=${secret}`],
  ['a block scalar', `password: |\n  one\n  ${secret}\n`],
  ['a value on the next line', `password:\n  ${secret}\n`],
  ['a list below', `api_keys:\n- ${secret}\n`],
  ['a map below', `credentials:\n  one:\n    two: ${secret}\n`],
  ['a TOML section', `[database.credentials]\nuser = "x"\nvalue2 = "${secret}"`],
  ['an argument', `args: ["--port", "80", "--password", "${secret}"]`],
  ['an argument with =', `- --password=${secret}`],
  ['an argument on a line of its own', `- --password\n- ${secret}`],
  ['an argument on a line of its own in JSON', `[\n  "--api-key",\n  "${secret}"\n]`],
  ['a shell line', `command: serve --token ${secret}`],
  ['a Dockerfile', `ENV DB_PASSWORD ${secret}`],
  ['an export', `export DB_PASSWORD=${secret}`],
  ['redis.conf', `requirepass ${secret}`],
  ['nginx', `proxy_set_header Authorization "Bearer ${secret}";`],
  ['a URL', `url: postgres://app:${secret}@db/app`],
  ['a URL without a user', `url: redis://:${secret}@cache:6379`],
  ['a login of curl', `test: curl -fsS -u admin:${secret} http://localhost`],
  ['a login of curl in the exec form', `CMD ["curl", "--user", "admin:${secret}", "http://localhost"]`],
  ['redis-cli', `test: ["CMD", "redis-cli", "-h", "cache", "-a", "${secret}", "ping"]`],
  ['redis-cli in a list', `- redis-cli\n- -a\n- ${secret}\n- ping`],
  ['mysqladmin', `test: mysqladmin ping -h localhost -uroot -p${secret}`],
  ['a bearer token', `header: Bearer ${secret}`],
])('a secret is hidden: %s', (_, text) => {
  const mask = maskOf(linesOf(text))
  const shown = text.split('\n').map((line, index) => mask(index + 1, 'secrets')
    .reverse().reduce((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), line))
  expect(text).toContain(secret)
  expect(shown.join('\n')).not.toContain(secret)
})

test.each([
  'image: ghcr.io/acme/gateway@sha256:4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a',
  'image: acme/token-service:1.0',
  'image: acme/gateway:4bf5122f344554c53bde2ebb8cd2b7e3d1600ad6',
  'docker run -u 1000:1000 acme/gateway',
  'command: mkdir -p /data',
  'automountServiceAccountToken: true',
  'secretName: gateway-tls',
  '- name: DB_PASSWORD',
  'url: http://tools:8080/path',
  'matchExpressions:\n- key: app\n  operator: In',
  'uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683',
])('what is none is shown: %s', text => {
  const mask = maskOf(linesOf(text))
  expect(text.split('\n').flatMap((_, index) => mask(index + 1, 'secrets'))).toEqual([])
})
