# METADATA
# title: Keep inputs under the limits of the linter
# description: |
#   A document over a limit (size of the file, nesting, expansion of aliases, size or keys of what the controls would read) is not judged,
#   because judging it could take unbounded time or memory. It is reported, never passed.
# custom:
#   severity: medium
#   admission: none
#   artefacts: [reading]
#   items: []
#   remediation: Split the document, or raise the limit with the flag that the message names. `--fail-on-uncovered` (on when `CI=true`) makes this fail the run.
package mcp.controls.input.over_limit

import data.mcp.lib.finding
import data.mcp.lib.reading

judged contains {"artefact": file.artefact} if some file in reading.files

findings contains finding.at(entry, message) if {
	some entry in reading.uncovered
	entry.value.reason == "limit"
	message := $"not evaluated: {entry.value.detail}"
}
