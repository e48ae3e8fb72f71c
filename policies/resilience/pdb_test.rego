package mcp.controls.resilience.pdb_test

import data.mcp.controls.resilience.pdb as control
import data.mcp.lib.testing

budget(terms) := object.union({"artefact": 1, "name": "gateway", "is_mcp": true, "subject": "mcp", "targets": 1}, terms)

protected(terms, replicas) := testing.inventory({"effective_replicas": replicas, "pdbs": [budget(terms)]}, {"pdbs": [budget(terms)]})

test_no_budget_in_a_whole_set_is_found if {
	result := control with input as testing.inventory({}, {})
	result.findings == {{
		"artefact": 0,
		"path": ["spec", "replicas"],
		"message": "Deployment gateway runs 3 replicas and no PodDisruptionBudget selects its pods",
	}}
	result.judged == {{"artefact": 0}}
	result.undecided == set()
}

test_no_budget_is_undecided_where_more_may_come if {
	result := control with input as testing.inventory({}, {"whole": false})
	result.findings == set()
	result.undecided == {{
		"artefact": 0,
		"path": ["spec", "replicas"],
		"reason": "no PodDisruptionBudget selects its pods here, and not all of what is deployed together was given",
	}}
}

test_no_budget_is_undecided_where_a_selector_is_not_known if {
	result := control with input as testing.inventory({"pdbs_unknown": "a template"}, {})
	result.findings == set()
	{answer.reason | some answer in result.undecided} == {"whether a PodDisruptionBudget selects its pods is not known: a template"}
}

test_only_gateways_hangar_and_servers_with_replicas_count if {
	every workload in [
		{"component": "router"},
		{"component": "redis", "is_mcp": false},
		{"effective_replicas": {"unresolved": "a template"}},
		{"effective_replicas": 1},
		{"effective_replicas": 0},
	] {
		result := control with input as testing.inventory(workload, {})
		result.findings == set()
		result.judged == set()
	}
}

test_one_replica_needs_none if {
	result := control with input as testing.inventory({"effective_replicas": 1}, {})
	result.inapplicable == {{"artefact": 0, "reason": "single replica"}}
}

test_replicas_that_are_not_known_are_undecided if {
	result := control with input as testing.inventory({"effective_replicas": {"unresolved": "a template"}}, {})
	result.undecided == {{"artefact": 0, "path": ["spec", "replicas"], "reason": "the number of replicas is not known: a template"}}
}

test_two_budgets_are_found if {
	one := budget({"max_unavailable": {"count": 1}})
	two := object.union(one, {"artefact": 2, "name": "other"})
	result := control with input as testing.inventory({"pdbs": [one, two], "pdbs_conflict": true}, {"whole": false})
	result.findings == {{
		"artefact": 0,
		"path": ["spec"],
		"message": "more than one PodDisruptionBudget selects the pods of Deployment gateway, so no pod can be evicted: gateway, other",
	}}
}

test_of_several_that_may_be_the_one_a_right_one_is_enough if {
	right := budget({"max_unavailable": {"count": 1}})
	wrong := object.union(budget({"max_unavailable": {"count": 0}}), {"artefact": 2})
	count(control.findings) == 0 with input as testing.inventory({"pdbs": [wrong, right]}, {})
	count(control.findings) == 1 with input as testing.inventory({"pdbs": [wrong]}, {})
}

test_amounts_that_are_met if {
	every terms in [
		[{"min_available": {"count": 1}}, 2],
		[{"min_available": {"count": 2}}, 3],
		[{"min_available": {"percent": 50}}, 3],
		[{"min_available": {"percent": 1}}, 2],
		[{"max_unavailable": {"count": 1}}, 2],
		[{"max_unavailable": {"percent": 34}}, 3],
		[{"max_unavailable": {"count": 1}}, 1],
		[{"max_unavailable": {"percent": 100}}, 1],
		[{"min_available": {"count": 0}}, 1],
	] {
		result := control with input as protected(terms[0], terms[1])
		result.findings == set()
		{"artefact": 1} in result.judged
	}
}

test_amounts_that_are_found if {
	every case in [
		[{"min_available": {"count": 3}}, 3, "minAvailable", "minAvailable 3 allows no eviction: Deployment gateway runs 3 replicas"],
		[{"min_available": {"percent": 100}}, 3, "minAvailable", "minAvailable 100% (3) allows no eviction: Deployment gateway runs 3 replicas"],
		[{"min_available": {"percent": 51}}, 2, "minAvailable", "minAvailable 51% (2) allows no eviction: Deployment gateway runs 2 replicas"],
		[{"min_available": {"count": 0}}, 2, "minAvailable", "minAvailable 0 protects no replica: Deployment gateway runs 2 replicas"],
		[{"max_unavailable": {"count": 0}}, 2, "maxUnavailable", "maxUnavailable 0 allows no eviction: Deployment gateway runs 2 replicas"],
		[{"max_unavailable": {"percent": 0}}, 1, "maxUnavailable", "maxUnavailable 0% (0) allows no eviction: Deployment gateway runs 1 replica"],
		[{"max_unavailable": {"percent": 67}}, 3, "maxUnavailable", "maxUnavailable 67% (3) protects no replica: Deployment gateway runs 3 replicas"],
		[{"min_available": {"count": 1}}, 1, "minAvailable", "minAvailable 1 allows no eviction: Deployment gateway runs 1 replica"],
		[
			{"min_available": {"count": 1}, "max_unavailable": {"count": 1}}, 3, "maxUnavailable",
			"minAvailable and maxUnavailable are both set, which is invalid: Deployment gateway runs 3 replicas",
		],
	] {
		result := control with input as protected(case[0], case[1])
		result.findings == {{"artefact": 1, "path": ["spec", case[2]], "message": case[3]}}
	}
	silent := control with input as protected({}, 3)
	silent.findings == {{
		"artefact": 1,
		"path": ["spec"],
		"message": "neither minAvailable nor maxUnavailable is set, so no pod can be evicted: Deployment gateway runs 3 replicas",
	}}
}

test_an_amount_that_is_not_known_is_undecided if {
	result := control with input as protected({"min_available": {"unresolved": "a template"}}, 3)
	result.findings == set()
	result.undecided == {{"artefact": 1, "path": ["spec", "minAvailable"], "reason": "the value is not known: a template"}}
}

test_a_budget_without_a_target_has_nothing_to_protect if {
	result := control with input as testing.inventory({"effective_replicas": 1}, {"pdbs": [budget({"targets": 0})]})
	{"artefact": 1, "reason": "no workload that it selects is in the set"} in result.inapplicable
}

values(value, chart) := testing.helm_values(value, {"chart": chart})

test_values_with_the_budget_off_are_found if {
	result := control with input as values({"replicaCount": 2, "podDisruptionBudget": {"enabled": false}}, "notes")
	result.findings == {{
		"artefact": 0,
		"path": ["podDisruptionBudget", "enabled"],
		"message": "podDisruptionBudget is off beside 2 replicas",
	}}
	result.judged == {{"artefact": 0}}
}

test_known_charts_have_defaults if {
	bridge := control with input as values({"gateway": {}}, "mcp-bridge")
	bridge.findings == set()
	bridge.judged == {{"artefact": 0}}
	found := control with input as values({"gateway": {"autoscaling": {"enabled": false}, "replicaCount": 3, "podDisruptionBudget": {"minAvailable": 3}}}, "mcp-bridge")
	found.findings == {{
		"artefact": 0,
		"path": ["gateway", "podDisruptionBudget", "minAvailable"],
		"message": "minAvailable 3 allows no eviction: the values ask for 3 replicas",
	}}
	hangar := control with input as values({}, "mcp-hangar")
	hangar.inapplicable == {{"artefact": 0, "reason": "single replica"}}
	count(control.findings) == 1 with input as values({"replicaCount": 2}, "mcp-hangar")
	operator := control with input as values({"replicaCount": 2, "podDisruptionBudget": {"enabled": false}}, "mcp-hangar-operator")
	operator.findings == set()
}

test_the_autoscaler_of_the_values_decides if {
	scaled := {"replicaCount": 1, "autoscaling": {"enabled": true, "minReplicas": 3}, "podDisruptionBudget": {"enabled": false}}
	count(control.findings) == 1 with input as values(scaled, "notes")
	unscaled := object.union(scaled, {"autoscaling": {"enabled": false}})
	count(control.findings) == 0 with input as values(unscaled, "notes")
}

test_texts_of_values_are_read_as_the_chart_writes_them if {
	on := {"replicaCount": 3, "podDisruptionBudget": {"enabled": true}}
	every terms in [{"minAvailable": "50%", "maxUnavailable": ""}, {"minAvailable": "2"}, {"maxUnavailable": 1, "minAvailable": null}, {}] {
		result := control with input as values(object.union(on, {"podDisruptionBudget": terms}), "notes")
		result.findings == set()
		result.judged == {{"artefact": 0}}
	}
	every terms in [{"minAvailable": "100%"}, {"minAvailable": "3"}, {"maxUnavailable": 0}, {"minAvailable": 1, "maxUnavailable": 1}] {
		count(control.findings) == 1 with input as values(object.union(on, {"podDisruptionBudget": terms}), "notes")
	}
}

test_generic_values_are_judged_by_what_they_write if {
	result := control with input as values({"replicaCount": 3}, "notes")
	result.findings == set()
	result.judged == set()
	result.undecided == set()
}

test_an_overlay_alone_leaves_the_rest_unknown if {
	overlay := {"chart": "mcp-bridge", "overlay": true}
	off := {"gateway": {"podDisruptionBudget": {"enabled": false}}}
	result := control with input as testing.helm_values(off, overlay)
	result.findings == set()
	result.judged == set()
	result.undecided == {{
		"artefact": 0,
		"path": ["gateway", "podDisruptionBudget", "enabled"],
		"reason": "the number of replicas is not known",
	}}
	known := object.union(off, {"gateway": {"autoscaling": {"enabled": false}, "replicaCount": 3}})
	count(control.findings) == 1 with input as testing.helm_values(known, overlay)
}

test_values_that_are_not_known_are_undecided if {
	unknown := {"unresolved": "a template"}
	every value in [
		{"replicaCount": 3, "podDisruptionBudget": {"enabled": unknown}},
		{"replicaCount": unknown, "podDisruptionBudget": {"enabled": true}},
		{"replicaCount": 3, "podDisruptionBudget": {"enabled": true, "minAvailable": unknown}},
	] {
		result := control with input as values(value, "notes")
		result.findings == set()
		count(result.undecided) == 1
	}
}

# Helm deletes the default of a key that is null, and all below it.
test_a_default_that_is_deleted_is_none if {
	control.judged == {{"artefact": 0}} with input as values({"gateway": {}}, "mcp-bridge")
	every gateway in [{"podDisruptionBudget": null}, {"podDisruptionBudget": {"enabled": null}}] {
		control.judged == set() with input as values({"gateway": gateway}, "mcp-bridge")
	}
}
