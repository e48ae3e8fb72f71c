# METADATA
# title: Select every MCP workload with a NetworkPolicy for ingress and egress
# description: |
#   Without a policy every pod in the cluster may talk to the gateway, to Redis and to the MCP servers.
#
#   Judged are the workloads of MCP components and of what supports them, and Hangar's MCPServer of mode container. In its namespace a
#   policy must select the labels of its pods for ingress, and one, the same or another, for egress; Jobs and CronJobs need egress alone.
#   `policyTypes` that are not written mean Ingress, and Egress where there is an egress rule. Rules of Cilium count, cluster-wide ones too.
#   The operator of Hangar makes a policy of the egress of an MCPServer that declares `capabilities.network`, and of all of them in a
#   namespace with `mcp-hangar.io/enforce-egress`. Policies do not hold for pods of the host's network, which is a finding, except for log
#   shippers and node exporters, to which the control does not apply. The pods of ToolHive are its own.
#
#   A policy that is missing is reported when all of a folder, chart, kustomization or cluster was given; in a run over single files, and
#   where a label or a selector is a template or a variable, it is undecided. So it is where policies of another project (Calico, Antrea,
#   AdminNetworkPolicy) may select the pods: what they select is not worked out. What the rules admit is not judged here.
# related_resources:
#   - https://kubernetes.io/docs/concepts/services-networking/network-policies/
# custom:
#   severity: high
#   admission: warn
#   artefacts: [kubernetes]
#   whole_set: true
#   items: [bridge-123, python-137, python-128, python-068, stack-025, hangar-036]
#   also: [CIS-K8s-1.8 5.3.2, OWASP-K8s-2022 K07]
#   fix: no (flows must be known; see net-policy-required-flows)
#   remediation: |
#     Add a NetworkPolicy to the workload's namespace whose `podSelector` has the labels of its pods, with `policyTypes` Ingress and
#     Egress and rules for the flows that the workload needs.
package mcp.controls.net.policy_covers_workload

import data.mcp.lib.inventory

_workloads := [workload |
	some workload in inventory.workloads
	_ = workload.network
	not workload.operator == "toolhive"
	not workload.remote
]

judged contains {"artefact": workload.artefact} if {
	some workload in _workloads
	not _watches_node(workload)
}

findings contains finding if {
	some workload in _workloads
	workload.host_network == true
	not _watches_node(workload)
	finding := {
		"artefact": workload.artefact,
		"path": inventory.below_pod(workload, ["hostNetwork"]),
		"message": $"{workload.kind} {workload.name} uses the network of its node, where no NetworkPolicy holds",
	}
}

inapplicable contains {"artefact": workload.artefact, "reason": "a watcher of the node, in the network of the node"} if {
	some workload in _workloads
	_watches_node(workload)
}

default _watches_node(_) := false

_watches_node(workload) if {
	workload.host_network == true
	_watchers[workload.component]
}

_watchers := {"log-agent": true, "node-exporter": true}

# Workloads of which a direction is open, and which.
_open := [{"workload": workload, "directions": directions} |
	some workload in _workloads
	not workload.host_network
	directions := _directions(_lacks_ingress(workload), _lacks_egress(workload))
]

default _lacks_ingress(_) := false

_lacks_ingress(workload) if {
	not workload.network.ingress
	not _ending[workload.kind]
}

_ending := {"Job": true, "CronJob": true}

default _lacks_egress(_) := false

_lacks_egress(workload) if {
	not workload.network.egress
	not workload.operator_egress
}

_directions(true, true) := "ingress or egress"

_directions(true, false) := "ingress"

_directions(false, true) := "egress"

findings contains finding if {
	inventory.whole
	some entry in _open
	not entry.workload.network.unknown
	finding := {
		"artefact": entry.workload.artefact,
		"path": inventory.labels_path(entry.workload),
		"message": $"no NetworkPolicy selects the pods of {entry.workload.kind} {entry.workload.name} for {entry.directions}",
	}
}

undecided contains {"artefact": entry.workload.artefact, "path": inventory.labels_path(entry.workload), "reason": reason} if {
	some entry in _open
	reason := _unknown(entry)
}

_unknown(entry) := $"whether a policy selects its pods for {entry.directions} is not known: {why}" if why := entry.workload.network.unknown

_unknown(entry) := $"no NetworkPolicy selects its pods for {entry.directions} here, and {why}" if {
	not entry.workload.network.unknown
	why := inventory.open_ended
}

undecided contains {"artefact": workload.artefact, "path": inventory.below_pod(workload, ["hostNetwork"]), "reason": reason} if {
	some workload in _workloads
	why := workload.host_network.unresolved
	reason := $"the value is not known: {why}"
}
