# METADATA
# title: Autoscale gateways with an HPA that can work
# description: |
#   An HPA without requests, or with as many replicas at most as at least, never scales.
#
#   Judged are Deployments of the gateway of mcp-bridge and of MCP servers that serve HTTP: one HPA or ScaledObject of KEDA must name each
#   as its target. Not judged are Hangar, the operator, Open MCP Gateway, what is switched off with 0 replicas, and what can run only once:
#   strategy Recreate, or a volume of one node. Of every scaler of an MCP component the target must exist, with the API group that is
#   named; two for one target are a finding at both. The minimum is at least `min_replicas_gateway` (3) or `min_replicas_server` (2), the
#   maximum more than the minimum. Utilization is between 40 and 90 percent, and every container and native sidecar of the target has a
#   request for the resource, or a limit, or gets one from the pod or a LimitRange. No metrics mean 80 percent of CPU. A metric that is no
#   resource must be declared in `scale.custom_metrics` or produced by a rule of prometheus-adapter in the set: else a warning beside a
#   resource, and a finding alone. KEDA measures its sources itself. `replicas` of a Deployment beside a scaler is a warning: each apply resets it.
#
#   A scaler, a target, a LimitRange or a rule that is missing is reported when all of a folder, chart, kustomization or cluster was
#   given, and is undecided in a run over single files, as is what a template or a variable decides.
#
#   Values of charts are judged by `autoscaling` (mcp-bridge under `gateway`): on, with such numbers. With it off, the chart of Hangar is
#   not judged, and of a generic chart neither are values whose images are none of MCP.
# related_resources:
#   - https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
# custom:
#   severity: medium
#   admission: warn
#   artefacts: [kubernetes, helm-values]
#   whole_set: true
#   items: [bridge-051, python-135]
#   profiles: [production]
#   params: [min_replicas_gateway, min_replicas_server, min_replicas_hangar, custom_metrics]
#   remediation: |
#     Write one HPA per Deployment with its name in `scaleTargetRef`, `minReplicas` of at least 3 for a gateway and 2 for a server, a larger
#     `maxReplicas`, and CPU at 70 percent; give every container a CPU request, and take `replicas` out of the Deployment.
package mcp.controls.scale.hpa

import data.mcp.lib.helm_values
import data.mcp.lib.inventory
import data.mcp.lib.value

# Workloads that need one.

_scaled := [workload |
	some workload in inventory.replicated
	workload.kind == "Deployment"
	_needs(workload)
	not workload.replicas == 0
	not _runs_once(workload)
]

default _needs(_) := false

_needs(workload) if {
	workload.component == "gateway"
	not workload.system == "openmcp"
}

_needs(workload) if {
	workload.component == "mcp-server"
	not workload.system == "hangar"
	_serves(workload)
}

default _serves(_) := false

_serves(workload) if workload.ports != []

_serves(workload) if workload.services != []

default _runs_once(_) := false

_runs_once(workload) if {
	workload.single_writer
	not workload.scaled_by
	workload.effective_replicas == 1
}

judged contains {"artefact": workload.artefact} if some workload in _scaled

_unscaled := [workload |
	some workload in _scaled
	not workload.scaled_by
]

findings contains finding if {
	inventory.whole
	some workload in _unscaled
	not workload.scaler_unknown
	finding := {
		"artefact": workload.artefact,
		"path": ["metadata", "name"],
		"message": $"no HorizontalPodAutoscaler or ScaledObject has {workload.kind} {workload.name} as its target",
	}
}

undecided contains {"artefact": workload.artefact, "path": ["metadata", "name"], "reason": reason} if {
	some workload in _unscaled
	reason := _why_unscaled(workload)
}

_why_unscaled(workload) := $"whether something scales it is not known: {why}" if why := workload.scaler_unknown

_why_unscaled(workload) := $"nothing scales it here, and {why}" if {
	not workload.scaler_unknown
	why := inventory.open_ended
}

inapplicable contains {"artefact": workload.artefact, "reason": "it can run only once"} if {
	some workload in inventory.replicated
	workload.kind == "Deployment"
	_needs(workload)
	_runs_once(workload)
}

findings contains finding if {
	some workload in inventory.replicated
	workload.kind == "Deployment"
	not _left_alone(workload)
	is_number(workload.scaled_by)
	is_number(workload.replicas)
	finding := {
		"artefact": workload.artefact,
		"level": "warn",
		"path": ["spec", "replicas"],
		"message": $"Deployment {workload.name} sets replicas to {workload.replicas} beside what scales it",
	}
}

# Hangar counts its replicas itself.
default _left_alone(_) := false

_left_alone(part) if part.component == "hangar"

_left_alone(part) if part.system == "hangar"

# Scalers.

_scalers := [scaler |
	some scaler in inventory.scalers
	scaler.subject == "mcp"
	not _left_alone(scaler)
]

judged contains {"artefact": scaler.artefact} if some scaler in _scalers

_conflicts := [{"artefact": artefact, "workload": workload} |
	some workload in inventory.replicated
	not _left_alone(workload)
	some artefact in workload.scalers_conflict
]

judged contains {"artefact": conflict.artefact} if some conflict in _conflicts

findings contains finding if {
	some conflict in _conflicts
	finding := {
		"artefact": conflict.artefact,
		"path": ["spec", "scaleTargetRef"],
		"message": $"more than one scaler has {conflict.workload.kind} {conflict.workload.name} as its target",
	}
}

_aimless := [scaler |
	some scaler in _scalers
	scaler.targets == []
	not scaler.target_elsewhere
	not scaler.target_unknown
]

findings contains finding if {
	inventory.whole
	some scaler in _aimless
	finding := {
		"artefact": scaler.artefact,
		"path": ["spec", "scaleTargetRef", "name"],
		"message": $"{scaler.kind} {scaler.name} scales {scaler.target_kind} {scaler.target_name}, which is not in the set",
	}
}

undecided contains {"artefact": scaler.artefact, "path": ["spec", "scaleTargetRef", "name"], "reason": reason} if {
	some scaler in _aimless
	why := inventory.open_ended
	reason := $"{scaler.target_kind} {scaler.target_name} is not here, and {why}"
}

undecided contains {"artefact": scaler.artefact, "path": ["spec", "scaleTargetRef"], "reason": "the target is not known"} if {
	some scaler in _scalers
	scaler.target_unknown
}

# An HPA finds nothing in another group; KEDA means `apps` by default.
findings contains finding if {
	some scaler in _scalers
	scaler.kind == "HorizontalPodAutoscaler"
	scaler.found_group != scaler.target_group
	finding := {
		"artefact": scaler.artefact,
		"path": ["spec", "scaleTargetRef", "apiVersion"],
		"message": $"{scaler.kind} {scaler.name} names {scaler.target_kind} {scaler.target_name} in API group {_group_text(scaler.target_group)}, and it is in {_group_text(scaler.found_group)}",
	}
}

_group_text("") := "core"

_group_text(group) := group if group != ""

# How many.

_fields := {
	"HorizontalPodAutoscaler": {"least": "minReplicas", "most": "maxReplicas"},
	"ScaledObject": {"least": "minReplicaCount", "most": "maxReplicaCount"},
}

_most(scaler) := object.get(scaler, "max_replicas", _most_by_default[scaler.kind])

_most_by_default := {"HorizontalPodAutoscaler": null, "ScaledObject": 100}

findings contains finding if {
	some scaler in _scalers
	minimum := _minimum(scaler.component)
	is_number(scaler.min_replicas)
	scaler.min_replicas < minimum
	finding := {
		"artefact": scaler.artefact,
		"path": ["spec", _fields[scaler.kind].least],
		"message": $"{scaler.kind} {scaler.name} keeps at least {scaler.min_replicas}, fewer than {minimum}",
	}
}

_minimum("gateway") := data.params.min_replicas_gateway

_minimum("mcp-server") := data.params.min_replicas_server

findings contains finding if {
	some scaler in _scalers
	is_number(scaler.min_replicas)
	most := _most(scaler)
	is_number(most)
	most <= scaler.min_replicas
	finding := {
		"artefact": scaler.artefact,
		"path": ["spec", _fields[scaler.kind].most],
		"message": $"{scaler.kind} {scaler.name} has at most {most} and at least {scaler.min_replicas} replicas, so it never scales",
	}
}

findings contains finding if {
	some scaler in _scalers
	_most(scaler) == null
	finding := {
		"artefact": scaler.artefact,
		"path": ["spec", "maxReplicas"],
		"message": $"{scaler.kind} {scaler.name} has no maxReplicas, which is invalid",
	}
}

undecided contains {"artefact": scaler.artefact, "path": ["spec", _fields[scaler.kind][field]], "reason": reason} if {
	some scaler in _scalers
	some [field, number] in [["least", scaler.min_replicas], ["most", _most(scaler)]]
	why := number.unresolved
	reason := $"the value is not known: {why}"
}

# By what.

_metrics := [{"scaler": scaler, "metric": metric} |
	some scaler in _scalers
	some metric in scaler.metrics
]

findings contains finding if {
	some entry in _metrics
	percent := entry.metric.utilization
	is_number(percent)
	not _fits(percent)
	finding := {
		"artefact": entry.scaler.artefact,
		"path": entry.metric.path,
		"message": $"{entry.scaler.kind} {entry.scaler.name} aims at {percent} percent of {entry.metric.resource}, not between 40 and 90",
	}
}

default _fits(_) := false

_fits(percent) if {
	percent >= 40
	percent <= 90
}

_unmeasured := [entry |
	some entry in _metrics
	entry.metric.lacking != []
]

findings contains finding if {
	inventory.whole
	some entry in _unmeasured
	finding := {
		"artefact": entry.scaler.artefact,
		"path": entry.metric.path,
		"message": $"{entry.scaler.kind} {entry.scaler.name} measures {entry.metric.resource}, for which containers of {entry.scaler.target_kind} {entry.scaler.target_name} have no request: {concat(", ", entry.metric.lacking)}",
	}
}

undecided contains {"artefact": entry.scaler.artefact, "path": entry.metric.path, "reason": reason} if {
	some entry in _unmeasured
	why := inventory.open_ended
	reason := $"containers have no request for {entry.metric.resource} unless a LimitRange gives them one, and {why}: {concat(", ", entry.metric.lacking)}"
}

undecided contains {"artefact": entry.scaler.artefact, "path": entry.metric.path, "reason": reason} if {
	some entry in _metrics
	why := entry.metric.utilization.unresolved
	reason := $"the value is not known: {why}"
}

undecided contains {"artefact": entry.scaler.artefact, "path": entry.metric.path, "reason": "what is measured is not known"} if {
	some entry in _metrics
	entry.metric.unknown
}

_unproduced := [entry |
	some entry in _metrics
	name := entry.metric.custom
	not _declared[name]
	not entry.metric.produced
]

default _declared := {}

_declared := {name: true | some name in data.params.custom_metrics}

findings contains finding if {
	inventory.whole
	some entry in _unproduced
	not _has_resource(entry.scaler)
	finding := {
		"artefact": entry.scaler.artefact,
		"path": entry.metric.path,
		"message": $"{entry.scaler.kind} {entry.scaler.name} scales by {entry.metric.custom} alone, which nothing in the set produces",
	}
}

findings contains finding if {
	inventory.whole
	some entry in _unproduced
	_has_resource(entry.scaler)
	finding := {
		"artefact": entry.scaler.artefact,
		"level": "warn",
		"path": entry.metric.path,
		"message": $"{entry.scaler.kind} {entry.scaler.name} scales by {entry.metric.custom} too, which nothing in the set produces",
	}
}

undecided contains {"artefact": entry.scaler.artefact, "path": entry.metric.path, "reason": reason} if {
	some entry in _unproduced
	why := inventory.open_ended
	reason := $"nothing here produces the metric {entry.metric.custom}, and {why}"
}

default _has_resource(_) := false

_has_resource(scaler) if {
	some metric in scaler.metrics
	_ = metric.resource
}

# Values of charts.

_charts := [deployment |
	some deployment in helm_values.deployments
	deployment.chart != "mcp-hangar-operator"
	_ = _setting(deployment, "enabled")
	not _foreign(deployment)
]

_setting(deployment, key) := helm_values.setting(deployment, ["autoscaling", key])

_known := {"mcp-hangar": true, "mcp-bridge": true}

# Values of a chart whose images are none of MCP.
default _foreign(_) := false

_foreign(deployment) if {
	not _known[deployment.chart]
	not contains(deployment.chart, "mcp")
	images := input.artefacts[deployment.artefact].images
	images != []
	ours := [image | some image in images; contains(object.get(image.reference, "repository", ""), "mcp")]
	ours == []
}

judged contains {"artefact": deployment.artefact} if {
	some deployment in _charts
	is_boolean(_setting(deployment, "enabled"))
	not _off_and_right(deployment)
}

inapplicable contains {"artefact": deployment.artefact, "reason": "Hangar counts its replicas itself"} if {
	some deployment in _charts
	_off_and_right(deployment)
}

default _off_and_right(_) := false

_off_and_right(deployment) if {
	deployment.chart == "mcp-hangar"
	_setting(deployment, "enabled") == false
}

findings contains finding if {
	some deployment in _charts
	_setting(deployment, "enabled") == false
	not _off_and_right(deployment)
	finding := {
		"artefact": deployment.artefact,
		"path": array.concat(deployment.path, ["autoscaling", "enabled"]),
		"message": "autoscaling is off",
	}
}

_on := [deployment |
	some deployment in _charts
	_setting(deployment, "enabled") == true
]

findings contains finding if {
	some deployment in _on
	least := _setting(deployment, "minReplicas")
	is_number(least)
	minimum := _chart_minimum(deployment.chart)
	least < minimum
	finding := {
		"artefact": deployment.artefact,
		"path": array.concat(deployment.path, ["autoscaling", "minReplicas"]),
		"message": $"autoscaling keeps at least {least}, fewer than {minimum}",
	}
}

_chart_minimum("mcp-bridge") := data.params.min_replicas_gateway

_chart_minimum("mcp-hangar") := data.params.min_replicas_hangar

_chart_minimum(chart) := data.params.min_replicas_server if not _known[chart]

findings contains finding if {
	some deployment in _on
	least := _setting(deployment, "minReplicas")
	most := _setting(deployment, "maxReplicas")
	is_number(least)
	is_number(most)
	most <= least
	finding := {
		"artefact": deployment.artefact,
		"path": array.concat(deployment.path, ["autoscaling", "maxReplicas"]),
		"message": $"autoscaling has at most {most} and at least {least} replicas, so it never scales",
	}
}

_targets := ["targetCPUUtilizationPercentage", "targetMemoryUtilizationPercentage", "targetCPU", "targetMemory"]

findings contains finding if {
	some deployment in _on
	some key in _targets
	percent := _percent(_setting(deployment, key))
	not _fits(percent)
	finding := {
		"artefact": deployment.artefact,
		"path": array.concat(deployment.path, ["autoscaling", key]),
		"message": $"autoscaling aims at {percent} percent, not between 40 and 90",
	}
}

_percent(written) := written if is_number(written)

_percent(written) := to_number(written) if {
	is_string(written)
	written != ""
	trim(written, "0123456789") == ""
}

undecided contains {"artefact": deployment.artefact, "path": path, "reason": reason} if {
	some deployment in _charts
	some key in array.concat(["enabled", "minReplicas", "maxReplicas"], _targets)
	written := _setting(deployment, key)
	value.unresolved(written)
	path := array.concat(deployment.path, ["autoscaling", key])
	reason := $"the value is not known: {written.unresolved}"
}
