package mcp.controls.secrets.no_placeholders_test

import data.mcp.controls.secrets.no_placeholders as control
import data.mcp.lib.testing

test_a_placeholder_is_found_by_key_and_length if {
	control.findings == {{
		"artefact": 0,
		"case": "jwt-key",
		"path": ["variables", 0, "value"],
		"message": "JWT_SECRET_KEY is a placeholder (23 characters)",
	}} with input as _env({}, [_secret("JWT_SECRET_KEY", "literal")], [])
	{[finding.case, finding.message] | some finding in control.findings} == {["secret", "DB_PASSWORD falls back to a placeholder (23 characters)"]} with input as _env({}, [_secret("DB_PASSWORD", "default-literal")], [])
}

test_other_secrets_are_met if {
	result := control with input as _env({}, [{"path": ["variables", 0, "value"], "name": "DB_PASSWORD", "class": "reference", "length": 0}], [])
	result.findings == set()
	result.judged == {{"artefact": 0, "case": "secret"}, {"artefact": 0, "case": "value"}}
}

test_examples_are_not_judged if {
	result := control with input as _env({"example": true}, [_secret("DB_PASSWORD", "literal")], [_value("URL", "host")])
	result.findings == set()
	result.judged == set()
}

test_every_placeholder_counts_in_an_env_file if {
	every what in ["marked", "word", "host"] {
		some finding in control.findings with input as _env({}, [], [_value("PUBLIC_NAME", what)])
		finding.case == "value"
		not finding.level
	}
	some finding in control.findings with input as _env({"mark": "development"}, [], [_value("PUBLIC_NAME", "marked")])
	finding.level == "warn"
}

test_the_address_of_a_webhook_is_a_secret if {
	some finding in control.findings with input as _env({}, [], [_value("SLACK_WEBHOOK_URL", "marked")])
	finding.case == "secret"
}

test_elsewhere_it_is_advice if {
	every facts in [_value("TENANT", "marked"), _value("publicUrl", "host"), _value("hosts", "host")] {
		some finding in control.findings with input as testing.helm_values({}, {"placeholders": [facts]})
		finding.level == "warn"
	}
	every facts in [_value("name", "word"), _value("mail", "host"), object.union(_value("TENANT", "marked"), {"off": true})] {
		control.findings == set() with input as testing.helm_values({}, {"placeholders": [facts]})
	}
}

test_a_secret_with_a_placeholder_of_any_name if {
	value := {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "x"}}
	some finding in control.findings with input as {"artefacts": [{"kind": "kubernetes", "value": value, "placeholders": [{"path": ["stringData", "user"], "name": "user", "what": "marked"}]}]}
	finding.case == "value"
	not finding.level
}

test_services_of_development_are_advice if {
	some finding in control.findings with input as testing.compose_service(
		{"mark": "development", "environment": [{"name": "TOKEN", "value": {"secret": {"class": "literal", "length": 9, "placeholder": true}}}]},
		{},
	)
	finding.level == "warn"
}

_env(facts, secrets, placeholders) := testing.with_facts(testing.env_file([]), object.union({"secrets": secrets, "placeholders": placeholders}, facts))

_secret(name, class) := {"path": ["variables", 0, "value"], "name": name, "class": class, "length": 23, "placeholder": true}

_value(name, what) := {"path": ["variables", 0, "value"], "name": name, "what": what}
