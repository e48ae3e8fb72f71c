package mcp.controls.config.keys_known_test

import data.mcp.controls.config.keys_known as control
import data.mcp.lib.testing

test_an_unknown_key_is_found if {
	control.findings == {{
		"artefact": 0,
		"path": ["auth", "enabledd"],
		"message": "auth.enabledd is read by nothing; the nearest key is enabled",
	}} with input as _faulty("hangar-config", {"path": ["auth", "enabledd"], "key": "enabledd", "fault": "unknown", "nearest": "enabled", "only": true})
}

test_each_fault_has_its_sentence if {
	every message, fault in {
		"a.timeout is read by nothing; timeout_seconds is": {"fault": "unknown", "instead": "timeout_seconds"},
		"a.timeout is read by nothing": {"fault": "unknown"},
		"a.timeout is a string, the program reads an integer": {"fault": "type", "given": "a string", "expected": "an integer"},
		"a.timeout is refused in strict mode, since the program's schema does not have it": {"fault": "unlisted"},
		"a.timeout is refused in strict mode, since the program's schema has only network": {"fault": "unlisted", "instead": "network"},
		"a.timeout has a value that the program does not know, and what stands beside it was not checked; the nearest is http": {"fault": "value", "expected": "http, sse", "nearest": "http"},
		"a.timeout has a value that the program does not know (http, sse), and what stands beside it was not checked": {"fault": "value", "expected": "http, sse"},
		"a.timeout is not set, and the program starts nothing without it (http, sse)": {"fault": "value", "expected": "http, sse", "absent": true},
		"timeout is missing, and the program does not start without it": {"fault": "missing"},
	} {
		some finding in control.findings with input as _faulty("hangar-config", object.union({"path": ["a", "timeout"], "key": "timeout"}, fault))
		finding.message == message
		not finding.level
	}
}

test_a_deprecated_key_is_advice if {
	some finding in control.findings with input as _faulty("hangar-config", {"path": ["a"], "key": "a", "fault": "deprecated", "instead": "b"})
	finding.level == "warn"
}

test_what_is_about_tls_carries_the_label if {
	every path in [["server", "tls", "enable"], ["server", "tls_enabled"], ["x", "certificate"], ["x", "min_version"]] {
		some finding in control.findings with input as _faulty("hangar-config", {"path": path, "key": path[count(path) - 1], "fault": "unknown"})
		finding.labels == ["tls"]
	}
}

test_a_version_other_than_1_is_found_and_none_is_advice if {
	count(control.findings) == 1 with input as _bridge({"version": 2})
	control.findings == set() with input as _bridge({"version": 1})
	some finding in control.findings with input as _bridge({})
	finding.level == "warn"
	control.findings == set() with input as testing.config("hangar-config", {}, {"key_faults": []})
}

test_a_version_of_the_wrong_type_is_found_once if {
	fault := {"path": ["Version"], "key": "Version", "fault": "type", "given": "a string", "expected": "an integer"}
	count(control.findings) == 1 with input as testing.config("bridge-gateway-config", {"version": "1.0"}, {"key_faults": [fault]})
}

test_a_kind_without_a_table_is_not_judged if {
	control.judged == set() with input as testing.config("hangar-config", {}, {})
	control.judged == {{"artefact": 0}} with input as testing.config("hangar-config", {}, {"key_faults": []})
}

_faulty(kind, fault) := testing.config(kind, {}, {"key_faults": [fault]})

_bridge(value) := testing.config("bridge-gateway-config", value, {"key_faults": []})
