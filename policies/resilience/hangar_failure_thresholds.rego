# METADATA
# title: Tune Hangar's failure thresholds
# description: |
#   With a high threshold Hangar goes on calling a dead server; with a threshold of one it gives up at a single hiccup.
#
#   `max_consecutive_failures` is how many failures in a row make a server degraded; the only circuit breaker is that of a group. Every server that is
#   critical sets it itself, to 2 to 10; for the others what counts is within those, and the default of 3 is. Critical are the servers that the
#   setting `hangar.critical_servers` names, and the members of groups that it names; where it names none, the members of all groups. Every group sets
#   `circuit_breaker.failure_threshold` to 3 to 50 and `circuit_breaker.reset_timeout_s` to 5 to 600 itself: that the defaults (10 and 60) are in use
#   is a finding. A number in quotes, also from a variable, is none to Hangar. Variables and templates are undecided, and so is what an overlay of
#   values leaves to its base.
#   Limits: whether a threshold fits a server is for those who know it.
# related_resources:
#   - https://github.com/mcp-hangar/mcp-hangar
# custom:
#   severity: medium
#   admission: none
#   artefacts: [hangar-config, helm-values]
#   items: [hangar-009]
#   fix: 'yes: write the effective defaults explicitly'
#   params: [critical_servers]
#   remediation: |
#     Write `max_consecutive_failures: 3` at each critical server and `circuit_breaker: {failure_threshold: 10, reset_timeout_s: 60}` at each group, with
#     the numbers that fit it.
package mcp.controls.resilience.hangar_failure_thresholds

import data.mcp.lib.finding
import data.mcp.lib.hangar
import data.mcp.lib.value

judged contains {"artefact": setting.artefact} if some setting in _settings

findings contains finding.at(setting, $"{setting.title} leaves {setting.key} to its default, {setting.inherited}") if {
	some setting in _settings
	setting.explicit
	setting.value == null
	not setting.overlay
}

findings contains finding.at(setting, $"{setting.title} has {setting.key} {setting.value}, not {setting.least} to {setting.most}") if {
	some setting in _settings
	_outside(setting)
}

findings contains finding.at(setting, $"{setting.title} has a {setting.key} that is no {setting.kind}") if {
	some setting in _settings
	_is_wrong(setting)
}

undecided contains value.undecided_at(setting, [], setting.value) if {
	some setting in _settings
	value.unresolved(setting.value)
}

undecided contains {"artefact": setting.artefact, "path": setting.path, "reason": reason} if {
	some setting in _settings
	setting.explicit
	setting.overlay
	setting.value == null
	reason := $"{setting.key} may be set in the base values, which are not merged with this overlay"
}

undecided contains value.undecided_at(server, ["mode"], server.mode) if some server in hangar.unsure

inapplicable contains {"artefact": config.artefact, "reason": "it names no server"} if {
	some config in hangar.configurations
	count([setting | some setting in _settings; setting.artefact == config.artefact]) == 0
}

default _settings := []

_settings := array.concat(
	[setting |
		some server in hangar.servers
		setting := {
			"artefact": server.artefact,
			"path": array.concat(server.path, ["max_consecutive_failures"]),
			"title": server.title,
			"key": "max_consecutive_failures",
			"value": object.get(server.value, "max_consecutive_failures", null),
			"explicit": _is_critical(server),
			"inherited": 3,
			"least": 2,
			"most": 10,
			"kind": "whole number",
			"overlay": server.overlay,
		}
	],
	[setting |
		some group in hangar.groups
		some threshold in _thresholds(group)
		setting := object.union(threshold, {
			"artefact": group.artefact,
			"path": array.concat(group.path, threshold.steps),
			"title": $"group {group.name}",
			"key": concat(".", threshold.steps),
			"value": _at(group.value, threshold.steps),
			"explicit": true,
			"overlay": group.overlay,
		})
	],
)

# A group without any is one finding.
_thresholds(group) := [{
	"steps": ["circuit_breaker"],
	"inherited": "10 failures and 60 seconds",
	"least": 0,
	"most": 0,
	"kind": "map",
}] if {
	_is_absent(object.get(group.value, "circuit_breaker", null))
} else := _breaker

_breaker := [
	{"steps": ["circuit_breaker", "failure_threshold"], "inherited": 10, "least": 3, "most": 50, "kind": "whole number"},
	{"steps": ["circuit_breaker", "reset_timeout_s"], "inherited": 60, "least": 5, "most": 600, "kind": "number of seconds"},
]

default _is_absent(_) := false

_is_absent(null)

_is_absent({})

_at(group, steps) := group.circuit_breaker if {
	value.unresolved(group.circuit_breaker)
} else := null if {
	group.circuit_breaker == {}
} else := object.get(group, steps, null)

default _is_critical(_) := false

_is_critical(server) if {
	some name in data.params.critical_servers
	name == server.name
}

_is_critical(server) if {
	some member in hangar.members
	member.name == server.name
	member.artefact == server.artefact
	_counts(member.group)
}

default _counts(_) := false

_counts(_) if count(data.params.critical_servers) == 0

_counts(group) if {
	some name in data.params.critical_servers
	name == group
}

default _outside(_) := false

_outside(setting) if {
	is_number(setting.value)
	setting.value < setting.least
}

_outside(setting) if {
	is_number(setting.value)
	setting.value > setting.most
}

default _is_wrong(_) := false

_is_wrong(setting) if {
	not is_number(setting.value)
	setting.value != null
	not value.unresolved(setting.value)
}

_is_wrong(setting) if {
	setting.kind == "whole number"
	is_number(setting.value)
	floor(setting.value) != setting.value
}
