# METADATA
# title: Put critical MCP servers into groups of at least two members
# description: |
#   A server that stands alone has nothing to fail over to.
#
#   In a Hangar configuration and the values of its chart every group has two members or more with different ids, of which remote ones have different
#   hosts and every one is defined: by its own keys or below `mcp_servers`. Its strategy is one that Hangar knows. The setting `hangar.critical_servers`
#   names the servers and groups that must not fail: each is a group or in one. Where it names none, groups alone are judged and it is undecided
#   whether other servers belong into one, unless `hangar.no_critical_servers` says why none does. An MCPServerGroup of the operator, which looks at servers
#   and balances nothing, selects two MCPServers or one with two replicas; it takes the place of no group in the configuration. MCPServers that were
#   not given may make up for those that are missing, so this is a finding in a whole set alone. Variables and templates are undecided, and so is what
#   an overlay of values leaves to its base.
#   Limits: whether two members run on one machine is not seen.
# related_resources:
#   - https://github.com/mcp-hangar/mcp-hangar
# custom:
#   severity: high
#   admission: warn
#   artefacts: [hangar-config, helm-values, kubernetes]
#   whole_set: true
#   items: [hangar-010]
#   params: [critical_servers, no_critical_servers]
#   remediation: |
#     Write `<name>: {mode: group, strategy: round_robin, members: [{id: <name>-1}, {id: <name>-2}]}` and define both members below `mcp_servers`.
package mcp.controls.resilience.hangar_groups

import data.mcp.lib.finding
import data.mcp.lib.hangar
import data.mcp.lib.inventory
import data.mcp.lib.value

# Groups of the configuration.

judged contains {"artefact": group.artefact} if some group in hangar.groups

judged contains {"artefact": server.artefact} if some server in _critical

findings contains finding.at(place, $"group {group.name} has {_members(group.ids)} and nothing to fail over to") if {
	some group in _groups
	count(group.ids) < 2
	group.unknown == []
	place := finding.below(group, ["members"])
}

findings contains finding.at(member, $"{member.title} is on {host} like another member") if {
	some group in _groups
	some position, member in group.members
	host := _host(member)
	some other in array.slice(group.members, 0, position)
	_host(other) == host
	other.name != member.name
}

findings contains finding.at(member, $"{member.title} is defined nowhere: {reason}") if {
	some group in _groups
	not group.overlay
	some member in group.members
	not member.defined
	reason := _undefined(member)
}

findings contains finding.at(place, $"group {group.name} has a strategy that Hangar does not know, and gets round_robin") if {
	some group in _groups
	strategy := group.value.strategy
	not _strategies[strategy]
	not value.unresolved(strategy)
	strategy != null
	place := finding.below(group, ["strategy"])
}

findings contains finding.at(server, $"server {server.name} is critical and in no group") if {
	some server in _critical
	server.mode != "group"
	not value.unresolved(server.mode)
	not _is_member(server)
}

undecided contains value.undecided_at(group, answer.steps, answer.value) if {
	some group in _groups
	some answer in array.concat(group.unknown, _unknown_strategy(group.value))
}

undecided contains value.undecided_at(server, ["mode"], server.mode) if {
	some server in hangar.defined
	value.unresolved(server.mode)
}

undecided contains {"artefact": config.artefact, "path": ["mcp_servers"], "reason": "which servers are critical is not declared (hangar.critical_servers)"} if {
	some config in hangar.configurations
	_undeclared
	some server in hangar.servers
	server.artefact == config.artefact
}

inapplicable contains {"artefact": config.artefact, "reason": reason} if {
	some config in hangar.configurations
	reason := _nothing
	count([group | some group in hangar.groups; group.artefact == config.artefact]) == 0
	count([server | some server in _critical; server.artefact == config.artefact]) == 0
}

_strategies := {"round_robin": true, "weighted_round_robin": true, "least_connections": true, "random": true, "priority": true}

default _undeclared := false

_undeclared if {
	count(data.params.critical_servers) == 0
	trim_space(data.params.no_critical_servers) == ""
}

_nothing := $"no server is critical: {trim_space(data.params.no_critical_servers)}" if {
	trim_space(data.params.no_critical_servers) != ""
} else := "it defines none of the critical servers" if {
	count(data.params.critical_servers) > 0
}

default _critical := []

_critical := [server |
	some server in hangar.defined
	some name in data.params.critical_servers
	name == server.name
]

# Groups with their members; of those that count are the different ids, and what is not known stands against counting.
default _groups := []

_groups := [object.union(group, {"members": members, "ids": ids, "unknown": unknown}) |
	some group in hangar.groups
	members := [member | some member in hangar.members; member.group == group.name; member.artefact == group.artefact]
	ids := {member.name | some member in members; is_string(member.name); member.name != ""}
	unknown := array.concat(_unknown_list(group), [{"steps": ["members", index], "value": {"unresolved": member.name.unresolved}} |
		some index, member in members
		value.unresolved(member.name)
	])
]

_unknown_list(group) := [{"steps": ["members"], "value": group.value.members}] if {
	value.unresolved(group.value.members)
} else := [{"steps": ["members"], "value": {"unresolved": "the base values, which are not merged with this overlay"}}] if {
	group.overlay
	not group.value.members
} else := []

_unknown_strategy(group) := [{"steps": ["strategy"], "value": group.strategy}] if {
	value.unresolved(group.strategy)
} else := []

_members(ids) := "no member" if count(ids) == 0

else := "one member"

default _is_member(_) := false

_is_member(server) if {
	some member in hangar.members
	member.name == server.name
	member.artefact == server.artefact
}

# The host of a remote member's own endpoint, or of that which is defined for it.
_host(member) := host if {
	given := _definition(member)
	given.mode == "remote"
	is_string(given.endpoint)
	address := split(split(given.endpoint, "//")[1], "/")[0]
	host := lower(_without_port(address))
	host != ""
}

_without_port(address) := $"{split(address, "]")[0]}]" if startswith(address, "[")

else := split(address, ":")[0]

_definition(member) := input.artefacts[member.artefact].value.mcp_servers[member.name] if {
	member.defined
} else := member.value

_undefined(member) := "it has no image" if {
	_containers[member.mode]
	not member.value.image
	not member.value.build
} else := "it has no endpoint" if {
	member.mode == "remote"
	not member.value.endpoint
} else := "it has no command, and mcp_servers does not have its id" if {
	member.mode == "subprocess"
	not member.value.command
}

_containers := {"docker": true, "container": true}

# Groups of the operator.

judged contains {"artefact": group.artefact} if {
	some group in inventory.server_groups
	not _open(group)
}

findings contains finding.at(place, $"the selector matches {_servers(group)}, and the group has nothing to fail over to") if {
	some group in inventory.server_groups
	_is_small(group)
	not _open(group)
	place := {"artefact": group.artefact, "path": ["spec", "selector"]}
}

undecided contains {"artefact": group.artefact, "path": ["spec", "selector"], "reason": reason} if {
	some group in inventory.server_groups
	_is_small(group)
	reason := _open(group)
}

default _is_small(_) := false

_is_small(group) if {
	group.servers < 2
	group.most_replicas < 2
}

# Why more servers may be selected than are known, or undefined.
_open(group) := group.unknown if {
	_is_small(group)
	group.unknown
} else := inventory.open_ended if {
	_is_small(group)
}

_servers(group) := "no MCPServer" if group.servers == 0

else := "one MCPServer of one replica"
