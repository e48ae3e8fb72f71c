# METADATA
# title: Use no host network, PID or IPC namespace
# description: |
#   In the network, process or IPC namespace of the node a pod passes by every NetworkPolicy and sees what else runs there.
#   Absent and `false` pass. One finding for a pod names all its fields. Outside the profiles `pss-baseline` and `pss-restricted` a DaemonSet of a log
#   shipper or node exporter may use hostNetwork and hostPID when the annotation `mcp-policy.io/host-access` on its pod template says why.
#   A process namespace that the containers of a pod share is a warning: each sees the environment and the files of the others.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   severity: critical
#   admission: deny
#   artefacts: [kubernetes]
#   cases:
#     pss-baseline: "`hostNetwork`, `hostPID` and `hostIPC` of the pod are not true."
#     process-namespace: "`shareProcessNamespace` is not true; true is a warning."
#   standard: {pod-security: {pss-baseline: [hostNamespaces]}}
#   items: [bridge-124, stack-073]
#   instances: {bridge-124: pss-baseline, stack-073: [pss-baseline, process-namespace]}
#   also: [PSS baseline host namespaces, CIS-K8s-1.8 5.2.3, CIS-K8s-1.8 5.2.4, CIS-K8s-1.8 5.2.5]
#   remediation: Remove the field; publish a port with a Service, and let containers talk over localhost or a shared volume.
package mcp.controls.workload.no_host_namespaces

import data.mcp.lib.finding
import data.mcp.lib.kubernetes
import data.mcp.lib.profile
import data.mcp.lib.untold

judged contains answer if {
	some case in ["pss-baseline", "process-namespace"]
	some answer in kubernetes.judged(case)
}

findings contains finding.in_case("pss-baseline", place, message) if {
	some pod in kubernetes.pods
	fields := _shared(pod.value)
	fields != []
	not _reason(pod)
	place := finding.below(pod, [fields[0]])
	message := _message(fields)
}

findings contains finding.warning("process-namespace", place, "the containers of the pod share one process namespace") if {
	some pod in kubernetes.pods
	pod.value.shareProcessNamespace == true
	place := finding.below(pod, ["shareProcessNamespace"])
}

excused contains object.union(finding.in_case("pss-baseline", place, message), {"reason": reason}) if {
	some pod in kubernetes.pods
	fields := _shared(pod.value)
	fields != []
	reason := _reason(pod)
	place := finding.below(pod, [fields[0]])
	message := _message(fields)
}

undecided contains answer if {
	some field in _fields
	some answer in untold.pods("pss-baseline", [field])
}

undecided contains answer if some answer in untold.pods("process-namespace", ["shareProcessNamespace"])

_fields := ["hostNetwork", "hostPID", "hostIPC"]

_shared(pod) := [field |
	some field in _fields
	pod[field] == true
]

_message(fields) := $"the pod shares namespaces of its node: {concat(", ", fields)}"

_reason(pod) := reason if {
	reason := profile.host_access(pod)
	not pod.value.hostIPC == true
}
