# METADATA
# title: Put no credentials into ConfigMaps
# description: |
#   ConfigMaps are readable by far more identities and are not encrypted at rest.
#
#   An entry whose key is named for a secret (helper secret_name) must be empty or only refer to where the secret is: a variable, an absolute path, a
#   reference of a secret manager. Under any other key the password in a URL is a secret. A key that ends like a file's name is a file: a configuration of
#   Hangar, mcp-bridge, Open MCP Gateway or Alertmanager, values of a chart and the configuration of an MCP client are read by their keys, an env file by
#   its variables; the entry is reported here, the lines that secrets-no-plaintext-in-config knows of are reported there too. Every other file is only
#   searched for what cannot be anything else: tokens of providers, private keys (also of a JSON web key), and passwords in URLs and connection strings
#   outside of comments. Dashboards, rules and scripts are not searched for words. `binaryData` is decoded where it is text. Certificates and public keys
#   are no secrets. Literal text beside a variable is advice; what a template decides is undecided. Findings tell the key, and of a value its length,
#   nothing else. Limits: a password in the properties of a program that is not known here is not found.
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/configmap/
# custom:
#   severity: critical
#   admission: deny
#   artefacts: [kubernetes]
#   items: [bridge-122, hangar-006]
#   also: [OWASP-K8s-2022 K08]
#   fix: "no"
#   remediation: |
#     Move the entry into a Secret and mount it beside the ConfigMap; in a configuration write `${NAME}` and give the variable by `secretKeyRef`. Change
#     the secret, since it was written down.
package mcp.controls.secrets.not_in_configmap

import data.mcp.lib.finding
import data.mcp.lib.value

judged contains {"artefact": config_map.artefact} if some config_map in _config_maps

findings contains finding.at(secret, message) if {
	some secret in _secrets
	secret.class != "mixed"
	message := _message(secret)
}

findings contains finding.advice(secret, message) if {
	some secret in _secrets
	secret.class == "mixed"
	message := $"{_subject(secret)} has literal text beside the variable {secret.variable} ({secret.length} characters)"
}

undecided contains value.undecided_at(secret, [], {"unresolved": "a template"}) if {
	some secret in _secrets
	secret.via == "template"
}

_message(secret) := $"{_field(secret)} holds {secret.inside}" if {
	secret.inside
	secret.provider
	not secret.more
	secret.length == 0
} else := $"{_field(secret)} holds {secret.inside} ({secret.length} characters)" if {
	secret.within
	startswith(secret.inside, "a password in")
} else := $"{_field(secret)} holds {secret.inside} with the variable {secret.variable}, which the program does not expand{_more(secret)}" if {
	secret.inside
	secret.class == "unexpanded"
} else := $"{_field(secret)} holds {secret.inside} with a fallback of {secret.length} characters{_more(secret)}" if {
	secret.inside
	secret.class == "default-literal"
} else := $"{_field(secret)} holds {secret.inside} in plain text ({secret.length} characters){_more(secret)}" if {
	secret.inside
	secret.class == "literal"
} else := $"{_field(secret)} is a token of a provider or a private key ({secret.length} characters)" if {
	secret.provider
} else := $"{_field(secret)} is a placeholder in place of a Secret ({secret.length} characters)" if {
	secret.class == "literal"
	secret.placeholder
} else := $"{_field(secret)} is a secret in plain text ({secret.length} characters)" if {
	secret.class == "literal"
	not secret.within
} else := $"{_field(secret)} has a secret of {secret.length} characters written in it" if {
	secret.class == "literal"
} else := $"{_field(secret)} falls back to a secret of {secret.length} characters" if {
	secret.class == "default-literal"
}

_subject(secret) := $"{secret.inside} in {_field(secret)}" if {
	secret.inside
} else := _field(secret)

_field(secret) := $"{secret.path[0]}.{secret.name}"

_more(secret) := $", and {secret.more} more" if {
	secret.more
} else := ""

_secrets := [secret |
	some config_map in _config_maps
	some given in config_map.secrets
	secret := object.union(given, {"artefact": config_map.artefact})
]

default _config_maps := []

_config_maps := [config_map |
	some index, artefact in input.artefacts
	artefact.value.kind == "ConfigMap"
	artefact.value.apiVersion == "v1"
	config_map := {"artefact": index, "secrets": object.get(artefact, "secrets", [])}
]
