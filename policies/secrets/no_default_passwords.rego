# METADATA
# title: Configure no vendor or tutorial default password
# description: |
#   Defaults are in every scanner's dictionary.
#
#   A default is a value under the name of a secret, the password of a URL included, that is in the list of such passwords (`params.default_passwords`;
#   an entry that ends in `*` stands for all that begin so) or is the name of the user beside it. The fallback of a variable counts as what is written.
#   A server of a well-known image that is given no password at all counts as one with its default: PostgreSQL, MySQL and MongoDB by their variables,
#   Redis by its command line, since the official image reads no variable, Grafana by GF_SECURITY_ADMIN_PASSWORD or its `__FILE`. An empty Helm value is
#   generated or set elsewhere. What a service of development or a part of a chart that is switched off says is advice; files that only show what to write
#   are not judged.
#
#   Undecidable is a server whose environment comes from a file or object that is not read, a Redis with a configuration file and a Grafana with a
#   mounted grafana.ini: those files are not read. A password in a script of a shell is not looked at.
# related_resources:
#   - https://cwe.mitre.org/data/definitions/1392.html
# custom:
#   severity: critical
#   admission: deny
#   artefacts: [compose, env-file, helm-values, kubernetes]
#   unread: [redis-conf]
#   cases:
#     database: "PostgreSQL, MySQL and MongoDB have a password of their own: in their variables, in the addresses of databases, in the values of their charts. `trust` and empty passwords are none."
#     dashboard: Grafana's administrator has a password that was set.
#     redis: Redis asks for a password, whatever confines its port.
#     other: No other secret has a value that every dictionary has.
#   items: [stack-022, stack-018, stack-081, bridge-039]
#   instances:
#     stack-022: [database, dashboard, redis, other]
#     stack-018: dashboard
#     stack-081: [database, redis]
#     bridge-039: redis
#   params: [default_passwords]
#   fix: "no"
#   remediation: |
#     Set a password that was made at random, and hand it over as a file or a Secret (`POSTGRES_PASSWORD_FILE`, `GF_SECURITY_ADMIN_PASSWORD__FILE`,
#     `secretKeyRef`). Start Redis with `--requirepass` from a variable without a fallback, or with an ACL file.
package mcp.controls.secrets.no_default_passwords

import data.mcp.lib.finding
import data.mcp.lib.secrets
import data.mcp.lib.stores

findings contains answer if {
	some default_password in _defaults
	answer := _said(default_password, default_password.case, $"{default_password.what} {default_password.fault}")
}

findings contains answer if {
	some server in stores.servers
	not _example[server.artefact]
	fault := _fault(server)
	answer := _said(object.union(server, {"path": fault.path, "off": false}), server.case, $"{server.title} runs {data.stores.called[server.family]} {fault.what}")
}

findings contains answer if {
	some part in _chart_parts
	part.open
	answer := _said(part, part.case, part.message)
}

undecided contains {"artefact": server.artefact, "case": server.case, "path": server.path, "reason": reason} if {
	some server in stores.servers
	not _example[server.artefact]
	not _fault(server)
	not _protected(server)
	reason := _unknown(server)
}

judged contains {"artefact": secret.artefact, "case": _case(secret)} if {
	some secret in secrets.given
	not _example[secret.artefact]
}

judged contains {"artefact": server.artefact, "case": server.case} if {
	some server in stores.servers
	not _example[server.artefact]
}

judged contains {"artefact": part.artefact, "case": part.case} if some part in _chart_parts

inapplicable contains {"artefact": index, "case": case, "reason": "the file only shows what to write"} if {
	some index, _ in _example
	some case in _cases
}

inapplicable contains {"artefact": index, "case": case, "reason": "nothing here has such a password"} if {
	some index, artefact in input.artefacts
	artefact.kind != "kubernetes"
	some case in _cases
}

_cases := ["database", "dashboard", "redis", "other"]

_example := {index: true |
	some index, artefact in input.artefacts
	artefact.example
	artefact.kind != "compose"
}

_said(place, case, message) := finding.warning(case, place, message) if {
	place.development
} else := finding.warning(case, place, message) if {
	place.off
} else := finding.in_case(case, place, message)

_defaults := [answer |
	some secret in secrets.given
	secret.common
	how := _how(secret)
	not _example[secret.artefact]
	answer := object.union(secret, {"case": _case(secret), "fault": $"{how} {_known(secret)}"})
]

_how(secret) := "holds an address with" if {
	secret.within
	_written[secret.class]
} else := _written[secret.class]

_written := {
	"literal": "is",
	"default-literal": "falls back to",
}

_known(secret) := "the name of the user beside it" if {
	secret.user
	not secret.within
} else := "the name of the user as password" if secret.user

else := "a password that every dictionary has"

# What a secret is for, by its name and where it stands.
_case(secret) := "dashboard" if {
	_names("dashboard", secret)
} else := "database" if {
	_begins("database", secret)
} else := "redis" if {
	_begins("redis", secret)
} else := "redis" if {
	_names("redis", secret)
} else := "database" if {
	_names("database", secret)
} else := "other"

default _names(_, _) := false

_names(case, secret) if {
	about := replace(replace(replace($"_{secret.about}_", ".", "_"), "-", "_"), " ", "_")
	some word in data.stores.words[case]
	contains(about, word)
}

default _begins(_, _) := false

_begins(case, secret) if {
	some scheme in data.stores.schemes[case]
	startswith(secret.scheme, scheme)
}

# Why a server is open, and where; undefined where it is not, or nobody can tell.
_fault(server) := {"path": entry.path, "what": $"and lets everybody in ({entry.name})"} if {
	some entry in server.entries
	_opens(server, entry)
} else := {"path": entry.path, "what": $"with an empty password ({entry.name})"} if {
	some entry in server.entries
	_passwords(server)[entry.name]
	_empty[entry.value.secret.class]
} else := {"path": path, "what": "with an empty password (--requirepass)"} if {
	server.family == "redis"
	some word in server.words
	word.after == "--requirepass"
	_empty[word.secret.class]
	path := server.command_path
} else := {"path": _place(server), "what": _without(server)} if {
	not _protected(server)
	not _unknown(server)
}

_empty := {"empty": true, "default-empty": true}

default _opens(_, _) := false

_opens(server, entry) if {
	server.family == "postgres"
	entry.name == "POSTGRES_HOST_AUTH_METHOD"
	entry.value == "trust"
}

# Beside a password this lets nobody in.
_opens(server, entry) if {
	_databases[server.family]
	not _protected(server)
	data.stores.open[entry.name]
	_yes[lower($"{entry.value}")]
}

_yes := {"yes": true, "true": true, "1": true}

_databases := {"mysql": true, "mongo": true, "redis": true, "postgres": true}

_passwords(server) := data.stores.bitnami_redis if {
	server.family == "redis"
	startswith(server.repository, "bitnami")
} else := data.stores.passwords[server.family]

default _protected(_) := false

_protected(server) if {
	some entry in server.entries
	_passwords(server)[entry.name]
	entry.value != null
}

_protected(server) if {
	some name in server.from
	_passwords(server)[name]
}

_protected(server) if {
	server.family == "redis"
	some word in _texts(server)
	_redis_word(word)
}

_protected(server) if {
	server.family == "mongo"
	some word in _texts(server)
	_mongo_options[word]
}

_protected(server) if {
	server.family == "grafana"
	some word in _texts(server)
	contains(word, "admin_password")
}

_mongo_options := {"--auth": true, "--keyFile": true}

# Also in a script of a shell, and in the variable that redis-stack adds to its command line.
_texts(server) := array.concat(
	[word | some word in server.words; is_string(word)],
	[entry.value | some entry in server.entries; endswith(entry.name, "_ARGS"); is_string(entry.value)],
)

default _redis_word(_) := false

_redis_word(word) if contains(word, "requirepass")

_redis_word(word) if contains(word, "aclfile")

_redis_word(word) if startswith(word, "--user")

# Why nobody can tell whether a server has a password, or undefined.
_unknown(server) := $"the password may come from {server.unknown}" if {
	server.unknown != ""
} else := "its configuration file is not read" if {
	server.family == "redis"
	some word in _texts(server)
	contains($"{word} ", ".conf ")
} else := "its command line is not known" if {
	some word in server.words
	is_string(word.unresolved)
} else := "its command line is not known" if {
	some entry in server.entries
	endswith(entry.name, "_ARGS")
	is_string(entry.value.unresolved)
} else := "the mounted grafana.ini is not read" if {
	server.family == "grafana"
	some target in server.mounts
	_holds_ini(target)
} else := "the mounted configuration file is not read" if {
	server.family == "redis"
	server.words == []
	some target in server.mounts
	_holds_conf(target)
}

default _holds_ini(_) := false

_holds_ini(target) if trim_right(target, "/") == "/etc/grafana"

_holds_ini(target) if endswith(target, ".ini")

default _holds_conf(_) := false

_holds_conf(target) if endswith(target, ".conf")

_holds_conf(target) if endswith(trim_right(target, "/"), "/etc/redis")

_holds_conf(target) if contains(target, "/mounted-etc")

_place(server) := server.command_path if {
	server.family == "redis"
	server.words != []
} else := server.path

_without(server) := "whose GF_SECURITY_ADMIN_PASSWORD_FILE it does not read (two underscores before FILE), so the password stays admin" if {
	server.family == "grafana"
	some entry in server.entries
	entry.name == "GF_SECURITY_ADMIN_PASSWORD_FILE"
} else := "and sets no password for its administrator, which stays admin" if {
	server.family == "grafana"
} else := "and sets no password for its administrator" if {
	server.family == "keycloak"
} else := "without a password; its image reads none from a variable" if {
	server.family == "redis"
	some entry in server.entries
	data.stores.bitnami_redis[entry.name]
} else := "without a password"

# Sub-charts whose authentication Helm values switch, and the administrator of Grafana that a known chart names.
default _chart_parts := []

_chart_parts := array.concat(
	[part |
		some index, artefact in input.artefacts
		artefact.kind == "helm-values"
		not artefact.example
		some name, case in data.stores.charts
		value := _chart_value(artefact, name)
		some switch in [["auth", "enabled"], ["usePassword"]]
		given := _switched(artefact, name, value, switch)
		part := {
			"artefact": index,
			"path": array.concat([name], switch),
			"case": case,
			"open": given == false,
			"development": false,
			"off": _off(artefact, name),
			"message": $"{name} runs without a password ({concat(".", switch)} is false)",
		}
	],
	[part |
		some index, artefact in input.artefacts
		artefact.chart == "mcp-bridge"
		not artefact.example
		artefact.value.grafana.enabled == true
		object.get(artefact.value, ["grafana", "adminPassword"], null) == null
		part := {
			"artefact": index,
			"path": ["grafana", "adminPassword"],
			"case": "dashboard",
			"open": object.get(artefact, "overlay", false) == false,
			"development": false,
			"off": false,
			"message": "grafana sets no password for its administrator, which stays admin",
		}
	],
)

_chart_value(artefact, name) := artefact.value[name] if {
	is_object(artefact.value[name])
} else := {} if {
	name == "redis"
	artefact.chart == "mcp-bridge"
	not artefact.value.redis
}

_switched(_, _, value, switch) := given if {
	given := object.get(value, switch, null)
	is_boolean(given)
}

# The default of the chart.
_switched(artefact, "redis", value, ["auth", "enabled"]) := false if {
	artefact.chart == "mcp-bridge"
	object.get(artefact, "overlay", false) == false
	object.get(value, ["auth", "enabled"], null) == null
}

default _off(_, _) := false

_off(artefact, name) if {
	some path in artefact.off
	path == [name]
}
