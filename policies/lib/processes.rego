# METADATA
# description: |
#   What is started, and how: containers of pods, Compose services, the programs of the known charts and the servers of a client, each with the words
#   of its command line and its environment; arrays, always defined.
#
#   A process is {"artefact", "path", "title", "program": hangar, gateway, router, openmcp, stack or "" for any other, "words": [{"word", "path"}],
#   "environment": [{"name", "value", "path"}] with the strongest last; and where it is so "elsewhere" of a variable that a file sets which is judged
#   itself, "open" with the source of variables that are not known, "configured" for one whose configuration is judged where it stands, "mounts" for
#   one that may read a configuration that was not given, "off" for one that is switched off}.
package mcp.lib.processes

import data.mcp.lib.compose
import data.mcp.lib.configs
import data.mcp.lib.kubernetes
import data.mcp.lib.value

default all := []

all := array.concat(containers, array.concat(services, array.concat(clients, charts)))

default containers := []

containers := [process |
	some container in kubernetes.containers
	container.list != "ephemeralContainers"
	not container.injected
	given := container.value
	process := object.union(
		{
			"artefact": container.artefact,
			"path": container.path,
			"title": container.title,
			"program": _program_of_container(container),
			"words": _words(container.path, _lists(given, ["command", "args"])),
			"environment": array.concat(_inherited(given, container.path), _own(given, container.path)),
			"configured": object.get(given, "configured", false),
			"mounts": _mounts_anything(given),
		},
		_open(given),
	)
]

# Services that are judged as production.
default services := []

services := [process |
	some service in compose.production
	given := service.value
	process := object.union(
		{
			"artefact": service.artefact,
			"path": service.path,
			"title": $"service {service.name}",
			"program": _program_of_service(given),
			"words": _words(service.path, _lists(given, ["entrypoint", "command"])),
			"environment": array.concat(_inherited(given, service.path), _own_of_service(given, service.path)),
			"configured": object.get(given, "configured", false),
			"mounts": _mounts_files(given),
		},
		_open(given),
	)
]

# Servers that a client starts.
default clients := []

clients := [process |
	some index, artefact in input.artefacts
	artefact.kind == "mcp-client-config"
	some position, server in artefact.value.servers
	given := server.process
	path := ["servers", position]
	process := {
		"artefact": index,
		"path": path,
		"title": $"server {server.name}",
		"program": _started(given.words),
		"words": [object.union(word, {"path": array.concat(path, word.path)}) | some word in given.words],
		"environment": [object.union(variable, {"path": array.concat(path, variable.path)}) | some variable in given.environment],
		"configured": false,
		"mounts": true,
	}
]

# Programs of the known charts, and every environment in the values of another.
default charts := []

charts := array.concat(_known_charts, _other_charts)

_known_charts := [process |
	some index, artefact in input.artefacts
	artefact.kind == "helm-values"
	some part in object.get(_parts, object.get(artefact, "chart", ""), [])
	process := {
		"artefact": index,
		"path": part.path,
		"title": $"the {part.program}",
		"program": part.program,
		"words": [],
		"environment": _entries(object.get(artefact.value, part.path, null), part.path),
		"configured": false,
		"mounts": false,
		"off": _is_off(artefact, part.path),
		"chart": true,
	}
]

_parts := {
	"mcp-hangar": [{"path": ["extraEnv"], "program": "hangar"}],
	"mcp-bridge": [{"path": ["gateway", "env"], "program": "gateway"}, {"path": ["router", "env"], "program": "router"}],
}

_other_charts := [process |
	some index, artefact in input.artefacts
	artefact.kind == "helm-values"
	not _parts[object.get(artefact, "chart", "")]
	some path in _environments_in(artefact.value)
	entries := _entries(object.get(artefact.value, path, null), path)
	entries != []
	process := {
		"artefact": index,
		"path": path,
		"title": configs.shown(path),
		"program": "",
		"words": [],
		"environment": entries,
		"configured": false,
		"mounts": false,
		"off": _is_off(artefact, path),
	}
]

_names := ["env", "extraEnv", "extraEnvVars", "environment"]

# At the top, in a part, and in a part of that.
_environments_in(values) := array.concat(
	[[name] | some name in _names; values[name]],
	array.concat(
		[[part, name] | some part, inner in values; is_object(inner); some name in _names; inner[name]],
		[[part, below, name] | some part, inner in values; is_object(inner); some below, lowest in inner; is_object(lowest); some name in _names; lowest[name]],
	),
)

_entries(given, path) := [{"name": entry.name, "value": _value(entry), "path": array.concat(path, [position, _step(entry)])} |
	some position, entry in given
	is_string(entry.name)
] if {
	is_array(given)
} else := [{"name": name, "value": _value({"value": inner}), "path": array.concat(path, [name])} | some name, inner in given] if {
	is_object(given)
	not value.unresolved(given)
} else := []

default _is_off(_, _) := false

_is_off(artefact, path) if {
	some off in artefact.off
	array.slice(path, 0, count(off)) == off
}

# The words of command lines, the first list first. A script is taken apart at its blanks.
_words(path, lists) := [{"word": word, "path": array.concat(path, place)} |
	some list in lists
	some [place, written] in _written(list[0], list[1])
	some word in _parted(written)
]

_lists(given, keys) := [[key, object.get(given, key, null)] | some key in keys]

_written(key, list) := [[[key, index], word] | some index, word in list] if is_array(list)

else := [[[key], list]] if is_string(list)

else := [[[key, "argv", index], word] | some index, word in list.argv] if is_array(list.argv)

else := []

_parted(word) := [trim(part, `"'`) | some part in split(_blank(word), " "); part != ""] if {
	is_string(word)
	_is_script(word)
} else := [word]

_blank(text) := replace(replace(replace(text, "\n", " "), "\t", " "), "\\", " ")

default _is_script(_) := false

_is_script(word) if contains(word, " --")

_is_script(word) if contains(word, "\n")

_inherited(given, path) := [{"name": variable.name, "value": variable.value, "path": array.concat(path, variable.at), "elsewhere": variable.at[0] == "env_file"} |
	some variable in given.inherited
]

_own(given, path) := [{"name": entry.name, "value": _value(entry), "path": array.concat(path, ["env", index, _step(entry)])} |
	some index, entry in given.env
	is_string(entry.name)
]

_own_of_service(given, path) := [{"name": entry.name, "value": entry.value, "path": array.concat(path, ["environment", index])} |
	some index, entry in given.environment
	is_string(entry.name)
]

_value(entry) := entry.value if {
	entry.value != null
} else := entry.resolved if {
	entry.resolved
} else := {"unresolved": "a value from elsewhere"} if {
	entry.valueFrom
} else := ""

_step(entry) := "valueFrom" if {
	entry.valueFrom
	object.get(entry, "value", null) == null
} else := "value"

_open(given) := {"open": given.inherited_open} if given.inherited_open

else := {}

default _mounts_anything(_) := false

_mounts_anything(container) if {
	some mount in container.volumeMounts
	is_object(mount)
}

# Folders and files of the host, and configurations of the project.
default _mounts_files(_) := false

_mounts_files(service) if {
	some mount in service.volumes
	mount.type == "bind"
}

_mounts_files(service) if count(service.configs) > 0

_program_of_container(container) := program if {
	program := _program(container.value.image)
} else := program if {
	program := _by_component(container.pod.component, input.artefacts[container.artefact])
	container.list == "containers"
	count([app | some app in container.pod.value.containers; not app.injected]) == 1
} else := _started(_words([], _lists(container.value, ["command", "args"])))

_by_component("hangar", _) := "hangar"

_by_component("router", _) := "router"

_by_component("gateway", artefact) := _gateways[artefact.system]

_gateways := {"bridge": "gateway", "openmcp": "openmcp"}

_program_of_service(service) := program if {
	program := _program(service.image)
} else := program if {
	program := data.inert_environment.programs[service.name]
	not service.image
} else := program if {
	program := data.inert_environment.programs[service.program]
} else := program if {
	program := _by_component(service.component, {"system": "bridge"})
} else := ""

# By the last segment of the image; `mcp-gateway` is Open MCP Gateway's name too, which comes from the registry of agentic.
_program(image) := "openmcp" if {
	is_string(image)
	contains(image, "/agentic/mcp-gateway")
} else := program if {
	is_string(image)
	segments := split(image, "/")
	name := split(split(segments[count(segments) - 1], ":")[0], "@")[0]
	program := data.inert_environment.programs[name]
}

# By what a command line starts.
_started(words) := program if {
	some word in words
	is_string(word.word)
	segments := split(word.word, "/")
	program := _programs[segments[count(segments) - 1]]
} else := ""

_programs := {"mcp-hangar": "hangar", "mcp-gateway": "gateway", "mcp-router": "router"}

# What decides a setting: the last of these options, else the last of these variables; `{"value", "path"}`, undefined where neither is given.
# A variable that is empty counts as not set.
setting(process, options, variables) := found if {
	given := option(process, options)
	found := object.union(given, {"value": _expanded(process, given.value)})
} else := found if {
	given := [variable | some variable in process.environment; variables[variable.name]; variable.value != ""]
	count(given) > 0
	found := given[count(given) - 1]
}

# The last of some options of the command line, with its value.
option(process, options) := found if {
	given := [option |
		some index, word in process.words
		option := _option(process.words, index, word, options)
	]
	count(given) > 0
	found := given[count(given) - 1]
}

_option(words, index, word, options) := {"value": words[index + 1].word, "path": words[index + 1].path} if options[word.word]

_option(_, _, word, options) := {"value": substring(word.word, at + 1, -1), "path": word.path} if {
	is_string(word.word)
	at := indexof(word.word, "=")
	at > 0
	options[substring(word.word, 0, at)]
}

# The last value of a variable.
variable(process, name) := found if {
	given := [variable | some variable in process.environment; variable.name == name]
	count(given) > 0
	found := given[count(given) - 1]
}

# `$(NAME)` is the variable of the process.
_expanded(process, given) := other.value if {
	is_string(given)
	startswith(given, "$(")
	endswith(given, ")")
	other := variable(process, substring(given, 2, count(given) - 3))
} else := given

# A process that reads a configuration, from what the host tells of it.
reader(given) := object.union(
	{
		"words": [{"word": word, "path": []} | some word in _reader_words(given)],
		"environment": object.get(given, "environment", []),
	},
	_reader_open(given),
)

_reader_words(given) := [word |
	some written in array.concat(_listed(object.get(given, "command", [])), _listed(object.get(given, "args", [])))
	some word in _parted(written)
]

_listed(list) := list if is_array(list)

else := [list] if is_string(list)

else := []

_reader_open(given) := {"open": given.open} if given.open

else := {}

# Why a value is not known, or undefined.
unknown(given) := given.unresolved if {
	value.unresolved(given)
} else := "a secret" if {
	is_object(given)
	given.secret
} else := "a template" if {
	is_string(given)
	contains(given, "{{")
} else := "a variable" if {
	is_string(given)
	contains(given, "$")
}
