# METADATA
# title: Run no privileged containers
# description: |
#   A privileged container owns the node: it sees its devices, may load kernel modules and leaves every namespace.
#   Absent and `false` pass; any container list counts, init and ephemeral containers included. MCPServer and ToolHive objects are judged by the
#   pod that their operators make of them.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   severity: critical
#   admission: deny
#   artefacts: [kubernetes]
#   cases:
#     pss-baseline: "`securityContext.privileged` is not true in any container of any list."
#   standard: {pod-security: {pss-baseline: [privileged]}}
#   items: [stack-071, bridge-124]
#   also: [PSS baseline privileged, CIS-K8s-1.8 5.2.2]
#   remediation: Remove `privileged` and add the one capability, device or volume that the program needs.
package mcp.controls.workload.no_privileged

import data.mcp.lib.finding
import data.mcp.lib.kubernetes
import data.mcp.lib.untold

judged contains answer if some answer in kubernetes.judged("pss-baseline")

findings contains finding.in_case("pss-baseline", place, message) if {
	some container in kubernetes.containers
	container.context.privileged == true
	place := finding.below(container, ["securityContext", "privileged"])
	message := $"{container.title} is privileged"
}

undecided contains answer if some answer in untold.containers("pss-baseline", ["securityContext", "privileged"])
