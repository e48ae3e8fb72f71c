# METADATA
# title: Publish no plain HTTP, ws:// or tcp:// listener in production
# description: |
#   One clear-text port beside the TLS port is the one that gets used.
#
#   Gateway of mcp-bridge: every enabled frontend (without `enabled: true` it is not started) but stdio speaks TLS, `config.tls.enabled: true`, unless it
#   listens on the machine itself, or an Ingress, a Gateway of the Gateway API or the chart's own Ingress ends TLS in front of it and speaks plain text
#   to it. A gateway without any frontend serves nothing over TLS. Its router: no endpoint of another machine by ws://, http:// or tcp://.
#   Compose: a service that is an MCP component publishes ports on the machine itself alone; only a proxy (or a service that the repository declares to be
#   at the edge) publishes others. Whether 443, 8443 and 9443 speak TLS is undecided. Development is left out.
#   Ingresses of MCP systems and what is beside them: no annotation switches the redirect to TLS off, allows HTTP (which the controller of Google does
#   unless `kubernetes.io/ingress.allow-http` is false), or names a plain entrypoint of Traefik without a redirect. Their load balancers, proxies
#   apart, do not offer 80, 8080, 8081 or 4444 unless an annotation gives them TLS. Templates and variables are undecided.
#   Limits: what a proxy does with port 80 is in its configuration, and what answers at a port is for a probe.
# related_resources:
#   - https://owasp.org/Top10/A02_2021-Cryptographic_Failures/
# custom:
#   severity: high
#   admission: warn
#   artefacts: [compose, kubernetes, bridge-gateway-config, bridge-router-config]
#   unread: [nginx-conf, endpoint]
#   items: [stack-068, stack-067, python-070, bridge-018]
#   also: [OWASP-Top10-2021 A02]
#   fix: 'yes: bind compose ports of non-proxy services to 127.0.0.1'
#   params: [edge_services]
#   remediation: |
#     Let a proxy or an Ingress end TLS and redirect plain HTTP to it, and publish nothing else: `127.0.0.1:8050:8050` in Compose, ClusterIP in Kubernetes.
#     Of mcp-bridge write `tls: {enabled: true, cert_file: ..., key_file: ...}` in each frontend's `config`, and `wss://` in the router's endpoints.
package mcp.controls.tls.no_plaintext_listener

import data.mcp.lib.compose
import data.mcp.lib.configs
import data.mcp.lib.finding
import data.mcp.lib.value

# The gateway of mcp-bridge.

judged contains {"artefact": config.artefact} if {
	some config in configs.bridge_gateway
	not _only_stdio(config)
	not value.unresolved(_list(config))
}

inapplicable contains {"artefact": config.artefact, "reason": "it has stdio frontends alone"} if {
	some config in configs.bridge_gateway
	_only_stdio(config)
}

findings contains finding.at(place, $"nothing is served over TLS: {reason}") if {
	some config in configs.bridge_gateway
	reason := _serves_nothing(config)
	place := finding.below(config, ["server", "frontends"])
}

findings contains finding.at(place, $"{frontend.title} speaks plain text: config.tls.enabled is not true") if {
	some frontend in _frontends
	_is_plain(frontend)
	not _ended(frontend)
	place := finding.below(frontend, ["config", "tls", "enabled"])
}

undecided contains {"artefact": frontend.artefact, "path": array.concat(frontend.path, ["config", "tls", "enabled"]), "reason": reason} if {
	some frontend in _frontends
	_is_plain(frontend)
	front := _front(frontend)
	is_string(front)
	reason := $"whether TLS ends in front of {frontend.title} is not known: {front}"
}

undecided contains value.undecided_at(frontend, steps, given) if {
	some frontend in _frontends
	some steps in [["enabled"], ["protocol"], ["config"], ["config", "tls"], ["config", "tls", "enabled"], ["config", "host"]]
	given := object.get(frontend.value, steps, null)
	value.unresolved(given)
}

undecided contains value.undecided_at(config, ["server", "frontends"], given) if {
	some config in configs.bridge_gateway
	given := _list(config)
	value.unresolved(given)
}

_list(config) := config.value.server if {
	value.unresolved(config.value.server)
} else := object.get(config.value, ["server", "frontends"], null)

# Enabled ones, and those of which that is not known.
default _frontends := []

_frontends := [frontend |
	some config in configs.bridge_gateway
	some index, given in _list(config)
	is_object(given)
	_is_enabled(object.get(given, "enabled", false))
	frontend := {
		"artefact": config.artefact,
		"path": ["server", "frontends", index],
		"title": _title(given, index),
		"value": given,
	}
]

_title(given, _) := $"frontend {given.name}" if is_string(given.name)

else := $"the {given.protocol} frontend" if is_string(given.protocol)

else := "a frontend"

default _is_enabled(_) := false

_is_enabled(given) if value.unresolved(given)

_is_enabled(true)

_is_enabled(1)

_is_enabled(given) if {
	is_string(given)
	_true[lower(given)]
}

_true := {"true": true, "t": true, "1": true}

default _only_stdio(_) := false

_only_stdio(config) if {
	own := [frontend | some frontend in _frontends; frontend.artefact == config.artefact]
	count(own) > 0
	every frontend in own {
		frontend.value.protocol == "stdio"
	}
}

_serves_nothing(config) := "server.frontends is not set" if {
	_list(config) == null
} else := "server.frontends is empty" if {
	_empty(_list(config))
} else := "server.frontends is no list" if {
	not is_array(_list(config))
	not value.unresolved(_list(config))
} else := "no frontend is enabled" if {
	is_array(_list(config))
	count([frontend | some frontend in _frontends; frontend.artefact == config.artefact; _may_serve(frontend.value)]) == 0
}

# The gateway does not start with another protocol.
default _may_serve(_) := false

_may_serve(frontend) if data.tls.protocols[frontend.protocol]

_may_serve(frontend) if frontend.protocol == "stdio"

_may_serve(frontend) if value.unresolved(frontend.protocol)

default _is_plain(_) := false

_is_plain(frontend) if {
	data.tls.protocols[frontend.value.protocol]
	object.get(frontend.value, ["config", "tls", "enabled"], false) != true
	not _is_local(object.get(frontend.value, ["config", "host"], ""))
	not _is_open(frontend.value)
}

default _is_local(_) := false

_is_local(host) if data.tls.loopback[host]

# Something that decides is a template.
default _is_open(_) := false

_is_open(given) if {
	some steps in [["enabled"], ["config"], ["config", "tls"], ["config", "tls", "enabled"], ["config", "host"]]
	value.unresolved(object.get(given, steps, null))
}

_front(frontend) := input.artefacts[frontend.artefact].tls_in_front if data.tls.ended_in_front[frontend.value.protocol]

# TLS ends in front of it, or may.
default _ended(_) := false

_ended(frontend) if _front(frontend)

# The router of mcp-bridge.

judged contains {"artefact": config.artefact} if some config in configs.of("bridge-router-config")

findings contains finding.at(endpoint, $"an endpoint is reached by {endpoint.scheme}:// and in plain text") if {
	some endpoint in _endpoints
	data.tls.plain_schemes[endpoint.scheme]
	not _is_local(endpoint.host)
}

undecided contains value.undecided_at(config, ["gateway_pool", "endpoints", index, "url"], given) if {
	some config in configs.of("bridge-router-config")
	some index, endpoint in config.value.gateway_pool.endpoints
	given := endpoint.url
	value.unresolved(given)
}

default _endpoints := []

_endpoints := [endpoint |
	some config in configs.of("bridge-router-config")
	some index, given in config.value.gateway_pool.endpoints
	url := lower(_url(given.url))
	parts := split(url, "://")
	count(parts) > 1
	endpoint := {
		"artefact": config.artefact,
		"path": ["gateway_pool", "endpoints", index, "url"],
		"scheme": trim_space(parts[0]),
		"host": _host(split(split(parts[1], "/")[0], "?")[0]),
	}
]

# Of a URL with a credential only what is beside it.
_url(given) := given if is_string(given)

else := given.masked if is_string(given.masked)

_host(authority) := $"{split(address, "]")[0]}]" if {
	address := _behind_user(authority)
	startswith(address, "[")
} else := split(_behind_user(authority), ":")[0]

_behind_user(authority) := parts[count(parts) - 1] if parts := split(authority, "@")

# Compose.

judged contains {"artefact": service.artefact} if some service in compose.production

inapplicable contains {"artefact": index, "reason": "no service of this file is for production"} if some index in compose.development_files

findings contains finding.at(port, $"service {port.service} publishes {_shown(port.value)} in plain text") if {
	some port in _ports
	_published[port.value.binding]
	not _may_be_tls(port.value)
}

undecided contains {"artefact": port.artefact, "path": port.path, "reason": $"the address is not known: {port.value.unresolved}"} if {
	some port in _ports
	port.value.binding == "unresolved"
}

undecided contains {"artefact": port.artefact, "path": port.path, "reason": $"whether {_shown(port.value)} of service {port.service} speaks TLS is not known"} if {
	some port in _ports
	_published[port.value.binding]
	_may_be_tls(port.value)
}

_published := {"all": true, "address": true}

default _ports := []

_ports := [port |
	some service in compose.production
	_mcp[service.value.component]
	not data.compose.proxies[service.value.program]
	not _at_edge(service.name)
	some index, given in service.value.ports
	given.protocol != "udp"
	port := {
		"artefact": service.artefact,
		"path": array.concat(service.path, ["ports", index]),
		"service": service.name,
		"value": given,
	}
]

_mcp := {"hangar": true, "gateway": true, "router": true, "operator": true, "mcp-server": true}

default _at_edge(_) := false

_at_edge(name) if {
	some edge in data.params.edge_services
	edge == name
}

default _may_be_tls(_) := false

_may_be_tls(port) if {
	port.target.from == port.target.to
	data.tls.secure_ports[$"{port.target.from}"]
}

_shown(port) := $"port {port.published.from}" if port.published.from == port.published.to

else := $"ports {port.published.from} to {port.published.to}" if port.published

else := $"port {port.target.from}" if port.target

else := "a port"

# Ingresses and load balancers of MCP systems and of what is beside them.

default _objects := []

_objects := [listener |
	some index, artefact in input.artefacts
	artefact.kind == "kubernetes"
	_listening[artefact.value.kind]
	_concerned[artefact.subject]
	listener := {
		"artefact": index,
		"path": [],
		"value": artefact.value,
		"component": object.get(artefact, "component", ""),
		"annotations": _annotations(artefact.value),
	}
]

_listening := {"Ingress": true, "Service": true}

_concerned := {"mcp": true, "support": true}

_annotations(value) := value.metadata.annotations if is_object(value.metadata.annotations)

else := {}

default _ingresses := []

_ingresses := [ingress | some ingress in _objects; ingress.value.kind == "Ingress"]

judged contains {"artefact": ingress.artefact} if some ingress in _ingresses

findings contains finding.at(place, $"plain HTTP is not redirected: {name} is false") if {
	some ingress in _ingresses
	some name, forced in data.tls.redirects
	_says(ingress, name, "false")
	not _says(ingress, forced, "true")
	place := finding.below(ingress, ["metadata", "annotations", name])
}

findings contains finding.at(place, $"plain HTTP is not redirected: {name} is false, and there is no TLS") if {
	some ingress in _ingresses
	some name, soft in data.tls.forced_redirects
	_says(ingress, name, "false")
	not _says(ingress, soft, "false")
	not _has_tls(ingress.value)
	place := finding.below(ingress, ["metadata", "annotations", name])
}

findings contains finding.advice(place, $"{name} is false: plain HTTP is redirected only where the Ingress has TLS") if {
	some ingress in _ingresses
	some name, soft in data.tls.forced_redirects
	_says(ingress, name, "false")
	not _says(ingress, soft, "false")
	_has_tls(ingress.value)
	place := finding.below(ingress, ["metadata", "annotations", name])
}

findings contains finding.at(place, "plain HTTP is allowed: kubernetes.io/ingress.allow-http is true") if {
	some ingress in _ingresses
	_says(ingress, "kubernetes.io/ingress.allow-http", "true")
	place := finding.below(ingress, ["metadata", "annotations", "kubernetes.io/ingress.allow-http"])
}

findings contains finding.at(place, "plain HTTP is allowed: kubernetes.io/ingress.allow-http is not set, and the controller of Google allows it") if {
	some ingress in _ingresses
	_is_google(ingress)
	not ingress.annotations["kubernetes.io/ingress.allow-http"]
	not ingress.annotations["networking.gke.io/v1beta1.FrontendConfig"]
	place := finding.below(ingress, ["metadata", "annotations", "kubernetes.io/ingress.allow-http"])
}

findings contains finding.at(place, $"plain HTTP is served: entrypoint {entrypoint} of Traefik, without a redirect") if {
	some ingress in _ingresses
	name := "traefik.ingress.kubernetes.io/router.entrypoints"
	given := ingress.annotations[name]
	is_string(given)
	some part in split(given, ",")
	entrypoint := lower(trim_space(part))
	data.tls.plain_entrypoints[entrypoint]
	not _says(ingress, "traefik.ingress.kubernetes.io/router.tls", "true")
	not _redirects(ingress)
	place := finding.below(ingress, ["metadata", "annotations", name])
}

undecided contains {"artefact": ingress.artefact, "path": ["metadata", "annotations"], "reason": "whether its FrontendConfig redirects to TLS is not known"} if {
	some ingress in _ingresses
	_is_google(ingress)
	not ingress.annotations["kubernetes.io/ingress.allow-http"]
	ingress.annotations["networking.gke.io/v1beta1.FrontendConfig"]
}

undecided contains value.undecided_at(listener, ["metadata", "annotations", name], given) if {
	some listener in _objects
	some name, given in listener.annotations
	value.unresolved(given)
	_decisive[split(name, "/")[0]]
}

_decisive := {
	"nginx.ingress.kubernetes.io": true, "ingress.kubernetes.io": true, "kubernetes.io": true, "traefik.ingress.kubernetes.io": true, "haproxy.org": true,
	"haproxy-ingress.github.io": true, "nginx.org": true, "service.beta.kubernetes.io": true, "load-balancer.hetzner.cloud": true,
}

default _says(_, _, _) := false

_says(listener, name, word) if {
	given := listener.annotations[name]
	is_string(given)
	lower(trim_space(given)) == word
}

_says(listener, name, word) if {
	given := listener.annotations[name]
	is_boolean(given)
	$"{given}" == word
}

default _has_tls(_) := false

_has_tls(ingress) if count(ingress.spec.tls) > 0

default _is_google(_) := false

_is_google(ingress) if data.tls.google_classes[ingress.value.spec.ingressClassName]

_is_google(ingress) if data.tls.google_classes[ingress.annotations["kubernetes.io/ingress.class"]]

default _redirects(_) := false

_redirects(ingress) if {
	middlewares := ingress.annotations["traefik.ingress.kubernetes.io/router.middlewares"]
	is_string(middlewares)
	contains(lower(middlewares), "redirect")
}

default _balancers := []

_balancers := [service |
	some service in _objects
	service.value.kind == "Service"
	service.value.spec.type == "LoadBalancer"
	service.component != "proxy"
]

judged contains {"artefact": service.artefact} if some service in _balancers

findings contains finding.at(place, $"the load balancer offers port {port.port} in plain text") if {
	some service in _balancers
	some index, port in service.value.spec.ports
	data.tls.plain_ports[_number(port.port)]
	not _is_tls(port)
	not _has_certificate(service, port)
	place := finding.below(service, ["spec", "ports", index])
}

undecided contains value.undecided_at(service, ["spec", "ports", index, "port"], port.port) if {
	some service in _balancers
	some index, port in service.value.spec.ports
	value.unresolved(port.port)
}

undecided contains value.undecided_at(service, ["spec", "type"], given) if {
	some service in _objects
	service.value.kind == "Service"
	given := service.value.spec.type
	value.unresolved(given)
}

inapplicable contains {"artefact": service.artefact, "reason": "it is no load balancer"} if {
	some service in _objects
	service.value.kind == "Service"
	type := object.get(service.value, ["spec", "type"], "ClusterIP")
	type != "LoadBalancer"
	not value.unresolved(type)
}

inapplicable contains {"artefact": service.artefact, "reason": "what a proxy does with plain HTTP is in its configuration"} if {
	some service in _objects
	service.value.kind == "Service"
	service.value.spec.type == "LoadBalancer"
	service.component == "proxy"
}

_number(port) := $"{port}" if is_number(port)

else := port if is_string(port)

default _is_tls(_) := false

_is_tls(port) if startswith(lower(port.name), "https")

_is_tls(port) if startswith(lower(port.name), "wss")

_is_tls(port) if startswith(lower(port.appProtocol), "https")

_is_tls(port) if endswith(lower(port.appProtocol), "wss")

_is_tls(port) if port.protocol == "UDP"

default _has_certificate(_, _) := false

_has_certificate(service, port) if {
	some balancer in data.tls.load_balancers
	given := service.annotations[balancer.annotation]
	given != ""
	not balancer.equals
	_covers(service, balancer, port)
}

_has_certificate(service, _) if {
	some balancer in data.tls.load_balancers
	_says(service, balancer.annotation, balancer.equals)
}

# An annotation that is not known may cover it.
_has_certificate(service, _) if {
	some balancer in data.tls.load_balancers
	value.unresolved(service.annotations[balancer.annotation])
}

# By number or by name; without a list all ports are covered.
default _covers(_, _, _) := false

_covers(_, balancer, _) if not balancer.ports

_covers(service, balancer, _) if not service.annotations[balancer.ports]

_covers(service, balancer, port) if {
	listed := service.annotations[balancer.ports]
	is_string(listed)
	some part in split(listed, ",")
	_names(trim_space(part), port)
}

default _names(_, _) := false

_names("*", _)

_names(part, port) if part == _number(port.port)

_names(part, port) if part == port.name

default _empty(_) := false

_empty([])

_empty("")

_empty({})
