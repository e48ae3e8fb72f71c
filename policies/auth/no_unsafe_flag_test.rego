package mcp.controls.auth.no_unsafe_flag_test

import data.mcp.controls.auth.no_unsafe_flag as control
import data.mcp.lib.testing

test_the_flag_is_found_at_its_word if {
	control.findings == {{
		"artefact": 0,
		"path": ["spec", "containers", 0, "args", 2],
		"message": "container gateway is started with --unsafe-no-auth: it listens for everybody without authentication",
	}} with input as testing.container({"start": {"hangar": true, "unsafe": [{"path": ["args", 2]}], "unknown": []}})
}

test_hangar_without_it_is_met if {
	result := control with input as testing.container({"start": {"hangar": true, "unsafe": [], "unknown": []}})
	result.findings == set()
	result.undecided == set()
	result.judged == {{"artefact": 0}}
	result.inapplicable == set()
}

test_loopback_is_met if {
	result := control with input as testing.container({"start": {"hangar": true, "unsafe": [{"path": ["args", 2], "host": "loopback"}], "unknown": []}})
	result.findings == set()
	result.judged == {{"artefact": 0}}
}

test_a_host_that_is_not_known_is_undecided if {
	result := control with input as testing.container({"start": {"hangar": true, "unsafe": [{"path": ["args", 2], "host": "unknown"}], "unknown": []}})
	result.findings == set()
	{answer.path | some answer in result.undecided} == {["spec", "containers", 0, "args", 2]}
}

test_a_word_that_may_be_the_flag_is_undecided if {
	result := control with input as testing.container({"start": {"hangar": true, "unsafe": [], "unknown": [["args", 1]]}})
	result.findings == set()
	{answer.path | some answer in result.undecided} == {["spec", "containers", 0, "args", 1]}
}

test_what_runs_something_else_is_not_judged if {
	result := control with input as testing.container({})
	result.judged == set()
	result.inapplicable == {{"artefact": 0, "reason": "nothing in it runs Hangar"}}
}

test_services_are_judged_for_development_too if {
	given := testing.compose_service({"mark": "development", "start": {"unsafe": [{"path": ["command", "argv", 1]}], "unknown": []}}, {})
	{found.path | some found in control.findings} == {["services", 0, "command", "argv", 1]} with input as given
}

test_the_chart_s_switch if {
	every on in [true, "true", "false", 1] {
		control.findings == {{
			"artefact": 0,
			"path": ["config", "unsafeNoAuth"],
			"message": "config.unsafeNoAuth is on: Hangar listens for everybody without authentication",
		}} with input as _values({"config": {"unsafeNoAuth": on}})
	}
	every off in [{}, {"config": {}}, {"config": {"unsafeNoAuth": false}}, {"config": {"unsafeNoAuth": null}}, {"config": {"unsafeNoAuth": ""}}] {
		result := control with input as _values(off)
		result.findings == set()
		result.judged == {{"artefact": 0}}
	}
}

test_an_overlay_tells_what_it_sets if {
	control.judged == set() with input as testing.helm_values({"config": {}}, {"chart": "mcp-hangar", "overlay": true})
	count(control.findings) == 1 with input as testing.helm_values({"config": {"unsafeNoAuth": true}}, {"chart": "mcp-hangar", "overlay": true})
}

test_a_template_is_undecided if {
	result := control with input as _values({"config": {"unsafeNoAuth": {"unresolved": "a template"}}})
	result.findings == set()
	result.judged == set()
	result.undecided == {{"artefact": 0, "path": ["config", "unsafeNoAuth"], "reason": "the value is not known: a template"}}
}

test_the_chart_as_a_part_of_another if {
	{found.path | some found in control.findings} == {["mcp-hangar", "config", "unsafeNoAuth"]} with input as _part({})
	control.findings == set() with input as _part({"enabled": false})
}

_values(value) := testing.helm_values(value, {"chart": "mcp-hangar"})

_part(more) := testing.helm_values({"mcp-hangar": object.union({"config": {"unsafeNoAuth": true}}, more)}, {})
