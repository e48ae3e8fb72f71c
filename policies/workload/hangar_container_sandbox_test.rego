package mcp.controls.workload.hangar_container_sandbox_test

import data.mcp.controls.workload.hangar_container_sandbox as control
import data.mcp.lib.testing

test_silence_is_the_sandbox if {
	result := control with input as server({"mode": "docker", "image": "tools/web:1.2.3"})
	result.findings == set()
	result.undecided == set()
	result.judged == {{"artefact": 0}}
}

test_a_writable_root_is_found if {
	control.findings == {{
		"artefact": 0,
		"path": ["mcp_servers", "web", "read_only"],
		"message": "server web can write to its root filesystem: read_only is off",
	}} with input as server({"mode": "docker", "read_only": false})
}

# Hangar takes a switch as Python does.
test_a_switch_in_quotes_is_on_and_null_is_off if {
	control.findings == set() with input as server({"mode": "docker", "read_only": "false"})
	count(control.findings) == 1 with input as server({"mode": "docker", "read_only": null})
}

test_a_reason_counts_where_something_is_mounted_for_writing if {
	every volumes, found in {["/srv/data:/data"]: 0, ["/srv/data:/data:rw"]: 0, ["/srv/data:/data:ro"]: 1, []: 1} {
		count(control.findings) == found with input as server({"mode": "container", "read_only": false, "volumes": volumes})
			with data.params as {"sandbox_exceptions": {"web": {"read_only": "keeps an index"}}}
	}
	count(control.findings) == 1 with input as server({"mode": "container", "read_only": false, "volumes": ["/srv/data:/data"]})
		with data.params as {"sandbox_exceptions": {"web": {"read_only": " "}, "other": {"read_only": "a reason"}}}
}

test_a_network_has_to_be_declared_and_enforced if {
	every given in [
		{"network": "bridge"},
		{"network_mode": "tools"},
		{"network": "", "network_mode": "bridge"},
		{"network": "bridge", "capabilities": {"network": {"egress": []}, "enforcement_mode": "block"}},
		{"network": "bridge", "capabilities": {"network": {"egress": [{"host": "api.example"}]}, "enforcement_mode": "alert"}},
		{"network": "bridge", "capabilities": {"network": {"egress": [{"host": "api.example"}]}}},
		{"network": 7},
	] {
		count(control.findings) == 1 with input as server(object.union({"mode": "docker"}, given))
	}
	every mode in ["block", "quarantine"] {
		control.findings == set() with input as server({
			"mode": "docker", "network": "bridge",
			"capabilities": {"network": {"egress": [{"host": "api.example"}]}, "enforcement_mode": mode},
		})
	}
	control.findings == set() with input as server({"mode": "docker", "network": "bridge"})
		with data.params as {"sandbox_exceptions": {"web": {"network": "crawls"}}}
}

test_the_network_of_the_host_never_passes if {
	control.findings == {{
		"artefact": 0,
		"path": ["mcp_servers", "web", "network"],
		"message": "server web has the network of its host",
	}} with input as server({
		"mode": "docker", "network": "host",
		"capabilities": {"network": {"egress": [{"host": "api.example"}]}, "enforcement_mode": "block"},
	})
		with data.params as {"sandbox_exceptions": {"web": {"network": "crawls"}}}
}

test_relative_folders_are_found_and_named_volumes_are_not if {
	findings := control.findings with input as server({"mode": "docker", "volumes": ["./data:/data", "~/x:/x:ro", "data/in:/in", "cache:/cache", "/srv/data:/d", 7]})
	{finding.path[3] | some finding in findings} == {0, 1, 2}
}

test_members_that_are_defined_nowhere_else_are_judged if {
	findings := control.findings with input as testing.config(
		"hangar-config",
		{"mcp_servers": {
			"pool": {"mode": "group", "members": [{"id": "web", "mode": "docker", "network": "host"}, {"id": "own", "mode": "docker", "network": "host"}]},
			"web": {"mode": "docker"},
		}},
		{},
	)
	{finding.path | some finding in findings} == {["mcp_servers", "pool", "members", 1, "network"]}
}

test_others_are_not_judged if {
	every mode in ["subprocess", "remote"] {
		result := control with input as server({"mode": mode, "network": "host", "read_only": false})
		result.findings == set()
		result.judged == set()
		result.inapplicable == {{"artefact": 0, "reason": "Hangar starts no server as a container"}}
	}
	control.judged == set() with input as server({"network": "host"})
}

test_what_is_not_known_is_undecided if {
	result := control with input as server({"mode": "docker", "read_only": {"unresolved": "the variable RO"}, "network": {"unresolved": "the variable NET"}})
	result.findings == set()
	count(result.undecided) == 2
	mode := control with input as server({"mode": {"unresolved": "the variable MODE"}, "network": "host"})
	mode.findings == set()
	mode.judged == set()
	count(mode.undecided) == 1
	mode.inapplicable == set()
}

test_values_of_the_chart_are_judged if {
	values := {"mcp_servers": {"web": {"mode": "docker", "network": "host"}, "other": {"network": "host"}}}
	count(control.findings) == 1 with input as testing.helm_values(values, {"chart": "mcp-hangar"})
	overlay := control with input as testing.helm_values(values, {"chart": "mcp-hangar", "overlay": true})
	count(overlay.findings) == 1
	{answer.path | some answer in overlay.undecided} == {["mcp_servers", "other", "mode"]}
	control.findings == set() with input as testing.helm_values(values, {"chart": "another"})
}

server(value) := testing.config("hangar-config", {"mcp_servers": {"web": value}}, {})
