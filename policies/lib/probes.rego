# METADATA
# description: |
#   The workloads whose programs probes watch, and what a probe comes to. Judged are the parts of an MCP system and what stands beside them.
package mcp.lib.probes

import data.mcp.lib.kubernetes
import data.mcp.lib.value
import data.mcp.lib.workloads

# Pods of MCP components and of what supports them.
default pods := []

pods := [pod |
	some pod in kubernetes.pods
	_in_scope[workloads.fact(pod, "subject", "other")]
]

_in_scope := {"mcp": true, "support": true}

# Those that are meant to run on.
default lasting := []

lasting := [pod | some pod in pods; not excepted(pod)]

# Why nobody asks for probes in a pod, or undefined.
excepted(pod) := "its operator decides how its pods are watched" if pod.operator != ""

else := "its pods end by themselves" if _ending[pod.kind]

else := "it is a template for what something else starts" if pod.kind == "PodTemplate"

else := "the pod is not started again" if {
	pod.kind == "Pod"
	_ends(pod.value.restartPolicy)
}

else := $"objects of kind {pod.kind} have their own ways" if not _lasting[pod.kind]

# Why a fault of a pod is not its writer's, as far as its labels are to be trusted; or undefined.
made_by_operator(pod) := "ToolHive's operator makes these pods, by their label" if pod.metadata.labels.toolhive == "true"

_ending := {"Job": true, "CronJob": true}

_ends("Never")

_ends("OnFailure")

_lasting := {
	"Deployment": true,
	"StatefulSet": true,
	"DaemonSet": true,
	"ReplicaSet": true,
	"ReplicationController": true,
	"Rollout": true,
	"Pod": true,
}

# The programs of those: one container for each pod.
default programs := []

programs := [container |
	some container in kubernetes.containers
	container.list == "containers"
	_in_scope[workloads.fact(container, "subject", "other")]
	not excepted(container.pod)
	workloads.is_main(container)
]

# How a probe asks: `httpGet`, `tcpSocket`, `grpc` or `exec`; undefined for what is no probe.
handler(probe) := "httpGet" if is_object(probe.httpGet)

else := "tcpSocket" if is_object(probe.tcpSocket)

else := "grpc" if is_object(probe.grpc)

else := "exec" if probe.exec.command[0]

# The same for a probe of a container, by its name.
handler_of(container, name) := handler(container.value[name])

# What makes a probe succeed whatever happens, or undefined.
constant(probe) := probe.exec.check.constant

# A number of a probe; 0 and nothing are the default.
number(probe, field, _) := given if {
	given := probe[field]
	is_number(given)
	given != 0
}

number(probe, field, otherwise) := otherwise if not _given(probe, field)

_given(probe, field) if {
	is_number(probe[field])
	probe[field] != 0
}

_given(probe, field) if value.unresolved(probe[field])

# The path that an HTTP probe asks for, as a server sees it: with a slash before and none behind, without a query.
path(written) := concat("", ["/", trim(split(split(written, "?")[0], "#")[0], "/")]) if is_string(written)

else := "/" if written == null

# What is not known of all containers of such a pod, as answers of `undecided`.
default unknown_lists := []

unknown_lists := [answer |
	some pod in kubernetes.unresolved_pods
	_in_scope[workloads.fact(pod, "subject", "other")]
	not excepted(pod)
	some answer in value.uncased(value.untold("", pod, ["containers"]))
	is_string(pod.value.containers.unresolved)
]

unknown_command(container, probe) := {
	"artefact": container.artefact,
	"path": array.concat(container.path, [probe, "exec", "command"]),
	"reason": "the value is not known: a template",
}
