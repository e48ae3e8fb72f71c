package mcp.controls.config.no_inert_keys_test

import data.mcp.controls.config.no_inert_keys as control
import data.mcp.lib.testing

test_a_setting_that_nothing_applies_is_found if {
	control.findings == {{
		"artefact": 0,
		"path": ["rate_limit"],
		"message": "rate_limit is configured but without effect: a proxy in front of the gateway can limit requests",
	}} with input as _gateway({"rate_limit": {"enabled": true}})
}

test_beside_one_that_applies_it_is_advice if {
	frontends := [{"config": {"tls": {"enabled": true}, "max_connections": 100}}]
	findings := control.findings with input as _gateway({"server": {"tls": {"enabled": true}, "max_connections": 5, "frontends": frontends}})
	findings == {
		{
			"artefact": 0,
			"level": "warn",
			"labels": ["tls"],
			"path": ["server", "tls"],
			"message": "server.tls has no effect: config.tls of each frontend decides",
		},
		{
			"artefact": 0,
			"level": "warn",
			"path": ["server", "max_connections"],
			"message": "server.max_connections has no effect: max_connections of each frontend decides",
		},
	}
}

test_tls_of_a_frontend_that_is_off_does_not_apply if {
	findings := control.findings with input as _gateway({"server": {"tls": {}, "frontends": [{"config": {"tls": {"enabled": false}}}]}})
	[finding.labels | some finding in findings; not finding.level] == [["tls"]]
}

test_keys_inside_frontends_and_servers_are_found if {
	some finding in control.findings with input as _gateway({"server": {"frontends": [{}, {"config": {"tls": {"min_version": "1.3"}}}]}})
	finding.path == ["server", "frontends", 1, "config", "tls", "min_version"]
	some other in control.findings with input as _hangar({"mcp_servers": {"a": {"health_check_interval_s": 30}}})
	other.path == ["mcp_servers", "a", "health_check_interval_s"]
}

test_every_entry_tells_what_decides if {
	every kind in ["bridge-gateway-config", "bridge-router-config", "hangar-config"] {
		every _, entries in data.inert_keys[kind] {
			every entry in entries {
				count([key | some key in ["instead", "nothing"]; entry[key]]) == 1
			}
		}
	}
	every _, names in data.inert_environment.names {
		every _, entry in names {
			count([key | some key in ["instead", "nothing", "unless"]; entry[key]]) == 1
		}
	}
}

test_members_of_groups_and_values_of_the_chart_are_found if {
	some finding in control.findings with input as _hangar({"mcp_servers": {"all": {"mode": "group", "members": [{"id": "a"}, {"id": "b", "health_check_interval_s": 30}]}}})
	finding.path == ["mcp_servers", "all", "members", 1, "health_check_interval_s"]
	values := testing.helm_values({"mcp_servers": {"a": {"health_check_interval_s": 30}}}, {"chart": "mcp-hangar", "version": "2.13"})
	some other in control.findings with input as values
	other.path == ["mcp_servers", "a", "health_check_interval_s"]
}

test_the_command_of_a_service_decides_the_level_of_the_log if {
	service := {"image": "mcp-bridge-gateway:1", "command": {"form": "exec", "argv": ["--log-level", "info"]}, "environment": [{"name": "LOG_LEVEL"}]}
	some finding in control.findings with input as testing.compose_service(service, {})
	finding.level == "warn"
}

test_the_store_of_keys_is_inert_beside_a_backend_only if {
	control.findings == set() with input as _hangar({"auth": {"storage": {"driver": "sqlite"}}})
	some finding in control.findings with input as _hangar({"auth": {"storage": {"driver": "sqlite"}}, "persistence": {"backend": "postgresql"}})
	finding.level == "warn"
}

test_the_flag_of_the_container_decides_the_level_of_the_log if {
	consumers := {"consumers": [{"command": [], "args": ["--log-level=info"]}]}
	some finding in control.findings with input as testing.with_facts(_gateway({"logging": {"level": "info"}}), consumers)
	finding.level == "warn"
}

test_a_variable_of_a_known_program_is_found if {
	some finding in control.findings with input as _container({"image": "ghcr.io/mcp-hangar/mcp-hangar:2.13.0", "env": [{"name": "LOG_LEVEL", "value": "info"}]})
	finding == {
		"artefact": 0,
		"path": ["spec", "containers", 0, "env", 0],
		"message": "LOG_LEVEL of container gateway is set and read by nothing: what decides is MCP_LOG_LEVEL",
	}
}

test_beside_the_one_that_is_read_it_is_advice if {
	env := [{"name": "LOG_LEVEL", "value": "info"}, {"name": "MCP_LOG_LEVEL", "value": "INFO"}]
	some finding in control.findings with input as _container({"image": "mcp-hangar", "env": env})
	finding.level == "warn"
	some other in control.findings with input as _container({"image": "mcp-bridge-gateway:1.0.0", "args": ["--log-level", "info"], "env": [{"name": "LOG_LEVEL"}]})
	other.level == "warn"
}

test_other_programs_read_what_they_like if {
	every image in ["registry.example/search:1.0", "ghcr.io/agentic/mcp-gateway:v0.1.0"] {
		result := control with input as _container({"image": image, "env": [{"name": "LOG_LEVEL"}]})
		result.findings == set()
		result.judged == set()
	}
}

test_a_container_alone_is_what_its_pod_is if {
	known := testing.with_facts(_container({"image": "registry.example/edge:1", "env": [{"name": "LOG_LEVEL"}]}), {"component": "gateway", "system": "bridge"})
	count(control.findings) == 1 with input as known
	control.findings == set() with input as testing.with_facts(known, {"system": "openmcp"})
}

test_the_jwt_variable_may_be_the_one_that_is_named if {
	result := control with input as _container({"image": "mcp-bridge-gateway:1.0.0", "env": [{"name": "MCP_JWT_SECRET_KEY"}]})
	result.findings == set()
	count(result.undecided) == 1
}

test_services_and_values_are_judged_by_their_environment if {
	some finding in control.findings with input as testing.compose_service({"image": "mcp-gateway:v1.0.0", "environment": [{"name": "REDIS_URL", "value": "x"}]}, {})
	finding.path == ["services", 0, "environment", 0]
	some listed in control.findings with input as testing.helm_values({"extraEnv": [{"name": "LOG_LEVEL"}]}, {"chart": "mcp-hangar"})
	listed.path == ["extraEnv", 0]
	some mapped in control.findings with input as testing.helm_values({"router": {"env": {"MCP_GATEWAY_URL": "x"}}}, {"chart": "mcp-bridge"})
	mapped.path == ["router", "env", "MCP_GATEWAY_URL"]
}

test_an_env_file_is_judged_by_the_names_of_the_stack_alone if {
	control.findings == {{
		"artefact": 0,
		"path": ["variables", 1],
		"message": "MCP_REQUIRE_AUTH of the stack is set and read by nothing: what decides is the code of the server or the proxy in front of it",
	}} with input as testing.env_file(["LOG_LEVEL", "MCP_REQUIRE_AUTH"])
	control.judged == set() with input as testing.env_file(["LOG_LEVEL", "REDIS_URL"])
}

_gateway(value) := testing.config("bridge-gateway-config", value, {"version": "1.0.0"})

_hangar(value) := testing.config("hangar-config", value, {"version": "2.13"})

_container(value) := testing.container(value)
