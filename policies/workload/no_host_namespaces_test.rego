package mcp.controls.workload.no_host_namespaces_test

import data.mcp.controls.workload.no_host_namespaces as control
import data.mcp.lib.testing

test_one_finding_names_all_fields if {
	control.findings == {{
		"artefact": 0,
		"case": "pss-baseline",
		"path": ["spec", "hostNetwork"],
		"message": "the pod shares namespaces of its node: hostNetwork, hostIPC",
	}} with input as testing.pod({"hostIPC": true, "hostNetwork": true, "hostPID": false})
}

test_a_shared_process_namespace_is_a_warning if {
	control.findings == {{
		"artefact": 0,
		"case": "process-namespace",
		"level": "warn",
		"path": ["spec", "shareProcessNamespace"],
		"message": "the containers of the pod share one process namespace",
	}} with input as testing.pod({"shareProcessNamespace": true})
}

test_silence_and_false_are_met if {
	every spec in [{}, {"hostNetwork": false, "shareProcessNamespace": false}] {
		result := control with input as testing.pod(spec)
		result.findings == set()
		count(result.judged) == 2
	}
}

annotations := {"mcp-policy.io/host-access": "reads the counters of the node"}

test_a_node_exporter_may_with_a_reason if {
	given := testing.daemon("node-exporter", annotations, {"hostNetwork": true, "hostPID": true})
	result := control with input as given
	result.findings == set()
	result.excused == {{
		"artefact": 0,
		"case": "pss-baseline",
		"path": ["spec", "template", "spec", "hostNetwork"],
		"message": "the pod shares namespaces of its node: hostNetwork, hostPID",
		"reason": "reads the counters of the node",
	}}
	count(control.findings) == 1 with input as given with data.params.profile as "pss-baseline"
}

test_nothing_else_may if {
	every given in [
		testing.daemon("node-exporter", {"mcp-policy.io/host-access": " "}, {"hostNetwork": true}),
		testing.daemon("gateway", annotations, {"hostNetwork": true}),
		testing.daemon("log-agent", annotations, {"hostNetwork": true, "hostIPC": true}),
		testing.with_facts(testing.pod({"hostPID": true}), {"component": "log-agent", "pod_metadata": {"annotations": annotations}}),
	] {
		count(control.findings) == 1 with input as given
		count(control.excused) == 0 with input as given
	}
}

test_a_template_is_undecided if {
	result := control with input as testing.unknown(testing.pod({"hostPID": {"unresolved": "a template"}}), ["spec", "hostPID"])
	result.findings == set()
	{answer.case | some answer in result.undecided} == {"pss-baseline"}
}
