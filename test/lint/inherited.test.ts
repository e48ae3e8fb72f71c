import { expect, test } from 'vitest'
import { defaultLimits } from '../../src/artefact/artefact.ts'
import { readFile } from '../../src/artefact/read.ts'
import { lintReadings } from '../lint-files.ts'

const found = (files: { [path: string]: string }) => lintReadings(
  Object.entries(files).map(([path, text]) => readFile(path, new TextEncoder().encode(text), { limits: defaultLimits })), ['x'],
).findings.filter(({ control }) => control.startsWith('log-')).map(({ file, line, control, outcome }) => `${file}:${line} ${control} ${outcome}`)

const hangar = (container: string) => `apiVersion: v1
kind: Pod
metadata: {name: hangar}
spec:
  containers:
    - name: hangar
      image: ghcr.io/mcp-hangar/mcp-hangar:2.13.0
${container.replaceAll(/^/gm, '      ')}
`
const mounting = '\nvolumeMounts: [{name: config, mountPath: /app}]'
const volumes = '  volumes: [{name: config, configMap: {name: hangar}}]\n'
const config = 'mcp_servers: {}\nlogging:\n  level: DEBUG\n  json_format: true\n'

test('a configuration that a kustomization makes a ConfigMap of is overridden by the process that mounts it', () => {
  const kustomization = 'kind: Kustomization\nresources: [pod.yaml]\nconfigMapGenerator: [{name: hangar, files: [config.yaml]}]\n'
  const files = (level: string) => ({ 'x/kustomization.yaml': kustomization, 'x/pod.yaml': hangar(`env: [{name: MCP_LOG_LEVEL, value: ${level}}]${mounting}`) + volumes, 'x/config.yaml': config })
  expect(found(files('INFO'))).toEqual(['x/config.yaml:3 log-level-production violated'])
  expect(found(files('ERROR'))).toEqual(['x/pod.yaml:8 log-level-production violated'])
})

test('a configuration in a Secret and in a ConfigMap is judged where it stands', () => {
  const inSecret = `apiVersion: v1\nkind: Secret\nmetadata: {name: hangar}\nstringData:\n  config.yaml: |\n    ${config.replaceAll('\n', '\n    ')}\n`
  expect(found({ 'x/secret.yaml': inSecret })).toEqual(['x/secret.yaml:8 log-level-production violated'])
})

test('Compose cannot say what the host says', () => {
  const service = 'services:\n  hangar:\n    image: ghcr.io/mcp-hangar/mcp-hangar:2.13.0\n    configured: true\n    inherited: [{name: MCP_JSON_LOGS, value: "true", at: [env_file, 0]}]\n    component: redis\n'
  expect(found({ 'x/compose.yaml': service })).toEqual(['x/compose.yaml:2 log-json-structured violated'])
})
