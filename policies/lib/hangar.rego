# METADATA
# description: |
#   Hangar's configuration and the servers in it, whether it stands in a file, in an object or as the values of the chart mcp-hangar, which writes
#   them into a configuration as they are; arrays, always defined. Of an overlay, values without their base, only what it sets is known.
package mcp.lib.hangar

import data.mcp.lib.configs
import data.mcp.lib.value

default configurations := []

configurations := array.concat(
	[object.union(config, {"overlay": false}) | some config in configs.hangar],
	[config |
		some index, artefact in input.artefacts
		artefact.kind == "helm-values"
		artefact.chart == "mcp-hangar"
		config := {"artefact": index, "path": [], "value": artefact.value, "overlay": object.get(artefact, "overlay", false)}
	],
)

# What is defined below `mcp_servers`, groups among them.
default defined := []

defined := [server |
	some config in configurations
	is_object(config.value.mcp_servers)
	some name, given in config.value.mcp_servers
	is_object(given)
	not value.unresolved(given)
	server := {
		"artefact": config.artefact,
		"path": ["mcp_servers", name],
		"name": name,
		"title": $"server {name}",
		"value": given,
		"mode": _mode(given, config.overlay),
		"overlay": config.overlay,
	}
]

default groups := []

groups := [group | some group in defined; group.mode == "group"]

# The members of all groups, each with its group. `defined` is true for one that stands below `mcp_servers`, which is the one that counts.
default members := []

members := [member |
	some group in groups
	some index, given in group.value.members
	is_object(given)
	not value.unresolved(given)
	name := object.get(given, "id", "")
	member := {
		"artefact": group.artefact,
		"path": array.concat(group.path, ["members", index]),
		"name": name,
		"title": _title(name, group),
		"group": group.name,
		"value": given,
		"mode": _mode(given, group.overlay),
		"overlay": group.overlay,
		"defined": _is_defined(name, input.artefacts[group.artefact].value.mcp_servers),
	}
]

# What Hangar starts or calls: servers, and members of groups that are defined nowhere else.
default servers := []

servers := array.concat(
	[server | some server in defined; server.mode != "group"],
	[member | some member in members; not member.defined],
)

# Those that it starts as containers.
default contained := []

contained := [server | some server in servers; _containers[server.mode]]

_containers := {"docker": true, "container": true}

# Those of which it is not known how they are started.
default unsure := []

unsure := [server | some server in servers; value.unresolved(server.mode)]

_mode(given, overlay) := mode if {
	mode := given.mode
	mode != null
} else := {"unresolved": "the base values, which are not merged with this overlay"} if {
	overlay
} else := "subprocess"

_title(name, group) := $"member {name} of {group.name}" if is_string(name)

else := $"a member of {group.name}"

default _is_defined(_, _) := false

_is_defined(name, servers) if is_object(servers[name])
