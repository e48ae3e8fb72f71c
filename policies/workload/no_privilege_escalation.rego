# METADATA
# title: Forbid privilege escalation
# description: |
#   A setuid program in the image gives a process more rights than it was started with, which undoes the non-root setting.
#   Silence counts: the default allows it, and there is no setting for the whole pod. Pods with `os.name: windows` pass.
#   Outside the profiles `pss-baseline` and `pss-restricted` an init container that a mesh injects with capability NET_ADMIN is exempt.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   severity: high
#   admission: deny
#   artefacts: [kubernetes]
#   cases:
#     pss-restricted: "Every container of every list has `securityContext.allowPrivilegeEscalation: false` (from Kubernetes 1.8; from 1.25 not in Windows pods)."
#   standard: {pod-security: {pss-restricted: [allowPrivilegeEscalation]}}
#   items: [stack-073, bridge-124]
#   also: [PSS restricted allowPrivilegeEscalation, CIS-K8s-1.8 5.2.6]
#   fix: "yes: set allowPrivilegeEscalation: false"
#   remediation: Set `securityContext.allowPrivilegeEscalation` to `false` in the container.
package mcp.controls.workload.no_privilege_escalation

import data.mcp.lib.finding
import data.mcp.lib.kubernetes
import data.mcp.lib.profile
import data.mcp.lib.untold
import data.mcp.lib.value

judged contains answer if some answer in kubernetes.judged("pss-restricted")

findings contains finding.in_case("pss-restricted", lacking, lacking.message) if {
	some lacking in _lacking
	lacking.unsure == []
	not _network_setup(lacking.container)
}

undecided contains answer if {
	some lacking in _lacking
	some answer in lacking.unsure
	not _network_setup(lacking.container)
}

excused contains object.union(finding.in_case("pss-restricted", lacking, lacking.message), {"reason": reason}) if {
	some lacking in _lacking
	_network_setup(lacking.container)
	reason := "a mesh injects it, and it sets up the network of the pod"
}

undecided contains answer if some answer in untold.lists("pss-restricted")

default _lacking := []

_lacking := [lacking |
	some container in kubernetes.containers
	not _forbidden(container.context)
	_applies(container.pod)
	lacking := {
		"artefact": container.artefact,
		"path": array.concat(container.path, _field),
		"message": $"{container.title} may gain privileges beyond those it starts with",
		"container": container,
		"unsure": value.unsure("pss-restricted", [[container, _field], [container.pod, ["os"]]]),
	}
]

_field := ["securityContext", "allowPrivilegeEscalation"]

_forbidden(context) if context.allowPrivilegeEscalation == false

default _applies(_) := false

_applies(pod) if {
	pod.version >= 8
	not _windows(pod)
}

_windows(pod) if {
	pod.version >= 25
	pod.windows
}

default _network_setup(_) := false

_network_setup(container) if {
	profile.injected_init(container)
	some added in container.context.capabilities.add
	added == "NET_ADMIN"
}
