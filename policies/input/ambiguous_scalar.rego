# METADATA
# title: Quote what YAML 1.1 and YAML 1.2 read differently
# description: |
#   `yes`, `on`, `y`, `010` or `1_000` without quotes are a boolean or a number to one reader and a string or another number to the next:
#   kubectl and PyYAML follow YAML 1.1, kustomize and most editors follow 1.2 or a mixture. Octal file modes (`defaultMode: 0644`) are
#   read alike by all Kubernetes tools and are not reported.
# custom:
#   severity: low
#   admission: none
#   artefacts: [reading]
#   cases:
#     scalar: No plain scalar or key is read as two different values.
#     number: No number overflows or loses digits.
#   items: []
#   remediation: Quote the value when it is meant as a string; write `true`, `false` or the decimal number when it is not.
package mcp.controls.input.ambiguous_scalar

import data.mcp.lib.finding
import data.mcp.lib.reading

_cases := {"ambiguous-scalar": "scalar", "inexact-number": "number"}

judged contains {"artefact": file.artefact, "case": case} if {
	some file in reading.files
	some case in ["scalar", "number"]
}

findings contains finding.in_case(case, entry, entry.value.detail) if {
	some entry in reading.remarks
	case := _cases[entry.value.kind]
}
