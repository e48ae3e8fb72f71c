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
#       "scalers_conflict": [4, 7],       artefacts of its scalers where two are certainly of its namespace
#       "scaler_unknown": "...",          why there may be one that is not known
#       of components:
#       "network": {"ingress": true, "egress": false, "unknown": why},   the directions that network policies close
#       "host_network": true | {"unresolved": why}, "operator": "mcp-hangar" | "toolhive", "remote": true, "operator_egress": true,
#       of MCP components that may have replicas:
#       "ports": [{"number": 8080, "name": "http"}], "ports_unknown": true,   that containers and native sidecars list
#       "services_unknown": "...",        why a Service that is not known may select it
#       "single_writer": true,            its volume or strategy lets it run once at a time
#     }],
#     "pdbs": [{"artefact", "name", "namespace", "is_mcp", "subject", "targets": 1,
#       "min_available", "max_unavailable": {"count": 1} | {"percent": 50} | {"unresolved": why}, "unhealthy_pod_eviction_policy"}],
#     "hpas", "scaled_objects": [{"artefact", "name", "namespace", "subject", "target_kind", "target_name", "min_replicas", "max_replicas", "targets": [0]}],
#       and of MCP components "component", "system", "target_unknown", "target_elsewhere": true, "target_group", "found_group" (API groups),
#       "metrics": [{"path", "resource", "container", "utilization", "default": true, "lacking": [container names], "custom": name, "produced": true, "unknown": true}]
#     "services": [{"artefact", "name", "namespace", "subject", "type", "targets": [0],
#       and where it has a selector "selects": true, "pods_made_by", "external", "unknown", "lists_ports",
#       "ports": [{"index", "written", "target", "listed"}]}],
#     "server_groups": [{"artefact", "name", "namespace", "subject",   MCPServerGroups of Hangar's operator
#       "servers": 2, "most_replicas": 1,  MCPServers that it selects, and the replicas of the largest
#       "unknown": "a template"}],         why it may select others
#     "routes": [{"artefact", "name", "namespace", "kind", "subject", "backends": [{"path", "service_path", "port_path", "service", "port", "found",
#       "reaches", "namespace", "granted", "unknown"}]}],
#   }
#
#   Rows of what is no component are left out. `src/input/inventory-tables.ts` says of each field what it means.
package mcp.lib.inventory

default whole := false

whole := input.inventory.whole

default workloads := []

workloads := input.inventory.workloads

default services := []

services := input.inventory.services

default routes := []

routes := input.inventory.routes

# HPAs and ScaledObjects, as `kind` tells.
default scalers := []

scalers := array.concat(
	[object.union(row, {"kind": "HorizontalPodAutoscaler"}) | some row in input.inventory.hpas],
	[object.union(row, {"kind": "ScaledObject"}) | some row in input.inventory.scaled_objects],
)

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

# Where something of the pods of a workload stands.
below_pod(workload, steps) := array.concat(array.concat(_template(workload), ["spec"]), steps) if workload.kind != "Pod"

else := array.concat(["spec"], steps)

labels_path(workload) := array.concat(_template(workload), ["metadata", "labels"]) if not workload.operator

else := ["metadata", "name"]

default _template(_) := ["spec", "template"]

_template(workload) := _templates[workload.kind]

_templates := {"Pod": [], "CronJob": ["spec", "jobTemplate", "spec", "template"], "PodTemplate": ["template"]}
