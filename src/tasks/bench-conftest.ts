import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a team that starts with conftest asks of each container; thirty fields, a rule each. */
const fields = [
  'image', 'imagePullPolicy', 'livenessProbe', 'readinessProbe', 'startupProbe', 'resources.limits.memory', 'resources.limits.cpu', 'resources.requests.memory',
  'resources.requests.cpu', 'securityContext.privileged', 'securityContext.readOnlyRootFilesystem', 'securityContext.runAsNonRoot', 'securityContext.runAsUser',
  'securityContext.runAsGroup', 'securityContext.allowPrivilegeEscalation', 'securityContext.capabilities.drop', 'securityContext.capabilities.add', 'securityContext.seccompProfile.type',
  'securityContext.procMount', 'securityContext.seLinuxOptions.type', 'securityContext.appArmorProfile.type', 'terminationMessagePolicy', 'workingDir', 'lifecycle.preStop',
  'ports', 'env', 'envFrom', 'volumeMounts', 'command', 'args',
]

/** Writes the thirty rules as a policy folder for `conftest test --policy`. */
export function writeConftestPolicies(folder: string): void {
  mkdirSync(folder, { recursive: true })
  const rules = fields.map(field => `
deny contains msg if {
	some container in containers
	not container.${field}
	msg := sprintf("%s: container %s has no ${field}", [input.metadata.name, container.name])
}
`)
  writeFileSync(join(folder, 'rules.rego'), `package main

import rego.v1

pods := [input.spec | input.kind == "Pod"]

templates := [input.spec.template.spec | input.spec.template.spec]

containers := [container | some spec in array.concat(pods, templates); some container in spec.containers]
${rules.join('')}`)
}
