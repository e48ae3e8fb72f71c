package mcp.controls.scale.hpa_test

import data.mcp.controls.scale.hpa as control
import data.mcp.lib.testing

test_gateway_without_a_scaler if {
	result := control with input as testing.inventory({}, {})
	result.judged == {{"artefact": 0}}
	result.findings == {{
		"artefact": 0,
		"path": ["metadata", "name"],
		"message": "no HorizontalPodAutoscaler or ScaledObject has Deployment gateway as its target",
	}}
}

test_what_needs_none if {
	judged({"component": "mcp-server", "system": "hangar", "ports": [{"number": 8000}]}) == set()
	judged({"component": "mcp-server", "ports": []}) == set()
	judged({"component": "hangar"}) == set()
	judged({"component": "gateway", "system": "openmcp"}) == set()
	judged({"kind": "StatefulSet"}) == set()
	judged({"replicas": 0, "effective_replicas": 0}) == set()
	judged({"single_writer": true, "effective_replicas": 1}) == set()
	judged({"single_writer": true, "replicas": 3}) == {0}
	judged({"component": "mcp-server", "ports": [{"number": 8000}]}) == {0}
	judged({"component": "mcp-server", "ports": [], "services": [4]}) == {0}
}

test_scaler_that_may_be_elsewhere if {
	single := control with input as testing.inventory({}, {"whole": false})
	single.findings == set()
	{answer.reason | some answer in single.undecided} == {"nothing scales it here, and not all of what is deployed together was given"}
	unknown := control with input as testing.inventory({"scaler_unknown": "the target of x"}, {})
	unknown.findings == set()
	{answer.reason | some answer in unknown.undecided} == {"whether something scales it is not known: the target of x"}
}

test_replicas_beside_a_scaler if {
	result := control with input as testing.inventory({"scaled_by": 4, "replicas": 3}, {})
	result.findings == {{
		"artefact": 0,
		"level": "warn",
		"path": ["spec", "replicas"],
		"message": "Deployment gateway sets replicas to 3 beside what scales it",
	}}
	control.findings == set() with input as testing.inventory({"scaled_by": 4}, {})
}

test_two_scalers if {
	result := control with input as testing.inventory({"scaled_by": 4, "scalers_conflict": [4, 6]}, {})
	{[finding.artefact, finding.message] | some finding in result.findings} == {
		[4, "more than one scaler has Deployment gateway as its target"],
		[6, "more than one scaler has Deployment gateway as its target"],
	}
}

test_scaler_that_works if {
	result := control with input as hpa({})
	result.judged == {{"artefact": 4}}
	result.findings == set()
	result.undecided == set()
}

test_target_that_is_missing if {
	messages({"targets": []}) == {"HorizontalPodAutoscaler gateway scales Deployment gateway, which is not in the set"}
	messages({"targets": [], "target_elsewhere": true}) == set()
	messages({"targets": [], "target_unknown": true}) == set()
}

test_group_of_the_target if {
	messages({"target_group": ""}) == {"HorizontalPodAutoscaler gateway names Deployment gateway in API group core, and it is in apps"}
	messages({"target_group": "extensions"}) == {"HorizontalPodAutoscaler gateway names Deployment gateway in API group extensions, and it is in apps"}
	control.findings == set() with input as keda({"target_group": ""})
}

test_numbers if {
	messages({"min_replicas": 2}) == {"HorizontalPodAutoscaler gateway keeps at least 2, fewer than 3"}
	messages({"min_replicas": 2, "component": "mcp-server"}) == set()
	messages({"min_replicas": 1, "component": "operator"}) == set()
	messages({"min_replicas": 6}) == {"HorizontalPodAutoscaler gateway has at most 6 and at least 6 replicas, so it never scales"}
	messages({"min_replicas": {"unresolved": "a template"}}) == set()
	none := control with input as testing.inventory({"is_mcp": false}, {"hpas": [object.remove(row({}), ["max_replicas"])]})
	{finding.message | some finding in none.findings} == {"HorizontalPodAutoscaler gateway has no maxReplicas, which is invalid"}
}

test_keda if {
	control.findings == set() with input as keda({"min_replicas": 3})
	result := control with input as keda({"min_replicas": 0})
	{[finding.path, finding.message] | some finding in result.findings} == {[["spec", "minReplicaCount"], "ScaledObject gateway keeps at least 0, fewer than 3"]}
	huge := control with input as keda({"min_replicas": 100})
	{finding.path | some finding in huge.findings} == {["spec", "maxReplicaCount"]}
}

test_utilization if {
	measured({"resource": "cpu", "utilization": 40, "lacking": []}) == set()
	measured({"resource": "cpu", "utilization": 90, "lacking": []}) == set()
	measured({"resource": "memory", "utilization": 95, "lacking": []}) == {["fault", "HorizontalPodAutoscaler gateway aims at 95 percent of memory, not between 40 and 90"]}
	measured({"resource": "memory"}) == set()
}

test_requests if {
	measured({"resource": "cpu", "utilization": 70, "lacking": ["main", "proxy"]}) == {[
		"fault",
		"HorizontalPodAutoscaler gateway measures cpu, for which containers of Deployment gateway have no request: main, proxy",
	]}
}

test_custom_metrics if {
	custom := {"path": ["spec", "metrics", 1], "custom": "websocket_connections"}
	resource := {"path": ["spec", "metrics", 0], "resource": "cpu", "utilization": 70, "lacking": []}
	alone := control with input as hpa({"metrics": [custom]})
	{[object.get(finding, "level", "fault"), finding.message] | some finding in alone.findings} == {["fault", "HorizontalPodAutoscaler gateway scales by websocket_connections alone, which nothing in the set produces"]}
	beside := control with input as hpa({"metrics": [resource, custom]})
	{[finding.level, finding.path] | some finding in beside.findings} == {["warn", ["spec", "metrics", 1]]}
	control.findings == set() with input as hpa({"metrics": [object.union(custom, {"produced": true})]})
	control.findings == set() with input as hpa({"metrics": [custom]}) with data.params.custom_metrics as ["websocket_connections"]
}

test_single_files_are_undecided if {
	result := control with input as testing.inventory({"is_mcp": false}, {"whole": false, "hpas": [row({"targets": [], "metrics": [
		{"path": ["spec", "metrics", 0], "resource": "cpu", "utilization": 70, "lacking": ["main"]},
		{"path": ["spec", "metrics", 1], "custom": "x"},
	]})]})
	result.findings == set()
	{answer.path | some answer in result.undecided} == {["spec", "scaleTargetRef", "name"], ["spec", "metrics", 0], ["spec", "metrics", 1]}
}

test_unknown_values_are_undecided if {
	result := control with input as hpa({
		"min_replicas": {"unresolved": "a template"}, "max_replicas": {"unresolved": "a template"},
		"metrics": [{"path": ["m", 0], "unknown": true}, {"path": ["m", 1], "resource": "cpu", "utilization": {"unresolved": "a template"}, "lacking": []}],
	})
	result.findings == set()
	{answer.path | some answer in result.undecided} == {["spec", "minReplicas"], ["spec", "maxReplicas"], ["m", 0], ["m", 1]}
}

test_hangar_is_left_alone if {
	control.judged == set() with input as hpa({"component": "hangar", "system": "hangar", "min_replicas": 1, "max_replicas": 1})
}

# Values of charts.

test_chart_of_bridge if {
	values({"gateway": {"autoscaling": {"minReplicas": 3}}}, {"chart": "mcp-bridge"}) == set()
	values({}, {"chart": "mcp-bridge"}) == {"autoscaling keeps at least 2, fewer than 3"}
	values({"gateway": {"autoscaling": {"enabled": false}}}, {"chart": "mcp-bridge"}) == {"autoscaling is off"}
	values({"gateway": {"autoscaling": {"minReplicas": 3, "maxReplicas": 3, "targetCPUUtilizationPercentage": "95"}}}, {"chart": "mcp-bridge"}) == {
		"autoscaling has at most 3 and at least 3 replicas, so it never scales",
		"autoscaling aims at 95 percent, not between 40 and 90",
	}
}

test_chart_of_hangar if {
	off := control with input as testing.helm_values({}, {"chart": "mcp-hangar"})
	off.judged == set()
	{answer.reason | some answer in off.inapplicable} == {"Hangar counts its replicas itself"}
	values({"autoscaling": {"enabled": true, "minReplicas": 2, "maxReplicas": 2}}, {"chart": "mcp-hangar"}) == {"autoscaling has at most 2 and at least 2 replicas, so it never scales"}
}

test_generic_charts if {
	values({"autoscaling": {"enabled": false}}, {}) == {"autoscaling is off"}
	values({"autoscaling": {"enabled": true, "minReplicas": 1, "maxReplicas": 5}}, {}) == {"autoscaling keeps at least 1, fewer than 2"}
	values({}, {}) == set()
	values({"autoscaling": {"enabled": false}}, {"images": [{"path": ["image"], "reference": {"repository": "acme/shop"}}]}) == set()
	values({"autoscaling": {"enabled": false}}, {"images": [{"path": ["image"], "reference": {"repository": "acme/mcp-notes"}}]}) == {"autoscaling is off"}
}

test_unknown_values_of_charts if {
	result := control with input as testing.helm_values({"autoscaling": {"enabled": {"unresolved": "a template"}, "minReplicas": 1}}, {})
	result.findings == set()
	{answer.path | some answer in result.undecided} == {["autoscaling", "enabled"]}
}

judged(workload) := {answer.artefact | some answer in found} if {
	found := control.judged with input as testing.inventory(workload, {})
}

row(more) := object.union(
	{
		"artefact": 4, "name": "gateway", "subject": "mcp", "component": "gateway", "target_kind": "Deployment", "target_name": "gateway",
		"target_group": "apps", "found_group": "apps", "min_replicas": 3, "max_replicas": 6, "targets": [0], "metrics": [],
	},
	more,
)

hpa(more) := testing.inventory({"is_mcp": false}, {"hpas": [row(more)]})

keda(more) := testing.inventory({"is_mcp": false}, {"scaled_objects": [object.union(object.remove(row({}), ["max_replicas"]), more)]})

messages(more) := {finding.message | some finding in found} if {
	found := control.findings with input as hpa(more)
}

measured(metric) := {[object.get(finding, "level", "fault"), finding.message] | some finding in found} if {
	found := control.findings with input as hpa({"metrics": [object.union({"path": ["spec", "metrics", 0]}, metric)]})
}

values(value, facts) := {finding.message | some finding in found} if {
	found := control.findings with input as testing.helm_values(value, facts)
}
