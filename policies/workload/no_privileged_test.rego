package mcp.controls.workload.no_privileged_test

import data.mcp.controls.workload.no_privileged as control
import data.mcp.lib.testing

test_privileged_is_found if {
	control.findings == {{
		"artefact": 0,
		"case": "pss-baseline",
		"path": ["spec", "containers", 0, "securityContext", "privileged"],
		"message": "container gateway is privileged",
	}} with input as testing.container({"securityContext": {"privileged": true}})
}

test_silence_and_false_are_met if {
	every context in [{}, {"privileged": false}] {
		result := control with input as testing.container({"securityContext": context})
		result.judged == {{"artefact": 0, "case": "pss-baseline"}}
		result.findings == set()
	}
}

test_init_and_ephemeral_containers_count if {
	every list in ["initContainers", "ephemeralContainers"] {
		count(control.findings) == 1 with input as testing.pod({list: [{"securityContext": {"privileged": true}}]})
	}
}

test_a_template_is_undecided if {
	result := control with input as testing.unknown(testing.container({"securityContext": {"privileged": {"unresolved": "a template"}}}), ["spec", "containers", 0, "securityContext", "privileged"])
	result.findings == set()
	count(result.undecided) == 1
}
