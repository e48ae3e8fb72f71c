# METADATA
# title: Configure the Claude Code integration
# description: |
#   Users meet the system through their client: a project that brings its own configuration works for all of them, the same for each.
#   The `.mcp.json` of a project has at least one server that Claude Code can use wherever the project is checked out: one with `type` http or sse
#   and an https URL, or one that it starts, with what `agent-client-config` asks for; and without a secret that is written in the file
#   (`${TOKEN}` is expanded, `headersHelper` asks for it). Where one server does, others are not judged here. A URL that a variable without a
#   default decides is not judged.
#   Limits: which server is this system is not told, and the file in a user's home directory and commands in documents (`claude mcp add`) are
#   not seen; that a repository has no `.mcp.json` at all is not found by reading single files.
# related_resources:
#   - https://docs.claude.com/en/docs/claude-code/mcp
# custom:
#   severity: low
#   admission: none
#   artefacts: [mcp-client-config]
#   unread: [mcp-endpoint]
#   items: [stack-055]
#   remediation: |
#     Commit a `.mcp.json`: `{"mcpServers": {"mcp-system": {"type": "http", "url": "https://mcp.example.net/mcp", "headers": {"Authorization":
#     "Bearer ${MCP_TOKEN}"}}}}`.
package mcp.controls.agent.claude_code_configured

import data.mcp.lib.clients
import data.mcp.lib.finding

judged contains {"artefact": index} if some index in _projects

inapplicable contains {"artefact": index, "reason": "it is not the .mcp.json of a project, which Claude Code reads"} if {
	some index, artefact in input.artefacts
	not artefact.value.project
}

findings contains finding.at({"artefact": index, "path": ["servers"]}, "no server is configured for Claude Code") if {
	some index in _projects
	count(input.artefacts[index].value.servers) == 0
}

findings contains finding.at(server, $"server {server.value.name} {fault}") if {
	some server in clients.servers
	_without_fit[server.artefact]
	fault := _fault(server.value)
}

undecided contains {"artefact": server.artefact, "path": server.path, "reason": reason} if {
	some server in clients.servers
	_without_fit[server.artefact]
	not _fault(server.value)
	unresolved := server.value.address.unresolved
	reason := $"the URL of server {server.value.name} is not known: {unresolved}"
}

default _projects := []

_projects := [index | some index, artefact in input.artefacts; artefact.value.project]

# Projects of which no server is sure to be of use.
_without_fit[index] := true if {
	some index in _projects
	count([server | some server in clients.servers; server.artefact == index; _fit(server.value)]) == 0
}

default _fit(_) := false

_fit(server) if {
	not _fault(server)
	not server.address.unresolved
}

_fault(server) := "has neither a program to start nor a URL" if server.empty

else := "has a URL and neither type http nor type sse, so Claude Code takes it for a program" if {
	server.address
	not _typed(server.address)
}

else := $"is reached by {server.address.scheme}, not by https" if {
	server.address.scheme
	server.address.scheme != "https"
}

else := "has a URL that is none" if {
	server.address
	not server.address.scheme
	not server.address.unresolved
}

else := $"has a secret written in the file: {secret.name}" if {
	secret := [given | some given in server.secrets; _written[given.class]][0]
}

else := $"is started by {server.launch.program} {reason}" if {
	[_, reason] := clients.start_fault[server.launch.python]
}

else := $"does not start everywhere: {fault.what} {reason}" if {
	fault := [given | some given in server.paths; clients.path_fault[given.why]][0]
	reason := clients.path_fault[fault.why]
}

else := $"has {wrong.type} for {wrong.name}" if {
	wrong := server.not_texts[0]
}

default _typed(_) := false

_typed(address) if _types[address.type]

_types := {"http": true, "streamable-http": true, "sse": true}

_written := {"literal": true, "default-literal": true, "mixed": true}
