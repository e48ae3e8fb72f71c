package mcp.controls.workload.proc_mount_test

import data.mcp.controls.workload.proc_mount as control
import data.mcp.lib.testing

test_unmasked_is_found if {
	control.findings == {{
		"artefact": 0,
		"case": case,
		"path": ["spec", "containers", 0, "securityContext", "procMount"],
		"message": "container x has the /proc mount Unmasked",
	} |
		some case in ["pss-baseline", "pss-restricted"]
	} with input as pod(true)
}

test_default_and_silence_are_met if {
	every context in [{}, {"procMount": "Default"}, {"procMount": null}] {
		result := control with input as testing.container({"securityContext": context})
		result.findings == set()
		count(result.judged) == 2
	}
}

test_a_user_namespace_allows_it_for_the_baseline_from_1_35 if {
	cases(testing.version(pod(false), 35)) == {"pss-restricted"}
	cases(testing.version(pod(false), 34)) == {"pss-baseline"}
}

test_a_template_is_undecided if {
	path := ["spec", "containers", 0, "securityContext", "procMount"]
	unknown := testing.unknown(testing.container({"securityContext": {"procMount": {"unresolved": "a template"}}}), path)
	cases(unknown) == set()
	count(control.undecided) == 2 with input as unknown
}

test_hosts_users_that_are_not_known_leave_the_baseline_undecided if {
	given := testing.unknown(pod({"unresolved": "a template"}), ["spec", "hostUsers"])
	cases(given) == {"pss-restricted"}
	result := control with input as given
	{answer.case | some answer in result.undecided} == {"pss-baseline"}
	cases(testing.version(given, 34)) == {"pss-baseline"}
}

pod(host_users) := testing.pod({
	"hostUsers": host_users,
	"containers": [{"name": "x", "securityContext": {"procMount": "Unmasked"}}],
})

cases(given) := answers if answers := {finding.case | some finding in control.findings} with input as given
