# METADATA
# title: Point each Service at existing pods and ports
# description: |
#   A Service with a wrong selector load-balances to nothing.
#
#   Judged are Deployments, StatefulSets and Rollouts of MCP components whose containers list a port for clients: a Service of the namespace
#   must select their pods. Ports for metrics and health alone, by their names, serve no clients; an operator serves them with its webhook
#   only, and the router of mcp-bridge has none. Services of MCP components and their supports must select a workload, and each of their
#   ports must lead to one of its containers or native sidecars: a name that no container lists is a finding, a number that none lists is a
#   warning, because listing ports only informs, and a finding where the pods list others and no port of the Service reaches one. The
#   Services that Ingresses and routes of the Gateway API name must exist, with that port; one in another namespace needs a ReferenceGrant.
#
#   Services without a selector and of type ExternalName are skipped. One that selects nothing is not judged where an object in the set
#   makes pods that are not (Prometheus, clusters of PostgreSQL and Redis, MCPServer, ToolHive, what installs a chart), and exempt where
#   `mcp-policy.io/external-selector` says why. What is missing is reported when all of a folder, chart, kustomization or cluster was
#   given, and is undecided in a run over single files, as is all that a template or a variable decides.
# related_resources:
#   - https://kubernetes.io/docs/concepts/services-networking/service/
# custom:
#   severity: high
#   admission: warn
#   artefacts: [kubernetes]
#   whole_set: true
#   items: [python-130, bridge-048, stack-111, stack-030]
#   remediation: |
#     Give the Service the labels of the pod template as its `selector`, and as `targetPort` the name or number of a port that a container
#     lists. In the Ingress or route, name a Service of the same namespace and one of its ports.
package mcp.controls.net.service_selects_pods

import data.mcp.lib.inventory

# Workloads that serve clients.

_served := [workload |
	some workload in inventory.replicated
	not _serves_nobody[workload.component]
	not workload.operator
	_serves_clients(workload)
]

_serves_nobody := {"router": true}

default _serves_clients(_) := false

_serves_clients(workload) if {
	some port in workload.ports
	_for_clients(workload.component, port)
}

default _for_clients(_, _) := false

_for_clients("operator", port) if port.number == 9443

_for_clients("operator", port) if contains(port.name, "webhook")

_for_clients(component, port) if {
	component != "operator"
	words := [word | some word in split(object.get(port, "name", ""), "-"); _for_watchers[word]]
	words == []
}

_for_watchers := {
	"metrics": true, "prometheus": true, "prom": true, "health": true, "healthz": true, "probe": true, "probes": true,
	"readiness": true, "liveness": true, "pprof": true, "debug": true,
}

judged contains {"artefact": workload.artefact} if some workload in _served

_unserved := [workload |
	some workload in _served
	workload.services == []
]

findings contains finding if {
	inventory.whole
	some workload in _unserved
	not workload.services_unknown
	finding := {
		"artefact": workload.artefact,
		"path": inventory.labels_path(workload),
		"message": $"no Service selects the pods of {workload.kind} {workload.name}, which list {_ports_text(workload.ports)}",
	}
}

undecided contains {"artefact": workload.artefact, "path": inventory.labels_path(workload), "reason": reason} if {
	some workload in _unserved
	reason := _why_unserved(workload)
}

_why_unserved(workload) := $"whether a Service selects its pods is not known: {why}" if why := workload.services_unknown

_why_unserved(workload) := $"no Service selects its pods here, and {why}" if {
	not workload.services_unknown
	why := inventory.open_ended
}

_ports_text([port]) := $"port {port.number}"

_ports_text(ports) := $"ports {concat(", ", [$"{port.number}" | some port in ports])}" if count(ports) > 1

# Services that select.

_services := [service |
	some service in inventory.services
	service.selects
	not _made_elsewhere(service)
]

default _made_elsewhere(_) := false

_made_elsewhere(service) if {
	service.targets == []
	_ = service.pods_made_by
}

judged contains {"artefact": service.artefact} if some service in _services

inapplicable contains {"artefact": service.artefact, "reason": reason} if {
	some service in inventory.services
	service.selects
	_made_elsewhere(service)
	reason := $"its pods may be of {service.pods_made_by}"
}

_idle := [service |
	some service in _services
	service.targets == []
]

_nothing(service) := {
	"artefact": service.artefact,
	"path": ["spec", "selector"],
	"message": $"Service {service.name} selects no pods of the set",
}

findings contains _nothing(service) if {
	inventory.whole
	some service in _idle
	not service.unknown
	not service.external
}

excused contains object.union(_nothing(service), {"reason": reason}) if {
	some service in _idle
	reason := service.external
}

undecided contains {"artefact": service.artefact, "path": ["spec", "selector"], "reason": reason} if {
	some service in _idle
	not service.external
	reason := _why_idle(service)
}

_why_idle(service) := $"what it selects is not known: {why}" if why := service.unknown

_why_idle(service) := $"it selects no pods here, and {why}" if {
	not service.unknown
	why := inventory.open_ended
}

# Where their ports lead.

findings contains finding if {
	some service in _services
	some port in service.ports
	port.listed == false
	is_string(port.target)
	finding := {
		"artefact": service.artefact,
		"path": _target_path(port),
		"message": $"Service {service.name} sends to port {port.target}, a name that no container of its pods lists",
	}
}

findings contains finding if {
	some service in _services
	some port in service.ports
	port.listed == false
	is_number(port.target)
	not _reaches_none(service)
	finding := {
		"artefact": service.artefact,
		"level": "warn",
		"path": _target_path(port),
		"message": $"Service {service.name} sends to port {port.target}, which no container of its pods lists",
	}
}

findings contains finding if {
	some service in _services
	_reaches_none(service)
	some port in service.ports
	is_number(port.target)
	finding := {
		"artefact": service.artefact,
		"path": _target_path(port),
		"message": $"Service {service.name} sends to port {port.target}, and no port of it reaches one that its pods list",
	}
}

default _reaches_none(_) := false

_reaches_none(service) if {
	service.lists_ports
	service.ports != []
	others := [port | some port in service.ports; not port.listed == false]
	others == []
}

undecided contains {"artefact": service.artefact, "path": _target_path(port), "reason": reason} if {
	some service in _services
	some port in service.ports
	reason := _why_unlisted(port)
}

_why_unlisted(port) := port.target.unresolved

_why_unlisted(port) := "the ports of its pods are not all known" if {
	is_string(port.target)
	not port.listed
	not port.listed == false
}

_target_path(port) := ["spec", "ports", port.index, "targetPort"] if port.written

else := ["spec", "ports", port.index, "port"]

# What Ingresses and routes name.

judged contains {"artefact": route.artefact} if {
	some route in inventory.routes
	route.backends != []
}

_missing := [{"route": route, "backend": backend} |
	some route in inventory.routes
	some backend in route.backends
	not backend.found
]

findings contains finding if {
	inventory.whole
	some entry in _missing
	not entry.backend.unknown
	finding := {
		"artefact": entry.route.artefact,
		"path": entry.backend.service_path,
		"message": $"{entry.route.kind} {entry.route.name} sends to Service {entry.backend.service}, which is not in the set",
	}
}

undecided contains {"artefact": entry.route.artefact, "path": entry.backend.service_path, "reason": reason} if {
	some entry in _missing
	reason := _why_missing(entry.backend)
}

_why_missing(backend) := backend.unknown

_why_missing(backend) := $"Service {backend.service} is not here, and {why}" if {
	not backend.unknown
	why := inventory.open_ended
}

findings contains finding if {
	some route in inventory.routes
	some backend in route.backends
	backend.reaches == false
	finding := {
		"artefact": route.artefact,
		"path": backend.port_path,
		"message": $"{route.kind} {route.name} sends to port {backend.port} of Service {backend.service}, which has no such port",
	}
}

_ungranted := [{"route": route, "backend": backend} |
	some route in inventory.routes
	some backend in route.backends
	backend.granted == false
]

findings contains finding if {
	inventory.whole
	some entry in _ungranted
	finding := {
		"artefact": entry.route.artefact,
		"path": array.concat(entry.backend.path, ["namespace"]),
		"message": $"{entry.route.kind} {entry.route.name} sends to Service {entry.backend.service} of namespace {entry.backend.namespace}, and no ReferenceGrant there allows it",
	}
}

undecided contains {"artefact": entry.route.artefact, "path": array.concat(entry.backend.path, ["namespace"]), "reason": reason} if {
	some entry in _ungranted
	why := inventory.open_ended
	reason := $"no ReferenceGrant for Service {entry.backend.service} is here, and {why}"
}
