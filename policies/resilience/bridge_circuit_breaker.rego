# METADATA
# title: Configure the gateway's circuit breakers
# description: |
#   Without a breaker that opens, one slow backend holds every connection of the gateway.
#
#   `routing.circuit_breaker` of mcp-bridge sets `failure_threshold` (2 to 20) and `success_threshold` (1 to 10) itself, since their defaults fit
#   nobody in particular. `timeout_seconds` is 1 to 300, or absent; v1.0.0 uses 10 seconds at most. `timeout` is not read, and a breaker with
#   `enabled: false` is none. A block `circuit_breaker` at the top, which v1.0.0 reads and does not use, keeps to the same where it is written.
#   A number in quotes is one to the gateway, and variables of its process (MCP_GATEWAY_ROUTING_CIRCUIT_BREAKER_FAILURE_THRESHOLD) count before the
#   file. Templates are undecided.
#   Limits: whether the breaker opens in time is for a drill.
# related_resources:
#   - https://github.com/actual-software/mcp-bridge
# custom:
#   severity: medium
#   admission: none
#   artefacts: [bridge-gateway-config]
#   items: [bridge-037]
#   fix: 'yes: rename timeout to timeout_seconds and convert the duration'
#   remediation: 'Write `routing: {circuit_breaker: {failure_threshold: 5, success_threshold: 2, timeout_seconds: 10}}`.'
package mcp.controls.resilience.bridge_circuit_breaker

import data.mcp.lib.configs
import data.mcp.lib.finding
import data.mcp.lib.value

judged contains {"artefact": config.artefact} if some config in configs.bridge_gateway

findings contains finding.at(place, "no circuit breaker is configured: routing.circuit_breaker is not set") if {
	some config in configs.bridge_gateway
	_breaker(config) == {}
	count([key | some key in _explicit; _from_environment(config, key)]) == 0
	place := finding.below(config, ["routing", "circuit_breaker"])
}

findings contains finding.at(place, $"the circuit breaker leaves {key} to its default") if {
	some config in configs.bridge_gateway
	breaker := _breaker(config)
	breaker != {}
	not value.unresolved(breaker)
	some key in _explicit
	object.get(breaker, key, null) == null
	not _from_environment(config, key)
	place := finding.below(config, ["routing", "circuit_breaker", key])
}

findings contains finding.at(setting, $"{configs.shown(setting.path)} is {_shown(setting.given)}, not {setting.range}") if {
	some setting in _settings
	not setting.fits
}

findings contains finding.at(place, $"{configs.shown(place.path)} is off") if {
	some config in configs.bridge_gateway
	some steps in _blocks
	_is_off(object.get(config.value, array.concat(steps, ["enabled"]), true))
	place := finding.below(config, array.concat(steps, ["enabled"]))
}

findings contains finding.at(place, $"{configs.shown(place.path)} is read by nothing: use timeout_seconds") if {
	some config in configs.bridge_gateway
	some steps in _blocks
	some key, _ in object.get(config.value, steps, {})
	lower(key) == "timeout"
	place := finding.below(config, array.concat(steps, [key]))
}

undecided contains value.undecided_at(config, steps, given) if {
	some config in configs.bridge_gateway
	some steps in _may_be_unknown
	given := object.get(config.value, steps, null)
	value.unresolved(given)
}

undecided contains {"artefact": setting.artefact, "path": setting.path, "reason": $"the value is not known: {setting.unresolved}"} if {
	some setting in _from_environments
	setting.unresolved
}

_explicit := ["failure_threshold", "success_threshold"]

_blocks := [["routing", "circuit_breaker"], ["circuit_breaker"]]

_keys := ["enabled", "failure_threshold", "success_threshold", "timeout_seconds", "max_requests"]

_may_be_unknown := array.concat([["routing"]], array.concat(_blocks, [array.concat(steps, [key]) | some steps in _blocks; some key in _keys]))

_ranges := {
	"failure_threshold": {"least": 2, "most": 20, "text": "2 to 20"},
	"success_threshold": {"least": 1, "most": 10, "text": "1 to 10"},
	"timeout_seconds": {"least": 1, "most": 300, "text": "1 to 300"},
}

_top_ranges := object.union(_ranges, {"max_requests": {"least": 1, "most": 1000000000, "text": "1 or more"}})

_breaker(config) := config.value.routing if {
	value.unresolved(config.value.routing)
} else := breaker if {
	breaker := config.value.routing.circuit_breaker
	is_object(breaker)
} else := {}

default _settings := []

_settings := array.concat(
	[setting |
		some config in configs.bridge_gateway
		some block in [{"steps": ["routing", "circuit_breaker"], "ranges": _ranges}, {"steps": ["circuit_breaker"], "ranges": _top_ranges}]
		some key, range in block.ranges
		given := object.get(config.value, array.concat(block.steps, [key]), null)
		given != null
		not value.unresolved(given)
		not _replaced(config, block.steps, key)
		setting := {
			"artefact": config.artefact,
			"path": array.concat(block.steps, [key]),
			"given": given,
			"range": range.text,
			"fits": _fits(given, range),
		}
	],
	[setting | some setting in _from_environments; not setting.unresolved],
)

# What a variable of the gateway's process says in place of the file; the place is still that of the key.
default _from_environments := []

_from_environments := [setting |
	some config in configs.bridge_gateway
	some key, range in _ranges
	given := _from_environment(config, key)
	setting := object.union(
		{
			"artefact": config.artefact,
			"path": ["routing", "circuit_breaker", key],
			"given": given,
			"range": range.text,
			"fits": _fits(given, range),
		},
		_unknown(given),
	)
]

_unknown(given) := {"unresolved": given.unresolved} if value.unresolved(given)

else := {}

default _replaced(_, _, _) := false

_replaced(config, ["routing", "circuit_breaker"], key) if _from_environment(config, key)

# Undefined where no process that mounts the file sets it.
_from_environment(config, key) := given if {
	name := $"MCP_GATEWAY_ROUTING_CIRCUIT_BREAKER_{upper(key)}"
	given := [variable.value |
		some process in config.consumers
		some variable in process.environment
		variable.name == name
		variable.value != ""
	][0]
}

default _fits(_, _) := false

_fits(given, range) if {
	number := _number(given)
	floor(number) == number
	number >= range.least
	number <= range.most
}

# The gateway makes a number of a text.
_number(given) := given if is_number(given)

_number(given) := to_number(given) if {
	is_string(given)
	given != ""
	trim(given, "0123456789") == ""
}

_shown(given) := "empty" if given == ""

else := given if is_string(given)

else := $"{given}" if not is_object(given)

else := "no number"

default _is_off(_) := false

_is_off(false)

_is_off(0)

_is_off(given) if {
	is_string(given)
	_off_words[lower(given)]
}

_off_words := {"false": true, "f": true, "0": true}
