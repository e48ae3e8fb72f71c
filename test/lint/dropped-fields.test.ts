import { expect, test } from 'vitest'
import { lintText } from '../lint-files.ts'

const server = (more: string) => `apiVersion: mcp-hangar.io/v1alpha2
kind: MCPServer
metadata: {name: files, namespace: mcp}
spec:
  mode: container
  image: registry.example/files:1.0.0
  resources: {requests: {cpu: 50m, memory: 64Mi}, limits: {memory: 128Mi}}
  securityContext: {runAsUser: 0}
${more}`

/** What is said of the pod's security, and of fields that the CRD does not have. */
function said(text: string, release: string): string[] {
  const { findings } = lintText('server.yaml', text, { params: { hangar_operator_version: release } })
  return [...new Set(findings.filter(({ outcome }) => outcome === 'violated').map(({ control }) => control)
    .filter(control => ['config-crd-fields-known', 'workload-run-as-non-root', 'workload-readonly-rootfs', 'workload-seccomp'].includes(control)))].sort()
}

test('a context that the CRD drops decides nothing: the defaults of the operator do', () => {
  expect(said(server(''), '0.17')).toEqual(['config-crd-fields-known'])
  expect(said(server(''), '0.14')).toEqual(['workload-readonly-rootfs', 'workload-run-as-non-root', 'workload-seccomp'])
})

test('one that is written beside it still takes the place of its default', () => {
  expect(said(server('  containerSecurityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}\n'), '0.17')).toEqual(['config-crd-fields-known', 'workload-readonly-rootfs'])
})
