# METADATA
# description: Views over the configurations of the systems that controls share; arrays, always defined.
package mcp.lib.configs

# Hangar configurations, in a file or in a ConfigMap.
default hangar := []

hangar := of("hangar-config")

default bridge_gateway := []

bridge_gateway := of("bridge-gateway-config")

of(kind) := [config |
	some index, artefact in input.artefacts
	artefact.kind == kind
	config := {
		"artefact": index,
		"path": [],
		"value": artefact.value,
		"consumers": object.get(artefact, "consumers", []),
	}
]

# Values at some steps of every item of a list or map, with their path; at the steps alone when there is no list.
at_each(value, [], steps) := [{"path": steps, "value": given} |
	given := object.get(value, steps, null)
	given != null
]

at_each(value, each, steps) := [{"path": array.concat(each, array.concat([step], steps)), "value": given} |
	some step, item in object.get(value, each, [])
	is_object(item)
	given := object.get(item, steps, null)
	given != null
] if {
	count(each) > 0
}

# The same for every item of a list inside each of those items.
at_each_within(value, each, [], steps) := at_each(value, each, steps)

at_each_within(value, each, within, steps) := [{"path": array.concat(outer.path, array.slice(inner.path, 1, count(inner.path))), "value": inner.value} |
	some outer in at_each(value, each, within)
	some inner in at_each({"items": outer.value}, ["items"], steps)
] if {
	count(within) > 0
}

# The words of a process as it is started: those of its command, then its arguments; of a Compose service `{argv}`.
words(process) := array.concat(_texts(object.get(process, "command", [])), _texts(object.get(process, "args", [])))

_texts(value) := [word | some word in value; is_string(word)] if is_array(value)

else := split(value, " ") if is_string(value)

else := [word | some word in value.argv; is_string(word)] if is_object(value)

else := []

# A path as people write it: `server.frontends[0].config`.
shown(path) := substring(text, 1, -1) if {
	text := concat("", [_step(step) | some step in path])
	startswith(text, ".")
} else := concat("", [_step(step) | some step in path])

_step(step) := $".{step}" if is_string(step)

_step(step) := $"[{step}]" if is_number(step)
