package mcp.controls.secrets.no_plaintext_in_config_test

import data.mcp.controls.secrets.no_plaintext_in_config as control
import data.mcp.lib.testing

test_a_literal_is_found_by_key_and_length if {
	control.findings == {{
		"artefact": 0,
		"path": ["servers", 0, "api_key"],
		"message": "servers[0].api_key is written in the file (18 characters)",
	}} with input as _config({"class": "literal", "length": 18})
}

test_what_only_refers_is_met if {
	every class in ["empty", "reference", "default-empty"] {
		result := control with input as _config({"class": class, "length": 0})
		result.findings == set()
		result.judged == {{"artefact": 0}}
	}
}

test_every_other_class_is_found if {
	every class in ["default-literal", "mixed", "unexpanded"] {
		count(control.findings) == 1 with input as _config({"class": class, "length": 3, "variable": "NAME"})
	}
}

test_what_is_switched_off_is_advice if {
	some finding in control.findings with input as _config({"class": "literal", "length": 5, "off": true})
	finding.level == "warn"
}

test_a_configuration_in_a_secret_is_where_it_belongs if {
	result := control with input as testing.with_facts(_config({"class": "literal", "length": 5}), {"outer": {"kind": "kubernetes", "path": [], "object": "Secret"}})
	result.findings == set()
	result.judged == set()
	count(result.inapplicable) == 1
}

test_services_are_judged_by_environment_labels_and_build_arguments if {
	secret := {"name": "TOKEN", "value": {"secret": {"class": "literal", "length": 9}}}
	every value in [{"environment": [secret]}, {"labels": [secret]}, {"build": {"args": [secret]}}] {
		some finding in control.findings with input as testing.compose_service(value, {})
		finding.message == "TOKEN of service gateway is written in the file (9 characters)"
	}
	control.findings == set() with input as testing.compose_service({"environment": [{"name": "LOG", "value": "info"}]}, {})
}

test_commands_of_services_are_judged_by_their_options if {
	secret := {"secret": {"class": "literal", "length": 9}}
	url := {"secret": {"class": "literal", "length": 5, "within": "url"}}
	every message, words in {
		"--requirepass of service gateway is written in the file (9 characters)": ["redis-server", "--requirepass", object.union(secret, {"after": "--requirepass"})],
		"--token of service gateway is written in the file (9 characters)": [object.union(secret, {"option": "--token"})],
		"the command of service gateway is written in the file (9 characters)": ["-pSECRET", secret],
		"the command of service gateway has a secret of 5 characters written in it": ["--verbose", url],
	} {
		{finding.message | some finding in control.findings} == {message} with input as testing.compose_service({"command": {"form": "exec", "argv": words}}, {})
	}
}

test_a_placeholder_is_called_one if {
	some finding in control.findings with input as _config({"class": "literal", "length": 12, "placeholder": true})
	finding.message == "servers[0].api_key is a placeholder in the file (12 characters)"
}

test_a_place_without_the_name_of_the_secret_tells_it if {
	fact := {"path": ["env", 0, "value"], "name": "TOKEN", "class": "literal", "length": 9}
	some finding in control.findings with input as testing.helm_values({}, {"secrets": [fact]})
	finding.message == "env[0].value (TOKEN) is written in the file (9 characters)"
}

test_clients_are_judged_unless_git_does_not_know_them if {
	value := {"servers": [{"name": "git", "secrets": [{"path": ["env", "TOKEN"], "name": "TOKEN", "class": "literal", "length": 9}]}]}
	some finding in control.findings with input as testing.config("mcp-client-config", value, {})
	finding.path == ["servers", 0, "env", "TOKEN"]
	finding.message == "TOKEN of server git is written in the file (9 characters)"
	control.findings == set() with input as testing.config("mcp-client-config", value, {"tracked": false})
}

_config(fact) := testing.config("bridge-router-config", {}, {"secrets": [object.union({"path": ["servers", 0, "api_key"], "name": "api_key"}, fact)]})
