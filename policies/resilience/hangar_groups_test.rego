package mcp.controls.resilience.hangar_groups_test

import data.mcp.controls.resilience.hangar_groups as control
import data.mcp.lib.testing

test_two_members_are_met if {
	result := control with input as config(two) with data.params as declared(["pool"])
	result.findings == set()
	result.undecided == set()
	result.judged == {{"artefact": 0}}
}

test_one_member_is_found_whatever_is_declared if {
	control.findings == {{
		"artefact": 0,
		"path": ["mcp_servers", "pool", "members"],
		"message": "group pool has one member and nothing to fail over to",
	}} with input as config({"pool": {"mode": "group", "members": [{"id": "web-1"}]}, "web-1": {"command": ["web"]}})
}

test_members_count_by_their_ids if {
	every members in [[], [{"id": "web-1"}, {"id": "web-1"}], [{"id": "web-1"}, {}], [{"id": "web-1"}, "web-2"], "web-1", null] {
		findings := control.findings with input as config({"pool": {"mode": "group", "members": members}, "web-1": {"command": ["web"]}})
		["mcp_servers", "pool", "members"] in {finding.path | some finding in findings}
	}
}

test_a_critical_server_in_no_group_is_found if {
	control.findings == {{
		"artefact": 0,
		"path": ["mcp_servers", "github"],
		"message": "server github is critical and in no group",
	}} with input as config({"github": {"command": ["gh"]}})
		with data.params as declared(["github"])
	control.findings == set() with input as config(two) with data.params as declared(["web-1"])
}

test_without_a_declaration_it_is_undecided if {
	result := control with input as config({"github": {"command": ["gh"]}})
	result.findings == set()
	result.judged == set()
	result.undecided == {{"artefact": 0, "path": ["mcp_servers"], "reason": "which servers are critical is not declared (hangar.critical_servers)"}}
	reasoned := control with input as config({"github": {"command": ["gh"]}}) with data.params as {"critical_servers": [], "no_critical_servers": "a laboratory"}
	reasoned.undecided == set()
	reasoned.inapplicable == {{"artefact": 0, "reason": "no server is critical: a laboratory"}}
}

test_remote_members_have_different_hosts if {
	every endpoint, found in {"https://b.example:8443/mcp": 0, "https://A.example/mcp": 1, "http://a.example:9000": 1} {
		findings := control.findings with input as config({
			"pool": {"mode": "group", "members": [{"id": "web-1"}, {"id": "web-2", "mode": "remote", "endpoint": endpoint}]},
			"web-1": {"mode": "remote", "endpoint": "https://a.example:8443/mcp"},
		})
			with data.params as declared(["pool"])
		count(findings) == found
	}
}

test_members_that_are_defined_nowhere_are_found if {
	every member in [{"id": "web-2"}, {"id": "web-2", "mode": "docker"}, {"id": "web-2", "mode": "remote"}] {
		findings := control.findings with input as config({"pool": {"mode": "group", "members": [{"id": "web-1"}, member]}, "web-1": {"command": ["web"]}})
		{finding.path | some finding in findings} == {["mcp_servers", "pool", "members", 1]}
	}
}

test_a_strategy_that_hangar_does_not_know_is_found if {
	every strategy, found in {"round_robin": 0, "priority": 0, "RoundRobin": 1, "failover": 1} {
		count(control.findings) == found with input as config(object.union(two, {"pool": {"strategy": strategy}}))
	}
}

test_what_is_not_known_is_undecided if {
	every group in [
		{"mode": "group", "members": {"unresolved": "a template"}},
		{"mode": "group", "members": [{"id": "web-1"}, {"id": {"unresolved": "the variable ID"}, "command": ["web"]}]},
		{"mode": "group", "members": [{"id": "web-1"}, {"id": "web-2"}], "strategy": {"unresolved": "the variable S"}},
		{"mode": {"unresolved": "the variable M"}},
	] {
		result := control with input as config({"pool": group, "web-1": {"command": ["web"]}, "web-2": {"command": ["web"]}}) with data.params as declared(["pool"])
		result.findings == set()
		count(result.undecided) == 1
	}
}

test_an_overlay_leaves_members_to_its_base if {
	values := {"mcp_servers": {"pool": {"mode": "group", "strategy": "random"}, "other": {"mode": "group", "members": [{"id": "a"}]}}}
	result := control with input as testing.helm_values(values, {"chart": "mcp-hangar", "overlay": true}) with data.params as declared(["pool"])
	{finding.path | some finding in result.findings} == {["mcp_servers", "other", "members"]}
	{answer.path | some answer in result.undecided} == {["mcp_servers", "pool", "members"]}
}

test_a_group_of_the_operator_selects_two_or_two_replicas if {
	every row in [{"servers": 2, "most_replicas": 1}, {"servers": 1, "most_replicas": 3}] {
		result := control with input as operator(row, true)
		result.findings == set()
		result.judged == {{"artefact": 4}}
	}
	control.findings == {{
		"artefact": 4,
		"path": ["spec", "selector"],
		"message": "the selector matches one MCPServer of one replica, and the group has nothing to fail over to",
	}} with input as operator({"servers": 1, "most_replicas": 1}, true)
	count(control.findings) == 1 with input as operator({"servers": 0, "most_replicas": 0}, true)
}

test_servers_that_were_not_given_may_be_selected if {
	every given in [operator({"servers": 1, "most_replicas": 1}, false), operator({"servers": 1, "most_replicas": 1, "unknown": "a template"}, true)] {
		result := control with input as given
		result.findings == set()
		result.judged == set()
		count(result.undecided) == 1
	}
	control.undecided == set() with input as operator({"servers": 2, "most_replicas": 1}, false)
}

two := {
	"pool": {"mode": "group", "members": [{"id": "web-1"}, {"id": "web-2", "mode": "docker", "image": "tools/web:1.2.3"}]},
	"web-1": {"command": ["web"]},
}

declared(names) := {"critical_servers": names, "no_critical_servers": ""}

config(servers) := testing.config("hangar-config", {"mcp_servers": servers}, {})

operator(row, whole) := {"inventory": {"whole": whole, "workloads": [], "pdbs": [], "server_groups": [object.union({"artefact": 4, "name": "pool", "subject": "mcp"}, row)]}}
