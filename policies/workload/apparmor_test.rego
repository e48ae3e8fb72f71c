package mcp.controls.workload.apparmor_test

import data.mcp.controls.workload.apparmor as control
import data.mcp.lib.testing

test_unconfined_is_found_at_both_levels if {
	control.findings == {
		{
			"artefact": 0,
			"case": "pss-baseline",
			"path": ["spec", "securityContext", "appArmorProfile", "type"],
			"message": "the AppArmor profile of the pod is Unconfined",
		},
		{
			"artefact": 0,
			"case": "pss-baseline",
			"path": ["spec", "initContainers", 0, "securityContext", "appArmorProfile", "type"],
			"message": "the AppArmor profile of init container without a name is Unconfined",
		},
	} with input as testing.pod({
		"securityContext": {"appArmorProfile": {"type": "Unconfined"}},
		"initContainers": [{"securityContext": {"appArmorProfile": {"type": "Unconfined"}}}],
	})
}

test_silence_and_profiles_are_met if {
	every context in [{}, {"appArmorProfile": null}, {"appArmorProfile": {"type": "RuntimeDefault"}}, {"appArmorProfile": {"type": "Localhost"}}] {
		count(control.findings) == 0 with input as testing.container({"securityContext": context})
	}
}

test_annotations_count if {
	key := "container.apparmor.security.beta.kubernetes.io/gateway"
	every value, number in {"unconfined": 1, "": 0, "runtime/default": 0, "localhost/gateway": 0, "localhost": 1} {
		pod := testing.with_facts(testing.container({}), {"pod_metadata": {"annotations": {key: value, "other": "x"}}})
		count(control.findings) == number with input as pod
	}
}

test_the_annotation_of_a_template_is_found_there if {
	key := "container.apparmor.security.beta.kubernetes.io/gateway"
	result := control with input as testing.daemon("", {key: "unconfined"}, {"containers": [{"name": "gateway"}]})
	{finding.path | some finding in result.findings} == {["spec", "template", "metadata", "annotations", key]}
}

test_a_template_is_undecided if {
	path := ["spec", "containers", 0, "securityContext", "appArmorProfile", "type"]
	pod := testing.container({"securityContext": {"appArmorProfile": {"type": {"unresolved": "a template"}}}})
	result := control with input as testing.unknown(pod, path)
	result.findings == set()
	count(result.undecided) == 1
}

test_an_annotation_that_is_a_template_is_undecided if {
	key := "container.apparmor.security.beta.kubernetes.io/gateway"
	given := {"pod_metadata": {"annotations": {key: {"unresolved": "a template"}}}}
	result := control with input as testing.with_facts(testing.container({}), given)
	result.findings == set()
	{answer.path | some answer in result.undecided} == {["metadata", "annotations", key]}
}
