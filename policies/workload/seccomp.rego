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

findings contains finding.in_case(fault.case, fault, fault.message) if {
	some fault in _faults
	fault.unsure == []
}

findings contains finding.in_case("pss-baseline", place, message) if {
	some pod in kubernetes.pods
	pod.version < 19
	some key, given in pod.metadata.annotations
	_annotation(key)
	not _confined(given)
	not value.unresolved(given)
	place := {"artefact": pod.artefact, "path": array.concat(pod.metadata_path, ["annotations", key])}
	message := $"the annotation {key} turns the seccomp profile off"
}

undecided contains answer if {
	some fault in _faults
	some answer in fault.unsure
}

undecided contains answer if {
	some case in ["pss-baseline", "pss-restricted"]
	some answer in untold.lists(case)
}

undecided contains value.undecided("pss-baseline", place, ["annotations", key], given) if {
	some pod in kubernetes.pods
	pod.version < 19
	some key, given in pod.metadata.annotations
	_annotation(key)
	value.unresolved(given)
	place := {"artefact": pod.artefact, "path": pod.metadata_path}
}

default _faults := []

# Profiles that are wrong, and containers without any.
_faults := array.concat(
	[fault |
		some holder in kubernetes.contexts
		wrong := _fault(holder.context.seccompProfile)
		pod := kubernetes.pod_of(holder)
		some case in ["pss-baseline", "pss-restricted"]
		_decides(case, pod)
		fault := {
			"artefact": holder.artefact,
			"case": case,
			"path": array.concat(holder.path, array.concat(_field, [wrong.field])),
			"message": $"the seccomp profile of {holder.title} {wrong.what}",
			"unsure": value.unsure(case, array.concat([[holder, _field]], _systems(case, pod))),
		}
	],
	[fault |
		some container in kubernetes.containers
		not _given(container.context)
		not _given(container.pod.context)
		_restricted(container.pod)
		fault := {
			"artefact": container.artefact,
			"case": "pss-restricted",
			"path": array.concat(container.path, array.concat(_field, ["type"])),
			"message": $"{container.title} has no seccomp profile",
			"unsure": value.unsure("pss-restricted", [[container, _field], [container.pod, _field], [container.pod, ["os"]]]),
		}
	],
)

# Where the standard asks for the operating system.
_systems("pss-baseline", _) := []

_systems("pss-restricted", pod) := [[pod, ["os"]]]

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
