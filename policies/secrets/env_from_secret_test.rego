package mcp.controls.secrets.env_from_secret_test

import data.mcp.controls.secrets.env_from_secret as control
import data.mcp.lib.testing

test_a_literal_is_found_by_name_and_length if {
	control.findings == {{
		"artefact": 0,
		"path": ["spec", "containers", 0, "env", 0, "value"],
		"message": "API_TOKEN of container gateway has a literal value of 14 characters",
	}} with input as _secret({"class": "literal", "length": 14})
}

test_what_only_refers_is_met if {
	every fact in [
		{"class": "empty", "length": 0},
		{"class": "reference", "length": 0, "via": "variable", "variable": "ELSEWHERE"},
		{"class": "reference", "length": 0, "via": "file"},
		{"class": "reference", "length": 0, "via": "manager"},
		{"class": "default-empty", "length": 0, "via": "variable", "variable": "ELSEWHERE"},
	] {
		result := control with input as _secret(fact)
		result.findings == set()
		result.undecided == set()
		result.judged == {{"artefact": 0}}
	}
}

test_each_form_of_a_literal_is_told if {
	expected := {
		"API_TOKEN of container gateway has a literal with the form of a provider's token or a private key (40 characters)": {"provider": true},
		"API_TOKEN of container gateway has a placeholder in place of a Secret (40 characters)": {"placeholder": true},
		"API_TOKEN of container gateway has a secret of 40 characters written in its URL": {"within": "url"},
		"API_TOKEN of container gateway has a secret of 40 characters written in its connection string": {"within": "connection-string"},
		"API_TOKEN of container gateway falls back to a literal of 40 characters": {"class": "default-literal", "variable": "X"},
	}
	every message, more in expected {
		{found.message | some found in control.findings} == {message} with input as _secret(object.union({"class": "literal", "length": 40}, more))
	}
}

test_text_beside_a_variable_is_advice if {
	some found in control.findings with input as _secret({"class": "mixed", "length": 6, "via": "variable", "variable": "PART"})
	found.level == "warn"
}

test_a_variable_with_a_literal_value_is_no_secret if {
	entry := {"name": "API_TOKEN", "value": {"secret": {"class": "reference", "length": 0, "via": "variable", "variable": "PLAIN"}}}
	control.findings == {{
		"artefact": 0,
		"path": ["spec", "containers", 0, "env", 1, "value"],
		"message": "API_TOKEN of container gateway is taken from PLAIN, which has a literal value",
	}} with input as testing.container({"env": [{"name": "PLAIN", "value": "abc"}, entry]})
	count(control.findings) == 1 with input as testing.container({"env": [{"name": "PLAIN", "valueFrom": {"configMapKeyRef": {"name": "x"}}}, entry]})
	control.findings == set() with input as testing.container({"env": [{"name": "PLAIN", "valueFrom": {"secretKeyRef": {"name": "x", "key": "y"}}}, entry]})
}

test_a_config_map_is_no_source if {
	control.findings == {{
		"artefact": 0,
		"path": ["spec", "initContainers", 0, "env", 0, "valueFrom", "configMapKeyRef"],
		"message": "DB_PASSWORD of init container migrate comes from ConfigMap settings, not from a Secret",
	}} with input as testing.pod({"initContainers": [{
		"name": "migrate",
		"env": [{"name": "DB_PASSWORD", "secret": true, "valueFrom": {"configMapKeyRef": {"name": "settings", "key": "pw"}}}],
	}]})
}

test_other_sources_are_met if {
	every source in [{"secretKeyRef": {"name": "db", "key": "pw"}}, {"fieldRef": {"fieldPath": "metadata.name"}}, {"resourceFieldRef": {"resource": "limits.cpu"}}, null, "x"] {
		control.findings == set() with input as testing.container({"env": [{"name": "DB_PASSWORD", "secret": true, "valueFrom": source}]})
	}
}

test_odd_shapes_are_no_fault_of_ours if {
	every env in ["API_TOKEN=x", {"API_TOKEN": "x"}, [null, "x", 7, {"value": null}, {"name": 7, "value": {"secret": {"class": "literal", "length": 3}}}]] {
		control.judged == {{"artefact": 0}} with input as testing.container({"env": env})
	}
}

test_a_template_is_undecided if {
	result := control with input as _secret({"class": "reference", "length": 0, "via": "template"})
	result.findings == set()
	result.undecided == {{
		"artefact": 0,
		"path": ["spec", "containers", 0, "env", 0, "value"],
		"reason": "the value is not known: a template",
	}}
}

test_a_list_that_is_not_known_is_undecided if {
	every path in [["env"], ["env", 0], ["env", 0, "name"], ["env", 0, "valueFrom"]] {
		whole := array.concat(["spec", "containers", 0], path)
		count(control.undecided) == 1 with input as testing.unknown(testing.container({"env": []}), whole)
	}
	control.undecided == set() with input as testing.unknown(testing.container({"env": []}), ["spec", "containers", 0, "env", 0, "valueFrom", "secretKeyRef", "name"])
	control.undecided == set() with input as testing.unknown(testing.container({"env": []}), ["spec", "containers", 0, "image"])
}

_secret(fact) := testing.container({"env": [{"name": "API_TOKEN", "value": {"secret": fact}}]})
