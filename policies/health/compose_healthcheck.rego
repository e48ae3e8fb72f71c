# METADATA
# title: Give every Compose service a health check that can fail
# description: |
#   `depends_on` and restarts by an orchestrator rest on the health check, and a check that always succeeds says that a dead service is well.
#   Case `present` asks for one in every service that is meant to run on and is not marked for development: in the Compose file, or as the
#   HEALTHCHECK of the Dockerfile that the service builds, where that file is in the run (else it is not judged). One-shot services need none.
#   Case `can-fail` judges every check, in files for development too. A check that cannot fail, or never runs as it is written, is a finding:
#   `true`, `exit 0`, `echo`, Python that only imports or prints, `... || true`, shell operators in the exec form, a program that the image
#   lacks, a question to another service, the port of the host in place of the container's. `nginx -t` is a warning, because it reads the
#   configuration and asks no server, and so are a subcommand that the program lacks and a list that begins with neither CMD nor CMD-SHELL.
#   Limits: which programs are in an image is known of few images; scripts that a check calls are not read.
# related_resources:
#   - https://docs.docker.com/reference/compose-file/services/#healthcheck
# custom:
#   severity: medium
#   admission: none
#   artefacts: [compose, dockerfile]
#   cases:
#     present: "A long-running service has a health check, at most 60 s apart, with a timeout below the interval and at most 10 retries."
#     can-fail: "The command of a health check fails when the service does."
#   items: [gateway-004, python-032, stack-028, hangar-028, stack-114]
#   instances:
#     gateway-004: [present, can-fail]
#     python-032: [present, can-fail]
#     stack-028: [present, can-fail]
#     hangar-028: can-fail
#     stack-114: can-fail
#   also: [CIS-Docker 4.6]
#   fix: "yes: for images in the table of health-probe-endpoint-known"
#   remediation: |
#     Ask the service itself, with a program that its image has: `test: ["CMD", "wget", "-qO-", "http://localhost:8080/health/live"]`, or in Python
#     `urllib.request.urlopen("http://localhost:8080/health/live", timeout=3)`.
package mcp.controls.health.compose_healthcheck

import data.mcp.lib.compose
import data.mcp.lib.finding

judged contains {"artefact": service.artefact, "case": "present"} if {
	some service in _lasting
	not _built_elsewhere(service.value)
}

judged contains {"artefact": check.artefact, "case": "can-fail"} if some check in _checks

inapplicable contains answer if some answer in compose.for_development("present")

inapplicable contains {"artefact": index, "case": "present", "reason": "no service is meant to run on"} if {
	some index, artefact in input.artefacts
	artefact.kind == "compose"
	count([service | some service in compose.production; service.artefact == index]) > 0
	count([service | some service in _lasting; service.artefact == index]) == 0
}

inapplicable contains {"artefact": index, "case": "can-fail", "reason": "there is no health check"} if {
	some index, _ in input.artefacts
	count([check | some check in _checks; check.artefact == index]) == 0
}

# Present

findings contains finding.in_case("present", place, message) if {
	some service in _lasting
	not _has_check(service.value)
	not _built_elsewhere(service.value)
	not _told_elsewhere(service.value)
	place := finding.below(service, ["healthcheck"])
	message := $"service {service.name} {_lack(service.value)}"
}

findings contains finding.in_case("present", place, message) if {
	some service in _lasting
	interval := _setting(service.value, "interval_seconds")
	interval > 60
	place := finding.below(service, ["healthcheck", "interval_seconds"])
	message := $"service {service.name} is checked every {interval} s, less than once a minute"
}

findings contains finding.in_case("present", place, message) if {
	some service in _lasting
	interval := _setting(service.value, "interval_seconds")
	timeout := _setting(service.value, "timeout_seconds")
	interval > 0
	timeout >= interval
	place := finding.below(service, ["healthcheck", "timeout_seconds"])
	message := $"the check of service {service.name} may take {timeout} s, and runs every {interval} s"
}

findings contains finding.in_case("present", place, message) if {
	some service in _lasting
	retries := _setting(service.value, "retries")
	retries > 10
	place := finding.below(service, ["healthcheck", "retries"])
	message := $"service {service.name} is well until {retries} checks in a row have failed"
}

findings contains finding.warning("present", place, message) if {
	some service in _lasting
	some index, dependency in service.value.depends_on
	dependency.checked
	dependency.condition == "service_started"
	place := finding.below(service, ["depends_on", index])
	message := $"service {service.name} does not wait until {dependency.service} is healthy"
}

undecided contains {"artefact": service.artefact, "case": "present", "path": service.path, "reason": reason} if {
	some service in _lasting
	not _has_check(service.value)
	_built_elsewhere(service.value)
	reason := $"the Dockerfile that service {service.name} builds is not among the files"
}

undecided contains {"artefact": service.artefact, "case": "present", "path": service.path, "reason": reason} if {
	some service in _lasting
	not _has_check(service.value)
	_told_elsewhere(service.value)
	reason := $"whether service {service.name} has a health check is not known: {service.value.incomplete}"
}

# Can fail

findings contains finding.in_case("can-fail", check, $"the health check of {check.what} succeeds whatever happens: {check.test.constant}") if {
	some check in _checks
	check.test.constant
}

findings contains finding.in_case("can-fail", check, message) if {
	some check in _checks
	check.test.operator
	message := $"the health check of {check.what} hands {check.test.operator} to its program as an argument, because the exec form has no shell"
}

findings contains finding.in_case("can-fail", check, message) if {
	some check in _checks
	check.test.unsplit
	message := $"the health check of {check.what} has a whole command line where the exec form has the name of a program"
}

findings contains finding.in_case("can-fail", check, $"the image of {check.what} has no {program}, which its health check runs") if {
	some check in _checks
	some program in check.test.programs
	check.lacks[program]
}

findings contains finding.in_case("can-fail", check, $"the health check of {check.what} asks {asked.host}, not the service") if {
	some check in _checks
	some asked in check.test.asks
	_elsewhere(asked)
}

findings contains finding.in_case("can-fail", check, message) if {
	some check in _checks
	some asked in check.test.asks
	_here[asked.host]
	target := _mistaken(check, asked.port)
	message := $"the health check of {check.what} asks port {asked.port}, which is that of the host: in the container it is {target}"
}

findings contains finding.warning("can-fail", check, $"the health check of {check.what} reads the configuration and asks no server: nginx -t") if {
	some check in _checks
	check.test.syntax
	not check.test.constant
}

findings contains finding.warning("can-fail", check, $"the health check of {check.what} runs {subcommand}, which the program does not know") if {
	some check in _checks
	some subcommand in check.test.subcommands
	data.images.no_such_subcommand[subcommand]
}

findings contains finding.warning("can-fail", check, $"the health check of {check.what} begins with neither CMD nor CMD-SHELL, so it never runs") if {
	some check in _checks
	check.test.form == "unmarked"
}

undecided contains {"artefact": check.artefact, "case": "can-fail", "path": check.path, "reason": reason} if {
	some check in _checks
	count(check.test.programs) == 0
	unresolved := check.test.unresolved
	reason := $"the command is not known: {unresolved}"
}

# Services that are meant to run on.
_lack(service) := "switches its health check off" if service.healthcheck.disabled

else := "has no health check"

default _lasting := []

_lasting := [service | some service in compose.production; not service.value.oneshot]

default _checks := []

_checks := array.concat(
	[check |
		some service in compose.services
		test := service.value.healthcheck.test
		not service.value.healthcheck.disabled
		check := {
			"artefact": service.artefact,
			"path": array.concat(service.path, ["healthcheck", "test"]),
			"what": $"service {service.name}",
			"test": test,
			"service": service,
			"lacks": _lacks_of_service(service.value),
		}
	],
	[check |
		some index, artefact in input.artefacts
		artefact.kind == "dockerfile"
		healthcheck := artefact.image.healthcheck
		check := {
			"artefact": index,
			"path": ["instructions", healthcheck.instruction],
			"what": "the image",
			"test": healthcheck.command,
			"lacks": _lacks_of_built(artefact.image),
		}
	],
)

default _has_check(_) := false

_has_check(service) if {
	service.healthcheck.test
	not service.healthcheck.disabled
}

_has_check(service) if {
	service.built.healthcheck.none == false
	not service.healthcheck.disabled
}

# A number of a check that runs: what the Compose file says, else the Dockerfile that it builds.
_setting(service, field) := number if {
	_has_check(service)
	number := object.get(object.get(service, "healthcheck", {}), field, _built_setting(service, field))
	is_number(number)
}

default _built_setting(_, _) := null

_built_setting(service, field) := service.built.healthcheck[field]

# A file that is not at hand may give it one.
default _told_elsewhere(_) := false

_told_elsewhere(service) if {
	service.incomplete
	not service.healthcheck.disabled
}

# The image may have a check that cannot be seen.
default _built_elsewhere(_) := false

_built_elsewhere(service) if {
	service.build
	not service.built
	not service.healthcheck.test
	not service.healthcheck.disabled
}

default _lacks_of_service(_) := {}

_lacks_of_service(service) := _lacks_of_built(service.built) if service.built

else := {} if service.build

else := _lacks(service.reference)

_lacks_of_built(image) := {program: true |
	some program, _ in _lacks(image.base)
	count([mention | some mention in image.mentions; mention == program]) == 0
}

default _lacks(_) := {}

_lacks(reference) := data.images.lacks_by_name[reference.name] if data.images.lacks_by_name[reference.name]

else := data.images.lacks[$"{reference.repository}:{reference.variant}"]

_here := {"localhost": true, "127.0.0.1": true, "[::1]": true, "0.0.0.0": true}

default _elsewhere(_) := false

_elsewhere(asked) if asked.sibling

_elsewhere(asked) if {
	not _here[asked.host]
	contains(asked.host, ".")
	trim(asked.host, "0123456789.") != ""
	not _inside(asked.host)
}

default _inside(_) := false

_inside(host) if {
	some ending in [".local", ".internal", ".localdomain", ".localhost"]
	endswith(host, ending)
}

# The port of the container for which the check takes that of the host.
_mistaken(check, number) := min(targets) if {
	ports := [port | some port in check.service.value.ports; port.target]
	count([port | some port in ports; port.target.from <= number; number <= port.target.to]) == 0
	targets := [port.target.from | some port in ports; port.published.from == number; port.published.to == number]
	count(targets) > 0
	not _spoken_of(check.service.value, number)
}

default _spoken_of(_, _) := false

_spoken_of(service, number) if {
	some variable in service.environment
	contains($"{variable.value}", $"{number}")
}

_spoken_of(service, number) if {
	some part in ["command", "entrypoint"]
	some word in service[part].argv
	contains($"{word}", $"{number}")
}

_spoken_of(service, number) if {
	some port in service.built.exposes
	port == number
}

_spoken_of(service, number) if {
	some port in service.expose
	$"{port}" == $"{number}"
}
