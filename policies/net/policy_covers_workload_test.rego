package mcp.controls.net.policy_covers_workload_test

import data.mcp.controls.net.policy_covers_workload as control
import data.mcp.lib.testing

test_no_policy if {
	result := control with input as set_of({"network": covered(false, false)})
	result.judged == {{"artefact": 0}}
	result.findings == {{
		"artefact": 0,
		"path": ["spec", "template", "metadata", "labels"],
		"message": "no NetworkPolicy selects the pods of Deployment gateway for ingress or egress",
	}}
}

test_one_direction if {
	messages({"network": covered(true, false)}) == {"no NetworkPolicy selects the pods of Deployment gateway for egress"}
	messages({"network": covered(false, true)}) == {"no NetworkPolicy selects the pods of Deployment gateway for ingress"}
	messages({"network": covered(true, true)}) == set()
}

test_jobs_need_egress_alone if {
	messages({"kind": "CronJob", "network": covered(false, true)}) == set()
	result := control with input as set_of({"kind": "CronJob", "network": covered(false, false)})
	{[finding.path[1], finding.message] | some finding in result.findings} == {["jobTemplate", "no NetworkPolicy selects the pods of CronJob gateway for egress"]}
}

test_host_network if {
	result := control with input as set_of({"network": covered(true, true), "host_network": true})
	{[finding.path[3], finding.message] | some finding in result.findings} == {["hostNetwork", "Deployment gateway uses the network of its node, where no NetworkPolicy holds"]}
	watcher := control with input as set_of({"kind": "DaemonSet", "component": "node-exporter", "subject": "support", "network": covered(false, false), "host_network": true})
	watcher.findings == set()
	watcher.judged == set()
	count(watcher.inapplicable) == 1
}

test_host_network_of_a_template_is_undecided if {
	result := control with input as set_of({"network": covered(true, true), "host_network": {"unresolved": "a template"}})
	result.findings == set()
	{answer.reason | some answer in result.undecided} == {"the value is not known: a template"}
}

test_operators if {
	server := {"kind": "MCPServer", "operator": "mcp-hangar", "network": covered(true, false)}
	messages(server) == {"no NetworkPolicy selects the pods of MCPServer gateway for egress"}
	messages(object.union(server, {"operator_egress": true})) == set()
	control.judged == set() with input as set_of(object.union(server, {"remote": true}))
	control.judged == set() with input as set_of({"kind": "MCPServer", "operator": "toolhive", "network": covered(false, false)})
	result := control with input as set_of(server)
	{finding.path | some finding in result.findings} == {["metadata", "name"]}
}

test_what_may_be_elsewhere_is_undecided if {
	single := control with input as testing.inventory({"network": covered(false, false)}, {"whole": false})
	single.findings == set()
	{answer.reason | some answer in single.undecided} == {"no NetworkPolicy selects its pods for ingress or egress here, and not all of what is deployed together was given"}
	unknown := control with input as set_of({"network": object.union(covered(true, false), {"unknown": "a template"})})
	unknown.findings == set()
	{answer.reason | some answer in unknown.undecided} == {"whether a policy selects its pods for egress is not known: a template"}
	control.undecided == set() with input as set_of({"network": object.union(covered(true, true), {"unknown": "a template"})})
}

test_pods if {
	result := control with input as set_of({"kind": "Pod", "network": covered(false, false)})
	{finding.path | some finding in result.findings} == {["metadata", "labels"]}
}

covered(ingress, egress) := {"ingress": ingress, "egress": egress}

set_of(workload) := testing.inventory(workload, {})

messages(workload) := {finding.message | some finding in found} if {
	found := control.findings with input as set_of(workload)
}
