package mcp.controls.agent.client_config_test

import data.mcp.controls.agent.client_config as control

client(server) := {"artefacts": [{"kind": "mcp-client-config", "value": {"client": "cursor", "servers": [object.union(
	{"name": "weather", "remote": false, "paths": [], "not_texts": [], "env": [], "headers": []},
	server,
)]}}]}

python(how) := {"launch": {"runtime": "python", "program": "uv", "python": how}}

test_a_relative_path_is_found if {
	control.findings == {{
		"artefact": 0,
		"case": "absolute-paths",
		"path": ["servers", 0, "args", 0],
		"message": "server weather: argument 1 is a relative path",
	}} with input as client({"paths": [{"path": ["args", 0], "what": "argument 1", "why": "relative"}]})
}

fault(why) := {"path": ["cwd"], "what": "the working directory", "why": why}

test_home_and_placeholders_are_found_and_variables_undecided if {
	every why in ["home", "placeholder"] {
		count(control.findings) == 1 with input as client({"paths": [fault(why)]})
	}
	result := control with input as client({"paths": [fault("variable")]})
	result.findings == set()
	count(result.undecided) == 1
}

test_python_is_started_by_uv_with_a_directory if {
	every how in ["uv", "package"] {
		result := control with input as client(python(how))
		result.findings == set()
		result.judged[{"artefact": 0, "case": "uv-directory"}]
	}
	{[found.path, found.message] | some found in control.findings} == {[
		["servers", 0, "args"],
		"server weather is started by uv without the directory of the project",
	]} with input as client(python("no-directory"))
	{found.path | some found in control.findings} == {["servers", 0, "command"]} with input as client(python("direct"))
	count(control.findings) == 1 with input as client(python("loose-directory"))
}

test_other_runtimes_and_urls_have_no_directory if {
	every server in [{"launch": {"runtime": "other", "program": "npx"}}, {"remote": true}] {
		result := control with input as client(server)
		result.findings == set()
		"uv-directory" in {answer.case | some answer in result.inapplicable}
		not result.judged[{"artefact": 0, "case": "uv-directory"}]
	}
}

test_values_of_env_are_texts if {
	control.findings == {{
		"artefact": 0,
		"case": "env-strings",
		"path": ["servers", 0, "env", "PORT"],
		"message": "server weather: PORT is a number, not a text",
	}} with input as client({"not_texts": [{"path": ["env", "PORT"], "name": "PORT", "type": "a number", "expected": "a text"}]})
}

test_urls_are_judged_by_env_alone if {
	result := control with input as client({"remote": true})
	result.judged == {{"artefact": 0, "case": "env-strings"}}
}

test_a_command_that_is_a_variable_is_undecided if {
	result := control with input as client({"launch": {"runtime": "other", "program": "", "unresolved": "the command is a variable"}})
	{answer.case | some answer in result.undecided} == {"uv-directory"}
	not "uv-directory" in {answer.case | some answer in result.inapplicable}
}
