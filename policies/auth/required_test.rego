package mcp.controls.auth.required_test

import data.mcp.controls.auth.required as control
import data.mcp.lib.testing

test_hangar_without_auth_is_open if {
	control.findings == {{
		"artefact": 0,
		"path": ["auth", "enabled"],
		"message": "authentication is off: auth.enabled is not set, and everybody is let in",
	}} with input as testing.config("hangar-config", {"mcp_servers": {}}, {})
}

test_hangar_with_keys_or_oidc_is_met if {
	every auth in [
		{"enabled": true},
		{"enabled": true, "allow_anonymous": false, "api_key": {"enabled": true}},
		{"enabled": true, "api_key": {"enabled": false}, "oidc": {"enabled": true, "issuer": "https://id.example"}},
		{"enabled": true, "api_key": {"enabled": false}, "oidc": {"enabled": true, "issuers": [{"issuer": "https://id.example"}]}},
	] {
		result := control with input as testing.config("hangar-config", {"auth": auth}, {})
		result.findings == set()
		result.undecided == set()
		result.judged == {{"artefact": 0}}
	}
}

test_hangar_that_lets_somebody_in_is_found if {
	every path, auth in {
		"enabled": {"enabled": false},
		"allow_anonymous": {"enabled": true, "allow_anonymous": true},
		"api_key": {"enabled": true, "api_key": {"enabled": false}},
		"api_key.enabled": {"enabled": true, "api_key": {"enabled": false}, "oidc": {"enabled": true}},
	} {
		findings := control.findings with input as testing.config("hangar-config", {"auth": auth}, {})
		count(findings) == 1
		some finding in findings
		startswith(concat(".", array.slice(finding.path, 1, 9)), path)
	}
}

test_a_variable_is_undecided if {
	every auth in [
		{"unresolved": "the variable AUTH"},
		{"enabled": {"unresolved": "the variable AUTH"}},
		{"enabled": true, "allow_anonymous": {"unresolved": "the variable OPEN"}},
		{"enabled": true, "api_key": {"enabled": false}, "oidc": {"enabled": {"unresolved": "the variable OIDC"}, "issuer": "https://id.example"}},
		{"enabled": true, "api_key": {"enabled": {"unresolved": "the variable KEYS"}}},
	] {
		result := control with input as testing.config("hangar-config", {"auth": auth}, {})
		result.findings == set()
		count(result.undecided) == 1
	}
}

# Python's truth: any text is on, so that a switch in quotes or a variable's fallback cannot switch anything off.
test_a_text_is_on_whatever_it_says if {
	every text in ["true", "false", "no"] {
		control.findings == set() with input as testing.config("hangar-config", {"auth": {"enabled": text}}, {})
		open := {"enabled": true, "allow_anonymous": text}
		{finding.message | some finding in control.findings} == {$"callers without a credential are let in: auth.allow_anonymous is the text {text}, which is on to Hangar"} with input as testing.config("hangar-config", {"auth": open}, {})
	}
	every off in [0, "", [], {}] {
		count(control.findings) == 1 with input as testing.config("hangar-config", {"auth": {"enabled": off}}, {})
	}
}

test_an_issuer_that_is_empty_is_none if {
	every oidc in [{"enabled": true, "issuer": null}, {"enabled": true, "issuer": ""}, {"enabled": true, "issuers": []}, {"enabled": true, "issuers": ["text"]}] {
		auth := {"enabled": true, "api_key": {"enabled": false}, "oidc": oidc}
		count(control.findings) == 1 with input as testing.config("hangar-config", {"auth": auth}, {})
	}
}

test_only_processes_on_stdio_are_not_served if {
	stdio := {"container": "hangar", "command": ["mcp-hangar"], "args": ["serve"]}
	result := control with input as testing.config("hangar-config", {}, {"consumers": [stdio]})
	result.findings == set()
	count(result.inapplicable) == 1
	every other in [
		{"command": ["mcp-hangar"], "args": [], "mcp_mode": {"unresolved": "a value from elsewhere"}},
		{"command": ["mcp-hangar"], "args": [{"unresolved": "a template"}]},
		{"command": [], "args": {"unresolved": "a template"}},
	] {
		unsure := control with input as testing.config("hangar-config", {}, {"consumers": [stdio, other]})
		unsure.findings == set()
		unsure.inapplicable == set()
		unsure.judged == set()
		count(unsure.undecided) == 1
		open := control with input as testing.config("hangar-config", {"auth": {"enabled": true, "allow_anonymous": true}}, {"consumers": [stdio, other]})
		open.findings == set()
		count(open.undecided) == 1
		closed := control with input as testing.config("hangar-config", {"auth": {"enabled": true}}, {"consumers": [stdio, other]})
		closed.undecided == set()
		closed.judged == {{"artefact": 0}}
	}
	every consumer in [
		{"command": [], "args": []},
		{"container": "copy", "image": "busybox", "command": ["cp", "/in/config.yaml", "/out"], "args": []},
		{"command": [], "args": ["serve", "--http"]},
		{"command": ["sh", "-c", "mcp-hangar serve --http"], "args": []},
		{"command": ["mcp-hangar"], "args": [], "mcp_mode": "http"},
		{"command": ["mcp-hangar"], "args": [], "mcp_mode": " True "},
	] {
		count(control.findings) == 1 with input as testing.config("hangar-config", {}, {"consumers": [stdio, consumer]})
	}
}

test_the_chart_renders_its_auth if {
	count(control.findings) == 1 with input as testing.helm_values({"auth": {}}, {"chart": "mcp-hangar"})
	control.findings == set() with input as testing.helm_values({"auth": {"enabled": true}}, {"chart": "mcp-hangar"})
	control.findings == set() with input as testing.helm_values({}, {"chart": "other"})
}

test_an_overlay_says_only_what_it_sets if {
	overlay := {"chart": "mcp-hangar", "overlay": true}
	silent := control with input as testing.helm_values({"replicaCount": 2}, overlay)
	silent.findings == set()
	silent.judged == set()
	partly := control with input as testing.helm_values({"auth": {"api_key": {}}}, overlay)
	partly.findings == set()
	count(partly.undecided) == 1
	count(control.findings) == 1 with input as testing.helm_values({"auth": {"enabled": false}}, overlay)
}

test_bridge_without_a_provider_uses_jwt if {
	every config in [{}, {"auth": {}}, {"auth": {"provider": null}}, {"auth": {"provider": "jwt"}}] {
		result := control with input as testing.config("bridge-gateway-config", config, {})
		result.findings == set()
		result.judged == {{"artefact": 0}}
	}
}

test_an_empty_or_unknown_provider_is_found if {
	every provider, message in {
		"": "authentication is off: auth.provider is empty",
		"oauth2": "auth.provider oauth2 is refused when the gateway starts",
	} {
		control.findings == {{"artefact": 0, "path": ["auth", "provider"], "message": message}} with input as testing.config("bridge-gateway-config", {"auth": {"provider": provider}}, {})
	}
}

test_a_provider_that_is_no_text_is_found if {
	every provider in [false, true, 1, ["jwt"]] {
		count(control.findings) == 1 with input as testing.config("bridge-gateway-config", {"auth": {"provider": provider}}, {})
	}
}

test_a_provider_from_a_template_is_undecided if {
	result := control with input as testing.config("bridge-gateway-config", {"auth": {"provider": {"unresolved": "a template"}}}, {})
	result.findings == set()
	count(result.undecided) == 1
}

test_auth_from_a_template_is_undecided if {
	result := control with input as testing.config("bridge-gateway-config", {"auth": {"unresolved": "a template"}}, {})
	result.findings == set()
	result.judged == set()
	count(result.undecided) == 1
}

test_a_stdio_frontend_that_is_off_serves_nobody if {
	frontend := {"protocol": "stdio", "config": {"enabled": false, "modes": [{"type": "named_pipes"}]}}
	control.findings == set() with input as testing.config("bridge-gateway-config", {"server": {"frontends": [frontend]}}, {})
}

test_stdio_frontends_are_closed_by_the_socket_alone if {
	every mode in [{"type": "stdin_stdout"}, {"type": "unix_socket"}, {"type": "unix_socket", "permissions": "0660"}, {"type": "unix_socket", "permissions": "600"}, {"type": "unix_socket", "permissions": ""}] {
		control.findings == set() with input as _stdio(mode)
	}
	every mode in [{"type": "named_pipes"}, {"type": "unix_socket", "permissions": "0666"}, {"type": "unix_socket", "permissions": "0770"}] {
		count(control.findings) == 1 with input as _stdio(mode)
	}
}

_stdio(mode) := testing.config("bridge-gateway-config", {"server": {"frontends": [{"protocol": "stdio", "enabled": true, "config": {"modes": [mode]}}]}}, {})

test_the_bridge_chart_is_open_unless_configured if {
	count(control.findings) == 1 with input as testing.helm_values({"gateway": {}}, {"chart": "mcp-bridge"})
	control.findings == set() with input as testing.helm_values({"gateway": {"config": {"data": "auth: {}"}}}, {"chart": "mcp-bridge"})
	control.findings == set() with input as testing.helm_values({"gateway": {}}, {"chart": "mcp-bridge", "overlay": true})
}
