# METADATA
# title: Set a memory limit on every container
# description: |
#   One MCP server that leaks memory otherwise takes its neighbours with it: the node evicts whatever runs beside it.
#   Every container needs `resources.limits.memory`, init containers, native sidecars and those of Jobs included, or its pod has
#   `spec.resources.limits.memory` (Kubernetes 1.34). The limit is a quantity of at least 4Mi and of no less than the request: `512m` is half
#   a byte, `0` is no limit, and `512MB` is refused by the API server. `resources.claims` limit no memory. Ephemeral containers cannot have
#   resources, and what a mesh or an agent injects is not judged.
#   A LimitRange of type Container that gives a default (or has a maximum) for memory is as good, where it is in the run for the namespace.
#   An MCPServer of Hangar has its limit in `spec.resources`; of ToolHive there, or in container `mcp` of `podTemplateSpec`; a
#   VirtualMCPServer has the operator's.
#   Limits: whether the value fits the program is not known. A limit that a template decides is undecided.
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
# custom:
#   severity: high
#   admission: warn
#   artefacts: [kubernetes]
#   items: [hangar-030, bridge-083, stack-072, gateway-005, python-037, python-126, python-133]
#   also: ["NSA/CISA KHG: Network separation - resource policies", OWASP-K8s-2022 K01]
#   fix: "no (value is workload-specific; the finding proposes the load-tier value)"
#   remediation: "Set `resources.limits.memory` in the container, a little above what it uses at its busiest: `limits: {memory: 512Mi}`."
package mcp.controls.workload.memory_limit

import data.mcp.lib.finding
import data.mcp.lib.kubernetes
import data.mcp.lib.resources
import data.mcp.lib.untold
import data.mcp.lib.value
import data.mcp.lib.workloads

judged contains {"artefact": pod.artefact} if some pod in kubernetes.pods

findings contains finding.at(fault, fault.message) if {
	some fault in _missing
	fault.unsure == []
}

undecided contains answer if {
	some fault in _missing
	some answer in fault.unsure
}

findings contains finding.at(finding.below(holder, _field), message) if {
	some holder in resources.holders
	resources.written(holder, "limits", "memory")
	message := _wrong(holder, resources.amount(holder, "limits", "memory"))
}

findings contains finding.at(finding.below(container, _field), message) if {
	some container in workloads.own_containers
	holder := _limited_by(container)
	limit := resources.amount(holder, "limits", "memory")
	request := resources.amount(container, "requests", "memory")
	is_number(request)
	limit >= _least
	request > limit
	message := $"the memory limit of {holder.title} is {resources.shown(holder, "limits", "memory")}, less than the request of {container.title}, {resources.shown(container, "requests", "memory")}"
}

undecided contains answer if {
	some holder in array.concat(kubernetes.unresolved_pods, kubernetes.unresolved_containers)
	resources.written(holder, "limits", "memory")
	some answer in value.uncased(value.untold("", holder, _field))
}

undecided contains answer if some answer in value.uncased(untold.lists(""))

default _missing := []

_missing := [fault |
	some container in workloads.own_containers
	not _limited_by(container)
	not resources.by_range(container, "limits", "memory")
	not resources.by_operator(container)
	fault := {
		"artefact": container.artefact,
		"path": array.concat(container.path, _field),
		"message": $"{container.title} has no memory limit",
		"unsure": value.uncased(value.unsure("", [[container, _field], [container.pod, _field]])),
	}
]

_field := ["resources", "limits", "memory"]

_limited_by(container) := container if resources.written(container, "limits", "memory")

else := container.pod if resources.written(container.pod, "limits", "memory")

_least := 4194304

_wrong(holder, null) := $"the memory limit of {holder.title} is no quantity: {resources.shown(holder, "limits", "memory")}"

_wrong(holder, bytes) := $"the memory limit of {holder.title} is 0, which is no limit" if bytes == 0

_wrong(holder, bytes) := $"the memory limit of {holder.title} is negative: {resources.shown(holder, "limits", "memory")}" if {
	is_number(bytes)
	bytes < 0
}

_wrong(holder, bytes) := $"the memory limit of {holder.title} is {written}, {_bytes(bytes)}{_unit(written)}" if {
	bytes > 0
	bytes < _least
	written := resources.shown(holder, "limits", "memory")
}

_bytes(1) := "at most one byte"

_bytes(bytes) := $"{bytes} bytes" if bytes > 1

default _unit(_) := ", less than 4Mi, with which no container starts"

_unit(written) := ": m stands for thousandths, Mi for mebibytes" if endswith(written, "m")
