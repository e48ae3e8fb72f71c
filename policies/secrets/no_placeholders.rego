# METADATA
# title: Leave no placeholder values in environment files, Secrets and configuration
# description: |
#   A deployment that still says your_*_here or CHANGE_ME either fails or runs with a public value.
#
#   A placeholder is a value that as a whole has the form of `params.placeholder_regex`, without quotes and in any case; the fallback of a variable counts as
#   what is written. Under the name of a secret it is a fault wherever it stands, in a webhook's address too. Among the other values it is one in env files,
#   where host names that nobody owns (example.com, yourdomain.com) are placeholders too, and in Secrets. Elsewhere what says that it is to be replaced is
#   advice, and so is such a host name in an Ingress, in Helm values and in addresses. Entries of `data` in a Secret are decoded. What a service of
#   development says is advice, and so is what stands in a part of a chart that is switched off. Files with the word example, sample or template in their
#   name are not judged: they are there to be filled in. An empty value is no placeholder.
# custom:
#   severity: high
#   admission: warn
#   artefacts: [env-file, kubernetes, compose, helm-values, hangar-config, bridge-gateway-config, bridge-router-config]
#   unread: [openmcp-config, openmcp-catalog]
#   cases:
#     jwt-key: No key that signs tokens (its name says jwt, and secret or key) is a placeholder.
#     secret: No other secret and no address of a webhook is a placeholder.
#     value: No other value of an env file or a Secret is a placeholder.
#   items: [stack-008, bridge-013, bridge-122, bridge-133, stack-017, stack-022, stack-080]
#   instances:
#     stack-008: [jwt-key, secret, value]
#     bridge-013: jwt-key
#     stack-017: jwt-key
#     stack-080: jwt-key
#     bridge-122: [jwt-key, secret]
#     bridge-133: [jwt-key, secret]
#     stack-022: [jwt-key, secret]
#   params: [placeholder_regex]
#   fix: "no"
#   remediation: Put the real value in its place, or better refer to where it is kept - a Secret, a mounted file, a variable without a fallback. A file that only shows what to write says so in its name (`.env.example`).
package mcp.controls.secrets.no_placeholders

import data.mcp.lib.configs
import data.mcp.lib.finding
import data.mcp.lib.secrets

findings contains answer if {
	some secret in secrets.given
	secret.placeholder
	fault := _written[secret.class]
	not _example[secret.artefact]
	answer := _said(secret, _case(secret), $"{secret.what} {fault} ({secret.length} characters)")
}

findings contains finding.in_case(value.case, value, value.message) if {
	some value in _values
	value.counts
}

findings contains finding.warning(value.case, value, value.message) if {
	some value in _values
	not value.counts
}

judged contains {"artefact": secret.artefact, "case": _case(secret)} if {
	some secret in secrets.given
	not _example[secret.artefact]
}

judged contains {"artefact": index, "case": "value"} if {
	some index, artefact in input.artefacts
	not _example[index]
	_has_values(artefact)
}

inapplicable contains {"artefact": index, "case": case, "reason": "the file only shows what to write"} if {
	some index, _ in _example
	some case in ["jwt-key", "secret", "value"]
}

inapplicable contains {"artefact": index, "case": case, "reason": "nothing here has the name of such a secret"} if {
	some index, artefact in input.artefacts
	artefact.kind != "kubernetes"
	some case in ["jwt-key", "secret"]
}

_example := {index: true |
	some index, artefact in input.artefacts
	artefact.example
}

_written := {"literal": "is a placeholder", "default-literal": "falls back to a placeholder"}

_said(place, case, message) := finding.warning(case, place, message) if {
	place.development
} else := finding.warning(case, place, message) if {
	place.off
} else := finding.in_case(case, place, message)

_case(secret) := "jwt-key" if {
	name := lower(secret.name)
	contains(name, "jwt")
	some word in ["secret", "key"]
	contains(name, word)
} else := "secret"

default _has_values(_) := false

_has_values(artefact) if artefact.kind != "kubernetes"

_has_values(artefact) if artefact.pod_path

_has_values(artefact) if artefact.value.kind == "Secret"

_has_values(artefact) if artefact.value.kind == "Ingress"

# Values that are no secrets: `counts` where they are more than advice.
default _values := []

_values := [answer |
	some index, artefact in input.artefacts
	some given in artefact.placeholders
	not artefact.example
	case := _value_case(given)
	counts := _counts(artefact, given)
	_told(artefact, given, counts)
	answer := {
		"artefact": index,
		"path": given.path,
		"case": case,
		"counts": counts,
		"message": $"{_what(artefact, given)} {_holds[given.what]}",
	}
]

_holds := {
	"marked": "is a placeholder",
	"word": "is a placeholder",
	"host": "names a host that is nobody's own",
}

_value_case(given) := "secret" if {
	contains(lower(given.name), "webhook")
	given.what != "host"
} else := "value"

default _counts(_, _) := false

_counts(artefact, _) if {
	artefact.kind == "env-file"
	artefact.mark != "development"
}

_counts(artefact, given) if {
	given.what == "marked"
	artefact.value.kind == "Secret"
	artefact.kind == "kubernetes"
}

_counts(artefact, given) if {
	given.what == "marked"
	contains(lower(given.name), "webhook")
	not given.off
	not _in_development(artefact, given)
	artefact.kind != "env-file"
}

# What is worth a word.
default _told(_, _, _) := false

_told(_, _, true) := true

_told(artefact, _, false) if artefact.kind == "env-file"

_told(_, given, false) if {
	given.what == "marked"
	not given.off
}

_told(_, given, false) if {
	given.what == "host"
	not given.off
	_for_hosts(given)
}

default _for_hosts(_) := false

_for_hosts(given) if {
	name := lower(given.name)
	some word in ["host", "hosts", "hostname", "url", "uri", "domain", "domains", "origin", "origins", "issuer", "endpoint"]
	endswith(name, word)
}

default _in_development(_, _) := false

_in_development(artefact, given) if {
	artefact.kind == "compose"
	artefact.value.services[given.path[1]].mark == "development"
}

_what(artefact, given) := given.name if {
	artefact.kind == "env-file"
} else := $"{given.name} of service {artefact.value.services[given.path[1]].name}" if {
	artefact.kind == "compose"
} else := configs.shown(given.path) if {
	last := given.path[count(given.path) - 1]
	last == given.name
} else := $"{configs.shown(given.path)} ({given.name})"
