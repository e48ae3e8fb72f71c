package mcp.controls.secrets.not_in_configmap_test

import data.mcp.controls.secrets.not_in_configmap as control

test_a_secret_is_found_by_key_and_length if {
	control.findings == {{
		"artefact": 0,
		"path": ["data", "api-token"],
		"message": "data.api-token is a secret in plain text (14 characters)",
	}} with input as _config_map([_entry({"class": "literal", "length": 14})])
}

test_each_form_is_told if {
	expected := {
		"data.api-token is a token of a provider or a private key (40 characters)": {"provider": true},
		"data.api-token is a placeholder in place of a Secret (40 characters)": {"placeholder": true},
		"data.api-token has a secret of 40 characters written in it": {"within": "url"},
		"data.api-token falls back to a secret of 40 characters": {"class": "default-literal", "variable": "X"},
		"data.api-token holds auth.password in plain text (40 characters)": {"inside": "auth.password"},
		"data.api-token holds auth.password in plain text (40 characters), and 2 more": {"inside": "auth.password", "more": 2},
		"data.api-token holds auth.password with a fallback of 40 characters": {"inside": "auth.password", "class": "default-literal"},
		"data.api-token holds auth.password with the variable PW, which the program does not expand": {"inside": "auth.password", "class": "unexpanded", "variable": "PW"},
		"data.api-token holds a password in a URL (40 characters)": {"inside": "a password in a URL", "within": "url"},
		"data.api-token holds the private half of a JSON web key": {"inside": "the private half of a JSON web key", "provider": true, "length": 0},
	}
	every message, more in expected {
		{found.message | some found in control.findings} == {message} with input as _config_map([_entry(object.union({"class": "literal", "length": 40}, more))])
	}
}

test_text_beside_a_variable_is_advice if {
	some found in control.findings with input as _config_map([_entry({"class": "mixed", "length": 6, "variable": "PART"})])
	found.level == "warn"
	found.message == "data.api-token has literal text beside the variable PART (6 characters)"
}

test_a_template_is_undecided if {
	result := control with input as _config_map([_entry({"class": "reference", "length": 0, "via": "template"})])
	result.findings == set()
	result.undecided == {{"artefact": 0, "path": ["data", "api-token"], "reason": "the value is not known: a template"}}
}

test_a_config_map_without_secrets_is_met if {
	result := control with input as {"artefacts": [{"kind": "kubernetes", "value": {"apiVersion": "v1", "kind": "ConfigMap"}}]}
	result.judged == {{"artefact": 0}}
	result.findings == set()
	result.undecided == set()
}

test_other_objects_are_not_judged if {
	control.judged == set() with input as {"artefacts": [{"kind": "kubernetes", "value": {"apiVersion": "v1", "kind": "Secret"}}]}
	control.judged == set() with input as {"artefacts": [{"kind": "kubernetes", "value": {"apiVersion": "example.io/v1", "kind": "ConfigMap"}}]}
}

_entry(fact) := object.union({"path": ["data", "api-token"], "name": "api-token"}, fact)

_config_map(secrets) := {"artefacts": [{"kind": "kubernetes", "value": {"apiVersion": "v1", "kind": "ConfigMap"}, "secrets": secrets}]}
