package mcp.controls.workload.no_host_ports_test

import data.mcp.controls.workload.no_host_ports as control
import data.mcp.lib.testing

test_a_host_port_is_found if {
	control.findings == {{
		"artefact": 0,
		"case": "pss-baseline",
		"path": ["spec", "containers", 0, "ports", 1, "hostPort"],
		"message": "container gateway binds port 8443 of its node",
	}} with input as testing.container({"ports": [{"containerPort": 8080}, {"containerPort": 8443, "hostPort": 8443}]})
}

test_silence_and_zero_are_met if {
	every port in [{"containerPort": 80}, {"containerPort": 80, "hostPort": 0}, {"containerPort": 80, "hostPort": null}] {
		result := control with input as testing.container({"ports": [port]})
		result.findings == set()
		result.judged == {{"artefact": 0, "case": "pss-baseline"}}
	}
}

test_in_a_pod_of_the_node_network_every_port_is_one if {
	spec := {"hostNetwork": true, "containers": [{"name": "x", "ports": [{"containerPort": 80}]}]}
	result := control with input as testing.pod(spec)
	{finding.message | some finding in result.findings} == {"container x binds port 80 of its node"}
	count(control.findings) == 0 with input as testing.daemon("", {}, spec)
}

test_a_log_shipper_may_bind_one_with_a_reason if {
	annotations := {"mcp-policy.io/host-access": "takes syslog of the node"}
	one := [{"hostPort": 514}]
	first := control with input as testing.daemon("log-agent", annotations, {"containers": [{"name": "x", "ports": one}]})
	first.findings == set()
	{answer.reason | some answer in first.excused} == {"takes syslog of the node"}
	two := testing.daemon("log-agent", annotations, {"containers": [{"name": "x", "ports": array.concat(one, [{"hostPort": 515}])}]})
	count(control.findings) == 2 with input as two
	standard := testing.daemon("log-agent", annotations, {"containers": [{"name": "x", "ports": one}]})
	count(control.findings) == 1 with input as standard with data.params.profile as "pss-restricted"
}

test_a_template_is_undecided if {
	path := ["spec", "containers", 0, "ports", 0, "hostPort"]
	result := control with input as testing.unknown(testing.container({"ports": [{"hostPort": {"unresolved": "a template"}}]}), path)
	result.findings == set()
	{answer.path | some answer in result.undecided} == {path}
}

test_a_port_name_that_is_a_template_decides_nothing if {
	path := ["spec", "containers", 0, "ports", 0, "name"]
	pod := testing.container({"ports": [{"containerPort": 80, "name": {"unresolved": "a template"}}]})
	count(control.undecided) == 0 with input as testing.unknown(pod, path)
}

test_a_network_that_is_not_known_is_undecided_in_a_pod if {
	pod := testing.pod({"hostNetwork": {"unresolved": "a template"}, "containers": [{"name": "x", "ports": [{"containerPort": 80}]}]})
	result := control with input as testing.unknown(pod, ["spec", "hostNetwork"])
	result.findings == set()
	{answer.path | some answer in result.undecided} == {["spec", "hostNetwork"]}
}
