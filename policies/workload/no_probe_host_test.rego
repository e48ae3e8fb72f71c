package mcp.controls.workload.no_probe_host_test

import data.mcp.controls.workload.no_probe_host as control
import data.mcp.lib.testing

test_a_host_in_a_probe_is_found if {
	control.findings == {{
		"artefact": 0,
		"case": "pss-baseline",
		"path": ["spec", "containers", 0, "livenessProbe", "httpGet", "host"],
		"message": "livenessProbe of container gateway calls the host 169.254.169.254",
	}} with input as testing.container({"livenessProbe": {"httpGet": {"host": "169.254.169.254", "port": 80}}})
}

test_every_handler_counts if {
	every handler in [
		{"readinessProbe": {"tcpSocket": {"host": "x"}}}, {"startupProbe": {"httpGet": {"host": "x"}}},
		{"lifecycle": {"preStop": {"httpGet": {"host": "x"}}}}, {"lifecycle": {"postStart": {"tcpSocket": {"host": "x"}}}},
	] {
		count(control.findings) == 1 with input as testing.container(handler)
	}
}

test_no_host_and_a_host_header_are_met if {
	every get in [{}, {"host": ""}, {"host": null}, {"httpHeaders": [{"name": "Host", "value": "x"}]}] {
		result := control with input as testing.container({"livenessProbe": {"httpGet": get}})
		result.findings == set()
		result.judged == {{"artefact": 0, "case": "pss-baseline"}}
	}
}

test_it_is_judged_from_1_34 if {
	pod := testing.container({"livenessProbe": {"httpGet": {"host": "x"}}})
	count(control.findings) == 0 with input as testing.version(pod, 33)
	count(control.findings) == 1 with input as testing.version(pod, 34)
}

test_localhost_in_the_node_network_is_a_warning if {
	container := {"name": "x", "livenessProbe": {"httpGet": {"host": "127.0.0.1"}}}
	shared := testing.pod({"hostNetwork": true, "containers": [container]})
	result := control with input as shared
	{finding.level | some finding in result.findings} == {"warn"}
	standard := control with input as shared with data.params.profile as "pss-baseline"
	count([finding | some finding in standard.findings; not finding.level]) == 1
	own := control with input as testing.pod({"containers": [container]})
	count([finding | some finding in own.findings; not finding.level]) == 1
}

test_a_template_is_undecided if {
	path := ["spec", "containers", 0, "livenessProbe", "httpGet", "host"]
	pod := testing.container({"livenessProbe": {"httpGet": {"host": {"unresolved": "a template"}}}})
	result := control with input as testing.unknown(pod, path)
	result.findings == set()
	count(result.undecided) == 1
}

test_localhost_is_undecided_where_the_network_is_not_known if {
	given := testing.unknown(testing.pod(calling("localhost")), ["spec", "hostNetwork"])
	result := control with input as given
	result.findings == set()
	count(result.undecided) == 1
	count(control.findings) == 1 with input as given with data.params.profile as "pss-baseline"
	count(control.findings) == 1 with input as testing.unknown(testing.pod(calling("10.0.0.1")), ["spec", "hostNetwork"])
}

calling(host) := {"hostNetwork": {"unresolved": "a template"}, "containers": [{"name": "x", "livenessProbe": {"httpGet": {"host": host}}}]}
