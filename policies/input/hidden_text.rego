# METADATA
# title: Leave no text that kubectl drops or overrides unseen
# description: |
#   kubectl drops everything after a line `...` up to the next `---`, and applies `<<` in the order in which it is written, so that a merge
#   after a key overrides that key, against the rule of YAML. What a reviewer reads is then not what is applied.
# custom:
#   severity: medium
#   admission: none
#   artefacts: [reading]
#   cases:
#     text-after-end: No text follows a line `...` inside a document.
#     merge-order: No `<<` stands after a key that it overrides.
#   items: []
#   remediation: Write `---` instead of `...`, and put `<<` first in its map.
package mcp.controls.input.hidden_text

import data.mcp.lib.finding
import data.mcp.lib.reading

_cases := {"text-after-end": "text-after-end", "merge-order": "merge-order"}

judged contains {"artefact": file.artefact, "case": case} if {
	some file in reading.files
	some case, _ in _cases
}

findings contains finding.in_case(case, entry, entry.value.detail) if {
	some entry in reading.remarks
	case := _cases[entry.value.kind]
}
