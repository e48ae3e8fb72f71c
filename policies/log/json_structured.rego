# METADATA
# title: Emit structured JSON logs
# description: |
#   Aggregators cannot alert on prose.
#
#   Hangar writes JSON when `--json-logs`, MCP_JSON_LOGS or `logging.json_format` of its configuration says so, any of them; without, it writes text. A
#   configuration is met by what it says itself or by what every process that reads it says. A container or a Compose service that says nothing is
#   judged by its configuration: where that stands when it was given, else it is undecided, and found where no file is mounted at all. MCP_JSON_LOGS
#   takes the words of a switch (true, 1, yes, on); with another word Hangar does not start. `json_format` in quotes is on whatever it says. The chart
#   mcp-hangar writes JSON unless `config.jsonLogs` is off. The gateway of mcp-bridge v1.0.0 always writes JSON; its router does unless `logging.format`,
#   or MCP_LOGGING_FORMAT of its process, is another.
#   Variables that come from elsewhere, templates and variables are undecided. Compose services for development are left out.
#   Limits: what servers of others log is in their code, and what arrives at the aggregator is for a probe.
# related_resources:
#   - https://owasp.org/Top10/A09_2021-Security_Logging_and_Monitoring_Failures/
# custom:
#   severity: medium
#   admission: none
#   artefacts: [hangar-config, bridge-gateway-config, bridge-router-config, compose, kubernetes, helm-values]
#   unread: [python-source, log-api]
#   items: [hangar-022, bridge-066, python-104]
#   fix: 'yes: set logging.json_format: true'
#   remediation: 'Write `MCP_JSON_LOGS: "true"` in the environment of Hangar, or `logging: {json_format: true}` in its configuration.'
package mcp.controls.log.json_structured

import data.mcp.lib.compose
import data.mcp.lib.configs
import data.mcp.lib.finding
import data.mcp.lib.processes
import data.mcp.lib.python
import data.mcp.lib.value

# Processes of Hangar.

judged contains {"artefact": process.artefact} if {
	some process in _hangars
	_switch(process) == "on"
}

judged contains {"artefact": process.artefact} if some process in _silent

findings contains finding.at(process, $"{process.title} writes its logs as text: it has neither --json-logs nor MCP_JSON_LOGS, and no configuration") if {
	some process in _silent
	not _switched_off(process)
}

findings contains finding.at({"artefact": process.artefact, "path": variable.path}, $"{process.title} writes its logs as text: MCP_JSON_LOGS is off, and it has neither --json-logs nor a configuration") if {
	some process in _silent
	variable := _switched_off(process)
}

# MCP_JSON_LOGS where it is written to say no.
_switched_off(process) := variable if {
	variable := processes.variable(process, "MCP_JSON_LOGS")
	variable.path
	not object.get(variable, "elsewhere", false)
}

findings contains finding.at({"artefact": process.artefact, "path": variable.path}, $"{process.title} does not start: MCP_JSON_LOGS is no switch") if {
	some process in _hangars
	_switch(process) == "refused"
	variable := processes.variable(process, "MCP_JSON_LOGS")
	not object.get(variable, "elsewhere", false)
}

undecided contains {"artefact": process.artefact, "path": process.path, "reason": $"whether {process.title} writes JSON is not known: {reason}"} if {
	some process in _hangars
	reason := _open(process)
}

# Says nothing and reads nothing that could.
default _silent := []

_silent := [process |
	some process in _hangars
	_switch(process) == "off"
	not process.configured
	not process.mounts
	not process.open
]

default _hangars := []

_hangars := [process | some process in array.concat(processes.containers, processes.services); process.program == "hangar"]

_open(process) := reason if {
	variable := processes.variable(process, "MCP_JSON_LOGS")
	_switch(process) == "unknown"
	reason := processes.unknown(variable.value)
} else := process.open if {
	_switch(process) == "off"
	not process.configured
} else := "its configuration was not given" if {
	_switch(process) == "off"
	not process.configured
	process.mounts
}

# on, off, unknown or refused
_switch(process) := "on" if {
	some word in process.words
	word.word == "--json-logs"
} else := "unknown" if {
	processes.unknown(processes.variable(process, "MCP_JSON_LOGS").value)
} else := "on" if {
	_on[_word(processes.variable(process, "MCP_JSON_LOGS").value)]
} else := "refused" if {
	word := _word(processes.variable(process, "MCP_JSON_LOGS").value)
	not _off[word]
} else := "off"

_word(given) := lower(trim_space(given)) if is_string(given)

else := lower($"{given}")

_on := {"true": true, "1": true, "yes": true, "y": true, "t": true, "on": true}

_off := {"false": true, "0": true, "no": true, "n": true, "f": true, "off": true, "": true}

# Configurations of Hangar.

judged contains {"artefact": config.artefact} if {
	some config in _configs
	_decided[config.json]
}

_decided := {"yes": true, "no": true}

findings contains finding.at(place, message) if {
	some config in _configs
	config.json == "no"
	place := finding.below(config, ["logging", "json_format"])
	message := $"Hangar writes its logs as text: {_says(config.given)}"
}

undecided contains {"artefact": config.artefact, "path": ["logging", "json_format"], "reason": config.reason} if {
	some config in _configs
	config.json == "unknown"
}

default _configs := []

_configs := [object.union(config, object.union({"given": given}, _json(config, given))) |
	some found in configs.hangar
	config := object.union(found, {"readers": [processes.reader(reader) | some reader in found.consumers; reader.component == "hangar"]})
	given := object.get(config.value, ["logging", "json_format"], false)
]

_json(config, given) := {"json": "yes"} if {
	python.truth(given) == "yes"
} else := {"json": "yes"} if {
	_by_processes(config) == "on"
} else := {"json": "unknown", "reason": $"the value is not known: {given.unresolved}"} if {
	value.unresolved(given)
} else := {"json": "unknown", "reason": $"the value is not known: {config.value.logging.unresolved}"} if {
	value.unresolved(config.value.logging)
} else := {"json": "unknown", "reason": "what a process that reads it says is not known"} if {
	_by_processes(config) == "unknown"
} else := {"json": "no"}

# What all processes of Hangar that read it come to: on, off or unknown.
_by_processes(config) := "off" if {
	some reader in config.readers
	not reader.open
	_switch(reader) == "off"
} else := "unknown" if {
	some reader in config.readers
	_switch(reader) != "on"
} else := "on" if {
	count(config.readers) > 0
} else := "off"

_says(false) := "logging.json_format is off, and nothing else says JSON"

_says(given) := $"logging.json_format is {given}" if {
	given != false
	given != null
}

_says(null) := "logging.json_format is empty"

# Values of the chart mcp-hangar, which sets both MCP_JSON_LOGS and `json_format`.

judged contains {"artefact": process.artefact} if {
	some process in _charts
	not value.unresolved(_json_logs(process))
}

findings contains finding.at(place, "Hangar writes its logs as text: config.jsonLogs is off") if {
	some process in _charts
	_is_off(_json_logs(process))
	_switch(process) == "off"
	place := {"artefact": process.artefact, "path": ["config", "jsonLogs"]}
}

undecided contains {"artefact": process.artefact, "path": ["config", "jsonLogs"], "reason": $"the value is not known: {given.unresolved}"} if {
	some process in _charts
	given := _json_logs(process)
	value.unresolved(given)
}

default _charts := []

_charts := [process | some process in processes.charts; process.program == "hangar"]

_json_logs(process) := given if {
	given := input.artefacts[process.artefact].value.config.jsonLogs
	given != null
} else := {"unresolved": "the base values, which are not merged with this overlay"} if {
	input.artefacts[process.artefact].overlay
} else := true

default _is_off(_) := false

_is_off(false)

_is_off(given) if {
	is_string(given)
	_off[lower(given)]
}

# mcp-bridge.

judged contains {"artefact": config.artefact} if some config in configs.bridge_gateway

judged contains {"artefact": process.artefact} if {
	some process in array.concat(processes.containers, processes.services)
	_always[process.program]
}

_always := {"gateway": true, "router": true}

judged contains {"artefact": config.artefact} if some config in configs.of("bridge-router-config")

findings contains finding.at(format, $"the router writes its logs as {_shown(format.value)}, not as JSON") if {
	some format in _formats
	not processes.unknown(format.value)
	not _is_json(format.value)
}

undecided contains {"artefact": format.artefact, "path": format.path, "reason": $"the value is not known: {reason}"} if {
	some format in _formats
	reason := processes.unknown(format.value)
}

default _is_json(_) := false

_is_json("json")

_shown(given) := given if is_string(given)

else := "something that is no text"

default _formats := []

_formats := array.concat(
	[{"artefact": config.artefact, "path": ["logging", "format"], "value": format} |
		some config in configs.of("bridge-router-config")
		format := config.value.logging.format
		format != null
		format != ""
		not _replaced(config)
	],
	[object.union(found, {"artefact": process.artefact}) |
		some process in processes.all
		process.program == "router"
		found := processes.variable(process, "MCP_LOGGING_FORMAT")
		found.value != ""
		not object.get(found, "elsewhere", false)
	],
)

# Every process that reads the file has a format of its own.
default _replaced(_) := false

_replaced(config) if {
	readers := [processes.reader(given) | some given in config.consumers; given.component == "router"]
	readers != []
	every reader in readers {
		processes.variable(reader, "MCP_LOGGING_FORMAT").value != ""
	}
}

inapplicable contains {"artefact": index, "reason": "nothing in it is known to log"} if {
	some index, artefact in input.artefacts
	_starts[artefact.kind]
	count([process | some process in processes.all; process.artefact == index; process.program != ""]) == 0
	not _development[index]
}

inapplicable contains {"artefact": index, "reason": "no service of this file is for production"} if some index in compose.development_files

default _development := {}

_development := {index: true | some index in compose.development_files}

_starts := {"kubernetes": true, "compose": true, "helm-values": true}

inapplicable contains {"artefact": process.artefact, "reason": "logging.json_format of its configuration decides, which is judged where it stands"} if {
	some process in _hangars
	_switch(process) == "off"
	process.configured
}
