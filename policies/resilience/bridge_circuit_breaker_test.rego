package mcp.controls.resilience.bridge_circuit_breaker_test

import data.mcp.controls.resilience.bridge_circuit_breaker as control
import data.mcp.lib.testing

test_thresholds_are_met if {
	every breaker in [
		{"failure_threshold": 5, "success_threshold": 2, "timeout_seconds": 30},
		{"failure_threshold": "5", "success_threshold": 2, "enabled": true},
		{"failure_threshold": 20, "success_threshold": 10, "timeout_seconds": 300, "max_requests": 0},
	] {
		result := control with input as gateway(breaker)
		result.findings == set()
		result.undecided == set()
		result.judged == {{"artefact": 0}}
	}
}

test_a_duration_under_timeout_is_found if {
	control.findings == {
		{
			"artefact": 0,
			"path": ["routing", "circuit_breaker", "timeout"],
			"message": "routing.circuit_breaker.timeout is read by nothing: use timeout_seconds",
		},
		{
			"artefact": 0,
			"path": ["routing", "circuit_breaker", "success_threshold"],
			"message": "the circuit breaker leaves success_threshold to its default",
		},
	} with input as gateway({"failure_threshold": 5, "timeout": "30s"})
}

test_no_breaker_is_found_once if {
	every config in [{}, {"routing": {}}, {"routing": {"circuit_breaker": {}}}, {"routing": {"circuit_breaker": null}}] {
		findings := control.findings with input as testing.config("bridge-gateway-config", config, {})
		{finding.path | some finding in findings} == {["routing", "circuit_breaker"]}
	}
}

test_values_out_of_range_are_found if {
	every given in [
		{"failure_threshold": 1}, {"failure_threshold": 21}, {"success_threshold": 0}, {"success_threshold": 11}, {"timeout_seconds": 0},
		{"timeout_seconds": 301}, {"timeout_seconds": "30s"}, {"failure_threshold": 2.5}, {"failure_threshold": true}, {"failure_threshold": ""},
	] {
		count(control.findings) == 1 with input as gateway(object.union({"failure_threshold": 5, "success_threshold": 2}, given))
	}
}

test_a_breaker_that_is_off_is_found if {
	every enabled in [false, "false", "F"] {
		findings := control.findings with input as gateway({"failure_threshold": 5, "success_threshold": 2, "enabled": enabled})
		{finding.path | some finding in findings} == {["routing", "circuit_breaker", "enabled"]}
	}
}

test_a_block_at_the_top_keeps_to_the_same if {
	findings := control.findings with input as testing.config(
		"bridge-gateway-config", {
			"routing": {"circuit_breaker": {"failure_threshold": 5, "success_threshold": 2}},
			"circuit_breaker": {"failure_threshold": 1, "max_requests": 0, "timeout": "1s"},
		},
		{},
	)
	{finding.path | some finding in findings} == {["circuit_breaker", "failure_threshold"], ["circuit_breaker", "max_requests"], ["circuit_breaker", "timeout"]}
}

test_variables_of_the_process_count_before_the_file if {
	process := {"environment": [{"name": "MCP_GATEWAY_ROUTING_CIRCUIT_BREAKER_FAILURE_THRESHOLD", "value": "8"}]}
	control.findings == set() with input as testing.config(
		"bridge-gateway-config",
		{"routing": {"circuit_breaker": {"failure_threshold": 100, "success_threshold": 2}}},
		{"consumers": [process]},
	)
	open := {"environment": [{"name": "MCP_GATEWAY_ROUTING_CIRCUIT_BREAKER_FAILURE_THRESHOLD", "value": {"unresolved": "a value from elsewhere"}}]}
	result := control with input as testing.config("bridge-gateway-config", {"routing": {"circuit_breaker": {"success_threshold": 2}}}, {"consumers": [open]})
	result.findings == set()
	count(result.undecided) == 1
}

test_what_is_not_known_is_undecided if {
	every config in [
		{"routing": {"unresolved": "a template"}},
		{"routing": {"circuit_breaker": {"unresolved": "a template"}}},
		{"routing": {"circuit_breaker": {"failure_threshold": {"unresolved": "a template"}, "success_threshold": 2}}},
	] {
		result := control with input as testing.config("bridge-gateway-config", config, {})
		result.findings == set()
		count(result.undecided) == 1
	}
}

gateway(breaker) := testing.config("bridge-gateway-config", {"routing": {"circuit_breaker": breaker}}, {})
