package mcp.controls.workload.sysctls_test

import data.mcp.controls.workload.sysctls as control
import data.mcp.lib.testing

test_an_unsafe_one_is_found if {
	control.findings == {{
		"artefact": 0,
		"case": "pss-baseline",
		"path": ["spec", "securityContext", "sysctls", 1, "name"],
		"message": "the pod sets the sysctl kernel.msgmax",
	}} with input as pod(["net.ipv4.tcp_syncookies", "kernel.msgmax"])
}

test_what_is_safe_depends_on_the_version if {
	every case in [
		{"name": "net.ipv4.ip_local_reserved_ports", "minor": 27}, {"name": "net.ipv4.tcp_fin_timeout", "minor": 29},
		{"name": "net.ipv4.tcp_rmem", "minor": 32}, {"name": "net.ipv4.tcp_notsent_lowat", "minor": 37},
	] {
		count(control.findings) == 0 with input as testing.version(pod([case.name]), case.minor)
		count(control.findings) == 1 with input as testing.version(pod([case.name]), case.minor - 1)
	}
}

test_one_without_a_name_is_found if {
	result := control with input as testing.pod({"securityContext": {"sysctls": [{"value": "1"}]}})
	{finding.message | some finding in result.findings} == {"the pod sets the sysctl without a name"}
}

test_silence_is_met if {
	result := control with input as testing.pod({})
	result.findings == set()
	result.judged == {{"artefact": 0, "case": "pss-baseline"}}
}

test_a_template_is_undecided if {
	path := ["spec", "securityContext", "sysctls", 0, "name"]
	result := control with input as testing.unknown(pod([{"unresolved": "a template"}]), path)
	result.findings == set()
	count(result.undecided) == 1
}

pod(names) := testing.pod({"securityContext": {"sysctls": [{"name": name, "value": "1"} | some name in names]}})
