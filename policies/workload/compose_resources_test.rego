package mcp.controls.workload.compose_resources_test

import data.mcp.controls.workload.compose_resources as control
import data.mcp.lib.testing

limited(memory, cpus) := testing.compose_service({"limits": {"memory": memory, "cpus": cpus}}, {})

enough := {"amount": 536870912}

test_silence_is_no_limit if {
	control.findings == {{
		"artefact": 0,
		"path": ["services", 0, "deploy", "resources", "limits"],
		"message": "service gateway has no limit of memory and none of CPU",
	}} with input as testing.compose_service({}, {})
}

test_both_limits_are_met if {
	result := control with input as limited(enough, {"amount": 500})
	result.findings == set()
	result.undecided == set()
	result.judged == {{"artefact": 0}}
}

test_one_of_two_is_named if {
	control.findings == {{
		"artefact": 0,
		"path": ["services", 0, "deploy", "resources", "limits", "cpus"],
		"message": "service gateway has no limit of CPU",
	}} with input as testing.compose_service({"limits": {"memory": enough}}, {})
}

test_what_limits_nothing_is_found if {
	messages(limited({"amount": 0}, {"amount": 500})) == {"service gateway has a limit of memory that is zero, which is none"}
	messages(limited(enough, {"fault": "is no number of CPUs"})) == {"service gateway has a limit of CPU that is no number of CPUs"}
	messages(limited({"amount": 512}, {"amount": 1})) == {"service gateway has a limit of memory that Docker refuses, because it is less than 6 MiB"}
}

messages(given) := found if found := {each.message | some each in control.findings} with input as given

test_a_variable_is_not_judged if {
	result := control with input as limited({"unresolved": "the variable MEMORY"}, {"amount": 500})
	result.findings == set()
	result.undecided == {{"artefact": 0, "path": ["services", 0, "limits", "memory"], "reason": "the limit is not known: the variable MEMORY"}}
}

test_a_job_needs_memory_only if {
	control.findings == set() with input as testing.compose_service({"oneshot": true, "limits": {"memory": enough}}, {})
	count(control.findings) == 1 with input as testing.compose_service({"oneshot": true, "limits": {"cpus": {"amount": 500}}}, {})
}

test_a_part_of_a_service_is_not_judged if {
	part := {"incomplete": "the file that it changes is not among the files"}
	result := control with input as testing.compose_service(part, {})
	result.findings == set()
	count(result.undecided) == 1
	zero := object.union(part, {"limits": {"memory": {"amount": 0}}})
	count(control.findings) == 1 with input as testing.compose_service(zero, {})
}

test_development_is_left_out if {
	result := control with input as testing.compose_service({"mark": "development"}, {})
	result.findings == set()
	result.judged == set()
	count(result.inapplicable) == 1
}

test_what_runs_in_no_container_is_left_out if {
	control.findings == set() with input as testing.compose_service({"provider": {"type": "model"}}, {})
}
