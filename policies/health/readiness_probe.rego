# METADATA
# title: Define a readiness probe
# description: |
#   Without one, traffic reaches a pod from the moment that its process runs, long before it can answer.
#   Judged is the program's container in Deployments, StatefulSets, DaemonSets, ReplicaSets, ReplicationControllers, Rollouts and Pods that are
#   started again, of MCP components and of what stands beside them, where it has a containerPort or a Service selects the pods: it has a
#   `readinessProbe` with `httpGet`, `tcpSocket`, `grpc` or `exec` that can fail. `/metrics` answers in any state, and so does a command such as `true`. Where
#   another container serves the port that the Service leads to, an authenticating proxy for one, its probe is as good.
#   A probe that runs less than twice a minute is a warning. Where there is no port and no Service, and for Jobs, templates and the pods
#   of Hangar's and ToolHive's operators, it is not applicable; what carries the label of ToolHive's operator is exempt. Where not all of
#   what is deployed together was given, so that there may be a Service, it is undecided.
#   Limits: scripts that a command calls are not read; whether the endpoint is there, health-probe-endpoint-known says.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
# custom:
#   severity: high
#   admission: warn
#   artefacts: [kubernetes]
#   items: [python-134, hangar-028, gateway-004, gateway-022, bridge-074]
#   fix: "yes: add the probe known for hangar, openmcp and bridge images (see health-probe-endpoint-known)"
#   remediation: "Ask an endpoint that answers once requests can be served: `readinessProbe: {httpGet: {path: /health/ready, port: http}, periodSeconds: 5}`."
package mcp.controls.health.readiness_probe

import data.mcp.lib.finding
import data.mcp.lib.probes
import data.mcp.lib.value
import data.mcp.lib.workloads

judged contains {"artefact": container.artefact} if {
	some container in probes.programs
	_served(container)
}

judged contains {"artefact": container.artefact} if {
	some container in probes.programs
	not _serves_nobody(container)
	_ready(container)
}

inapplicable contains {"artefact": pod.artefact, "path": pod.path, "reason": reason} if {
	some pod in probes.pods
	reason := probes.excepted(pod)
}

inapplicable contains {"artefact": container.artefact, "path": container.path, "reason": reason} if {
	some container in probes.programs
	_serves_nobody(container)
	reason := $"{container.title} opens no port, and no Service selects the pods"
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

undecided contains probes.unknown_command(container, "readinessProbe") if {
	some container in probes.programs
	container.value.readinessProbe.exec.check.template
	not _serves_nobody(container)
}

findings contains finding.advice(finding.below(container, ["readinessProbe", "periodSeconds"]), message) if {
	some container in probes.programs
	probes.handler_of(container, "readinessProbe")
	period := probes.number(container.value.readinessProbe, "periodSeconds", 10)
	period > 30
	not _serves_nobody(container)
	message := $"{container.title} is asked whether it is ready every {period} s, less than twice a minute"
}

default _faults := []

_faults := [fault |
	some container in probes.programs
	not _serves_nobody(container)
	some lack in _lacks(container)
	not _proxied(container)
	fault := {
		"artefact": container.artefact,
		"path": array.concat(container.path, lack.steps),
		"message": lack.message,
		"pod": container.pod,
		"unsure": array.concat(
			value.uncased(value.unsure("", [[container, lack.steps], [container, ["ports"]], [container.pod, ["restartPolicy"]]])),
			_unsure_of_services(container),
		),
	}
]

default _ready(_) := false

_ready(container) if _lacks(container) == []

_ready(container) if _proxied(container)

# What is wrong with the readiness probe of a container; one thing at most.
_lacks(container) := [lack] if lack := _lack(container, object.get(container.value, "readinessProbe", null))

else := []

_lack(container, probe) := {"steps": ["readinessProbe"], "message": $"{container.title} has no readiness probe"} if probe == null

else := {"steps": ["readinessProbe"], "message": $"the readiness probe of {container.title} asks nothing"} if not probes.handler(probe)

else := {"steps": ["readinessProbe", "exec", "command"], "message": $"the readiness probe of {container.title} succeeds whatever happens: {constant}"} if {
	constant := probes.constant(probe)
}

else := {"steps": ["readinessProbe", "httpGet", "path"], "message": $"the readiness probe of {container.title} asks /metrics, which answers in any state"} if {
	is_object(probe.httpGet)
	probes.path(probe.httpGet.path) == "/metrics"
}

else := {"steps": ["readinessProbe", "exec", "command"], "message": $"the readiness probe of {container.title} asks /metrics, which answers in any state"} if {
	some asked in probe.exec.check.asks
	probes.path(asked.path) == "/metrics"
}

default _served(_) := false

_served(container) if _opens(container)

_served(container) if count(_services(container)) > 0

_opens(container) if {
	some port in container.value.ports
	port.containerPort
}

# Nothing asks for it, as far as everything is known.
default _serves_nobody(_) := false

_serves_nobody(container) if {
	_known(container)
	not _served(container)
	not value.touched(container, ["ports"])
}

_services(container) := workloads.fact(container, "services", [])

_known(container) if is_array(workloads.fact(container, "services", null))

_unsure_of_services(container) := [_unsure(container, "another container is ready, and whether it is the one that a Service leads to is not known")] if {
	not _known(container)
	_beside(container)
} else := [] if {
	_served(container)
} else := [_unsure(container, $"{container.title} opens no port, and whether a Service selects the pods is not known")]

_unsure(container, reason) := {"artefact": container.artefact, "path": array.concat(container.path, ["readinessProbe"]), "reason": reason}

# Another container serves what the Services lead to, and says when it is ready.
default _proxied(_) := false

_proxied(container) if {
	some service in _services(container)
	some target in service.ports
	some other in workloads.own_containers
	other.artefact == container.artefact
	other.path != container.path
	_lacks(other) == []
	some port in other.value.ports
	target in [object.get(port, "containerPort", null), object.get(port, "name", null)]
}

_beside(container) if {
	some other in workloads.own_containers
	other.artefact == container.artefact
	other.path != container.path
	_lacks(other) == []
	_opens(other)
}
