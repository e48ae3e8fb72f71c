# METADATA
# description: Views over configurations of MCP clients that controls share; arrays, always defined.
package mcp.lib.clients

default servers := []

servers := [server |
	some index, artefact in input.artefacts
	some position, value in artefact.value.servers
	server := {"artefact": index, "path": ["servers", position], "value": value}
]

# What is wrong with a path, by the host's `why`; a variable is not known and nothing is wrong with it.
path_fault := {
	"relative": "is a relative path",
	"home": "is a path below a home directory that the client does not expand",
	"placeholder": "is a path that is still to be filled in",
}

# What is wrong with the start of a Python server, with the key that says so.
start_fault := {
	"direct": ["command", "directly"],
	"no-directory": ["args", "without the directory of the project"],
	"loose-directory": ["args", "with a directory that is not absolute"],
}
