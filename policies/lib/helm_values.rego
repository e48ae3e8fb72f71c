# METADATA
# description: |
#   The programs that Helm values deploy, one or more for each file: where their keys stand, and what the chart does without a key.
#   The host gives `chart` (the chart's name, or absent) and `overlay: true` for values that are not the base and were not merged
#   with it; of those only what they set is known. `off` lists the parts that are switched off, by their paths.
package mcp.lib.helm_values

# Workloads of which a chart may run several replicas.
default deployments := []

deployments := [deployment |
	some index, artefact in input.artefacts
	artefact.kind == "helm-values"
	chart := object.get(artefact, "chart", "")
	known := object.get(_charts, chart, {"path": [], "defaults": {}})
	overlay := object.get(artefact, "overlay", false)
	deployment := {
		"artefact": index,
		"path": known.path,
		"chart": chart,
		"overlay": overlay,
		"value": object.get(artefact.value, known.path, {}),
		"defaults": _defaults(overlay, known.defaults),
	}
	is_object(deployment.value)
]

_charts := {
	"mcp-hangar": {
		"path": [],
		"defaults": {"replicaCount": 1, "autoscaling": {"enabled": false}, "podDisruptionBudget": {"enabled": false}},
	},
	"mcp-bridge": {
		"path": ["gateway"],
		"defaults": {
			"replicaCount": 2,
			"autoscaling": {"enabled": true, "minReplicas": 2, "maxReplicas": 10},
			"podDisruptionBudget": {"enabled": true, "minAvailable": 1},
		},
	},
}

_defaults(true, _) := {}

_defaults(false, defaults) := defaults

# The value at some keys of a deployment: what is written, else the chart's default; undefined when neither says. A null that is written
# deletes the default, and all below it.
setting(deployment, keys) := value if {
	object.get(deployment.value, keys[0], {}) != null
	value := object.get(deployment.value, keys, object.get(deployment.defaults, keys, null))
	value != null
}

# The least number of replicas that the values ask for; undefined when they do not say. A value that is not known is `{"unresolved": why}`.
replicas(deployment) := setting(deployment, ["autoscaling", "minReplicas"]) if {
	setting(deployment, ["autoscaling", "enabled"]) == true
} else := setting(deployment, ["replicaCount"]) if {
	_not_scaled(deployment)
}

# An overlay does not tell that the base has no autoscaler.
_not_scaled(deployment) if setting(deployment, ["autoscaling", "enabled"]) == false

_not_scaled(deployment) if {
	not deployment.overlay
	not setting(deployment, ["autoscaling", "enabled"])
}
