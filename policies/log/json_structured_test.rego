package mcp.controls.log.json_structured_test

import data.mcp.controls.log.json_structured as control
import data.mcp.lib.testing

hangar := "ghcr.io/mcp-hangar/mcp-hangar:2.13.0"

test_a_switch_of_the_process_is_met if {
	every given in [
		{"args": ["serve", "--json-logs"]},
		{"env": [{"name": "MCP_JSON_LOGS", "value": "true"}]},
		{"env": [{"name": "MCP_JSON_LOGS", "value": "1"}], "volumeMounts": [{"name": "config"}]},
		{"inherited": [{"name": "MCP_JSON_LOGS", "value": "YES", "at": ["envFrom", 0]}]},
	] {
		result := control with input as testing.process(hangar, given)
		result.findings == set()
		result.undecided == set()
		result.judged == {{"artefact": 0}}
	}
}

test_a_process_without_anything_is_found if {
	control.findings == {{
		"artefact": 0,
		"path": ["spec", "containers", 0],
		"message": "container main writes its logs as text: it has neither --json-logs nor MCP_JSON_LOGS, and no configuration",
	}} with input as testing.process(hangar, {})
	control.findings == {{
		"artefact": 0,
		"path": ["spec", "containers", 0, "env", 0, "value"],
		"message": "container main writes its logs as text: MCP_JSON_LOGS is off, and it has neither --json-logs nor a configuration",
	}} with input as testing.process(hangar, {"env": [{"name": "MCP_JSON_LOGS", "value": "false"}]})
	count(control.findings) == 1 with input as testing.process(hangar, {"inherited": [{"name": "MCP_JSON_LOGS", "value": "no", "at": ["envFrom", 0]}]})
	count(control.findings) == 1 with input as testing.compose_service({"image": hangar}, {})
}

test_its_configuration_may_say_so if {
	unknown := control with input as testing.process(hangar, {"volumeMounts": [{"name": "config"}]})
	unknown.findings == set()
	count(unknown.undecided) == 1
	unknown.judged == set()
	known := control with input as testing.process(hangar, {"volumeMounts": [{"name": "config"}], "configured": true})
	known.findings == set()
	known.undecided == set()
	count(known.inapplicable) == 1
	service := control with input as testing.compose_service({"image": hangar, "volumes": [{"type": "bind", "source": "./config.yaml"}]}, {})
	service.findings == set()
	count(service.undecided) == 1
}

test_what_is_not_known_is_undecided if {
	every given in [
		{"env": [{"name": "MCP_JSON_LOGS", "valueFrom": {"configMapKeyRef": {"name": "x", "key": "y"}}}], "configured": true},
		{"inherited_open": "ConfigMap settings"},
	] {
		result := control with input as testing.process(hangar, given)
		result.findings == set()
		count(result.undecided) == 1
	}
}

test_a_word_that_is_no_switch_is_refused if {
	findings := control.findings with input as testing.process(hangar, {"env": [{"name": "MCP_JSON_LOGS", "value": "json"}]})
	{finding.message | some finding in findings} == {"container main does not start: MCP_JSON_LOGS is no switch"}
}

test_a_configuration_without_json_is_found if {
	control.findings == {{
		"artefact": 0,
		"path": ["logging", "json_format"],
		"message": "Hangar writes its logs as text: logging.json_format is off, and nothing else says JSON",
	}} with input as config({"level": "INFO"}, [])
	every format in [true, "true", "false", 1] {
		result := control with input as config({"json_format": format}, [])
		result.findings == set()
		result.judged == {{"artefact": 0}}
	}
	every format in [false, null, ""] {
		count(control.findings) == 1 with input as config({"json_format": format}, [])
	}
}

test_processes_may_say_json_for_their_configuration if {
	json := {"component": "hangar", "environment": [{"name": "MCP_JSON_LOGS", "value": "true"}]}
	flag := {"component": "hangar", "args": ["serve", "--json-logs"]}
	text := {"component": "hangar"}
	open := {"component": "hangar", "open": "ConfigMap settings"}
	control.findings == set() with input as config({"json_format": false}, [json, flag, {"component": "redis"}])
	count(control.findings) == 1 with input as config({}, [json, text])
	count(control.findings) == 1 with input as config({}, [{"component": "redis"}])
	result := control with input as config({}, [json, open])
	result.findings == set()
	count(result.undecided) == 1
}

test_a_value_that_is_not_known_is_undecided if {
	every logging in [{"json_format": {"unresolved": "the variable J"}}, {"unresolved": "the variable L"}] {
		result := control with input as config(logging, [])
		result.findings == set()
		count(result.undecided) == 1
	}
}

test_the_chart_writes_json_unless_it_is_off if {
	every values in [{}, {"config": {"jsonLogs": true}}, {"config": {"jsonLogs": false}, "extraEnv": [{"name": "MCP_JSON_LOGS", "value": "true"}]}, {"config": {"jsonLogs": true}, "extraEnv": [{"name": "MCP_JSON_LOGS", "value": "false"}]}] {
		result := control with input as testing.helm_values(values, {"chart": "mcp-hangar"})
		result.findings == set()
		result.judged == {{"artefact": 0}}
	}
	every off in [false, "false"] {
		findings := control.findings with input as testing.helm_values({"config": {"jsonLogs": off}}, {"chart": "mcp-hangar"})
		{finding.path | some finding in findings} == {["config", "jsonLogs"]}
	}
	overlay := control with input as testing.helm_values({}, {"chart": "mcp-hangar", "overlay": true})
	overlay.judged == set()
	count(overlay.undecided) == 1
}

test_the_gateway_always_does_and_the_router_by_its_format if {
	control.findings == set() with input as testing.config("bridge-gateway-config", {"logging": {"format": "text"}}, {})
	every format, found in {"json": 0, "console": 1, "text": 1, "": 0} {
		count(control.findings) == found with input as testing.config("bridge-router-config", {"logging": {"format": format}}, {})
	}
	control.findings == set() with input as testing.config("bridge-router-config", {"logging": {"format": "console"}}, {"consumers": [{
		"component": "router",
		"environment": [{"name": "MCP_LOGGING_FORMAT", "value": "json"}],
	}]})
	count(control.findings) == 1 with input as testing.process("acme/mcp-bridge-router:v1.0.0", {"env": [{"name": "MCP_LOGGING_FORMAT", "value": "console"}]})
	result := control with input as testing.process("acme/mcp-bridge-gateway:v1.0.0", {})
	result.judged == {{"artefact": 0}}
}

test_others_are_not_applicable if {
	result := control with input as testing.process("acme/search:1.2.3", {})
	result.judged == set()
	count(result.inapplicable) == 1
	development := control with input as testing.compose_service({"image": hangar, "mark": "development"}, {})
	development.findings == set()
	count(development.inapplicable) == 1
}

config(logging, consumers) := testing.config("hangar-config", {"mcp_servers": {}, "logging": logging}, {"consumers": consumers})
