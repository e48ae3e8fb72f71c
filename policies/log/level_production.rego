# METADATA
# title: Run production at info or warning log level
# description: |
#   Debug logs leak what tools are called with and fill disks; errors alone hide the cause.
#
#   Judged is the level that a program really runs at. Hangar: `--log-level`, else MCP_LOG_LEVEL; where these say INFO or nothing, `logging.level` of
#   its configuration, so that `MCP_LOG_LEVEL: INFO` beside `logging.level: DEBUG` runs at DEBUG, which is found at `logging.level`. INFO is asked
#   for, WARNING is advice. Gateway of mcp-bridge: `--log-level` alone, since `logging.level` and variables have no effect. Its router: `--log-level`,
#   else MCP_LOGGING_LEVEL, else `logging.level`; `--quiet` logs nothing. Open MCP Gateway: RUST_LOG, each part of it, else `--log-level`. mcp-system:
#   MCP_LOG_LEVEL info or warning, and MCP_DEBUG not on. Python servers: FASTMCP_LOG_LEVEL, and `--log-level` of the command fastmcp. In the
#   environment of anything else LOG_LEVEL, LOGLEVEL and names that end in _LOG_LEVEL must not say debug or trace. Env files do not tell who reads
#   them, so there these names are judged, and RUST_LOG and MCP_DEBUG, by what they set. A level is read in any case.
#
#   Variables that a container takes from a ConfigMap of the set, or a service from an env file of the run, count; one from elsewhere is undecided where
#   it decides, like templates and variables. Compose services and env files for development are left out, and values are enforced as what they are for.
#   Limits: the code of a server may set a level of its own.
# related_resources:
#   - https://owasp.org/Top10/A09_2021-Security_Logging_and_Monitoring_Failures/
# custom:
#   severity: medium
#   admission: warn
#   artefacts: [hangar-config, bridge-gateway-config, bridge-router-config, compose, env-file, kubernetes, helm-values, mcp-client-config]
#   unread: [openmcp-config, python-source, fastmcp-json]
#   items: [hangar-023, bridge-065, gateway-003, gateway-029, python-062, python-108]
#   fix: 'yes: set the effective source to info'
#   remediation: Write `info` where the message points to, and delete what another setting overrides.
package mcp.controls.log.level_production

import data.mcp.lib.compose
import data.mcp.lib.configs
import data.mcp.lib.finding
import data.mcp.lib.processes

# Every setting that decides a level: `{"artefact", "path", "what", "value", "fine", "advice", "level": "warn" where it is off}`.
default _settings := []

_settings := array.concat(
	array.concat(_of_programs, _conventional),
	array.concat(array.concat(_of_hangar, _of_routers), array.concat(_of_hangar_charts, _of_env_files)),
)

findings contains object.union(finding.at(setting, _message(setting, level)), setting.weak) if {
	some setting in _settings
	some level in _levels(setting)
	_is_wrong(setting, level)
}

findings contains finding.advice(setting, $"{setting.what} runs at {upper(level)}, where INFO is asked for") if {
	some setting in _settings
	setting.advice
	some level in _levels(setting)
	setting.advice[level]
}

undecided contains {"artefact": setting.artefact, "path": setting.path, "reason": $"the value is not known: {reason}"} if {
	some setting in _settings
	reason := processes.unknown(setting.value)
}

undecided contains {"artefact": process.artefact, "path": process.path, "reason": $"the level of {process.title} may come from {process.open}"} if {
	some process in _known
	process.open
	not _decided(process)
}

undecided contains {"artefact": config.artefact, "path": ["logging", "level"], "reason": $"what decides before it is not known: {reason}"} if {
	some config in _overridden
	reason := config.unsure
}

undecided contains {"artefact": process.artefact, "path": ["config", "logLevel"], "reason": reason} if {
	some process in processes.charts
	process.program == "hangar"
	input.artefacts[process.artefact].overlay
	count([setting | some setting in _of_hangar_charts; setting.artefact == process.artefact]) == 0
	reason := "config.logLevel is set in the base values, which are not merged with this overlay"
}

judged contains {"artefact": process.artefact} if some process in processes.all

judged contains {"artefact": setting.artefact} if some setting in _settings

judged contains {"artefact": config.artefact} if some config in _overridden

inapplicable contains {"artefact": config.artefact, "reason": "its logging.level has no effect; --log-level of the process decides"} if {
	some config in configs.bridge_gateway
}

inapplicable contains {"artefact": index, "reason": "no service of this file is for production"} if some index in compose.development_files

inapplicable contains {"artefact": index, "reason": "nothing in it says a log level"} if {
	some index, artefact in input.artefacts
	_environments[artefact.kind]
	count([setting | some setting in _settings; setting.artefact == index]) == 0
	count([process | some process in processes.all; process.artefact == index]) == 0
}

_environments := {"env-file": true, "helm-values": true, "mcp-client-config": true}

# What a level comes to: one, or of Rust's filters several.
_levels(setting) := [] if {
	processes.unknown(setting.value)
} else := _directives(setting.value) if {
	setting.filter
} else := [lower(trim_space(_text(setting.value)))]

_text(given) := given if is_string(given)

else := $"{given}" if {
	not is_object(given)
	not is_array(given)
}

else := "no text"

# `info,hyper=warn`: the level of each part; a target without one has all.
_directives(given) := [level |
	some part in split(lower(_text(given)), ",")
	trim_space(part) != ""
	level := _directive(trim_space(part))
]

_directive(part) := level if {
	contains(part, "=")
	words := split(part, "=")
	level := trim_space(words[count(words) - 1])
} else := part if {
	_rust[part]
} else := "trace"

_rust := {"off": true, "error": true, "warn": true, "info": true, "debug": true, "trace": true}

default _is_wrong(_, _) := false

_is_wrong(setting, level) if {
	setting.wrong
	setting.wrong[level]
}

_is_wrong(setting, level) if {
	setting.fine
	not setting.fine[level]
	not object.get(setting, "advice", {})[level]
}

_message(setting, level) := $"{setting.what} runs at {upper(level)}" if {
	_names[level]
} else := $"{setting.what} has log level {level}, which is none" if {
	setting.fine
} else := $"{setting.what} is {level}"

_names := {
	"debug": true, "trace": true, "verbose": true, "error": true, "critical": true, "fatal": true, "off": true, "none": true, "warn": true, "warning": true,
	"notset": true, "panic": true, "dpanic": true,
}

_verbose := {"debug": true, "trace": true}

_info_or_warn := {"info": true, "warn": true}

_python := {"info": true, "warning": true, "warn": true}

_asked := {"info": true}

_short := {"warning": true, "warn": true}

# Processes of the known programs.

_of_programs := [setting |
	some process in _known
	some found in _of(process)
	not object.get(found, "elsewhere", false)
	setting := object.union(
		object.union({"what": process.title, "weak": _weak(process)}, found),
		{"artefact": process.artefact},
	)
]

default _known := []

_known := [process | some process in processes.all; process.program != ""]

default _decided(_) := false

_decided(process) if count(_of(process)) > 0

_weak(process) := {"level": "warn"} if object.get(process, "off", false)

else := {}

_flag := {"--log-level": true}

# Hangar goes by its configuration where the process says INFO.
_of(process) := [object.union(found, {"fine": _asked, "advice": _short})] if {
	process.program == "hangar"
	not process.chart
	found := processes.setting(process, _flag, {"MCP_LOG_LEVEL": true})
}

_of(process) := [object.union(found, {"fine": _info_or_warn}) | some found in _option(process)] if process.program == "gateway"

_of(process) := array.concat(_quiet(process), [object.union(found, {"fine": _info_or_warn}) | some found in _router(process)]) if {
	process.program == "router"
}

_of(process) := [object.union(found, {"wrong": _not_rust, "filter": true}) | some found in _variable(process, "RUST_LOG")] if {
	process.program == "openmcp"
	_variable(process, "RUST_LOG") != []
} else := [object.union(found, {"fine": _info_or_warn}) | some found in _option(process)] if {
	process.program == "openmcp"
}

_of(process) := array.concat(
	[object.union(found, {"fine": _python}) | some found in _variable(process, "MCP_LOG_LEVEL")],
	_debug(process),
) if {
	process.program == "stack"
}

_not_rust := {"debug": true, "trace": true, "off": true, "error": true}

_option(process) := [found] if {
	found := processes.option(process, _flag)
} else := []

_variable(process, name) := [found] if {
	found := processes.variable(process, name)
	found.value != ""
} else := []

_router(process) := [found] if {
	found := processes.setting(process, _flag, {"MCP_LOGGING_LEVEL": true})
} else := []

_quiet(process) := [{"path": word.path, "value": "off", "fine": _info_or_warn} |
	some word in process.words
	_quiets[word.word]
]

_quiets := {"--quiet": true, "-q": true, "--quiet=true": true}

_debug(process) := [object.union(found, {"wrong": {"true": true, "1": true, "yes": true, "on": true}, "what": $"MCP_DEBUG of {process.title}"}) |
	some found in _variable(process, "MCP_DEBUG")
]

# Variables with the usual names, of anything else.

_conventional := [setting |
	some process in processes.all
	process.program == ""
	some found in _usual(process)
	not object.get(found, "elsewhere", false)
	setting := object.union({"artefact": process.artefact, "what": process.title, "weak": _weak(process)}, found)
]

_usual(process) := array.concat(
	[object.union(found, {"wrong": _verbose}) |
		some name in {variable.name | some variable in process.environment; _is_level(variable.name)}
		found := processes.variable(process, name)
		not processes.unknown(found.value)
	],
	[object.union(found, {"fine": _python}) |
		some found in array.concat(_variable(process, "FASTMCP_LOG_LEVEL"), _fastmcp(process))
	],
)

default _is_level(_) := false

_is_level(name) if {
	_usual_names[upper(name)]
}

_is_level(name) if {
	endswith(upper(name), "_LOG_LEVEL")
	name != "FASTMCP_LOG_LEVEL"
}

_usual_names := {"LOG_LEVEL": true, "LOGLEVEL": true}

_fastmcp(process) := [found] if {
	some word in process.words
	is_string(word.word)
	segments := split(word.word, "/")
	segments[count(segments) - 1] == "fastmcp"
	found := processes.option(process, {"--log-level": true, "-l": true})
} else := []

# `logging.level` of Hangar, for the processes that leave it to decide; without any it decides.

_of_hangar := [setting |
	some config in _overridden
	config.kind == "hangar"
	config.decides
	given := object.get(config.value, ["logging", "level"], null)
	given != null
	setting := _of_file(config, given, {"fine": _asked, "advice": _short})
]

_of_routers := [setting |
	some config in _overridden
	config.kind == "router"
	config.decides
	given := object.get(config.value, ["logging", "level"], null)
	given != null
	given != ""
	setting := _of_file(config, given, {"fine": _info_or_warn})
]

_of_file(config, given, levels) := object.union(levels, {
	"artefact": config.artefact,
	"path": ["logging", "level"],
	"what": $"the {_titles[config.kind]}",
	"value": given,
	"weak": {},
})

_titles := {"hangar": "Hangar of this configuration", "router": "router of this configuration"}

# Configurations of both, with what the processes that read them say: whether one leaves it to the file, and whether that is not known.
default _overridden := []

_overridden := [object.union(config, object.union({"kind": kind, "decides": decides}, _unsure(readers, kind))) |
	some kind, views in {"hangar": configs.hangar, "router": configs.of("bridge-router-config")}
	some config in views
	readers := [processes.reader(given) | some given in config.consumers; given.component == kind]
	decides := _leaves(readers, kind)
]

default _leaves(_, _) := false

_leaves([], _)

_leaves(readers, kind) if {
	some reader in readers
	_says_nothing(reader, kind)
}

default _says_nothing(_, _) := false

_says_nothing(reader, kind) if {
	not processes.setting(reader, _flag, _before[kind])
	not reader.open
}

_says_nothing(reader, "hangar") if {
	found := processes.setting(reader, _flag, _before.hangar)
	not processes.unknown(found.value)
	upper(_text(found.value)) == "INFO"
}

_before := {"hangar": {"MCP_LOG_LEVEL": true}, "router": {"MCP_LOGGING_LEVEL": true}}

_unsure(readers, kind) := {} if {
	_leaves(readers, kind)
} else := {"unsure": reason} if {
	some reader in readers
	found := processes.setting(reader, _flag, _before[kind])
	reason := processes.unknown(found.value)
} else := {"unsure": reader.open} if {
	some reader in readers
	not processes.setting(reader, _flag, _before[kind])
	reader.open
} else := {}

# The chart mcp-hangar writes `config.logLevel` into the environment and into the configuration; `extraEnv` comes after both.

_of_hangar_charts := [setting |
	some process in processes.charts
	process.program == "hangar"
	values := input.artefacts[process.artefact].value
	some found in _of_chart(process, object.get(values, ["config", "logLevel"], null))
	setting := object.union(
		{"artefact": process.artefact, "what": "Hangar", "weak": {}, "fine": _asked, "advice": _short},
		found,
	)
]

_of_chart(process, _) := [found] if {
	found := processes.variable(process, "MCP_LOG_LEVEL")
	upper(_text(found.value)) != "INFO"
	found.value != ""
} else := [{"path": ["config", "logLevel"], "value": given}] if {
	given := input.artefacts[process.artefact].value.config.logLevel
	given != null
	given != ""
} else := []

# Env files.

_of_env_files := [setting |
	some index, artefact in input.artefacts
	artefact.kind == "env-file"
	artefact.mark != "development"
	some position, variable in artefact.value.variables
	variable.value != ""
	setting := object.union(
		{"artefact": index, "path": ["variables", position], "value": variable.value, "what": variable.name, "weak": {}},
		_judged_as(variable.name),
	)
	not processes.unknown(variable.value)
]

_judged_as(name) := {"fine": _python} if {
	_pythons[name]
} else := {"wrong": _not_rust, "filter": true} if {
	name == "RUST_LOG"
} else := {"wrong": {"true": true, "1": true, "yes": true, "on": true}} if {
	name == "MCP_DEBUG"
} else := {"wrong": _verbose} if {
	_is_level(name)
}

_pythons := {"MCP_LOG_LEVEL": true, "FASTMCP_LOG_LEVEL": true}
