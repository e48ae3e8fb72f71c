# METADATA
# title: Reference secrets in configuration files, never write them
# description: |
#   Configuration is committed, mounted and printed far more widely than a secret may travel.
#
#   A secret is what its key or variable is named for (password, token, API key ...), a header that authorises, the password in a URL or connection
#   string, and a text with the form of a provider's token or private key. It must be empty or only refer to where it comes from: a variable, a file
#   below `/run/secrets`, a template, a reference of a secret manager, the key of an editor's input. `${VAR:-literal}` fails as a literal does, and so
#   does a variable with other text around it. mcp-bridge expands no variables, so there only an empty value passes, filled in from the environment
#   (MCP_GATEWAY_SESSIONS_REDIS_URL). Keys that name a variable, a file, a Secret or a key in one are no secrets.
#   Read are Hangar's and mcp-bridge's configurations, environment, labels, commands and build arguments of Compose services, values of charts, all
#   that MCP clients are told of their servers. On a command line, the value of an option that is named for a secret is one. A secret of a sub-chart that is switched off is advice. A configuration in a Secret object is not judged: that is where it
#   belongs. Files of clients count as tracked by git, since a linter of files cannot know. Findings tell the key and the length, nothing else.
# related_resources:
#   - https://cwe.mitre.org/data/definitions/798.html
# custom:
#   severity: critical
#   admission: none
#   artefacts: [hangar-config, bridge-gateway-config, bridge-router-config, compose, helm-values, mcp-client-config]
#   unread: [openmcp-config, openmcp-catalog, alertmanager-config]
#   items: [hangar-006, gateway-009, bridge-122, python-026, bridge-133]
#   also: [OWASP-K8s-2022 K08, CWE-798]
#   fix: "yes: replace the literal by ${NAME} and list NAME in .env.example (the value itself is left to the operator)"
#   remediation: Replace the value by `${NAME}` (mcp-bridge - leave it empty and set the variable that overrides the key), and change the secret, since it was written down.
package mcp.controls.secrets.no_plaintext_in_config

import data.mcp.lib.finding
import data.mcp.lib.secrets

judged contains {"artefact": index} if {
	some index, artefact in input.artefacts
	not _in_secret(artefact)
}

inapplicable contains {"artefact": index, "reason": "it stands in a Secret"} if {
	some index, artefact in input.artefacts
	_in_secret(artefact)
}

findings contains finding.at(secret, message) if {
	some secret in _secrets
	fault := _fault(secret)
	not secret.off
	message := $"{secret.what} {fault}"
}

findings contains finding.advice(secret, message) if {
	some secret in _secrets
	fault := _fault(secret)
	secret.off
	message := $"{secret.what}, of a part that is switched off, {fault}"
}

default _in_secret(_) := false

_in_secret(artefact) if artefact.outer.object == "Secret"

_fault(secret) := $"is a placeholder in the file ({secret.length} characters)" if {
	secret.class == "literal"
	secret.placeholder
} else := $"is written in the file ({secret.length} characters)" if {
	secret.class == "literal"
	not secret.within
} else := $"has a secret of {secret.length} characters written in it" if {
	secret.class == "literal"
} else := $"falls back to a secret that is written in the file ({secret.length} characters)" if {
	secret.class == "default-literal"
} else := $"has a part that is written in the file ({secret.length} characters)" if {
	secret.class == "mixed"
} else := $"holds the variable {secret.variable}, which the program does not expand" if {
	secret.class == "unexpanded"
}

default _secrets := []

_secrets := [secret |
	some secret in array.concat(secrets.of_values, array.concat(secrets.of_services, _of_clients))
	not _in_secret(input.artefacts[secret.artefact])
]

# An argument that no option names is told by its number.
_named(given) := $"argument {given.path[count(given.path) - 1] + 1}" if {
	given.name == "args"
	is_number(given.path[count(given.path) - 1])
} else := given.name

_of_clients := [secret |
	some index, artefact in input.artefacts
	artefact.kind == "mcp-client-config"
	object.get(artefact, "tracked", true)
	some position, server in artefact.value.servers
	some given in server.secrets
	secret := object.union(given, {
		"artefact": index,
		"path": array.concat(["servers", position], given.path),
		"what": $"{_named(given)} of server {server.name}",
		"off": false,
	})
]
