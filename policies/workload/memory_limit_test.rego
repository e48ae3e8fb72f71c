package mcp.controls.workload.memory_limit_test

import data.mcp.controls.workload.memory_limit as control
import data.mcp.lib.testing

test_silence_is_found if {
	control.findings == {{
		"artefact": 0,
		"path": ["spec", "containers", 0, "resources", "limits", "memory"],
		"message": "container gateway has no memory limit",
	}} with input as testing.container({})
}

test_a_limit_is_met if {
	result := control with input as testing.container(limited("512Mi", 536870912))
	result.findings == set()
	result.judged == {{"artefact": 0}}
}

test_requests_and_claims_are_no_limit if {
	count(control.findings) == 1 with input as testing.container({"resources": {"requests": {"memory": "1Gi"}, "amounts": {"requests": {"memory_bytes": 1073741824}}}})
	count(control.findings) == 1 with input as testing.container({"resources": {"claims": [{"name": "gpu"}], "amounts": {}}})
	count(control.findings) == 1 with input as testing.container({"resources": {"limits": {"memory": null}, "amounts": {}}})
	count(control.findings) == 1 with input as testing.container({"resources": {"limits": "512Mi", "amounts": {}}})
	count(control.findings) == 1 with input as testing.container({"resources": "512Mi"})
}

test_what_is_no_limit_is_said_in_words if {
	every given, expected in {
		"512MB": {"bytes": null, "words": "is no quantity: 512MB"},
		"512m": {"bytes": 1, "words": "is 512m, at most one byte: m stands for thousandths, Mi for mebibytes"},
		"2500m": {"bytes": 3, "words": "is 2500m, 3 bytes: m stands for thousandths, Mi for mebibytes"},
		"512": {"bytes": 512, "words": "is 512, 512 bytes, less than 4Mi, with which no container starts"},
		"4095Ki": {"bytes": 4193280, "words": "is 4095Ki, 4193280 bytes, less than 4Mi, with which no container starts"},
		"0": {"bytes": 0, "words": "is 0, which is no limit"},
		"-1Gi": {"bytes": -1073741824, "words": "is negative: -1Gi"},
	} {
		found := control.findings with input as testing.container(limited(given, expected.bytes))
		{finding.message | some finding in found} == {$"the memory limit of container gateway {expected.words}"}
	}
	count(control.findings) == 0 with input as testing.container(limited("4Mi", 4194304))
}

test_other_types_and_long_texts_are_not_repeated if {
	found := control.findings with input as testing.container(limited({"a": 1}, null))
	{finding.message | some finding in found} == {"the memory limit of container gateway is no quantity: a map or list"}
	long := control.findings with input as testing.container(limited("1234567890123456789012345678901234567890123", null))
	{finding.message | some finding in long} == {"the memory limit of container gateway is no quantity: a longer text"}
}

test_a_limit_below_the_request_is_found if {
	resources := {
		"limits": {"memory": "128Mi"},
		"requests": {"memory": "256Mi"},
		"amounts": {"limits": {"memory_bytes": 134217728}, "requests": {"memory_bytes": 268435456}},
	}
	found := control.findings with input as testing.container({"resources": resources})
	{finding.message | some finding in found} == {"the memory limit of container gateway is 128Mi, less than the request of container gateway, 256Mi"}
}

test_the_pod_may_have_the_limit if {
	count(control.findings) == 0 with input as testing.pod(object.union(limited("1Gi", 1073741824), {"containers": [{"name": "a"}], "initContainers": [{"name": "b"}]}))
	control.findings == {{
		"artefact": 0,
		"path": ["spec", "resources", "limits", "memory"],
		"message": "the memory limit of the pod is no quantity: 1GB",
	}} with input as testing.pod(object.union(limited("1GB", null), {"containers": [{"name": "a"}, {"name": "b"}]}))
}

test_every_list_but_ephemeral_containers_counts if {
	count(control.findings) == 1 with input as testing.pod({"initContainers": [{"name": "a", "restartPolicy": "Always"}]})
	count(control.findings) == 0 with input as testing.pod({"ephemeralContainers": [{"name": "a"}], "initContainers": [testing.injected_init]})
}

test_a_limit_range_is_as_good if {
	count(control.findings) == 0 with input as testing.with_facts(testing.container({}), {"limit_range": {"limits": {"memory": true}, "requests": {}}})
	count(control.findings) == 1 with input as testing.with_facts(testing.container({}), {"limit_range": {"limits": {"cpu": true}, "requests": {"memory": true}}})
}

test_toolhives_own_container_has_the_operators if {
	count(control.findings) == 0 with input as virtual_server("vmcp")
	count(control.findings) == 1 with input as virtual_server("helper")
}

test_a_template_is_undecided if {
	every steps in [["resources"], ["resources", "limits"], ["resources", "limits", "memory"]] {
		result := control with input as testing.unknown(testing.container({}), array.concat(["spec", "containers", 0], steps))
		result.findings == set()
		count(result.undecided) == 1
	}
	written := testing.container({"resources": {"limits": {"memory": {"unresolved": "a template"}}, "amounts": {}}})
	result := control with input as testing.unknown(written, ["spec", "containers", 0, "resources", "limits", "memory"])
	result.findings == set()
	count(result.undecided) == 1
}

limited(given, bytes) := {"resources": {"limits": {"memory": given}, "amounts": {"limits": {"memory_bytes": bytes}}}}

virtual_server(name) := {"artefacts": [{
	"kind": "kubernetes",
	"value": {"apiVersion": "toolhive.stacklok.dev/v1alpha1", "kind": "VirtualMCPServer", "spec": {}, "pod": {"containers": [{"name": name}]}},
	"pod_path": ["pod"],
	"operator": "toolhive",
}]}
