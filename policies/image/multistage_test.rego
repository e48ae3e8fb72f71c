package mcp.controls.image.multistage_test

import data.mcp.controls.image.multistage as control

file(building) := {"artefacts": [{
	"kind": "dockerfile",
	"mark": "unmarked",
	"value": {"stages": [], "instructions": []},
	"image": {"building": object.union({"stages": 1, "copies": false, "installs": []}, building)},
}]}

compiler := {"instruction": 3, "kind": "tool", "name": "gcc"}

packages := {"instruction": 5, "kind": "command", "name": "pip install"}

test_one_stage_that_builds_is_found if {
	control.findings == {{
		"artefact": 0,
		"path": ["instructions", 3],
		"message": "the image is made in one stage, which installs gcc",
	}} with input as file({"installs": [compiler, packages]})
}

test_stages_that_share_nothing_are_one if {
	{found.message | some found in control.findings} == {"the last stage takes nothing from an earlier one, and runs pip install"} with input as file({"stages": 2, "installs": [packages]})
}

test_what_only_copies_is_met if {
	result := control with input as file({})
	result.findings == set()
	result.judged == {{"artefact": 0}}
}

test_what_copies_from_a_stage_may_install if {
	control.findings == set() with input as file({"stages": 2, "copies": true, "installs": [packages, {"instruction": 2, "kind": "tool", "name": "git"}]})
	{[found.level, found.message] | some found in control.findings} == {["warn", "the last stage installs gcc, which stays in the image"]} with input as file({"stages": 2, "copies": true, "installs": [packages, compiler]})
}

test_development_is_left_out if {
	given := {"artefacts": [object.union(file({"installs": [compiler]}).artefacts[0], {"mark": "development"})]}
	result := control with input as given
	result.findings == set()
	result.judged == set()
	count(result.inapplicable) == 1
}
