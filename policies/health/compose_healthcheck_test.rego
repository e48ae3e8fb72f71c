package mcp.controls.health.compose_healthcheck_test

import data.mcp.controls.health.compose_healthcheck as control

service(fields) := object.union({"name": "app", "program": "app", "deployed": true, "mark": "unmarked", "oneshot": false}, fields)

file(services) := {"artefacts": [{"kind": "compose", "value": {"services": services}}]}

one(fields) := file([service(fields)])

probing(test) := object.union({"form": "exec", "programs": [], "subcommands": [], "asks": []}, test)

checked(test) := one({"healthcheck": {"disabled": false, "test": probing(test)}})

dockerfile(image) := {"artefacts": [{"kind": "dockerfile", "value": {}, "image": image}]}

test_no_check_is_found if {
	control.findings == {{
		"artefact": 0,
		"case": "present",
		"path": ["services", 0, "healthcheck"],
		"message": "service app has no health check",
	}} with input as one({})
}

test_a_check_that_is_off_is_none if {
	every check in [{"disabled": true}, {"disabled": true, "test": probing({"programs": ["curl"]})}] {
		{[found.case, found.message] | some found in control.findings} == {["present", "service app switches its health check off"]} with input as one({"healthcheck": check})
	}
}

test_a_check_that_can_fail_is_met if {
	result := control with input as checked({"programs": ["curl"], "asks": [{"host": "localhost", "port": 8080}]})
	result.findings == set()
	result.judged == {{"artefact": 0, "case": "present"}, {"artefact": 0, "case": "can-fail"}}
}

test_jobs_and_development_need_none if {
	every fields in [{"oneshot": true}, {"mark": "development"}, {"deployed": false}] {
		control.findings == set() with input as one(fields)
	}
	result := control with input as one({"mark": "development"})
	{answer.case | some answer in result.inapplicable} == {"present", "can-fail"}
}

built(check) := one({"build": {"context": "."}, "built": object.union({"mentions": [], "exposes": [], "base": "scratch"}, check)})

test_the_dockerfile_may_have_the_check if {
	control.findings == set() with input as built({"healthcheck": {"instruction": 3, "none": false, "command": probing({})}})
	count(control.findings) == 1 with input as built({})
	count(control.findings) == 1 with input as built({"healthcheck": {"instruction": 3, "none": true}})
}

test_a_dockerfile_that_is_not_there_is_undecided if {
	result := control with input as one({"build": {"context": "."}})
	result.findings == set()
	{answer.case | some answer in result.undecided} == {"present"}
	count([answer | some answer in result.judged; answer.case == "present"]) == 0
}

test_the_numbers_have_bounds if {
	every numbers in [
		{"interval_seconds": 61, "timeout_seconds": 5},
		{"interval_seconds": 30, "timeout_seconds": 30},
		{"retries": 11},
	] {
		check := object.union({"disabled": false, "test": probing({"programs": ["curl"]})}, numbers)
		count(control.findings) == 1 with input as one({"healthcheck": check})
	}
	every numbers in [{"interval_seconds": 60, "timeout_seconds": 59, "retries": 10}, {"interval_seconds": 10}, {"interval_seconds": {"unresolved": "x"}, "timeout_seconds": null, "retries": {"unresolved": "x"}}] {
		check := object.union({"disabled": false, "test": probing({"programs": ["curl"]})}, numbers)
		control.findings == set() with input as one({"healthcheck": check})
	}
}

# What a job waits for is its own affair.
test_a_job_may_start_at_once if {
	waiting := {"depends_on": [{"service": "cache", "condition": "service_started", "checked": true}]}
	count(control.findings) == 1 with input as file([service(object.union(waiting, {"healthcheck": {"disabled": false, "test": probing({"programs": ["curl"]})}})), cache])
	control.findings == set() with input as file([service(object.union(waiting, {"oneshot": true})), cache])
}

cache := service({"name": "cache", "healthcheck": {"disabled": false, "test": probing({"programs": ["redis-cli"]})}})

waiting(condition) := file([object.union(cache, {"name": "app", "depends_on": [{"service": "cache", "condition": condition, "checked": true}]}), cache])

test_waiting_for_a_start_is_a_warning if {
	control.findings == {{
		"artefact": 0,
		"case": "present",
		"level": "warn",
		"path": ["services", 0, "depends_on", 0],
		"message": "service app does not wait until cache is healthy",
	}} with input as waiting("service_started")
	control.findings == set() with input as waiting("service_healthy")
}

test_a_constant_is_found_in_development_too if {
	{[found.case, found.path, found.message] | some found in control.findings} == {[
		"can-fail",
		["services", 0, "healthcheck", "test"],
		"the health check of service app succeeds whatever happens: exit 0",
	]} with input as one({"mark": "development", "healthcheck": {"disabled": false, "test": probing({"constant": "exit 0"})}})
}

test_operators_and_whole_lines_in_the_exec_form_are_found if {
	every test in [{"operator": "||"}, {"unsplit": true}] {
		{found.case | some found in control.findings} == {"can-fail"} with input as checked(test)
	}
}

test_warnings if {
	every test in [{"syntax": "nginx -t"}, {"subcommands": ["mcp-gateway health"]}, {"form": "unmarked"}] {
		{found.level | some found in control.findings} == {"warn"} with input as checked(test)
	}
}

with_image(reference, programs) := one({"reference": reference, "healthcheck": {"disabled": false, "test": probing({"programs": programs})}})

test_a_program_that_the_image_lacks_is_found if {
	count(control.findings) == 1 with input as with_image({"name": "mcp-hangar", "tag": "2.13.0"}, ["curl"])
	count(control.findings) == 1 with input as with_image({"repository": "python", "name": "python", "variant": "slim"}, ["wget"])
	control.findings == set() with input as with_image({"repository": "python", "name": "python", "variant": "slim"}, ["python"])
	control.findings == set() with input as with_image({"repository": "acme/app", "name": "app", "variant": "full"}, ["curl"])
}

image(mentions) := {
	"base": {"repository": "python", "name": "python", "variant": "slim"},
	"mentions": mentions,
	"exposes": [],
	"healthcheck": {"instruction": 4, "none": false, "command": probing({"programs": ["curl"]})},
}

test_a_program_that_the_dockerfile_names_may_be_there if {
	{found.path | some found in control.findings} == {["instructions", 4]} with input as dockerfile(image([]))
	control.findings == set() with input as dockerfile(image(["curl"]))
}

test_another_host_is_not_the_service if {
	every asked in [{"host": "cache", "port": 80, "sibling": true}, {"host": "mcp.example.com", "port": 443}] {
		count(control.findings) == 1 with input as checked({"programs": ["curl"], "asks": [asked]})
	}
	every host in ["localhost", "127.0.0.1", "[::1]", "app", "app.internal", "10.0.0.1"] {
		control.findings == set() with input as checked({"programs": ["curl"], "asks": [{"host": host, "port": 80}]})
	}
}

asking(port, more) := one(object.union(
	{
		"ports": [{"binding": "loopback", "published": {"from": 8080, "to": 8080}, "target": {"from": 80, "to": 80}}],
		"healthcheck": {"disabled": false, "test": probing({"programs": ["curl"], "asks": [{"host": "localhost", "port": port}]})},
	},
	more,
))

test_the_port_of_the_host_is_not_the_containers if {
	{found.message | some found in control.findings} == {"the health check of service app asks port 8080, which is that of the host: in the container it is 80"} with input as asking(8080, {})
	control.findings == set() with input as asking(80, {})
	control.findings == set() with input as asking(9000, {})
	control.findings == set() with input as asking(8080, {"command": {"form": "exec", "argv": ["serve", "--port=8080"]}})
	control.findings == set() with input as asking(8080, {"environment": [{"name": "PORT", "value": "8080"}]})
}

test_a_dockerfile_without_a_check_is_not_judged if {
	result := control with input as dockerfile({"base": "scratch", "mentions": []})
	result.findings == set()
	result.judged == set()
	{answer.case | some answer in result.inapplicable} == {"can-fail"}
}

test_the_numbers_of_the_dockerfile_count_where_the_file_says_nothing if {
	check := {"instruction": 3, "none": false, "command": probing({}), "interval_seconds": 300, "timeout_seconds": 5, "retries": 20}
	{found.message | some found in control.findings} == {
		"service app is checked every 300 s, less than once a minute",
		"service app is well until 20 checks in a row have failed",
	} with input as built({"healthcheck": check})
	own := {"disabled": false, "interval_seconds": 30, "retries": 3}
	given := {"artefacts": [object.union(artefact, {"value": {"services": [object.union(one, {"healthcheck": own}) | some one in artefact.value.services]}}) |
		some artefact in built({"healthcheck": check}).artefacts
	]}
	control.findings == set() with input as given
}

test_jobs_alone_are_not_applicable if {
	result := control with input as one({"oneshot": true})
	{answer.reason | some answer in result.inapplicable; answer.case == "present"} == {"no service is meant to run on"}
}

test_a_part_of_a_service_is_not_known_to_have_no_check if {
	part := {"incomplete": "the file that it changes is not among the files"}
	result := control with input as one(part)
	result.findings == set()
	{answer.reason | some answer in result.undecided} == {"whether service app has a health check is not known: the file that it changes is not among the files"}
	count(control.findings) == 1 with input as one(object.union(part, {"healthcheck": {"disabled": true}}))
}
