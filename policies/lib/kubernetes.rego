# METADATA
# description: Views over Kubernetes objects that controls share; arrays, always defined.
package mcp.lib.kubernetes

# Every object with a pod spec. The host says where it stands (`pod_path`): in workloads, in any kind with a pod template at a
# known or configured path, and for MCPServer and ToolHive the pod that their operators make of it.
default pods := []

pods := [pod |
	some index, artefact in input.artefacts
	path := artefact.pod_path
	value := object.get(artefact.value, path, {})
	pod := {
		"artefact": index,
		"path": path,
		"value": value,
		"object": artefact.value,
		"metadata": object.get(artefact, "pod_metadata", {}),
		"version": object.get(artefact, "pod_security_minor", data.params.pod_security_minor),
		"windows": _windows(value),
		"component": object.get(artefact, "component", ""),
	}
]

# Containers, init containers (sidecars among them) and ephemeral containers alike.
default containers := []

containers := [container |
	some pod in pods
	some list in ["containers", "initContainers", "ephemeralContainers"]
	some index, value in pod.value[list]
	container := {
		"artefact": pod.artefact,
		"path": array.concat(pod.path, [list, index]),
		"name": object.get(value, "name", ""),
		"list": list,
		"value": value,
		"injected": object.get(value, "injected", false),
		"pod": pod,
	}
]

default _windows(_) := false

_windows(pod) if pod.os.name == "windows"
