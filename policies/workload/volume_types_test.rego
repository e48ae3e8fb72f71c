package mcp.controls.workload.volume_types_test

import data.mcp.controls.workload.volume_types as control
import data.mcp.lib.testing

test_a_volume_of_a_server_is_found if {
	control.findings == {{
		"artefact": 0,
		"case": "pss-restricted",
		"path": ["spec", "volumes", 0, "nfs"],
		"message": "volume data is of the type nfs",
	}} with input as testing.pod({"volumes": [{"name": "data", "nfs": {"server": "files", "path": "/data"}}]})
}

test_allowed_types_and_none_are_met if {
	every source in [{}, {"emptyDir": {}}, {"secret": {"secretName": "x"}}, {"image": {}}, {"csi": {}}, {"nfs": null}] {
		result := control with input as testing.pod({"volumes": [object.union({"name": "x"}, source)]})
		result.findings == set()
		result.judged == {{"artefact": 0, "case": "pss-restricted"}}
	}
}

test_a_host_path_is_reported_elsewhere if {
	count(control.findings) == 0 with input as testing.pod({"volumes": [{"name": "x", "hostPath": {"path": "/"}}]})
}

test_a_name_need_not_be_there if {
	result := control with input as testing.pod({"volumes": [{"gitRepo": {}}]})
	{finding.message | some finding in result.findings} == {"volume without a name is of the type gitRepo"}
}

test_a_template_is_undecided if {
	pod := testing.pod({"volumes": [{"unresolved": "a template"}]})
	result := control with input as testing.unknown(pod, ["spec", "volumes", 0])
	result.findings == set()
	count(result.undecided) == 1
}
