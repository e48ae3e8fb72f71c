# METADATA
# title: Set idle TTL for subprocess and container servers
# description: |
#   A server that is stopped too early starts cold on every call; one that is kept too long holds its memory for nothing.
#
#   Judged are the servers of a Hangar configuration and of the values of its chart, and members of groups that are defined nowhere else; the groups
#   themselves have no such setting. Without `idle_ttl_s` it is 300 seconds. A subprocess fits at 120 to 900 seconds, a container at 300 to 1800, for
#   which 300 is short and 600 recommended (advice), a remote server at 60 to 86400. Outside 1 to 86400 Hangar does not start, nor with a value that
#   is no number. Variables and templates are undecided; of an overlay of values only what it sets is judged.
#   Limits: the operator's MCPServer has no such field.
# related_resources:
#   - https://github.com/mcp-hangar/mcp-hangar
# custom:
#   severity: low
#   admission: none
#   artefacts: [hangar-config, helm-values]
#   items: [hangar-012]
#   remediation: 'Write `idle_ttl_s: 300` for a subprocess, 600 for a container.'
package mcp.controls.resilience.hangar_idle_ttl

import data.mcp.lib.finding
import data.mcp.lib.hangar
import data.mcp.lib.value

judged contains {"artefact": server.artefact} if some server in _known

findings contains finding.at(place, message) if {
	some server in hangar.servers
	message := _stops(server, server.value.idle_ttl_s)
	place := finding.below(server, ["idle_ttl_s"])
}

findings contains finding.at(place, message) if {
	some server in _known
	given := server.value.idle_ttl_s
	not _stops(server, given)
	range := _ranges[server.mode]
	_outside(given, range)
	place := finding.below(server, ["idle_ttl_s"])
	message := $"{server.title} is stopped after {given} idle seconds, not {range.least} to {range.most}"
}

findings contains finding.advice(place, message) if {
	some server in _known
	_containers[server.mode]
	_inherits(server)
	place := finding.below(server, ["idle_ttl_s"])
	message := $"{server.title} is a container and is stopped after 300 idle seconds, where 600 are recommended"
}

undecided contains value.undecided_at(server, ["idle_ttl_s"], given) if {
	some server in hangar.servers
	given := server.value.idle_ttl_s
	value.unresolved(given)
}

undecided contains value.undecided_at(server, ["mode"], server.mode) if some server in hangar.unsure

inapplicable contains {"artefact": config.artefact, "reason": "it names no server"} if {
	some config in hangar.configurations
	count([server | some server in hangar.servers; server.artefact == config.artefact]) == 0
}

default _known := []

_known := [server |
	some server in hangar.servers
	_ranges[server.mode]
	_is_set(server)
]

# An overlay leaves to its base what it does not set.
_is_set(server) if not server.overlay

_is_set(server) if server.value.idle_ttl_s

_ranges := {
	"subprocess": {"least": 120, "most": 900},
	"docker": {"least": 300, "most": 1800},
	"container": {"least": 300, "most": 1800},
	"remote": {"least": 60, "most": 86400},
}

_containers := {"docker": true, "container": true}

# Why Hangar does not start with a value, or undefined.
_stops(server, given) := $"{server.title} has an idle_ttl_s that is no number of seconds, and Hangar does not start" if {
	not is_number(given)
	not value.unresolved(given)
}

_stops(server, given) := $"{server.title} has idle_ttl_s {given}, and Hangar does not start" if {
	_outside(given, {"least": 1, "most": 86400})
}

default _outside(_, _) := false

_outside(given, range) if {
	is_number(given)
	given < range.least
}

_outside(given, range) if {
	is_number(given)
	given > range.most
}

default _inherits(_) := false

_inherits(server) if server.value.idle_ttl_s == 300

_inherits(server) if object.get(server.value, "idle_ttl_s", "absent") == "absent"
