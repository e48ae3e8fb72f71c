# METADATA
# title: Bind no host ports
# description: |
#   A host port opens the container on every address of its node, past the Service and most NetworkPolicies, and ties the pod to nodes where it is free.
#   Absent and 0 pass. In an object of kind Pod with `hostNetwork: true` the API server makes every container port a host port, so such a file is judged
#   with it. Outside the profiles `pss-baseline` and `pss-restricted` a DaemonSet of a log shipper or node exporter may bind one when the annotation
#   `mcp-policy.io/host-access` on its pod template says why.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   severity: high
#   admission: deny
#   artefacts: [kubernetes]
#   cases:
#     pss-baseline: "`ports[].hostPort` of every container of every list is absent or 0."
#   standard: {pod-security: {pss-baseline: [hostPorts]}}
#   items: [bridge-124, stack-065]
#   also: [PSS baseline host ports, CIS-K8s-1.8 5.2.13]
#   remediation: Remove `hostPort` and publish the port with a Service.
package mcp.controls.workload.no_host_ports

import data.mcp.lib.finding
import data.mcp.lib.kubernetes
import data.mcp.lib.profile
import data.mcp.lib.untold
import data.mcp.lib.value

judged contains answer if some answer in kubernetes.judged("pss-baseline")

findings contains finding.in_case("pss-baseline", bound, bound.message) if {
	some bound in _bound
	not _reason(bound)
}

excused contains object.union(finding.in_case("pss-baseline", bound, bound.message), {"reason": reason}) if {
	some bound in _bound
	reason := _reason(bound)
}

undecided contains answer if {
	some answer in untold.containers("pss-baseline", ["ports"])
	answer.path[count(answer.path) - 1] in ["ports", "hostPort"]
}

# In an object of kind Pod the network decides what a container port is.
undecided contains answer if {
	some container in kubernetes.unresolved_containers
	container.pod.kind == "Pod"
	some port in container.value.ports
	_is_port(port.containerPort)
	some answer in value.untold("pss-baseline", container.pod, ["hostNetwork"])
}

default _bound := []

_bound := [bound |
	some container in kubernetes.containers
	some index, port in container.value.ports
	number := _host_port(container.pod, port)
	bound := {
		"artefact": container.artefact,
		"path": array.concat(container.path, ["ports", index, "hostPort"]),
		"message": $"{container.title} binds port {number} of its node",
		"pod": container.pod,
	}
]

_host_port(_, port) := port.hostPort if _binds(port)

_host_port(pod, port) := port.containerPort if {
	not _binds(port)
	pod.kind == "Pod"
	pod.value.hostNetwork == true
	_is_port(port.containerPort)
}

_binds(port) if _is_port(port.hostPort)

_is_port(number) if {
	number != 0
	number != null
	not value.unresolved(number)
}

_reason(bound) := reason if {
	reason := profile.host_access(bound.pod)
	count([other | some other in _bound; other.artefact == bound.artefact]) == 1
}
