# METADATA
# title: Build with a multi-stage Dockerfile
# description: |
#   Compilers, package managers' caches and headers in the final image make it larger and give whoever gets in the tools to go on.
#   The last stage takes what was built from an earlier one, by `COPY --from` or a `RUN --mount` with `from`, or it needs nothing built: it
#   installs no compiler, `make`, `git` or `-dev` package and runs no `pip`, `uv` or `npm install`, `go build` and the like. To copy one tool from
#   an image (`COPY --from=ghcr.io/astral-sh/uv`) makes no build stage. What a RUN installs and removes again is not counted.
#   A compiler or `-dev` package in the last of several stages is a warning. Files whose name says development or test, and those of
#   `.devcontainer`, build no image that is deployed, and are left out.
#   Limits: scripts that a RUN calls are not read, nor what is in the base.
# related_resources:
#   - https://docs.docker.com/build/building/multi-stage/
# custom:
#   severity: low
#   admission: none
#   artefacts: [dockerfile]
#   items: [python-030]
#   remediation: |
#     Install and build in a stage of its own, `FROM python:3.12-slim AS build`, and copy the result into a clean one,
#     `COPY --from=build /app/.venv /app/.venv`.
package mcp.controls.image.multistage

import data.mcp.lib.finding

judged contains {"artefact": index} if some index, _ in _deployed

inapplicable contains {"artefact": index, "reason": "the file builds no image that is deployed, by its name"} if {
	some index, artefact in input.artefacts
	artefact.mark == "development"
}

findings contains finding.at(place, message) if {
	some index, building in _deployed
	not building.copies
	first := building.installs[0]
	place := {"artefact": index, "path": ["instructions", first.instruction]}
	message := $"{_stage(building)} {_verb[first.kind]} {first.name}"
}

findings contains finding.advice(place, message) if {
	some index, building in _deployed
	building.copies
	first := [installed | some installed in building.installs; installed.kind == "tool"; installed.name != "git"][0]
	place := {"artefact": index, "path": ["instructions", first.instruction]}
	message := $"the last stage installs {first.name}, which stays in the image"
}

default _deployed := {}

_deployed := {index: building |
	some index, artefact in input.artefacts
	artefact.mark != "development"
	building := artefact.image.building
}

_stage(building) := "the image is made in one stage, which" if building.stages == 1

else := "the last stage takes nothing from an earlier one, and"

_verb := {"tool": "installs", "command": "runs"}
