# METADATA
# title: Publish only the proxy's ports from Compose
# description: |
#   Docker opens a published port on every address of its host and past the host's firewall rules: a database or cache with `6379:6379` is on
#   the internet. Without an address, or with `0.0.0.0` or `::`, only a proxy (nginx, traefik, caddy, envoy, haproxy, or a service in
#   `net.edge_services`) may publish, and only 80, 443 and what `net.public_ports` has. Bound to 127.0.0.1 or ::1 anything passes;
#   bound to another address all but stores, metrics, dashboards and MCP servers do. `network_mode: host` publishes everything.
#   `expose` publishes nothing. `${PORT:-8080}` counts as its default where the `.env` beside the file says nothing else; a variable without one
#   is not judged. Files and services that are marked for development are left out.
# related_resources:
#   - https://docs.docker.com/engine/network/packet-filtering-firewalls/
# custom:
#   severity: critical
#   admission: none
#   artefacts: [compose]
#   items: [stack-065, stack-066, stack-020]
#   also: [OWASP-Top10-2021 A05]
#   fix: "prefix 127.0.0.1: to mappings of services that are no proxy"
#   params: [edge_services, public_ports]
#   remediation: Drop the mapping, since services of one file reach each other by name, or bind it to the host alone, `127.0.0.1:5432:5432`.
package mcp.controls.net.compose_published_ports

import data.mcp.lib.compose
import data.mcp.lib.finding

judged contains {"artefact": service.artefact} if some service in compose.production

inapplicable contains {"artefact": index, "reason": "no service of this file is for production"} if {
	some index in compose.development_files
}

findings contains finding.at(port, message) if {
	some port in _ports
	port.value.binding == "all"
	not _allowed(port)
	not _maybe_proxy(port)
	message := $"service {port.service.name} publishes {_shown(port.value)} on every address of the host"
}

findings contains finding.at(port, message) if {
	some port in _ports
	port.value.binding == "address"
	_inner(port)
	not _at_edge(port.service)
	message := $"service {port.service.name} publishes {_shown(port.value)} on {port.value.host_ip}"
}

findings contains finding.at(place, message) if {
	some service in compose.production
	service.value.network_mode == "host"
	not data.compose.host_network[service.value.program]
	place := finding.below(service, ["network_mode"])
	message := $"service {service.name} has the network of the host: every port that it opens is published"
}

undecided contains {"artefact": port.artefact, "path": port.path, "reason": reason} if {
	some port in _ports
	port.value.binding == "unresolved"
	not _allowed(port)
	reason := $"the address is not known: {port.value.unresolved}"
}

undecided contains {"artefact": port.artefact, "path": port.path, "reason": reason} if {
	some port in _ports
	port.value.binding == "all"
	not _allowed(port)
	_maybe_proxy(port)
	reason := $"whether {port.service.name} is a proxy is not known"
}

undecided contains {"artefact": service.artefact, "path": array.concat(service.path, ["network_mode"]), "reason": reason} if {
	some service in compose.production
	unresolved := service.value.network_mode.unresolved
	reason := $"the network is not known: {unresolved}"
}

default _ports := []

_ports := [port |
	some service in compose.production
	some index, value in service.value.ports
	port := {
		"artefact": service.artefact,
		"path": array.concat(service.path, ["ports", index]),
		"service": service,
		"value": value,
	}
]

default _allowed(_) := false

_allowed(port) if {
	_at_edge(port.service)
	_public(port.value)
}

default _at_edge(_) := false

_at_edge(service) if data.compose.proxies[service.value.program]

_at_edge(service) if {
	some name in data.params.edge_services
	name == service.name
}

default _public(_) := false

_public(value) if {
	value.published.from == value.published.to
	data.compose.proxy_ports[$"{value.published.from}"]
}

_public(value) if {
	value.published.from == value.published.to
	some port in data.params.public_ports
	port == value.published.from
}

# What a service builds from a Dockerfile that is not at hand, or an image that a variable names, may be the proxy.
default _maybe_proxy(_) := false

_maybe_proxy(port) if {
	port.service.value.program == ""
	_public(port.value)
}

default _inner(_) := false

_inner(port) if data.compose.inner_ports[$"{port.value.target.from}"]

_inner(port) if data.compose.inner_ports[$"{port.value.published.from}"]

_inner(port) if {
	some variable in port.service.value.environment
	startswith(variable.name, "MCP_")
}

_inner(port) if contains(lower(port.service.value.program), "mcp")

_shown(value) := $"port {value.published.from}" if value.published.from == value.published.to

else := $"ports {value.published.from} to {value.published.to}" if value.published

else := $"port {value.target.from} under a port that Docker chooses" if value.target

else := "a port"
