package mcp.controls.auth.k8s_token_automount_test

import data.mcp.controls.auth.k8s_token_automount as control
import data.mcp.lib.testing

_path := ["spec", "template", "spec", "automountServiceAccountToken"]

test_silence_mounts_the_token_of_the_default_account if {
	control.findings == {{
		"artefact": 0,
		"path": _path,
		"message": "the pod mounts a token for the Kubernetes API: neither it nor ServiceAccount default says automountServiceAccountToken: false",
	}} with input as _pod({}, {})
}

test_the_pod_s_word_is_the_last if {
	result := control with input as _pod({"automountServiceAccountToken": false}, {"name": "tools", "found": true, "automount": true})
	result.findings == set()
	result.undecided == set()
	result.judged == {{"artefact": 0}}
	some found in control.findings with input as _pod({"automountServiceAccountToken": true}, {"name": "tools", "found": true, "automount": false})
	found.message == "the pod mounts a token for the Kubernetes API: automountServiceAccountToken is true"
}

test_the_account_says_it_for_a_silent_pod if {
	result := control with input as _pod({}, {"name": "tools", "found": true, "automount": false})
	result.findings == set()
	result.judged == {{"artefact": 0}}
	count(control.findings) == 1 with input as _pod({}, {"name": "tools", "found": true})
	count(control.findings) == 1 with input as _pod({"automountServiceAccountToken": null}, {"name": "tools", "found": true, "automount": true})
}

test_what_is_no_switch_is_found if {
	some found in control.findings with input as _pod({"automountServiceAccountToken": "false"}, {})
	found.message == "automountServiceAccountToken is neither true nor false"
}

test_who_needs_the_api_may_have_it if {
	every account in [{"name": "tools", "bound": true}, {"discovers": true}] {
		control.findings == set() with input as _pod({}, account)
		control.undecided == set() with input as _pod({}, account)
	}
	control.findings == set() with input as testing.with_facts(_pod({}, {}), {"component": "operator"})
}

test_a_configuration_that_is_not_seen_is_undecided if {
	result := control with input as _pod({}, {"discovers": null})
	result.findings == set()
	count(result.undecided) == 1
	count(control.findings) == 1 with input as _pod({}, {"discovers": false})
	control.undecided == set() with input as _pod({"automountServiceAccountToken": false}, {"discovers": null})
}

test_in_a_part_of_what_is_deployed_the_account_may_say_it if {
	result := control with input as _pod({}, {"name": "tools", "whole": false})
	result.findings == set()
	result.judged == set()
	{answer.reason | some answer in result.undecided} == {"ServiceAccount tools was not given, and may say automountServiceAccountToken: false"}
	count(control.findings) == 1 with input as _pod({}, {"whole": false})
}

test_in_a_part_a_binding_may_be_missing if {
	result := control with input as _pod({"automountServiceAccountToken": true}, {"name": "tools", "whole": false})
	result.findings == set()
	count(result.undecided) == 1
	count(control.findings) == 1 with input as _pod({"automountServiceAccountToken": true}, {"whole": false})
}

test_a_projected_token_is_one if {
	every audience in [{}, {"audience": null}, {"audience": ""}, {"audience": "https://kubernetes.default.svc"}] {
		some found in control.findings with input as _pod({"automountServiceAccountToken": false, "volumes": _volumes(audience)}, {})
		found.path == ["spec", "template", "spec", "volumes", 0, "projected", "sources", 1, "serviceAccountToken"]
		found.message == "volume token mounts a token for the Kubernetes API"
	}
	control.findings == set() with input as _pod({"automountServiceAccountToken": false, "volumes": _volumes({"audience": "vault"})}, {})
}

test_an_annotation_with_a_reason_excuses if {
	reasoned := {"mcp-policy.io/needs-kubernetes-api": "true", "mcp-policy.io/needs-kubernetes-api-reason": "lists pods for its tools"}
	result := control with input as testing.with_facts(_pod({}, {}), {"pod_metadata": {"annotations": reasoned}})
	result.findings == set()
	{answer.reason | some answer in result.excused} == {"lists pods for its tools"}
	every annotations in [{"mcp-policy.io/needs-kubernetes-api": "true"}, object.union(reasoned, {"mcp-policy.io/needs-kubernetes-api": "false"}), object.union(reasoned, {"mcp-policy.io/needs-kubernetes-api-reason": " "})] {
		count(control.findings) == 1 with input as testing.with_facts(_pod({}, {}), {"pod_metadata": {"annotations": annotations}})
	}
}

test_toolhive_s_operator_makes_the_account if {
	operated := testing.with_facts(_pod({}, {}), {"operator": "toolhive"})
	result := control with input as operated
	result.findings == set()
	result.undecided == set()
	count(result.inapplicable) == 1
	count(control.findings) == 1 with input as testing.with_facts(_pod({"automountServiceAccountToken": true}, {}), {"operator": "toolhive"})
}

test_what_is_not_known_is_undecided if {
	template := {"unresolved": "a template"}
	switch := testing.unknown(_pod({"automountServiceAccountToken": template}, {}), _path)
	control.findings == set() with input as switch
	count(control.undecided) == 1 with input as switch
	every account in [{"name": template}, {"name": "tools", "found": true, "automount": template}] {
		control.findings == set() with input as _pod({}, account)
		count(control.undecided) == 1 with input as _pod({}, account)
		control.judged == set() with input as _pod({}, account)
	}
}

test_other_workloads_are_not_judged if {
	result := control with input as testing.pod({"automountServiceAccountToken": true})
	result.findings == set()
	result.judged == set()
}

_volumes(token) := [{"name": "token", "projected": {"sources": [{"configMap": {"name": "x"}}, {"serviceAccountToken": token}]}}]

_pod(spec, account) := testing.deployment(spec, {"account": object.union({"name": "default", "found": false, "bound": false, "whole": true}, account)})
