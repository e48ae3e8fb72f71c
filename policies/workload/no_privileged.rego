# METADATA
# title: Run no privileged containers
# description: |
#   A privileged container owns the node: it sees its devices, may load kernel modules and leaves every namespace.
#   Absent and `false` pass; any container list counts, init and ephemeral containers included.
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
import data.mcp.lib.value

judged contains {"artefact": pod.artefact, "case": "pss-baseline"} if some pod in kubernetes.pods

findings contains finding.in_case("pss-baseline", place, message) if {
	some container in kubernetes.containers
	container.value.securityContext.privileged == true
	place := finding.below(container, ["securityContext", "privileged"])
	message := $"container {container.name} is privileged"
}

undecided contains value.undecided("pss-baseline", container, ["securityContext", "privileged"], given) if {
	some container in kubernetes.containers
	given := container.value.securityContext.privileged
	value.unresolved(given)
}
