# METADATA
# title: Protect gateways with a PodDisruptionBudget
# description: |
#   A node drain may otherwise take all replicas at once.
#
#   Judged are Deployments, StatefulSets and Rollouts that are a gateway, Hangar or an MCP server, with two replicas or more: those of
#   the HPA or ScaledObject that scales them, else `spec.replicas`, else 1. Exactly one budget of the namespace must select the pods, and
#   allow an eviction without allowing all: `minAvailable` or `maxUnavailable` from 1 to one less than the replicas, percentages
#   rounded up. A workload of one replica needs none, and one that allows no eviction only blocks drains. Kubernetes counts the pods of
#   all workloads that a budget selects together; here each is judged by its own replicas.
#
#   A budget that is missing is reported when all of a folder, chart, kustomization or cluster was given; in a run over single files,
#   and where replicas, labels, a selector or the budget's number are templates or variables, it is undecided. A namespace that is not
#   written may be any, so a budget without one counts, and two without one are no conflict.
#
#   Values of a chart are judged by `podDisruptionBudget` beside their own replicas (mcp-bridge under `gateway`), with the defaults of
#   mcp-hangar and mcp-bridge; a generic chart, or an overlay without its base, only by what it writes.
# related_resources:
#   - https://kubernetes.io/docs/tasks/run-application/configure-pdb/
# custom:
#   severity: medium
#   admission: warn
#   artefacts: [kubernetes, helm-values]
#   whole_set: true
#   items: [hangar-038, bridge-050, python-136]
#   profiles: [production, staging]
#   fix: "yes: add a PDB manifest with maxUnavailable: 1 and the workload's selector"
#   remediation: Add one PodDisruptionBudget with the workload's selector and `maxUnavailable` of 1; of several, keep one.
package mcp.controls.resilience.pdb

import data.mcp.lib.helm_values
import data.mcp.lib.inventory
import data.mcp.lib.value

_components := {"gateway": true, "hangar": true, "mcp-server": true}

_workloads := [workload |
	some workload in inventory.replicated
	_components[workload.component]
]

_counted := [workload |
	some workload in _workloads
	is_number(workload.effective_replicas)
]

# What must be there: exactly one budget.

judged contains {"artefact": workload.artefact} if {
	some workload in _counted
	workload.effective_replicas > 1
}

findings contains finding if {
	inventory.whole
	some workload in _unprotected
	not workload.pdbs_unknown
	finding := {
		"artefact": workload.artefact,
		"path": ["spec", "replicas"],
		"message": $"{workload.kind} {workload.name} runs {workload.effective_replicas} replicas and no PodDisruptionBudget selects its pods",
	}
}

undecided contains {"artefact": workload.artefact, "path": ["spec", "replicas"], "reason": reason} if {
	some workload in _unprotected
	reason := _unknown(workload)
}

_unprotected := [workload |
	some workload in _counted
	workload.effective_replicas > 1
	workload.pdbs == []
]

_unknown(workload) := $"whether a PodDisruptionBudget selects its pods is not known: {why}" if why := workload.pdbs_unknown

_unknown(workload) := $"no PodDisruptionBudget selects its pods here, and {why}" if {
	not workload.pdbs_unknown
	why := inventory.open_ended
}

findings contains finding if {
	some workload in _workloads
	workload.pdbs_conflict
	names := concat(", ", [budget.name | some budget in workload.pdbs])
	finding := {
		"artefact": workload.artefact,
		"path": ["spec"],
		"message": $"more than one PodDisruptionBudget selects the pods of {workload.kind} {workload.name}, so no pod can be evicted: {names}",
	}
}

judged contains {"artefact": workload.artefact} if {
	some workload in _workloads
	workload.pdbs_conflict
}

inapplicable contains {"artefact": workload.artefact, "reason": "single replica"} if {
	some workload in _counted
	workload.effective_replicas < 2
	not workload.pdbs_conflict
}

undecided contains {"artefact": workload.artefact, "path": ["spec", "replicas"], "reason": reason} if {
	some workload in _workloads
	why := workload.effective_replicas.unresolved
	reason := $"the number of replicas is not known: {why}"
}

# What a budget must allow.

_budgets := [{"artefact": budget.artefact, "path": ["spec"], "workload": workload, "terms": terms} |
	some workload in _counted
	workload.effective_replicas > 0
	some budget in workload.pdbs
	terms := _terms(object.get(budget, "min_available", null), object.get(budget, "max_unavailable", null), workload.effective_replicas)
]

judged contains {"artefact": budget.artefact} if some budget in _budgets

# Of several that may be the one, which happens only where a namespace is not written, one that is right is enough.
findings contains finding if {
	some budget in _budgets
	some [step, fault] in [_fault(budget.terms)]
	not _protected(budget.workload)
	finding := {
		"artefact": budget.artefact,
		"path": array.concat(budget.path, step),
		"message": $"{fault}: {budget.workload.kind} {budget.workload.name} runs {_replicas_text(budget.terms.replicas)}",
	}
}

default _protected(_) := false

_protected(workload) if {
	not workload.pdbs_conflict
	some budget in workload.pdbs
	terms := _terms(object.get(budget, "min_available", null), object.get(budget, "max_unavailable", null), workload.effective_replicas)
	not _fault(terms)
}

undecided contains {"artefact": budget.artefact, "path": array.concat(budget.path, [name]), "reason": reason} if {
	some budget in _budgets
	some name in ["minAvailable", "maxUnavailable"]
	why := budget.terms[name].unresolved
	reason := $"the value is not known: {why}"
}

inapplicable contains {"artefact": budget.artefact, "reason": "no workload that it selects is in the set"} if {
	some budget in inventory.pdbs
	budget.is_mcp
	budget.targets == 0
}

# A budget beside a number of replicas. An amount that is not written is null.
_terms(min_available, max_unavailable, replicas) := {"minAvailable": min_available, "maxUnavailable": max_unavailable, "replicas": replicas}

# Where the fault stands below the budget, and what it is; undefined for a budget that is right or not known.
_fault(terms) := [[], "neither minAvailable nor maxUnavailable is set, so no pod can be evicted"] if {
	terms.minAvailable == null
	terms.maxUnavailable == null
} else := [["maxUnavailable"], "minAvailable and maxUnavailable are both set, which is invalid"] if {
	terms.minAvailable != null
	terms.maxUnavailable != null
} else := [["minAvailable"], $"minAvailable {_text(terms.minAvailable, terms.replicas)} allows no eviction"] if {
	_pods(terms.minAvailable, terms.replicas) >= terms.replicas
} else := [["minAvailable"], $"minAvailable {_text(terms.minAvailable, terms.replicas)} protects no replica"] if {
	terms.replicas > 1
	_pods(terms.minAvailable, terms.replicas) < 1
} else := [["maxUnavailable"], $"maxUnavailable {_text(terms.maxUnavailable, terms.replicas)} allows no eviction"] if {
	_pods(terms.maxUnavailable, terms.replicas) < 1
} else := [["maxUnavailable"], $"maxUnavailable {_text(terms.maxUnavailable, terms.replicas)} protects no replica"] if {
	terms.replicas > 1
	_pods(terms.maxUnavailable, terms.replicas) >= terms.replicas
}

_pods(amount, _) := amount.count

_pods(amount, replicas) := ceil((replicas * amount.percent) / 100)

_text(amount, _) := $"{number}" if number := amount.count

_text(amount, replicas) := $"{percent}% ({_pods(amount, replicas)})" if percent := amount.percent

_replicas_text(1) := "1 replica"

_replicas_text(number) := $"{number} replicas" if number != 1

# Values of charts. The operator of Hangar elects a leader and is no gateway.

_charts := [deployment |
	some deployment in helm_values.deployments
	deployment.chart != "mcp-hangar-operator"
	_ = helm_values.setting(deployment, ["podDisruptionBudget", "enabled"])
]

_enabled(deployment) := helm_values.setting(deployment, ["podDisruptionBudget", "enabled"])

_replicas(deployment) := replicas if {
	replicas := helm_values.replicas(deployment)
	is_number(replicas)
}

judged contains {"artefact": deployment.artefact} if {
	some deployment in _charts
	is_boolean(_enabled(deployment))
	_replicas(deployment) > 1
}

inapplicable contains {"artefact": deployment.artefact, "reason": "single replica"} if {
	some deployment in _charts
	_replicas(deployment) < 2
}

findings contains finding if {
	some deployment in _charts
	_enabled(deployment) == false
	replicas := _replicas(deployment)
	replicas > 1
	finding := {
		"artefact": deployment.artefact,
		"path": array.concat(deployment.path, ["podDisruptionBudget", "enabled"]),
		"message": $"podDisruptionBudget is off beside {replicas} replicas",
	}
}

_planned := [{"deployment": deployment, "terms": terms} |
	some deployment in _charts
	_enabled(deployment) == true
	replicas := _replicas(deployment)
	replicas > 1
	terms := _terms(_amount(deployment, "minAvailable"), _amount(deployment, "maxUnavailable"), replicas)
	_written(terms)
]

# A chart that is asked for a budget and told no number has its own.
default _written(_) := false

_written(terms) if terms.minAvailable != null

_written(terms) if terms.maxUnavailable != null

findings contains finding if {
	some plan in _planned
	some [step, fault] in [_fault(plan.terms)]
	finding := {
		"artefact": plan.deployment.artefact,
		"path": array.concat(array.concat(plan.deployment.path, ["podDisruptionBudget"]), step),
		"message": $"{fault}: the values ask for {plan.terms.replicas} replicas",
	}
}

# An amount of the values as one of a manifest. An empty text is what charts write for none; mcp-bridge knows minAvailable alone.
default _amount(_, _) := null

_amount(deployment, name) := _int_or_percent(helm_values.setting(deployment, ["podDisruptionBudget", name])) if {
	not _unread(deployment.chart, name)
}

default _unread(_, _) := false

_unread("mcp-bridge", "maxUnavailable") := true

_int_or_percent(given) := {"count": given} if is_number(given)

_int_or_percent(given) := {"percent": to_number(trim_suffix(given, "%"))} if endswith(given, "%")

_int_or_percent(given) := {"count": to_number(given)} if {
	given != ""
	not endswith(given, "%")
}

_int_or_percent(given) := given if value.unresolved(given)

undecided contains {"artefact": deployment.artefact, "path": path, "reason": "whether podDisruptionBudget is on is not known"} if {
	some deployment in _charts
	not is_boolean(_enabled(deployment))
	path := array.concat(deployment.path, ["podDisruptionBudget", "enabled"])
}

undecided contains {"artefact": deployment.artefact, "path": path, "reason": "the number of replicas is not known"} if {
	some deployment in _charts
	is_boolean(_enabled(deployment))
	not _replicas(deployment)
	path := array.concat(deployment.path, ["podDisruptionBudget", "enabled"])
}

undecided contains {"artefact": plan.deployment.artefact, "path": path, "reason": reason} if {
	some plan in _planned
	some name in ["minAvailable", "maxUnavailable"]
	why := plan.terms[name].unresolved
	reason := $"the value is not known: {why}"
	path := array.concat(plan.deployment.path, ["podDisruptionBudget", name])
}
