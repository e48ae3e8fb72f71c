package mcp.controls.workload.no_host_process_test

import data.mcp.controls.workload.no_host_process as control
import data.mcp.lib.testing

test_a_container_is_found if {
	control.findings == {{
		"artefact": 0,
		"case": "pss-baseline",
		"path": ["spec", "containers", 0, "securityContext", "windowsOptions", "hostProcess"],
		"message": "container gateway runs as a HostProcess on the Windows node",
	}} with input as testing.container({"securityContext": {"windowsOptions": {"hostProcess": true}}})
}

test_the_pod_is_found if {
	result := control with input as testing.pod({"securityContext": {"windowsOptions": {"hostProcess": true}}})
	{finding.path | some finding in result.findings} == {["spec", "securityContext", "windowsOptions", "hostProcess"]}
}

test_false_and_silence_are_met if {
	every context in [{}, {"windowsOptions": {"hostProcess": false}}, {"windowsOptions": {}}] {
		result := control with input as testing.container({"securityContext": context})
		result.findings == set()
		result.judged == {{"artefact": 0, "case": "pss-baseline"}}
	}
}

test_a_template_is_undecided if {
	path := ["spec", "securityContext", "windowsOptions", "hostProcess"]
	result := control with input as testing.unknown(testing.pod({}), path)
	result.undecided == {{"artefact": 0, "case": "pss-baseline", "path": path, "reason": "the value is not known: a template"}}
}
