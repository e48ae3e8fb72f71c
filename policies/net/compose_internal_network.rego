# METADATA
# title: Connect services over private Compose networks by service name
# description: |
#   Traffic that leaves the host to come back can be seen and cut, and an address breaks with the next start.
#   A service shares a network with each service that it depends on or that a variable of its environment names, the default network included.
#   URLs in its environment, and in env files beside the Compose file or named by it, go to services by their names: an IP address,
#   `host.docker.internal`, the public name of another service of the file (a Traefik or Caddy label, `VIRTUAL_HOST`) and `localhost` in place of
#   a store of the file are findings. Variables that speak to browsers, callers or listeners (`CORS_ORIGINS`, `PUBLIC_URL`, `HTTP_PROXY`) are not
#   judged by it. `links` is a warning, and so is a store that shares a network with the proxy and has no network with `internal: true`.
#   What a variable decides is not judged, nor what is not among the files: external networks, and services that another file makes whole.
#   Limits: addresses in commands, and targets in the configuration of nginx and Prometheus, are not looked at.
# related_resources:
#   - https://docs.docker.com/reference/compose-file/networks/#internal
# custom:
#   severity: medium
#   admission: none
#   artefacts: [compose, env-file]
#   unread: [nginx-conf]
#   items: [stack-066, python-036, python-128, python-068]
#   params: [edge_services]
#   remediation: |
#     Put services that talk to each other on one network and write their names, `postgresql://app@postgres:5432/app`. Stores belong on a network
#     of their own with `internal: true`, which the proxy does not join.
package mcp.controls.net.compose_internal_network

import data.mcp.lib.compose
import data.mcp.lib.finding

judged contains {"artefact": service.artefact} if {
	some service in compose.production
	_together[service.artefact]
}

judged contains {"artefact": variable.artefact} if some variable in _variables

inapplicable contains {"artefact": index, "reason": "no service of this file is for production"} if {
	some index in compose.development_files
}

inapplicable contains {"artefact": index, "reason": "one service alone is connected to no other"} if {
	some index, artefact in input.artefacts
	artefact.kind == "compose"
	not _together[index]
	count([service | some service in compose.production; service.artefact == index]) > 0
}

inapplicable contains {"artefact": index, "reason": "it is no env file of a Compose project for production, or names no address"} if {
	some index, artefact in input.artefacts
	artefact.kind == "env-file"
	count([variable | some variable in _variables; variable.artefact == index]) == 0
}

findings contains finding.at(place, $"service {service.name} depends on {dependency.service} and shares no network with it") if {
	some service in compose.production
	some index, dependency in service.value.depends_on
	dependency.apart
	not dependency.condition == "service_completed_successfully"
	not _watches_host(service, dependency.service)
	place := finding.below(service, ["depends_on", index])
}

findings contains finding.at(place, $"{connection.variable} of service {service.name} names {connection.to}, with which it shares no network") if {
	some service in compose.production
	some index, connection in service.value.connections
	connection.apart
	not _watches_host(service, connection.to)
	place := finding.below(service, ["connections", index])
}

findings contains finding.at(place, $"{connection.variable} of service {service.name} goes to {connection.host}, {reason}") if {
	some service in compose.production
	some index, connection in service.value.connections
	reason := _astray(connection)
	place := finding.below(service, ["connections", index])
}

findings contains finding.at(variable, $"{variable.name} goes to {variable.host}, {reason}") if {
	some variable in _variables
	reason := _astray(variable)
}

findings contains finding.advice(place, $"service {service.name} has links, which a network and the name of the service have replaced") if {
	some service in compose.production
	count(service.value.links) > 0
	place := finding.below(service, ["links"])
}

findings contains finding.advice(place, $"store {store.name} shares the network {network} with the proxy {proxy.name}, and has none that is internal") if {
	some store in compose.production
	data.compose.stores[store.value.program]
	not store.value.oneshot
	not _internal(store)
	[network, proxy] := _shared_with_proxy(store)[0]
	place := finding.below(store, ["networks"])
}

undecided contains {"artefact": service.artefact, "path": service.path, "reason": reason} if {
	some service in compose.production
	_together[service.artefact]
	not service.value.joins
	reason := $"the networks of service {service.name} are not known: {_why_unknown(service.value)}"
}

_why_unknown(service) := service.incomplete if service.incomplete

else := unresolved if unresolved := service.network_mode.unresolved

else := "it has those of something that is not in the file"

_astray(connection) := _where[connection.why]

_astray(connection) := $"the public name of service {connection.to}" if connection.why == "public"

_astray(connection) := $"which is the container itself and not service {connection.to}" if connection.why == "itself"

_where := {
	"address": "an address and no service",
	"host": "which is the machine itself and no service",
}

# Files with services that may need each other, or with one that says where it asks.
_together[index] := true if {
	some index, artefact in input.artefacts
	artefact.kind == "compose"
	count([service | some service in compose.production; service.artefact == index]) > 1
}

_together[service.artefact] := true if {
	some service in compose.production
	service.value.connections
}

# An exporter of the host's figures has to be on the host's network.
default _watches_host(_, _) := false

_watches_host(service, name) if {
	some other in compose.production
	other.artefact == service.artefact
	other.name == name
	data.compose.host_network[other.value.program]
}

default _internal(_) := false

_internal(store) if {
	some network in store.value.joins
	compose.on(input.artefacts[store.artefact].value.networks[network].internal)
}

# Networks that the file only names may be internal.
_internal(store) if {
	some network in store.value.joins
	input.artefacts[store.artefact].value.networks[network].external
}

_shared_with_proxy(store) := [[network, proxy] |
	some proxy in _proxies
	proxy.artefact == store.artefact
	some network in proxy.value.joins
	some own in store.value.joins
	own == network
]

default _proxies := []

_proxies := [service | some service in compose.production; _is_proxy(service)]

default _is_proxy(_) := false

_is_proxy(service) if data.compose.proxies[service.value.program]

_is_proxy(service) if {
	some name in data.params.edge_services
	name == service.name
}

default _variables := []

_variables := [variable |
	some index, artefact in input.artefacts
	artefact.kind == "env-file"
	artefact.mark != "development"
	not artefact.example
	some position, entry in artefact.value.variables
	some asked in entry.asks
	variable := {
		"artefact": index,
		"path": ["variables", position, "value"],
		"name": entry.name,
		"host": asked.host,
		"why": asked.why,
	}
]
