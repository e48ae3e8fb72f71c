# METADATA
# title: Keep the default /proc mount
# description: |
#   The runtime masks parts of /proc; unmasked, a container can read and set state of the node's kernel through it.
#   Absent and `Default` pass. From Kubernetes 1.35 any value passes `pss-baseline` in a pod with `hostUsers: false`, whose root is nobody on the node.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   severity: high
#   admission: deny
#   artefacts: [kubernetes]
#   cases:
#     pss-baseline: "`securityContext.procMount` is absent or Default in every container; from Kubernetes 1.35 any value in a pod with `hostUsers: false`."
#     pss-restricted: "`securityContext.procMount` is absent or Default in every container, whatever `hostUsers` says (from Kubernetes 1.35; before that `pss-baseline` says the same)."
#   standard: {pod-security: {pss-baseline: [procMount], pss-restricted: [procMount_restricted]}}
#   items: [bridge-124]
#   also: [PSS baseline /proc mount type]
#   remediation: Remove `procMount`.
package mcp.controls.workload.proc_mount

import data.mcp.lib.finding
import data.mcp.lib.kubernetes
import data.mcp.lib.untold
import data.mcp.lib.value

judged contains answer if {
	some case in ["pss-baseline", "pss-restricted"]
	some answer in kubernetes.judged(case)
}

findings contains finding.in_case(mount.case, mount, mount.message) if {
	some mount in _unmasked
	mount.unsure == []
}

undecided contains answer if {
	some mount in _unmasked
	some answer in mount.unsure
}

undecided contains answer if {
	some case in ["pss-baseline", "pss-restricted"]
	some answer in untold.containers(case, _field)
}

default _unmasked := []

_unmasked := [mount |
	some container in kubernetes.containers
	given := container.context.procMount
	given != "Default"
	given != null
	some case in ["pss-baseline", "pss-restricted"]
	_decides(case, container.pod)
	mount := {
		"artefact": container.artefact,
		"case": case,
		"path": array.concat(container.path, _field),
		"message": $"{container.title} has the /proc mount {given}",
		"unsure": value.unsure(case, array.concat([[container, _field]], _user_namespaces(case, container.pod))),
	}
]

# Where the standard asks for the user namespace.
_user_namespaces("pss-restricted", _) := []

_user_namespaces("pss-baseline", pod) := [] if pod.version < 35

_user_namespaces("pss-baseline", pod) := [[pod, ["hostUsers"]]] if pod.version >= 35

_field := ["securityContext", "procMount"]

_decides("pss-baseline", pod) if pod.version < 35

_decides("pss-baseline", pod) if {
	pod.version >= 35
	not pod.value.hostUsers == false
}

_decides("pss-restricted", pod) if pod.version >= 35
