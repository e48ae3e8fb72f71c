package mcp.controls.tls.no_plaintext_listener_test

import data.mcp.controls.tls.no_plaintext_listener as control
import data.mcp.lib.testing

test_a_frontend_with_tls_is_met if {
	result := control with input as gateway([frontend({"tls": {"enabled": true}})], {})
	result.findings == set()
	result.undecided == set()
	result.judged == {{"artefact": 0}}
}

test_a_frontend_in_plain_text_is_found if {
	control.findings == {{
		"artefact": 0,
		"path": ["server", "frontends", 0, "config", "tls", "enabled"],
		"message": "frontend clients speaks plain text: config.tls.enabled is not true",
	}} with input as gateway([frontend({"port": 8443})], {})
}

test_only_true_is_tls_to_a_frontend if {
	every enabled in [false, "true", null, 1] {
		count(control.findings) == 1 with input as gateway([frontend({"tls": {"enabled": enabled}})], {})
	}
}

test_the_machine_itself_may_be_asked_in_plain_text if {
	every host in ["127.0.0.1", "::1", "localhost"] {
		control.findings == set() with input as gateway([frontend({"host": host})], {})
	}
	count(control.findings) == 1 with input as gateway([frontend({"host": "0.0.0.0"})], {})
}

test_tls_may_end_in_front if {
	control.findings == set() with input as gateway([frontend({})], {"tls_in_front": true})
	result := control with input as gateway([frontend({})], {"tls_in_front": "Gateway public was not given"})
	result.findings == set()
	{answer.reason | some answer in result.undecided} == {"whether TLS ends in front of frontend clients is not known: Gateway public was not given"}
	count(control.findings) == 1 with input as gateway([object.union(frontend({}), {"protocol": "tcp_binary"})], {"tls_in_front": true})
}

test_a_gateway_that_serves_nothing_is_found if {
	every given in [{}, {"server": {}}, {"server": {"frontends": []}}, {"server": {"frontends": [{"protocol": "http"}]}}, {"server": {"frontends": [{"protocol": "http", "enabled": false}]}}, {"server": {"frontends": {"a": "b"}}}, {"server": {"frontends": [null, {"protocol": 5, "enabled": true}]}}] {
		findings := control.findings with input as testing.config("bridge-gateway-config", given, {})
		{finding.path | some finding in findings} == {["server", "frontends"]}
	}
}

test_stdio_alone_is_not_applicable if {
	result := control with input as gateway([{"protocol": "stdio", "enabled": true}, {"protocol": "http"}], {})
	result.findings == set()
	result.judged == set()
	count(result.inapplicable) == 1
}

test_templates_are_undecided if {
	every given in [{"enabled": {"unresolved": "a template"}}, {"config": {"unresolved": "a template"}}, {"config": {"tls": {"enabled": {"unresolved": "a template"}}}}, {"config": {"host": {"unresolved": "a template"}}}] {
		result := control with input as gateway([object.union({"protocol": "http", "enabled": true}, given)], {})
		result.findings == set()
		count(result.undecided) == 1
	}
	result := control with input as testing.config("bridge-gateway-config", {"server": {"frontends": {"unresolved": "a template"}}}, {})
	result.findings == set()
	count(result.undecided) == 1
}

test_endpoints_of_the_router if {
	every url, found in {
		"wss://gateway.example/ws": 0, "tcps://gateway.example:8444": 0, "tcp+tls://gateway.example:8444": 0, "ws://localhost:8443/ws": 0, "ws://[::1]:8443": 0,
		"ws://gateway.example/ws": 1, "WS://gateway.example": 1, "tcp://10.0.0.7:8444": 1, "http://gateway.example": 1, "gateway.example": 0, "ws://u@127.0.0.1:8443": 0,
	} {
		count(control.findings) == found with input as testing.config("bridge-router-config", {"gateway_pool": {"endpoints": [{"url": url}]}}, {})
	}
	count(control.findings) == 1 with input as testing.config("bridge-router-config", {"gateway_pool": {"endpoints": [{"url": {"secret": {}, "masked": "ws://u:***@gateway.example"}}]}}, {})
}

test_ports_of_a_service if {
	control.findings == {{
		"artefact": 0,
		"path": ["services", 0, "ports", 0],
		"message": "service gateway publishes port 8050 in plain text",
	}} with input as service({}, {"binding": "all"}, 8050)
	every changed in [{"component": "redis"}, {"program": "nginx", "component": "proxy"}, {"mark": "development"}] {
		control.findings == set() with input as service(changed, {"binding": "all"}, 8050)
	}
	control.findings == set() with input as service({}, {"binding": "loopback"}, 8050)
	count(control.findings) == 1 with input as service({}, {"binding": "address"}, 8050)
	control.findings == set() with input as service({}, {"binding": "all", "protocol": "udp"}, 8050)
	control.findings == set() with input as service({}, {"binding": "all"}, 8050) with data.params as {"edge_services": ["gateway"]}
	every result in [control | some given in [service({}, {"binding": "all"}, 8443), service({}, {"binding": "unresolved", "unresolved": "the variable IP"}, 8050)]; control := decided(given)] {
		result.findings == set()
		count(result.undecided) == 1
	}
}

test_redirects_of_an_ingress if {
	every annotations, found in {
		{"nginx.ingress.kubernetes.io/ssl-redirect": "false"}: [""],
		{"nginx.ingress.kubernetes.io/ssl-redirect": "true"}: [],
		{"nginx.ingress.kubernetes.io/ssl-redirect": "false", "nginx.ingress.kubernetes.io/force-ssl-redirect": "true"}: [],
		{"nginx.ingress.kubernetes.io/ssl-redirect": "false", "nginx.ingress.kubernetes.io/force-ssl-redirect": "false"}: [""],
		{"nginx.ingress.kubernetes.io/force-ssl-redirect": "false"}: ["warn"],
		{"haproxy.org/ssl-redirect": "false"}: [""],
		{"kubernetes.io/ingress.allow-http": "true"}: [""],
		{"kubernetes.io/ingress.class": "gce"}: [""],
		{"kubernetes.io/ingress.class": "gce", "kubernetes.io/ingress.allow-http": "false"}: [],
		{"traefik.ingress.kubernetes.io/router.entrypoints": "web"}: [""],
		{"traefik.ingress.kubernetes.io/router.entrypoints": "websecure"}: [],
		{"traefik.ingress.kubernetes.io/router.entrypoints": "web,websecure"}: [""],
		{"traefik.ingress.kubernetes.io/router.entrypoints": "web", "traefik.ingress.kubernetes.io/router.middlewares": "mcp-redirect-https@kubernetescrd"}: [],
		{"traefik.ingress.kubernetes.io/router.entrypoints": "web", "traefik.ingress.kubernetes.io/router.tls": "true"}: [],
	} {
		findings := control.findings with input as ingress(annotations, [{"hosts": ["mcp.example"]}])
		[object.get(finding, "level", "") | some finding in findings] == found
	}
	findings := control.findings with input as ingress({"nginx.ingress.kubernetes.io/force-ssl-redirect": "false"}, [])
	[object.get(finding, "level", "") | some finding in findings] == [""]
}

test_a_frontend_config_and_templates_are_undecided if {
	every annotations in [
		{"kubernetes.io/ingress.class": "gce", "networking.gke.io/v1beta1.FrontendConfig": "redirect"},
		{"nginx.ingress.kubernetes.io/ssl-redirect": {"unresolved": "a template"}},
	] {
		result := control with input as ingress(annotations, [])
		result.findings == set()
		count(result.undecided) == 1
	}
}

test_load_balancers if {
	control.findings == {{
		"artefact": 0,
		"path": ["spec", "ports", 0],
		"message": "the load balancer offers port 80 in plain text",
	}} with input as balancer({}, {"port": 80})
	every port in [{"port": 443}, {"port": 8443}, {"port": 8080, "name": "https-api"}, {"port": 80, "appProtocol": "https"}, {"port": 8080, "protocol": "UDP"}] {
		control.findings == set() with input as balancer({}, port)
	}
	every port in [{"port": 8080}, {"port": 8081, "name": "http"}, {"port": 4444}] {
		count(control.findings) == 1 with input as balancer({}, port)
	}
	certificate := {"service.beta.kubernetes.io/aws-load-balancer-ssl-cert": "arn:aws:acm:x"}
	control.findings == set() with input as balancer(certificate, {"port": 80})
	ports := "service.beta.kubernetes.io/aws-load-balancer-ssl-ports"
	every listed, found in {"443": 1, "80,443": 0, "http": 0, "*": 0} {
		count(control.findings) == found with input as balancer(object.union(certificate, {ports: listed}), {"port": 80, "name": "http"})
	}
	control.findings == set() with input as balancer({"load-balancer.hetzner.cloud/http-redirect-http": "true"}, {"port": 80})
	count(control.findings) == 1 with input as balancer({"load-balancer.hetzner.cloud/http-redirect-http": "false"}, {"port": 80})
}

test_what_is_no_part_of_an_mcp_system_is_not_judged if {
	every facts in [{"subject": "other"}, {"subject": "support", "component": "proxy"}] {
		result := control with input as testing.with_facts(balancer({}, {"port": 80}), facts)
		result.findings == set()
		result.judged == set()
	}
	result := control with input as kubernetes({"kind": "Service", "metadata": {}, "spec": {"ports": [{"port": 80}]}})
	result.findings == set()
	count(result.inapplicable) == 1
}

gateway(frontends, facts) := testing.config("bridge-gateway-config", {"server": {"frontends": frontends}}, facts)

frontend(config) := {"name": "clients", "protocol": "websocket", "enabled": true, "config": config}

service(value, port, number) := testing.compose_service(
	object.union(
		{
			"component": "mcp-server",
			"ports": [object.union({"protocol": "tcp", "published": {"from": number, "to": number}, "target": {"from": number, "to": number}}, port)],
		},
		value,
	),
	{},
)

decided(given) := result if {
	findings := control.findings with input as given
	undecided := control.undecided with input as given
	result := {"findings": findings, "undecided": undecided}
}

kubernetes(value) := {"artefacts": [{"kind": "kubernetes", "value": value, "subject": "mcp", "component": "gateway"}]}

ingress(annotations, tls) := kubernetes({"kind": "Ingress", "metadata": {"annotations": annotations}, "spec": {"tls": tls}})

balancer(annotations, port) := kubernetes({"kind": "Service", "metadata": {"annotations": annotations}, "spec": {"type": "LoadBalancer", "ports": [port]}})
