# METADATA
# title: Mount no host paths and no container runtime socket
# description: |
#   A path of the node in a container is the node's: the socket of its container runtime, or `/`, is root on it.
#   One finding for a volume. Outside the profiles `pss-baseline` and `pss-restricted` a DaemonSet of a log shipper or node exporter may mount what it
#   watches (/, /proc, /sys, /var/log, /var/lib/docker/containers, /etc/machine-id, /run/log/journal), read-only everywhere, when the annotation
#   `mcp-policy.io/host-access` on its pod template says why. The volumes of a ToolHive MCPServer are host paths.
#   Of Compose services and the servers of a Hangar configuration, also as values of its chart, bind mounts of a runtime's socket, /, /etc, /proc, /sys, /root and /home are found,
#   read-only ones too, and named volumes that a driver binds to such a path; other folders are fine, and so is the socket in a service whose image is
#   a socket proxy. A source that a variable decides is not judged.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   severity: critical
#   admission: deny
#   artefacts: [kubernetes, compose, hangar-config, helm-values]
#   cases:
#     pss-baseline: "No volume of the pod has `hostPath`."
#     bind-mounts: "No Compose service and no Hangar server mounts a runtime's socket, /, /etc, /proc, /sys, /root or /home of its host."
#   standard: {pod-security: {pss-baseline: [hostPathVolumes]}}
#   items: [bridge-124, python-067]
#   instances: {bridge-124: pss-baseline, python-067: [pss-baseline, bind-mounts]}
#   also: [PSS baseline hostPath, CIS-K8s-1.8 5.2.12]
#   remediation: |
#     In Kubernetes use a PersistentVolumeClaim, an emptyDir, a ConfigMap or a Secret. Elsewhere mount a named volume or a folder of its own; a program
#     that has to ask the container runtime gets a socket proxy that lets through only what it needs.
package mcp.controls.workload.no_hostpath

import data.mcp.lib.compose
import data.mcp.lib.finding
import data.mcp.lib.hangar
import data.mcp.lib.kubernetes
import data.mcp.lib.profile
import data.mcp.lib.untold
import data.mcp.lib.value

judged contains answer if some answer in kubernetes.judged("pss-baseline")

findings contains finding.in_case("pss-baseline", volume, volume.message) if {
	some volume in _host_paths
	not _reason(volume)
}

excused contains object.union(finding.in_case("pss-baseline", volume, volume.message), {"reason": reason}) if {
	some volume in _host_paths
	reason := _reason(volume)
}

undecided contains answer if {
	some pod in kubernetes.unresolved_pods
	some answer in untold.pods("pss-baseline", ["volumes"])
	answer.artefact == pod.artefact
	_may_be_host_path(answer.path, count(pod.path))
}

# Not known are all volumes, one of them, or whether one is a path of the node.
_may_be_host_path(path, start) if count(path) <= start + 2

_may_be_host_path(path, start) if {
	count(path) == start + 3
	path[start + 2] == "hostPath"
}

default _host_paths := []

_host_paths := [volume |
	some pod in kubernetes.pods
	some index, given in pod.value.volumes
	given.hostPath != null
	not value.unresolved(given.hostPath)
	name := object.get(given, "name", "without a name")
	volume := {
		"artefact": pod.artefact,
		"path": array.concat(pod.path, ["volumes", index, "hostPath"]),
		"message": _message(name, given.hostPath),
		"name": name,
		"directory": object.get(given, ["hostPath", "path"], ""),
		"pod": pod,
	}
]

_message(name, given) := $"volume {name} is the path {given.path} of the node" if is_string(given.path)

else := $"volume {name} is a path of the node"

_reason(volume) := reason if {
	reason := profile.host_access(volume.pod)
	_watched(volume.directory)
	not _writable(volume)
}

default _watched(_) := false

_watched("/")

_watched(directory) if data.pod_security.host_paths_for_watchers[trim_suffix(directory, "/")]

_watched(directory) if {
	startswith(directory, "/var/log/")
	not contains(directory, "/..")
}

_writable(volume) if {
	some container in kubernetes.containers
	container.artefact == volume.artefact
	some mount in container.value.volumeMounts
	mount.name == volume.name
	not mount.readOnly == true
}

# Compose and Hangar

judged contains {"artefact": index, "case": "bind-mounts"} if {
	some index, artefact in input.artefacts
	_mounting[artefact.kind]
}

judged contains {"artefact": server.artefact, "case": "bind-mounts"} if some server in hangar.defined

findings contains finding.in_case("bind-mounts", mount, $"{mount.what} mounts {mount.source} of its host") if {
	some mount in _mounts
	is_string(mount.source)
	_owned(mount.source)
	not _proxied(mount)
}

undecided contains {"artefact": mount.artefact, "case": "bind-mounts", "path": mount.path, "reason": reason} if {
	some mount in _mounts
	unresolved := mount.source.unresolved
	reason := $"what {mount.what} mounts is not known: {unresolved}"
}

_mounting := {"compose": true, "hangar-config": true}

default _mounts := []

_mounts := array.concat(_compose_mounts, _hangar_mounts)

_compose_mounts := [mount |
	some service in compose.services
	some index, given in service.value.volumes
	given.type == "bind"
	mount := {
		"artefact": service.artefact,
		"path": array.concat(service.path, ["volumes", index]),
		"what": $"service {service.name}",
		"source": given.source,
		"program": service.value.program,
	}
]

_hangar_mounts := [mount |
	some server in hangar.defined
	some position, given in server.value.volumes
	mount := {
		"artefact": server.artefact,
		"path": array.concat(server.path, ["volumes", position]),
		"what": server.title,
		"source": _hangar_source(given),
		"program": "",
	}
]

_hangar_source(given) := split(given, ":")[0] if is_string(given)

else := given

default _owned(_) := false

_owned("/")

_owned(source) if data.compose.host_paths[trim_right(source, "/")]

_owned(source) if data.compose.runtime_sockets[_last(source)]

_last(source) := parts[count(parts) - 1] if parts := split(source, "/")

default _proxied(_) := false

_proxied(mount) if {
	endswith(mount.program, "socket-proxy")
	data.compose.runtime_sockets[_last(mount.source)]
}
