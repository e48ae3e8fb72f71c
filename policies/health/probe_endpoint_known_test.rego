package mcp.controls.health.probe_endpoint_known_test

import data.mcp.controls.health.probe_endpoint_known as control
import data.mcp.lib.testing

test_the_metrics_port_answers_everything if {
	control.findings == {{
		"artefact": 0,
		"path": ["spec", "template", "spec", "containers", 0, "livenessProbe", "httpGet", "port"],
		"message": "the liveness probe of container gateway asks port 9090, where the gateway of mcp-bridge serves metrics and answers 200 to every path",
	}} with input as asking("livenessProbe", {"httpGet": {"path": "/healthz", "port": 9090}}, bridge)
	messages(asking("readinessProbe", {"httpGet": {"path": "/ready", "port": "metrics"}}, bridge)) == ["the readiness probe of container gateway asks port 9090, where the gateway of mcp-bridge serves metrics and answers 200 to every path"]
	count(control.findings) == 1 with input as asking("livenessProbe", {"tcpSocket": {"port": 9090}}, bridge)
}

test_the_table_is_met if {
	every given in [
		{"name": "livenessProbe", "get": {"path": "/healthz", "port": 8080}, "serves": bridge},
		{"name": "readinessProbe", "get": {"path": "/ready", "port": 8080}, "serves": bridge},
		{"name": "livenessProbe", "get": {"path": "/health/frontend/ws", "port": 8080}, "serves": bridge},
		{"name": "livenessProbe", "get": {"path": "/health/live", "port": "http"}, "serves": hangar},
		{"name": "readinessProbe", "get": {"path": "health/ready/?full=1", "port": 8080, "scheme": "HTTP"}, "serves": hangar},
		{"name": "startupProbe", "get": {"path": "/health/startup", "port": 8080}, "serves": hangar},
		{"name": "startupProbe", "get": {"path": "/health/live", "port": 8080}, "serves": hangar},
		{"name": "livenessProbe", "get": {"path": "/health", "port": 4444}, "serves": openmcp},
		{"name": "livenessProbe", "get": {"path": "/health", "port": 9091}, "serves": router},
	] {
		result := control with input as asking(given.name, {"httpGet": given.get}, given.serves)
		result.findings | result.undecided == set()
		result.judged == {{"artefact": 0}}
	}
}

test_a_path_that_is_not_served_is_found if {
	every path in ["/health", "/ready", "/", "/metrics", "/healthz"] {
		messages(asking("livenessProbe", {"httpGet": {"path": path, "port": 8080}}, hangar)) == [$"the liveness probe of container gateway asks for {path}, which is no health endpoint of Hangar"]
	}
	messages(asking("livenessProbe", {"httpGet": {"port": 8080}}, hangar)) == ["the liveness probe of container gateway asks for /, which is no health endpoint of Hangar"]
	messages(asking("livenessProbe", {"httpGet": {"path": "/health/live", "port": 8080}}, bridge)) == ["the liveness probe of container gateway asks for /health/live, which is no health endpoint of the gateway of mcp-bridge"]
	messages(asking("readinessProbe", {"httpGet": {"path": "/ready", "port": 4444}}, openmcp)) == ["the readiness probe of container gateway asks for /ready, which is no health endpoint of Open MCP Gateway"]
}

test_a_port_without_the_program_is_found if {
	messages(asking("livenessProbe", {"httpGet": {"path": "/health/live", "port": 8000}}, hangar)) == ["the liveness probe of container gateway asks port 8000, where Hangar does not answer: it does on 8080"]
	messages(asking("livenessProbe", {"tcpSocket": {"port": 8000}}, hangar)) == ["the liveness probe of container gateway asks port 8000, where Hangar does not answer: it does on 8080"]
	count(control.findings) == 0 with input as asking("livenessProbe", {"httpGet": {"path": "/health/live", "port": 8000}}, {"program": "hangar", "ports": {"health": {"default": "program", "sure": true}}})
	moved := {"program": "bridge-gateway", "ports": {"health": {"number": 8181, "sure": true}, "metrics": {"number": 9191, "sure": true}}}
	messages(asking("livenessProbe", {"httpGet": {"path": "/healthz", "port": 8080}}, moved)) == ["the liveness probe of container gateway asks port 8080, where the gateway of mcp-bridge does not answer: it does on 8181"]
	count(control.findings) == 0 with input as asking("livenessProbe", {"httpGet": {"path": "/healthz", "port": 8181}}, moved)
	messages(asking("livenessProbe", {"httpGet": {"path": "/healthz", "port": 9191}}, moved)) == ["the liveness probe of container gateway asks port 9191, where the gateway of mcp-bridge serves metrics and answers 200 to every path"]
}

test_health_that_is_surely_on_the_port_is_no_metrics if {
	swapped := {"program": "bridge-gateway", "ports": {"health": {"number": 9090, "sure": true}, "metrics": {"default": "program", "sure": false}}}
	count(control.findings) == 0 with input as asking("livenessProbe", {"httpGet": {"path": "/healthz", "port": 9090}}, swapped)
}

test_a_port_that_a_configuration_decides_is_undecided if {
	unsure := {"program": "bridge-gateway", "ports": {"health": {"default": "program", "sure": false}, "metrics": {"default": "program", "sure": false}}}
	result := control with input as asking("livenessProbe", {"httpGet": {"path": "/healthz", "port": 8181}}, unsure)
	result.findings == set()
	count(result.undecided) == 1
	met := control with input as asking("livenessProbe", {"httpGet": {"path": "/healthz", "port": 8080}}, unsure)
	met.findings | met.undecided == set()
	count(control.findings) == 1 with input as asking("livenessProbe", {"httpGet": {"path": "/health/live", "port": 8181}}, unsure)
	count(control.findings) == 1 with input as asking("livenessProbe", {"httpGet": {"path": "/healthz", "port": 9090}}, unsure)
}

test_tls_and_grpc_are_not_spoken if {
	messages(asking("livenessProbe", {"httpGet": {"path": "/health/live", "port": 8080, "scheme": "HTTPS"}}, hangar)) == ["the liveness probe of container gateway asks port 8080 in TLS, where Hangar speaks plain HTTP"]
	messages(asking("livenessProbe", {"grpc": {"port": 8080}}, hangar)) == ["the liveness probe of container gateway asks by gRPC, which Hangar does not speak"]
}

test_what_speaks_grpc_is_not_known_of_other_programs if {
	given := asking("livenessProbe", {"grpc": {"port": 8080}}, null)
	messages(given) == []
	control.judged == {{"artefact": 0}} with input as given
}

test_a_subcommand_of_another_program_is_its_own if {
	exec := {"exec": {"command": ["mcp-gateway", "health"], "check": {"programs": ["mcp-gateway"], "subcommands": ["mcp-gateway health"], "asks": []}}}
	count(messages(asking("livenessProbe", exec, hangar))) == 1
	messages(asking("livenessProbe", exec, null)) == []
}

test_the_wrong_purpose_is_a_warning if {
	every given in [
		{"name": "livenessProbe", "get": {"path": "/ready", "port": 8080}},
		{"name": "readinessProbe", "get": {"path": "/healthz", "port": 8080}},
	] {
		found := control.findings with input as asking(given.name, {"httpGet": given.get}, bridge)
		[finding.level | some finding in found] == ["warn"]
	}
	found := control.findings with input as asking("livenessProbe", {"tcpSocket": {"port": 8080}}, bridge)
	[finding.level | some finding in found] == ["warn"]
	frontend := control.findings with input as asking("livenessProbe", {"tcpSocket": {"port": 8443}}, bridge)
	[finding.level | some finding in frontend] == ["warn"]
}

test_commands_are_judged_by_the_addresses_in_them if {
	every asked, expected in {
		"curl http://localhost:8080/healthz": {"check": {"host": "localhost", "port": 8080, "path": "/healthz"}, "n": 0},
		"curl http://127.0.0.1:9090/healthz": {"check": {"host": "127.0.0.1", "port": 9090, "path": "/healthz"}, "n": 1},
		"curl http://localhost:8080/live": {"check": {"host": "localhost", "port": 8080, "path": "/live"}, "n": 1},
		"curl https://localhost:8080/healthz": {"check": {"host": "localhost", "port": 8080, "path": "/healthz", "tls": true}, "n": 1},
		"nc localhost:8080": {"check": {"host": "localhost", "port": 8080}, "n": 0},
		"curl http://redis:9090/": {"check": {"host": "redis", "port": 9090, "path": "/"}, "n": 0},
	} {
		probe := {"exec": {"command": split(asked, " "), "check": {"programs": ["curl"], "subcommands": [], "asks": [expected.check]}}}
		count(control.findings) == expected.n with input as asking("livenessProbe", probe, bridge)
	}
}

test_a_command_that_the_program_does_not_know_is_found if {
	probe := {"exec": {"command": ["mcp-gateway", "health"], "check": {"programs": ["mcp-gateway"], "subcommands": ["mcp-gateway health"], "asks": []}}}
	messages(asking("livenessProbe", probe, bridge)) == ["the liveness probe of container gateway runs mcp-gateway health, which the program does not know"]
	count(control.findings) == 0 with input as asking("livenessProbe", probe, bridge) with data.params.bridge_health_command as true
}

test_a_program_that_the_image_lacks_is_found if {
	probe := {"exec": {"command": ["curl"], "check": {"programs": ["curl"], "subcommands": [], "asks": []}}}
	image := {"path": ["spec", "template", "spec", "containers", 0, "image"], "what": "x", "reference": {"name": "mcp-hangar"}}
	messages(testing.with_facts(asking("livenessProbe", probe, hangar), {"images": [image]})) == ["the image of container gateway has no curl, which its liveness probe runs"]
	count(control.findings) == 0 with input as asking("livenessProbe", probe, hangar)
}

test_another_container_may_answer if {
	spec := {"containers": [
		{"name": "gateway", "ports": ports, "livenessProbe": {"httpGet": {"path": "/health/live", "port": 8443, "scheme": "HTTPS"}}},
		{"name": "edge", "ports": [{"containerPort": 8443}]},
	]}
	result := control with input as testing.deployment(spec, {"serves": hangar})
	result.findings == set()
	count(result.undecided) == 1
}

test_what_a_mesh_has_rewritten_is_undecided if {
	result := control with input as asking("livenessProbe", {"httpGet": {"path": "/app-health/gateway/livez", "port": 15020}}, hangar)
	result.findings == set()
	count(result.undecided) == 1
}

test_a_name_is_one_of_the_same_container if {
	spec := {"containers": [
		{"name": "gateway", "ports": ports},
		{"name": "shipper", "ports": [{"name": "web", "containerPort": 2020}], "livenessProbe": {"httpGet": {"path": "/", "port": "http"}}},
	]}
	control.findings == {{
		"artefact": 0,
		"path": ["spec", "template", "spec", "containers", 1, "livenessProbe", "httpGet", "port"],
		"message": "the liveness probe of container shipper asks port http, which is the name of no port of the container",
	}} with input as testing.deployment(spec, {})
	count(control.findings) == 1 with input as asking("livenessProbe", {"tcpSocket": {"port": "8080"}}, hangar)
	count(control.findings) == 2 with input as asking("livenessProbe", {"grpc": {"port": "http"}}, hangar)
	every port in [null, true, [8080]] {
		count(control.findings) == 1 with input as asking("livenessProbe", {"httpGet": {"path": "/health/live", "port": port}}, hangar)
	}
}

test_names_are_undecided_where_the_ports_are_a_template if {
	place := ["spec", "template", "spec", "containers", 0, "ports"]
	given := testing.program({"ports": {"unresolved": "a template"}, "livenessProbe": {"httpGet": {"path": "/health", "port": "http"}}}, {})
	result := control with input as testing.unknown(given, place)
	result.findings == set()
	count(result.undecided) == 1
}

test_of_any_other_server_it_is_a_warning if {
	every get, message in {
		{"path": "/health", "port": 8000}: "the liveness probe of container gateway asks port 8000, which the container does not list",
		{"path": "/mcp", "port": "http"}: "the liveness probe of container gateway asks for /mcp, which is no usual health endpoint",
	} {
		found := control.findings with input as testing.program({"ports": ports, "livenessProbe": {"httpGet": get}}, {"component": "mcp-server"})
		[[finding.message, finding.level] | some finding in found] == [[message, "warn"]]
	}
	every path in ["/health", "/healthz", "/livez", "/readyz", "/ready", "/ready/"] {
		count(control.findings) == 0 with input as testing.program({"ports": ports, "livenessProbe": {"httpGet": {"path": path, "port": 8080}}}, {})
	}
	custom := testing.program({"ports": ports, "livenessProbe": {"httpGet": {"path": "/status", "port": 8080}}}, {})
	count(control.findings) == 0 with input as custom with data.params.health_paths as ["/status"]
	count(control.findings) == 0 with input as testing.with_facts(custom, {"subject": "support"})
}

test_without_probes_it_is_inapplicable if {
	result := control with input as testing.program({}, {"serves": hangar})
	result.findings | result.judged == set()
	count(result.inapplicable) == 1
	nothing := control with input as testing.program({"livenessProbe": {"httpGet": {"path": "/x", "port": 1}}}, {"subject": "other"})
	(nothing.findings | nothing.judged) | nothing.inapplicable == set()
}

test_compose_is_judged_by_the_same_table if {
	control.findings == {{
		"artefact": 0,
		"path": ["services", 0, "healthcheck", "test"],
		"message": "the health check of service gateway asks port 9090, where the gateway of mcp-bridge serves metrics and answers 200 to every path",
	}} with input as compose_check({"host": "localhost", "port": 9090, "path": "/healthz"}, {})
	every asked in [{"host": "localhost", "port": 8080, "path": "/ready"}, {"host": "localhost", "port": 8080, "path": "/healthz"}] {
		result := control with input as compose_check(asked, {})
		result.findings == set()
		result.judged == {{"artefact": 0}}
	}
	every facts in [{"mark": "development"}, {"serves": null}, {"deployed": false}] {
		result := control with input as compose_check({"host": "localhost", "port": 9090, "path": "/x"}, facts)
		result.findings | result.judged == set()
		count(result.inapplicable) == 1
	}
}

test_a_gateway_with_one_port_for_both_is_found if {
	control.findings == {{
		"artefact": 0,
		"path": ["server", "health_port"],
		"message": "health and metrics are both on port 9090, and the metrics server answers 200 to every path",
	}} with input as testing.config("bridge-gateway-config", {"server": {"health_port": 9090}}, {})
	found := control.findings with input as testing.config("bridge-gateway-config", {"server": {"metrics_port": 8080}}, {})
	[finding.path | some finding in found] == [["server", "metrics_port"]]
	every server in [{}, {"health_port": 8081}, {"health_port": {"unresolved": "a template"}}, {"health_port": "x"}] {
		count(control.findings) == 0 with input as testing.config("bridge-gateway-config", {"server": server}, {})
	}
	template := control with input as testing.config("bridge-gateway-config", {"server": {"health_port": {"unresolved": "a template"}}}, {})
	count(template.undecided) == 1
	apart := control with input as testing.config("bridge-gateway-config", {}, {})
	apart.judged == set()
	count(apart.inapplicable) == 1
}

messages(given) := [finding.message | some finding in control.findings with input as given]

asking(name, probe, serves) := testing.program({"ports": ports, name: probe}, {"serves": serves})

ports := [{"name": "http", "containerPort": 8080}, {"name": "metrics", "containerPort": 9090}]

bridge := {"program": "bridge-gateway", "ports": {"health": {"default": "program", "sure": true}, "metrics": {"default": "program", "sure": true}}}

router := {"program": "bridge-router", "ports": {"health": {"default": "program", "sure": true}}}

hangar := {"program": "hangar", "ports": {"health": {"default": "image", "sure": true}}}

openmcp := {"program": "openmcp", "ports": {"health": {"default": "program", "sure": false}}}

compose_check(asked, facts) := testing.compose_service(
	object.union({"healthcheck": {"disabled": false, "test": {"form": "shell", "programs": ["curl"], "asks": [asked]}}, "serves": bridge}, facts),
	{},
)
