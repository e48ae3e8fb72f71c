package mcp.controls.net.compose_internal_network_test

import data.mcp.controls.net.compose_internal_network as control

file(services) := network_file(services, {})

network_file(services, networks) := {"artefacts": [{"kind": "compose", "value": {
	"networks": networks,
	"services": [object.union({"mark": "unmarked", "deployed": true, "program": "", "joins": ["default"]}, service) | some service in services],
}}]}

gateway(more) := object.union({"name": "gateway"}, more)

cache := {"name": "cache", "program": "redis"}

messages(given) := found if found := {each.message | some each in control.findings} with input as given

test_a_shared_network_is_met if {
	result := control with input as file([gateway({"depends_on": [{"service": "cache", "condition": "service_healthy"}]}), cache])
	result.findings == set()
	result.undecided == set()
	result.judged == {{"artefact": 0}}
}

test_a_dependency_without_a_network_is_found if {
	control.findings == {{
		"artefact": 0,
		"path": ["services", 0, "depends_on", 0],
		"message": "service gateway depends on cache and shares no network with it",
	}} with input as file([gateway({"depends_on": [{"service": "cache", "condition": "service_started", "apart": true}]}), cache])
}

test_a_job_that_has_ended_needs_no_network if {
	messages(file([gateway({"depends_on": [{"service": "cache", "condition": "service_completed_successfully", "apart": true}]}), cache])) == set()
}

test_an_exporter_of_the_host_is_on_its_network if {
	messages(file([gateway({"depends_on": [{"service": "node", "condition": "service_started", "apart": true}]}), {"name": "node", "program": "node-exporter"}])) == set()
}

test_where_variables_go if {
	messages(file([
		gateway({"connections": [
			{"variable": "DATABASE_URL", "why": "address", "host": "10.0.0.12"},
			{"variable": "MODEL_URL", "why": "host", "host": "host.docker.internal"},
			{"variable": "TOOLS_URL", "why": "public", "host": "tools.example.com", "to": "tools"},
			{"variable": "REDIS_URL", "why": "itself", "host": "localhost", "to": "cache"},
			{"variable": "QUEUE_URL", "to": "queue", "apart": true},
		]}),
		cache,
	])) == {
		"DATABASE_URL of service gateway goes to 10.0.0.12, an address and no service",
		"MODEL_URL of service gateway goes to host.docker.internal, which is the machine itself and no service",
		"TOOLS_URL of service gateway goes to tools.example.com, the public name of service tools",
		"REDIS_URL of service gateway goes to localhost, which is the container itself and not service cache",
		"QUEUE_URL of service gateway names queue, with which it shares no network",
	}
}

test_links_are_a_warning if {
	{[found.level, found.path[2]] | some found in control.findings} == {["warn", "links"]} with input as file([gateway({"links": ["cache"]}), cache])
}

test_a_store_beside_the_proxy_is_a_warning if {
	proxy := {"name": "edge", "program": "nginx", "joins": ["front", "back"]}
	store := object.union(cache, {"joins": ["back"]})
	{[found.level, found.message] | some found in control.findings} == {["warn", "store cache shares the network back with the proxy edge, and has none that is internal"]} with input as file([proxy, store])
	messages(network_file([proxy, store], {"back": {"internal": true}})) == set()
	messages(network_file([proxy, store], {"back": {"internal": "true"}})) == set()
	messages(network_file([proxy, store], {"back": {"external": true}})) == set()
	messages(file([object.union(proxy, {"joins": ["front"]}), store])) == set()
	count(messages(file([object.union(proxy, {"program": "web"}), store]))) == 0
	messages(file([proxy, object.union(store, {"oneshot": true})])) == set()
	count(control.findings) == 1 with input as file([object.union(proxy, {"program": "web"}), store]) with data.params.edge_services as ["edge"]
}

test_networks_that_are_not_known_are_not_judged if {
	unknown := {"name": "a", "mark": "unmarked", "deployed": true, "program": "", "network_mode": {"unresolved": "the variable MODE"}}
	result := control with input as {"artefacts": [{"kind": "compose", "value": {"services": [unknown, object.union(unknown, {"name": "b", "network_mode": "container:c"})]}}]}
	result.findings == set()
	{answer.reason | some answer in result.undecided} == {
		"the networks of service a are not known: the variable MODE",
		"the networks of service b are not known: it has those of something that is not in the file",
	}
}

test_one_service_alone_is_not_applicable if {
	result := control with input as file([cache])
	result.judged == set()
	count(result.inapplicable) == 1
}

env(facts) := {"artefacts": [object.union(
	{"kind": "env-file", "mark": "production", "value": {"variables": [{"name": "DATABASE_URL", "value": "x", "asks": [{"why": "address", "host": "10.0.0.12"}]}]}},
	facts,
)]}

test_env_files_are_judged if {
	control.findings == {{
		"artefact": 0,
		"path": ["variables", 0, "value"],
		"message": "DATABASE_URL goes to 10.0.0.12, an address and no service",
	}} with input as env({})
	messages(env({"mark": "development"})) == set()
	messages(env({"example": true})) == set()
}
