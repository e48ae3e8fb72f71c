package mcp.controls.resilience.hangar_idle_ttl_test

import data.mcp.controls.resilience.hangar_idle_ttl as control
import data.mcp.lib.testing

test_each_mode_has_its_range if {
	every mode, values in {"subprocess": [120, 300, 900], "docker": [301, 600, 1800], "container": [600], "remote": [60, 300, 86400]} {
		every ttl in values {
			result := control with input as server({"mode": mode, "idle_ttl_s": ttl})
			result.findings == set()
			result.judged == {{"artefact": 0}}
		}
	}
	every mode, values in {"subprocess": [119, 901, 3600], "docker": [120, 299, 1801], "container": [60], "remote": [59]} {
		every ttl in values {
			count(control.findings) == 1 with input as server({"mode": mode, "idle_ttl_s": ttl})
		}
	}
}

test_the_finding_says_what_fits if {
	control.findings == {{
		"artefact": 0,
		"path": ["mcp_servers", "web", "idle_ttl_s"],
		"message": "server web is stopped after 10 idle seconds, not 120 to 900",
	}} with input as server({"idle_ttl_s": 10})
}

test_hangar_does_not_start_with_nonsense if {
	every ttl in [0, -5, 86401, "300", null, true] {
		findings := control.findings with input as server({"mode": "docker", "idle_ttl_s": ttl})
		count(findings) == 1
		some finding in findings
		endswith(finding.message, "Hangar does not start")
	}
}

test_the_default_is_right_for_a_subprocess_and_short_for_a_container if {
	control.findings == set() with input as server({"command": ["web"]})
	control.findings == set() with input as server({"mode": "remote"})
	every given in [{}, {"idle_ttl_s": 300}] {
		findings := control.findings with input as server(object.union({"mode": "docker"}, given))
		{[finding.level, finding.path] | some finding in findings} == {["warn", ["mcp_servers", "web", "idle_ttl_s"]]}
	}
}

test_groups_have_none_and_their_members_do if {
	result := control with input as testing.config(
		"hangar-config", {"mcp_servers": {
			"pool": {"mode": "group", "idle_ttl_s": 1, "members": [{"id": "web", "idle_ttl_s": 1}, {"id": "own", "command": ["own"], "idle_ttl_s": 1}]},
			"web": {"command": ["web"]},
		}},
		{},
	)
	{finding.path | some finding in result.findings} == {["mcp_servers", "pool", "members", 1, "idle_ttl_s"]}
}

test_what_is_not_known_is_undecided if {
	result := control with input as server({"idle_ttl_s": {"unresolved": "the variable TTL"}})
	result.findings == set()
	count(result.undecided) == 1
}

test_an_overlay_is_judged_by_what_it_sets if {
	values := {"mcp_servers": {"web": {"mode": "docker"}, "api": {"mode": "docker", "idle_ttl_s": 10}, "db": {"idle_ttl_s": 0}}}
	result := control with input as testing.helm_values(values, {"chart": "mcp-hangar", "overlay": true})
	{finding.path[1] | some finding in result.findings} == {"api", "db"}
}

test_no_server_is_not_applicable if {
	result := control with input as testing.config("hangar-config", {"mcp_servers": {}}, {})
	result.judged == set()
	count(result.inapplicable) == 1
}

server(given) := testing.config("hangar-config", {"mcp_servers": {"web": given}}, {})
