package mcp.controls.config.crd_fields_known_test

import data.mcp.controls.config.crd_fields_known as control

test_an_unknown_field_is_a_warning_against_a_release if {
	control.findings == {{
		"artefact": 0,
		"level": "warn",
		"path": ["spec", "idleTimeout"],
		"message": "spec.idleTimeout is dropped: the CRD of operator 0.17 does not have it; the nearest is startupTimeout",
	}} with input as _server({"release": "0.17", "served": ["v1alpha2"]}, [{"path": ["spec", "idleTimeout"], "key": "idleTimeout", "fault": "unknown", "nearest": "startupTimeout"}])
}

test_and_a_violation_against_the_definition_given if {
	control.findings == {{
		"artefact": 0,
		"path": ["spec", "replicas"],
		"message": "spec.replicas is a string, the CRD given here has an integer",
	}} with input as _server({"served": ["v1alpha2"]}, [{"path": ["spec", "replicas"], "key": "replicas", "fault": "type", "given": "a string", "expected": "an integer"}])
}

test_every_fault_is_told if {
	expected := {
		"spec.mode has a value that the CRD given here does not know (container, remote)": {"path": ["spec", "mode"], "fault": "value", "expected": "container, remote"},
		"spec.env[0].name is not set, which the CRD given here requires": {"path": ["spec", "env", 0, "name"], "fault": "missing"},
		"spec.tools was applied and dropped: the CRD given here does not have it; MCPEgressPolicy has upstreams[].tools": {"path": ["spec", "tools"], "fault": "unknown", "applied": true},
		"spec.volumes[1].mountPath is dropped: the CRD given here does not have it; it is in volumeMounts now": {"path": ["spec", "volumes", 1, "mountPath"], "fault": "unknown", "nearest": "x"},
		"spec.what is dropped: the CRD given here does not have it": {"path": ["spec", "what"], "fault": "unknown"},
	}
	every message, fault in expected {
		{found.message | some found in control.findings} == {message} with input as _server({"served": ["v1alpha2"]}, [object.union({"key": "x"}, fault)])
	}
}

test_the_template_of_a_discovery_source_has_the_fields_of_a_server if {
	fault := {"path": ["spec", "providerTemplate", "spec", "securityContext"], "key": "securityContext", "fault": "unknown"}
	given := {"artefacts": [{
		"kind": "kubernetes",
		"value": {"apiVersion": "mcp-hangar.io/v1alpha2", "kind": "MCPDiscoverySource", "spec": {}},
		"crd": {"served": ["v1alpha2"]},
		"key_faults": [fault],
	}]}
	some found in control.findings with input as given
	contains(found.message, "podSecurityContext and containerSecurityContext")
}

test_a_version_that_is_not_served if {
	control.findings == {{
		"artefact": 0,
		"level": "warn",
		"path": ["apiVersion"],
		"message": "apiVersion mcp-hangar.io/v1alpha2 is not served by the CRD of operator 0.20: v1, v1beta1",
	}} with input as _server({"release": "0.20", "served": ["v1", "v1beta1"]}, [])
}

test_a_kind_that_no_definition_has if {
	control.findings == {{
		"artefact": 0,
		"level": "warn",
		"path": ["kind"],
		"message": "kind MCPServer is none that the CRD of operator 0.17 has: MCPEgressPolicy, MCPServerGroup",
	}} with input as _server({"release": "0.17", "served": [], "kinds": ["MCPEgressPolicy", "MCPServerGroup"]}, [])
}

test_each_mode_needs_its_own if {
	every spec, key in {{"mode": "container"}: "image", {"mode": "container", "image": ""}: "image", {"mode": "remote", "image": "x"}: "endpoint"} {
		{found.path | some found in control.findings} == {["spec", key]} with input as _spec(spec)
	}
	every spec in [{"mode": "container", "image": "x"}, {"mode": "remote", "endpoint": "https://x"}, {"mode": "other"}, {"mode": 7}, {}, "odd", {"mode": "container", "image": {"unresolved": "a template"}}] {
		result := control with input as _spec(spec)
		result.findings == set()
		result.judged == {{"artefact": 0}}
	}
}

test_what_is_of_another_group_is_not_judged if {
	result := control with input as {"artefacts": [{"kind": "kubernetes", "value": {"apiVersion": "toolhive.stacklok.dev/v1beta1", "kind": "MCPServer", "spec": {"tools": []}}}]}
	result.findings == set()
	result.judged == set()
}

_spec(spec) := {"artefacts": [{
	"kind": "kubernetes",
	"value": {"apiVersion": "mcp-hangar.io/v1alpha2", "kind": "MCPServer", "spec": spec},
	"crd": {"served": ["v1alpha2"]},
	"key_faults": [],
}]}

_server(crd, faults) := {"artefacts": [{
	"kind": "kubernetes",
	"value": {"apiVersion": "mcp-hangar.io/v1alpha2", "kind": "MCPServer", "spec": {"mode": "container", "image": "x"}},
	"crd": crd,
	"key_faults": faults,
}]}
