# METADATA
# title: Write each key of a map once
# description: |
#   kubectl takes the last of two equal keys and says nothing, not even with `--validate=strict`; kustomize refuses the file. The value that a
#   reader of the file sees first may not be the one that is applied. The finding points to the earlier key, which is lost.
# custom:
#   severity: medium
#   admission: none
#   artefacts: [reading]
#   items: []
#   remediation: Remove the key that is not meant.
package mcp.controls.input.duplicate_key

import data.mcp.lib.finding
import data.mcp.lib.reading

judged contains {"artefact": file.artefact} if some file in reading.files

findings contains finding.at(entry, message) if {
	some entry in reading.remarks
	entry.value.kind == "duplicate-key"
	key := entry.value.key
	detail := entry.value.detail
	message := $"key {key} is {detail}"
}
