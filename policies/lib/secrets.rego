# METADATA
# description: |
#   Every secret that the host has classified, wherever it stands: `class`, `length` and the other facts of src/input/secret.ts, with the
#   `artefact` and `path` of it, `what` names it in a message, `off` is true in a part that is switched off, `development` in what is
#   for development. Arrays, always defined.
package mcp.lib.secrets

import data.mcp.lib.configs
import data.mcp.lib.kubernetes

# Those of configurations, Helm values and env files, which the host lists.
default of_values := []

of_values := [secret |
	some index, artefact in input.artefacts
	artefact.kind != "kubernetes"
	some given in artefact.secrets
	secret := object.union(given, {
		"artefact": index,
		"what": _what(artefact.kind, given),
		"about": lower(concat(".", [_text(step) | some step in array.concat(given.path, [given.name])])),
		"off": object.get(given, "off", false),
		"development": _for_development(artefact),
	})
]

# The environment of Compose services, their labels and the arguments of their builds.
default of_services := []

of_services := array.concat(
	[secret |
		some index, artefact in input.artefacts
		artefact.kind == "compose"
		some position, service in artefact.value.services
		service.deployed
		some list in [["environment"], ["labels"], ["build", "args"]]
		some at, entry in object.get(service, list, [])
		fact := entry.value.secret
		secret := object.union(fact, {
			"artefact": index,
			"path": array.concat(["services", position], array.concat(list, [at])),
			"name": entry.name,
			"what": $"{entry.name} of service {service.name}",
			"about": lower(entry.name),
			"off": false,
			"development": service.mark == "development",
		})
	],
	[secret |
		some index, artefact in input.artefacts
		artefact.kind == "compose"
		some position, service in artefact.value.services
		service.deployed
		some key in ["entrypoint", "command"]
		some at, word in service[key].argv
		fact := word.secret
		secret := object.union(fact, {
			"artefact": index,
			"path": ["services", position, key, "argv", at],
			"name": option(word, key),
			"what": $"{option(word, key)} of service {service.name}",
			"about": lower($"{service.program} {option(word, key)}"),
			"off": false,
			"development": service.mark == "development",
		})
	],
)

# The environment and the command lines of containers.
default of_containers := []

of_containers := array.concat(
	[secret |
		some container in kubernetes.containers
		some at, entry in container.value.env
		fact := entry.value.secret
		secret := object.union(fact, {
			"artefact": container.artefact,
			"path": array.concat(container.path, ["env", at, "value"]),
			"name": _name(entry),
			"what": $"{_name(entry)} of {container.title}",
			"about": lower(_name(entry)),
			"off": false,
			"development": false,
		})
	],
	[secret |
		some container in kubernetes.containers
		some key in ["command", "args"]
		some at, word in container.value[key]
		fact := word.secret
		secret := object.union(fact, {
			"artefact": container.artefact,
			"path": array.concat(container.path, [key, at]),
			"name": option(word, key),
			"what": $"{option(word, key)} of {container.title}",
			"about": lower($"{container.name} {option(word, key)}"),
			"off": false,
			"development": false,
		})
	],
)

# Entries of Secrets.
default of_objects := []

of_objects := [secret |
	some index, artefact in input.artefacts
	artefact.kind == "kubernetes"
	artefact.value.kind == "Secret"
	some given in artefact.secrets
	secret := object.union(given, {
		"artefact": index,
		"what": $"{given.name} of the Secret",
		"about": _about_entry(artefact.value, given),
		"off": false,
		"development": false,
	})
]

# A password is often called that alone, and its Secret tells whose it is.
_about_entry(object_value, entry) := lower($"{_name(object_value.metadata)}.{entry.name}") if {
	contains(lower(entry.name), "pass")
	object_value.metadata
} else := lower(entry.name)

default given := []

given := array.concat(array.concat(of_values, of_services), array.concat(of_containers, of_objects))

# The option that a word of a command belongs to, else the command.
option(word, key) := word.option if {
	is_string(word.option)
} else := word.after if {
	is_string(word.after)
} else := $"the {key}"

# The place, and the variable or option that it is the value of, where the place does not end with its name.
_what("env-file", given) := given.name

_what(kind, given) := configs.shown(given.path) if {
	kind != "env-file"
	last := given.path[count(given.path) - 1]
	last == given.name
} else := $"{configs.shown(given.path)} ({given.name})" if {
	kind != "env-file"
}

_text(step) := step if is_string(step)

_text(step) := "" if not is_string(step)

_name(named) := named.name if is_string(named.name)

else := ""

default _for_development(_) := false

_for_development(artefact) if artefact.mark == "development"
