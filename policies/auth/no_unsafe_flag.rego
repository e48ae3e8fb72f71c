# METADATA
# title: Never start Hangar with --unsafe-no-auth
# description: |
#   The flag overrides the built-in refusal to listen on a non-loopback address without authentication.
#
#   A container of any kind, an MCP server of an operator or a Compose service fails when one of the words of its command has the flag, also in a script
#   behind `sh -c`; of a container that runs Hangar an abbreviation from `--unsafe` on counts too, which its argument parser takes. A command that binds
#   `--host` 127.0.0.1, ::1 or localhost may have it, since there Hangar does not refuse either. Of the chart mcp-hangar, also as a part of another chart,
#   `config.unsafeNoAuth` must not be on; any text is, `"false"` too. Compose files for development are judged as well.
#   A container that runs Hangar without the flag is met. Undecided are a flag beside a host that a variable decides, and a word of Hangar's command that a
#   variable or a template makes where a flag may stand.
# related_resources:
#   - https://github.com/mcp-hangar/mcp-hangar
# custom:
#   severity: critical
#   admission: deny
#   artefacts: [kubernetes, compose, helm-values]
#   unread: [systemd-unit]
#   items: [hangar-002]
#   also: [OWASP-K8s-2022 K06]
#   fix: no (removing the flag without an auth block stops the gateway; see auth-required)
#   remediation: Switch authentication on (`auth.enabled` of Hangar's configuration, see auth-required), then take the flag away.
package mcp.controls.auth.no_unsafe_flag

import data.mcp.lib.compose
import data.mcp.lib.finding
import data.mcp.lib.kubernetes
import data.mcp.lib.value

judged contains {"artefact": started.artefact} if some started in _started

judged contains {"artefact": chart.artefact} if {
	some chart in _charts
	not value.unresolved(chart.given)
}

findings contains finding.at(place, message) if {
	some flag in _flags
	not flag.host
	place := finding.below(flag.started, flag.path)
	message := $"{flag.started.title} is started with --unsafe-no-auth: it listens for everybody without authentication"
}

findings contains finding.at(chart, "config.unsafeNoAuth is on: Hangar listens for everybody without authentication") if {
	some chart in _charts
	not chart.off
	not value.unresolved(chart.given)
	_on(chart.given)
}

undecided contains value.undecided_at(flag.started, flag.path, {"unresolved": "the host that is bound beside --unsafe-no-auth"}) if {
	some flag in _flags
	flag.host == "unknown"
}

undecided contains value.undecided_at(started, path, {"unresolved": "this word may be --unsafe-no-auth"}) if {
	some started in _started
	some path in started.start.unknown
}

undecided contains value.undecided_at(chart, [], chart.given) if {
	some chart in _charts
	value.unresolved(chart.given)
}

inapplicable contains {"artefact": index, "reason": "nothing in it runs Hangar"} if {
	some index, artefact in input.artefacts
	_may_run[artefact.kind]
	not _running[index]
	_has_containers(artefact)
}

_may_run := {"kubernetes": true, "compose": true}

default _has_containers(_) := false

_has_containers(artefact) if artefact.pod_path

_has_containers(artefact) if artefact.kind == "compose"

default _flags := []

_flags := [flag |
	some started in _started
	some given in started.start.unsafe
	flag := object.union(given, {"started": started})
]

# Containers and services that run Hangar or have its flag.
default _started := []

_started := array.concat(
	[started |
		some container in kubernetes.containers
		start := container.value.start
		started := {"artefact": container.artefact, "path": container.path, "title": container.title, "start": start}
	],
	[started |
		some service in compose.services
		start := service.value.start
		started := {"artefact": service.artefact, "path": service.path, "title": $"service {service.name}", "start": start}
	],
)

default _running := {}

_running := {started.artefact: true | some started in _started}

# Values of Hangar's chart. What the base leaves out is off; an overlay tells only what it sets.
default _charts := []

_charts := array.concat(
	[chart |
		some index, artefact in input.artefacts
		artefact.kind == "helm-values"
		artefact.chart == "mcp-hangar"
		given := _switch(artefact.value, object.get(artefact, "overlay", false))
		chart := {"artefact": index, "path": ["config", "unsafeNoAuth"], "given": given, "off": false}
	],
	[chart |
		some index, artefact in input.artefacts
		artefact.kind == "helm-values"
		part := artefact.value["mcp-hangar"]
		given := part.config.unsafeNoAuth
		chart := {"artefact": index, "path": ["mcp-hangar", "config", "unsafeNoAuth"], "given": given, "off": _disabled(part)}
	],
)

_switch(values, false) := object.get(values, ["config", "unsafeNoAuth"], false)

_switch(values, true) := values.config.unsafeNoAuth

default _disabled(_) := false

_disabled(part) if part.enabled == false

# As a template takes it.
default _on(_) := true

_on(false) := false

_on(null) := false

_on("") := false

_on(0) := false
