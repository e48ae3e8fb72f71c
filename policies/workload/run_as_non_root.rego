# METADATA
# title: Run every container as a non-root user
# description: |
#   A process that is root in its container is root on the node once it gets out.
#   `effective-user` is what holds for a container after the pod's own settings: no user 0, and either a user above 0 or `runAsNonRoot`. The image's own USER is not
#   seen, so silence fails. Root in a pod with `hostUsers: false` is nobody on the node and passes; Windows pods are judged by `windowsOptions.runAsUserName`.
#   `pss-restricted` is the published standard, which asks for `runAsNonRoot` itself and has no exception for Windows.
#   An MCPServer without security contexts has the hardened ones of Hangar's operator and passes; a context that is written replaces them and is judged field by
#   field. ToolHive fills each field that is left out. Outside the profiles `pss-baseline` and `pss-restricted` an init container that a mesh injects may run as
#   root, and where a user above 0 is set a missing `runAsNonRoot` is a warning.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   severity: high
#   admission: deny
#   artefacts: [kubernetes]
#   cases:
#     effective-user: "In every container the effective `runAsUser` is not 0, and the effective `runAsNonRoot` is true or the effective `runAsUser` above 0."
#     pss-restricted: "`runAsNonRoot` is true at pod level or in each container and false nowhere, and `runAsUser` is 0 nowhere (from Kubernetes 1.23); from 1.35 both hold for any value in a pod with `hostUsers: false`."
#   standard: {pod-security: {pss-restricted: [runAsNonRoot, runAsUser]}}
#   items: [stack-070, python-066, stack-073, bridge-124]
#   instances: {stack-070: effective-user, python-066: effective-user, stack-073: [effective-user, pss-restricted], bridge-124: pss-restricted}
#   also: [PSS restricted runAsNonRoot, PSS restricted runAsUser, CIS-K8s-1.8 5.2.7, "NSA/CISA KHG: Pod security - non-root containers"]
#   fix: "yes: add runAsNonRoot: true at pod level (admission mutation stays off; offline patch only)"
#   remediation: "Set `runAsNonRoot: true` and a `runAsUser` above 0 in `securityContext` of the pod, and build the image so that it runs as that user."
package mcp.controls.workload.run_as_non_root

import data.mcp.lib.finding
import data.mcp.lib.kubernetes
import data.mcp.lib.profile
import data.mcp.lib.untold
import data.mcp.lib.value

judged contains answer if {
	some case in ["effective-user", "pss-restricted"]
	some answer in kubernetes.judged(case)
}

findings contains finding.in_case(fault.case, fault, fault.message) if {
	some fault in _faults
	fault.unsure == []
	not _lenient(fault)
}

findings contains finding.warning(fault.case, fault, fault.message) if {
	some fault in _faults
	fault.unsure == []
	_lenient(fault)
}

undecided contains answer if {
	some fault in _faults
	some answer in fault.unsure
}

undecided contains answer if {
	some case in ["effective-user", "pss-restricted"]
	some answer in untold.lists(case)
}

# Any value of these could be the one that is refused.
undecided contains answer if {
	some field in [_user, _non_root]
	some answer in untold.contexts("pss-restricted", field)
}

undecided contains answer if {
	some container in kubernetes.unresolved_containers
	some holder in [container, _holder(container, "runAsUser")]
	some answer in value.untold("effective-user", holder, _user)
}

undecided contains answer if {
	some answer in untold.contexts("effective-user", ["securityContext", "windowsOptions", "runAsUserName"])
}

default _faults := []

_faults := array.concat(array.concat(_root, _unkept), array.concat(_administrators, array.concat(_zero, array.concat(_false, _silent))))

# A user above 0 is as good, but for the standard.
default _lenient(_) := false

_lenient(fault) if {
	fault.lenient
	not profile.standard
}

# effective-user: user 0. What the pod says is one fault, however many containers it stands for.
_root := [fault |
	some container in _judged_users
	holder := _holder(container, "runAsUser")
	holder.context.runAsUser == 0
	fault := _fault("effective-user", holder, _user, $"{holder.title} runs as root: runAsUser is 0", _around(container.pod))
]

# effective-user: neither a user nor runAsNonRoot.
_unkept := [fault |
	some container in _judged_users
	not _unprivileged(container)
	fields := array.concat(_around(container.pod), _own(container))
	holder := _holder(container, "runAsNonRoot")
	fault := _fault("effective-user", holder, _non_root, _may_be_root(holder), fields)
]

_administrators := [fault |
	some container in kubernetes.containers
	kubernetes.on_windows(container.pod)
	holder := _windows_holder(container)
	lower(holder.context.windowsOptions.runAsUserName) == "containeradministrator"
	steps := ["securityContext", "windowsOptions", "runAsUserName"]
	fault := _fault("effective-user", holder, steps, $"{holder.title} runs as ContainerAdministrator", [])
]

# pss-restricted: false at pod level, or in a container.
_false := [fault |
	some holder in kubernetes.contexts
	holder.context.runAsNonRoot == false
	pod := kubernetes.pod_of(holder)
	not _user_namespace(pod)
	not profile.injected_init(holder)
	fault := _fault("pss-restricted", holder, _non_root, _may_be_root(holder), _namespace(pod))
]

# pss-restricted: user 0 at pod level, or in a container.
_zero := [fault |
	some holder in kubernetes.contexts
	holder.context.runAsUser == 0
	pod := kubernetes.pod_of(holder)
	pod.version >= 23
	not _user_namespace(pod)
	not profile.injected_init(holder)
	fault := _fault("pss-restricted", holder, _user, _zero_message(holder), _namespace(pod))
]

# The same fault as of case effective-user is said in the same words, so that a report shows one line for both.
_zero_message(holder) := fault.message if {
	some fault in _root
	fault.artefact == holder.artefact
	fault.path == array.concat(holder.path, _user)
} else := $"runAsUser of {holder.title} is 0"

_may_be_root(holder) := $"{holder.title} may run as root: runAsNonRoot is false" if holder.context.runAsNonRoot == false

else := $"{holder.title} may run as root: it has no runAsNonRoot: true, of its own or of its pod"

# pss-restricted: containers without a value of their own whose pod has none either.
_silent := [fault |
	some container in kubernetes.containers
	not _written(container.context, "runAsNonRoot")
	not container.pod.context.runAsNonRoot == true
	not container.pod.context.runAsNonRoot == false
	not _user_namespace(container.pod)
	not profile.injected_init(container)
	message := _silent_message(container)
	fields := array.concat(_namespace(container.pod), [[container, _non_root], [container.pod, _non_root]])
	fault := object.union(
		_fault("pss-restricted", container, _non_root, message, fields),
		{"lenient": _positive_user(container)},
	)
]

# Where a user is set, or counts for nothing on Windows, only the standard asks for more.
_silent_message(container) := _may_be_root(container) if {
	not kubernetes.on_windows(container.pod)
	not _positive_user(container)
	not container.pod.value.hostUsers == false
} else := $"{container.title} has no runAsNonRoot: true, of its own or of its pod"

# `fields` are those that would have to be known to be sure.
_fault(case, holder, steps, message, fields) := {
	"artefact": holder.artefact,
	"case": case,
	"path": array.concat(holder.path, steps),
	"message": message,
	"unsure": value.unsure(case, fields),
	"lenient": false,
}

_own(container) := [[container, _user], [container, _non_root], [container.pod, _user], [container.pod, _non_root]]

_around(pod) := [[pod, ["hostUsers"]], [pod, ["os"]], [pod, ["nodeSelector"]]]

_namespace(pod) := [[pod, ["hostUsers"]]] if pod.version >= 35

_namespace(pod) := [] if pod.version < 35

_user := ["securityContext", "runAsUser"]

_non_root := ["securityContext", "runAsNonRoot"]

# The containers whose user counts for case effective-user.
default _judged_users := []

_judged_users := [container |
	some container in kubernetes.containers
	not container.pod.value.hostUsers == false
	not kubernetes.on_windows(container.pod)
	not profile.injected_init(container)
]

_unprivileged(container) if _holder(container, "runAsNonRoot").context.runAsNonRoot == true

_unprivileged(container) if _positive_user(container)

# Found already.
_unprivileged(container) if _holder(container, "runAsUser").context.runAsUser == 0

default _positive_user(_) := false

_positive_user(container) if {
	user := _holder(container, "runAsUser").context.runAsUser
	is_number(user)
	user > 0
}

# The container itself, or its pod where only that has the field.
_holder(container, field) := container if _written(container.context, field)

else := container.pod if _written(container.pod.context, field)

else := container

_windows_holder(container) := container if _written(container.context.windowsOptions, "runAsUserName")

else := container.pod

_written(context, field) if context[field] != null

_user_namespace(pod) if {
	pod.version >= 35
	pod.value.hostUsers == false
}
