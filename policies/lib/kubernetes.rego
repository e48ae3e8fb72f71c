# METADATA
# description: Views over Kubernetes objects that controls share; arrays, always defined.
package mcp.lib.kubernetes

import data.mcp.lib.profile

# Every object with a pod spec, those of the system namespaces apart (the Pod Security profiles know no such exception). The host says where it stands (`pod_path`): in workloads, in any
# kind with a pod template at a known or configured path, and for MCPServer and ToolHive the pod that their operators make of it.
default pods := []

pods := [pod |
	some index, artefact in input.artefacts
	path := artefact.pod_path
	not _in_system(artefact)
	value := object.get(artefact.value, path, {})
	pod := {
		"artefact": index,
		"path": path,
		"value": value,
		"object": artefact.value,
		"kind": object.get(artefact.value, "kind", ""),
		"metadata": object.get(artefact, "pod_metadata", {}),
		"metadata_path": object.get(artefact, "pod_metadata_path", ["metadata"]),
		"context": _object(value, "securityContext"),
		"version": object.get(artefact, "pod_security_minor", data.params.pod_security_minor),
		"windows": _windows(value),
		"component": object.get(artefact, "component", ""),
		"operator": object.get(artefact, "operator", ""),
		"unresolved": object.get(artefact, "unresolved", []),
		"title": "the pod",
	}
]

# Containers, init containers (sidecars among them) and ephemeral containers alike. `title` names one in a message, with or without a name.
default containers := []

containers := [container |
	some pod in pods
	some list in ["containers", "initContainers", "ephemeralContainers"]
	some index, value in pod.value[list]
	is_object(value)
	name := _name(value)
	container := {
		"artefact": pod.artefact,
		"path": array.concat(pod.path, [list, index]),
		"name": name,
		"title": _title(list, index, name),
		"list": list,
		"value": value,
		"context": _object(value, "securityContext"),
		"injected": _injected(value),
		"pod": pod,
		"unresolved": pod.unresolved,
	}
]

# Pods and containers with a security context each: where a field stands in both.
default contexts := []

contexts := array.concat(pods, containers)

pod_of(holder) := holder.pod

pod_of(holder) := holder if not holder.pod

# Those in which a template or a variable decides something; empty for nearly every input, which keeps `undecided` cheap.
default unresolved_pods := []

unresolved_pods := [pod | some pod in pods; pod.unresolved != []]

default unresolved_containers := []

unresolved_containers := [container | some container in containers; container.unresolved != []]

default unresolved_contexts := []

unresolved_contexts := array.concat(unresolved_pods, unresolved_containers)

# One answer for each pod.
judged(case) := [{"artefact": pod.artefact, "case": case} | some pod in pods]

default _in_system(_) := false

_in_system(artefact) if {
	_system[artefact.namespace]
	not profile.standard
}

default _system := {}

_system := {name: true | some name in data.params.system_namespaces}

default _windows(_) := false

_windows(pod) if pod.os.name == "windows"

# True for a pod of Windows, by its own word or by the nodes that it asks for.
default on_windows(_) := false

on_windows(pod) if pod.windows

on_windows(pod) if pod.value.nodeSelector["kubernetes.io/os"] == "windows"

default _injected(_) := false

_injected(container) if container.injected == true

_name(container) := container.name if is_string(container.name)

else := ""

_title(list, _, name) := $"{_kinds[list]} {name}" if name != ""

else := $"{_kinds[list]} without a name"

_kinds := {"containers": "container", "initContainers": "init container", "ephemeralContainers": "ephemeral container"}

_object(value, key) := value[key] if is_object(value[key])

else := {}
