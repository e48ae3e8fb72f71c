# METADATA
# title: Rely on no setting that the running version does not apply
# description: |
#   `client_auth`, `min_version`, `rate_limit` and `max_connections_per_ip` look configured but change nothing in mcp-bridge v1.0.0.
#
#   The tables list what mcp-bridge v1.0.0 and Hangar 2.13 parse and never use, and the variables that their manifests set and no code reads. Such a
#   setting is always reported: as advice when one that does apply is given for the same purpose, else as configured without effect, with what
#   decides in its place, if anything does. Variables are judged by the program that gets them: a container by its image, or by what its pod is part
#   of when it is alone there, a Compose service by its image, the values of the charts mcp-hangar and mcp-bridge by their environments; other images
#   may read what they like. An env file does not tell who reads it, so there only the names that belong to mcp-system alone are judged.
#   MCP_JWT_SECRET_KEY is undecided, since `auth.jwt.secret_key_env` may name it. Whether the setting that applies is a good one is for its own
#   control.
# related_resources:
#   - https://github.com/actual-software/mcp-bridge
# custom:
#   severity: medium
#   admission: audit
#   artefacts: [bridge-gateway-config, bridge-router-config, hangar-config, kubernetes, compose, helm-values, env-file]
#   items: [bridge-132, bridge-099, bridge-018, bridge-019]
#   instances: {bridge-018: tls, bridge-019: tls}
#   remediation: Delete the setting, and make the one that the message names where you mean it.
package mcp.controls.config.no_inert_keys

import data.mcp.lib.configs
import data.mcp.lib.finding
import data.mcp.lib.kubernetes

# Keys of configurations.

judged contains {"artefact": index} if {
	some index, artefact in input.artefacts
	_table(artefact)
}

findings contains object.union(finding.at(place, message), place.labels) if {
	some place in _keys
	not place.applied
	message := $"{configs.shown(place.path)} is configured but without effect: {_decides(place.entry)}"
}

findings contains object.union(finding.advice(place, message), place.labels) if {
	some place in _keys
	place.applied
	message := $"{configs.shown(place.path)} has no effect: {place.entry.instead} decides"
}

default _keys := []

_keys := [place |
	some index, artefact in input.artefacts
	some entry in _table(artefact)
	_concerns(entry, artefact.value)
	some found in configs.at_each_within(artefact.value, object.get(entry, "each", []), object.get(entry, "within", []), entry.path)
	place := {
		"artefact": index,
		"path": found.path,
		"entry": entry,
		"labels": _labels(entry),
		"applied": _applied(entry, artefact),
	}
]

# The chart mcp-hangar writes its values into Hangar's configuration as they are.
_table(artefact) := data.inert_keys[artefact.kind][artefact.version]

_table(artefact) := data.inert_keys["hangar-config"][artefact.version] if {
	artefact.kind == "helm-values"
	artefact.chart == "mcp-hangar"
}

# What to rely on in its place, or that there is nothing.
_decides(inert) := $"what decides is {inert.instead}" if inert.instead

_decides(inert) := inert.nothing if inert.nothing

_labels(entry) := {"labels": entry.labels} if entry.labels

else := {}

default _concerns(_, _) := false

_concerns(entry, _) if not entry.when

_concerns(entry, value) if object.get(value, entry.when, "") != ""

default _applied(_, _) := false

_applied(entry, _) if entry.legacy

_applied(entry, artefact) if {
	some setting in entry.given
	some found in configs.at_each(artefact.value, object.get(setting, "each", []), setting.path)
	_is_meant(setting, found.value)
}

_applied(entry, artefact) if {
	some process in artefact.consumers
	_passes(entry.argument, configs.words(process))
}

default _is_meant(_, _) := false

_is_meant(setting, value) if value == setting.equals

_is_meant(setting, value) if {
	not setting.equals
	value != ""
	value != []
	value != {}
}

default _passes(_, _) := false

_passes(argument, words) if {
	some word in words
	startswith(word, argument)
}

# Variables of programs.

judged contains {"artefact": environment.artefact} if some environment in _environments

findings contains finding.at(variable, message) if {
	some variable in _variables
	not variable.applied
	message := $"{variable.name} of {variable.title} is set and read by nothing: {_decides(variable.inert)}"
}

findings contains finding.advice(variable, message) if {
	some variable in _variables
	variable.applied
	message := $"{variable.name} of {variable.title} is read by nothing: {variable.inert.instead} decides"
}

undecided contains {"artefact": variable.artefact, "path": variable.path, "reason": reason} if {
	some variable in _inert_variables
	variable.inert.unless
	reason := $"{variable.name} of {variable.title} is read by nothing, unless {variable.inert.unless}"
}

_variables := [variable | some variable in _inert_variables; not variable.inert.unless]

default _inert_variables := []

_inert_variables := [variable |
	some environment in _environments
	some entry in environment.entries
	is_string(entry.name)
	inert := data.inert_environment.names[environment.program][entry.name]
	variable := {
		"artefact": environment.artefact,
		"path": entry.path,
		"name": entry.name,
		"title": environment.title,
		"inert": inert,
		"applied": _decided(inert, environment),
	}
]

default _decided(_, _) := false

_decided(inert, environment) if _passes(inert.argument, environment.words)

_decided(inert, environment) if {
	some name in inert.variables
	some entry in environment.entries
	entry.name == name
}

# What known programs get: `{artefact, title, program, words, entries: [{name, path}]}`.
default _environments := []

_environments := array.concat(array.concat(_of_containers, _of_env_files), array.concat(_of_services, _of_charts))

_of_containers := [environment |
	some container in kubernetes.containers
	container.value.env
	program := _program_of(container)
	environment := {
		"artefact": container.artefact,
		"title": container.title,
		"program": program,
		"words": configs.words(container.value),
		"entries": [{"name": entry.name, "path": array.concat(container.path, ["env", position])} | some position, entry in container.value.env],
	}
]

_program_of(container) := _program(container.value.image) if {
	_program(container.value.image)
} else := container.pod.component if {
	_components[container.pod.component]
	not container.injected
	container.list == "containers"
	count(container.pod.value.containers) == 1
	object.get(input.artefacts[container.artefact], "system", "bridge") != "openmcp"
}

_components := {"hangar": true, "gateway": true, "router": true}

# By the last segment of the image; `mcp-gateway` is Open MCP Gateway's name too, which comes from the registry of agentic.
_program(image) := program if {
	is_string(image)
	not contains(image, "/agentic/")
	segments := split(image, "/")
	name := split(split(segments[count(segments) - 1], ":")[0], "@")[0]
	program := data.inert_environment.programs[name]
}

_of_services := [environment |
	some index, artefact in input.artefacts
	artefact.kind == "compose"
	some position, service in artefact.value.services
	service.deployed
	service.environment
	program := _program_of_service(service)
	environment := {
		"artefact": index,
		"title": $"service {service.name}",
		"program": program,
		"words": array.concat(configs.words({"command": object.get(service, "entrypoint", [])}), configs.words(service)),
		"entries": [{"name": entry.name, "path": ["services", position, "environment", at]} | some at, entry in service.environment],
	}
]

_program_of_service(service) := _program(service.image) if {
	_program(service.image)
} else := data.inert_environment.programs[service.name] if {
	not service.image
}

_of_charts := [environment |
	some index, artefact in input.artefacts
	artefact.kind == "helm-values"
	some part in object.get(_chart_environments, object.get(artefact, "chart", ""), [])
	given := object.get(artefact.value, part.path, null)
	environment := {
		"artefact": index,
		"title": $"the {part.program}",
		"program": part.program,
		"words": [],
		"entries": _entries(given, part.path),
	}
]

_of_env_files := [environment |
	some index, artefact in input.artefacts
	artefact.kind == "env-file"
	entries := [{"name": variable.name, "path": ["variables", position]} |
		some position, variable in artefact.value.variables
		data.inert_environment.names.stack[variable.name]
	]
	entries != []
	environment := {"artefact": index, "title": "the stack", "program": "stack", "words": [], "entries": entries}
]

_chart_environments := {
	"mcp-hangar": [{"path": ["extraEnv"], "program": "hangar"}],
	"mcp-bridge": [{"path": ["gateway", "env"], "program": "gateway"}, {"path": ["router", "env"], "program": "router"}],
}

_entries(given, path) := [{"name": entry.name, "path": array.concat(path, [position])} | some position, entry in given; entry.name] if is_array(given)

_entries(given, path) := [{"name": name, "path": array.concat(path, [name])} | some name, _ in given] if is_object(given)
