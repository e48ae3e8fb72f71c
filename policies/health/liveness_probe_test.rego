package mcp.controls.health.liveness_probe_test

import data.mcp.controls.health.liveness_probe as control
import data.mcp.lib.testing

test_silence_is_found if {
	control.findings == {{
		"artefact": 0,
		"path": ["spec", "template", "spec", "containers", 0, "livenessProbe"],
		"message": "container gateway has no liveness probe",
	}} with input as testing.program({}, {})
}

test_every_way_to_ask_is_met if {
	every handler in [
		{"httpGet": {"port": 8080}}, {"tcpSocket": {"port": "http"}}, {"grpc": {"port": 9000}},
		{"exec": {"command": ["redis-cli", "ping"], "check": {"programs": ["redis-cli"]}}},
	] {
		result := control with input as testing.program({"livenessProbe": handler}, {})
		result.findings == set()
		result.judged == {{"artefact": 0}}
	}
}

test_a_probe_that_asks_nothing_is_found if {
	every probe in [{}, {"periodSeconds": 10}, {"httpGet": null}, {"exec": {"command": []}}, {"httpGet": "/healthz"}, "/healthz", []] {
		found := control.findings with input as testing.program({"livenessProbe": probe}, {})
		{finding.message | some finding in found} == {"the liveness probe of container gateway asks nothing"}
	}
	count(control.findings) == 1 with input as testing.program({"livenessProbe": null}, {})
	count(control.findings) == 1 with input as testing.program({"startupProbe": {"httpGet": {"port": 1}}, "readinessProbe": {"httpGet": {"port": 1}}}, {})
}

test_a_command_that_always_succeeds_is_found if {
	control.findings == {{
		"artefact": 0,
		"path": ["spec", "template", "spec", "containers", 0, "livenessProbe", "exec", "command"],
		"message": "the liveness probe of container gateway succeeds whatever happens: exit 0",
	}} with input as testing.program({"livenessProbe": {"exec": {"command": ["sh", "-c", "exit 0"], "check": {"constant": "exit 0"}}}}, {})
}

test_only_the_program_counts if {
	probe := {"livenessProbe": {"httpGet": {"port": 8080}}}
	spec := {"containers": [{"name": "logs"}, object.union({"name": "gateway"}, probe)], "initContainers": [{"name": "sync", "restartPolicy": "Always"}]}
	count(control.findings) == 0 with input as testing.deployment(spec, {"main": 1})
	count(control.findings) == 1 with input as testing.deployment(spec, {"main": 0})
}

test_what_is_no_part_of_an_mcp_system_is_not_listed if {
	result := control with input as testing.program({}, {"subject": "other"})
	(result.findings | result.judged) | result.inapplicable == set()
	count(control.findings) == 1 with input as testing.program({}, {"subject": "support"})
}

test_times_are_warnings if {
	every more, expected in {
		"period": {"probe": {"periodSeconds": 90}, "message": "container gateway is asked whether it lives every 90 s, less than once a minute"},
		"soon": {"probe": {"periodSeconds": 3}, "message": "container gateway is started again when it has not answered for 9 s"},
		"late": {"probe": {"periodSeconds": 60, "failureThreshold": 11}, "message": "container gateway is started again when it has not answered for 660 s"},
		"timeout": {"probe": {"timeoutSeconds": 12}, "message": "the liveness probe of container gateway may take 12 s, and runs every 10 s"},
	} {
		more != ""
		found := control.findings with input as testing.program({"livenessProbe": object.union({"httpGet": {"port": 8080}}, expected.probe)}, {})
		[[finding.message, finding.level] | some finding in found] == [[expected.message, "warn"]]
	}
	every times in [{}, {"periodSeconds": 0, "timeoutSeconds": 0, "failureThreshold": 0}, {"periodSeconds": 5}, {"periodSeconds": 60, "failureThreshold": 10}, {"periodSeconds": {"unresolved": "a template"}}] {
		count(control.findings) == 0 with input as testing.program({"livenessProbe": object.union({"httpGet": {"port": 8080}}, times)}, {})
	}
}

test_what_ends_by_itself_is_inapplicable if {
	every kind in ["Job", "CronJob", "PodTemplate", "Service"] {
		result := control with input as of_kind(kind, {})
		result.findings | result.judged == set()
		count(result.inapplicable) == 1
	}
	every kind in ["StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Rollout", "Pod"] {
		count(control.findings) == 1 with input as of_kind(kind, {})
	}
	every policy in ["Never", "OnFailure"] {
		count(control.inapplicable) == 1 with input as of_kind("Pod", {"restartPolicy": policy})
	}
	count(control.findings) == 1 with input as of_kind("Pod", {"restartPolicy": "Always"})
}

test_pods_of_an_operator_are_inapplicable if {
	every facts in [{"operator": "mcp-hangar"}, {"operator": "toolhive"}] {
		result := control with input as testing.program({}, facts)
		result.findings | result.judged == set()
		count(result.inapplicable) == 1
	}
}

test_a_command_that_is_a_template_is_undecided if {
	given := {"livenessProbe": {"exec": {"command": ["sh", "-c", "{{ .Values.check }}"], "check": {"programs": [], "template": true}}}}
	result := control with input as testing.program(given, {})
	result.findings == set()
	count(result.undecided) == 1
}

test_what_toolhive_makes_is_excused_by_its_label if {
	result := control with input as testing.program({}, {"pod_metadata": {"labels": {"toolhive": "true"}}})
	result.findings == set()
	[excuse.reason | some excuse in result.excused] == ["ToolHive's operator makes these pods, by their label"]
}

test_a_template_is_undecided if {
	place := ["spec", "template", "spec", "containers", 0, "livenessProbe"]
	result := control with input as testing.unknown(testing.program({"livenessProbe": {"unresolved": "a template"}}, {}), place)
	result.findings == set()
	result.undecided == {{"artefact": 0, "path": place, "reason": "the value is not known: a template"}}
	list := control with input as testing.unknown(testing.deployment({"containers": {"unresolved": "a template"}}, {}), ["spec", "template", "spec", "containers"])
	count(list.undecided) == 1
}

of_kind(kind, spec) := {"artefacts": [{
	"kind": "kubernetes",
	"value": {"apiVersion": "v1", "kind": kind, "spec": object.union({"containers": [{"name": "x"}]}, spec)},
	"pod_path": ["spec"],
	"subject": "mcp",
	"main": 0,
}]}
