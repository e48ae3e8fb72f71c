package mcp.controls.input.input_test

import data.mcp.controls.input.ambiguous_scalar
import data.mcp.controls.input.duplicate_key
import data.mcp.controls.input.hidden_text
import data.mcp.controls.input.not_evaluated
import data.mcp.controls.input.over_limit

test_a_syntax_error_is_a_finding if {
	not_evaluated.findings == {{
		"artefact": 0,
		"path": ["uncovered", 0],
		"message": "not evaluated: did not find expected key",
	}} with input as file([{"reason": "syntax", "detail": "did not find expected key"}], [])
}

test_a_template_and_an_unknown_kind_are_no_findings if {
	every reason in ["template", "unknown-kind", "needs-rendering", "patch"] {
		count(not_evaluated.findings) + count(over_limit.findings) == 0 with input as file([{"reason": reason, "detail": ""}], [])
	}
}

test_a_limit_is_a_finding_of_its_own if {
	uncovered := [{"reason": "limit", "detail": "nested more than 1000 deep (--max-depth)"}]
	count(over_limit.findings) == 1 with input as file(uncovered, [])
	count(not_evaluated.findings) == 0 with input as file(uncovered, [])
}

test_each_remark_belongs_to_one_control if {
	count(duplicate_key.findings) == 1 with input as file([], [remark("duplicate-key")])
	{f.case | some f in ambiguous_scalar.findings} == {"scalar"} with input as file([], [remark("ambiguous-scalar")])
	{f.case | some f in ambiguous_scalar.findings} == {"number"} with input as file([], [remark("inexact-number")])
	{f.case | some f in hidden_text.findings} == {"merge-order"} with input as file([], [remark("merge-order")])
	{f.case | some f in hidden_text.findings} == {"text-after-end"} with input as file([], [remark("text-after-end")])
}

test_every_file_is_judged if {
	controls := [ambiguous_scalar, duplicate_key, hidden_text, not_evaluated, over_limit] with input as file([], [])
	every control in controls {
		count(control.judged) > 0
		count(control.findings) == 0
	}
}

remark(kind) := {"kind": kind, "detail": "as it is", "key": "name"}

file(uncovered, remarks) := {"artefacts": [{"kind": "reading", "value": {"uncovered": uncovered, "remarks": remarks}}]}
