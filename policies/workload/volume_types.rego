# METADATA
# title: Mount only the volume types of the restricted standard
# description: |
#   A volume that names its server or disk in the pod passes by the storage classes of the cluster and their access control.
#   Judged by the source of each volume; one without any source is an emptyDir by the default of the API. A hostPath volume is reported by
#   workload-no-hostpath alone.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   severity: medium
#   admission: warn
#   artefacts: [kubernetes]
#   cases:
#     pss-restricted: "Each volume is a configMap, csi, downwardAPI, emptyDir, ephemeral, image, persistentVolumeClaim, projected or secret."
#   standard: {pod-security: {pss-restricted: [restrictedVolumes]}}
#   items: [bridge-124]
#   also: [PSS restricted volume types]
#   remediation: Make a PersistentVolume of the storage and mount a PersistentVolumeClaim.
package mcp.controls.workload.volume_types

import data.mcp.lib.finding
import data.mcp.lib.kubernetes
import data.mcp.lib.untold

judged contains answer if some answer in kubernetes.judged("pss-restricted")

findings contains finding.in_case("pss-restricted", place, message) if {
	some pod in kubernetes.pods
	some index, volume in pod.value.volumes
	others := _other_sources(volume)
	others != []
	place := finding.below(pod, ["volumes", index, others[0]])
	message := $"volume {object.get(volume, "name", "without a name")} is of the type {others[0]}"
}

undecided contains answer if {
	some pod in kubernetes.unresolved_pods
	some answer in untold.pods("pss-restricted", ["volumes"])
	answer.artefact == pod.artefact
	count(answer.path) <= count(pod.path) + 2
}

_other_sources(volume) := sort([key |
	some key, source in volume
	not data.pod_security.volume_types[key]
	not _no_source[key]
	source != null
])

_no_source := {"name": true, "hostPath": true, "unresolved": true}
