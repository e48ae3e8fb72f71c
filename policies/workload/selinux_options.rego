# METADATA
# title: Set no SELinux user, role or foreign type
# description: |
#   On hosts with SELinux another type, user or role lifts the separation between container and node.
#   Judged at pod level and in every container. Absent and empty pass; the level is free.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   severity: high
#   admission: deny
#   artefacts: [kubernetes]
#   cases:
#     pss-baseline: "`seLinuxOptions.type` is absent, empty, container_t, container_init_t or container_kvm_t, from Kubernetes 1.31 also container_engine_t; user and role are absent or empty."
#   standard: {pod-security: {pss-baseline: [seLinuxOptions]}}
#   items: [bridge-124]
#   also: [PSS baseline SELinux]
#   remediation: Remove `user` and `role`, and use one of the container types; where one is needed for volumes, set `level` alone.
package mcp.controls.workload.selinux_options

import data.mcp.lib.finding
import data.mcp.lib.kubernetes
import data.mcp.lib.untold
import data.mcp.lib.value

judged contains answer if some answer in kubernetes.judged("pss-baseline")

findings contains finding.in_case("pss-baseline", place, message) if {
	some holder in kubernetes.contexts
	options := holder.context.seLinuxOptions
	type := options.type
	type != null
	not value.unresolved(type)
	not _allowed(holder, type)
	place := finding.below(holder, array.concat(_field, ["type"]))
	message := $"{holder.title} has the SELinux type {type}"
}

findings contains finding.in_case("pss-baseline", place, message) if {
	some holder in kubernetes.contexts
	options := holder.context.seLinuxOptions
	some field in ["user", "role"]
	given := options[field]
	given != null
	given != ""
	not value.unresolved(given)
	place := finding.below(holder, array.concat(_field, [field]))
	message := $"{holder.title} has the SELinux {field} {given}"
}

undecided contains answer if {
	some field in ["type", "user", "role"]
	some answer in untold.contexts("pss-baseline", array.concat(_field, [field]))
}

_field := ["securityContext", "seLinuxOptions"]

_allowed(holder, type) if data.pod_security.selinux_types[type] <= kubernetes.pod_of(holder).version
