# METADATA
# title: Use only configuration keys that the program reads
# description: |
#   A misspelled or misplaced key is silently ignored, so the setting does not apply.
#
#   Keys and types are compared with what one version of the program reads: Hangar 2.13 (sections, their keys, the keys of each server and each member
#   of a group, discovery sources by type, tool policies), mcp-bridge v1.0.0 (every key of gateway and router, frontends by protocol; in any case, as
#   the program reads them). A key that was replaced or moved names its successor, another unknown key the nearest one. A protocol of a frontend or a
#   type of a discovery source that the program does not know is reported, since it starts no such thing. Types are as strict as the program:
#   mcp-bridge makes a number of a quoted one, a frontend and Hangar do not; to Hangar a switch in quotes is on, also `"false"`. What must be there is
#   reported too: `mcp_servers` or `discovery.enabled` of Hangar, and a `version` of mcp-bridge other than 1; that it is absent is advice, since no
#   code reads it. Keys that begin with `x-` are nobody's. Of the values of the chart mcp-hangar, `mcp_servers` and `auth` are compared, which it
#   writes into the configuration as they are. A value that a variable or a template decides fits any type. Keys that are read and change nothing are
#   for config-no-inert-keys.
# related_resources:
#   - https://github.com/mcp-hangar/mcp-hangar
# custom:
#   severity: high
#   admission: none
#   artefacts: [hangar-config, bridge-gateway-config, bridge-router-config, helm-values]
#   unread: [openmcp-config, openmcp-catalog]
#   items: [hangar-024, bridge-132, gateway-036, bridge-018]
#   instances: {bridge-018: tls}
#   fix: "yes: rename when exactly one known key is at edit distance 1"
#   remediation: Write the key that the message names, or delete one that means nothing; `mcp-hangar config check` says the same of Hangar's.
package mcp.controls.config.keys_known

import data.mcp.lib.configs
import data.mcp.lib.finding

judged contains {"artefact": index} if {
	some index, artefact in input.artefacts
	artefact.key_faults
}

findings contains object.union(finding.at(fault, _message(fault)), fault.labels) if {
	some fault in _faults
	fault.fault != "deprecated"
}

findings contains object.union(finding.advice(fault, _message(fault)), fault.labels) if {
	some fault in _faults
	fault.fault == "deprecated"
}

findings contains finding.at({"artefact": index, "path": ["version"]}, "version is not 1, the only one that the program knows") if {
	some index in _bridge
	version := input.artefacts[index].value.version
	version != 1
	version != "1"
	not _open[index]
}

findings contains finding.advice({"artefact": index, "path": ["version"]}, "version is not set; the only one is 1") if {
	some index in _bridge
	object.get(input.artefacts[index].value, "version", null) == null
}

default _bridge := []

_bridge := [index |
	some index, artefact in input.artefacts
	startswith(artefact.kind, "bridge-")
	artefact.key_faults
]

# A version of the wrong type, or of an unknown value, is spoken of already.
default _open := {}

_open := {index: true |
	some index in _bridge
	_spoken_of(input.artefacts[index])
}

default _spoken_of(_) := false

_spoken_of(artefact) if is_object(artefact.value.version)

_spoken_of(artefact) if {
	some fault in artefact.key_faults
	count(fault.path) == 1
	lower(fault.path[0]) == "version"
}

default _faults := []

_faults := [fault |
	some index, artefact in input.artefacts
	some given in artefact.key_faults
	fault := object.union(given, {"artefact": index, "labels": _labels(given)})
]

_labels(fault) := {"labels": ["tls"]} if _about_tls(fault)

else := {}

default _about_tls(_) := false

_about_tls(fault) if {
	some step in fault.path
	step == "tls"
}

_about_tls(fault) if startswith(fault.key, "tls")

_about_tls(fault) if startswith(fault.key, "cert")

_about_tls(fault) if fault.key == "min_version"

_about_tls(fault) if fault.key == "cipher_suites"

_message(fault) := $"{configs.shown(fault.path)} is read by nothing; {fault.instead} is" if {
	fault.fault == "unknown"
	fault.instead
} else := $"{configs.shown(fault.path)} is read by nothing; the nearest key is {fault.nearest}" if {
	fault.fault == "unknown"
	fault.nearest
} else := $"{configs.shown(fault.path)} is read by nothing" if {
	fault.fault == "unknown"
} else := $"{configs.shown(fault.path)} is deprecated; {fault.instead} has taken its place" if {
	fault.fault == "deprecated"
} else := $"{configs.shown(fault.path)} is {fault.given}, the program reads {fault.expected}" if {
	fault.fault == "type"
} else := $"{configs.shown(fault.path)} is not set, and the program starts nothing without it ({fault.expected})" if {
	fault.fault == "value"
	fault.absent
} else := $"{configs.shown(fault.path)} has a value that the program does not know, and what stands beside it was not checked; the nearest is {fault.nearest}" if {
	fault.fault == "value"
	fault.nearest
} else := $"{configs.shown(fault.path)} has a value that the program does not know ({fault.expected}), and what stands beside it was not checked" if {
	fault.fault == "value"
} else := $"{configs.shown(fault.path)} is refused in strict mode, since the program's schema has only {fault.instead}" if {
	fault.fault == "unlisted"
	fault.instead
} else := $"{configs.shown(fault.path)} is refused in strict mode, since the program's schema does not have it" if {
	fault.fault == "unlisted"
} else := $"{fault.key} is missing, and the program does not start without it"
