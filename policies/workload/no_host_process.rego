# METADATA
# title: Run no Windows HostProcess containers
# description: |
#   A HostProcess container runs as a process of the Windows node itself, with its network and its files.
#   Judged at pod level and in every container; absent and `false` pass.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   - https://kubernetes.io/docs/tasks/configure-pod-container/create-hostprocess-pod/
# custom:
#   severity: critical
#   admission: deny
#   artefacts: [kubernetes]
#   cases:
#     pss-baseline: "`securityContext.windowsOptions.hostProcess` is not true, at pod level and in every container."
#   standard: {pod-security: {pss-baseline: [windowsHostProcess]}}
#   items: [bridge-124]
#   also: [PSS baseline HostProcess, CIS-K8s-1.8 5.2.11]
#   remediation: Remove `hostProcess` and run the program in an ordinary Windows container, or install it on the node by the means of the node.
package mcp.controls.workload.no_host_process

import data.mcp.lib.finding
import data.mcp.lib.kubernetes
import data.mcp.lib.untold

judged contains answer if some answer in kubernetes.judged("pss-baseline")

findings contains finding.in_case("pss-baseline", place, message) if {
	some holder in kubernetes.contexts
	holder.context.windowsOptions.hostProcess == true
	place := finding.below(holder, ["securityContext", "windowsOptions", "hostProcess"])
	message := $"{holder.title} runs as a HostProcess on the Windows node"
}

undecided contains answer if {
	some answer in untold.contexts("pss-baseline", ["securityContext", "windowsOptions", "hostProcess"])
}
