# METADATA
# title: Keep the default AppArmor profile or a loaded one
# description: |
#   A node with AppArmor confines every container by default; `Unconfined` takes that away.
#   Absence is the safe default and passes. The field and the older annotations on the pod are judged.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   - https://kubernetes.io/docs/tutorials/security/apparmor/
# custom:
#   severity: high
#   admission: deny
#   artefacts: [kubernetes]
#   cases:
#     pss-baseline: "An `appArmorProfile` that is written, at pod level or in a container, has type RuntimeDefault or Localhost; the annotations of the pod name `runtime/default` or `localhost/<profile>`."
#   standard: {pod-security: {pss-baseline: [appArmorProfile]}}
#   items: [bridge-124]
#   also: [PSS baseline AppArmor]
#   fix: "yes: remove the Unconfined setting"
#   remediation: Remove the setting, or name `RuntimeDefault`, or load a profile on the nodes and name it with `Localhost`.
package mcp.controls.workload.apparmor

import data.mcp.lib.finding
import data.mcp.lib.kubernetes
import data.mcp.lib.untold
import data.mcp.lib.value

judged contains answer if some answer in kubernetes.judged("pss-baseline")

findings contains finding.in_case("pss-baseline", place, message) if {
	some holder in kubernetes.contexts
	profile := holder.context.appArmorProfile
	profile != null
	type := object.get(profile, "type", "without a type")
	not data.pod_security.profile_types[type]
	not value.touched(holder, _field)
	place := finding.below(holder, array.concat(_field, ["type"]))
	message := $"the AppArmor profile of {holder.title} is {type}"
}

findings contains finding.in_case("pss-baseline", place, message) if {
	some pod in kubernetes.pods
	some key, given in pod.metadata.annotations
	startswith(key, "container.apparmor.security.beta.kubernetes.io/")
	not _confined(given)
	not value.unresolved(given)
	place := {"artefact": pod.artefact, "path": array.concat(pod.metadata_path, ["annotations", key])}
	message := $"the AppArmor profile in the annotation {key} is {given}"
}

undecided contains answer if some answer in untold.contexts("pss-baseline", _field)

undecided contains value.undecided("pss-baseline", place, ["annotations", key], given) if {
	some pod in kubernetes.pods
	some key, given in pod.metadata.annotations
	startswith(key, "container.apparmor.security.beta.kubernetes.io/")
	value.unresolved(given)
	place := {"artefact": pod.artefact, "path": pod.metadata_path}
}

_field := ["securityContext", "appArmorProfile"]

_confined("")

_confined(null)

_confined("runtime/default")

_confined(given) if startswith(given, "localhost/")
