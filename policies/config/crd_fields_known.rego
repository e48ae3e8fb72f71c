# METADATA
# title: Use only fields that the installed MCP CRDs define
# description: |
#   The API server prunes unknown fields, so an allow-list or limit disappears without a word.
#
#   Objects of the group mcp-hangar.io (MCPServer, MCPServerGroup, MCPDiscoverySource, MCPEgressPolicy) are compared with the CustomResourceDefinition of
#   their kind: the one that was given with them, else that of operator release `hangar.operator_version` (0.17 unless it is set; 0.14 has other fields
#   under the same v1alpha2). Reported are fields that it does not have, with what took their place or the nearest that it has; values of another type or
#   outside of an enumeration, and fields that it requires, for which the API server refuses the object; a version or kind that it does not serve. An
#   MCPServer of mode container needs an image, one of mode remote an endpoint. Fields that a definition leaves open are not looked into. Of a live object
#   the configuration that it was applied with is compared too, since the object itself has lost what it should not have; its status is not.
#   Only what the given definition says is a violation; against a release it is a warning, since another one may be installed. A value that a variable or a
#   template makes has any type. MCPServer of ToolHive is another kind, and none of this is said of it.
# related_resources:
#   - https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#field-pruning
# custom:
#   severity: high
#   admission: deny
#   artefacts: [kubernetes]
#   items: [hangar-034, hangar-024]
#   params: [hangar_operator_version]
#   fix: "yes: move spec.securityContext to podSecurityContext/containerSecurityContext by field"
#   remediation: Write the field that the message names, or delete one that means nothing; install the CRDs of the operator that you run, and give them to the linter.
package mcp.controls.config.crd_fields_known

import data.mcp.lib.configs
import data.mcp.lib.finding

judged contains {"artefact": resource.artefact} if some resource in _objects

findings contains finding.at(fault, fault.message) if {
	some fault in _faults
	not fault.resource.crd.release
}

findings contains finding.advice(fault, fault.message) if {
	some fault in _faults
	fault.resource.crd.release
}

_faults := array.concat(_of_fields, array.concat(_of_versions, _of_modes))

_of_fields := [fault |
	some resource in _objects
	some given in resource.faults
	fault := {
		"artefact": resource.artefact,
		"path": given.path,
		"resource": resource,
		"message": _message(given, resource),
	}
]

_of_versions := [fault |
	some resource in _objects
	message := _not_served(resource)
	fault := {
		"artefact": resource.artefact,
		"path": [_wrong(resource.crd)],
		"resource": resource,
		"message": message,
	}
]

_wrong(crd) := "kind" if {
	crd.kinds
} else := "apiVersion"

_not_served(resource) := $"kind {resource.kind} is none that {_definition(resource.crd)} has: {concat(", ", resource.crd.kinds)}" if {
	resource.crd.kinds
} else := $"apiVersion {resource.api_version} is not served by {_definition(resource.crd)}: {concat(", ", resource.crd.served)}" if {
	served := {version: true | some version in resource.crd.served}
	not served[split(resource.api_version, "/")[1]]
}

_of_modes := [fault |
	some resource in _objects
	resource.kind == "MCPServer"
	spec := resource.spec
	key := _needed[spec.mode]
	_absent(object.get(spec, key, null))
	fault := {
		"artefact": resource.artefact,
		"path": ["spec", key],
		"resource": resource,
		"message": $"spec.{key} is not set, which an MCPServer of mode {spec.mode} needs",
	}
]

_needed := {"container": "image", "remote": "endpoint"}

default _absent(_) := false

_absent(null)

_absent("")

_message(fault, resource) := $"{configs.shown(fault.path)} was applied and dropped: {_definition(resource.crd)} does not have it{_hint(fault, resource)}" if {
	fault.applied
} else := $"{configs.shown(fault.path)} is dropped: {_definition(resource.crd)} does not have it{_hint(fault, resource)}" if {
	fault.fault == "unknown"
} else := $"{configs.shown(fault.path)} is {fault.given}, {_definition(resource.crd)} has {fault.expected}" if {
	fault.fault == "type"
} else := $"{configs.shown(fault.path)} has a value that {_definition(resource.crd)} does not know ({fault.expected})" if {
	fault.fault == "value"
} else := $"{configs.shown(fault.path)} is not set, which {_definition(resource.crd)} requires"

_definition(crd) := $"the CRD of operator {crd.release}" if {
	crd.release
} else := "the CRD given here"

_hint(fault, resource) := $"; {_moved[resource.kind][_steps(fault.path)]}" if {
	_moved[resource.kind][_steps(fault.path)]
} else := $"; the nearest is {fault.nearest}" if {
	fault.nearest
} else := ""

# A discovery source holds the spec of a server.
_steps(path) := trim_prefix(text, "spec.providerTemplate.") if {
	text := concat(".", [step | some step in path; is_string(step)])
}

_moved := {
	"MCPServer": _server,
	"MCPDiscoverySource": _server,
	"MCPServerGroup": {"spec.circuitBreaker": "Hangar's configuration has circuit_breaker for a group"},
}

_server := {
	"spec.securityContext": "its fields are in podSecurityContext and containerSecurityContext now",
	"spec.volumes.mountPath": "it is in volumeMounts now",
	"spec.volumes.subPath": "it is in volumeMounts now",
	"spec.volumes.readOnly": "it is in volumeMounts now",
	"spec.tools": "MCPEgressPolicy has upstreams[].tools",
	"spec.idleTTL": "Hangar's configuration has idle_ttl_s",
	"spec.circuitBreaker": "Hangar's configuration has circuit_breaker for a group",
	"spec.serviceAccount": "it is serviceAccountName",
}

default _objects := []

_objects := [resource |
	some index, artefact in input.artefacts
	crd := artefact.crd
	resource := {
		"artefact": index,
		"crd": crd,
		"faults": object.get(artefact, "key_faults", []),
		"kind": artefact.value.kind,
		"api_version": artefact.value.apiVersion,
		"spec": object.get(artefact.value, "spec", {}),
	}
]
