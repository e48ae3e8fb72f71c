package mcp.controls.workload.no_privilege_escalation_test

import data.mcp.controls.workload.no_privilege_escalation as control
import data.mcp.lib.testing

test_silence_is_found if {
	control.findings == {{
		"artefact": 0,
		"case": "pss-restricted",
		"path": ["spec", "containers", 0, "securityContext", "allowPrivilegeEscalation"],
		"message": "container gateway may gain privileges beyond those it starts with",
	}} with input as testing.container({})
}

test_only_false_is_met if {
	every given, expected in {"true": {"v": true, "n": 1}, "false": {"v": false, "n": 0}, "text": {"v": "false", "n": 1}, "null": {"v": null, "n": 1}} {
		given != ""
		count(control.findings) == expected.n with input as testing.container({"securityContext": {"allowPrivilegeEscalation": expected.v}})
	}
}

test_the_pod_has_no_such_field if {
	count(control.findings) == 1 with input as testing.pod({
		"securityContext": {"allowPrivilegeEscalation": false},
		"containers": [{"name": "x"}],
	})
}

test_windows_passes_from_1_25 if {
	pod := testing.pod({"os": {"name": "windows"}, "containers": [{"name": "x"}]})
	count(control.findings) == 0 with input as testing.version(pod, 25)
	count(control.findings) == 1 with input as testing.version(pod, 24)
}

test_an_injected_init_container_is_not_judged_outside_the_standard if {
	pod := testing.pod({"initContainers": [testing.injected_init]})
	count(control.findings) == 0 with input as pod
	count(control.findings) == 1 with input as pod with data.params.profile as "pss-restricted"
	claimed := testing.pod({"initContainers": [object.remove(testing.injected_init, ["injected"])]})
	count(control.findings) == 1 with input as claimed
	count(control.findings) == 1 with input as testing.pod({"containers": [testing.injected_init]})
}

test_a_template_is_undecided if {
	path := ["spec", "containers", 0, "securityContext"]
	result := control with input as testing.unknown(testing.container({"securityContext": {"unresolved": "a template"}}), path)
	result.findings == set()
	count(result.undecided) == 1
}

test_a_list_of_containers_that_is_a_template_is_undecided if {
	result := control with input as testing.unknown(testing.pod({"containers": {"unresolved": "a template"}}), ["spec", "containers"])
	result.findings == set()
	{answer.path | some answer in result.undecided} == {["spec", "containers"]}
}

test_system_namespaces_are_not_judged if {
	result := control with input as testing.with_facts(testing.container({}), {"namespace": "kube-system"})
	result.findings == set()
	result.judged == set()
}

test_a_system_that_is_not_known_is_undecided_only_where_it_matters if {
	silent := testing.pod({"os": {"name": {"unresolved": "a template"}}, "containers": [{"name": "x"}]})
	result := control with input as testing.unknown(silent, ["spec", "os", "name"])
	result.findings == set()
	{answer.path | some answer in result.undecided} == {["spec", "os", "name"]}
	set_ := testing.pod({"os": {"name": {"unresolved": "a template"}}, "containers": [{"securityContext": {"allowPrivilegeEscalation": false}}]})
	count(control.undecided) == 0 with input as testing.unknown(set_, ["spec", "os", "name"])
}

test_an_injected_init_container_is_exempt_outside_the_standard if {
	pod := testing.pod({"initContainers": [testing.injected_init]})
	{answer.path | some answer in control.excused} == {["spec", "initContainers", 0, "securityContext", "allowPrivilegeEscalation"]} with input as pod
	control.excused == set() with input as pod with data.params.profile as "pss-restricted"
}
