package mcp.controls.log.level_production_test

import data.mcp.controls.log.level_production as control
import data.mcp.lib.testing

hangar := "ghcr.io/mcp-hangar/mcp-hangar:2.13.0"

gateway := "ghcr.io/actual-software/mcp-bridge-gateway:v1.0.0"

router := "ghcr.io/actual-software/mcp-bridge-router:v1.0.0"

openmcp := "ghcr.io/agentic/mcp-gateway:v0.1.0"

test_silence_is_info if {
	every image in [hangar, gateway, router, openmcp, "acme/search:1.2.3"] {
		result := control with input as testing.process(image, {})
		result.findings == set()
		result.undecided == set()
		result.judged == {{"artefact": 0}}
	}
}

test_hangar_at_debug_is_found if {
	control.findings == {{
		"artefact": 0,
		"path": ["spec", "containers", 0, "env", 0, "value"],
		"message": "container main runs at DEBUG",
	}} with input as testing.process(hangar, env({"MCP_LOG_LEVEL": "DEBUG"}))
}

test_levels_of_hangar if {
	every level, found in {"INFO": [], "info": [], "": [], "WARNING": ["warn"], "ERROR": [""], "CRITICAL": [""], "loud": [""]} {
		levels(testing.process(hangar, env({"MCP_LOG_LEVEL": level}))) == found
	}
	control.findings == set() with input as testing.process(hangar, env({"LOG_LEVEL": "debug"}))
}

test_a_flag_counts_before_the_variable if {
	found_at(testing.process(hangar, {"args": ["serve", "--log-level", "DEBUG"], "env": [{"name": "MCP_LOG_LEVEL", "value": "INFO"}]})) == {["spec", "containers", 0, "args", 2]}
	found_at(testing.process(hangar, {"args": ["serve", "--log-level=info"], "env": [{"name": "MCP_LOG_LEVEL", "value": "DEBUG"}]})) == set()
	found_at(testing.process(hangar, {"command": ["sh", "-c", "exec mcp-hangar serve --log-level \"DEBUG\" --http"]})) == {["spec", "containers", 0, "command", 2]}
	found_at(testing.process(hangar, {"args": ["--log-level", "$(LEVEL)"], "env": [{"name": "LEVEL", "value": "debug"}]})) == {["spec", "containers", 0, "args", 1]}
}

test_the_last_of_a_variable_counts if {
	found_at(testing.process(hangar, {"env": [{"name": "MCP_LOG_LEVEL", "value": "DEBUG"}, {"name": "MCP_LOG_LEVEL", "value": "INFO"}]})) == set()
}

test_only_the_flag_of_the_gateway_counts if {
	found_at(testing.process(gateway, env({"MCP_LOG_LEVEL": "debug", "LOG_LEVEL": "debug"}))) == set()
	found_at(testing.process(gateway, {"args": ["--log-level=debug"]})) == {["spec", "containers", 0, "args", 0]}
	every level, found in {"warn": 0, "info": 0, "error": 1, "warning": 1} {
		count(found_at(testing.process(gateway, {"args": ["--log-level", level]}))) == found
	}
}

test_the_router_takes_a_flag_or_its_variable if {
	found_at(testing.process(router, env({"MCP_LOGGING_LEVEL": "debug"}))) == {["spec", "containers", 0, "env", 0, "value"]}
	found_at(testing.process(router, {"args": ["--log-level", "info"], "env": [{"name": "MCP_LOGGING_LEVEL", "value": "debug"}]})) == set()
	found_at(testing.process(router, {"args": ["--quiet"]})) == {["spec", "containers", 0, "args", 0]}
}

test_filters_of_rust_are_read_part_by_part if {
	every filter, found in {"info": 0, "warn,hyper=info": 0, "debug": 1, "info,mcp_gateway=debug": 1, "mcp_gateway": 1, "error": 1, "off": 1, "INFO": 0} {
		count(found_at(testing.process(openmcp, env({"RUST_LOG": filter})))) == found
	}
	found_at(testing.process(openmcp, {"args": ["--log-level", "debug"]})) == {["spec", "containers", 0, "args", 1]}
	found_at(testing.process(openmcp, {"args": ["--log-level", "debug"], "env": [{"name": "RUST_LOG", "value": "info"}]})) == set()
}

test_the_stack_has_a_level_and_a_switch if {
	every given in [{"MCP_LOG_LEVEL": "debug"}, {"MCP_LOG_LEVEL": "error"}, {"MCP_DEBUG": "true"}, {"MCP_DEBUG": "1"}] {
		count(control.findings) == 1 with input as service({"image": "acme/mcp-system:1.2.3"}, given)
	}
	control.findings == set() with input as service({"image": "acme/mcp-system:1.2.3"}, {"MCP_LOG_LEVEL": "warning", "MCP_DEBUG": "false"})
	control.findings == {{
		"artefact": 0,
		"path": ["services", 0, "environment", 0],
		"message": "MCP_DEBUG of service gateway is true",
	}} with input as service({"image": "acme/mcp-system:1.2.3"}, {"MCP_DEBUG": "true"})
}

test_anything_else_goes_by_the_usual_names if {
	every name in ["LOG_LEVEL", "LOGLEVEL", "APP_LOG_LEVEL", "log_level"] {
		every level, found in {"debug": 1, "TRACE": 1, "error": 0, "info": 0, "10": 0} {
			count(found_at(testing.process("acme/search:1.2.3", env({name: level})))) == found
		}
	}
	found_at(testing.process("acme/search:1.2.3", env({"FASTMCP_LOG_LEVEL": "ERROR"}))) == {["spec", "containers", 0, "env", 0, "value"]}
	found_at(testing.process("acme/search:1.2.3", env({"FASTMCP_LOG_LEVEL": "WARNING"}))) == set()
	found_at(testing.process("acme/search:1.2.3", {"command": ["fastmcp", "run", "server.py", "-l", "DEBUG"]})) == {["spec", "containers", 0, "command", 4]}
	found_at(testing.process("acme/search:1.2.3", {"command": ["ls", "-l", "debug"]})) == set()
}

test_what_comes_from_a_config_map_counts if {
	inherited := {"inherited": [{"name": "MCP_LOG_LEVEL", "value": "DEBUG", "at": ["envFrom", 0]}]}
	found_at(testing.process(hangar, inherited)) == {["spec", "containers", 0, "envFrom", 0]}
	found_at(testing.process(hangar, object.union(inherited, {"env": [{"name": "MCP_LOG_LEVEL", "value": "INFO"}]}))) == set()
	found_at(testing.process(hangar, {"env": [{"name": "MCP_LOG_LEVEL", "valueFrom": {}, "resolved": "DEBUG"}]})) == {["spec", "containers", 0, "env", 0, "valueFrom"]}
}

test_what_is_not_known_is_undecided if {
	every given in [
		{"env": [{"name": "MCP_LOG_LEVEL", "valueFrom": {"configMapKeyRef": {"name": "x", "key": "y"}}}]},
		{"env": [{"name": "MCP_LOG_LEVEL", "value": "${LEVEL}"}]},
		{"args": ["--log-level", "$(LEVEL)"]},
		{"inherited_open": "ConfigMap settings"},
	] {
		result := control with input as testing.process(hangar, given)
		result.findings == set()
		count(result.undecided) == 1
	}
	result := control with input as testing.process(hangar, {"inherited_open": "ConfigMap settings", "env": [{"name": "MCP_LOG_LEVEL", "value": "INFO"}]})
	result.undecided == set()
}

test_an_env_file_is_judged_where_it_stands if {
	control.findings == set() with input as service({"image": hangar, "inherited": [{"name": "MCP_LOG_LEVEL", "value": "DEBUG", "at": ["env_file", 0]}]}, {})
	control.findings == {{
		"artefact": 0,
		"path": ["variables", 0],
		"message": "MCP_LOG_LEVEL runs at DEBUG",
	}} with input as testing.env_values("unmarked", {"MCP_LOG_LEVEL": "debug"})
	every name, level in {"LOG_LEVEL": "trace", "RUST_LOG": "info,x=debug", "MCP_DEBUG": "true", "FASTMCP_LOG_LEVEL": "error"} {
		count(control.findings) == 1 with input as testing.env_values("production", {name: level})
	}
	every name, level in {"LOG_LEVEL": "error", "RUST_LOG": "info", "MCP_DEBUG": "false", "MCP_LOG_LEVEL": "warning", "OTHER": "debug"} {
		control.findings == set() with input as testing.env_values("production", {name: level})
	}
	result := control with input as testing.env_values("development", {"MCP_LOG_LEVEL": "debug"})
	result.findings == set()
	count(result.inapplicable) == 1
}

test_development_is_left_out if {
	result := control with input as service({"image": hangar, "mark": "development"}, {"MCP_LOG_LEVEL": "DEBUG"})
	result.findings == set()
	count(result.inapplicable) == 1
}

test_the_file_of_hangar_decides_unless_the_process_does if {
	config := {"mcp_servers": {}, "logging": {"level": "DEBUG"}}
	every consumers, found in {
		"[]": 1,
		"[{\"component\": \"hangar\"}]": 1,
		"[{\"component\": \"hangar\", \"environment\": [{\"name\": \"MCP_LOG_LEVEL\", \"value\": \"INFO\"}]}]": 1,
		"[{\"component\": \"hangar\", \"environment\": [{\"name\": \"MCP_LOG_LEVEL\", \"value\": \"WARNING\"}]}]": 0,
		"[{\"component\": \"hangar\", \"args\": [\"serve\", \"--log-level\", \"error\"]}]": 0,
		"[{\"component\": \"redis\", \"environment\": [{\"name\": \"MCP_LOG_LEVEL\", \"value\": \"WARNING\"}]}]": 1,
	} {
		result := control with input as testing.config("hangar-config", config, {"consumers": json.unmarshal(consumers)})
		{finding.path | some finding in result.findings} == {path | some path in [["logging", "level"]]; found == 1}
		result.judged == {{"artefact": 0}}
	}
	open := control with input as testing.config("hangar-config", config, {"consumers": [{"component": "hangar", "open": "ConfigMap x"}]})
	open.findings == set()
	count(open.undecided) == 1
}

test_files_of_others if {
	count(control.findings) == 1 with input as testing.config("bridge-router-config", {"logging": {"level": "debug"}}, {})
	control.findings == set() with input as testing.config("bridge-router-config", {"logging": {"level": "warn"}}, {})
	control.findings == set() with input as testing.config("bridge-router-config", {"logging": {"level": "debug"}}, {"consumers": [{
		"component": "router",
		"environment": [{"name": "MCP_LOGGING_LEVEL", "value": "info"}],
	}]})
	result := control with input as testing.config("bridge-gateway-config", {"logging": {"level": "debug"}}, {})
	result.findings == set()
	result.judged == set()
	count(result.inapplicable) == 1
	count(control.findings) == 1 with input as testing.config("hangar-config", {"logging": {"level": false}}, {})
}

test_values_of_the_charts if {
	values_found({"config": {"logLevel": "DEBUG"}}, "mcp-hangar") == {["config", "logLevel"]}
	values_found({"config": {"logLevel": "INFO"}}, "mcp-hangar") == set()
	values_found({"config": {"logLevel": "INFO"}, "extraEnv": [{"name": "MCP_LOG_LEVEL", "value": "DEBUG"}]}, "mcp-hangar") == {["extraEnv", 0, "value"]}
	values_found({"config": {"logLevel": "DEBUG"}, "extraEnv": [{"name": "MCP_LOG_LEVEL", "value": "INFO"}]}, "mcp-hangar") == {["config", "logLevel"]}
	values_found({"config": {"logLevel": "DEBUG"}, "extraEnv": [{"name": "MCP_LOG_LEVEL", "value": "WARNING"}]}, "mcp-hangar") == {["extraEnv", 0, "value"]}
	values_found({"gateway": {"env": {"LOG_LEVEL": "debug"}}, "router": {"env": {"MCP_LOGGING_LEVEL": "debug"}}}, "mcp-bridge") == {["router", "env", "MCP_LOGGING_LEVEL"]}
	values_found({"env": {"LOG_LEVEL": "debug"}}, "search") == {["env", "LOG_LEVEL"]}
	values_found({"server": {"extraEnv": [{"name": "LOG_LEVEL", "value": "trace"}]}}, "search") == {["server", "extraEnv", 0, "value"]}
	values_found({"a": {"b": {"env": {"LOG_LEVEL": "debug"}}}}, "search") == {["a", "b", "env", "LOG_LEVEL"]}
	off := control with input as testing.helm_values({"jobs": {"enabled": false, "env": {"LOG_LEVEL": "debug"}}}, {"chart": "search", "off": [["jobs"]]})
	{finding.level | some finding in off.findings} == {"warn"}
	overlay := control with input as testing.helm_values({"replicaCount": 2}, {"chart": "mcp-hangar", "overlay": true})
	count(overlay.undecided) == 1
}

# No system is known of it, so the usual names count.
test_another_gateway_goes_by_the_usual_names if {
	given := testing.with_facts(testing.process("acme/gateway:1.2.3", env({"LOG_LEVEL": "debug"})), {"component": "gateway"})
	count(control.findings) == 1 with input as given
	control.findings == set() with input as testing.with_facts(given, {"system": "bridge"})
}

test_servers_of_a_client if {
	control.findings == {{
		"artefact": 0,
		"path": ["servers", 0, "env", "LOG_LEVEL"],
		"message": "server web runs at DEBUG",
	}} with input as testing.client_server({
		"words": [{"word": "uvx", "path": ["command"]}],
		"environment": [{"name": "LOG_LEVEL", "value": "debug", "path": ["env", "LOG_LEVEL"]}],
	})
	count(control.findings) == 1 with input as testing.client_server({
		"words": [{"word": "mcp-hangar", "path": ["command"]}, {"word": "--log-level", "path": ["args", 1]}, {"word": "DEBUG", "path": ["args", 2]}],
		"environment": [],
	})
}

env(values) := {"env": [{"name": name, "value": given} | some name, given in values]}

service(value, values) := testing.compose_service(
	object.union(value, {"environment": [{"name": name, "value": given} | some name, given in values]}),
	{},
)

found_at(given) := paths if {
	findings := control.findings with input as given
	paths := {finding.path | some finding in findings}
}

levels(given) := found if {
	findings := control.findings with input as given
	found := [object.get(finding, "level", "") | some finding in findings]
}

values_found(values, chart) := paths if {
	findings := control.findings with input as testing.helm_values(values, {"chart": chart})
	paths := {finding.path | some finding in findings}
}
