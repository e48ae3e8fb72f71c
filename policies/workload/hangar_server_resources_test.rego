package mcp.controls.workload.hangar_server_resources_test

import data.mcp.controls.workload.hangar_server_resources as control
import data.mcp.lib.testing

test_silence_is_limited if {
	result := control with input as server({})
	result.findings == set()
	result.judged == {{"artefact": 0}}
}

test_limits_are_met if {
	every resources in [
		{"memory": "256m", "cpu": "0.5"},
		{"memory": "1g", "cpu": 1},
		{"memory": "512 MiB", "cpu": ".5"},
		{"memory": 268435456, "cpu": 0.25},
	] {
		control.findings == set() with input as server({"resources": resources})
	}
}

test_a_limit_that_is_missing_is_found if {
	control.findings == {{
		"artefact": 0,
		"path": ["mcp_servers", "web", "resources", "cpu"],
		"message": "server web has no CPU limit: resources does not set cpu",
	}} with input as server({"resources": {"memory": "256m"}})
	count(control.findings) == 1 with input as server({"resources": {"cpu": 1, "memory": null}})
	count(control.findings) == 2 with input as server({"resources": {"mem": "1g"}})
}

test_an_amount_that_is_none_is_found if {
	every resources in [
		{"memory": "0", "cpu": 1},
		{"memory": 0, "cpu": 1},
		{"memory": "unlimited", "cpu": 1},
		{"memory": ["1g"], "cpu": 1},
		{"memory": "1g", "cpu": 0},
		{"memory": "1g", "cpu": "0.0"},
		{"memory": "1g", "cpu": "500m"},
		{"memory": "1g", "cpu": "unlimited"},
		{"memory": "1g", "cpu": true},
	] {
		count(control.findings) == 1 with input as server({"resources": resources})
	}
}

test_no_resources_are_advice_and_no_map_is_found if {
	every resources in [{}, null, ""] {
		findings := control.findings with input as server({"resources": resources})
		{finding.level | some finding in findings} == {"warn"}
	}
	findings := control.findings with input as server({"resources": "unlimited"})
	{object.get(finding, "level", "") | some finding in findings} == {""}
}

test_concurrency_without_a_limit_is_found if {
	every given in [0, "0", -1, false, "none"] {
		findings := control.findings with input as testing.config("hangar-config", {"mcp_servers": {}, "execution": {"max_concurrency": given}}, {})
		{finding.path | some finding in findings} == {["execution", "max_concurrency"]}
	}
	every given in [null, 10, "20"] {
		control.findings == set() with input as testing.config("hangar-config", {"mcp_servers": {}, "execution": {"default_mcp_server_concurrency": given}}, {})
	}
}

test_what_is_not_known_is_undecided if {
	every resources in [{"unresolved": "the variable R"}, {"memory": {"unresolved": "the variable M"}, "cpu": 1}] {
		result := control with input as server({"resources": resources})
		result.findings == set()
		count(result.undecided) == 1
	}
}

test_an_overlay_is_judged_by_what_it_sets if {
	values := {"mcp_servers": {"web": {"mode": "docker", "resources": {"memory": "0"}}}}
	findings := control.findings with input as testing.helm_values(values, {"chart": "mcp-hangar", "overlay": true})
	{finding.path | some finding in findings} == {["mcp_servers", "web", "resources", "memory"]}
}

test_others_are_not_judged if {
	result := control with input as testing.config("hangar-config", {"mcp_servers": {"web": {"mode": "remote", "resources": {}}}}, {})
	result.findings == set()
	result.judged == set()
	count(result.inapplicable) == 1
}

server(value) := testing.config("hangar-config", {"mcp_servers": {"web": object.union({"mode": "docker"}, value)}}, {})
