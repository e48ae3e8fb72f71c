# METADATA
# title: Let probes and lifecycle hooks call only the pod itself
# description: |
#   The kubelet sends these requests from the network of the node, so a host in them makes it a proxy for whoever writes the pod.
#   Absent and empty pass; even 127.0.0.1 fails, since without a host the pod's own address is called. A Host header is free.
#   Outside the profiles `pss-baseline` and `pss-restricted` localhost in a pod with `hostNetwork: true` is a warning: a server on the loopback of the node
#   cannot be reached otherwise.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   severity: medium
#   admission: deny
#   artefacts: [kubernetes]
#   cases:
#     pss-baseline: "`host` of `httpGet` and `tcpSocket` in probes and lifecycle hooks is absent or empty (from Kubernetes 1.34)."
#   standard: {pod-security: {pss-baseline: [hostProbesAndHostLifecycle]}}
#   items: [bridge-124]
#   also: [PSS baseline host probes and lifecycle hooks]
#   fix: "yes: remove host when it is localhost, 127.0.0.1 or ::1"
#   remediation: Remove `host`; name a virtual host in `httpHeaders`.
package mcp.controls.workload.no_probe_host

import data.mcp.lib.finding
import data.mcp.lib.kubernetes
import data.mcp.lib.profile
import data.mcp.lib.untold
import data.mcp.lib.value

judged contains answer if some answer in kubernetes.judged("pss-baseline")

findings contains finding.in_case("pss-baseline", call, call.message) if {
	some call in _calls
	not _loopback(call)
	call.unsure == []
}

findings contains finding.warning("pss-baseline", call, call.message) if {
	some call in _calls
	_loopback(call)
}

undecided contains answer if {
	some handler in data.pod_security.handlers
	some answer in untold.containers("pss-baseline", array.concat(handler, ["host"]))
}

undecided contains answer if {
	some call in _calls
	some answer in call.unsure
}

default _calls := []

_calls := [call |
	some container in kubernetes.containers
	container.pod.version >= 34
	_has_handlers(container.value)
	some handler in data.pod_security.handlers
	host := object.get(container.value, handler, {}).host
	host != ""
	host != null
	not value.unresolved(host)
	call := {
		"artefact": container.artefact,
		"path": array.concat(container.path, array.concat(handler, ["host"])),
		"message": $"{handler[count(handler) - 2]} of {container.title} calls the host {host}",
		"host": host,
		"pod": container.pod,
		"unsure": _unsure(container.pod, host),
	}
]

_has_handlers(container) if container.livenessProbe

_has_handlers(container) if container.readinessProbe

_has_handlers(container) if container.startupProbe

_has_handlers(container) if container.lifecycle

# On the loopback the network of the pod decides between a fault and a warning.
_unsure(pod, host) := value.untold("pss-baseline", pod, ["hostNetwork"]) if {
	_loopbacks[host]
	not profile.standard
} else := []

_loopback(call) if {
	not profile.standard
	_loopbacks[call.host]
	call.pod.value.hostNetwork == true
}

_loopbacks := {"localhost": true, "127.0.0.1": true, "::1": true}
