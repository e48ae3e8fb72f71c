package mcp.controls.workload.run_as_non_root_test

import data.mcp.controls.workload.run_as_non_root as control
import data.mcp.lib.testing

test_silence_is_found_in_both_cases if {
	control.findings == {
		{
			"artefact": 0,
			"case": "effective-user",
			"path": ["spec", "containers", 0, "securityContext", "runAsNonRoot"],
			"message": "container gateway may run as root: it has no runAsNonRoot: true, of its own or of its pod",
		},
		{
			"artefact": 0,
			"case": "pss-restricted",
			"path": ["spec", "containers", 0, "securityContext", "runAsNonRoot"],
			"message": "container gateway may run as root: it has no runAsNonRoot: true, of its own or of its pod",
		},
	} with input as testing.container({})
}

# A report shows findings of the same words at the same place as one.
test_both_cases_say_the_same_where_they_mean_the_same if {
	every given in [
		[pod({"runAsUser": 0}, {}), {"the pod runs as root: runAsUser is 0"}],
		[pod({"runAsNonRoot": true}, {"runAsUser": 0}), {"container x runs as root: runAsUser is 0"}],
		[pod({"runAsNonRoot": false}, {}), {"the pod may run as root: runAsNonRoot is false"}],
		[pod({"runAsUser": 0}, {"runAsNonRoot": true, "runAsUser": 1}), {"runAsUser of the pod is 0"}],
		[pod({"runAsUser": 1000}, {}), {"container x has no runAsNonRoot: true, of its own or of its pod"}],
	] {
		{finding.message | some finding in control.findings; not startswith(finding.message, "container x may")} == given[1] with input as given[0]
	}
}

test_met if {
	every contexts in [
		{"pod": {"runAsNonRoot": true}, "container": {}},
		{"pod": {}, "container": {"runAsNonRoot": true}},
		{"pod": {"runAsNonRoot": true, "runAsUser": 1000}, "container": {"runAsUser": 2000}},
	] {
		result := control with input as pod(contexts.pod, contexts.container)
		result.findings == set()
		count(result.judged) == 2
	}
}

test_the_container_overrides_its_pod if {
	found(pod({"runAsNonRoot": true, "runAsUser": 1000}, {"runAsUser": 0})) == {
		["effective-user", ["spec", "containers", 0, "securityContext", "runAsUser"]],
		["pss-restricted", ["spec", "containers", 0, "securityContext", "runAsUser"]],
	}
	found(pod({"runAsNonRoot": true}, {"runAsNonRoot": false})) == {
		["effective-user", ["spec", "containers", 0, "securityContext", "runAsNonRoot"]],
		["pss-restricted", ["spec", "containers", 0, "securityContext", "runAsNonRoot"]],
	}
}

test_user_0_of_the_pod_fails_the_standard_even_when_overridden if {
	found(pod({"runAsUser": 0}, {"runAsNonRoot": true, "runAsUser": 1})) == {["pss-restricted", ["spec", "securityContext", "runAsUser"]]}
	found(testing.version(pod({"runAsUser": 0}, {"runAsNonRoot": true, "runAsUser": 1}), 22)) == set()
}

test_user_0_of_the_pod_is_found_there if {
	["effective-user", ["spec", "securityContext", "runAsUser"]] in found(pod({"runAsUser": 0}, {}))
}

test_a_user_above_0_is_a_warning_outside_the_standard if {
	result := control with input as pod({"runAsUser": 1000}, {})
	{[finding.case, finding.level] | some finding in result.findings} == {["pss-restricted", "warn"]}
	standard := control with input as pod({"runAsUser": 1000}, {}) with data.params.profile as "pss-restricted"
	{finding.case | some finding in standard.findings} == {"pss-restricted"}
	count([finding | some finding in standard.findings; finding.level]) == 0
}

test_false_is_no_silence if {
	result := control with input as pod({"runAsUser": 1000, "runAsNonRoot": false}, {})
	{[finding.case, finding.path] | some finding in result.findings; not finding.level} == {["pss-restricted", ["spec", "securityContext", "runAsNonRoot"]]}
}

test_a_quoted_user_is_no_user if {
	{place[0] | some place in found(pod({"runAsUser": "1000"}, {}))} == {"effective-user", "pss-restricted"}
}

test_a_user_namespace_makes_root_nobody if {
	given := testing.pod({"hostUsers": false, "containers": [{"name": "x", "securityContext": {"runAsUser": 0}}]})
	found(testing.version(given, 35)) == set()
	{place[0] | some place in found(testing.version(given, 34))} == {"pss-restricted"}
}

test_an_injected_init_container_may_be_root_outside_the_standard if {
	given := testing.pod({"securityContext": {"runAsNonRoot": true}, "initContainers": [testing.injected_init]})
	found(given) == set()
	standard := control with input as given with data.params.profile as "pss-restricted"
	"pss-restricted" in {finding.case | some finding in standard.findings}
	claimed := testing.pod({"initContainers": [object.remove(testing.injected_init, ["injected"])]})
	{place[0] | some place in found(claimed)} == {"effective-user", "pss-restricted"}
}

test_windows_is_judged_by_the_name_of_its_user if {
	every spec in [{"os": {"name": "windows"}}, {"nodeSelector": {"kubernetes.io/os": "windows"}}] {
		silent := testing.pod(object.union(spec, {"containers": [{"name": "x"}]}))
		{place[0] | some place in found(silent)} == {"pss-restricted"}
		every name in ["ContainerAdministrator", "containeradministrator"] {
			admin := {"securityContext": {"windowsOptions": {"runAsUserName": name}}}
			found(testing.pod(object.union(spec, object.union(admin, {"containers": [{"name": "x", "securityContext": {"runAsNonRoot": true}}]})))) == {[
				"effective-user",
				["spec", "securityContext", "windowsOptions", "runAsUserName"],
			]}
		}
	}
}

test_every_list_is_judged if {
	every list in ["initContainers", "ephemeralContainers"] {
		count(control.findings) == 2 with input as testing.pod({list: [{"image": "x"}]})
	}
}

test_a_template_is_undecided if {
	every path in [["spec", "securityContext", "runAsNonRoot"], ["spec", "containers", 0, "securityContext"], ["spec", "securityContext"]] {
		result := control with input as testing.unknown(pod({}, {}), path)
		result.findings == set()
		{answer.case | some answer in result.undecided} == {"effective-user", "pss-restricted"}
	}
}

test_a_value_that_might_be_refused_is_undecided if {
	unknown := {"unresolved": "a template"}
	every given in [
		{"pod": pod({"runAsNonRoot": true}, {"runAsNonRoot": unknown}), "path": ["spec", "containers", 0, "securityContext", "runAsNonRoot"]},
		{"pod": pod({"runAsNonRoot": true}, {"runAsUser": unknown}), "path": ["spec", "containers", 0, "securityContext", "runAsUser"]},
		{"pod": pod({"runAsNonRoot": true, "runAsUser": unknown}, {}), "path": ["spec", "securityContext", "runAsUser"]},
	] {
		result := control with input as testing.unknown(given.pod, given.path)
		result.findings == set()
		"pss-restricted" in {answer.case | some answer in result.undecided}
	}
}

test_root_for_sure_is_found_whatever_else_is_not_known if {
	given := testing.unknown(pod({"runAsNonRoot": {"unresolved": "a template"}}, {"runAsUser": 0}), ["spec", "securityContext", "runAsNonRoot"])
	{place[0] | some place in found(given)} == {"effective-user", "pss-restricted"}
}

test_hosts_users_that_are_not_known_are_undecided if {
	given := testing.pod({"hostUsers": {"unresolved": "x"}, "containers": [{"name": "x", "securityContext": {"runAsUser": 0}}]})
	result := control with input as testing.unknown(given, ["spec", "hostUsers"])
	result.findings == set()
	{answer.case | some answer in result.undecided} == {"effective-user", "pss-restricted"}
}

pod(context, own) := testing.pod({"securityContext": context, "containers": [{"name": "x", "securityContext": own}]})

found(given) := answers if answers := {[finding.case, finding.path] | some finding in control.findings} with input as given
