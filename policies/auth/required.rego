# METADATA
# title: Require authentication on every MCP gateway
# description: |
#   An open gateway lets anyone who can reach the port call every tool behind it.
#
#   Hangar: `auth.enabled` must be on, since without it everybody is let in; `allow_anonymous` must not be, and one authenticator must be: API keys
#   (on unless `api_key.enabled` is false) or OIDC with an issuer. A switch in quotes is on whatever it says, and what a variable gives is such a
#   text: `allow_anonymous: "${OPEN:-false}"` lets everybody in. A configuration that only processes on stdio mount is not judged: containers or
#   Compose services whose command or arguments do not serve over HTTP, without an MCP_MODE that does. A file that nobody is seen to mount is judged
#   as served over HTTP. Values of the chart mcp-hangar are judged by the `auth` that they render; an overlay alone only by what it sets.
#
#   mcp-bridge: `auth.provider` absent means `jwt`. The empty text, which is the chart's default, switches authentication off; any other value is refused
#   when the gateway starts. A stdio frontend accepts everybody who reaches it, whatever `auth_required` says, so a Unix socket must be closed to
#   others (at most 0660, absent means 0600), and named pipes fail.
#
#   Variables and templates are undecided. Limits: what an environment variable of the gateway (MCP_GATEWAY_AUTH_PROVIDER) overrides is not seen, and
#   whether the running gateway refuses a bad credential is for a probe.
# related_resources:
#   - https://owasp.org/API-Security/editions/2023/en/0xa2-broken-authentication/
# custom:
#   severity: critical
#   admission: none
#   artefacts: [hangar-config, bridge-gateway-config, helm-values]
#   unread: [openmcp-config, env-file, endpoint]
#   items: [hangar-002, gateway-001, gateway-009, stack-024, bridge-013]
#   also: [OWASP-API-2023 API2, OWASP-K8s-2022 K06]
#   fix: 'yes: set auth.enabled: true and allow_anonymous: false (Hangar), api_key: "${MCP_GATEWAY_API_KEY}" (openmcp)'
#   remediation: |
#     Hangar: `auth: {enabled: true}`, then mint keys with its command line or configure `auth.oidc`. mcp-bridge: `auth: {provider: jwt, jwt:
#     {secret_key_env: JWT_SECRET_KEY}}` and that variable from a Secret.
package mcp.controls.auth.required

import data.mcp.lib.configs
import data.mcp.lib.finding
import data.mcp.lib.value

# Hangar, in its own file and as the values of its chart.

judged contains {"artefact": served.artefact} if {
	some served in _hangar
	not _open(served)
}

findings contains finding.at(place, message) if {
	some served in _hangar
	not served.overlay
	not _has(served.auth, "enabled")
	not served.unsure
	place := finding.below(served, ["auth", "enabled"])
	message := "authentication is off: auth.enabled is not set, and everybody is let in"
}

findings contains finding.at(place, $"authentication is off: auth.enabled is {_shown(given)}") if {
	some served in _hangar
	not served.unsure
	given := served.auth.enabled
	_truth(given) == "no"
	given != null
	place := finding.below(served, ["auth", "enabled"])
}

findings contains finding.at(place, message) if {
	some served in _hangar
	not served.unsure
	given := served.auth.allow_anonymous
	_truth(given) == "yes"
	place := finding.below(served, ["auth", "allow_anonymous"])
	message := $"callers without a credential are let in: auth.allow_anonymous is {_shown(given)}"
}

findings contains finding.at(place, "no authenticator is on: auth.api_key is off, and auth.oidc has no issuer or is off") if {
	some served in _hangar
	_truth(served.auth.enabled) == "yes"
	_truth(served.auth.api_key.enabled) == "no"
	not served.overlay
	not served.unsure
	_oidc(served.auth) == "no"
	place := finding.below(served, ["auth", "api_key", "enabled"])
}

undecided contains {"artefact": served.artefact, "path": ["auth", key], "reason": $"the value is not known: {given.unresolved}"} if {
	some served in _hangar
	some key in ["enabled", "allow_anonymous"]
	given := served.auth[key]
	value.unresolved(given)
}

undecided contains {"artefact": served.artefact, "path": ["auth"], "reason": served.unsure} if {
	some served in _hangar
	served.unsure
	not _closed(served.auth)
}

undecided contains {"artefact": served.artefact, "path": ["auth", "api_key"], "reason": "whether an authenticator is on is not known"} if {
	some served in _hangar
	_truth(served.auth.enabled) == "yes"
	not served.overlay
	_keys(served.auth) != "yes"
	_oidc(served.auth) != "yes"
	_unsure(served.auth)
}

undecided contains {"artefact": served.artefact, "path": ["auth", "enabled"], "reason": reason} if {
	some served in _hangar
	served.overlay
	not _has(served.auth, "enabled")
	reason := "auth.enabled is set in the base values, which are not merged with this overlay"
}

inapplicable contains {"artefact": config.artefact, "reason": "only processes on stdio read it"} if {
	some config in configs.hangar
	_only_stdio(config)
}

default _hangar := []

_hangar := array.concat(
	[served |
		some config in configs.hangar
		not _only_stdio(config)
		served := object.union({"artefact": config.artefact, "path": [], "auth": _map(config.value, "auth"), "overlay": false}, _unknown(config))
	],
	[served |
		some index, artefact in input.artefacts
		artefact.kind == "helm-values"
		artefact.chart == "mcp-hangar"
		overlay := object.get(artefact, "overlay", false)
		_names_auth(artefact.value, overlay)
		served := object.union(
			{"artefact": index, "path": [], "auth": _map(artefact.value, "auth"), "overlay": overlay},
			_unknown({"value": artefact.value, "consumers": []}),
		)
	],
)

default _names_auth(_, _) := false

_names_auth(_, false)

_names_auth(values, true) if _has(values, "auth")

_map(value, key) := value[key] if is_object(value[key])

else := {}

default _has(_, _) := false

_has(map, key) if map[key] != null

# What stands against saying that authentication is off.
_unknown(config) := {"unsure": $"the value is not known: {config.value.auth.unresolved}"} if {
	value.unresolved(config.value.auth)
} else := {"unsure": "whether it is served over HTTP is not known"} if {
	_maybe_stdio(config)
} else := {}

default _closed(_) := false

_closed(auth) if {
	_truth(auth.enabled) == "yes"
	_truth(object.get(auth, "allow_anonymous", false)) == "no"
}

default _open(_) := false

_open(served) if {
	served.unsure
	not _closed(served.auth)
}

_open(served) if _truth(served.auth.enabled) == "unknown"

_open(served) if {
	served.overlay
	not _has(served.auth, "enabled")
}

# A switch as Python takes it: any text is on, also `"false"`.
_truth(given) := "unknown" if {
	value.unresolved(given)
} else := "no" if {
	_empty(given)
} else := "yes"

default _empty(_) := false

_empty(false)

_empty(null)

_empty(0)

_empty("")

_empty([])

_empty({})

_shown(given) := $"the text {given}, which is on to Hangar" if {
	is_string(given)
	given != ""
} else := "empty" if {
	given == ""
} else := $"{given}"

# Whether callers can sign in with keys.
_keys(auth) := _truth(auth.api_key.enabled) if {
	_given(auth, ["api_key", "enabled"])
} else := "yes"

_given(auth, steps) if object.get(auth, steps, "absent") != "absent"

# Whether they can with tokens of an issuer.
_oidc(auth) := "no" if {
	_truth(object.get(auth, ["oidc", "enabled"], false)) == "no"
} else := "no" if {
	_issuers(auth.oidc) == "no"
} else := "unknown" if {
	value.unresolved(auth.oidc.enabled)
} else := _issuers(auth.oidc)

default _unsure(_) := false

_unsure(auth) if _keys(auth) == "unknown"

_unsure(auth) if _oidc(auth) == "unknown"

_issuers(oidc) := "yes" if {
	some issuer in oidc.issuers
	is_object(issuer)
} else := "unknown" if {
	value.unresolved(oidc.issuers)
} else := _truth(object.get(oidc, "issuer", ""))

default _only_stdio(_) := false

_only_stdio(config) if {
	count(config.consumers) > 0
	count([process | some process in config.consumers; _serves(process)]) == 0
	not _maybe_stdio(config)
}

default _serves(_) := false

_serves(process) if {
	configs.words(process) == []
	not _maybe(process)
}

_serves(process) if {
	some word in configs.words(process)
	contains(word, "--http")
}

_serves(process) if {
	is_string(process.mcp_mode)
	_http_modes[lower(trim_space(process.mcp_mode))]
}

# A container that does something else with the file does not tell how Hangar is started.
_serves(process) if {
	not _is_hangar(process)
	not _maybe(process)
}

_http_modes := {"http": true, "1": true, "true": true, "yes": true, "on": true}

default _is_hangar(_) := false

_is_hangar(process) if process.component == "hangar"

_is_hangar(process) if {
	some word in configs.words(process)
	some part in split(word, " ")
	_programs[part]
}

_programs := {"mcp-hangar": true, "/usr/local/bin/mcp-hangar": true, "serve": true}

# Nothing is seen to serve, and something that is not known may.
default _maybe_stdio(_) := false

_maybe_stdio(config) if {
	count(config.consumers) > 0
	count([process | some process in config.consumers; _serves(process)]) == 0
	some process in config.consumers
	_maybe(process)
}

default _maybe(_) := false

_maybe(process) if value.unresolved(process.mcp_mode)

_maybe(process) if {
	some key in ["command", "args"]
	value.unresolved(process[key])
}

_maybe(process) if {
	some key in ["command", "args"]
	some word in process[key]
	value.unresolved(word)
}

# mcp-bridge.

judged contains {"artefact": config.artefact} if {
	some config in configs.bridge_gateway
	not value.unresolved(_provider(config.value))
}

findings contains finding.at(place, message) if {
	some config in configs.bridge_gateway
	message := _refused(_provider(config.value))
	place := finding.below(config, ["auth", "provider"])
}

undecided contains value.undecided_at(config, ["auth", "provider"], given) if {
	some config in configs.bridge_gateway
	given := _provider(config.value)
	value.unresolved(given)
}

_provider(config) := config.auth if {
	value.unresolved(config.auth)
} else := provider if {
	provider := config.auth.provider
	provider != null
} else := "jwt"

_refused("") := "authentication is off: auth.provider is empty"

_refused(provider) := $"auth.provider {provider} is refused when the gateway starts" if {
	is_string(provider)
	not _loadable[provider]
}

_refused(provider) := "auth.provider is no text, and is refused when the gateway starts" if {
	not is_string(provider)
	not value.unresolved(provider)
}

_loadable := {"": true, "jwt": true}

findings contains finding.at(place, message) if {
	some config in configs.bridge_gateway
	some index, frontend in config.value.server.frontends
	frontend.protocol == "stdio"
	object.get(frontend, "enabled", true) != false
	object.get(frontend, ["config", "enabled"], true) != false
	some position, mode in frontend.config.modes
	object.get(mode, "enabled", true) != false
	[step, reason] := _open_mode(mode)
	place := finding.below(config, ["server", "frontends", index, "config", "modes", position, step])
	message := $"a stdio frontend accepts everybody who reaches it, and {reason}"
}

_open_mode(mode) := ["type", "a named pipe is open to other users"] if mode.type == "named_pipes"

_open_mode(mode) := ["permissions", $"its socket is open to other users with {mode.permissions}"] if {
	mode.type == "unix_socket"
	is_string(mode.permissions)
	not _private[trim_left(mode.permissions, "0o")]
}

# Modes of at most 0660, without leading zeros; without any it is 0600.
_private := {mode: true |
	some mode in ["", "20", "40", "60", "200", "220", "240", "260", "400", "420", "440", "460", "600", "620", "640", "660"]
}

# The chart mcp-bridge writes an empty provider unless `gateway.config.data` is given; what is given there is judged as the configuration that it is.

findings contains finding.at({"artefact": index, "path": ["gateway", "config", "data"]}, message) if {
	some index in _bridge_values
	message := "authentication is off: gateway.config.data is not set, and the chart's own configuration has an empty auth.provider"
}

judged contains {"artefact": index} if some index in _bridge_values

default _bridge_values := []

_bridge_values := [index |
	some index, artefact in input.artefacts
	artefact.kind == "helm-values"
	artefact.chart == "mcp-bridge"
	not artefact.overlay
	object.get(artefact.value, ["gateway", "config", "data"], "") == ""
]
