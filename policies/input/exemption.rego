# METADATA
# title: Keep exemptions complete, short and needed
# description: |
#   An exemption is a decision that somebody made, for a while. One without a control, a reason, an owner or a last day, with a last day of more than
#   180 days ahead, or past its last day exempts nothing. One that meets no finding is left over, and would hide the next fault of its kind; that is told
#   only where the whole folder was judged by the control.
# custom:
#   severity: medium
#   admission: none
#   artefacts: [reading]
#   cases:
#     incomplete: The exemption names a control that there is, a reason, an owner and a last day.
#     too-long: The last day is at most 180 days ahead.
#     expired: The last day is not past.
#     unused: The exemption meets a finding.
#   items: []
#   remediation: |
#     Write the exemption whole (`# mcp-policy: exempt CONTROL until 2027-01-31 by OWNER: REASON`), mend the fault that it was for, or decide again and give
#     it a new last day. Remove one that meets nothing. `mcp-policy exemptions` lists them all with the days that are left.
package mcp.controls.input.exemption

import data.mcp.lib.finding
import data.mcp.lib.reading

_cases := {
	"exemption-incomplete": "incomplete",
	"exemption-too-long": "too-long",
	"exemption-expired": "expired",
	"exemption-unused": "unused",
}

judged contains {"artefact": file.artefact, "case": case} if {
	some file in reading.files
	some case in _cases
}

findings contains finding.in_case(case, entry, entry.value.detail) if {
	some entry in reading.remarks
	case := _cases[entry.value.kind]
}
