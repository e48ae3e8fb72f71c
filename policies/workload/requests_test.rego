package mcp.controls.workload.requests_test

import data.mcp.controls.workload.requests as control
import data.mcp.lib.testing

test_silence_is_one_finding if {
	control.findings == {{
		"artefact": 0,
		"path": ["spec", "containers", 0, "resources", "requests"],
		"message": "container gateway has no CPU request and no memory request",
	}} with input as testing.container({})
}

test_requests_are_met if {
	result := control with input as testing.container(asked(100, 134217728))
	result.findings == set()
	result.judged == {{"artefact": 0}}
}

test_what_is_missing_is_named if {
	control.findings == {{
		"artefact": 0,
		"path": ["spec", "containers", 0, "resources", "requests", "cpu"],
		"message": "container gateway has no CPU request",
	}} with input as testing.container({"resources": {"requests": {"memory": "1Gi"}, "amounts": {"requests": {"memory_bytes": 1073741824}}}})
}

test_nothing_and_no_quantity_are_no_request if {
	messages({"cpu": 0, "memory": "128Mi"}, {"cpu_millicores": 0, "memory_bytes": 134217728}) == {"container gateway has a CPU request of 0"}
	messages({"cpu": "0.5 cores", "memory": "128Mi"}, {"cpu_millicores": null, "memory_bytes": 134217728}) == {"container gateway has a CPU request that is no quantity, 0.5 cores"}
	messages({"cpu": "-1", "memory": "128MB"}, {"cpu_millicores": -1000, "memory_bytes": null}) == {"container gateway has a CPU request of -1 and a memory request that is no quantity, 128MB"}
}

test_a_limit_is_its_own_request if {
	limits := {"resources": {"limits": {"cpu": 1, "memory": "1Gi"}, "amounts": {"limits": {"cpu_millicores": 1000, "memory_bytes": 1073741824}}}}
	count(control.findings) == 0 with input as testing.container(limits)
	none := {"resources": {"limits": {"cpu": 0, "memory": "1GB"}, "amounts": {"limits": {"cpu_millicores": 0, "memory_bytes": null}}}}
	count(control.findings) == 1 with input as testing.container(none)
}

test_the_pod_may_have_them if {
	count(control.findings) == 0 with input as testing.pod(object.union(asked(100, 134217728), {"containers": [{"name": "a"}], "initContainers": [{"name": "b"}]}))
	control.findings == {{
		"artefact": 0,
		"path": ["spec", "resources", "requests", "cpu"],
		"message": "the pod has a CPU request of 0",
	}} with input as testing.pod(object.union(asked(0, 134217728), {"containers": [{"name": "a"}, {"name": "b"}]}))
}

test_a_limit_far_above_the_request_is_a_warning if {
	control.findings == {{
		"artefact": 0,
		"level": "warn",
		"path": ["spec", "containers", 0, "resources", "limits", "memory"],
		"message": "the memory limit of container gateway is more than 8 times its request",
	}} with input as testing.container(both(200, 10, 1100, 100))
	count(control.findings) == 0 with input as testing.container(both(200, 10, 800, 100))
	count(control.findings) == 2 with input as testing.container(both(2001, 100, 801, 100))
}

test_a_limit_range_is_as_good if {
	count(control.findings) == 0 with input as testing.with_facts(testing.container({}), {"limit_range": {"limits": {}, "requests": {"memory": true, "cpu": true}}})
	found := control.findings with input as testing.with_facts(testing.container({}), {"limit_range": {"limits": {}, "requests": {"memory": true}}})
	{finding.message | some finding in found} == {"container gateway has no CPU request"}
}

test_ephemeral_and_injected_containers_do_not_count if {
	count(control.findings) == 0 with input as testing.pod({"ephemeralContainers": [{"name": "a"}], "initContainers": [testing.injected_init]})
	count(control.findings) == 1 with input as testing.pod({"initContainers": [{"name": "a"}]})
}

test_a_template_is_undecided if {
	every steps in [["resources"], ["resources", "requests"]] {
		result := control with input as testing.unknown(testing.container({}), array.concat(["spec", "containers", 0], steps))
		result.findings == set()
		count(result.undecided) == 1
	}
}

test_a_template_beside_what_is_missing_is_a_finding if {
	known := testing.container({"resources": {"requests": {"cpu": {"unresolved": "a template"}}, "amounts": {}}})
	result := control with input as testing.unknown(known, ["spec", "containers", 0, "resources", "requests", "cpu"])
	{finding.message | some finding in result.findings} == {"container gateway has no memory request"}
}

test_a_template_in_a_limit_beside_requests_is_met if {
	known := testing.container(asked(100, 134217728))
	result := control with input as testing.unknown(known, ["spec", "containers", 0, "resources", "limits", "memory"])
	result.findings == set()
	count(result.undecided) == 0
}

messages(requests, amounts) := {finding.message |
	some finding in control.findings with input as testing.container({"resources": {"requests": requests, "amounts": {"requests": amounts}}})
}

asked(cpu, memory) := {"resources": {
	"requests": {"cpu": cpu, "memory": memory},
	"amounts": {"requests": {"cpu_millicores": cpu, "memory_bytes": memory}},
}}

both(cpu_limit, cpu, memory_limit, memory) := {"resources": {
	"limits": {"cpu": "x", "memory": "x"},
	"requests": {"cpu": "x", "memory": "x"},
	"amounts": {
		"limits": {"cpu_millicores": cpu_limit, "memory_bytes": memory_limit},
		"requests": {"cpu_millicores": cpu, "memory_bytes": memory},
	},
}}
