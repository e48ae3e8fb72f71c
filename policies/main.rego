# METADATA
# description: Written by the build from the controls; see src/tasks/main-rego.ts.
package mcp.main

lint_kubernetes := {"findings": [data.mcp.controls.workload.no_privileged.findings], "excused": [], "undecided": [data.mcp.controls.workload.no_privileged.undecided]}

outcomes_kubernetes := {"judged": [data.mcp.controls.workload.no_privileged.judged], "inapplicable": []}

lint_reading := {"findings": [data.mcp.controls.input.ambiguous_scalar.findings, data.mcp.controls.input.duplicate_key.findings, data.mcp.controls.input.hidden_text.findings, data.mcp.controls.input.not_evaluated.findings, data.mcp.controls.input.over_limit.findings], "excused": [], "undecided": []}

outcomes_reading := {"judged": [data.mcp.controls.input.ambiguous_scalar.judged, data.mcp.controls.input.duplicate_key.judged, data.mcp.controls.input.hidden_text.judged, data.mcp.controls.input.not_evaluated.judged, data.mcp.controls.input.over_limit.judged], "inapplicable": []}

control_input_ambiguous_scalar := {"findings": data.mcp.controls.input.ambiguous_scalar.findings, "judged": data.mcp.controls.input.ambiguous_scalar.judged}

control_input_duplicate_key := {"findings": data.mcp.controls.input.duplicate_key.findings, "judged": data.mcp.controls.input.duplicate_key.judged}

control_input_hidden_text := {"findings": data.mcp.controls.input.hidden_text.findings, "judged": data.mcp.controls.input.hidden_text.judged}

control_input_not_evaluated := {"findings": data.mcp.controls.input.not_evaluated.findings, "judged": data.mcp.controls.input.not_evaluated.judged}

control_input_over_limit := {"findings": data.mcp.controls.input.over_limit.findings, "judged": data.mcp.controls.input.over_limit.judged}

control_workload_no_privileged := {"findings": data.mcp.controls.workload.no_privileged.findings, "judged": data.mcp.controls.workload.no_privileged.judged, "undecided": data.mcp.controls.workload.no_privileged.undecided}
