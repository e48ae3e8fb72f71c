package mcp.controls.workload.readonly_rootfs_test

import data.mcp.controls.workload.readonly_rootfs as control
import data.mcp.lib.testing

test_silence_is_writable if {
	control.findings == {{
		"artefact": 0,
		"path": ["spec", "containers", 0, "securityContext", "readOnlyRootFilesystem"],
		"message": "container gateway can write to its root filesystem",
	}} with input as testing.container({})
}

test_only_true_is_met if {
	every given in [false, "true", null, 1] {
		count(control.findings) == 1 with input as testing.container({"securityContext": {"readOnlyRootFilesystem": given}})
	}
	count(control.findings) == 1 with input as testing.container({"securityContext": "true"})
	result := control with input as testing.container({"securityContext": {"readOnlyRootFilesystem": true}})
	result.findings == set()
	result.judged == {{"artefact": 0}}
}

test_the_pod_has_no_such_field if {
	count(control.findings) == 1 with input as testing.pod({
		"securityContext": {"readOnlyRootFilesystem": true},
		"containers": [{"name": "x"}],
	})
}

test_init_containers_count_and_ephemeral_ones_do_not if {
	count(control.findings) == 1 with input as testing.pod({"initContainers": [{"name": "x"}]})
	count(control.findings) == 0 with input as testing.pod({"ephemeralContainers": [{"name": "x"}]})
}

test_what_is_injected_is_not_judged if {
	count(control.findings) == 0 with input as testing.pod({"initContainers": [testing.injected_init]})
	claimed := object.remove(testing.injected_init, ["injected"])
	count(control.findings) == 1 with input as testing.pod({"initContainers": [claimed]})
}

test_windows_is_inapplicable if {
	every spec in [{"os": {"name": "windows"}}, {"nodeSelector": {"kubernetes.io/os": "windows"}}] {
		result := control with input as testing.pod(object.union(spec, {"containers": [{"name": "x"}]}))
		result.findings == set()
		result.judged == set()
		count(result.inapplicable) == 1
	}
}

test_a_database_may_write_with_a_reason if {
	result := control with input as database({"mcp-policy.io/writable-root": "the image writes its socket"}, "/var/lib/postgresql/data", {"main": 0})
	result.findings == set()
	result.excused == {{
		"artefact": 0,
		"path": ["spec", "containers", 0, "securityContext", "readOnlyRootFilesystem"],
		"message": "container db can write to its root filesystem",
		"reason": "the image writes its socket",
	}}
}

test_a_database_needs_all_of_reason_volume_and_being_the_program if {
	reason := {"mcp-policy.io/writable-root": "x"}
	count(control.findings) == 1 with input as database({}, "/var/lib/postgresql/data", {"main": 0})
	count(control.findings) == 1 with input as database({"mcp-policy.io/writable-root": " "}, "/var/lib/postgresql/data", {"main": 0})
	count(control.findings) == 1 with input as database(reason, "/etc/postgresql", {"main": 0})
	count(control.findings) == 1 with input as database(reason, "/var/lib/postgresql/data", {"main": 1})
	count(control.findings) == 1 with input as database(reason, "/var/lib/postgresql/data", {"main": 0, "component": "gateway"})
}

test_a_template_is_undecided if {
	path := ["spec", "containers", 0, "securityContext", "readOnlyRootFilesystem"]
	result := control with input as testing.unknown(testing.container({"securityContext": {"readOnlyRootFilesystem": {"unresolved": "a template"}}}), path)
	result.findings == set()
	result.undecided == {{"artefact": 0, "path": path, "reason": "the value is not known: a template"}}
}

test_a_list_that_is_a_template_is_undecided if {
	path := ["spec", "initContainers"]
	result := control with input as testing.unknown(testing.pod({"initContainers": {"unresolved": "a template"}}), path)
	count(result.undecided) == 1
}

database(annotations, folder, facts) := testing.with_facts(
	testing.pod({"containers": [{"name": "db", "volumeMounts": [{"name": "data", "mountPath": folder}]}]}),
	object.union({"component": "postgres", "pod_metadata": {"annotations": annotations}}, facts),
)
