# METADATA
# description: Views over Compose projects that controls share; arrays, always defined.
package mcp.lib.compose

# Services that run in a container and are deployed, as far as the repository says which are.
default services := []

services := [service |
	some index, artefact in input.artefacts
	artefact.kind == "compose"
	some position, value in artefact.value.services
	value.deployed
	not value.provider
	service := {
		"artefact": index,
		"path": ["services", position],
		"name": value.name,
		"value": value,
		"development": value.mark == "development",
	}
]

# Services that are judged as production: nothing says that they are for development.
default production := []

production := [service | some service in services; not service.development]

# Compose files of which nothing is judged as production.
default development_files := []

development_files := [index |
	some index, artefact in input.artefacts
	artefact.kind == "compose"
	count([service | some service in production; service.artefact == index]) == 0
]

for_development(case) := [answer |
	some index in development_files
	answer := {"artefact": index, "case": case, "reason": "no service of this file is for production"}
]

# What Compose takes for true, of a value that may come from a variable.
default on(_) := false

on(true)

on(value) if {
	is_string(value)
	_true[lower(value)]
}

_true := {"true": true, "yes": true, "on": true, "y": true, "t": true, "1": true}
