package mcp.controls.image.non_root_user_test

import data.mcp.controls.image.non_root_user as control

dockerfile(image) := {"artefacts": [{"kind": "dockerfile", "value": {}, "image": object.union({"stage": 1}, image)}]}

python := {"pin": "version", "repository": "python", "tag": "3.12-slim"}

test_root_is_found_where_it_is_written if {
	control.findings == {{
		"artefact": 0,
		"path": ["instructions", 7],
		"message": "the image runs as root: its last USER is root",
	}} with input as dockerfile({"base": python, "user": {"instruction": 7, "name": "root", "root": true}})
}

test_no_user_is_found_at_the_last_from if {
	control.findings == {{
		"artefact": 0,
		"path": ["stages", 1, "image"],
		"message": "the last stage has no USER, so the image runs as root unless its base says otherwise",
	}} with input as dockerfile({"base": python})
	{found.message | some found in control.findings} == {"the image runs as root: the last stage begins at scratch and has no USER"} with input as dockerfile({"base": "scratch"})
}

test_another_user_is_met if {
	result := control with input as dockerfile({"base": python, "user": {"instruction": 7, "name": "10001", "root": false}})
	result.findings == set()
	result.judged == {{"artefact": 0}}
}

test_some_bases_run_as_another_user if {
	every base in [
		{"registry": "gcr.io", "repository": "distroless/python3-debian12", "tag": "nonroot"},
		{"registry": "gcr.io", "repository": "distroless/static", "tag": "nonroot-amd64"},
		{"registry": "gcr.io", "repository": "distroless/static", "tag": "debug-nonroot"},
		{"registry": "cgr.dev", "repository": "chainguard/python", "tag": "latest"},
		{"repository": "nginxinc/nginx-unprivileged", "tag": "1.27"},
	] {
		control.findings == set() with input as dockerfile({"base": base})
	}
	count(control.findings) == 1 with input as dockerfile({"base": {"registry": "gcr.io", "repository": "distroless/static", "tag": "debug"}})
}

test_root_on_such_a_base_is_found if {
	count(control.findings) == 1 with input as dockerfile({
		"base": {"repository": "nginxinc/nginx-unprivileged"},
		"user": {"instruction": 3, "name": "0", "root": true},
	})
}

test_variables_are_undecided if {
	every image in [
		{"base": python, "user": {"instruction": 2, "unresolved": "the variable UID"}},
		{"base": {"pin": "unresolved", "unresolved": "the variable BASE"}},
	] {
		result := control with input as dockerfile(image)
		result.findings == set()
		result.judged == set()
		count(result.undecided) == 1
	}
}

test_a_user_decides_whatever_the_base_is if {
	result := control with input as dockerfile({"base": {"unresolved": "the variable BASE"}, "user": {"instruction": 2, "name": "app", "root": false}})
	result.findings == set()
	result.undecided == set()
	result.judged == {{"artefact": 0}}
}
