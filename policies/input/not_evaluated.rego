# METADATA
# title: Give the linter files that it can read
# description: |
#   A document that could not be read was not judged: whatever is wrong in it goes unseen, and kubectl refuses it too.
#   Reported are texts that are no valid YAML, JSON, TOML or Dockerfile, files in another encoding than UTF-8 or UTF-16, files that could not
#   be opened, and controls that failed on a document. Templates and files of unknown kinds are no fault: the coverage lists them.
# custom:
#   severity: medium
#   admission: none
#   artefacts: [reading]
#   items: []
#   remediation: Mend the text at the place named, or leave the file out with `.gitignore` or `--exclude`. `--fail-on-uncovered` (on when `CI=true`) makes this fail the run.
package mcp.controls.input.not_evaluated

import data.mcp.lib.finding
import data.mcp.lib.reading

judged contains {"artefact": file.artefact} if some file in reading.files

findings contains finding.at(entry, message) if {
	some entry in reading.uncovered
	entry.value.reason in ["syntax", "encoding", "unreadable", "failed"]
	message := $"not evaluated: {entry.value.detail}"
}
