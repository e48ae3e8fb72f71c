package mcp.controls.agent.claude_code_configured_test

import data.mcp.controls.agent.claude_code_configured as control

project(servers) := {"artefacts": [{"kind": "mcp-client-config", "value": {"client": "claude", "project": true, "servers": [
object.union({"name": "stack", "remote": false, "paths": [], "not_texts": [], "secrets": []}, server) |
	some server in servers
]}}]}

https := {"remote": true, "address": {"type": "http", "scheme": "https"}}

python(how) := {"launch": {"runtime": "python", "program": "python", "python": how}}

messages(servers) := found if found := {each.message | some each in control.findings} with input as project(servers)

test_a_server_over_https_is_met if {
	result := control with input as project([https])
	result.findings == set()
	result.judged == {{"artefact": 0}}
	messages([{"remote": true, "address": {"type": "sse", "scheme": "https"}}]) == set()
}

test_a_program_is_met if messages([python("uv")]) == set()

test_one_of_use_is_enough if messages([{"empty": true}, https]) == set()

test_a_file_without_a_server_is_found if {
	control.findings == {{"artefact": 0, "path": ["servers"], "message": "no server is configured for Claude Code"}} with input as project([])
}

test_what_is_of_no_use_is_found if {
	messages([{"empty": true}]) == {"server stack has neither a program to start nor a URL"}
	messages([{"remote": true, "address": {"scheme": "https"}}]) == {"server stack has a URL and neither type http nor type sse, so Claude Code takes it for a program"}
	messages([{"remote": true, "address": {"type": "http", "scheme": "http"}}]) == {"server stack is reached by http, not by https"}
	messages([{"remote": true, "address": {"type": "http"}}]) == {"server stack has a URL that is none"}
	messages([object.union(https, {"secrets": [{"class": "literal", "name": "Authorization"}, {"class": "literal", "name": "X-Key"}]})]) == {"server stack has a secret written in the file: Authorization"}
	messages([object.union(https, {"secrets": [{"class": "reference", "name": "Authorization"}]})]) == set()
	messages([python("direct")]) == {"server stack is started by python directly"}
	messages([{"paths": [{"path": ["args", 0], "what": "argument 1", "why": "variable"}, {"path": ["args", 1], "what": "argument 2", "why": "relative"}]}]) == {"server stack does not start everywhere: argument 2 is a relative path"}
	messages([{"not_texts": [{"path": ["env", "PORT"], "name": "PORT", "type": "a number", "expected": "a text"}]}]) == {"server stack has a number for PORT"}
}

test_a_variable_is_not_judged if {
	result := control with input as project([{"remote": true, "address": {"type": "http", "unresolved": "the variable MCP_URL"}}])
	result.findings == set()
	{answer.reason | some answer in result.undecided} == {"the URL of server stack is not known: the variable MCP_URL"}
}

test_other_clients_are_not_applicable if {
	result := control with input as {"artefacts": [{"kind": "mcp-client-config", "value": {"client": "cursor", "servers": []}}]}
	result.findings == set()
	result.judged == set()
	count(result.inapplicable) == 1
}
