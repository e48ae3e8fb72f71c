# METADATA
# title: "Harden Compose services: non-root, unprivileged, confined"
# description: |
#   Containers share the kernel of their host; these keys are what a pod's security context is in Kubernetes. Each service is judged.
#   Case `non-root` is met by a `user` that is not root, by the USER of the Dockerfile that the service builds, and by images that are known to
#   run as another user or to drop root themselves (postgres, redis, prom/prometheus, grafana/grafana, bitnami ...). The official nginx keeps root
#   for its master, and is met with `cap_drop: [ALL]` and no capability but those that it needs. Another image that says nothing is a finding.
#   An image that drops root in its start script does not where a shell or another program is started in its place; that is a warning.
#   Case `no-privileged` is judged in files for development too; a service with `privileged: true` is reported as critical.
#   Case `security-context` asks for `no-new-privileges`, `cap_drop: [ALL]` and `read_only: true`; one that is missing is a warning, more are a
#   finding. `x-mcp-policy-writable: <reason>` on a service with a data volume stands for `read_only`, and the report shows the reason.
#   A value that a variable decides is not judged, nor is the user of what is built from a Dockerfile that is not among the files.
#   Limits: of few images it is known who they run as; whether a program writes elsewhere than in its volumes is not looked at.
# related_resources:
#   - https://docs.docker.com/reference/compose-file/services/
# custom:
#   severity: high
#   admission: none
#   artefacts: [compose, hangar-config, helm-values]
#   unread: [docker-api]
#   cases:
#     non-root: "The service runs as another user than root, by `user`, by the Dockerfile that it builds or by what is known of its image."
#     no-privileged: "No service is privileged, has a dangerous capability, a device or a namespace of its host, or runs without seccomp or AppArmor."
#     security-context: "The service has `no-new-privileges`, drops all capabilities and cannot write to its root filesystem."
#   items: [stack-070, python-066, stack-071, stack-073, python-067]
#   instances:
#     stack-070: non-root
#     python-066: non-root
#     stack-071: no-privileged
#     stack-073: security-context
#     python-067: security-context
#   fix: "yes: add security_opt no-new-privileges:true"
#   remediation: |
#     Give each service `user: "10001:10001"`, `security_opt: ["no-new-privileges:true"]`, `cap_drop: [ALL]` and `read_only: true`, with a `tmpfs` where
#     it writes, best in an `x-` map with an anchor that services merge with `<<`. A store gets the few capabilities back that its start needs:
#     `cap_add: [CHOWN, SETUID, SETGID]`.
package mcp.controls.workload.compose_hardening

import data.mcp.lib.compose
import data.mcp.lib.finding
import data.mcp.lib.hangar

judged contains {"artefact": service.artefact, "case": case} if {
	some service in compose.production
	some case in ["non-root", "security-context"]
}

judged contains {"artefact": service.artefact, "case": "no-privileged"} if some service in compose.services

judged contains {"artefact": server.artefact, "case": "no-privileged"} if some server in hangar.defined

inapplicable contains answer if {
	some case in ["non-root", "security-context"]
	some answer in compose.for_development(case)
}

# Non-root

findings contains finding.in_case("non-root", place, $"service {service.name} runs as root: its user is {user.name}") if {
	some service in compose.production
	user := service.value.runs_as
	user.root
	not _drops(service.value)
	place := finding.below(service, ["runs_as"])
}

findings contains finding.in_case("non-root", place, $"service {service.name} {fault}") if {
	some service in compose.production
	not service.value.runs_as
	not service.value.incomplete
	fault := _silence(service.value)
	place := finding.below(service, ["user"])
}

findings contains finding.warning("non-root", place, message) if {
	some service in compose.production
	not _other_user(service.value)
	_drops(service.value)
	program := _instead(service.value)
	place := finding.below(service, [_started_by(service.value)])
	message := $"service {service.name} runs as root: it starts {program} in place of what drops root in its image"
}

undecided contains {"artefact": service.artefact, "case": "non-root", "path": path, "reason": reason} if {
	some service in compose.production
	unresolved := service.value.runs_as.unresolved
	path := array.concat(service.path, ["runs_as"])
	reason := $"the user is not known: {unresolved}"
}

undecided contains {"artefact": service.artefact, "case": "non-root", "path": service.path, "reason": reason} if {
	some service in compose.production
	not service.value.runs_as
	unknown := _unknown_user(service.value)
	reason := $"the user of service {service.name} is not known: {unknown}"
}

default _other_user(_) := false

_other_user(service) if service.runs_as.root == false

_other_user(service) if service.runs_as.unresolved

# What is wrong with a service that names no user; undefined where its image is known to run as another one, and where that is not known.
_silence(service) := fault if {
	service.built
	fault := _of_build(service)
} else := "starts as root, and keeps more capabilities than nginx needs" if {
	not service.build
	_official(service.reference, "nginx")
	not _confined(service, data.compose.capabilities.nginx)
} else := "names no user, and its image is not known to run as another one than root" if {
	not service.build
	service.reference.repository
	not _official(service.reference, "nginx")
	not _non_root_image(service.reference)
	not _dropping(service.reference)
}

_of_build(service) := $"runs as root: the Dockerfile that it builds ends as {service.built.user.name}" if service.built.user.root

else := "runs as root: the Dockerfile that it builds begins at scratch and has no USER" if {
	not service.built.user
	service.built.base == "scratch"
}

else := "starts as root, and keeps more capabilities than nginx needs" if {
	not service.built.user
	_official(service.built.base, "nginx")
	not _confined(service, data.compose.capabilities.nginx)
}

else := "names no user, nor does the Dockerfile that it builds" if {
	not service.built.user
	service.built.base.repository
	not _official(service.built.base, "nginx")
	not _non_root_image(service.built.base)
	not _dropping(service.built.base)
}

_unknown_user(service) := service.incomplete if service.incomplete

else := "the Dockerfile that it builds is not among the files" if {
	service.build
	not service.built
}

else := service.built.user.unresolved if service.built.user.unresolved

else := service.built.base.unresolved if {
	not service.built.user
	service.built.base.unresolved
	not service.built.base.repository
}

else := service.reference.unresolved if {
	not service.build
	not service.reference.repository
	service.reference.unresolved
}

default _official(_, _) := false

_official(reference, name) if reference.repository == name

_official(reference, name) if reference.repository == $"library/{name}"

default _non_root_image(_) := false

_non_root_image(reference) if data.images.non_root[trim_prefix(reference.repository, "library/")]

_non_root_image(reference) if data.images.non_root_owners[split(reference.repository, "/")[0]]

_non_root_image(reference) if contains(reference.tag, "nonroot")

_non_root_image(reference) if contains(reference.tag, "rootless")

_non_root_image(reference) if {
	reference.registry == "cgr.dev"
	startswith(reference.repository, "chainguard/")
}

default _dropping(_) := false

_dropping(reference) if data.images.drops_root[trim_prefix(reference.repository, "library/")]

# The start script of its image makes another user of root.
default _drops(_) := false

_drops(service) if {
	not service.build
	_dropping(service.reference)
}

_drops(service) if {
	not service.built.user
	_dropping(service.built.base)
}

# The program that is started where the image's script expects its own.
_instead(service) := program if {
	program := service.entrypoint.argv[0]
	is_string(program)
	not contains(program, "entrypoint")
} else := program if {
	not service.entrypoint
	program := service.command.argv[0]
	is_string(program)
	parts := split(program, "/")
	_shells[parts[count(parts) - 1]]
}

_shells := {"sh": true, "bash": true, "ash": true, "dash": true}

_started_by(service) := "entrypoint" if service.entrypoint

else := "command"

# No privileges

findings contains object.union(finding.in_case("no-privileged", place, $"service {service.name} is privileged"), {"severity": "critical"}) if {
	some service in compose.services
	compose.on(service.value.privileged)
	place := finding.below(service, ["privileged"])
}

findings contains finding.in_case("no-privileged", place, $"service {service.name} adds the capability {name}") if {
	some service in compose.services
	some index, written in _entries(service.value, "cap_add")
	name := _capability(written)
	data.compose.capabilities.dangerous[name]
	place := finding.below(service, ["cap_add", index])
}

findings contains finding.in_case("no-privileged", place, $"service {service.name} has the device {source} of its host") if {
	some service in compose.services
	some index, device in _entries(service.value, "devices")
	source := _device(device)
	not data.compose.harmless_devices[source]
	place := finding.below(service, ["devices", index])
}

findings contains finding.in_case("no-privileged", place, $"service {service.name} has {what} of its host") if {
	some service in compose.services
	some key, what in _namespaces
	service.value[key] == "host"
	place := finding.below(service, [key])
}

findings contains finding.in_case("no-privileged", place, $"service {service.name} runs without {what}") if {
	some service in compose.services
	some index, option in _entries(service.value, "security_opt")
	what := _unconfined[_spaceless(option)]
	place := finding.below(service, ["security_opt", index])
}

findings contains finding.in_case("no-privileged", place, $"service {service.name} is built with privileges on the machine that builds it") if {
	some service in compose.services
	compose.on(service.value.build.privileged)
	place := finding.below(service, ["build", "privileged"])
}

findings contains finding.in_case("no-privileged", place, $"service {service.name} is built with privileges on the machine that builds it") if {
	some service in compose.services
	some index, entitlement in service.value.build.entitlements
	entitlement == "security.insecure"
	place := finding.below(service, ["build", "entitlements", index])
}

findings contains object.union(finding.in_case("no-privileged", place, $"{server.title} starts a privileged container"), {"severity": "critical"}) if {
	some server in hangar.defined
	some key in ["command", "args"]
	some position, word in server.value[key]
	_privileged_words[word]
	place := finding.below(server, [key, position])
}

undecided contains {"artefact": service.artefact, "case": "no-privileged", "path": array.concat(service.path, [key]), "reason": reason} if {
	some service in compose.services
	some key in ["privileged", "pid", "ipc", "userns_mode"]
	unresolved := service.value[key].unresolved
	reason := $"{key} is not known: {unresolved}"
}

undecided contains {"artefact": service.artefact, "case": "no-privileged", "path": array.concat(service.path, [key, index]), "reason": reason} if {
	some service in compose.services
	some key in ["cap_add", "devices", "security_opt"]
	some index, given in _entries(service.value, key)
	unresolved := _hole(given)
	reason := $"an entry of {key} is not known: {unresolved}"
}

# A text where Compose wants a list, which it refuses, is read as its one entry.
_entries(service, key) := service[key] if is_array(service[key])

else := [service[key]] if is_string(service[key])

else := []

_hole(given) := given.unresolved if is_string(given.unresolved)

else := given.source.unresolved

_privileged_words := {"--privileged": true, "--privileged=true": true}

_namespaces := {
	"pid": "the process IDs",
	"ipc": "the shared memory",
	"userns_mode": "the user namespace",
}

_unconfined := {
	"seccomp:unconfined": "seccomp",
	"seccomp=unconfined": "seccomp",
	"apparmor:unconfined": "AppArmor",
	"apparmor=unconfined": "AppArmor",
}

_capability(written) := trim_prefix(upper(trim_space(written)), "CAP_") if is_string(written)

_device(written) := split(written, ":")[0] if is_string(written)

else := written.source if is_string(written.source)

_spaceless(option) := lower(replace(option, " ", "")) if is_string(option)

# Security context

findings contains finding.in_case("security-context", service, $"service {service.name} {_all(lacks)}") if {
	some service in compose.production
	not service.value.incomplete
	lacks := _lacks(service.value, _writable_reason(service.value))
	count(lacks) > 1
}

findings contains finding.warning("security-context", place, $"service {service.name} {lacks[0].message}") if {
	some service in compose.production
	not service.value.incomplete
	lacks := _lacks(service.value, _writable_reason(service.value))
	count(lacks) == 1
	count(_untold(service.value)) == 0
	place := finding.below(service, [lacks[0].key])
}

excused contains object.union(finding.warning("security-context", place, message), {"reason": reason}) if {
	some service in compose.production
	reason := _writable_reason(service.value)
	reason != ""
	not compose.on(object.get(service.value, "read_only", false))
	place := finding.below(service, ["x-mcp-policy-writable"])
	message := $"service {service.name} {_lack.read_only}"
}

undecided contains {"artefact": service.artefact, "case": "security-context", "path": place, "reason": reason} if {
	some service in compose.production
	count(_lacks(service.value, _writable_reason(service.value))) < 2
	some key, unresolved in _untold(service.value)
	place := array.concat(service.path, [key])
	reason := $"{key} is not known: {unresolved}"
}

undecided contains {"artefact": service.artefact, "case": "security-context", "path": service.path, "reason": reason} if {
	some service in compose.production
	incomplete := service.value.incomplete
	count(_lacks(service.value, _writable_reason(service.value))) > 0
	reason := $"what service {service.name} may do is not known: {incomplete}"
}

_lack := {
	"security_opt": "lacks no-new-privileges",
	"cap_drop": "does not drop all capabilities",
	"cap_add": "adds capabilities that it should not need",
	"read_only": "can write to its root filesystem",
}

_lacks(service, reason) := [{"key": key, "message": message} |
	some key in ["security_opt", "cap_drop", "cap_add", "read_only"]
	message := _lack[key]
	not _has(key, service, reason)
]

_all(lacks) := concat(", ", [lack.message | some lack in lacks])

default _has(_, _, _) := false

_has("security_opt", service, _) if {
	some option in service.security_opt
	_no_new_privileges[_spaceless(option)]
}

_has("security_opt", service, _) if _untold(service).security_opt

_has("cap_drop", service, _) if _drops_all(service)

_has("cap_drop", service, _) if _untold(service).cap_drop

# What is added to capabilities of which none was dropped says nothing more.
_has("cap_add", service, _) if not _drops_all(service)

_has("cap_add", service, _) if _within(service.cap_add, _may_add(service))

_has("cap_add", service, _) if not service.cap_add

_has("read_only", service, _) if compose.on(service.read_only)

_has("read_only", service, _) if _untold(service).read_only

_has("read_only", _, reason) if reason != ""

# What a variable decides, of what is needed and not met otherwise.
_untold(service) := object.union(
	{key: unresolved |
		some key in ["security_opt", "cap_drop", "cap_add"]
		unresolved := [option.unresolved | some option in service[key]][0]
	},
	{"read_only": unresolved | unresolved := service.read_only.unresolved},
)

_no_new_privileges := {"no-new-privileges:true": true, "no-new-privileges=true": true, "no-new-privileges": true}

default _drops_all(_) := false

_drops_all(service) if {
	some written in service.cap_drop
	_capability(written) == "ALL"
}

default _confined(_, _) := false

_confined(service, allowed) if {
	_drops_all(service)
	_within(object.get(service, "cap_add", []), allowed)
}

default _within(_, _) := false

_within(written, allowed) if {
	is_array(written)
	count([one | some one in written; not _allowed(one, allowed)]) == 0
}

default _allowed(_, _) := false

_allowed(written, allowed) if allowed[_capability(written)]

_allowed(written, _) if written.unresolved

_may_add(service) := data.compose.capabilities.store if data.compose.capable[service.program]

else := data.compose.capabilities.other

# Why a service with a data volume may write to its root filesystem; empty where it does not say.
default _writable_reason(_) := ""

_writable_reason(service) := trim_space(service["x-mcp-policy-writable"]) if {
	is_string(service["x-mcp-policy-writable"])
	count([mount | some mount in service.volumes; not mount.read_only]) > 0
}
