# METADATA
# title: Define a liveness probe
# description: |
#   A gateway that hangs keeps its place in the load balancer until somebody looks; a liveness probe has it started again.
#   Judged is the program's container in Deployments, StatefulSets, DaemonSets, ReplicaSets, ReplicationControllers, Rollouts and Pods that are
#   started again, of MCP components and of what stands beside them: it has a `livenessProbe` with `httpGet`, `tcpSocket`, `grpc` or `exec`. A command
#   that succeeds whatever happens (`true`, `exit 0`, `echo`) is none, and neither is a `startupProbe`. Other containers of the pod are free.
#   A probe that runs less than once a minute, that restarts the container within 15 s or after more than 10 minutes, or that may take longer
#   than its period is a warning. Jobs, templates and the pods of Hangar's and ToolHive's operators are not applicable, and what carries the
#   label of ToolHive's operator is exempt.
#   Limits: scripts that a command calls are not read; whether the endpoint is there, health-probe-endpoint-known says.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
# custom:
#   severity: high
#   admission: warn
#   artefacts: [kubernetes]
#   items: [python-134, hangar-028, gateway-004, gateway-021, bridge-073]
#   fix: "yes: add the probe known for hangar, openmcp and bridge images (see health-probe-endpoint-known)"
#   remediation: "Ask an endpoint that answers as long as the program works, whatever it depends on: `livenessProbe: {httpGet: {path: /health/live, port: http}, periodSeconds: 10}`."
package mcp.controls.health.liveness_probe

import data.mcp.lib.finding
import data.mcp.lib.probes
import data.mcp.lib.value

judged contains {"artefact": container.artefact} if some container in probes.programs

inapplicable contains {"artefact": pod.artefact, "path": pod.path, "reason": reason} if {
	some pod in probes.pods
	reason := probes.excepted(pod)
}

findings contains finding.at(fault, fault.message) if {
	some fault in _faults
	fault.unsure == []
	not probes.made_by_operator(fault.pod)
}

excused contains object.union(finding.at(fault, fault.message), {"reason": reason}) if {
	some fault in _faults
	fault.unsure == []
	reason := probes.made_by_operator(fault.pod)
}

undecided contains answer if {
	some fault in _faults
	some answer in fault.unsure
}

undecided contains answer if some answer in probes.unknown_lists

undecided contains probes.unknown_command(container, "livenessProbe") if {
	some container in _probed
	container.value.livenessProbe.exec.check.template
}

findings contains finding.advice(finding.below(container, array.concat(_field, ["periodSeconds"])), message) if {
	some container in _probed
	period := probes.number(container.value.livenessProbe, "periodSeconds", 10)
	period > 60
	message := $"{container.title} is asked whether it lives every {period} s, less than once a minute"
}

findings contains finding.advice(finding.below(container, array.concat(_field, ["failureThreshold"])), message) if {
	some container in _probed
	period := probes.number(container.value.livenessProbe, "periodSeconds", 10)
	period <= 60
	seconds := period * probes.number(container.value.livenessProbe, "failureThreshold", 3)
	_outside(seconds)
	message := $"{container.title} is started again when it has not answered for {seconds} s"
}

findings contains finding.advice(finding.below(container, array.concat(_field, ["timeoutSeconds"])), message) if {
	some container in _probed
	period := probes.number(container.value.livenessProbe, "periodSeconds", 10)
	timeout := probes.number(container.value.livenessProbe, "timeoutSeconds", 1)
	timeout > period
	message := $"the liveness probe of {container.title} may take {timeout} s, and runs every {period} s"
}

_field := ["livenessProbe"]

_outside(seconds) if seconds < 15

_outside(seconds) if seconds > 600

default _probed := []

_probed := [container | some container in probes.programs; probes.handler_of(container, "livenessProbe")]

default _faults := []

_faults := array.concat(
	[fault |
		some container in probes.programs
		not probes.handler_of(container, "livenessProbe")
		fault := _fault(container, _field, _lack(container))
	],
	[fault |
		some container in _probed
		constant := probes.constant(container.value.livenessProbe)
		message := $"the liveness probe of {container.title} succeeds whatever happens: {constant}"
		fault := _fault(container, ["livenessProbe", "exec", "command"], message)
	],
)

_fault(container, steps, message) := {
	"artefact": container.artefact,
	"path": array.concat(container.path, steps),
	"message": message,
	"pod": container.pod,
	"unsure": value.uncased(value.unsure("", [[container, steps], [container.pod, ["restartPolicy"]]])),
}

_lack(container) := $"the liveness probe of {container.title} asks nothing" if container.value.livenessProbe != null

else := $"{container.title} has no liveness probe"
