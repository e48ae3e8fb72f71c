# METADATA
# description: What the host worked out of a workload beside its value, and what of it controls of the workload's own containers judge.
package mcp.lib.workloads

import data.mcp.lib.kubernetes

# A fact of the host about the artefact of a pod or container.
fact(place, name, otherwise) := object.get(input.artefacts[place.artefact], name, otherwise)

# Containers that the workload has of its own: what an injector adds is its business, and an ephemeral container is a person's.
default own_containers := []

own_containers := [container |
	some container in kubernetes.containers
	container.list != "ephemeralContainers"
	not container.injected
]

# True for the container that is the program of the workload.
default is_main(_) := false

is_main(container) if {
	container.list == "containers"
	container.path == array.concat(container.pod.path, ["containers", fact(container, "main", -1)])
}
