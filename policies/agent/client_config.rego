# METADATA
# title: Write client configurations that start the server everywhere
# description: |
#   A desktop client has another working directory and PATH than your shell, and expands neither `~` nor `$HOME`: a server that starts in the
#   terminal does not start there. Paths in `command`, `args` and `cwd` are absolute; below an absolute `--directory` relative ones are fine.
#   Python servers start by uv with the directory of their project, or as a package by uvx. Values of `env` and `headers` are texts.
#   URLs, package names, images and values of options that are named for a secret are no paths. Servers that are reached by URL are judged by
#   `env-strings` alone. A path that begins with a variable of another kind is not judged. Placeholders (`/absolute/path/to/project`) are
#   accepted in documents and in files named example, sample or template.
#   Limits: whether a path exists on the user's machine cannot be seen.
# related_resources:
#   - https://modelcontextprotocol.io/docs/develop/connect-local-servers
# custom:
#   severity: medium
#   admission: none
#   artefacts: [mcp-client-config]
#   cases:
#     absolute-paths: "Every argument, command and working directory that is a path is absolute."
#     uv-directory: "Python servers are started by uv with `--directory` or `--project` and an absolute path, or by uvx."
#     env-strings: "Every value of `env` and `headers` is a text."
#   items: [python-021, python-159, python-022, python-023]
#   instances: {python-021: absolute-paths, python-159: absolute-paths, python-022: uv-directory, python-023: env-strings}
#   fix: "quote env numbers and booleans"
#   remediation: |
#     Write `"command": "uv", "args": ["--directory", "/srv/my-server", "run", "my-server"]` with the path of your machine, and quote the values of
#     `env`.
package mcp.controls.agent.client_config

import data.mcp.lib.clients
import data.mcp.lib.finding

judged contains {"artefact": server.artefact, "case": "absolute-paths"} if {
	some server in clients.servers
	not server.value.remote
}

judged contains {"artefact": server.artefact, "case": "uv-directory"} if {
	some server in clients.servers
	server.value.launch.python
}

judged contains {"artefact": server.artefact, "case": "env-strings"} if some server in clients.servers

findings contains finding.in_case("absolute-paths", place, message) if {
	some server in clients.servers
	some fault in server.value.paths
	reason := clients.path_fault[fault.why]
	place := finding.below(server, fault.path)
	message := $"server {server.value.name}: {fault.what} {reason}"
}

findings contains finding.in_case("uv-directory", place, message) if {
	some server in clients.servers
	launch := server.value.launch
	[step, reason] := clients.start_fault[launch.python]
	place := finding.below(server, [step])
	message := $"server {server.value.name} is started by {launch.program} {reason}"
}

findings contains finding.in_case("env-strings", place, message) if {
	some server in clients.servers
	some fault in server.value.not_texts
	place := finding.below(server, fault.path)
	message := $"server {server.value.name}: {fault.name} is {fault.type}, not {fault.expected}"
}

undecided contains {"artefact": server.artefact, "case": "absolute-paths", "path": path, "reason": reason} if {
	some server in clients.servers
	some fault in server.value.paths
	fault.why == "variable"
	path := array.concat(server.path, fault.path)
	reason := $"{fault.what} begins with a variable"
}

undecided contains {"artefact": server.artefact, "case": "uv-directory", "path": server.path, "reason": reason} if {
	some server in clients.servers
	reason := server.value.launch.unresolved
}

inapplicable contains {"artefact": index, "case": case, "reason": reason} if {
	some index, artefact in input.artefacts
	some case, reason in {
		"absolute-paths": "no server is started by the client",
		"uv-directory": "no server is a Python program",
		"env-strings": "there is no server",
	}
	count([server | some server in clients.servers; server.artefact == index; _has(case, server.value)]) == 0
}

default _has(_, _) := false

_has("absolute-paths", server) if not server.remote

_has("uv-directory", server) if server.launch.python

_has("uv-directory", server) if server.launch.unresolved

_has("env-strings", _)
