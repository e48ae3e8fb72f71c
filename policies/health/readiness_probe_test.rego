package mcp.controls.health.readiness_probe_test

import data.mcp.controls.health.readiness_probe as control
import data.mcp.lib.testing

test_silence_is_found if {
	control.findings == {{
		"artefact": 0,
		"path": ["spec", "template", "spec", "containers", 0, "readinessProbe"],
		"message": "container gateway has no readiness probe",
	}} with input as testing.program(open, {})
}

test_a_probe_is_met if {
	result := control with input as testing.program(object.union(open, probe({"path": "/ready", "port": 8080})), {})
	result.findings | result.undecided == set()
	result.judged == {{"artefact": 0}}
}

test_metrics_answer_in_any_state if {
	every path in ["/metrics", "/metrics/", "metrics", "/metrics?name=x"] {
		control.findings == {{
			"artefact": 0,
			"path": ["spec", "template", "spec", "containers", 0, "readinessProbe", "httpGet", "path"],
			"message": "the readiness probe of container gateway asks /metrics, which answers in any state",
		}} with input as testing.program(object.union(open, probe({"path": path, "port": 9090})), {})
	}
	command := {"readinessProbe": {"exec": {"command": ["wget"], "check": {"asks": [{"host": "localhost", "port": 9090, "path": "/metrics"}]}}}}
	count(control.findings) == 1 with input as testing.program(object.union(open, command), {})
	every path in ["/metricsx", "/api/metrics", "/"] {
		count(control.findings) == 0 with input as testing.program(object.union(open, probe({"path": path, "port": 9090})), {})
	}
}

test_what_asks_nothing_or_always_succeeds_is_found if {
	every given in [{}, {"exec": {"command": ["true"], "check": {"constant": "true"}}}] {
		count(control.findings) == 1 with input as testing.program(object.union(open, {"readinessProbe": given}), {})
	}
}

test_without_port_and_service_it_is_inapplicable if {
	result := control with input as testing.program({}, {})
	(result.findings | result.judged) | result.undecided == set()
	result.inapplicable == {{
		"artefact": 0,
		"path": ["spec", "template", "spec", "containers", 0],
		"reason": "container gateway opens no port, and no Service selects the pods",
	}}
}

test_a_service_asks_for_it if {
	count(control.findings) == 1 with input as testing.program({}, {"services": [{"name": "gateway", "ports": []}]})
}

test_a_service_that_is_not_known_leaves_it_undecided if {
	alone := object.remove(testing.program({}, {}).artefacts[0], ["services"])
	result := control with input as {"artefacts": [alone]}
	(result.findings | result.judged) | result.inapplicable == set()
	count(result.undecided) == 1
	ready := object.remove(testing.program(probe({"port": 1}), {}).artefacts[0], ["services"])
	met := control with input as {"artefacts": [ready]}
	met.judged == {{"artefact": 0}}
	met.undecided == set()
}

test_a_proxy_that_serves_the_service_is_as_good if {
	every target in [4180, "proxy"] {
		count(control.findings) == 0 with input as proxied([{"name": "edge", "ports": [target]}])
	}
	count(control.findings) == 1 with input as proxied([{"name": "edge", "ports": [8080]}])
	count(control.findings) == 1 with input as proxied([])
}

test_a_proxy_without_a_known_service_leaves_it_undecided if {
	alone := {"artefacts": [object.remove(proxied([]).artefacts[0], ["services"])]}
	result := control with input as alone
	result.findings == set()
	count(result.undecided) == 1
}

test_a_long_period_is_a_warning if {
	given := {"readinessProbe": {"tcpSocket": {"port": 8080}, "periodSeconds": 45}}
	found := control.findings with input as testing.program(object.union(open, given), {})
	[[finding.message, finding.level] | some finding in found] == [["container gateway is asked whether it is ready every 45 s, less than twice a minute", "warn"]]
}

test_what_ends_by_itself_is_inapplicable if {
	result := control with input as testing.program(open, {"operator": "toolhive"})
	result.findings | result.judged == set()
	count(result.inapplicable) == 1
}

test_a_command_that_is_a_template_is_undecided if {
	given := {"readinessProbe": {"exec": {"command": ["sh", "-c", "{{ .Values.check }}"], "check": {"programs": [], "template": true}}}}
	result := control with input as testing.program(object.union(open, given), {})
	result.findings == set()
	count(result.undecided) == 1
}

test_what_toolhive_makes_is_excused_by_its_label if {
	result := control with input as testing.program(open, {"pod_metadata": {"labels": {"toolhive": "true"}}})
	result.findings == set()
	[excuse.reason | some excuse in result.excused] == ["ToolHive's operator makes these pods, by their label"]
}

test_a_template_is_undecided if {
	every steps in [["readinessProbe"], ["ports"]] {
		place := array.concat(["spec", "template", "spec", "containers", 0], steps)
		result := control with input as testing.unknown(testing.program({"ports": {"unresolved": "a template"}}, {}), place)
		result.findings == set()
	}
}

open := {"ports": [{"name": "http", "containerPort": 8080}]}

probe(get) := {"readinessProbe": {"httpGet": get}}

proxied(services) := testing.deployment(
	{"containers": [
		{"name": "gateway", "ports": [{"containerPort": 8080}]},
		{"name": "proxy", "ports": [{"name": "proxy", "containerPort": 4180}], "readinessProbe": {"httpGet": {"path": "/ping", "port": 4180}}},
	]},
	{"services": services},
)
