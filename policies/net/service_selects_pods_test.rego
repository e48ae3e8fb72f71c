package mcp.controls.net.service_selects_pods_test

import data.mcp.controls.net.service_selects_pods as control
import data.mcp.lib.testing

test_workload_without_a_service if {
	result := control with input as testing.inventory({"ports": [{"number": 8443, "name": "websocket"}, {"number": 9090, "name": "metrics"}]}, {})
	result.judged == {{"artefact": 0}}
	result.findings == {{
		"artefact": 0,
		"path": ["spec", "template", "metadata", "labels"],
		"message": "no Service selects the pods of Deployment gateway, which list ports 8443, 9090",
	}}
}

test_workloads_that_serve_nobody if {
	judged({"ports": []}) == set()
	judged({"ports": [{"number": 9090, "name": "http-metrics"}, {"number": 8081, "name": "health"}]}) == set()
	judged({"component": "router", "ports": [{"number": 8080}]}) == set()
	judged({"component": "operator", "ports": [{"number": 8080}]}) == set()
	judged({"component": "operator", "ports": [{"number": 9443}]}) == {0}
	judged({"component": "mcp-server", "ports": [{"number": 8000}]}) == {0}
}

test_workload_with_a_service if {
	control.findings == set() with input as testing.inventory({"ports": [{"number": 8443}], "services": [3]}, {})
}

test_service_that_may_be_elsewhere if {
	single := control with input as testing.inventory({"ports": [{"number": 8443}]}, {"whole": false})
	single.findings == set()
	{answer.reason | some answer in single.undecided} == {"no Service selects its pods here, and not all of what is deployed together was given"}
	unknown := control with input as testing.inventory({"ports": [{"number": 8443}], "services_unknown": "a template"}, {})
	unknown.findings == set()
	{answer.reason | some answer in unknown.undecided} == {"whether a Service selects its pods is not known: a template"}
}

test_service_of_nothing if {
	result := control with input as service({"targets": [], "ports": []})
	result.findings == {{"artefact": 5, "path": ["spec", "selector"], "message": "Service gateway selects no pods of the set"}}
	made := control with input as service({"targets": [], "ports": [], "pods_made_by": "Prometheus main"})
	made.findings == set()
	made.inapplicable == {{"artefact": 5, "reason": "its pods may be of Prometheus main"}}
	external := control with input as service({"targets": [], "ports": [], "external": "pods of the old cluster"})
	external.findings == set()
	{answer.reason | some answer in external.excused} == {"pods of the old cluster"}
	unknown := control with input as service({"targets": [], "ports": [], "unknown": "a template"})
	unknown.findings == set()
	count(unknown.undecided) == 1
}

test_names_of_ports if {
	said([port("https", true)]) == set()
	said([port("https", false)]) == {["fault", "Service gateway sends to port https, a name that no container of its pods lists"]}
}

test_numbers_of_ports if {
	said([port(8443, true), port(9090, false)]) == {["warn", "Service gateway sends to port 9090, which no container of its pods lists"]}
	said([port(80, false)]) == {["fault", "Service gateway sends to port 80, and no port of it reaches one that its pods list"]}
	unlisted := control with input as service({"lists_ports": false, "ports": [port(80, false)]})
	{finding.level | some finding in unlisted.findings} == {"warn"}
	unlisted.judged == {{"artefact": 5}}
}

test_path_of_a_port if {
	result := control with input as service({"ports": [object.union(port("https", false), {"written": false, "index": 2})]})
	{finding.path | some finding in result.findings} == {["spec", "ports", 2, "port"]}
}

test_unknown_ports_are_undecided if {
	result := control with input as service({"ports": [{"index": 0, "written": true, "target": "https"}, {"index": 1, "written": true, "target": {"unresolved": "a template"}}, {"index": 2, "written": true, "target": 80}]})
	result.findings == set()
	{answer.path[2] | some answer in result.undecided} == {0, 1}
}

test_other_services_are_not_judged if {
	control.judged == set() with input as testing.inventory({}, {"services": [{"artefact": 5, "name": "x", "subject": "mcp", "type": "ExternalName", "targets": []}]})
}

test_backend_that_is_missing if {
	result := control with input as route({"found": false})
	result.judged == {{"artefact": 7}}
	result.findings == {{
		"artefact": 7,
		"path": ["spec", "b", "service", "name"],
		"message": "Ingress edge sends to Service gateway, which is not in the set",
	}}
	single := control with input as object.union(route({"found": false}), {"inventory": object.union(route({"found": false}).inventory, {"whole": false})})
	single.findings == set()
	count(single.undecided) == 1
	control.findings == set() with input as route({"found": false, "unknown": "the name of the Service is not known"})
}

test_port_of_a_backend if {
	result := control with input as route({"reaches": false})
	{[finding.path, finding.message] | some finding in result.findings} == {[["spec", "b", "service", "port"], "Ingress edge sends to port 80 of Service gateway, which has no such port"]}
	control.findings == set() with input as route({"reaches": true})
	control.findings == set() with input as route({})
}

test_backend_of_another_namespace if {
	result := control with input as route({"namespace": "other", "granted": false})
	{[finding.path, finding.message] | some finding in result.findings} == {[
		["spec", "b", "namespace"],
		"Ingress edge sends to Service gateway of namespace other, and no ReferenceGrant there allows it",
	]}
	control.findings == set() with input as route({"namespace": "other", "granted": true})
}

judged(workload) := {answer.artefact | some answer in found} if {
	found := control.judged with input as testing.inventory(workload, {})
}

service(more) := testing.inventory({"is_mcp": false}, {"services": [object.union(
	{
		"artefact": 5, "name": "gateway", "subject": "mcp", "type": "ClusterIP", "targets": [0], "selects": true, "lists_ports": true, "ports": [],
	},
	more,
)]})

port(target, listed) := {"index": 0, "written": true, "target": target, "listed": listed}

said(ports) := {[object.get(finding, "level", "fault"), finding.message] | some finding in found} if {
	found := control.findings with input as service({"ports": ports})
}

route(more) := testing.inventory({"is_mcp": false}, {"routes": [{"artefact": 7, "kind": "Ingress", "name": "edge", "subject": "mcp", "backends": [object.union(
	{
		"path": ["spec", "b"], "service_path": ["spec", "b", "service", "name"], "port_path": ["spec", "b", "service", "port"],
		"service": "gateway", "port": 80, "found": true,
	},
	more,
)]}]})
