# METADATA
# description: Written by the build from the controls; see src/tasks/main-rego.ts.
package mcp.main

lint_kubernetes := {"findings": [data.mcp.controls.workload.no_privileged.findings], "excused": [], "undecided": [data.mcp.controls.workload.no_privileged.undecided]}

outcomes_kubernetes := {"judged": [data.mcp.controls.workload.no_privileged.judged], "inapplicable": []}

control_workload_no_privileged := {"findings": data.mcp.controls.workload.no_privileged.findings, "judged": data.mcp.controls.workload.no_privileged.judged, "undecided": data.mcp.controls.workload.no_privileged.undecided}
