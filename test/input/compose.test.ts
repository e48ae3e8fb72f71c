import { describe, expect, test } from 'vitest'
import { composeProjects, projectCompose } from '../../src/input/compose.ts'
import { composeFile, project, rules, services } from './compose-made.ts'

const one = (body: string, environment?: Map<string, string>) => {
  const text = `services:\n  x:\n${body.trim().split('\n').map(line => `    ${line}`).join('\n')}\n`
  return services(project({ 'compose.yml': text }, environment && { environment })).x
}

describe('ports', () => {
  const all = { binding: 'all', protocol: 'tcp' }
  const same = (from: number, to = from) => ({ from, to })
  test.each([
    ['"8080:80"', { ...all, published: same(8080), target: same(80) }],
    ['3000', { ...all, target: same(3000) }],
    ['"3000-3005"', { ...all, target: same(3000, 3005) }],
    ['"8050-8060:8050-8060"', { ...all, published: same(8050, 8060), target: same(8050, 8060) }],
    ['"127.0.0.1:5432:5432"', { binding: 'loopback', host_ip: '127.0.0.1', published: same(5432), target: same(5432), protocol: 'tcp' }],
    ['"127.0.0.1::5432"', { binding: 'loopback', host_ip: '127.0.0.1', target: same(5432), protocol: 'tcp' }],
    ['"0.0.0.0:80:80"', { ...all, host_ip: '0.0.0.0', published: same(80), target: same(80) }],
    ['"[::1]:80:80"', { binding: 'loopback', host_ip: '::1', published: same(80), target: same(80), protocol: 'tcp' }],
    ['"::1:80:80"', { binding: 'loopback', host_ip: '::1', published: same(80), target: same(80), protocol: 'tcp' }],
    ['"[::]:80:80"', { ...all, host_ip: '::', published: same(80), target: same(80) }],
    ['"192.0.2.7:80:80/udp"', { binding: 'address', host_ip: '192.0.2.7', published: same(80), target: same(80), protocol: 'udp' }],
    ['"${HOST:-127.0.0.1}:5432:5432"', { binding: 'loopback', host_ip: '127.0.0.1', published: same(5432), target: same(5432), protocol: 'tcp' }],
    ['"${HOST}:5432:5432"', { binding: 'unresolved', published: same(5432), target: same(5432), protocol: 'tcp', unresolved: 'the variable HOST' }],
    ['"${PORT:-8080}:80"', { ...all, published: same(8080), target: same(80) }],
    ['"${PORT}:80"', { binding: 'unresolved', target: same(80), protocol: 'tcp', unresolved: 'the variable PORT' }],
    ['"127.0.0.1:${PORT}:80"', { binding: 'loopback', host_ip: '127.0.0.1', target: same(80), protocol: 'tcp', unresolved: 'the variable PORT' }],
    ['"${MAPPING}"', { binding: 'unresolved', protocol: 'tcp', unresolved: 'the variable MAPPING' }],
    ['{target: 80, published: "8080", host_ip: 127.0.0.1, mode: host}', { binding: 'loopback', host_ip: '127.0.0.1', published: same(8080), target: same(80), protocol: 'tcp' }],
    ['{target: 80, published: 8080, protocol: udp}', { binding: 'all', published: same(8080), target: same(80), protocol: 'udp' }],
    ['{target: 80}', { ...all, target: same(80) }],
  ])('%s', (written, expected) => {
    expect(one(`image: a\nports:\n  - ${written}`).ports).toEqual([expected])
  })

  test.each([['"x:y"'], ['"80:"'], ['"99999:80"'], ['""'], ['null'], ['"9-8:80"']])('%s is no port', written => {
    expect(one(`image: a\nports:\n  - ${written}\n  - "81:81"`).ports).toHaveLength(1)
  })
})

describe('mounts', () => {
  test.each([
    ['/var/run/docker.sock:/var/run/docker.sock:ro', { type: 'bind', source: '/var/run/docker.sock', target: '/var/run/docker.sock', read_only: true }],
    ['./data:/data', { type: 'bind', source: './data', target: '/data', read_only: false }],
    ['cache:/cache:rw,z', { type: 'volume', source: 'cache', target: '/cache', read_only: false }],
    ['/anonymous', { type: 'volume', target: '/anonymous', read_only: false }],
    ['//etc/../etc/:/host', { type: 'bind', source: '/etc', target: '/host', read_only: false }],
    ['${SOCK:-/var/run/docker.sock}:/s', { type: 'bind', source: '/var/run/docker.sock', target: '/s', read_only: false }],
    ['${SOCK}:/s', { type: 'bind', source: { unresolved: 'the variable SOCK' }, target: '/s', read_only: false }],
    ['C:\\work\\x:/x', { type: 'bind', source: 'C:\\work\\x', target: '/x', read_only: false }],
    ['bound:/x', { type: 'bind', source: '/etc', target: '/x', read_only: false }],
  ])('%s', (written, expected) => {
    const text = `services:\n  x:\n    image: a\n    volumes: [${JSON.stringify(written)}]\nvolumes:\n  bound:\n    driver_opts: {type: none, o: "rw,bind", device: /etc}\n`
    expect(services(project({ 'compose.yml': text })).x.volumes).toEqual([expected])
  })

  test('the long form', () => {
    expect(one('image: a\nvolumes:\n  - type: bind\n    source: /\n    target: /host\n    read_only: true').volumes).toEqual([
      { type: 'bind', source: '/', target: '/host', read_only: true },
    ])
  })
})

describe('health checks', () => {
  test.each([
    ['healthcheck: {test: "curl -f http://localhost || exit 1", interval: 1m30s, timeout: 10s, retries: 3}', {
      disabled: false, test: { form: 'shell', programs: ['curl'], subcommands: [], asks: [{ host: 'localhost', port: 80, path: '/' }] },
      interval_seconds: 90, timeout_seconds: 10, retries: 3,
    }],
    ['healthcheck: {test: [CMD, "true"]}', { disabled: false, test: { form: 'exec', constant: 'true', programs: ['true'], subcommands: [], asks: [] } }],
    ['healthcheck: {test: [CMD-SHELL, "exit 0"]}', { disabled: false, test: { form: 'shell', constant: 'exit 0', programs: [], subcommands: [], asks: [] } }],
    ['healthcheck: {test: [/bin/app, health]}', { disabled: false, test: { form: 'unmarked', programs: ['app'], subcommands: ['app health'], asks: [] } }],
    ['healthcheck: {test: [NONE]}', { disabled: true }],
    ['healthcheck: {disable: true}', { disabled: true }],
    ['healthcheck: {test: [CMD, pg_isready, -U, "${USER}"], interval: "${EVERY:-2m}"}', {
      disabled: false, test: { form: 'exec', programs: ['pg_isready'], subcommands: [], asks: [], unresolved: 'the variable USER' }, interval_seconds: 120,
    }],
  ])('%s', (written, expected) => {
    expect(one(`image: a\n${written}`).healthcheck).toEqual(expected)
  })
})

test('environment in both forms, secrets as their class', () => {
  const fact = { class: 'literal', length: 7 }
  for (const written of ['environment: {MODE: fast, DB_PASSWORD: hunter2, PASSED: , PORT: 80, TAG: "${TAG}"}', 'environment: [MODE=fast, DB_PASSWORD=hunter2, PASSED, PORT=80, "TAG=${TAG}"]']) {
    const { environment } = one(`image: a\n${written}`)
    expect(environment.map(({ name, value }: any) => [name, name === 'PORT' ? String(value) : value])).toEqual([
      ['MODE', 'fast'], ['DB_PASSWORD', { secret: expect.objectContaining(fact) }], ['PASSED', { unresolved: 'the variable PASSED' }], ['PORT', '80'],
      ['TAG', { unresolved: 'the variable TAG' }],
    ])
  }
})

test('no secret gets into the input, wherever it stands', () => {
  const environment = new Map([['DB_PASSWORD', 'planted-1'], ['DATABASE_URL', 'postgres://app:planted-2@db/x'], ['TAG', '1.2']])
  const projected = project({
    'compose.yml': `
services:
  x:
    image: "app:\${TAG}"
    build: {context: ., args: {API_TOKEN: planted-3}}
    command: redis-server --requirepass planted-4 --masterauth=planted-5 --url postgres://a:planted-6@b/c
    entrypoint: [run, --password, planted-7, "--db=\${DATABASE_URL}"]
    environment: ["A=\${DATABASE_URL}", "B=\${DB_PASSWORD}", SECRET_KEY=planted-8]
    labels: {auth.password: planted-9}
    healthcheck: {test: [CMD, mysqladmin, -pplanted-10, ping]}
    logging: {driver: splunk, options: {splunk-token: planted-11}}
configs:
  c: {content: planted-12}
`,
  }, { environment })
  expect(JSON.stringify(projected.fields)).not.toContain('planted')
  expect(services(projected).x.image).toBe('app:1.2')
})

test('commands: a text is cut into words, options of secrets keep none', () => {
  expect(one('image: a\ncommand: redis-server --save "" --appendonly \'yes\' --requirepass ${P:-}').command).toEqual({
    form: 'shell', argv: ['redis-server', '--save', '', '--appendonly', 'yes', '--requirepass', { after: '--requirepass', secret: expect.objectContaining({ class: 'default-empty' }) }],
  })
  expect(one('image: a\ncommand: [serve, "--port=${PORT:-80}", "${MODE}"]').command).toEqual({
    form: 'exec', argv: ['serve', '--port=80', { unresolved: 'the variable MODE' }],
  })
})

describe('files', () => {
  const base = 'services:\n  web:\n    image: nginx:1.27.1\n    ports: ["80:80"]\n    environment: {A: "1", B: "2"}\n    command: [one]\n'
  const override = 'services:\n  web:\n    image: nginx:latest\n    ports: ["8080:80"]\n    environment: [B=3]\n    command: [two]\n  extra:\n    image: busybox\n'

  test('an override changes its base, and every value is where it stands', () => {
    const projected = project({ 'a/compose.yml': base, 'a/compose.override.yml': override })
    const { web, extra } = services(projected)
    expect([web.image, web.ports.length, web.environment, web.command.argv, extra.image]).toEqual([
      'nginx:latest', 2, [{ name: 'A', value: '1' }, { name: 'B', value: '3' }], ['two'], 'busybox',
    ])
    const place = (...path: (string | number)[]) => {
      const source = projected.source(path)
      return [source.file.path, source.path.join('.')]
    }
    expect(place('services', 0, 'image')).toEqual(['a/compose.override.yml', 'services.web.image'])
    expect(place('services', 0, 'ports', 0)).toEqual(['a/compose.yml', 'services.web.ports.0'])
    expect(place('services', 0, 'ports', 1)).toEqual(['a/compose.override.yml', 'services.web.ports.0'])
    expect(place('services', 0, 'environment', 0)).toEqual(['a/compose.yml', 'services.web.environment.A'])
    expect(place('services', 0, 'environment', 1, 'value')).toEqual(['a/compose.override.yml', 'services.web.environment.0'])
    expect(place('services', 0, 'healthcheck')).toEqual(['a/compose.yml', 'services.web.healthcheck'])
    expect(place('services', 1, 'deploy', 'resources')).toEqual(['a/compose.override.yml', 'services.extra.deploy.resources'])
    expect(place('services', 0, 'command', 'argv', 0)).toEqual(['a/compose.override.yml', 'services.web.command.0'])
  })

  test.each([
    [['compose.yml', 'compose.override.yml'], [['compose.yml', 'compose.override.yml']]],
    [['docker-compose.yaml', 'docker-compose.override.yml'], [['docker-compose.yaml', 'docker-compose.override.yml']]],
    [['docker-compose.prod.yml', 'docker-compose.prod.override.yml'], [['docker-compose.prod.yml', 'docker-compose.prod.override.yml']]],
    [['x/compose.yml', 'y/compose.override.yml'], [['x/compose.yml'], ['y/compose.override.yml']]],
    [['docker-compose.yml', 'docker-compose.prod.yml'], [['docker-compose.yml'], ['docker-compose.prod.yml']]],
  ])('%j are read as %j', (paths, expected) => {
    const files = paths.map(path => composeFile(path, base))
    expect(composeProjects(files).map(({ files }) => files.map(({ file }) => file.path))).toEqual(expected)
  })

  test('a file for production that is nothing alone is read with its base', () => {
    const files = [composeFile('docker-compose.yml', base), composeFile('docker-compose.prod.yml', 'services: {web: {restart: always}}'), composeFile('docker-compose.dev.yml', 'services: {web: {ports: []}}')]
    expect(composeProjects(files).map(({ files, mark }) => [mark, ...files.map(({ file }) => file.path)])).toEqual([
      ['production', 'docker-compose.yml', 'docker-compose.prod.yml'],
      ['development', 'docker-compose.dev.yml'],
    ])
  })

  test.each([
    ['services: {web: {image: web:1}}\n', false],
    ['services: {web: {image: web:1, networks: [default], volumes: [./a:/a, /b, data:/c], depends_on: [db]}, db: {image: db:1}}\nvolumes: {data: {}}\n', false],
    ['services: {web: {image: web:1, networks: [back]}}\n', true],
    ['services: {web: {image: web:1, networks: {back: {}}}}\nnetworks: {back: {}}\n', false],
    ['services: {web: {image: web:1, volumes: [data:/c]}}\n', true],
    ['services: {web: {image: web:1, volumes: [{type: volume, source: data, target: /c}]}}\n', true],
    ['services: {web: {image: web:1, volumes: [{type: bind, source: data, target: /c}]}}\n', false],
    ['services: {web: {image: web:1, volumes: ["${HOME}:/c", "C:/x:/y"]}}\n', false],
    ['services: {web: {image: web:1, secrets: [{source: key}]}}\n', true],
    ['services: {web: {image: web:1, depends_on: {db: {condition: service_healthy}}}}\n', true],
    ['include: [other.yml]\nservices: {web: {image: web:1, depends_on: [db]}}\n', false],
    ['# docker compose -f docker-compose.yml -f docker-compose.prod.yml up -d\nservices: {web: {image: web:1}}\n', true],
    ['# docker compose -f docker-compose.prod.yml up -d\nservices: {web: {image: web:1}}\n', false],
  ])('whether a file for production is read with its base: %j %j', (text, together) => {
    const files = [composeFile('docker-compose.yml', base), composeFile('docker-compose.prod.yml', text)]
    expect(composeProjects(files).some(({ files }) => files.length === 2)).toBe(together)
  })

  test('extends takes what another service has, also from another file, and circles end', () => {
    const projected = project({
      'compose.yml': 'services:\n  a:\n    extends: {service: b}\n    ports: ["1:1"]\n  b:\n    extends: {file: common.yml, service: c}\n    restart: always\n  loop:\n    image: l\n    extends: loop\n',
      'common.yml': 'services:\n  c:\n    image: common:1.2\n    privileged: true\n',
    })
    const { a, loop } = services(projected)
    expect(a).toMatchObject({ image: 'common:1.2', privileged: true, restart: 'always' })
    expect(loop.image).toBe('l')
    expect(projected.source(['services', 0, 'privileged'])).toMatchObject({ file: { path: 'common.yml' }, path: ['services', 'c', 'privileged'] })
  })
})

describe('marks', () => {
  test.each([
    ['docker-compose.yml', 'unmarked'], ['docker-compose-full.yml', 'unmarked'], ['docker-compose.prod.yml', 'production'], ['compose-live.yaml', 'production'],
    ['deploy/local/docker-compose.yml', 'unmarked'], ['docker-compose.dev.yml', 'development'], ['compose_ci.yml', 'development'], ['test/compose.e2e.yml', 'development'],
    ['docker-compose.production-test.yml', 'production'], ['compose.developer.yml', 'unmarked'],
  ])('%s is %s', (path, expected) => {
    expect(composeProjects([composeFile(path, 'services: {x: {image: a}}')])[0].mark).toBe(expected)
  })

  test('the repository decides over the name, and a service may say that it is for development', () => {
    const [{ mark }] = composeProjects([composeFile('compose.dev.yml', 'services: {}')], path => (path === 'compose.dev.yml' ? 'production' : undefined))
    expect(mark).toBe('production')
    expect(one('image: a\nenvironment: [MCP_ENV=development]').mark).toBe('development')
    expect(one('image: a\nenvironment: {NODE_ENV: test}').mark).toBe('development')
    expect(one('image: a\nenvironment: {NODE_ENV: "${NODE_ENV}"}').mark).toBe('unmarked')
  })
})

test.each([
  ['restart: "no"', true], ['restart: "no"\nports: ["1:1"]', false], ['restart: "no"\nhealthcheck: {test: x}', false], ['restart: "no"\nhealthcheck: {disable: true}', true],
  ['deploy: {mode: replicated-job}', true], ['deploy: {restart_policy: {condition: none}}', true], ['profiles: [backup]', true], ['profiles: [backup, full]', false],
  ['restart: always', false], ['command: x', false],
])('%s: one-shot is %s', (written, expected) => {
  expect(one(`image: a\n${written}`).oneshot).toBe(expected)
})

test('a service that another waits for to end is one-shot', () => {
  const { migrate, app } = services(project({ 'compose.yml': 'services:\n  migrate: {image: a}\n  app: {image: b, depends_on: {migrate: {condition: service_completed_successfully}}}\n' }))
  expect([migrate.oneshot, app.oneshot, app.depends_on]).toEqual([true, false, [{ service: 'migrate', condition: 'service_completed_successfully' }]])
})

test('images: built ones are local, unless they are pulled', () => {
  const { fields } = project({ 'compose.yml': 'services:\n  a: {image: "app:dev", build: .}\n  b: {build: .}\n  c: {image: "x:dev"}\n  d: {image: "x:dev", pull_policy: never}\n' })
  expect((fields.images as any[]).map(({ path, what, reference }) => [path.join('.'), what, reference.pin, reference.local])).toEqual([
    ['services.0.image', 'service a', 'moving', true], ['services.2.image', 'service c', 'moving', false], ['services.3.image', 'service d', 'moving', true],
  ])
})

test('profiles that are not deployed', () => {
  const text = 'services:\n  a: {image: x, profiles: [debug]}\n  b: {image: x, profiles: [full]}\n  c: {image: x}\n'
  const deployed = (profiles?: string[]) => Object.values(services(project({ 'compose.yml': text }, { profiles }))).map(service => service.deployed)
  expect(deployed()).toEqual([true, true, true])
  expect(deployed(['full'])).toEqual([false, true, true])
})

test('a file that anchors blow up is over a limit, not slow', () => {
  const levels = [...Array(20).keys()].map(level => `x-l${level + 1}: &l${level + 1} [${Array(10).fill(`*l${level}`).join(', ')}]`)
  const text = `x-l0: &l0 {a: b}\n${levels.join('\n')}\nservices:\n  x: {image: a, logging: {options: *l20}}\n`
  expect(projectCompose(composeProjects([composeFile('compose.yml', text)])[0], { rules })).toMatchObject({ overLimit: 'size' })
})

test.each([['services: []'], ['services: {x: null}'], ['services: {x: 1}'], ['services: {x: {ports: 1, volumes: {}, healthcheck: [], environment: 5, command: null, depends_on: 1, build: 1, profiles: x, deploy: 1, extends: {}}}'], ['{}'], ['services: {__proto__: {image: a}, constructor: {image: b}}']])('odd shapes are read without a fall: %s', text => {
  expect(project({ 'compose.yml': text }).kind).toBe('compose')
})

test('dependencies and checks know the other services', () => {
  const { app, cache } = services(project({
    'compose.yml': `
services:
  cache: {image: a, healthcheck: {test: [CMD, curl, "http://app:80", "http://cache:1"]}}
  plain: {image: b}
  app: {image: c, depends_on: [cache, plain, missing]}
`,
  }))
  expect(app.depends_on.map(({ service, checked }: any) => [service, checked])).toEqual([['cache', true], ['plain', undefined], ['missing', undefined]])
  expect(cache.healthcheck.test.asks).toEqual([{ host: 'app', port: 80, path: '/', sibling: true }, { host: 'cache', port: 1, path: '/' }])
})

test('a map with more keys than the engine may hash is over a limit', () => {
  const options = [...Array(3000).keys()].map(key => `k${key}: v`).join(', ')
  expect(projectCompose(composeProjects([composeFile('compose.yml', `services: {x: {image: a, logging: {options: {${options}}}}}`)])[0], { rules })).toMatchObject({ overLimit: 'keys' })
})

test.each([
  ['deploy: {resources: {limits: {cpus: "0.50", memory: 512M}}}', { memory: { amount: 536_870_912 }, cpus: { amount: 500 } }],
  ['mem_limit: 1.5g\ncpus: 2', { memory: { amount: 1_610_612_736 }, cpus: { amount: 2000 } }],
  ['mem_limit: 512MiB\ncpus: .25', { memory: { amount: 536_870_912 }, cpus: { amount: 250 } }],
  ['mem_limit: 64 mb', { memory: { amount: 67_108_864 } }],
  ['mem_limit: 1073741824', { memory: { amount: 1_073_741_824 } }],
  ['mem_limit: 1g\ndeploy: {resources: {limits: {memory: 2g}}}', { memory: { amount: 2_147_483_648 } }],
  ['mem_limit: 1g\ndeploy: {resources: {limits: {memory: "0"}}}', { memory: { amount: 1_073_741_824 } }],
  ['mem_limit: ${MEMORY:-256m}\ncpus: ${CPUS}', { memory: { amount: 268_435_456 }, cpus: { unresolved: 'the variable CPUS' } }],
  ['cpus: 500m\nmem_limit: plenty', { memory: { fault: 'is no amount of memory' }, cpus: { fault: 'is no number of CPUs' } }],
  ['mem_limit: [1g]\ncpus: -1', { memory: { fault: 'is no amount' }, cpus: { fault: 'is no number of CPUs' } }],
  ['cpu_quota: 50000', { cpus: { amount: 500 } }],
  ['cpu_quota: -1', { cpus: { amount: 0 } }],
  ['deploy: {resources: {reservations: {memory: 1g}}}', undefined],
])('limits of %s', (written, expected) => {
  expect(one(`image: a\n${written}`).limits).toEqual(expected)
})

test.each([
  ['user: 1000', { name: '1000', root: false }], ['user: "0:0"', { name: '0', root: true }], ['user: root:app', { name: 'root', root: true }],
  ['user: "${UID:-1000}:${GID}"', { name: '1000', root: false }], ['user: "${UID}:1000"', { unresolved: 'the variable UID' }], ['user: ""', undefined], ['user: ":1000"', undefined],
])('%s', (written, expected) => {
  expect(one(`image: a\n${written}`).runs_as).toEqual(expected)
})

test('a service of which a part is not in the run says so', () => {
  const { a, b, c } = services(project({ 'compose.yml': 'services:\n  a: {image: x, extends: {file: gone.yml, service: a}}\n  b: {restart: always}\n  c: {extends: a}\n' }))
  expect([a.incomplete, b.incomplete, c.incomplete]).toEqual([
    'the file of the service that it extends is not among the files', 'the file that it changes is not among the files',
    'the file of the service that it extends is not among the files',
  ])
})

describe('networks', () => {
  const connections = (text: string, environment?: Map<string, string>) => services(project({ 'compose.yml': text }, environment && { environment })).app.connections

  test('what services join', () => {
    const { a, b, c, d, e, f, g } = services(project({
      'compose.yml': 'services:\n  a: {image: x}\n  b: {image: x, networks: [back, front]}\n  c: {image: x, networks: {back: {aliases: [see]}}}\n  d: {image: x, network_mode: "service:b"}\n  e: {image: x, network_mode: host}\n  f: {image: x, network_mode: none}\n  g: {image: x, network_mode: "container:y"}\n',
    }))
    expect([a, b, c, d, e, f, g].map(({ joins }) => joins)).toEqual([['default'], ['back', 'front'], ['back'], ['back', 'front'], ['network_mode host'], [], undefined])
  })

  test('dependencies that share no network', () => {
    const { a, b } = services(project({
      'compose.yml': 'services:\n  a: {image: x, networks: [one], depends_on: [b, c]}\n  b: {image: x, networks: [two], depends_on: [d]}\n  c: {image: x, networks: [one, two]}\n  d: {image: x, network_mode: none}\n',
    }))
    expect([a, b].map(({ depends_on }) => depends_on.map(({ apart }: any) => apart))).toEqual([[true, undefined], [undefined]])
  })

  test.each([
    ['DATABASE_URL: "postgresql+asyncpg://u:p@10.0.0.12:5432/x"', [{ variable: 'DATABASE_URL', why: 'address', host: '10.0.0.12' }]],
    ['DATABASE_URL: "postgresql://u:p@ss@10.0.0.12/x"', [{ variable: 'DATABASE_URL', why: 'address', host: '10.0.0.12' }]],
    ['API: "http://[fd00::2]:80"', [{ variable: 'API', why: 'address', host: '[fd00::2]' }]],
    ['API: "http://HOST.docker.internal:80"', [{ variable: 'API', why: 'host', host: 'host.docker.internal' }]],
    ['REDIS_URL: "redis://localhost:6379"', [{ variable: 'REDIS_URL', why: 'itself', host: 'localhost', to: 'cache' }]],
    ['SELF: "http://localhost:8080"', undefined],
    ['PEERS: "http://0.0.0.0:80,http://127.0.0.1:80,http://[::1]:80,http://[::]:80"', undefined],
    ['METADATA: "http://169.254.169.254/latest"', undefined],
    ['CORS_ORIGINS: "http://192.0.2.1:3000"', undefined],
    ['DB_HOST: 10.0.0.12', undefined],
    ['MODEL_BASE_URL: "http://10.0.0.12/v1"', [{ variable: 'MODEL_BASE_URL', why: 'address', host: '10.0.0.12' }]],
    ['BASE_URL: "http://10.0.0.12"', undefined],
    ['API: "https://api.example.com"', undefined],
    ['API: "https://tools.example.net/mcp"', [{ variable: 'API', why: 'public', host: 'tools.example.net', to: 'edge' }]],
    ['API: "http://${API_HOST:-10.1.2.3}:80/"', [{ variable: 'API', why: 'address', host: '10.1.2.3' }]],
    ['API: "http://${API_HOST}:80/"', undefined],
    ['API: "http://far:80"', [{ variable: 'API', to: 'far', apart: true }]],
    ['API: "http://distant:80"', [{ variable: 'API', to: 'far', apart: true }]],
    ['BROKERS: "cache:1, far:9092"', [{ variable: 'BROKERS', to: 'far', apart: true }]],
    ['API: "http://cache:80"', undefined],
    ['MODE: far', undefined],
  ])('%s', (written, expected) => {
    const text = `services:\n  app:\n    image: x\n    environment:\n      ${written}\n  cache: {image: "redis:7.4"}\n  far: {image: x, networks: {else: {aliases: [distant]}}}\n  edge: {image: x, labels: ["traefik.http.routers.t.rule=Host(\`tools.example.net\`)"]}\n`
    expect(connections(text)).toEqual(expected)
  })

  test('what the .env beside it says joins services, and is judged where it stands', () => {
    const text = 'services:\n  app: {image: x, environment: {API: "${API}", OTHER: "${OTHER}"}}\n  far: {image: x, networks: [else]}\n'
    expect(connections(text, new Map([['API', 'http://far:80'], ['OTHER', 'http://10.0.0.12']]))).toEqual([{ variable: 'API', to: 'far', apart: true }])
  })

  test('a long value of many addresses is read in one go', () => {
    expect(connections(`services:\n  app: {image: x, environment: {API: "${'http://a@'.repeat(50_000)}"}}\n`)).toBeUndefined()
  })
})
