# METADATA
# title: Pass secrets to Compose services as Docker secrets
# description: |
#   Environment variables leak through docker inspect, crash dumps and child processes.
#
#   Judged are Compose files whose name says production (prod, production, release, live). No service may have a variable with the name of a secret, a
#   literal and `${VAR}` alike, or an address with a password in it, nor read one from an env file that is among the files. Instead the image reads a file:
#   a variable ending in _FILE (Grafana's in __FILE) that points below /run/secrets, to a secret that the service lists. A variable that is empty or the
#   reference of a secret manager passes, and what a template decides is undecidable. Top-level secrets come from a file, from outside (`external: true`)
#   or from the environment of whoever deploys. In the MCP System stack (service mcp-system) db_password, grafana_password and jwt_secret are each declared.
#
#   Not seen are secrets inside a variable whose value is only known at deployment, as `DATABASE_URL=${DATABASE_URL}`. Images that can read no file are named
#   in `secrets.env_only_images`, each repository with a reason.
# related_resources:
#   - https://docs.docker.com/compose/how-tos/use-secrets/
# custom:
#   severity: high
#   admission: none
#   artefacts: [compose]
#   items: [stack-009, stack-076, stack-010, stack-011, stack-012]
#   instances:
#     stack-010: db_password
#     stack-011: grafana_password
#     stack-012: jwt_secret
#   fix: "yes: rewrite to *_FILE / __FILE with a top-level secrets entry (for postgres, mysql, grafana images)"
#   params: [env_only_images]
#   remediation: |
#     Declare the secret at the top level (`secrets: {db_password: {file: ./secrets/db_password.txt}}`), list it under the service's `secrets`, and set the variable that names the
#     file (`POSTGRES_PASSWORD_FILE: /run/secrets/db_password`, for Grafana `GF_SECURITY_ADMIN_PASSWORD__FILE`) in the place of the one that holds the value.
package mcp.controls.secrets.compose_docker_secrets

import data.mcp.lib.finding

findings contains finding.at(secret, secret.message) if {
	some secret in _in_environment
	not secret.reason
}

excused contains object.union(finding.at(secret, secret.message), {"reason": secret.reason}) if {
	some secret in _in_environment
	secret.reason
}

# A file that the program does not read, or that is not there.
findings contains finding.at(variable, message) if {
	some variable in _files
	fault := _file_fault(variable)
	message := $"{variable.name} of service {variable.service.name} {fault}"
}

findings contains finding.at({"artefact": service.artefact, "path": array.concat(service.path, ["env_file", at])}, message) if {
	some service in _services
	some at, file in service.value.env_from
	count(file.secrets) > 0
	not _env_only(service.value)
	message := $"service {service.name} gets {count(file.secrets)} {_word(count(file.secrets))} from an env file, {file.secrets[0]} first"
}

# What a service lists and nobody declares.
findings contains finding.at({"artefact": service.artefact, "path": array.concat(service.path, ["secrets", at])}, message) if {
	some service in _services
	some at, listed in service.value.secrets
	name := _source(listed)
	not _declared[service.artefact][name]
	message := $"service {service.name} lists the secret {name}, which the file does not declare"
}

findings contains finding.at({"artefact": project.artefact, "path": ["secrets", name]}, message) if {
	some project in _projects
	some name, declared in project.secrets
	not _has_origin(declared)
	message := $"secret {name} comes neither from a file nor from outside"
}

findings contains object.union(finding.at({"artefact": project.artefact, "path": ["secrets", name]}, $"there is no secret {name}"), {"labels": [name]}) if {
	some project in _projects
	project.stack
	some name in ["db_password", "grafana_password", "jwt_secret"]
	not project.secrets[name]
}

undecided contains {"artefact": service.artefact, "path": array.concat(service.path, ["environment", at]), "reason": $"a template decides the value of {entry.name}"} if {
	some service in _services
	some at, entry in service.value.environment
	entry.value.secret.via == "template"
}

undecided contains {"artefact": service.artefact, "path": array.concat(service.path, ["env_file", at]), "reason": $"the environment may hold secrets from {file.unresolved}"} if {
	some service in _services
	some at, file in service.value.env_from
	is_string(file.unresolved)
}

judged contains {"artefact": project.artefact} if some project in _projects

inapplicable contains {"artefact": index, "reason": "nothing says that this file is for production"} if {
	some index, artefact in input.artefacts
	artefact.value.mark != "production"
}

default _projects := []

_projects := [project |
	some index, artefact in input.artefacts
	artefact.value.mark == "production"
	project := {
		"artefact": index,
		"secrets": _map(artefact.value, "secrets"),
		"stack": _is_stack(artefact.value.services),
	}
]

default _services := []

_services := [service |
	some index, artefact in input.artefacts
	artefact.value.mark == "production"
	some position, value in artefact.value.services
	value.deployed
	value.mark != "development"
	service := {"artefact": index, "path": ["services", position], "name": value.name, "value": value}
]

_declared := {project.artefact: project.secrets | some project in _projects}

_in_environment := [secret |
	some service in _services
	some at, entry in service.value.environment
	fact := entry.value.secret
	held := _held(fact)
	secret := object.union(
		{
			"artefact": service.artefact,
			"path": array.concat(service.path, ["environment", at]),
			"message": $"service {service.name} gets {entry.name} {held}",
		},
		_excuse(service.value),
	)
]

# How a variable holds a secret; undefined for one that only refers to where it is.
_held(fact) := "by its environment, with the password in an address" if {
	_holds[fact.class]
	fact.within == "url"
} else := "by its environment" if _holds[fact.class]

else := "by its environment, with the password in an address" if {
	_is_variable(fact)
	fact.within == "url"
} else := "by its environment" if _is_variable(fact)

_holds := {"literal": true, "default-literal": true, "default-empty": true, "mixed": true, "unexpanded": true}

default _is_variable(_) := false

_is_variable(fact) if {
	fact.class == "reference"
	fact.via == "variable"
}

_excuse(service) := {"reason": reason} if {
	reason := _env_only(service)
} else := {}

# The reason why an image takes its secrets from the environment alone, or undefined.
_env_only(service) := reason if {
	reason := data.params.env_only_images[service.reference.repository]
	trim_space(reason) != ""
} else := reason if {
	reason := data.params.env_only_images[$"{service.reference.registry}/{service.reference.repository}"]
	trim_space(reason) != ""
}

# Variables that name a file with a secret in it: without _FILE they have the name of a secret.
_files := [variable |
	some service in _services
	some at, entry in service.value.environment
	endswith(entry.name, "_FILE")
	is_string(entry.value)
	_names_secret(entry)
	variable := {
		"artefact": service.artefact,
		"path": array.concat(service.path, ["environment", at]),
		"name": entry.name,
		"file": entry.value,
		"service": service,
	}
]

default _names_secret(_) := false

_names_secret(entry) if {
	name := trim_right(trim_suffix(upper(entry.name), "_FILE"), "_")
	some ending in ["PASSWORD", "PASSWD", "SECRET", "TOKEN", "API_KEY", "APIKEY", "PRIVATE_KEY", "SECRET_KEY", "CREDENTIAL", "CREDENTIALS", "DSN"]
	endswith(name, ending)
}

_names_secret(entry) if startswith(entry.value, "/run/secrets/")

_file_fault(variable) := "is read by nothing: Grafana's variables of files end in __FILE" if {
	startswith(variable.name, "GF_")
	not endswith(variable.name, "__FILE")
} else := "is read by nothing: the image's variables of files end in _FILE, with one underscore" if {
	_one_underscore[variable.service.value.program]
	endswith(variable.name, "__FILE")
} else := "points outside /run/secrets" if {
	not startswith(variable.file, "/run/secrets/")
	not _target(variable.service.value, variable.file)
} else := "points to a secret that the service does not list" if {
	startswith(variable.file, "/run/secrets/")
	not _target(variable.service.value, variable.file)
}

_one_underscore := {"postgres": true, "mysql": true, "mariadb": true, "mongo": true}

# True for a path at which the service finds one of its secrets.
default _target(_, _) := false

_target(service, path) if {
	some listed in service.secrets
	_place(listed) == path
}

_place(listed) := $"/run/secrets/{listed}" if is_string(listed)

_place(listed) := listed.target if startswith(listed.target, "/")

_place(listed) := $"/run/secrets/{listed.target}" if not startswith(listed.target, "/")

_place(listed) := $"/run/secrets/{listed.source}" if {
	is_object(listed)
	not listed.target
}

_source(listed) := listed if is_string(listed)

_source(listed) := listed.source if is_string(listed.source)

default _has_origin(_) := false

_has_origin(declared) if declared.file

_has_origin(declared) if declared.environment

_has_origin(declared) if declared.external == true

_has_origin(declared) if is_object(declared.external)

_has_origin(declared) if declared.driver

default _is_stack(_) := false

_is_stack(services) if {
	some service in services
	service.name == "mcp-system"
}

_map(value, key) := value[key] if is_object(value[key])

else := {}

_word(1) := "secret"

_word(number) := "secrets" if number != 1
