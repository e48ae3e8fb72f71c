import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Finding } from '../../src/report/report.ts'
import { filesUnder, lintFiles } from '../lint-files.ts'
import { corpora, haveCorpora } from '../../src/tasks/corpora.ts'


/** A line of a real file, by a part of its text (the nth that has it), and the control that must find it, or must not. */
type Verdict = { file: string; line: string; nth?: number; control: string }

const found: Verdict[] = [
  { file: 'hangar/examples/kubernetes/basic-provider.yaml', line: 'securityContext:', control: 'config-crd-fields-known' },
  { file: 'hangar/examples/kubernetes/basic-provider.yaml', line: 'mountPath:', control: 'config-crd-fields-known' },
  { file: 'hangar/docker-compose.yml', line: '--unsafe-no-auth', control: 'auth-no-unsafe-flag' },
  { file: 'hangar/examples/quickstart/config.yaml', line: 'logging:', control: 'auth-required' },
  { file: 'hangar/examples/quickstart/config.yaml', line: 'image: my-org/openai-mcp:latest', control: 'image-pinned-tag' },
  { file: 'hangar/docker-compose.yml', line: 'sys.exit(0)', control: 'health-compose-healthcheck' },
  { file: 'hangar/examples/kubernetes/basic-provider.yaml', line: 'image: ghcr.io/modelcontextprotocol/mcp-sqlite:latest', control: 'image-pinned-tag' },
  { file: 'hangar/examples/kubernetes/provider-group-ha.yaml', line: 'mcp-postgres:latest', control: 'image-pinned-tag' },
  { file: 'hangar/examples/kubernetes/provider-group-ha.yaml', line: 'mcp-sqlite:latest', control: 'image-pinned-tag' },
  { file: 'bridge/deployment/kubernetes/gateway/configmap.yaml', line: 'timeout: 30s', control: 'config-keys-known' },
  { file: 'bridge/deployment/kubernetes/gateway/configmap.yaml', line: 'timeout: 30s', control: 'resilience-bridge-circuit-breaker' },
  { file: 'bridge/deployment/kubernetes/gateway/configmap.yaml', line: 'server:', control: 'tls-no-plaintext-listener' },
  { file: 'stack/docker-compose.prod.yml', line: '"8050-8060:8050-8060"', control: 'tls-no-plaintext-listener' },
  { file: 'hangar/docker-compose.yml', line: '"8080:8080"', control: 'tls-no-plaintext-listener' },
  { file: 'bridge/deployment/kubernetes/gateway/redis.yaml', line: '- name: redis', control: 'workload-run-as-non-root' },
  { file: 'bridge/deployment/kubernetes/gateway/network-policy.yaml', line: 'cidr: 0.0.0.0/0', control: 'net-policy-no-open-cidr' },
  { file: 'bridge/deployment/local/docker-compose.yml', line: 'prom/prometheus:latest', control: 'image-pinned-tag' },
  { file: 'bridge/deployment/local/docker-compose.yml', line: 'grafana/grafana:latest', control: 'image-pinned-tag' },
  { file: 'bridge/deployment/local/docker-compose.yml', line: '"6379:6379"', control: 'net-compose-published-ports' },
  { file: 'bridge/deployment/local/docker-compose.yml', line: 'JWT_SECRET_KEY=${JWT_SECRET_KEY:-auto-generated}', control: 'secrets-no-plaintext-in-config' },
  { file: 'bridge/deployment/local/docker-compose.yml', line: 'GF_SECURITY_ADMIN_PASSWORD=', control: 'secrets-no-plaintext-in-config' },
  { file: 'bridge/deployment/kubernetes/gateway/redis.yaml', line: 'command:', control: 'secrets-no-default-passwords' },
  { file: 'bridge/deployment/local/docker-compose.yml', line: '--requirepass ${REDIS_PASSWORD:-}', control: 'secrets-no-default-passwords' },
  { file: 'bridge/deployment/local/docker-compose.yml', line: 'GF_SECURITY_ADMIN_PASSWORD=', control: 'secrets-no-default-passwords' },
  { file: 'bridge/deployment/local/docker-compose.yml', line: 'JWT_SECRET_KEY=${JWT_SECRET_KEY:-auto-generated}', control: 'secrets-no-placeholders' },
  { file: 'stack/docker-compose.prod.yml', line: 'DATABASE_URL=', control: 'secrets-compose-docker-secrets' },
  { file: 'stack/docker-compose.prod.yml', line: 'POSTGRES_PASSWORD=', control: 'secrets-compose-docker-secrets' },
  { file: 'stack/docker-compose.prod.yml', line: 'POSTGRES_PASSWORD=', nth: 2, control: 'secrets-compose-docker-secrets' },
  { file: 'stack/docker-compose.prod.yml', line: 'GF_SECURITY_ADMIN_PASSWORD=', control: 'secrets-compose-docker-secrets' },
  { file: 'stack/docker-compose.prod.yml', line: 'redis-server', control: 'secrets-no-default-passwords' },
  { file: 'stack/docker-compose.prod.yml', line: 'prom/prometheus:latest', control: 'image-pinned-tag' },
  { file: 'stack/docker-compose.prod.yml', line: 'grafana/grafana:latest', control: 'image-pinned-tag' },
  ...['"8050-8060:8050-8060"', '"5432:5432"', '"6379:6379"', '"9090:9090"', '"3000:3000"'].map(line =>
    ({ file: 'stack/docker-compose.prod.yml', line, control: 'net-compose-published-ports' })),
  ...['mcp-system', 'postgres', 'redis', 'nginx', 'prometheus', 'grafana', 'backup'].map(service =>
    ({ file: 'stack/docker-compose.prod.yml', line: `  ${service}:`, control: 'workload-compose-resources' })),
  ...['mcp-hangar', 'math-provider'].map(service => ({ file: 'hangar/docker-compose.yml', line: `  ${service}:`, control: 'workload-compose-resources' })),
  { file: 'stack/Dockerfile.production', line: 'HEALTHCHECK', control: 'health-compose-healthcheck' },
  { file: 'toolhive/examples/operator/mcp-servers/mcpserver_github.yaml', line: 'image: ghcr.io/github/github-mcp-server', control: 'image-pinned-tag' },
  ...[1, 2].map(nth => ({ file: 'bridge/deployment/kubernetes/gateway/deployment.yaml', line: 'port: 9090', nth, control: 'health-probe-endpoint-known' })),
  { file: 'hangar/examples/kubernetes/provider-group-ha.yaml', line: 'spec:', nth: 2, control: 'workload-memory-limit' },
  { file: 'hangar/examples/kubernetes/provider-group-ha.yaml', line: 'spec:', nth: 3, control: 'workload-memory-limit' },
]

/** Nothing but a warning may be said there; no line means the whole file. */
const clean: (Omit<Verdict, 'line'> & { line?: string })[] = [
  ...['hangar/examples/kubernetes/provider-group-ha.yaml', 'toolhive/examples/operator/mcp-servers/mcpserver_github.yaml'].map(file => ({ file, control: 'config-crd-fields-known' })),
  ...['bridge/deployment/kubernetes/gateway/deployment.yaml', 'hangar/examples/kubernetes/basic-provider.yaml', 'hangar/examples/kubernetes/provider-group-ha.yaml',
    'toolhive/examples/operator/mcp-servers/mcpserver_github.yaml'].map(file => ({ file, control: 'secrets-env-from-secret' })),
  { file: 'bridge/deployment/kubernetes/gateway/configmap.yaml', control: 'secrets-not-in-configmap' },
  { file: 'hangar/examples/quickstart/config.yaml', control: 'secrets-no-plaintext-in-config' },
  { file: 'hangar/examples/quickstart/config.yaml', control: 'config-keys-known' },
  ...['workload-hangar-container-sandbox', 'workload-hangar-server-resources', 'store-hangar-event-store', 'resilience-hangar-idle-ttl', 'resilience-hangar-groups'].map(control =>
    ({ file: 'hangar/examples/quickstart/config.yaml', control })),
  { file: 'hangar/examples/kubernetes/provider-group-ha.yaml', control: 'resilience-hangar-groups' },
  { file: 'stack/docker-compose.prod.yml', line: '"443:443"', control: 'tls-no-plaintext-listener' },
  { file: 'stack/docker-compose.prod.yml', line: '"6379:6379"', control: 'tls-no-plaintext-listener' },
  { file: 'bridge/deployment/kubernetes/gateway/service.yaml', control: 'tls-no-plaintext-listener' },
  ...['hangar/examples/quickstart/config.yaml', 'hangar/docker-compose.yml', 'bridge/deployment/local/docker-compose.yml', 'bridge/deployment/kubernetes/gateway/configmap.yaml',
    'bridge/deployment/kubernetes/gateway/deployment.yaml', 'stack/docker-compose.prod.yml', 'toolhive/examples/operator/mcp-servers/mcpserver_github.yaml'].flatMap(file =>
    [{ file, control: 'log-level-production' }, { file, control: 'log-json-structured' }]),
  { file: 'hangar/docker-compose.yml', control: 'image-pinned-tag' },
  { file: 'hangar/docker-compose.yml', control: 'config-no-inert-keys' },
  { file: 'hangar/docker-compose.yml', control: 'workload-no-hostpath' },
  { file: 'hangar/examples/kubernetes/basic-provider.yaml', control: 'workload-drop-capabilities' },
  { file: 'bridge/deployment/kubernetes/gateway/deployment.yaml', control: 'image-pinned-tag' },
  { file: 'bridge/deployment/kubernetes/gateway/deployment.yaml', control: 'workload-no-hostpath' },
  { file: 'bridge/deployment/kubernetes/gateway/deployment.yaml', control: 'workload-volume-types' },
  ...['run-as-non-root', 'no-privilege-escalation', 'drop-capabilities', 'seccomp'].map(name =>
    ({ file: 'bridge/deployment/kubernetes/gateway/deployment.yaml', control: `workload-${name}` })),
  { file: 'bridge/deployment/kubernetes/gateway/configmap.yaml', line: 'secret_key_env', control: 'secrets-no-plaintext-in-config' },
  { file: 'bridge/deployment/kubernetes/gateway/configmap.yaml', line: 'mode: kubernetes', control: 'config-keys-known' },
  { file: 'bridge/deployment/kubernetes/gateway/configmap.yaml', control: 'auth-required' },
  ...['name: ingress-nginx', 'namespaceSelector: {}', '- 169.254.169.254/32'].map(line =>
    ({ file: 'bridge/deployment/kubernetes/gateway/network-policy.yaml', line, control: 'net-policy-no-open-cidr' })),
  { file: 'bridge/deployment/kubernetes/gateway/redis.yaml', control: 'image-pinned-tag' },
  { file: 'bridge/deployment/local/docker-compose.yml', control: 'workload-compose-resources' },
  ...['gateway', 'router'].map(service => ({ file: 'bridge/deployment/local/docker-compose.yml', line: `  ${service}:`, control: 'workload-compose-hardening' })),
  { file: 'bridge/deployment/local/docker-compose.yml', line: 'mcp-gateway:v1.0.0', control: 'image-pinned-tag' },
  { file: 'bridge/deployment/local/docker-compose.yml', line: 'MCP_AUTH_TOKEN=', control: 'secrets-no-plaintext-in-config' },
  { file: 'bridge/deployment/local/docker-compose.yml', line: 'test: ["CMD", "redis-cli"', control: 'health-compose-healthcheck' },
  { file: 'stack/docker-compose.prod.yml', control: 'secrets-no-plaintext-in-config' },
  { file: 'stack/docker-compose.prod.yml', line: 'nginx:alpine', control: 'net-compose-published-ports' },
  { file: 'stack/docker-compose.prod.yml', line: '"443:443"', control: 'net-compose-published-ports' },
  { file: 'stack/docker-compose.prod.yml', control: 'health-compose-healthcheck' },
  { file: 'stack/Dockerfile.production', control: 'image-non-root-user' },
  { file: 'stack/Dockerfile.production', control: 'image-pinned-tag' },
  { file: 'stack/docker-compose.prod.yml', control: 'secrets-no-placeholders' },
  { file: 'stack/Dockerfile.production', control: 'secrets-not-in-image' },
  { file: 'hangar/Dockerfile', control: 'secrets-not-in-image' },
  { file: 'bridge/services/gateway/Dockerfile', control: 'secrets-not-in-image' },
  { file: 'bridge/deployment/local/docker-compose.yml', control: 'secrets-compose-docker-secrets' },
  { file: 'hangar/Dockerfile', control: 'image-non-root-user' },
  ...['stack/Dockerfile.production', 'hangar/Dockerfile', 'bridge/services/gateway/Dockerfile'].map(file => ({ file, control: 'image-multistage' })),
  { file: 'bridge/services/gateway/Dockerfile', control: 'image-non-root-user' },
  ...['run-as-non-root', 'no-privilege-escalation', 'drop-capabilities', 'seccomp'].map(name =>
    ({ file: 'toolhive/examples/operator/mcp-servers/mcpserver_github.yaml', control: `workload-${name}` })),
  { file: 'toolhive/examples/operator/mcp-servers/mcpserver_github.yaml', control: 'config-keys-known' },
  ...['workload-readonly-rootfs', 'workload-memory-limit', 'workload-requests'].flatMap(control => [
    { file: 'bridge/deployment/kubernetes/gateway/deployment.yaml', control },
    { file: 'toolhive/examples/operator/mcp-servers/mcpserver_github.yaml', control },
  ]),
  { file: 'bridge/deployment/kubernetes/gateway/configmap.yaml', control: 'health-probe-endpoint-known' },
  { file: 'bridge/deployment/local/docker-compose.yml', control: 'health-probe-endpoint-known' },
  ...['health-liveness-probe', 'health-readiness-probe'].map(control => ({ file: 'bridge/deployment/kubernetes/gateway/deployment.yaml', control })),
  ...['workload-memory-limit', 'workload-requests', 'health-liveness-probe', 'health-readiness-probe', 'health-probe-endpoint-known'].map(control =>
    ({ file: 'bridge/deployment/kubernetes/gateway/redis.yaml', control })),
]

const linted = new Map<string, Finding[]>()

function findingsIn(file: string): Finding[] {
  const path = join(corpora, file)
  const known = linted.get(path) ?? lintFiles([path]).findings.filter(({ outcome }) => outcome === 'violated')
  linted.set(path, known)
  return known
}

function lineOf({ file, line, nth = 1 }: Omit<Verdict, 'control'>): number {
  const lines = readFileSync(join(corpora, file), 'utf8').split('\n')
  const numbers = lines.flatMap((text, index) => (text.includes(line) ? [index + 1] : []))
  expect(numbers.length, `${file} has ${line}`).toBeGreaterThanOrEqual(nth)
  return numbers[nth - 1]
}

describe.skipIf(!haveCorpora)('real files', () => {
  test.each(found.map(verdict => [`${verdict.control} finds ${verdict.file}: ${verdict.line}`, verdict] as const))('%s', (_, verdict) => {
    const lines = findingsIn(verdict.file).filter(({ control }) => control === verdict.control).map(({ line }) => line)
    expect(lines).toContain(lineOf(verdict))
  })

  test.each(clean.map(verdict => [`${verdict.control} says nothing of ${verdict.file} ${verdict.line ?? ''}`, verdict] as const))('%s', (_, verdict) => {
    const { line } = verdict
    const said = findingsIn(verdict.file)
      .filter(({ control, enforcement }) => control === verdict.control && enforcement === 'deny')
      .filter(finding => line === undefined || finding.line === lineOf({ ...verdict, line }))
    expect(said).toEqual([])
  })

  test('every file of the corpora is read without an internal fault, and the report accounts for each', () => {
    const files = filesUnder(corpora)
    const report = lintFiles(files, [corpora])
    expect(report.coverage.map(({ file }) => file).sort()).toEqual([...files].sort())
    expect(report.coverage.flatMap(({ documents }) => documents.filter(({ reason }) => reason === 'failed'))).toEqual([])
  })
})
