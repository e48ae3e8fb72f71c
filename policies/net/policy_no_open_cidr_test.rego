package mcp.controls.net.policy_no_open_cidr_test

import data.mcp.controls.net.policy_no_open_cidr as control

test_open_block_on_metrics if {
	result := control with input as policy({"ingress": [{"from": [_open], "ports": [{"protocol": "TCP", "port": 9090}]}]})
	result.judged == {{"artefact": 0}}
	result.findings == {{
		"artefact": 0,
		"path": ["spec", "ingress", 0, "from", 0, "ipBlock", "cidr"],
		"message": "ingress admits 0.0.0.0/0 to port 9090",
	}}
}

test_rules_without_peers if {
	messages({"ingress": [{}]}, {}) == {"ingress admits every peer to all ports"}
	messages({"ingress": [{"from": [], "ports": [{"port": 80, "endPort": 90}, {"port": "web"}]}]}, {}) == {"ingress admits every peer to ports 80 to 90, web"}
	messages({"ingress": [{"from": [], "ports": [{"port": 80, "endPort": 90}]}]}, {}) == {"ingress admits every peer to ports 80 to 90"}
	messages({"ingress": [{"from": null, "ports": [{"protocol": "TCP"}]}]}, {}) == {"ingress admits every peer to all ports"}
}

test_named_peers_are_met if {
	messages({"ingress": [{"from": [{"namespaceSelector": {}}, {"ipBlock": {"cidr": "10.0.0.0/8"}}]}]}, {}) == set()
	messages({"ingress": []}, {}) == set()
	messages({}, {}) == set()
}

test_except_and_ipv6_do_not_save if {
	messages({"ingress": [{"from": [{"ipBlock": {"cidr": "0.0.0.0/0", "except": ["10.0.0.0/8"]}}, {"ipBlock": {"cidr": "::/0"}}]}]}, {}) == {
		"ingress admits 0.0.0.0/0 to all ports",
		"ingress admits ::/0 to all ports",
	}
}

test_only_active_directions if {
	messages({"policyTypes": ["Egress"], "ingress": [{}]}, {}) == set()
	messages({"policyTypes": ["Ingress"], "egress": [{}]}, {}) == set()
	messages({"policyTypes": [], "ingress": [{}]}, {}) == {"ingress admits every peer to all ports"}
}

test_proxy_is_for_everybody if {
	messages({"ingress": [{}]}, {"selects": ["proxy"]}) == set()
	count(messages({"ingress": [{}]}, {"selects": ["gateway", "proxy"]})) == 1
	named := with_facts(policy({"ingress": [{}]}), {"component": "proxy", "policy": facts({"selects": []})})
	control.findings == set() with input as named
}

test_public_port_of_a_load_balancer if {
	rule := {"ingress": [{"from": [_open], "ports": [{"port": 8443}]}]}
	messages(rule, {"public_ports": [8443]}) == set()
	messages(rule, {"public_ports": ["https"]}) == set()
	messages(rule, {"public_ports": []}) == {"ingress admits 0.0.0.0/0 to port 8443"}
	messages({"ingress": [{"from": [_open], "ports": [{"port": 10443}]}]}, {"public_ports": [10443]}) == set()
	messages({"ingress": [{"from": [_open], "ports": [{"port": 8080}]}]}, {"public_ports": [8080]}) == {"ingress admits 0.0.0.0/0 to port 8080"}
	count(messages({"ingress": [{"from": [_open], "ports": [{"port": 8443}, {"port": 9090}]}]}, {"public_ports": [8443]})) == 1
	count(messages({"ingress": [{"from": [_open], "ports": [{"port": 443, "endPort": 9000}]}]}, {"public_ports": [443]})) == 1
	count(messages({"ingress": [{"from": [_open]}]}, {"public_ports": [443]})) == 1
}

test_a_load_balancer_may_be_missing if {
	result := control with input as with_facts(
		policy({"ingress": [{"from": [_open], "ports": [{"port": 443}]}, {"from": [_open], "ports": [{"port": 9090}]}]}),
		{"policy": facts({"whole": false})},
	)
	{answer.path[2] | some answer in result.undecided} == {0}
	{answer.path[2] | some answer in result.findings} == {1}
}

test_webhook_of_an_operator if {
	messages({"ingress": [{"ports": [{"port": 9443}]}]}, {"selects": ["operator"]}) == set()
	count(messages({"ingress": [{"ports": [{"port": 9443}]}]}, {"selects": ["gateway"]})) == 1
	count(messages({"ingress": [{"ports": [{"port": 8080}]}]}, {"selects": ["operator"]})) == 1
}

test_egress_to_everywhere_is_a_warning if {
	levels({"egress": [{}]}) == {"warn"}
	levels({"egress": [{"ports": [{"port": 5432}]}]}) == {"warn"}
	levels({"egress": [{"to": [_open], "ports": [{"port": 5432}]}]}) == {"warn"}
	levels({"egress": [{"to": [_open], "ports": [{"port": 443}, {"port": 6443}, {"protocol": "UDP", "port": 53}]}]}) == set()
	levels({"egress": [{"ports": [{"port": 53}]}]}) == set()
}

test_metadata_service_is_left_out if {
	levels({"egress": [{"to": [_open]}]}) == {"fault"}
	levels({"egress": [{"to": [_open], "ports": [{"port": 80}, {"port": 443}]}]}) == {"fault"}
	levels({"egress": [{"to": [_open], "ports": [{"port": 1, "endPort": 65535}]}]}) == {"fault"}
	levels({"egress": [{"to": [{"ipBlock": {"cidr": "0.0.0.0/0", "except": ["10.0.0.0/8"]}}]}]}) == {"fault"}
	levels({"egress": [{"to": [{"ipBlock": {"cidr": "0.0.0.0/0", "except": ["169.254.0.0/16"]}}]}]}) == {"warn"}
	levels({"egress": [{"to": [{"ipBlock": {"cidr": "0.0.0.0/0", "except": ["169.254.169.254/32"]}}]}]}) == {"warn"}
	levels({"egress": [{"to": [{"ipBlock": {"cidr": "0.0.0.0/0", "except": [{"unresolved": "a template"}]}}]}]}) == {"warn"}
	levels({"egress": [{"to": [{"ipBlock": {"cidr": "::/0"}}]}]}) == {"warn"}
}

test_unknown_values_are_undecided if {
	places({"ingress": {"unresolved": "a template"}}) == {["spec", "ingress"]}
	places({"ingress": [{"from": [{"ipBlock": {"cidr": {"unresolved": "a template"}}}]}]}) == {["spec", "ingress", 0, "from", 0, "ipBlock", "cidr"]}
	places({"ingress": [{"from": [_open], "ports": [{"port": {"unresolved": "a template"}}]}]}) == {["spec", "ingress", 0, "ports"]}
	places({"ingress": [{"from": [{"unresolved": "a template"}]}]}) == {["spec", "ingress", 0, "from", 0]}
}

test_cilium if {
	rule := {"endpointSelector": {}, "ingress": [
		{"fromCIDR": ["0.0.0.0/0"], "toPorts": [{"ports": [{"port": "9090", "protocol": "TCP"}]}]},
		{"fromCIDRSet": [{"cidr": "0.0.0.0/0", "except": ["10.0.0.0/8"]}]},
		{"fromEntities": ["cluster", "world"], "toPorts": [{"ports": [{"port": "0"}]}]},
		{"toPorts": [{"ports": [{"port": "metrics"}]}]},
		{"fromEndpoints": [{}]},
		{},
	]}
	result := control with input as cilium({"spec": rule})
	{[finding.path[2], finding.message] | some finding in result.findings} == {
		[0, "ingress admits 0.0.0.0/0 to port 9090"],
		[1, "ingress admits 0.0.0.0/0 to all ports"],
		[2, "ingress admits the entity world to all ports"],
		[3, "ingress admits every peer to port metrics"],
	}
	listed := control with input as cilium({"specs": [{"egress": [{"toCIDR": ["0.0.0.0/0"]}]}]})
	{finding.path | some finding in listed.findings} == {["specs", 0, "egress", 0, "toCIDR", 0]}
}

test_other_policies_are_not_judged if {
	control.judged == set() with input as {"artefacts": [{"kind": "kubernetes", "value": {"kind": "NetworkPolicy", "spec": {"ingress": [{}]}}, "policy": facts({})}]}
	control.judged == set() with input as {"artefacts": [{"kind": "kubernetes", "value": {"kind": "Service"}, "subject": "mcp"}]}
}

# Wrong types say nothing and break nothing.
test_odd_shapes if {
	messages({"ingress": "all"}, {}) == set()
	messages({"ingress": [null, "all", {"from": "x", "ports": "y"}]}, {}) == set()
	levels({"egress": [{"to": [{"ipBlock": {"cidr": "0.0.0.0/0", "except": ["none", 5]}}]}]}) == {"fault"}
}

_open := {"ipBlock": {"cidr": "0.0.0.0/0"}}

facts(more) := object.union({"selects": ["gateway"], "public_ports": [], "whole": true}, more)

policy(spec) := {"artefacts": [{
	"kind": "kubernetes",
	"value": {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "example"}, "spec": spec},
	"subject": "mcp",
	"policy": facts({}),
}]}

cilium(fields) := {"artefacts": [{
	"kind": "kubernetes",
	"value": object.union({"apiVersion": "cilium.io/v2", "kind": "CiliumNetworkPolicy"}, fields),
	"subject": "support",
	"policy": facts({}),
}]}

with_facts(original, more) := {"artefacts": [object.union(artefact, more) | some artefact in original.artefacts]}

messages(spec, more) := {finding.message | some finding in found} if {
	found := control.findings with input as with_facts(policy(spec), {"policy": facts(more)})
}

levels(spec) := {object.get(finding, "level", "fault") | some finding in found} if {
	found := control.findings with input as policy(spec)
}

places(spec) := {answer.path | some answer in found} if {
	found := control.undecided with input as policy(spec)
}
