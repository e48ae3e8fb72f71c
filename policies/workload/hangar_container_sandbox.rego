# METADATA
# title: Keep Docker MCP servers read-only and without network
# description: |
#   A tool's container with a network and a writable root can send away what it sees and stay.
#
#   Judged are the servers and members of groups that Hangar starts as containers (mode docker or container), in its configuration and in the values
#   of its chart. Absent keys are the safe ones: the root is read-only and there is no network. A switch in quotes is on whatever it says, and an
#   explicit null switches `read_only` off. With a writable root nothing but a reason in the setting `hangar.sandbox_exceptions` helps, and not even that
#   where no volume is mounted for writing. A network other than none passes with `capabilities.network.egress` and an `enforcement_mode` of block or
#   quarantine, or with such a reason; the network of the host never does. Volumes name folders by their absolute path. Variables and templates are
#   undecided, and so is an overlay of values that does not say how a server is started.
#   Limits: which paths of the host are dangerous is for workload-no-hostpath, and what the container's image does for others.
# related_resources:
#   - https://docs.docker.com/engine/network/drivers/none/
# custom:
#   severity: high
#   admission: none
#   artefacts: [hangar-config, helm-values]
#   items: [hangar-007]
#   fix: 'yes: remove read_only: false when no writable volume is mounted'
#   params: [sandbox_exceptions]
#   remediation: |
#     Delete `read_only` and `network`, whose defaults are the safe values. For a server that has to call out, declare `capabilities.network.egress`
#     with `enforcement_mode: block`; for one that has to write, mount a volume and give the reason in `hangar.sandbox_exceptions`.
package mcp.controls.workload.hangar_container_sandbox

import data.mcp.lib.finding
import data.mcp.lib.hangar
import data.mcp.lib.python
import data.mcp.lib.value

judged contains {"artefact": server.artefact} if some server in hangar.contained

findings contains finding.at(place, $"{server.title} can write to its root filesystem: read_only is off") if {
	some server in hangar.contained
	python.truth(object.get(server.value, "read_only", true)) == "no"
	not _may_write(server)
	place := finding.below(server, ["read_only"])
}

findings contains finding.at(place, message) if {
	some server in hangar.contained
	[key, network] := _network(server.value)
	network == "host"
	place := finding.below(server, [key])
	message := $"{server.title} has the network of its host"
}

findings contains finding.at(place, message) if {
	some server in hangar.contained
	[key, network] := _network(server.value)
	not _fine[network]
	not value.unresolved(network)
	not _has_exception(server, "network")
	not _declared(server.value)
	place := finding.below(server, [key])
	message := $"{server.title} has network {_shown(network)} without a declared and enforced egress"
}

findings contains finding.at(place, message) if {
	some server in hangar.contained
	some index, volume in server.value.volumes
	is_string(volume)
	source := split(volume, ":")[0]
	_is_relative(source)
	place := finding.below(server, ["volumes", index])
	message := $"{server.title} mounts {source}, which depends on the folder that Hangar is started in"
}

undecided contains value.undecided_at(server, [key], given) if {
	some server in hangar.contained
	some key in ["read_only", "network", "network_mode"]
	given := server.value[key]
	value.unresolved(given)
}

undecided contains value.undecided_at(server, ["mode"], server.mode) if some server in hangar.unsure

undecided contains {"artefact": config.artefact, "path": ["mcp_servers"], "reason": $"the value is not known: {given.unresolved}"} if {
	some config in hangar.configurations
	given := config.value.mcp_servers
	value.unresolved(given)
}

inapplicable contains {"artefact": config.artefact, "reason": "Hangar starts no server as a container"} if {
	some config in hangar.configurations
	count([server | some server in array.concat(hangar.contained, hangar.unsure); server.artefact == config.artefact]) == 0
	not value.unresolved(object.get(config.value, "mcp_servers", null))
}

# A reason counts only where there is something to write to.
default _may_write(_) := false

_may_write(server) if {
	_has_exception(server, "read_only")
	some volume in server.value.volumes
	not _is_read_only(volume)
}

default _is_read_only(_) := false

_is_read_only(volume) if {
	is_string(volume)
	parts := split(volume, ":")
	count(parts) > 2
	some option in split(parts[count(parts) - 1], ",")
	option == "ro"
}

default _has_exception(_, _) := false

_has_exception(server, key) if {
	reason := data.params.sandbox_exceptions[server.name][key]
	is_string(reason)
	trim_space(reason) != ""
}

# `network`, or `network_mode` where that is empty, with the key that decides.
_network(server) := ["network", server.network] if {
	_is_given(server.network)
} else := ["network_mode", server.network_mode] if {
	_is_given(server.network_mode)
} else := ["network", "none"]

default _is_given(_) := false

_is_given(given) if {
	given != null
	given != ""
}

_fine := {"none": true, "host": true}

default _declared(_) := false

_declared(server) if {
	count(server.capabilities.network.egress) > 0
	_enforced[server.capabilities.enforcement_mode]
}

_enforced := {"block": true, "quarantine": true}

_shown(network) := network if is_string(network)

else := "of an unknown kind"

# A name alone is that of a volume.
default _is_relative(_) := false

_is_relative(source) if startswith(source, ".")

_is_relative(source) if startswith(source, "~")

_is_relative(source) if {
	contains(source, "/")
	not startswith(source, "/")
}
