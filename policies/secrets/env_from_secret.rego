# METADATA
# title: Feed secret environment variables from Secrets
# description: |
#   A literal value in a pod spec is visible to everyone who can read the Deployment.
#
#   Judged are the variables of every container, init container and ephemeral container, of Hangar's MCPServer and of ToolHive's servers too. A variable
#   that is named for a secret (password, token, API key ...) must come from `secretKeyRef`, be empty, or only refer: `$(OTHER)`, `${NAME}`, an absolute
#   path, a reference of a secret manager. A ConfigMap is no place to take one from, and neither is another variable of the container with a literal
#   value. Under any other name the password in a URL is a secret, and so is a text with the form of a provider's token or of a private key. Literal text
#   beside a variable is advice. Names that say where a secret is, what it is called or how long it lives are none (`_FILE`, `_TTL`, `_URL` ...), nor are
#   switches, durations and small numbers. What a template decides is undecided. Findings tell the variable and a length, nothing else.
#   Limits: variables of `envFrom` are judged at the ConfigMap (secrets-not-in-configmap), and a file that an application reads is not looked into.
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/secret/
# custom:
#   severity: critical
#   admission: deny
#   artefacts: [kubernetes]
#   items: [python-132, python-025, bridge-133, python-026, bridge-122]
#   also: [CIS-K8s-1.8 5.4.1, OWASP-K8s-2022 K08]
#   fix: "no"
#   remediation: |
#     Put the value into a Secret and refer to it: `valueFrom: {secretKeyRef: {name: ..., key: ...}}`, or mount it as a file. Change the secret, since it
#     was written down. A password inside a URL becomes a variable of its own that the URL names: `postgres://app:$(DB_PASSWORD)@db/app`.
package mcp.controls.secrets.env_from_secret

import data.mcp.lib.finding
import data.mcp.lib.kubernetes
import data.mcp.lib.value

judged contains {"artefact": pod.artefact} if some pod in kubernetes.pods

findings contains finding.at(variable, message) if {
	some variable in _classified
	fault := _fault(variable.fact)
	message := $"{variable.name} of {variable.container.title} {fault}"
}

findings contains finding.advice(variable, message) if {
	some variable in _classified
	variable.fact.class == "mixed"
	message := $"{variable.name} of {variable.container.title} has literal text beside the variable {variable.fact.variable} ({variable.fact.length} characters)"
}

# $(OTHER) is expanded from the variables of the same container.
findings contains finding.at(variable, message) if {
	some variable in _classified
	variable.fact.class == "reference"
	other := variable.fact.variable
	some entry in variable.container.value.env
	entry.name == other
	source := _openly(entry)
	message := $"{variable.name} of {variable.container.title} is taken from {other}, which {source}"
}

findings contains finding.at(place, message) if {
	some variable in _named
	reference := variable.entry.valueFrom.configMapKeyRef
	is_object(reference)
	not value.unresolved(reference)
	place := finding.below(variable, ["valueFrom", "configMapKeyRef"])
	message := $"{variable.name} of {variable.container.title} comes from {_config_map(reference)}, not from a Secret"
}

undecided contains value.undecided_at(variable, [], {"unresolved": "a template"}) if {
	some variable in _classified
	variable.fact.class == "reference"
	variable.fact.via == "template"
}

undecided contains answer if {
	some container in kubernetes.unresolved_containers
	some key in ["env", "valueFrom"]
	some known in container.unresolved
	_is_source(known.path, container.path, key)
	answer := {"artefact": container.artefact, "path": known.path, "reason": $"the value is not known: {known.what}"}
}

_fault(fact) := $"has a literal with the form of a provider's token or a private key ({fact.length} characters)" if {
	fact.class == "literal"
	fact.provider
} else := $"has a placeholder in place of a Secret ({fact.length} characters)" if {
	fact.class == "literal"
	fact.placeholder
} else := $"has a literal value of {fact.length} characters" if {
	fact.class == "literal"
	not fact.within
} else := $"has a secret of {fact.length} characters written in its URL" if {
	fact.class == "literal"
	fact.within == "url"
} else := $"has a secret of {fact.length} characters written in its connection string" if {
	fact.class == "literal"
} else := $"falls back to a literal of {fact.length} characters" if {
	fact.class == "default-literal"
}

# A value that stands there for everyone to read.
_openly(entry) := "has a literal value" if {
	is_string(entry.value)
	entry.value != ""
	not startswith(entry.value, "$")
} else := "comes from a ConfigMap" if {
	is_object(entry.valueFrom.configMapKeyRef)
}

_config_map(reference) := $"ConfigMap {reference.name}" if {
	is_string(reference.name)
} else := "a ConfigMap"

# Variables with a value that the host knows for a secret.
default _classified := []

_classified := [variable |
	some container in kubernetes.containers
	some index, entry in container.value.env
	fact := entry.value.secret
	variable := {
		"artefact": container.artefact,
		"path": array.concat(container.path, ["env", index, "value"]),
		"container": container,
		"name": _name(entry),
		"fact": fact,
	}
]

# Variables that are named for a secret and take it from elsewhere.
default _named := []

_named := [variable |
	some container in kubernetes.containers
	some index, entry in container.value.env
	entry.secret == true
	variable := {
		"artefact": container.artefact,
		"path": array.concat(container.path, ["env", index]),
		"container": container,
		"name": _name(entry),
		"entry": entry,
	}
]

_name(entry) := entry.name if {
	is_string(entry.name)
} else := "a variable"

# The list of variables, one of them, its name, or where it comes from: what a template decides there, and no more.
_is_source(path, start, "env") if {
	count(path) > count(start)
	count(path) <= count(start) + 2
	array.slice(path, 0, count(start)) == start
	path[count(start)] == "env"
}

_is_source(path, start, "valueFrom") if {
	count(path) == count(start) + 3
	array.slice(path, 0, count(start)) == start
	path[count(start)] == "env"
	_open[path[count(path) - 1]]
}

_open := {"name": true, "valueFrom": true}
