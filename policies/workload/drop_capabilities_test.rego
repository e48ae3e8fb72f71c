package mcp.controls.workload.drop_capabilities_test

import data.mcp.controls.workload.drop_capabilities as control
import data.mcp.lib.testing

test_what_is_added_and_what_is_kept_are_found if {
	control.findings == {
		{
			"artefact": 0,
			"case": "pss-baseline",
			"path": ["spec", "containers", 0, "securityContext", "capabilities", "add", 1],
			"message": "container gateway adds the capability SYS_ADMIN",
		},
		{
			"artefact": 0,
			"case": "pss-restricted",
			"path": ["spec", "containers", 0, "securityContext", "capabilities", "add", 1],
			"message": "container gateway adds the capability SYS_ADMIN",
		},
		{
			"artefact": 0,
			"case": "pss-restricted",
			"path": ["spec", "containers", 0, "securityContext", "capabilities", "drop"],
			"message": "container gateway keeps capabilities: ALL is not dropped",
		},
	} with input as container({"add": ["NET_BIND_SERVICE", "SYS_ADMIN"], "drop": ["NET_RAW"]})
}

test_a_default_capability_is_of_the_restricted_standard_alone if {
	cases(container({"add": ["CHOWN"], "drop": ["ALL"]})) == {"pss-restricted"}
}

test_met if {
	result := control with input as container({"add": ["NET_BIND_SERVICE"], "drop": ["ALL"]})
	result.findings == set()
	result.judged == {{"artefact": 0, "case": "pss-baseline"}, {"artefact": 0, "case": "pss-restricted"}}
}

test_names_count_as_written if {
	cases(container({"drop": ["all"]})) == {"pss-restricted"}
	cases(container({"drop": ["ALL"], "add": ["CAP_NET_BIND_SERVICE"]})) == {"pss-baseline", "pss-restricted"}
}

test_windows_passes_the_restricted_standard_from_1_25 if {
	pod := testing.pod({"os": {"name": "windows"}, "containers": [{"name": "x"}]})
	cases(testing.version(pod, 25)) == set()
	cases(testing.version(pod, 24)) == {"pss-restricted"}
}

test_an_injected_init_container_may_set_the_network_up if {
	pod := testing.pod({"initContainers": [testing.injected_init]})
	cases(pod) == set()
	standard := cases(pod) with data.params.profile as "pss-restricted"
	standard == {"pss-baseline", "pss-restricted"}
	more := object.union(testing.injected_init, {"securityContext": {"capabilities": {"add": ["NET_ADMIN", "SYS_ADMIN"]}}})
	cases(testing.pod({"initContainers": [more]})) == {"pss-baseline", "pss-restricted"}
}

test_what_an_injected_init_container_adds_is_exempt if {
	result := control with input as testing.pod({"initContainers": [testing.injected_init]})
	{[answer.case, answer.path[count(answer.path) - 1], answer.reason] | some answer in result.excused} == {
		["pss-baseline", 0, "a mesh injects it, and it sets up the network of the pod"],
		["pss-baseline", 1, "a mesh injects it, and it sets up the network of the pod"],
		["pss-restricted", 0, "a mesh injects it, and it sets up the network of the pod"],
		["pss-restricted", 1, "a mesh injects it, and it sets up the network of the pod"],
		["pss-restricted", "drop", "a mesh injects it, and it sets up the network of the pod"],
	}
	control.excused == set() with input as testing.pod({"containers": [testing.injected_init]})
}

test_a_list_that_is_a_template_is_undecided if {
	path := ["spec", "containers", 0, "securityContext", "capabilities", "add"]
	pod := testing.unknown(container({"add": {"unresolved": "a template"}, "drop": ["ALL"]}), path)
	cases(pod) == set()
	result := control with input as pod
	{answer.case | some answer in result.undecided} == {"pss-baseline", "pss-restricted"}
}

test_a_template_is_undecided if {
	path := ["spec", "containers", 0, "securityContext", "capabilities", "add", 0]
	pod := testing.unknown(container({"add": [{"unresolved": "a template"}], "drop": ["ALL"]}), path)
	cases(pod) == set()
	result := control with input as pod
	{answer.case | some answer in result.undecided} == {"pss-baseline", "pss-restricted"}
}

container(capabilities) := testing.container({"securityContext": {"capabilities": capabilities}})

cases(pod) := answers if answers := {finding.case | some finding in control.findings} with input as pod
