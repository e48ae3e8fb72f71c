# METADATA
# description: |
#   Servers of databases, caches and dashboards that Compose services and containers run, known by the name of their image: `family`
#   (postgres, mysql, mongo, redis, grafana, keycloak), `words` of their command line, `set` for the variables that have a value,
#   `entries` of their environment, and `unknown`, why not all of the environment is known. Arrays, always defined.
package mcp.lib.stores

import data.mcp.lib.kubernetes

default servers := []

servers := array.concat(_services, _containers)

_services := [server |
	some index, artefact in input.artefacts
	artefact.kind == "compose"
	some position, service in artefact.value.services
	family := data.stores.families[service.program]
	service.deployed
	not service.oneshot
	words := array.concat(_argv(service, "entrypoint"), _argv(service, "command"))
	serves(family, words)
	server := {
		"artefact": index,
		"path": ["services", position],
		"title": $"service {service.name}",
		"family": family,
		"case": data.stores.cases[family],
		"words": words,
		"command_path": ["services", position, "command"],
		"repository": _repository(service),
		"entries": [entry |
			some at, variable in service.environment
			entry := {"name": variable.name, "value": object.get(variable, "value", null), "path": ["services", position, "environment", at]}
		],
		"from": [name | some file in service.env_from; some name in file.names],
		"unknown": _unknown_of_service(service),
		"mounts": array.concat([mount.target | some mount in service.volumes; is_string(mount.target)], [config.target | some config in service.configs; is_string(config.target)]),
		"development": service.mark == "development",
	}
]

_containers := [server |
	some container in kubernetes.containers
	container.list == "containers"
	repository := _repositories[container.artefact][concat("/", [_text(step) | some step in container.path])]
	parts := split(repository, "/")
	family := data.stores.families[parts[count(parts) - 1]]
	words := array.concat(_list(container.value, "command"), _list(container.value, "args"))
	serves(family, words)
	server := {
		"artefact": container.artefact,
		"path": container.path,
		"title": container.title,
		"family": family,
		"case": data.stores.cases[family],
		"words": words,
		"command_path": array.concat(container.path, [_command_key(container.value)]),
		"repository": repository,
		"entries": [entry |
			some at, variable in container.value.env
			is_string(variable.name)
			entry := {"name": variable.name, "value": object.get(variable, "value", object.get(variable, "valueFrom", null)), "path": array.concat(container.path, ["env", at])}
		],
		"from": [],
		"unknown": _unknown_of_container(container),
		"mounts": [mount.mountPath | some mount in container.value.volumeMounts; is_string(mount.mountPath)],
		"development": false,
	}
]

# Repositories of images by artefact and by the place of the container; only looked at for pods.
default _repositories := {}

_repositories := {index: repositories |
	some index, artefact in input.artefacts
	artefact.pod_path
	repositories := {place: image.reference.repository |
		some image in artefact.images
		is_string(image.reference.repository)
		place := concat("/", [_text(step) | some step in array.slice(image.path, 0, count(image.path) - 1)])
	}
}

# The table tells of each program whether its name is one that no database, host or user has, so that a script with it starts it.
# True for a command line that starts the server: none at all, one of options alone, one that names it, or a shell that does.
default serves(_, _) := false

serves(_, []) := true

serves(_, words) if startswith(words[0], "-")

serves(family, words) if {
	some word in array.slice(words, 0, 2)
	is_string(word)
	parts := split(word, "/")
	_ = data.stores.servers[family][parts[count(parts) - 1]]
}

serves(family, words) if {
	endswith(words[0], "sh")
	some word in words
	some program, is_distinct in data.stores.servers[family]
	is_distinct
	contains(word, program)
}

_argv(service, key) := words if {
	words := service[key].argv
	is_array(words)
} else := []

_list(container, key) := container[key] if is_array(container[key])

else := []

_command_key(container) := "args" if container.args

else := "command"

_repository(service) := service.reference.repository if is_string(service.reference.repository)

else := ""

_unknown_of_service(service) := $"elsewhere: {service.incomplete}" if {
	is_string(service.incomplete)
} else := reason if {
	reason := [file.unresolved | some file in service.env_from; is_string(file.unresolved)][0]
} else := ""

_unknown_of_container(container) := "envFrom, whose objects are not read" if {
	count(container.value.envFrom) > 0
} else := container.value.env.unresolved if {
	is_string(container.value.env.unresolved)
} else := ""

_text(step) := step if is_string(step)

_text(step) := $"{step}" if is_number(step)
