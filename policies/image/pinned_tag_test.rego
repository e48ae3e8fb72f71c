package mcp.controls.image.pinned_tag_test

import data.mcp.controls.image.pinned_tag as control

using(reference) := {"artefacts": [{"kind": "compose", "value": {}, "images": [{
	"path": ["services", 0, "image"],
	"what": "service web",
	"reference": object.union({"local": false, "default": false}, reference),
}]}]}

test_latest_is_found if {
	result := control with input as using({"pin": "latest", "text": "nginx:latest"})
	result.findings == {{
		"artefact": 0,
		"path": ["services", 0, "image"],
		"message": "service web uses nginx:latest, which is another image with every release",
	}}
	result.judged == {{"artefact": 0}}
}

test_a_kustomization_that_sets_the_image_is_named if {
	given := using({"pin": "latest", "text": "nginx:latest"})
	patched := json.patch(given, [{"op": "add", "path": "/artefacts/0/images/0/by", "value": "prod/kustomization.yaml"}])
	{found.message | some found in control.findings} == {"service web uses nginx:latest by prod/kustomization.yaml, which is another image with every release"} with input as patched
}

test_no_tag_and_a_moving_one_are_found if {
	every pin in ["none", "moving"] {
		result := control with input as using({"pin": pin, "text": "nginx"})
		count(result.findings) == 1
		every found in result.findings {
			not found.level
		}
	}
}

test_versions_and_digests_are_met if {
	every pin in ["version", "digest"] {
		result := control with input as using({"pin": pin, "text": "nginx:1.27.1"})
		result.findings == set()
		result.judged == {{"artefact": 0}}
	}
}

test_what_moves_within_a_line_is_a_warning if {
	every pin in ["major-only", "distribution-only"] {
		{found.level | some found in control.findings} == {"warn"} with input as using({"pin": pin, "text": "redis:7"})
	}
}

test_a_default_that_fails_is_a_warning if {
	control.findings == {{
		"artefact": 0,
		"level": "warn",
		"path": ["services", 0, "image"],
		"message": "service web uses nginx:latest by default, which is another image with every release",
	}} with input as using({"pin": "latest", "text": "nginx:latest", "default": true})
}

test_local_images_fail_for_latest_and_no_tag_only if {
	every pin in ["moving", "major-only", "distribution-only"] {
		control.findings == set() with input as using({"pin": pin, "text": "localhost/x:dev", "local": true})
	}
	every pin in ["latest", "none"] {
		count(control.findings) == 1 with input as using({"pin": pin, "text": "localhost/x", "local": true})
	}
}

test_what_is_not_known_is_undecided if {
	every reference in [{"pin": "unresolved", "unresolved": "the variable TAG"}, {"pin": "invalid"}] {
		result := control with input as using(reference)
		result.findings == set()
		result.judged == set()
		count(result.undecided) == 1
	}
}

test_the_tag_behind_an_unknown_registry_is_judged if {
	{found.message | some found in control.findings} == {"service web uses an image web:latest, which is another image with every release"} with input as using({
		"pin": "latest",
		"name": "web",
		"tag": "latest",
		"unresolved": "the variable REGISTRY",
	})
	control.undecided == set() with input as using({"pin": "latest", "name": "web", "unresolved": "the variable REGISTRY"})
}

test_a_part_that_is_off_is_warned_of if {
	given := {"artefacts": [object.union(artefact, {"images": [object.union(use, {"off": true}) | some use in artefact.images]}) |
		some artefact in using({"pin": "latest", "text": "nginx:latest"}).artefacts
	]}
	{found.level | some found in control.findings} == {"warn"} with input as given
}

test_nothing_to_judge_is_not_judged if {
	control.judged == set() with input as {"artefacts": [{"kind": "kubernetes", "value": {}}]}
}

test_a_digest_that_is_cut_short_pins_nothing if {
	given := using({"pin": "invalid", "fault": "digest", "text": "nginx@sha256:1234", "name": "nginx"})
	result := control with input as given
	{found.message | some found in result.findings} == {"service web uses nginx@sha256:1234, whose digest is invalid: one of sha256 has 64 hexadecimal digits in small letters"}
	result.judged == {{"artefact": 0}}
	result.undecided == set()
}
