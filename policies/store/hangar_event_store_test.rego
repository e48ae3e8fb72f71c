package mcp.controls.store.hangar_event_store_test

import data.mcp.controls.store.hangar_event_store as control
import data.mcp.lib.testing

test_silence_is_durable if {
	every more in [{}, {"event_store": {}}, {"event_store": {"enabled": true, "driver": "sqlite", "path": "data/events.db", "allow_memory_fallback": false}}] {
		result := control with input as config(more)
		result.findings == set()
		result.undecided == set()
		result.judged == {{"artefact": 0}}
	}
}

test_memory_is_found if {
	control.findings == {{
		"artefact": 0,
		"path": ["event_store", "driver"],
		"message": "events are lost on restart: event_store.driver is memory",
	}} with input as config({"event_store": {"driver": "memory"}})
}

test_what_does_not_last_is_found if {
	every key, store in {
		"enabled": {"enabled": false, "driver": "memory"},
		"driver": {"driver": "postgresql"},
		"path": {"path": ":memory:"},
		"allow_memory_fallback": {"allow_memory_fallback": "false"},
	} {
		findings := control.findings with input as config({"event_store": store})
		{finding.path | some finding in findings} == {["event_store", key]}
	}
	every path in ["", " ", null] {
		count(control.findings) == 1 with input as config({"event_store": {"path": path}})
	}
	count(control.findings) == 1 with input as config({"event_store": {"driver": null}})
	every store in [false, "memory", []] {
		findings := control.findings with input as config({"event_store": store})
		{finding.path | some finding in findings} == {["event_store"]}
	}
}

test_a_backend_is_durable_by_itself if {
	every backend in ["sqlite", "postgresql"] {
		control.findings == set() with input as config({"persistence": {"backend": backend}, "auth": {"enabled": true}})
	}
	count(control.findings) == 1 with input as config({"persistence": {"backend": "mysql"}})
	count(control.findings) == 1 with input as config({"persistence": {"backend": 7}})
}

test_beside_a_backend_no_other_driver_may_stand if {
	control.findings == {{
		"artefact": 0,
		"path": ["event_store", "driver"],
		"message": "event_store.driver is sqlite beside persistence.backend postgresql, and Hangar does not start",
	}} with input as config({"persistence": {"backend": "postgresql"}, "event_store": {"driver": "sqlite"}})
	findings := control.findings with input as config({"persistence": {"backend": "sqlite"}, "auth": {"storage": {"driver": "memory"}}})
	{finding.path | some finding in findings} == {["auth", "storage", "driver"]}
	control.findings == set() with input as config({"persistence": {"backend": "sqlite"}, "event_store": {"driver": "sqlite"}})
}

test_keys_that_are_lost_are_found if {
	every storage in [{}, {"storage": {}}, {"storage": {"driver": "memory"}}, {"storage": {"driver": null}}] {
		findings := control.findings with input as config({"auth": object.union({"enabled": true}, storage)})
		{finding.path | some finding in findings} == {["auth", "storage", "driver"]}
	}
	control.findings == set() with input as config({"auth": {"enabled": true, "storage": {"driver": "sqlite"}}})
	control.findings == set() with input as config({"auth": {"enabled": false}})
}

test_what_is_not_known_is_undecided if {
	every more in [
		{"persistence": {"backend": {"unresolved": "the variable B"}}},
		{"persistence": {"unresolved": "the variable P"}},
		{"event_store": {"unresolved": "the variable E"}},
		{"event_store": {"driver": {"unresolved": "the variable D"}}},
		{"event_store": {"enabled": {"unresolved": "the variable E"}, "driver": "memory"}},
		{"auth": {"enabled": {"unresolved": "the variable A"}}},
		{"auth": {"enabled": true, "storage": {"driver": {"unresolved": "the variable S"}}}},
	] {
		result := control with input as config(more)
		result.findings == set()
		count(result.undecided) == 1
	}
}

test_the_values_of_the_chart_are_judged_by_what_it_renders if {
	values := {"auth": {"enabled": true}, "event_store": {"driver": "memory"}}
	findings := control.findings with input as testing.helm_values(values, {"chart": "mcp-hangar"})
	{finding.path | some finding in findings} == {["auth", "storage", "driver"]}
	overlay := control with input as testing.helm_values(values, {"chart": "mcp-hangar", "overlay": true})
	overlay.findings == set()
	count(overlay.undecided) == 1
	control.judged == set() with input as testing.helm_values(values, {"chart": "another"})
}

config(more) := testing.config("hangar-config", object.union({"mcp_servers": {}}, more), {})
