# METADATA
# title: Use a durable event store in Hangar
# description: |
#   With a store in memory the audit trail and the state of the fleet are gone at every restart.
#
#   `persistence.backend` sqlite or postgresql is durable by itself, and any other is refused. Without it the event store decides: it is on, writes
#   to sqlite and to `data/events.db` unless the configuration says otherwise, so silence passes; off, `driver: memory`, a path in memory, or
#   `allow_memory_fallback` do not. Beside a backend, `event_store.driver` and `auth.storage.driver` must name the same or nothing, since Hangar
#   refuses to start. Where callers sign in and no backend is set, their keys and roles go to `auth.storage`, whose driver is memory unless it is set.
#   A switch in quotes is on whatever it says. Of the values of the chart mcp-hangar, `persistence` and `auth` are judged, which is what it renders.
#   Variables and templates are undecided, and so is what an overlay of values leaves to its base.
#   Limits: whether the path is on a volume that outlives the container is for store-hangar-persistent-volume, and what the running Hangar made of it
#   for a probe.
# related_resources:
#   - https://github.com/mcp-hangar/mcp-hangar
# custom:
#   severity: high
#   admission: none
#   artefacts: [hangar-config, helm-values]
#   unread: [endpoint]
#   items: [hangar-014]
#   fix: 'yes: set driver: sqlite and path: data/events.db'
#   remediation: |
#     Write `event_store: {driver: sqlite, path: data/events.db}` on a volume, or `persistence: {backend: postgresql}`; with authentication also
#     `auth: {storage: {driver: sqlite}}`, unless a backend is set.
package mcp.controls.store.hangar_event_store

import data.mcp.lib.finding
import data.mcp.lib.hangar
import data.mcp.lib.python
import data.mcp.lib.value

judged contains {"artefact": config.artefact} if some config in hangar.configurations

findings contains finding.at(place, $"persistence.backend {_shown(backend)} is none that Hangar knows") if {
	some config in hangar.configurations
	backend := _backend(config)
	backend != ""
	not _backends[backend]
	not value.unresolved(backend)
	place := finding.below(config, ["persistence", "backend"])
}

findings contains finding.at(place, $"{concat(".", steps)} is {_shown(driver)} beside persistence.backend {backend}, and Hangar does not start") if {
	some config in hangar.configurations
	backend := _backend(config)
	_backends[backend]
	some steps in [["event_store", "driver"], ["auth", "storage", "driver"]]
	driver := object.get(_rendered(config), steps, null)
	driver != null
	driver != backend
	not value.unresolved(driver)
	place := finding.below(config, steps)
}

findings contains finding.at(place, fault.message) if {
	some config in _without_backend
	some fault in _faults(object.get(_rendered(config), "event_store", {}))
	place := finding.below(config, [step | some step in ["event_store", fault.key]; step != ""])
}

findings contains finding.at(place, "keys and roles are lost on restart: auth.storage is in memory, and no persistence.backend is set") if {
	some config in _without_backend
	python.truth(object.get(config.value, ["auth", "enabled"], false)) == "yes"
	_in_memory(object.get(config.value, ["auth", "storage", "driver"], "memory"))
	place := finding.below(config, ["auth", "storage", "driver"])
}

undecided contains value.undecided_at(config, steps, given) if {
	some config in hangar.configurations
	some steps in _decisive
	given := object.get(_rendered(config), steps, null)
	value.unresolved(given)
}

undecided contains {"artefact": config.artefact, "path": ["persistence", "backend"], "reason": reason} if {
	some config in hangar.configurations
	config.overlay
	_backend(config) == ""
	python.truth(object.get(config.value, ["auth", "enabled"], false)) == "yes"
	reason := "persistence.backend may be set in the base values, which are not merged with this overlay"
}

_decisive := [
	["persistence"], ["persistence", "backend"],
	["event_store"], ["event_store", "enabled"], ["event_store", "driver"], ["event_store", "path"], ["event_store", "allow_memory_fallback"],
	["auth"], ["auth", "enabled"], ["auth", "storage"], ["auth", "storage", "driver"],
]

default _in_memory(_) := false

_in_memory("memory")

_in_memory(null)

_backends := {"sqlite": true, "postgresql": true}

_backend(config) := config.value.persistence if {
	value.unresolved(config.value.persistence)
} else := backend if {
	backend := config.value.persistence.backend
	backend != null
} else := ""

# Configurations in which the event store decides. An overlay does not tell that its base sets no backend.
default _without_backend := []

_without_backend := [config |
	some config in hangar.configurations
	_backend(config) == ""
	not config.overlay
]

# The chart has no event store in its values.
_rendered(config) := object.remove(config.value, ["event_store"]) if input.artefacts[config.artefact].kind == "helm-values"

else := config.value

_faults(store) := [{"key": "", "message": "event_store is no map, and Hangar does not start"}] if {
	not is_object(store)
	store != null
} else := [] if {
	value.unresolved(store)
} else := array.concat(_off(store), array.concat(_volatile(store), _loose(store)))

_off(store) := [{"key": "enabled", "message": $"events are stored nowhere: event_store.enabled is {_shown(store.enabled)}"}] if {
	python.truth(store.enabled) == "no"
} else := []

_volatile(store) := [] if {
	python.truth(object.get(store, "enabled", true)) != "yes"
} else := [{"key": "driver", "message": "events are lost on restart: event_store.driver is memory"}] if {
	store.driver == "memory"
} else := [{"key": "driver", "message": $"event_store.driver {_shown(store.driver)} is none that Hangar knows"}] if {
	store.driver != "sqlite"
	not value.unresolved(store.driver)
} else := [{"key": "path", "message": $"events are lost on restart: event_store.path is {_shown(store.path)}"}] if {
	_is_memory(store.path)
} else := []

_loose(store) := [{"key": "allow_memory_fallback", "message": "events may go to memory alone: event_store.allow_memory_fallback is on"}] if {
	python.truth(store.allow_memory_fallback) == "yes"
	python.truth(object.get(store, "enabled", true)) == "yes"
	object.get(store, "driver", "sqlite") == "sqlite"
} else := []

default _is_memory(_) := false

_is_memory(null)

_is_memory(path) if {
	is_string(path)
	trim_space(path) == ""
}

_is_memory(path) if {
	is_string(path)
	startswith(path, ":memory:")
}

_shown(given) := "empty" if given == ""

else := "null" if given == null

else := given if is_string(given)

else := $"{given}" if {
	not is_object(given)
	not is_array(given)
}

else := "of a wrong type"
