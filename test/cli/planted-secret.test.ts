import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { mcpPolicy } from './command.ts'

const cwd = mkdtempSync(join(tmpdir(), 'mcp-policy-planted-'))
afterAll(() => rmSync(cwd, { recursive: true }))

/** Files with faults at and around every place where a secret may stand. */
const filesWith = (secret: string, encoded: string): Record<string, string> => ({
  'configmap.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: hangar-config}
data:
  config.yaml: |
    mcp_servers:
      search:
        mode: docker
        image: registry.example/search:latest
        env: {API_TOKEN: ${secret}, SEARCH_PASSWORD: ${secret}}
        args: [--token, ${secret}]
    auth:
      enabled: yes
      api_key: {enabled: false, secret: ${secret}}
    unknown_key: {password: ${secret}}
  servers.yaml: |
    servers:
      search:
        url: http://gateway:${secret}@search:8000
        auth: {type: bearer, token: ${secret}}
    timeout: 010
    timeout: ${secret}
`,
  'secret.yaml': `apiVersion: v1
kind: Secret
metadata: {name: gateway}
stringData:
  password: ${secret}
  password: "${secret}"
  anything: ${secret}
  config.yaml: |
    mcp_servers: {a: {mode: docker, image: x:latest, env: {T: ${secret}}}}
    auth: {api_key: ${secret}}
data:
  encoded: ${encoded}
  encoded: ${encoded}
  on: ${encoded}
`,
  'deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: gateway, annotations: {note: ${secret}}}
spec:
  replicas: 3
  selector: {matchLabels: {app: gateway}}
  template:
    metadata: {labels: {app: gateway}}
    spec:
      containers:
      - name: gateway
        image: registry.example/gateway:latest
        command: [sh, -c, "serve --password ${secret}"]
        args: [--token, ${secret}, --url=redis://:${secret}@cache]
        env:
        - {name: DB_PASSWORD, value: ${secret}}
        - name: DATABASE_URL
          value: postgres://gateway:${secret}@db/gateway
        - name: DB_PASSWORD
          value: ${secret}
          value: ${secret}
        - name: LONG
          value: "${'x'.repeat(300)}${secret}"
        securityContext: {privileged: true}
        readinessProbe:
          exec:
            command:
            - redis-cli
            - -a
            - ${secret}
        lifecycle: {preStop: {exec: {command: [mysql, -uroot, -p${secret}]}}}
        livenessProbe: {exec: {command: [redis-cli, -a, ${secret}, ping]}}
      volumes: [{name: host, hostPath: {path: /var/run/docker.sock}}]
`,
  'compose.yml': `services:
  gateway:
    image: registry.example/gateway
    privileged: true
    ports: ["8000:8000"]
    environment:
      API_TOKEN: ${secret}
      DATABASE_URL: postgres://gateway:${secret}@db/gateway
    command: [serve, --token, ${secret}, --password=${secret}]
    healthcheck: {test: ["CMD-SHELL", "curl -u admin:${secret} http://localhost:9 || true"], interval: 300s}
    labels: {token: ${secret}}
  cache:
    image: redis
    command: redis-server --requirepass ${secret}
    environment: ["REDIS_PASSWORD=${secret}", "X=\${TOKEN:-${secret}}"]
    healthcheck: {test: ["CMD", "redis-cli -a ${secret} ping"]}
    ports: ["\${PORT:-6379}:6379"]
  built:
    build: {context: ., args: {NPM_TOKEN: ${secret}}}
    image: "registry.example/x:\${TAG_TOKEN:-${secret}}"
`,
  '.env': `API_TOKEN=${secret}\nAPI_TOKEN=${secret}\nPORT=${secret}\n${secret}\nbroken line ${secret}\n`,
  'Dockerfile': `FROM node:latest
ARG NPM_TOKEN=${secret}
ENV API_TOKEN=${secret} PASSWORD ${secret}
RUN curl -H "Authorization: Bearer ${secret}" https://registry.example
HEALTHCHECK CMD curl -u admin:${secret} http://localhost:1 || exit 0
CMD ["serve", "--token", "${secret}"]
`,
  'docker-compose.prod.yml': `services:
  db:
    image: postgres:17.2
    env_file: [db.env]
    environment: {POSTGRES_USER: "${secret}", POSTGRES_PASSWORD: "${secret}", API_KEY: "your-${secret}-here", TENANT: "your-${secret}-here"}
    secrets: [missing]
  cache: {image: "redis:7.4.1", command: [redis-server, --requirepass, "${secret}"]}
secrets:
  other: {content: "${secret}"}
`,
  'db.env': `DB_USER=${secret}\nDB_PASSWORD=${secret}\nAPI_TOKEN=your-${secret}-here\nTENANT="your-${secret}-here"\nPUBLIC_URL=https://u:${secret}@mcp.example.com\n`,
  'filled.yaml': `apiVersion: v1
kind: Secret
metadata: {name: gateway-db}
stringData: {username: "${secret}", password: "${secret}", api-key: "your-${secret}-here", tenant: "your-${secret}-here"}
---
apiVersion: v1
kind: Pod
metadata: {name: db}
spec:
  containers:
  - name: db
    image: postgres:17.2
    args: [-c, "x=${secret}"]
    env: [{name: DB_USER, value: "${secret}"}, {name: DB_PASSWORD, value: "${secret}"}, {name: TENANT, value: "your-${secret}-here"}]
`,
  'gateway.Dockerfile': `FROM python:3.13 AS build
ARG TOKEN
RUN export TOKEN=${secret} && git clone https://reader:${secret}@git.example/x && curl -u reader:${secret} https://index.example
ADD https://reader:${secret}@files.example/x /x
FROM build
ENV TOKEN=${secret}
LABEL token=${secret}
COPY . /app
CMD serve --token ${secret}
`,
  '.dockerignore': `${secret}\n`,
  'Dockerfile.broken': `FROM node:latest\nENV API_TOKEN="${secret}\nENV_TOKEN ${secret}\n`,
  '.mcp.json': `{
  "mcpServers": {
    "search": {
      "command": "python", "args": ["server.py", "--token", "${secret}"],
      "env": {"API_TOKEN": "${secret}", "DEBUG": true, "DEBUG": "${secret}"},
      "headers": {"Authorization": "Bearer ${secret}", "X": 5}
    },
    "remote": {"url": "https://user:${secret}@mcp.example/mcp?token=${secret}"},
    "odd": {"command": "uvx", "args": ["--directory", "./x", "--token", "${secret}"]}
  }
}
`,
  'config.toml': `[mcp_servers.search]
command = "python"
args = ["server.py", "--api-key", "${secret}"]
env = { "API_TOKEN" = "${secret}", "DEBUG" = true }
`,
  'chart/Chart.yaml': 'apiVersion: v2\nname: gateway\nversion: 1.0.0\n',
  'chart/values.yaml': `replicaCount: 3
image: {repository: registry.example/gateway, tag: latest}
auth:
  password: ${secret}
  password: ${secret}
env:
- {name: API_TOKEN, value: ${secret}}
podDisruptionBudget: {enabled: false}
`,
  'broken.yaml': `apiVersion: v1\nkind: Secret\nstringData:\n  password: ${secret}\n token: ${secret}\n  x: "${secret}\n`,
  'broken-flow.yaml': `apiVersion: v1\nkind: ConfigMap\ndata: {password: ${secret}, token: [${secret}\n`,
  'broken.json': `{"apiVersion": "v1", "kind": "Secret", "stringData": {"password": "${secret}" "${secret}"}}`,
  'tab.yaml': `password: ${secret}\n\ttoken: ${secret}\n`,
  'anchor.yaml': `apiVersion: v1\nkind: ConfigMap\ndata: {password: *${secret}}\n`,
  'tag.yaml': `apiVersion: v1\nkind: ConfigMap\ndata: {password: !${secret} x, token: !!binary ${secret}}\n`,
  'ambiguous.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: gateway}
data:
  password: on
  token: &a 010
  db_password: ${secret}
  db_password: ${secret}
  <<: {password: ${secret}}
`,
  'hidden.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata:\n  password: "${secret}\u202e"\n`,
})

const values = {
  'a plain word': 'Rosebud-1941',
  'a random one': 'q8Jx2LmZ0vT7rWpK4sYbN6dHcF3gAe9u',
  'one with punctuation': 'Kane/Xanadu+41',
}

/** Formats and options of one run; what is a file is read, too. */
const runs = [['--format=text'], ['--format=text', '-v'], ['--format=compact', '-v'], ['--format=json', '-v'], ['--format=text', '-v', '--profile=pss-restricted'],
  ...['sarif', 'code-scanning', 'junit', 'gitlab', 'markdown'].map(format => [`--format=${format}`])]

describe.each(Object.entries(values))('%s', (_, secret) => {
  const encoded = Buffer.from(secret).toString('base64')
  const folder = join(cwd, encoded.slice(0, 8))
  const files = filesWith(secret, encoded)
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }

  const leaks = (text: string): string[] => text.split('\n').filter(line => line.includes(secret) || line.includes(encoded) || line.includes(secret.slice(0, 8)))

  test('lint --format=github, as far as annotations are shown', () => {
    const { code, stdout, stderr } = mcpPolicy(['lint', '.', '--format=github'], { cwd: folder })
    expect(code).toBe(1)
    expect(stdout.split('\n').length).toBeGreaterThan(20)
    expect(leaks(stdout + stderr)).toEqual([])
  })

  test.each(runs.map(args => [args.join(' '), args] as const))('lint %s', (_, args) => {
    const { code, stdout, stderr } = mcpPolicy(['lint', '.', ...args], { cwd: folder })
    expect(code).toBe(1)
    for (const name of ['deployment.yaml', 'broken.yaml']) expect(stdout).toContain(name)
    expect(leaks(stdout + stderr)).toEqual([])
  })

  if (secret === values['a plain word']) test.each(Object.keys(files))('%s on its own, through standard input', name => {
    for (const args of [['--format=text', '-v'], ['--format=json'], ['--format=sarif', '--format=github=/dev/stderr']]) {
      const { stdout, stderr } = mcpPolicy(['lint', '-', '--stdin-filename', name, ...args], { input: files[name] })
      expect(stdout).toMatch(/1 file|"files":1|"results"/)
      expect(leaks(stdout + stderr)).toEqual([])
    }
  })
})
