package mcp.controls.secrets.not_in_image_test

import data.mcp.controls.secrets.not_in_image as control

test_a_variable_with_a_secret_is_found if {
	control.findings == {{
		"artefact": 0,
		"path": ["instructions", 0, "pairs", 0, "value"],
		"message": "ENV API_KEY has a secret of 12 characters written in it",
	}} with input as _dockerfile([_pairs("ENV", "API_KEY", {"class": "literal", "length": 12})])
}

test_an_argument_that_is_taken_over_is_found if {
	argument := _pairs("ARG", "TOKEN", {"class": "empty", "length": 0})
	variable := _pairs("ENV", "TOKEN", {"class": "reference", "length": 0, "via": "variable", "variable": "TOKEN"})
	_faults([argument, variable]) == {"ENV TOKEN takes the build argument TOKEN over into the image"}
	_faults([variable]) == set()
}

test_an_argument_without_a_default_is_advice if {
	argument := _pairs("ARG", "TOKEN", {"class": "empty", "length": 0})
	count(_advice([argument])) == 1
	_faults([argument]) == set()
	_advice([argument, {"keyword": "RUN", "stage": 0, "baked": true, "flags": [{"name": "mount", "value": "type=secret,id=token"}]}]) == set()
}

test_what_stays_in_another_stage_is_advice if {
	pair := object.remove(_pairs("ENV", "API_KEY", {"class": "literal", "length": 12}), ["baked"])
	_faults([pair]) == set()
	_advice([pair]) == {"ENV API_KEY has a secret of 12 characters written in it, in a stage that the image does not take over"}
}

test_files_that_are_named_for_secrets if {
	every source in [".env", ".env.production", "config/prod.env", ".env*", "secrets/", "./secrets", "id_rsa", "keys/id_ed25519", "server.key", "certs/private.pem", ".git", ".ssh", "deploy/.netrc", "secrets/db.txt", ".aws/credentials", "deploy/secrets/*"] {
		count(_faults([_copy([source, "/app/"])])) == 1
	}
	every source in [".env.example", "env.d.ts", ".env.vault", "src/secrets/", "internal/secrets", "ca.pem", "rds-ca-2019-root.pem", "certs/fullchain.pem", "public.key", ".gitignore", "id_rsa.pub", "https://packages.example/archive.key", "environment.yml"] {
		_faults([_copy([source, "/app/"])]) == set()
	}
}

test_the_whole_context_without_an_ignore_file if {
	every source in [".", "./", "*"] {
		_faults([_copy([source, "/app"])]) == {"COPY takes the whole context, and there is no .dockerignore to keep out .env and .git"}
	}
	_faults([_copy(["src", "/app"])]) == set()
	_faults([object.union(_copy([".", "/app"]), {"flags": [{"name": "from", "value": "build"}]})]) == set()
}

test_what_the_ignore_file_leaves_decides if {
	context := {"ignored": true, "env": true, "git": false, "env_variants": false, "secrets": false}
	some finding in control.findings with input as _in([_copy([".", "/app"])], context)
	finding.message == "COPY takes the whole context, and its .dockerignore does not keep out .git"
	some advice in control.findings with input as _in([_copy([".", "/app"])], object.union(context, {"git": true}))
	advice.level == "warn"
	advice.message == "COPY takes the whole context, and its .dockerignore would let .env.* and secrets through"
	control.findings == set() with input as _in([_copy([".", "/app"])], {"ignored": true, "env": true, "git": true, "env_variants": true, "secrets": true})
	count(control.undecided) == 1 with input as _in([_copy([".", "/app"])], {"unresolved": "the ignore file"})
}

test_scripts_and_commands if {
	run := {"keyword": "RUN", "stage": 0, "baked": true}
	every what in ["url", "curl", "header", "token", "clone"] {
		count(_faults([object.union(run, {"run_secrets": [{"what": what}]})])) == 1
	}
	_faults([object.union(run, {"run_secrets": [{"what": "export", "name": "TOKEN"}]})]) == {"RUN exports TOKEN with a value written in it"}
	_faults([object.union(run, {"run_secrets": [{"what": "clone"}], "flags": [{"name": "mount", "value": "type=secret,id=git"}]})]) == set()
	_faults([{"keyword": "CMD", "stage": 0, "baked": true, "arguments": ["serve", "--token", {"after": "--token", "secret": {"class": "literal", "length": 9}}]}]) == {"CMD has a secret of 9 characters written in it"}
}

_faults(instructions) := messages if {
	messages := {finding.message | some finding in control.findings; not finding.level} with input as _dockerfile(instructions)
}

_advice(instructions) := messages if {
	messages := {finding.message | some finding in control.findings; finding.level == "warn"} with input as _dockerfile(instructions)
}

_dockerfile(instructions) := _in(instructions, {"ignored": false, "env": false, "git": false, "env_variants": false, "secrets": false})

_in(instructions, context) := {"artefacts": [{"kind": "dockerfile", "value": {"stages": [], "instructions": instructions}, "context": context}]}

_pairs(keyword, name, fact) := {"keyword": keyword, "stage": 0, "baked": true, "pairs": [{"name": name, "value": {"secret": fact}}]}

_copy(words) := {"keyword": "COPY", "stage": 0, "baked": true, "arguments": words}
