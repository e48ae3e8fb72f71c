# METADATA
# description: |
#   Which exceptions hold. The profiles `pss-baseline` and `pss-restricted` state the Pod Security Standards as their admission controller
#   decides them, which knows no exception.
package mcp.lib.profile

# True when the Pod Security Standards alone are judged.
default standard := false

standard if data.params.profile == "pss-baseline"

standard if data.params.profile == "pss-restricted"

# An init container that a mesh injects: it sets the pod's routes up and is gone.
default injected_init(_) := false

injected_init(container) if {
	container.injected
	container.list == "initContainers"
	not standard
}

# The reason why a pod of a log shipper or node exporter on every node may look at the node, or undefined.
host_access(pod) := reason if {
	pod.kind == "DaemonSet"
	_watchers[pod.component]
	not standard
	reason := pod.metadata.annotations["mcp-policy.io/host-access"]
	trim_space(reason) != ""
}

_watchers := {"log-agent": true, "node-exporter": true}
