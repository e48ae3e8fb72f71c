# METADATA
# description: |
#   Given, missing or unresolved. The host replaces a scalar that a template or a variable decides by `{"unresolved": <what>}`;
#   a rule says what that means for it, and it is never a violation by accident. For Kubernetes objects the host lists their places too.
package mcp.lib.value

default unresolved(_) := false

unresolved(value) if is_string(value.unresolved)

undecided(case, place, steps, value) := {
	"artefact": place.artefact,
	"case": case,
	"path": array.concat(place.path, steps),
	"reason": $"the value is not known: {value.unresolved}",
}

# The same for a control without cases.
undecided_at(place, steps, value) := {
	"artefact": place.artefact,
	"path": array.concat(place.path, steps),
	"reason": $"the value is not known: {value.unresolved}",
}

# True when something at, above or below the steps from a pod or container is not known.
default touched(_, _) := false

touched(place, steps) if {
	place.unresolved != []
	target := array.concat(place.path, steps)
	some known in place.unresolved
	_meet(known.path, target)
}

# What is not known at, above or below these steps, as answers of `undecided`.
untold(case, place, steps) := [answer |
	target := array.concat(place.path, steps)
	some known in place.unresolved
	_meet(known.path, target)
	answer := {
		"artefact": place.artefact,
		"case": case,
		"path": known.path,
		"reason": $"the value is not known: {known.what}",
	}
]

# The same for several fields, each `[<pod or container>, <steps>]`: what stands against being sure of a fault.
unsure(case, fields) := [answer |
	some field in fields
	some answer in untold(case, field[0], field[1])
]

default _meet(_, _) := false

_meet(path, target) if {
	length := min([count(path), count(target)])
	array.slice(path, 0, length) == array.slice(target, 0, length)
}

# Such answers of a control without cases.
uncased(answers) := [object.remove(answer, ["case"]) | some answer in answers]
