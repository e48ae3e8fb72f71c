# METADATA
# description: |
#   Limits and requests of memory and CPU. A holder is a container or a pod of `lib/kubernetes.rego`; what a container does not say its pod may
#   (Kubernetes 1.34), else a LimitRange of the namespace, else the operator that makes the pod.
package mcp.lib.resources

import data.mcp.lib.kubernetes
import data.mcp.lib.workloads

# Pods with resources of their own, and the containers that have any to give.
default holders := []

holders := array.concat([pod | some pod in kubernetes.pods; pod.value.resources], workloads.own_containers)

# True when something stands there, of whatever kind: null is as good as nothing.
default written(_, _, _) := false

written(holder, side, name) if holder.value.resources[side][name] != null

# Bytes or millicores; null for what is written and no quantity, undefined for what is not written or not known.
amount(holder, side, name) := holder.value.resources.amounts[side][_units[name]]

_units := {"memory": "memory_bytes", "cpu": "cpu_millicores"}

# What is written, short enough for a message.
shown(holder, side, name) := text if {
	given := holder.value.resources[side][name]
	text := _text(given)
	count(text) <= 40
} else := "a longer text"

_text(given) := given if is_string(given)

else := $"{given}" if is_number(given)

else := "a map or list"

# True where a LimitRange of the namespace gives it.
default by_range(_, _, _) := false

by_range(container, side, name) if workloads.fact(container, "limit_range", {})[side][name]

# ToolHive's operator gives its own container of a VirtualMCPServer resources, 512Mi and half a CPU.
default by_operator(_) := false

by_operator(container) if {
	container.pod.operator == "toolhive"
	container.pod.kind == "VirtualMCPServer"
	container.name == "vmcp"
}
