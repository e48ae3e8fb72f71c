package mcp.controls.net.compose_published_ports_test

import data.mcp.controls.net.compose_published_ports as control

file(service) := {"artefacts": [{"kind": "compose", "value": {"services": [object.union(
	{"name": "cache", "program": "redis", "deployed": true, "mark": "unmarked", "oneshot": false},
	service,
)]}}]}

one(port) := {"from": port, "to": port}

everywhere(published, target) := {"binding": "all", "published": one(published), "target": one(target), "protocol": "tcp"}

test_a_port_on_every_address_is_found if {
	control.findings == {{
		"artefact": 0,
		"path": ["services", 0, "ports", 0],
		"message": "service cache publishes port 6379 on every address of the host",
	}} with input as file({"ports": [everywhere(6379, 6379)]})
}

test_loopback_and_expose_are_met if {
	result := control with input as file({"expose": ["6379"], "ports": [object.union(everywhere(6379, 6379), {"binding": "loopback"})]})
	result.findings == set()
	result.judged == {{"artefact": 0}}
}

test_a_proxy_publishes_80_and_443_and_no_more if {
	control.findings == set() with input as file({"program": "nginx", "ports": [everywhere(80, 8080), everywhere(443, 8443)]})
	count(control.findings) == 1 with input as file({"program": "nginx", "ports": [everywhere(8080, 80)]})
	count(control.findings) == 1 with input as file({"program": "nginx", "ports": [object.union(everywhere(80, 80), {"published": {"from": 80, "to": 90}})]})
	count(control.findings) == 1 with input as file({"program": "nginx", "ports": [{"binding": "all", "target": one(80), "protocol": "tcp"}]})
}

test_no_other_service_publishes_80 if {
	count(control.findings) == 1 with input as file({"program": "web", "ports": [everywhere(80, 80)]})
}

test_the_repository_may_declare_edges_and_ports if {
	given := file({"name": "edge", "program": "web", "ports": [everywhere(8443, 8443)]})
	control.findings == set() with input as given with data.params.edge_services as ["edge"] with data.params.public_ports as [8443]
	count(control.findings) == 1 with input as given with data.params.edge_services as ["edge"]
	count(control.findings) == 1 with input as given with data.params.public_ports as [8443]
}

test_a_range_is_named if {
	{found.message | some found in control.findings} == {"service cache publishes ports 8050 to 8060 on every address of the host"} with input as file({"ports": [{
		"binding": "all",
		"published": {"from": 8050, "to": 8060},
		"target": {"from": 8050, "to": 8060},
		"protocol": "tcp",
	}]})
}

test_an_address_does_for_what_is_no_store if {
	bound := {"binding": "address", "host_ip": "192.0.2.7"}
	control.findings == set() with input as file({"program": "web", "ports": [object.union(everywhere(8443, 8443), bound)]})
	{found.message | some found in control.findings} == {"service cache publishes port 6379 on 192.0.2.7"} with input as file({"ports": [object.union(everywhere(6379, 6379), bound)]})
	count(control.findings) == 1 with input as file({"program": "weather-mcp", "ports": [object.union(everywhere(8443, 8443), bound)]})
}

test_the_network_of_the_host_publishes_all if {
	{found.path | some found in control.findings} == {["services", 0, "network_mode"]} with input as file({"network_mode": "host"})
	control.findings == set() with input as file({"program": "node-exporter", "network_mode": "host"})
	control.findings == set() with input as file({"network_mode": "service:vpn"})
}

test_what_is_not_known_is_undecided if {
	every service in [
		{"ports": [{"binding": "unresolved", "target": one(6379), "unresolved": "the variable BIND", "protocol": "tcp"}]},
		{"program": "", "ports": [everywhere(443, 8443)]},
		{"network_mode": {"unresolved": "the variable MODE"}},
	] {
		result := control with input as file(service)
		result.findings == set()
		count(result.undecided) == 1
	}
}

test_development_is_left_out if {
	result := control with input as file({"mark": "development", "ports": [everywhere(6379, 6379)]})
	result.findings == set()
	result.judged == set()
	result.inapplicable == {{"artefact": 0, "reason": "no service of this file is for production"}}
}

test_profiles_that_are_not_deployed_are_left_out if {
	control.findings == set() with input as file({"deployed": false, "ports": [everywhere(6379, 6379)]})
}
