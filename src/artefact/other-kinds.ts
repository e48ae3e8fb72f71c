import type { ArtefactKind } from './artefact.ts'
import { at, hasAny, isMap, type JsonMap } from './json.ts'
import type { FileName, Recognised } from './recognised.ts'

/**
 * Kinds that can be told surely and that no control reads yet. They are named in the report, so that nobody takes a file for
 * checked that is not; the tool's own configuration and baseline are no such kind, since the run reads them. A kind moves out of this table into a module of its own when a control reads it.
 */
export function recogniseOther(value: JsonMap, name: FileName): Recognised | undefined {
  if (/^\.mcp-policy(\.ya?ml|-baseline\.json)$/.test(name.base)) return { kind: 'policy-config', dialect: 'kubectl' }
  const found = others.find(other => other.is(value, name))
  return found === undefined ? undefined : { kind: found.kind, dialect: 'any', unread: found.called }
}

const others: { kind: ArtefactKind; called: string; is(value: JsonMap, name: FileName): boolean }[] = [
  { kind: 'evidence-record', called: 'evidence record', is: value => String(value.schema).startsWith('mcp-policy/evidence/') },
  { kind: 'openmcp-config', called: 'Open MCP Gateway configuration', is: value => 'listen_addr' in value && 'catalog_path' in value },
  { kind: 'openmcp-catalog', called: 'Open MCP Gateway catalog', is: isCatalog },
  { kind: 'fastmcp-json', called: 'fastmcp.json', is: isFastmcp },
  { kind: 'prometheus-config', called: 'Prometheus configuration', is: value => Array.isArray(value.scrape_configs) && !('clients' in value) },
  { kind: 'prometheus-rules', called: 'Prometheus rules', is: isRules },
  { kind: 'alertmanager-config', called: 'Alertmanager configuration', is: value => isMap(value.route) && Array.isArray(value.receivers) },
  { kind: 'grafana-dashboard', called: 'Grafana dashboard', is: isDashboard },
  { kind: 'grafana-provisioning', called: 'Grafana provisioning', is: value => value.apiVersion === 1 && hasAny(value, ['datasources', 'providers']) },
  { kind: 'log-shipper-config', called: 'log shipper configuration', is: isLogShipper },
  { kind: 'proxy-config', called: 'proxy configuration', is: value => 'entryPoints' in value || isMap(value.static_resources) },
  { kind: 'helm-chart', called: 'Helm chart', is: (value, name) => /^Chart\.ya?ml$/.test(name.base) && typeof value.name === 'string' },
  { kind: 'ci-workflow', called: 'CI workflow', is: isWorkflow },
  { kind: 'update-bot', called: 'dependency update configuration', is: isUpdateBot },
  { kind: 'precommit-config', called: 'pre-commit configuration', is: (value, name) => /^\.pre-commit-config\.ya?ml$/.test(name.base) && 'repos' in value },
  { kind: 'sarif-report', called: 'SARIF report', is: value => Array.isArray(value.runs) && typeof value.version === 'string' },
  { kind: 'sbom', called: 'software bill of materials', is: value => value.bomFormat === 'CycloneDX' || typeof value.spdxVersion === 'string' },
  { kind: 'load-report', called: 'load test report', is: value => isMap(value.metrics) && 'root_group' in value },
  { kind: 'coverage-report', called: 'coverage report', is: value => isMap(value.meta) && isMap(value.totals) && isMap(value.files) },
  { kind: 'iac', called: 'infrastructure template', is: isInfrastructure },
]

function isCatalog(value: JsonMap): boolean {
  return Array.isArray(value.servers) && value.servers.some(server => typeof at(server, 'id') === 'string' && at(server, 'runtime', 'type') !== undefined)
}

function isFastmcp(value: JsonMap): boolean {
  return at(value, 'source', 'path') !== undefined && (hasAny(value, ['environment', 'deployment']) || String(value.$schema).includes('gofastmcp'))
}

function isRules(value: JsonMap): boolean {
  return Array.isArray(value.groups) && value.groups.some(group => Array.isArray(at(group, 'rules')))
}

function isDashboard(value: JsonMap): boolean {
  const dashboard = isMap(value.dashboard) ? value.dashboard : value
  return Array.isArray(dashboard.panels ?? dashboard.rows) && 'title' in dashboard
}

function isLogShipper(value: JsonMap): boolean {
  if (Array.isArray(value.scrape_configs) && 'clients' in value) return true
  if (isMap(value.receivers) && isMap(value.exporters) && isMap(at(value, 'service', 'pipelines'))) return true
  if (isMap(value.sources) && isMap(value.sinks)) return true
  return isMap(value.pipeline) && hasAny(value.pipeline, ['inputs', 'outputs'])
}

/** GitHub's `on` is `true` to kubectl's reading. */
function isWorkflow(value: JsonMap, name: FileName): boolean {
  if (isMap(value.jobs) && hasAny(value, ['on', 'true'])) return true
  return /^\.gitlab-ci.*\.ya?ml$/.test(name.base)
}

function isUpdateBot(value: JsonMap, name: FileName): boolean {
  return Array.isArray(value.updates) || /^(\.?renovate(rc)?)(\.json5?)?$/.test(name.base)
}

function isInfrastructure(value: JsonMap): boolean {
  if ('AWSTemplateFormatVersion' in value || String(value.Transform).startsWith('AWS::')) return true
  if ('terraform_version' in value && 'planned_values' in value) return true
  return 'service' in value && isMap(value.provider) && isMap(value.functions)
}
