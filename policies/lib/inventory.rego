# METADATA
# description: |
#   What rules over a set read; arrays, always defined. The host joins (src/input/inventory-tables.ts has the same in types):
#
#   input.inventory = {
#     "whole": true,                      what is not here is absent; false where files were named one by one
#     "workloads": [{
#       "artefact": 0, "kind": "Deployment", "name": "gateway", "namespace": "mcp" (absent: unnamed),
#       "labels": {...} of its pods, "component": "gateway", "system": "bridge" (both absent where not known), "is_mcp": true,
#       "subject": "mcp" | "support" | "other",
#       "services": [5],                  artefacts of the first Services that select it
#       and of Deployments, StatefulSets and Rollouts:
#       "replicas": 3,                    as written, absent where nothing is
#       "effective_replicas": 3,          of its HPA or ScaledObject, else as written, else 1; `{"unresolved": why}` where not known
#       "scaled_by": 4,                   artefact of the scaler that decides
#       "pdbs": [row of pdbs],            that select it: those of its namespace, else those that may be of it
#       "pdbs_conflict": true,            two of them are certainly of its namespace
#       "pdbs_unknown": "a template",     why there may be another one
#     }],
#     "pdbs": [{"artefact", "name", "namespace", "is_mcp", "subject", "targets": 1,
#       "min_available", "max_unavailable": {"count": 1} | {"percent": 50} | {"unresolved": why}, "unhealthy_pod_eviction_policy"}],
#     "hpas", "scaled_objects": [{"artefact", "name", "namespace", "subject", "target_kind", "target_name", "min_replicas", "max_replicas", "targets": [0]}],
#     "services": [{"artefact", "name", "namespace", "subject", "type", "targets": [0]}],
#     "server_groups": [{"artefact", "name", "namespace", "subject",   MCPServerGroups of Hangar's operator
#       "servers": 2, "most_replicas": 1,  MCPServers that it selects, and the replicas of the largest
#       "unknown": "a template"}],         why it may select others
#   }
package mcp.lib.inventory

default whole := false

whole := input.inventory.whole

default workloads := []

workloads := input.inventory.workloads

default pdbs := []

pdbs := input.inventory.pdbs

default server_groups := []

server_groups := input.inventory.server_groups

# Deployments, StatefulSets and Rollouts of an MCP component.
default replicated := []

replicated := [workload |
	some workload in workloads
	workload.is_mcp
	_ = workload.effective_replicas
]

# Why what is absent from the inventory may be present all the same, or undefined.
open_ended := "not all of what is deployed together was given" if not whole
