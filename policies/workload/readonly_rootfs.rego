# METADATA
# title: Mount the root filesystem read-only
# description: |
#   An attacker who cannot write cannot persist, or replace a tool that the program runs.
#   Silence counts: the default is writable, there is no setting for the whole pod, and a quoted "true" is a text, which the API server refuses.
#   Containers and init containers are judged, ephemeral containers and what a mesh or an agent injects are not. Windows has no read-only
#   root, so its pods are not applicable. An MCPServer without `containerSecurityContext` has Hangar's own, which is read-only, and one that is
#   written takes its place; ToolHive fills in the field where it is left out.
#   The container of PostgreSQL, MySQL or Redis may write its root where a volume holds its data and the annotation
#   `mcp-policy.io/writable-root` of the pods or the object says why.
#   Limits: where the program writes is not known, and a mount that is itself writable is not judged.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   severity: medium
#   admission: warn
#   artefacts: [kubernetes]
#   items: [python-067]
#   also: ["NSA/CISA KHG: Pod security - immutable container file systems"]
#   fix: "no (may break the program; the note names likely writable paths)"
#   remediation: |
#     Set `securityContext.readOnlyRootFilesystem` to `true` in the container and mount an `emptyDir` where the program writes, which is
#     `/tmp` for most.
package mcp.controls.workload.readonly_rootfs

import data.mcp.lib.finding
import data.mcp.lib.kubernetes
import data.mcp.lib.untold
import data.mcp.lib.value
import data.mcp.lib.workloads

judged contains {"artefact": pod.artefact} if {
	some pod in kubernetes.pods
	not kubernetes.on_windows(pod)
}

inapplicable contains {"artefact": pod.artefact, "path": pod.path, "reason": "containers of Windows have no read-only root"} if {
	some pod in kubernetes.pods
	kubernetes.on_windows(pod)
}

findings contains finding.at(fault, fault.message) if {
	some fault in _faults
	fault.unsure == []
	not _reason(fault.container)
}

excused contains object.union(finding.at(fault, fault.message), {"reason": reason}) if {
	some fault in _faults
	fault.unsure == []
	reason := _reason(fault.container)
}

undecided contains answer if {
	some fault in _faults
	some answer in fault.unsure
}

undecided contains answer if some answer in value.uncased(untold.lists(""))

default _faults := []

_faults := [fault |
	some container in workloads.own_containers
	not container.context.readOnlyRootFilesystem == true
	not kubernetes.on_windows(container.pod)
	fault := {
		"artefact": container.artefact,
		"path": array.concat(container.path, _field),
		"message": $"{container.title} can write to its root filesystem",
		"container": container,
		"unsure": value.uncased(value.unsure("", [[container, _field], [container.pod, ["os"]], [container.pod, ["nodeSelector"]]])),
	}
]

_field := ["securityContext", "readOnlyRootFilesystem"]

# Why a database may write to its root, or undefined.
_reason(container) := reason if {
	folders := data.store_folders[container.pod.component]
	workloads.is_main(container)
	_holds_data(container, folders)
	reason := _annotation(container.pod)
}

_annotation(pod) := reason if {
	reason := pod.metadata.annotations["mcp-policy.io/writable-root"]
	trim_space(reason) != ""
} else := reason if {
	reason := pod.object.metadata.annotations["mcp-policy.io/writable-root"]
	trim_space(reason) != ""
}

_holds_data(container, folders) if {
	some mount in container.value.volumeMounts
	some folder, _ in folders
	startswith(mount.mountPath, folder)
}
