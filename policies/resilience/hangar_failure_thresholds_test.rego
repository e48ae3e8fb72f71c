package mcp.controls.resilience.hangar_failure_thresholds_test

import data.mcp.controls.resilience.hangar_failure_thresholds as control
import data.mcp.lib.testing

test_tuned_is_met if {
	result := control with input as pool({"max_consecutive_failures": 3}, {"failure_threshold": 10, "reset_timeout_s": 60})
	result.findings == set()
	result.undecided == set()
	result.judged == {{"artefact": 0}}
}

test_the_default_is_found_for_what_is_critical if {
	control.findings == {
		{
			"artefact": 0,
			"path": ["mcp_servers", "web-1", "max_consecutive_failures"],
			"message": "server web-1 leaves max_consecutive_failures to its default, 3",
		},
		{
			"artefact": 0,
			"path": ["mcp_servers", "pool", "circuit_breaker", "reset_timeout_s"],
			"message": "group pool leaves circuit_breaker.reset_timeout_s to its default, 60",
		},
	} with input as pool({}, {"failure_threshold": 10})
}

test_a_group_without_a_breaker_is_found if {
	every more in [{}, {"circuit_breaker": null}, {"circuit_breaker": {}}] {
		findings := control.findings with input as config({"pool": object.union({"mode": "group"}, more)})
		{finding.path | some finding in findings} == {["mcp_servers", "pool", "circuit_breaker"]}
	}
}

test_a_server_in_no_group_may_have_the_default if {
	control.findings == set() with input as config({"web": {"command": ["web"]}})
	every given in [1, 11, 0] {
		count(control.findings) == 1 with input as config({"web": {"max_consecutive_failures": given}})
	}
	every given in ["3", 2.5, true, [3]] {
		findings := control.findings with input as config({"web": {"max_consecutive_failures": given}})
		{finding.message | some finding in findings} == {"server web has a max_consecutive_failures that is no whole number"}
	}
}

test_what_is_declared_critical_is if {
	count(control.findings) == 1 with input as config({"web": {"command": ["web"]}, "other": {"command": ["other"]}})
		with data.params as {"critical_servers": ["web", "nowhere"]}
}

test_where_some_are_declared_the_members_of_other_groups_are_not if {
	every critical, found in {"web-1": 1, "pool": 1, "another": 0} {
		count(control.findings) == found with input as pool({}, {"failure_threshold": 10, "reset_timeout_s": 60})
			with data.params as {"critical_servers": [critical]}
	}
}

test_thresholds_of_a_group_have_their_ranges if {
	every given in [{"failure_threshold": 2}, {"failure_threshold": 51}, {"failure_threshold": "10"}, {"reset_timeout_s": 4}, {"reset_timeout_s": 601}] {
		count(control.findings) == 1 with input as pool({"max_consecutive_failures": 3}, object.union({"failure_threshold": 10, "reset_timeout_s": 60}, given))
	}
	control.findings == set() with input as pool({"max_consecutive_failures": 2}, {"failure_threshold": 3, "reset_timeout_s": 7.5})
}

test_what_is_not_known_is_undecided if {
	every breaker in [{"unresolved": "the variable B"}, {"failure_threshold": {"unresolved": "the variable B"}, "reset_timeout_s": 60}] {
		result := control with input as pool({"max_consecutive_failures": 3}, breaker)
		result.findings == set()
		count(result.undecided) > 0
	}
}

test_an_overlay_is_judged_by_what_it_sets if {
	values := {"mcp_servers": {"pool": {"mode": "group", "circuit_breaker": {"failure_threshold": 1}}}}
	result := control with input as testing.helm_values(values, {"chart": "mcp-hangar", "overlay": true})
	{finding.path[3] | some finding in result.findings} == {"failure_threshold"}
	{answer.path[3] | some answer in result.undecided} == {"reset_timeout_s"}
}

test_nothing_to_judge_is_not_applicable if {
	result := control with input as config({})
	result.judged == set()
	count(result.inapplicable) == 1
}

config(servers) := testing.config("hangar-config", {"mcp_servers": servers}, {})

pool(server, breaker) := config({
	"pool": {"mode": "group", "members": [{"id": "web-1"}], "circuit_breaker": breaker},
	"web-1": object.union({"command": ["web"]}, server),
})
