# METADATA
# title: End the Dockerfile with a non-root USER
# description: |
#   Wherever the runtime does not say who runs the program, the image does, and an image that says nothing runs it as root.
#   The last USER of the last stage counts, or that of the stage it builds on, with build arguments put in. `root`, `0` and `0:...` are root, and
#   so is an image without USER, unless its base is known to run as another user (`gcr.io/distroless/...:nonroot`, `cgr.dev/chainguard/...`,
#   `nginxinc/nginx-unprivileged`). A USER that a build argument without a default decides is not judged.
#   Limits: what other bases run as is not looked up, so a base of one's own with a USER wants it repeated.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#user
# custom:
#   severity: high
#   admission: none
#   artefacts: [dockerfile]
#   items: [python-031, stack-070, python-066]
#   also: [CIS-Docker 4.1]
#   remediation: Create a user and end the last stage with `USER 10001`; a number can be checked by Kubernetes, a name cannot.
package mcp.controls.image.non_root_user

import data.mcp.lib.finding

judged contains {"artefact": index} if {
	some index, artefact in input.artefacts
	not _unknown(artefact.image)
}

findings contains finding.at(place, message) if {
	some index, artefact in input.artefacts
	artefact.image.user.root
	place := {"artefact": index, "path": ["instructions", artefact.image.user.instruction]}
	message := $"the image runs as root: its last USER is {artefact.image.user.name}"
}

findings contains finding.at(place, _silent(artefact.image.base)) if {
	some index, artefact in input.artefacts
	not artefact.image.user
	not _unknown(artefact.image)
	not _non_root(artefact.image.base)
	place := {"artefact": index, "path": ["stages", artefact.image.stage, "image"]}
}

_silent("scratch") := "the image runs as root: the last stage begins at scratch and has no USER"

_silent(base) := "the last stage has no USER, so the image runs as root unless its base says otherwise" if is_object(base)

undecided contains {"artefact": index, "path": ["instructions", user.instruction], "reason": reason} if {
	some index, artefact in input.artefacts
	user := artefact.image.user
	unresolved := user.unresolved
	reason := $"the user is not known: {unresolved}"
}

undecided contains {"artefact": index, "path": ["stages", artefact.image.stage, "image"], "reason": reason} if {
	some index, artefact in input.artefacts
	not artefact.image.user
	_unknown(artefact.image)
	unresolved := artefact.image.base.unresolved
	reason := $"the base is not known: {unresolved}"
}

default _unknown(_) := false

_unknown(image) if image.user.unresolved

_unknown(image) if {
	not image.user
	image.base.unresolved
	not _non_root(image.base)
}

default _non_root(_) := false

_non_root(base) if {
	base.registry == "gcr.io"
	startswith(base.repository, "distroless/")
	some word in split(base.tag, "-")
	word == "nonroot"
}

_non_root(base) if {
	base.registry == "cgr.dev"
	startswith(base.repository, "chainguard/")
}

_non_root(base) if data.images.non_root[trim_prefix(base.repository, "library/")]

_non_root(base) if data.images.non_root_owners[split(base.repository, "/")[0]]
