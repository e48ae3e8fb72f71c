# METADATA
# title: Limit memory and CPU of every Compose service
# description: |
#   One host has no scheduler that would protect the database from a tool that runs away: what a container may take is what is written.
#   Every service needs a limit of memory and one of CPU above zero, by `deploy.resources.limits` or by `mem_limit` and `cpus` (`cpu_quota`
#   counts too); where both are written, `deploy` wins. Silence, 0 and what Compose refuses (`512 megabytes`, `cpus: 500m`) are findings;
#   reservations, `cpu_shares` and `cpuset` limit nothing of the kind. One-shot services need a limit of memory only.
#   `${MEMORY:-1g}` is judged by its default; a variable without one is not judged, and neither is a service of which only a part is among the
#   files. Files and services that are marked for development are left out.
#   Limits: whether the sum fits the host's memory is not known here.
# related_resources:
#   - https://docs.docker.com/reference/compose-file/deploy/#resources
# custom:
#   severity: high
#   admission: none
#   artefacts: [compose]
#   items: [stack-072, python-037, python-126, hangar-030]
#   remediation: |
#     Write `deploy: {resources: {limits: {cpus: "1.0", memory: 512M}}}`, with what the service needs under load and some room. An `x-` map with an
#     anchor, merged with `<<`, keeps it in one place for many services.
package mcp.controls.workload.compose_resources

import data.mcp.lib.compose
import data.mcp.lib.finding

judged contains {"artefact": service.artefact} if some service in compose.production

inapplicable contains {"artefact": index, "reason": "no service of this file is for production"} if {
	some index in compose.development_files
}

findings contains finding.at(place, $"service {service.name} has no limit of {_lack(missing)}") if {
	some service in compose.production
	not service.value.incomplete
	missing := _missing(service.value)
	count(missing) > 0
	place := finding.below(service, _place(service.value, missing))
}

findings contains finding.at(place, $"service {service.name} has a limit of {_words[what]} that {fault}") if {
	some service in compose.production
	some what in _needed(service.value)
	fault := _fault(what, service.value.limits[what])
	place := finding.below(service, ["limits", what])
}

undecided contains {"artefact": service.artefact, "path": path, "reason": reason} if {
	some service in compose.production
	some what in _needed(service.value)
	unresolved := service.value.limits[what].unresolved
	path := array.concat(service.path, ["limits", what])
	reason := $"the limit is not known: {unresolved}"
}

undecided contains {"artefact": service.artefact, "path": service.path, "reason": reason} if {
	some service in compose.production
	incomplete := service.value.incomplete
	count(_missing(service.value)) > 0
	reason := $"the limits of service {service.name} are not known: {incomplete}"
}

_needed(service) := ["memory"] if service.oneshot

else := ["memory", "cpus"]

_missing(service) := [what |
	some what in _needed(service)
	not service.limits[what]
]

_lack(["memory", "cpus"]) := "memory and none of CPU"

_lack([what]) := _words[what]

_words := {"memory": "memory", "cpus": "CPU"}

_place(_, ["memory", "cpus"]) := ["deploy", "resources", "limits"]

_place(_, [what]) := ["deploy", "resources", "limits", what]

_fault(_, limit) := "is zero, which is none" if limit.amount == 0

else := limit.fault if limit.fault

# 6 MiB: so little, and a number without its unit, Docker refuses.
_fault("memory", limit) := "Docker refuses, because it is less than 6 MiB" if {
	limit.amount > 0
	limit.amount < 6291456
}
