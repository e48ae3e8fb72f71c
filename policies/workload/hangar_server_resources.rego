# METADATA
# title: Keep memory and CPU limits on Hangar-launched containers
# description: |
#   Hangar starts its containers outside any orchestrator's quota: one without limits can take the whole machine.
#
#   Judged are the servers and members of groups that Hangar starts as containers, in its configuration and in the values of its chart. Without
#   `resources` they get 512m and 1.0 CPU, which passes; `resources` with one of the two leaves the other without a limit, and an amount that Docker
#   does not read, or that is no limit at all, is found. An empty `resources` is advice: Hangar 2.13 gives its defaults in its place. Concurrency
#   that is written as 0 is unlimited. Variables and templates are undecided.
#   Limits: containers that an operator starts are for the controls of pods.
# related_resources:
#   - https://docs.docker.com/engine/containers/resource_constraints/
# custom:
#   severity: medium
#   admission: none
#   artefacts: [hangar-config, helm-values]
#   items: [hangar-030]
#   fix: 'yes: remove an empty resources mapping'
#   remediation: 'Write both, `resources: {memory: 512m, cpu: "1.0"}`, or leave `resources` out.'
package mcp.controls.workload.hangar_server_resources

import data.mcp.lib.finding
import data.mcp.lib.hangar
import data.mcp.lib.value

judged contains {"artefact": server.artefact} if some server in hangar.contained

judged contains {"artefact": limit.artefact} if some limit in _concurrency

findings contains finding.at(place, $"{server.title} has no {name} limit: resources does not set {key}") if {
	some server in _written
	some key, name in _kinds
	object.get(server.value.resources, key, null) == null
	not server.overlay
	place := finding.below(server, ["resources", key])
}

findings contains finding.at(place, $"{server.title} has no {name} limit: {reason}") if {
	some server in _written
	some key, name in _kinds
	given := server.value.resources[key]
	reason := _no_limit(key, given)
	place := finding.below(server, ["resources", key])
}

findings contains finding.at(place, $"{server.title} has no limits: resources is no map") if {
	some server in hangar.contained
	given := server.value.resources
	_is_no_map(given)
	place := finding.below(server, ["resources"])
}

findings contains finding.advice(place, $"{server.title} has an empty resources, in whose place Hangar 2.13 gives its own limits") if {
	some server in hangar.contained
	_is_empty(object.get(server.value, "resources", "absent"))
	place := finding.below(server, ["resources"])
}

findings contains finding.at(limit, message) if {
	some limit in _concurrency
	_unlimited(limit.value)
	message := $"calls at one time are not limited: execution.{limit.key} is {limit.value}"
}

undecided contains value.undecided_at(server, ["resources"], given) if {
	some server in hangar.contained
	given := server.value.resources
	value.unresolved(given)
}

undecided contains value.undecided_at(server, ["resources", key], given) if {
	some server in _written
	some key, _ in _kinds
	given := server.value.resources[key]
	value.unresolved(given)
}

undecided contains value.undecided_at(limit, [], limit.value) if {
	some limit in _concurrency
	value.unresolved(limit.value)
}

undecided contains value.undecided_at(server, ["mode"], server.mode) if some server in hangar.unsure

inapplicable contains {"artefact": config.artefact, "reason": "Hangar starts no server as a container"} if {
	some config in hangar.configurations
	count([server | some server in array.concat(hangar.contained, hangar.unsure); server.artefact == config.artefact]) == 0
	count([limit | some limit in _concurrency; limit.artefact == config.artefact]) == 0
}

_kinds := {"memory": "memory", "cpu": "CPU"}

default _written := []

_written := [server |
	some server in hangar.contained
	is_object(server.value.resources)
	server.value.resources != {}
	not value.unresolved(server.value.resources)
]

default _is_no_map(_) := false

_is_no_map(given) if {
	not is_object(given)
	given != null
	given != ""
}

default _is_empty(_) := false

_is_empty({})

_is_empty(null)

_is_empty("")

# Why an amount limits nothing, or undefined.
_no_limit(_, given) := "its value is of a wrong type" if {
	not is_string(given)
	not is_number(given)
	given != null
	not value.unresolved(given)
}

_no_limit(key, given) := $"{key} is {given}" if {
	is_number(given)
	given <= 0
}

_no_limit("memory", given) := $"memory is {given}" if {
	is_string(given)
	_amount(given) == 0
}

_no_limit("memory", given) := $"{given} is no amount of memory" if {
	is_string(given)
	not _amount(given)
}

_no_limit("cpu", given) := $"cpu is {given}" if {
	is_string(given)
	_number(trim_space(given)) <= 0
}

_no_limit("cpu", given) := $"{given} is no number of CPUs" if {
	is_string(given)
	not _is_number(trim_space(given))
}

# The number of an amount as Docker reads it, whatever its unit; undefined for what it refuses.
_amount(text) := _number(trim_right(trim_suffix(trim_suffix(lower(trim_space(text)), "b"), "i"), "kmgtp "))

_number(text) := to_number(text) if _is_number(text)

default _is_number(_) := false

_is_number(text) if {
	text != ""
	text != "."
	trim_left(text, "0123456789.") == ""
	count(split(text, ".")) < 3
}

default _concurrency := []

_concurrency := [limit |
	some config in hangar.configurations
	some key in ["max_concurrency", "default_mcp_server_concurrency"]
	given := config.value.execution[key]
	given != null
	limit := {"artefact": config.artefact, "path": ["execution", key], "key": key, "value": given}
]

default _unlimited(_) := false

_unlimited(given) if {
	is_number(given)
	given <= 0
}

_unlimited(given) if {
	is_string(given)
	trim(trim_space(given), "0123456789") != ""
}

_unlimited(given) if {
	is_string(given)
	trim_left(trim_space(given), "0") == ""
}

_unlimited(false)
