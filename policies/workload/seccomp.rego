# METADATA
# title: Set a seccomp profile
# description: |
#   Without a seccomp profile a container may make every call of the kernel, and most ways out of a container begin with one that no server needs.
#   `pss-baseline` judges what is written: `Unconfined` fails, absence passes. For `pss-restricted` silence fails unless the pod has a profile.
#   `Localhost` needs `localhostProfile`. Before Kubernetes 1.19 annotations decide instead. Pods with `os.name: windows` pass the second.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   severity: medium
#   admission: warn
#   artefacts: [kubernetes]
#   cases:
#     pss-baseline: "A `seccompProfile` that is written, at pod level or in a container, has type RuntimeDefault or Localhost."
#     pss-restricted: "Every container has a `seccompProfile` of type RuntimeDefault or Localhost, its own or the one of the pod (from Kubernetes 1.19; from 1.25 not in Windows pods)."
#   standard: {pod-security: {pss-baseline: [seccompProfile_baseline], pss-restricted: [seccompProfile_restricted]}}
#   items: [stack-073, bridge-124]
#   also: [PSS baseline seccomp, PSS restricted seccomp, CIS-K8s-1.8 5.7.2]
#   fix: "yes: add pod-level seccompProfile RuntimeDefault"
#   remediation: Set `securityContext.seccompProfile.type` to `RuntimeDefault` for the whole pod.
package mcp.controls.workload.seccomp

import data.mcp.lib.finding
import data.mcp.lib.kubernetes
import data.mcp.lib.untold
import data.mcp.lib.value

judged contains answer if {
	some case in ["pss-baseline", "pss-restricted"]
	some answer in kubernetes.judged(case)
}

findings contains finding.in_case(case, place, message) if {
	some holder in kubernetes.contexts
	fault := _fault(holder.context.seccompProfile)
	not value.touched(holder, _field)
	some case in _cases(kubernetes.pod_of(holder))
	place := finding.below(holder, array.concat(_field, [fault.field]))
	message := $"the seccomp profile of {holder.title} {fault.what}"
}

findings contains finding.in_case("pss-restricted", place, message) if {
	some container in kubernetes.containers
	not _given(container.context)
	not _given(container.pod.context)
	_restricted(container.pod)
	not value.touched(container, _field)
	not value.touched(container.pod, _field)
	place := finding.below(container, array.concat(_field, ["type"]))
	message := $"{container.title} has no seccomp profile"
}

findings contains finding.in_case("pss-baseline", place, message) if {
	some pod in kubernetes.pods
	pod.version < 19
	some key, given in pod.metadata.annotations
	_annotation(key)
	not _confined(given)
	place := {"artefact": pod.artefact, "path": array.concat(pod.metadata_path, ["annotations", key])}
	message := $"the annotation {key} turns the seccomp profile off"
}

undecided contains answer if {
	some case in ["pss-baseline", "pss-restricted"]
	some answer in untold.contexts(case, _field)
}

_field := ["securityContext", "seccompProfile"]

_given(context) if context.seccompProfile != null

_fault(profile) := {"field": "type", "what": $"is {type}"} if {
	profile != null
	type := object.get(profile, "type", "without a type")
	not data.pod_security.profile_types[type]
}

_fault(profile) := {"field": "localhostProfile", "what": "is Localhost and names no file"} if {
	profile.type == "Localhost"
	object.get(profile, "localhostProfile", "") in ["", null]
}

# The cases that a wrong profile violates, in this version and on this system.
_cases(pod) := [case |
	some case in ["pss-baseline", "pss-restricted"]
	_decides(case, pod)
]

_decides("pss-baseline", pod) if pod.version >= 19

_decides("pss-restricted", pod) if _restricted(pod)

default _restricted(_) := false

_restricted(pod) if {
	pod.version >= 19
	not _windows(pod)
}

_windows(pod) if {
	pod.version >= 25
	pod.windows
}

_annotation("seccomp.security.alpha.kubernetes.io/pod")

_annotation(key) if startswith(key, "container.seccomp.security.alpha.kubernetes.io/")

_confined("runtime/default")

_confined("docker/default")

_confined(given) if startswith(given, "localhost/")
