package mcp.controls.secrets.compose_docker_secrets_test

import data.mcp.controls.secrets.compose_docker_secrets as control

test_a_variable_with_a_secret_is_found if {
	every class in ["literal", "default-literal", "default-empty", "mixed"] {
		control.findings == {{
			"artefact": 0,
			"path": ["services", 0, "environment", 0],
			"message": "service gateway gets TOKEN by its environment",
		}} with input as _service({"environment": [{"name": "TOKEN", "value": {"secret": {"class": class, "length": 9}}}]})
	}
	fact := {"class": "reference", "length": 0, "via": "variable", "variable": "X", "within": "url"}
	some finding in control.findings with input as _service({"environment": [{"name": "DATABASE_URL", "value": {"secret": fact}}]})
	finding.message == "service gateway gets DATABASE_URL by its environment, with the password in an address"
}

test_what_only_refers_is_met if {
	every fact in [{"class": "empty"}, {"class": "reference", "via": "file"}, {"class": "reference", "via": "manager"}] {
		result := control with input as _service({"environment": [{"name": "TOKEN", "value": {"secret": fact}}]})
		result.findings == set()
		result.judged == {{"artefact": 0}}
	}
}

test_a_template_is_undecided if {
	result := control with input as _service({"environment": [{"name": "TOKEN", "value": {"secret": {"class": "reference", "via": "template"}}}]})
	result.findings == set()
	count(result.undecided) == 1
}

test_only_files_for_production_are_judged if {
	every mark in ["unmarked", "development"] {
		result := control with input as {"artefacts": [{"kind": "compose", "value": {"mark": mark, "services": [_with({"environment": [{"name": "TOKEN", "value": {"secret": {"class": "literal"}}}]})]}}]}
		result.findings == set()
		result.judged == set()
		count(result.inapplicable) == 1
	}
}

test_files_below_run_secrets_are_read if {
	_messages(_service({"environment": [{"name": "POSTGRES_PASSWORD_FILE", "value": "/run/secrets/db"}], "secrets": ["db"]})) == set()
	_messages(_service({"environment": [{"name": "POSTGRES_PASSWORD_FILE", "value": "/run/secrets/db"}], "secrets": [{"source": "db"}]})) == set()
	_messages(_service({"environment": [{"name": "TOKEN_FILE", "value": "/etc/token"}], "secrets": [{"source": "db", "target": "/etc/token"}]})) == set()
	_messages(_service({"environment": [{"name": "CERT_FILE", "value": "/etc/tls/cert.pem"}]})) == set()
	_messages(_service({"environment": [{"name": "POSTGRES_PASSWORD_FILE", "value": "/run/secrets/db"}]})) == {"POSTGRES_PASSWORD_FILE of service gateway points to a secret that the service does not list"}
	_messages(_service({"environment": [{"name": "TOKEN_FILE", "value": "/etc/token"}]})) == {"TOKEN_FILE of service gateway points outside /run/secrets"}
}

test_each_image_spells_it_in_its_way if {
	every program, name in {"grafana": "GF_SECURITY_ADMIN_PASSWORD_FILE", "postgres": "POSTGRES_PASSWORD__FILE"} {
		count(_messages(_service({"program": program, "environment": [{"name": name, "value": "/run/secrets/db"}], "secrets": ["db"]}))) == 1
	}
}

test_what_is_listed_is_declared_and_comes_from_somewhere if {
	_messages(_service({"secrets": ["other"]})) == {"service gateway lists the secret other, which the file does not declare"}
	_messages(_project([_with({})], {"db": {"name": "x"}})) == {"secret db comes neither from a file nor from outside"}
	_messages(_project([_with({})], {"db": {"external": true}, "key": {"environment": "KEY"}})) == set()
}

test_the_stack_declares_its_three_secrets if {
	stack := _project([_with({"name": "mcp-system"})], {"db_password": {"file": "./a"}})
	{finding.labels | some finding in control.findings} == {["grafana_password"], ["jwt_secret"]} with input as stack
}

test_an_image_that_reads_no_file_is_excused if {
	service := _service({"reference": {"repository": "acme/gateway"}, "environment": [{"name": "TOKEN", "value": {"secret": {"class": "literal"}}}]})
	result := control with input as service with data.params.env_only_images as {"acme/gateway": "reads no file"}
	result.findings == set()
	{excused.reason | some excused in result.excused} == {"reads no file"}
}

test_env_files_hold_secrets_too if {
	_messages(_service({"env_from": [{"names": ["A", "TOKEN"], "secrets": ["TOKEN"]}]})) == {"service gateway gets 1 secret from an env file, TOKEN first"}
	count(control.undecided) == 1 with input as _service({"env_from": [{"unresolved": "an env file"}]})
}

_messages(given) := messages if {
	messages := {finding.message | some finding in control.findings} with input as given
}

_service(value) := _project([_with(value)], {"db": {"file": "./db.txt"}})

_with(value) := object.union({"name": "gateway", "mark": "production", "deployed": true, "program": ""}, value)

_project(services, secrets) := {"artefacts": [{"kind": "compose", "value": {"mark": "production", "services": services, "secrets": secrets}}]}
