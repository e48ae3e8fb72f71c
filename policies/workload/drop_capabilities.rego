# METADATA
# title: Drop all Linux capabilities
# description: |
#   The capabilities that a container has by default let it craft raw packets and change the owner of files; others lead to the node.
#   `pss-baseline` judges what is added, `pss-restricted` also that all others are dropped, which silence does not. Names count as written:
#   `all` and `CAP_NET_BIND_SERVICE` are not `ALL` and `NET_BIND_SERVICE`. Pods with `os.name: windows` pass the second.
#   Outside the profiles `pss-baseline` and `pss-restricted` an init container that a mesh injects is exempt as far as it adds NET_ADMIN and NET_RAW alone.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   severity: high
#   admission: deny
#   artefacts: [kubernetes]
#   cases:
#     pss-baseline: "`capabilities.add` names only capabilities that containers have by default, NET_RAW not among them."
#     pss-restricted: "Every container drops `ALL` and adds nothing but NET_BIND_SERVICE (from Kubernetes 1.22; from 1.25 not in Windows pods)."
#   standard: {pod-security: {pss-baseline: [capabilities_baseline], pss-restricted: [capabilities_restricted]}}
#   items: [stack-073, bridge-124]
#   also: [PSS baseline capabilities, PSS restricted capabilities, CIS-K8s-1.8 5.2.9]
#   fix: "yes: set drop: [ALL] when add is empty"
#   remediation: Set `capabilities.drop` to `[ALL]` and add nothing, or NET_BIND_SERVICE for a port below 1024.
package mcp.controls.workload.drop_capabilities

import data.mcp.lib.finding
import data.mcp.lib.kubernetes
import data.mcp.lib.profile
import data.mcp.lib.untold
import data.mcp.lib.value

judged contains answer if {
	some case in ["pss-baseline", "pss-restricted"]
	some answer in kubernetes.judged(case)
}

findings contains finding.in_case("pss-baseline", fault, fault.message) if {
	some fault in _beyond_default
	not fault.network_setup
}

findings contains finding.in_case("pss-restricted", fault, fault.message) if {
	some fault in _faults
	fault.unsure == []
	not fault.network_setup
}

excused contains object.union(finding.in_case("pss-baseline", fault, fault.message), {"reason": _injected}) if {
	some fault in _beyond_default
	fault.network_setup
}

excused contains object.union(finding.in_case("pss-restricted", fault, fault.message), {"reason": _injected}) if {
	some fault in _faults
	fault.network_setup
}

_injected := "a mesh injects it, and it sets up the network of the pod"

undecided contains answer if some answer in untold.containers("pss-baseline", _add)

undecided contains answer if {
	some fault in _faults
	not fault.network_setup
	some answer in fault.unsure
}

undecided contains answer if some answer in untold.lists("pss-restricted")

# What pss-baseline refuses.
default _beyond_default := []

_beyond_default := [fault |
	some container in kubernetes.containers
	some index, name in container.context.capabilities.add
	not data.pod_security.capabilities[name]
	not value.unresolved(name)
	not value.unresolved(container.context.capabilities.add)
	fault := {
		"artefact": container.artefact,
		"path": array.concat(container.path, array.concat(_add, [index])),
		"message": $"{container.title} adds the capability {name}",
		"network_setup": _network_setup(container, name),
	}
]

# What pss-restricted refuses: capabilities that are kept, and those that are added.
default _faults := []

_faults := array.concat(
	[fault |
		some container in kubernetes.containers
		not _drops_all(container.context)
		_applies(container.pod)
		fault := {
			"artefact": container.artefact,
			"path": array.concat(container.path, _drop),
			"message": $"{container.title} keeps capabilities: ALL is not dropped",
			"unsure": value.unsure("pss-restricted", [[container, _drop], [container.pod, ["os"]]]),
			"network_setup": _only_network_setup(container),
		}
	],
	[fault |
		some container in kubernetes.containers
		some index, name in container.context.capabilities.add
		name != "NET_BIND_SERVICE"
		_applies(container.pod)
		steps := array.concat(_add, [index])
		fault := {
			"artefact": container.artefact,
			"path": array.concat(container.path, steps),
			"message": $"{container.title} adds the capability {name}",
			"unsure": value.unsure("pss-restricted", [[container, steps], [container.pod, ["os"]]]),
			"network_setup": _network_setup(container, name),
		}
	],
)

_add := ["securityContext", "capabilities", "add"]

_drop := ["securityContext", "capabilities", "drop"]

_drops_all(context) if {
	some name in context.capabilities.drop
	name == "ALL"
}

default _applies(_) := false

_applies(pod) if {
	pod.version >= 22
	not _windows(pod)
}

_windows(pod) if {
	pod.version >= 25
	pod.windows
}

default _network_setup(_, _) := false

_network_setup(container, name) if {
	_network[name]
	profile.injected_init(container)
}

default _only_network_setup(_) := false

_only_network_setup(container) if {
	profile.injected_init(container)
	every name in container.context.capabilities.add { _network[name] }
}

_network := {"NET_ADMIN": true, "NET_RAW": true}
