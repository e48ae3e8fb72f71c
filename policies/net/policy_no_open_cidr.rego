# METADATA
# title: Admit no 0.0.0.0/0 to gateway, metrics and store ports
# description: |
#   A rule that admits every address makes the rest of the policy decoration.
#
#   Judged are NetworkPolicies, and CiliumNetworkPolicies, that select a component of the MCP system or a support of it, or every pod of a
#   namespace that holds MCP components; with no workload in the set, those whose own name or labels say so. A rule of ingress is a
#   finding where it has no `from`, an empty one, or an `ipBlock` of prefix length 0, whose `except` does not save it; in Cilium the
#   entities `world` and `all` too. Three may be open: a policy that selects proxies alone; a rule whose ports are the public TLS port of
#   a Service of type LoadBalancer in the namespace; and the webhook of an operator (443, 8443, 9443), since the API server has no
#   address that a policy could name. 9090, 9091, 8080, 4444, 6379 and 5432 never may: probes of the kubelet need no rule.
#
#   A rule of egress to everywhere is a warning, except on 443, 53 and 6443, and a finding where it is an `ipBlock` that lets pods reach
#   the metadata service of a cloud: on port 80 or all ports without 169.254.169.254 among its `except`.
#
#   What is a template or a variable is undecided; so is an open rule for 443 or 8443 in a run over single files, where a load balancer
#   may be missing. A `namespaceSelector` of `{}` is not judged here, and neither are policies of other projects.
# related_resources:
#   - https://kubernetes.io/docs/concepts/services-networking/network-policies/
# custom:
#   severity: high
#   admission: warn
#   artefacts: [kubernetes]
#   items: [bridge-123, stack-065, gateway-015]
#   remediation: |
#     Name the peers: `namespaceSelector` with `kubernetes.io/metadata.name` for Prometheus and the ingress controller, `podSelector` for
#     clients in the namespace, an `ipBlock` of the networks that need it. Remove rules for probes. In egress, put 169.254.169.254/32 in `except`.
package mcp.controls.net.policy_no_open_cidr

import data.mcp.lib.value

_policies := [policy |
	some index, artefact in input.artefacts
	facts := artefact.policy
	_in_scope[artefact.subject]
	policy := {"artefact": index, "kind": artefact.value.kind, "value": artefact.value, "facts": facts, "component": object.get(artefact, "component", "")}
]

_in_scope := {"mcp": true, "support": true}

judged contains {"artefact": policy.artefact} if some policy in _policies

# Rules of Kubernetes and of Cilium in one shape: `opens` are the places at which they admit everything, `ports` the ports that they name,
# none for all.

_rules := array.concat(_plain_rules, _cilium_rules)

_plain_rules := [rule |
	some policy in _policies
	policy.kind == "NetworkPolicy"
	some direction in ["ingress", "egress"]
	_active(policy.value.spec, direction)
	some index, written in policy.value.spec[direction]
	is_object(written)
	path := ["spec", direction, index]
	peers := object.get(written, _peers[direction], null)
	rule := {
		"policy": policy,
		"direction": direction,
		"opens": array.concat(_without_peers(peers, path), _open_blocks(peers, array.concat(path, [_peers[direction]]))),
		"ports": _plain_ports(object.get(written, "ports", null)),
		"ports_path": array.concat(path, ["ports"]),
	}
]

_peers := {"ingress": "from", "egress": "to"}

default _active(_, _) := false

_active(spec, "ingress") if not _typed(spec)

_active(spec, "egress") if not _typed(spec)

_active(spec, direction) if spec.policyTypes[_] == _types[direction]

_types := {"ingress": "Ingress", "egress": "Egress"}

default _typed(_) := false

_typed(spec) if count(spec.policyTypes) > 0

default _without_peers(_, _) := []

_without_peers(null, path) := [{"path": path, "what": "every peer", "block": false}]

_without_peers([], path) := [{"path": path, "what": "every peer", "block": false}]

_open_blocks(peers, path) := [open |
	some index, peer in peers
	cidr := peer.ipBlock.cidr
	endswith(cidr, "/0")
	open := {
		"path": array.concat(path, [index, "ipBlock", "cidr"]),
		"what": cidr,
		"block": true,
		"except": object.get(peer.ipBlock, "except", []),
	}
]

default _plain_ports(_) := []

# An entry that names no port is all ports of its protocol.
_plain_ports(ports) := [_port(entry.port, object.get(entry, "endPort", entry.port)) | some entry in ports] if {
	is_array(ports)
	whole := [entry | some entry in ports; not _has_port(entry)]
	whole == []
}

default _has_port(_) := false

_has_port(entry) if entry.port != null

_port(port, end) := {"port": port, "end": end}

_cilium_rules := [rule |
	some policy in _policies
	_cilium[policy.kind]
	some section in _sections(policy.value)
	some direction in ["ingress", "egress"]
	some index, written in section.value[direction]
	is_object(written)
	path := array.concat(section.path, [direction, index])
	rule := {
		"policy": policy,
		"direction": direction,
		"opens": array.concat(_cilium_opens(written, direction, path), _cilium_without_peers(written, direction, path)),
		"ports": _cilium_ports(written),
		"ports_path": array.concat(path, ["toPorts"]),
	}
]

_cilium := {"CiliumNetworkPolicy": true, "CiliumClusterwideNetworkPolicy": true}

_sections(object_value) := array.concat(
	[{"path": ["spec"], "value": object_value.spec} | is_object(object_value.spec)],
	[{"path": ["specs", index], "value": section} | some index, section in object_value.specs],
)

# Port 0 is all of them.
_cilium_ports(rule) := [] if {
	some list in rule.toPorts
	some entry in list.ports
	_number(entry.port) == 0
} else := [_port(_number(entry.port), object.get(entry, "endPort", _number(entry.port))) |
	some list in rule.toPorts
	some entry in list.ports
]

_keys := {
	"ingress": {"cidr": "fromCIDR", "set": "fromCIDRSet", "entities": "fromEntities"},
	"egress": {"cidr": "toCIDR", "set": "toCIDRSet", "entities": "toEntities"},
}

_cilium_opens(written, direction, path) := array.concat(
	[{"path": array.concat(path, [key, index]), "what": cidr, "block": true, "except": []} |
		key := _keys[direction].cidr
		some index, cidr in written[key]
		endswith(cidr, "/0")
	],
	array.concat(
		[{"path": array.concat(path, [key, index, "cidr"]), "what": entry.cidr, "block": true, "except": object.get(entry, "except", [])} |
			key := _keys[direction].set
			some index, entry in written[key]
			endswith(entry.cidr, "/0")
		],
		[{"path": array.concat(path, [key, index]), "what": $"the entity {entity}", "block": false} |
			key := _keys[direction].entities
			some index, entity in written[key]
			_open_entities[entity]
		],
	),
)

_open_entities := {"world": true, "world-ipv4": true, "all": true}

# Ports alone admit them from and to everywhere; an empty rule admits nothing.
_cilium_without_peers(written, direction, path) := [{"path": path, "what": "every peer", "block": false} |
	_ = written.toPorts
	prefix := _peers[direction]
	named := [key | some key, _ in written; startswith(key, prefix); key != "toPorts"]
	named == []
]

_number(port) := to_number(port) if {
	is_string(port)
	trim(port, "0123456789") == ""
} else := port

# Ingress.

_open_ingress := [{"policy": rule.policy, "path": open.path, "what": open.what, "ports": rule.ports} |
	some rule in _rules
	rule.direction == "ingress"
	some open in rule.opens
	not _unknown_ports(rule)
	not _is_proxy(rule.policy)
	not _is_webhook(rule)
	not _is_public(rule)
]

findings contains finding if {
	some open in _open_ingress
	not _may_be_public(open)
	finding := {
		"artefact": open.policy.artefact,
		"path": open.path,
		"message": $"ingress admits {open.what} to {_ports_text(open.ports)}",
	}
}

undecided contains {"artefact": open.policy.artefact, "path": open.path, "reason": reason} if {
	some open in _open_ingress
	_may_be_public(open)
	reason := $"ingress admits {open.what} to {_ports_text(open.ports)}, and whether a load balancer publishes it is not known: not all of what is deployed together was given"
}

default _is_proxy(_) := false

_is_proxy(policy) if policy.facts.selects == ["proxy"]

_is_proxy(policy) if {
	policy.facts.selects == []
	policy.component == "proxy"
}

default _is_webhook(_) := false

_is_webhook(rule) if {
	_selects_operator(rule.policy)
	_all_among(rule.ports, _webhook_ports)
}

default _selects_operator(_) := false

_selects_operator(policy) if policy.facts.selects == ["operator"]

_selects_operator(policy) if {
	policy.facts.selects == []
	policy.component == "operator"
}

_webhook_ports := {443: true, 8443: true, 9443: true}

default _is_public(_) := false

_is_public(rule) if {
	rule.policy.facts.public_ports != []
	_all_among(rule.ports, object.union(
		_tls_ports,
		{port: true | some port in rule.policy.facts.public_ports; not _private[port]},
	))
}

_tls_ports := {443: true, 8443: true}

_private := {9090: true, 9091: true, 8080: true, 4444: true, 6379: true, 5432: true}

default _may_be_public(_) := false

_may_be_public(open) if {
	not open.policy.facts.whole
	_all_among(open.ports, _tls_ports)
}

# Some ports, and each among the known ones.
default _all_among(_, _) := false

_all_among(ports, known) if {
	ports != []
	others := [port | some port in ports; not _is_among(port, known)]
	others == []
}

default _is_among(_, _) := false

_is_among(port, known) if {
	known[port.port]
	port.end == port.port
}

_ports_text([]) := "all ports"

_ports_text([port]) := $"port {_port_text(port)}" if port.end == port.port

else := $"ports {_port_text(port)}"

_ports_text(ports) := $"ports {concat(", ", [_port_text(port) | some port in ports])}" if count(ports) > 1

_port_text(port) := $"{port.port}" if port.end == port.port

else := $"{port.port} to {port.end}"

# Egress.

_open_egress := [{"policy": rule.policy, "open": open, "ports": rule.ports} |
	some rule in _rules
	rule.direction == "egress"
	some open in rule.opens
	not _unknown_ports(rule)
	not _all_among(rule.ports, _common)
]

_common := {443: true, 53: true, 6443: true}

findings contains finding if {
	some entry in _open_egress
	_reaches_metadata(entry)
	finding := {
		"artefact": entry.policy.artefact,
		"path": entry.open.path,
		"message": $"egress admits {entry.open.what} on {_ports_text(entry.ports)}, the metadata service 169.254.169.254 included",
	}
}

findings contains finding if {
	some entry in _open_egress
	not _reaches_metadata(entry)
	finding := {
		"artefact": entry.policy.artefact,
		"level": "warn",
		"path": entry.open.path,
		"message": $"egress admits {entry.open.what} on {_ports_text(entry.ports)}",
	}
}

default _reaches_metadata(_) := false

_reaches_metadata(entry) if {
	entry.open.block
	contains(entry.open.what, ".")
	_has_http(entry.ports)
	not value.unresolved(entry.open.except)
	saving := [network | some network in entry.open.except; _holds_metadata(network)]
	saving == []
}

default _has_http(_) := false

_has_http([])

_has_http(ports) if {
	some port in ports
	_covers_http(port)
}

default _covers_http(_) := false

_covers_http(port) if {
	is_number(port.port)
	port.port <= 80
	port.end >= 80
}

_covers_http({"port": "http", "end": "http"})

default _holds_metadata(_) := false

_holds_metadata(network) if net.cidr_contains(network, "169.254.169.254")

_holds_metadata(network) if value.unresolved(network)

# What is not known.

default _unknown_ports(_) := false

_unknown_ports(rule) if {
	some port in rule.ports
	value.unresolved(port.port)
}

_unknown_ports(rule) if {
	some port in rule.ports
	value.unresolved(port.end)
}

undecided contains {"artefact": rule.policy.artefact, "path": rule.ports_path, "reason": reason} if {
	some rule in _rules
	rule.opens != []
	some port in rule.ports
	some written in [port.port, port.end]
	why := written.unresolved
	reason := $"the value is not known: {why}"
}

undecided contains {"artefact": entry.artefact, "path": entry.path, "reason": reason} if {
	some entry in _written
	why := entry.value.unresolved
	reason := $"the value is not known: {why}"
}

# All that decides who is admitted, with its place.
_written := array.concat(
	[{"artefact": policy.artefact, "path": ["spec", key], "value": policy.value.spec[key]} |
		some policy in _policies
		some key in ["ingress", "egress", "policyTypes"]
	],
	array.concat(_written_peers, [{"artefact": peer.artefact, "path": array.concat(peer.path, steps), "value": object.get(peer.value, steps, null)} |
		some peer in _written_peers
		is_object(peer.value)
		some steps in [["ipBlock"], ["ipBlock", "cidr"]]
	]),
)

_written_peers := [{"artefact": policy.artefact, "path": ["spec", direction, index, _peers[direction], position], "value": peer} |
	some policy in _policies
	some direction in ["ingress", "egress"]
	some index, rule in policy.value.spec[direction]
	some position, peer in rule[_peers[direction]]
]
