package mcp.controls.workload.seccomp_test

import data.mcp.controls.workload.seccomp as control
import data.mcp.lib.testing

test_silence_is_of_the_restricted_standard if {
	control.findings == {{
		"artefact": 0,
		"case": "pss-restricted",
		"path": ["spec", "containers", 0, "securityContext", "seccompProfile", "type"],
		"message": "container gateway has no seccomp profile",
	}} with input as testing.container({})
}

test_unconfined_is_of_both if {
	control.findings == {{
		"artefact": 0,
		"case": case,
		"path": ["spec", "containers", 0, "securityContext", "seccompProfile", "type"],
		"message": "the seccomp profile of container gateway is Unconfined",
	} |
		some case in ["pss-baseline", "pss-restricted"]
	} with input as container({"type": "Unconfined"})
}

test_the_pod_stands_for_its_containers if {
	count(control.findings) == 0 with input as pod({"type": "RuntimeDefault"})
}

test_a_wrong_profile_of_the_pod_is_found_once if {
	result := control with input as pod({"type": "Unconfined"})
	{[finding.case, finding.path] | some finding in result.findings} == {
		["pss-baseline", ["spec", "securityContext", "seccompProfile", "type"]],
		["pss-restricted", ["spec", "securityContext", "seccompProfile", "type"]],
	}
}

test_localhost_needs_a_file if {
	count(control.findings) == 0 with input as container({"type": "Localhost", "localhostProfile": "profiles/gateway.json"})
	result := control with input as container({"type": "Localhost"})
	{finding.message | some finding in result.findings} == {"the seccomp profile of container gateway is Localhost and names no file"}
}

test_a_profile_without_a_type_is_found if {
	result := control with input as container({})
	{finding.message | some finding in result.findings} == {"the seccomp profile of container gateway is without a type"}
}

test_windows_passes_the_restricted_standard_from_1_25 if {
	windows := testing.pod({"os": {"name": "windows"}, "containers": [{"name": "x"}]})
	count(control.findings) == 0 with input as testing.version(windows, 25)
	count(control.findings) == 1 with input as testing.version(windows, 24)
}

test_annotations_decide_before_1_19 if {
	annotations := {
		"seccomp.security.alpha.kubernetes.io/pod": "unconfined",
		"container.seccomp.security.alpha.kubernetes.io/x": "localhost/x.json",
	}
	pod_of := testing.with_facts(testing.container({}), {"pod_metadata": {"annotations": annotations}})
	old := control with input as testing.version(pod_of, 18)
	{[finding.case, finding.path] | some finding in old.findings} == {[
		"pss-baseline",
		["metadata", "annotations", "seccomp.security.alpha.kubernetes.io/pod"],
	]}
	new := control with input as testing.version(pod_of, 19)
	{finding.case | some finding in new.findings} == {"pss-restricted"}
}

test_a_template_is_undecided if {
	path := ["spec", "securityContext", "seccompProfile", "type"]
	result := control with input as testing.unknown(pod({"type": {"unresolved": "a template"}}), path)
	result.findings == set()
	{answer.case | some answer in result.undecided} == {"pss-baseline", "pss-restricted"}
}

container(profile) := testing.container({"securityContext": {"seccompProfile": profile}})

pod(profile) := testing.pod({"securityContext": {"seccompProfile": profile}, "containers": [{"name": "x"}]})

test_an_annotation_that_is_a_template_is_undecided_before_1_19 if {
	key := "seccomp.security.alpha.kubernetes.io/pod"
	given := testing.with_facts(testing.container({}), {"pod_metadata": {"annotations": {key: {"unresolved": "a template"}}}})
	result := control with input as testing.version(given, 18)
	result.findings == set()
	{answer.path | some answer in result.undecided} == {["metadata", "annotations", key]}
	count(control.undecided) == 0 with input as testing.version(given, 19)
}
