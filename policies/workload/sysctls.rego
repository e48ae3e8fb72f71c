# METADATA
# title: Set only safe sysctls
# description: |
#   A sysctl outside the safe set changes the kernel for every pod of the node.
#   Each name is judged; the value is free. Newer versions of Kubernetes know more safe ones.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   - https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/
# custom:
#   severity: medium
#   admission: deny
#   artefacts: [kubernetes]
#   cases:
#     pss-baseline: "Every name in `securityContext.sysctls` of the pod is one that the Pod Security Standards of the version call safe."
#   standard: {pod-security: {pss-baseline: [sysctls]}}
#   items: [bridge-124]
#   also: [PSS baseline sysctls]
#   remediation: Remove the sysctl, or have the operators of the nodes set it for a node pool of its own.
package mcp.controls.workload.sysctls

import data.mcp.lib.finding
import data.mcp.lib.kubernetes
import data.mcp.lib.untold
import data.mcp.lib.value

judged contains answer if some answer in kubernetes.judged("pss-baseline")

findings contains finding.in_case("pss-baseline", place, message) if {
	some pod in kubernetes.pods
	some index, sysctl in pod.context.sysctls
	name := object.get(sysctl, "name", "without a name")
	not value.unresolved(name)
	not _safe(pod, name)
	place := finding.below(pod, array.concat(_field, [index, "name"]))
	message := $"the pod sets the sysctl {name}"
}

undecided contains answer if some answer in untold.pods("pss-baseline", _field)

_field := ["securityContext", "sysctls"]

_safe(pod, name) if data.pod_security.sysctls[name] <= pod.version
