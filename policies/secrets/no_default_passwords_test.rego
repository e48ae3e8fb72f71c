package mcp.controls.secrets.no_default_passwords_test

import data.mcp.controls.secrets.no_default_passwords as control
import data.mcp.lib.testing

test_a_default_is_found_in_its_case if {
	control.findings == {{
		"artefact": 0,
		"case": "database",
		"path": ["services", 0, "environment", 0],
		"message": "DB_PASSWORD of service gateway is a password that every dictionary has",
	}} with input as _variable("DB_PASSWORD", {"class": "literal", "length": 8, "common": true})
}

test_names_and_addresses_tell_the_case if {
	every name, case in {
		"POSTGRES_PASSWORD": "database",
		"PGPASSWORD": "database",
		"MYSQL_ROOT_PASSWORD": "database",
		"REDIS_PASSWORD": "redis",
		"GF_SECURITY_ADMIN_PASSWORD": "dashboard",
		"KEYCLOAK_ADMIN_PASSWORD": "other",
		"APP_SECRET": "other",
	} {
		{finding.case | some finding in control.findings} == {case} with input as _variable(name, {"class": "literal", "length": 8, "common": true})
	}
	every scheme, case in {"postgresql+asyncpg": "database", "mongodb": "database", "rediss": "redis", "https": "other"} {
		fact := {"class": "literal", "length": 5, "common": true, "within": "url", "scheme": scheme}
		{finding.case | some finding in control.findings} == {case} with input as _variable("BACKEND", fact)
	}
}

test_the_name_of_the_user_is_told if {
	some finding in control.findings with input as _variable("APP_SECRET", {"class": "default-literal", "length": 8, "common": true, "user": true})
	finding.message == "APP_SECRET of service gateway falls back to the name of the user beside it"
}

test_what_is_no_default_is_met if {
	every fact in [{"class": "literal", "length": 30}, {"class": "reference", "length": 0}, {"class": "empty", "length": 0}] {
		result := control with input as _variable("APP_SECRET", fact)
		result.findings == set()
		result.judged == {{"artefact": 0, "case": "other"}}
	}
}

test_development_and_what_is_off_are_advice if {
	some finding in control.findings with input as testing.compose_service(
		{"mark": "development", "environment": [{"name": "APP_SECRET", "value": {"secret": {"class": "literal", "length": 5, "common": true}}}]},
		{},
	)
	finding.level == "warn"
	fact := {"path": ["grafana", "adminPassword"], "name": "adminPassword", "class": "literal", "length": 5, "common": true, "off": true}
	some other in control.findings with input as testing.helm_values({}, {"secrets": [fact]})
	other.level == "warn"
	other.case == "dashboard"
}

test_examples_of_env_files_are_not_judged if {
	facts := {"example": true, "mark": "development", "secrets": [{"path": ["variables", 0, "value"], "name": "DB_PASSWORD", "class": "literal", "length": 5, "common": true}]}
	result := control with input as testing.with_facts(testing.env_file([]), facts)
	result.findings == set()
	result.judged == set()
	count(result.inapplicable) == 8
}

test_a_server_without_a_password_is_open if {
	every program, case in {"postgres": "database", "mariadb": "database", "mongo": "database", "grafana": "dashboard", "valkey": "redis", "keycloak": "other"} {
		{finding.case | some finding in control.findings} == {case} with input as testing.compose_service({"program": program}, {})
	}
}

test_a_password_of_any_kind_protects if {
	every service in [
		{"program": "postgres", "environment": [{"name": "POSTGRES_PASSWORD_FILE", "value": "/run/secrets/x"}]},
		{"program": "postgres", "environment": [{"name": "POSTGRES_PASSWORD", "value": {"secret": {"class": "reference", "length": 0}}}]},
		{"program": "grafana", "environment": [{"name": "GF_SECURITY_ADMIN_PASSWORD__FILE", "value": "/run/secrets/x"}]},
		{"program": "mongo", "command": {"argv": ["mongod", "--auth"]}},
		{"program": "redis", "command": {"argv": ["redis-server", "--requirepass", {"after": "--requirepass", "secret": {"class": "reference", "length": 0}}]}},
		{"program": "redis", "command": {"argv": ["sh", "-c", "redis-server --requirepass $(cat /run/secrets/x)"]}},
		{"program": "redis", "command": {"argv": ["redis-server", "--aclfile", "/etc/users.acl"]}},
		{"program": "redis-stack-server", "environment": [{"name": "REDIS_ARGS", "value": "--requirepass x"}]},
		{"program": "redis", "reference": {"repository": "bitnami/redis"}, "environment": [{"name": "REDIS_PASSWORD_FILE", "value": "/run/secrets/x"}]},
		{"program": "postgres", "env_from": [{"names": ["POSTGRES_PASSWORD"], "secrets": []}]},
	] {
		control.findings == set() with input as testing.compose_service(service, {})
		control.undecided == set() with input as testing.compose_service(service, {})
	}
}

test_what_protects_nothing_is_found if {
	every service in [
		{"program": "postgres", "environment": [{"name": "POSTGRES_HOST_AUTH_METHOD", "value": "trust"}, {"name": "POSTGRES_PASSWORD_FILE", "value": "/run/secrets/x"}]},
		{"program": "postgres", "environment": [{"name": "POSTGRES_PASSWORD", "value": {"secret": {"class": "default-empty", "length": 0}}}]},
		{"program": "mysql", "environment": [{"name": "MYSQL_ALLOW_EMPTY_PASSWORD", "value": true}]},
		{"program": "redis", "environment": [{"name": "REDIS_PASSWORD", "value": {"secret": {"class": "reference", "length": 0}}}]},
		{"program": "redis", "command": {"argv": ["redis-server", "--requirepass", {"after": "--requirepass", "secret": {"class": "default-empty", "length": 0}}]}},
		{"program": "grafana", "environment": [{"name": "GF_SECURITY_ADMIN_PASSWORD_FILE", "value": "/run/secrets/x"}]},
		{"program": "redis", "reference": {"repository": "bitnami/redis"}, "environment": [{"name": "ALLOW_EMPTY_PASSWORD", "value": "yes"}]},
	] {
		count(control.findings) == 1 with input as testing.compose_service(service, {})
	}
}

test_what_is_no_server_is_not_asked if {
	every words in [["pg_dump", "-h", "postgres"], ["sh", "-c", "until pg_isready -h postgres; do sleep 1; done"], ["redis-cli", "ping"], [{"unresolved": "the variable X"}]] {
		result := control with input as testing.compose_service({"program": "postgres", "command": {"argv": words}}, {})
		result.findings == set()
		result.judged == set()
	}
}

test_what_is_not_read_is_undecided if {
	every service in [
		{"program": "postgres", "env_from": [{"unresolved": "an env file that is not among the files"}]},
		{"program": "redis", "command": {"argv": ["redis-server", "/etc/redis.conf"]}},
		{"program": "grafana", "volumes": [{"target": "/etc/grafana/grafana.ini"}]},
	] {
		result := control with input as testing.compose_service(service, {})
		result.findings == set()
		count(result.undecided) == 1
	}
}

test_containers_are_servers_too if {
	some finding in control.findings with input as _container("redis", {"args": ["--save", ""]})
	finding.path == ["spec", "containers", 0, "args"]
	finding.message == "container gateway runs Redis without a password"
	count(control.undecided) == 1 with input as _container("postgres", {"envFrom": [{"secretRef": {"name": "x"}}]})
	control.findings == set() with input as _container("postgres", {"env": [{"name": "POSTGRES_PASSWORD", "valueFrom": {"secretKeyRef": {"name": "x", "key": "y"}}}]})
	count(control.findings) == 1 with input as _container("postgres", {"env": [{"name": "POSTGRES_DB", "value": "x"}]})
}

test_charts_without_authentication if {
	{[finding.case, finding.path] | some finding in control.findings} == {["redis", ["redis", "auth", "enabled"]]} with input as testing.helm_values({"redis": {"auth": {"enabled": false}}}, {})
	control.findings == set() with input as testing.helm_values({"redis": {"auth": {"enabled": true}}}, {})
	control.findings == set() with input as testing.helm_values({"redis": {"architecture": "standalone"}}, {})
	count(control.findings) == 1 with input as testing.helm_values({"redis": {"architecture": "standalone"}}, {"chart": "mcp-bridge"})
	control.findings == set() with input as testing.helm_values({"redis": {"architecture": "standalone"}}, {"chart": "mcp-bridge", "overlay": true})
	count(control.findings) == 1 with input as testing.helm_values({"gateway": {}}, {"chart": "mcp-bridge"})
	some finding in control.findings with input as testing.helm_values({"redis": {"enabled": false, "auth": {"enabled": false}}}, {"off": [["redis"]]})
	finding.level == "warn"
	some running in control.findings with input as testing.helm_values({"redis": {"enabled": true, "auth": {"enabled": false}}}, {"off": [["redis", "auth"]]})
	not running.level
	some other in control.findings with input as testing.helm_values({"grafana": {"enabled": true}}, {"chart": "mcp-bridge"})
	other.case == "dashboard"
}

_variable(name, fact) := testing.compose_service({"environment": [{"name": name, "value": {"secret": fact}}]}, {})

_container(image, value) := testing.with_facts(
	testing.container(value),
	{"images": [{"path": ["spec", "containers", 0, "image"], "what": "container gateway", "reference": {"repository": $"library/{image}"}}]},
)
