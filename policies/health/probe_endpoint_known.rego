# METADATA
# title: Point probes at the endpoint and port the program really serves
# description: |
#   The metrics port of mcp-bridge answers 200 to every path, so a probe on it can never fail; a path that is not there fails always.
#   Judged are the probes of the program's container, of MCP components and of what stands beside them, and health checks of Compose services, against what
#   the programs serve: Hangar `/health/live`, `/health/ready` and `/health/startup` on its one port (8080 by the image's command, else
#   `--port` or `MCP_HTTP_PORT`, else 8000); Open MCP Gateway `/health` on 4444; the gateway of mcp-bridge `/healthz` and `/ready` on `server.health_port` (8080),
#   not on `server.metrics_port` (9090); its router `/health` on `metrics.endpoint` (9091). A configuration in a ConfigMap or file of the run
#   is followed, and so are the variables that override it. All of them speak plain HTTP there and no gRPC, and `mcp-gateway health` is no
#   command, unless `bridge.build` says that the build has it. Readiness asked of the liveness endpoint or the other way round, and a bare TCP connection, are warnings.
#   In every container of those workloads a port that is given by name is one of the same container. Of any other MCP server a port that
#   the container does not list, and a path that is none of `/health`, `/healthz`, `/livez`, `/readyz`, `/ready` and `health.paths`, are warnings.
#   A gateway configuration that puts health and metrics on one port is a finding, since no probe of it can fail.
#   Undecided is a port that a configuration decides which was not given, what a template decides, and a probe that a mesh has rewritten.
#   Limits: the configuration of Open MCP Gateway is not read; commands are judged by the addresses in them. Compose files for development are
#   not applicable.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
# custom:
#   severity: high
#   admission: warn
#   artefacts: [kubernetes, bridge-gateway-config, compose]
#   unread: [openmcp-config]
#   items: [hangar-028, gateway-021, gateway-022, bridge-073, bridge-074, bridge-141]
#   params: [health_paths, bridge_health_command]
#   fix: "yes: set path and port from the table"
#   remediation: |
#     Ask the endpoint for what the probe decides, on the port of the program that serves it: `/healthz` and `/ready` on 8080 for the gateway of mcp-bridge,
#     `/health/live` and `/health/ready` on 8080 for Hangar, `/health` on 4444 for Open MCP Gateway.
package mcp.controls.health.probe_endpoint_known

import data.mcp.lib.compose
import data.mcp.lib.configs
import data.mcp.lib.endpoints
import data.mcp.lib.finding
import data.mcp.lib.kubernetes
import data.mcp.lib.probes
import data.mcp.lib.value
import data.mcp.lib.workloads

judged contains {"artefact": probe.artefact} if some probe in _probes

judged contains {"artefact": question.artefact} if some question in _compose_questions

inapplicable contains {"artefact": pod.artefact, "path": pod.path, "reason": "there is no probe"} if {
	some pod in probes.pods
	count([probe | some probe in _probes; probe.artefact == pod.artefact]) == 0
}

inapplicable contains {"artefact": index, "path": [], "reason": "no service for production asks a known program of its own whether it is well"} if {
	some index, artefact in input.artefacts
	artefact.kind == "compose"
	count([question | some question in _compose_questions; question.artefact == index]) == 0
}

# What is asked of known programs

findings contains finding.at({"artefact": question.artefact, "path": fault.path}, fault.message) if {
	some question in _questions
	fault := endpoints.fault(question)
}

findings contains finding.advice({"artefact": question.artefact, "path": advice.path}, advice.message) if {
	some question in _questions
	advice := endpoints.advice(question)
}

undecided contains {"artefact": question.artefact, "path": question.at.port, "reason": reason} if {
	some question in _questions
	reason := endpoints.unknown(question)
}

findings contains finding.at(finding.below(probe, ["grpc"]), $"{probe.what} asks by gRPC, which {data.probes[serves.program].title} does not speak") if {
	some probe in _of_programs
	probe.how == "grpc"
	serves := workloads.fact(probe, "serves", null)
	serves != null
}

findings contains finding.at(finding.below(probe, ["exec", "command"]), $"{probe.what} runs {subcommand}, which the program does not know") if {
	not data.params.bridge_health_command
	some probe in _of_programs
	probe.how == "exec"
	workloads.fact(probe, "serves", null) != null
	some subcommand in probe.value.exec.check.subcommands
	data.images.no_such_subcommand[subcommand]
}

findings contains finding.at(finding.below(probe, ["exec", "command"]), $"the image of {probe.container.title} has no {program}, which its {probe.purpose} probe runs") if {
	some probe in _of_programs
	probe.how == "exec"
	lacks := data.images.lacks_by_name[_image(probe.container)]
	some program in probe.value.exec.check.programs
	lacks[program]
}

# Names of ports

findings contains finding.at(lack, lack.message) if {
	some lack in _names
	lack.unsure == []
}

undecided contains answer if {
	some lack in _names
	some answer in lack.unsure
}

# Any other MCP server

findings contains finding.advice(finding.below(probe, [probe.how, "port"]), $"{probe.what} asks port {port}, which the container does not list") if {
	some probe in _of_others
	port := probe.value[probe.how].port
	is_number(port)
	not _listed_by_any(probe.container, port)
	not value.touched(probe.container, ["ports"])
}

findings contains finding.advice(finding.below(probe, ["httpGet", "path"]), $"{probe.what} asks for {path}, which is no usual health endpoint") if {
	some probe in _of_others
	probe.how == "httpGet"
	path := probes.path(object.get(probe.value.httpGet, "path", null))
	not data.probe_paths[path]
	not _declared(path)
}

undecided contains {"artefact": probe.artefact, "path": array.concat(probe.path, ["httpGet"]), "reason": "a mesh has put its own address in place of the program's"} if {
	some probe in _all_of_programs
	_rewritten(probe)
}

undecided contains answer if {
	some probe in _all_of_programs
	probe.container.unresolved != []
	some answer in value.uncased(value.untold("", probe.container, [probe.name]))
}

# A gateway of which no probe can fail

findings contains finding.at(finding.below(config, ["server", _written_port(config)]), message) if {
	some config in configs.bridge_gateway
	port := _config_port(config, "health")
	port == _config_port(config, "metrics")
	message := $"health and metrics are both on port {port}, and the metrics server answers 200 to every path"
}

judged contains {"artefact": config.artefact} if {
	some config in configs.bridge_gateway
	_config_port(config, "health") == _config_port(config, "metrics")
}

inapplicable contains {"artefact": config.artefact, "path": [], "reason": "health and metrics have ports of their own; what asks them is judged where it stands"} if {
	some config in configs.bridge_gateway
	_config_port(config, "health") != _config_port(config, "metrics")
}

undecided contains value.undecided_at(config, ["server", key], given) if {
	some config in configs.bridge_gateway
	some key in ["health_port", "metrics_port"]
	given := config.value.server[key]
	value.unresolved(given)
}

_config_port(config, role) := port if {
	port := config.value.server[$"{role}_port"]
	is_number(port)
} else := data.probes["bridge-gateway"].ports[role].program if {
	object.get(config.value, ["server", $"{role}_port"], null) == null
}

_written_port(config) := "health_port" if config.value.server.health_port

else := "metrics_port"

# Every probe of a container in scope.
default _probes := []

_probes := [probe |
	some container in kubernetes.containers
	_in_scope[workloads.fact(container, "subject", "other")]
	not container.injected
	some name, purpose in _purposes
	given := container.value[name]
	how := probes.handler(given)
	probe := {
		"artefact": container.artefact,
		"path": array.concat(container.path, [name]),
		"name": name,
		"purpose": purpose,
		"how": how,
		"what": $"the {purpose} probe of {container.title}",
		"value": given,
		"container": container,
	}
]

_in_scope := {"mcp": true, "support": true}

_purposes := {"livenessProbe": "liveness", "readinessProbe": "readiness", "startupProbe": "startup"}

default _all_of_programs := []

_all_of_programs := [probe |
	some probe in _probes
	workloads.is_main(probe.container)
	not probes.excepted(probe.container.pod)
]

default _of_programs := []

_of_programs := [probe | some probe in _all_of_programs; not _rewritten(probe)]

default _of_others := []

_of_others := [probe |
	some probe in _of_programs
	workloads.fact(probe, "subject", "other") == "mcp"
	workloads.fact(probe, "serves", null) == null
]

default _rewritten(_) := false

_rewritten(probe) if startswith(probe.value.httpGet.path, "/app-health/")

default _questions := []

_questions := array.concat(array.concat(_http_questions, _tcp_questions), array.concat(_exec_questions, _compose_questions))

_http_questions := [question |
	some probe in _of_programs
	probe.how == "httpGet"
	get := probe.value.httpGet
	question := object.union(
		_asked(probe, _number(probe.container, get.port), "httpGet"),
		{"how": "http", "tls": _is_https(get), "path": _path_of(get)},
	)
]

_tcp_questions := [_asked(probe, number, "tcpSocket") |
	some probe in _of_programs
	probe.how == "tcpSocket"
	number := _number(probe.container, probe.value.tcpSocket.port)
]

_asked(probe, port, handler) := {
	"artefact": probe.artefact,
	"what": probe.what,
	"purpose": probe.purpose,
	"how": "tcp",
	"port": port,
	"tls": false,
	"at": {
		"port": array.concat(probe.path, [handler, "port"]),
		"path": array.concat(probe.path, [handler, "path"]),
		"tls": array.concat(probe.path, [handler, "scheme"]),
	},
	"serves": serves,
	"elsewhere": _listed_beside(probe.container, port),
} if {
	serves := workloads.fact(probe, "serves", null)
	serves != null
}

_exec_questions := [question |
	some probe in _of_programs
	probe.how == "exec"
	serves := workloads.fact(probe, "serves", null)
	serves != null
	some asked in probe.value.exec.check.asks
	_here[asked.host]
	place := array.concat(probe.path, ["exec", "command"])
	question := {
		"artefact": probe.artefact,
		"what": probe.what,
		"purpose": probe.purpose,
		"how": "http",
		"port": asked.port,
		"path": _asked_path(asked),
		"tls": object.get(asked, "tls", false),
		"at": {"port": place, "path": place, "tls": place},
		"serves": serves,
		"elsewhere": _listed_beside(probe.container, asked.port),
	}
]

default _compose_questions := []

_compose_questions := [question |
	some service in compose.production
	serves := service.value.serves
	is_object(serves)
	not service.value.healthcheck.disabled
	some asked in service.value.healthcheck.test.asks
	_here[asked.host]
	place := array.concat(service.path, ["healthcheck", "test"])
	question := {
		"artefact": service.artefact,
		"what": $"the health check of service {service.name}",
		"purpose": "any",
		"how": "http",
		"port": asked.port,
		"path": _asked_path(asked),
		"tls": object.get(asked, "tls", false),
		"at": {"port": place, "path": place, "tls": place},
		"serves": serves,
		"elsewhere": false,
	}
]

_here := {"localhost": true, "127.0.0.1": true, "[::1]": true, "0.0.0.0": true}

_asked_path(asked) := probes.path(asked.path) if asked.path

else := null

default _is_https(_) := false

_is_https(get) if get.scheme == "HTTPS"

_path_of(get) := probes.path(object.get(get, "path", null)) if not value.unresolved(object.get(get, "path", null))

else := null

# The port that is asked, a name as the container has it.
_number(_, port) := port if is_number(port)

_number(container, name) := numbers[0] if {
	is_string(name)
	numbers := [port.containerPort |
		some port in container.value.ports
		port.name == name
		is_number(port.containerPort)
	]
}

# Another container of the pod lists the port.
default _listed_beside(_, _) := false

_listed_beside(container, number) if {
	not _lists(container.value, number)
	_listed_by_any(container, number)
}

default _listed_by_any(_, _) := false

_listed_by_any(container, number) if {
	some list in ["containers", "initContainers"]
	some other in container.pod.value[list]
	_lists(other, number)
}

_lists(container, number) if {
	some port in container.ports
	port.containerPort == number
}

default _declared(_) := false

_declared(path) if {
	some declared in data.params.health_paths
	declared == path
}

_image(container) := names[0] if {
	names := [image.reference.name |
		some image in workloads.fact(container, "images", [])
		image.path == array.concat(container.path, ["image"])
	]
}

default _names := []

_names := array.concat(
	[lack |
		some probe in _probes
		probe.how in ["httpGet", "tcpSocket"]
		port := object.get(probe.value[probe.how], "port", null)
		is_string(port)
		not _named(probe.container, port)
		lack := _lack(probe, $"{probe.what} asks port {_shown(port)}, which is the name of no port of the container")
	],
	[lack |
		some probe in _probes
		probe.how != "exec"
		port := object.get(probe.value[probe.how], "port", null)
		not _is_port(probe.how, port)
		lack := _lack(probe, $"{probe.what} names no port")
	],
)

_is_port(_, port) if is_number(port)

_is_port(how, port) if {
	how != "grpc"
	is_string(port)
}

_is_port(_, port) if value.unresolved(port)

_named(container, name) if {
	some port in container.value.ports
	port.name == name
}

_lack(probe, message) := {
	"artefact": probe.artefact,
	"path": array.concat(probe.path, [probe.how, "port"]),
	"message": message,
	"unsure": value.uncased(value.unsure("", [[probe.container, ["ports"]]])),
}

_shown(name) := name if count(name) <= 63

else := "of a long name"
