# METADATA
# description: |
#   What known programs answer when they are asked whether they are well. A question is
#   `{"artefact", "what": "the liveness probe of container x", "purpose": "liveness" | "readiness" | "startup" | "any", "how": "http" | "tcp",
#   "port": 8080, "path": "/health" (absent where it is not known), "tls": false, "at": {"port": [...], "path": [...], "tls": [...]}, "serves": <fact of the host>}`.
package mcp.lib.endpoints

# The finding on a question, with the steps to its place; undefined where there is none.
fault(question) := {"path": question.at.port, "message": message} if {
	_asks_metrics(question)
	message := $"{question.what} asks port {question.port}, where {_program(question).title} serves metrics and answers 200 to every path"
} else := {"path": question.at.tls, "message": message} if {
	_at_health(question)
	question.tls
	message := $"{question.what} asks port {question.port} in TLS, where {_program(question).title} speaks plain HTTP"
} else := {"path": question.at.path, "message": message} if {
	_lost(question)
	not question.elsewhere
	message := $"{question.what} asks for {question.path}, which is no health endpoint of {_program(question).title}"
} else := {"path": question.at.port, "message": message} if {
	_misses(question)
	_sure(question)
	not _other_listener(question)
	message := $"{question.what} asks port {question.port}, where {_program(question).title} does not answer: it does on {number(question.serves, "health")}"
}

# The warning on a question, the same way.
advice(question) := {"path": question.at.port, "message": message} if {
	question.how == "tcp"
	not fault(question)
	not question.elsewhere
	message := $"{question.what} only tells that port {question.port} is open"
} else := {"path": question.at.path, "message": message} if {
	question.purpose == "liveness"
	_meant_for(question) == "readiness"
	message := $"{question.what} asks whether {_program(question).title} is ready: the container is started again while what it depends on is down"
} else := {"path": question.at.path, "message": message} if {
	question.purpose == "readiness"
	_meant_for(question) == "liveness"
	message := $"{question.what} asks whether {_program(question).title} lives, not whether it is ready"
}

# Why a question cannot be judged, or undefined.
unknown(question) := $"whether {_program(question).title} answers on port {question.port} is not known: another container may" if {
	_misses(question)
	question.elsewhere
	not _asks_metrics(question)
} else := $"whether {_program(question).title} answers on port {question.port} is not known: what sets its port was not given" if {
	_misses(question)
	not _sure(question)
	not fault(question)
}

_program(question) := data.probes[question.serves.program]

# The port of a role: what is set, else the default.
number(serves, role) := serves.ports[role].number

number(serves, role) := data.probes[serves.program].ports[role][serves.ports[role]["default"]]

_sure(question) if question.serves.ports.health.sure

_asks_metrics(question) if {
	question.port == number(question.serves, "metrics")
	not _surely_health(question)
}

_surely_health(question) if {
	_sure(question)
	question.port == number(question.serves, "health")
}

_at_health(question) if question.port == number(question.serves, "health")

_misses(question) if question.port != number(question.serves, "health")

# On no port of the program there is such a path; on another one than that of health there may be, where the program has several.
_lost(question) if {
	question.how == "http"
	is_string(question.path)
	not _is_endpoint(question)
	_at_health(question)
}

_lost(question) if {
	question.how == "http"
	is_string(question.path)
	not _is_endpoint(question)
	not _sure(question)
}

_is_endpoint(question) if _program(question).paths[question.path]

_is_endpoint(question) if {
	some prefix, _ in _program(question).prefixes
	startswith(question.path, prefix)
}

_meant_for(question) := _program(question).paths[question.path] if {
	question.how == "http"
	_at_health(question)
}

# A program with frontends may listen there, for all that a bare connection tells.
_other_listener(question) if {
	question.how == "tcp"
	not _program(question).one_port
}

_other_listener(question) if question.elsewhere
