# METADATA
# description: |
#   Given, missing or unresolved. The host replaces a scalar that a template or a variable decides by `{"unresolved": <what>}`;
#   a rule says what that means for it, and it is never a violation by accident.
package mcp.lib.value

import data.mcp.lib.finding

default unresolved(_) := false

unresolved(value) if is_string(value.unresolved)

undecided(case, place, steps, value) := {
	"artefact": place.artefact,
	"case": case,
	"path": array.concat(place.path, steps),
	"reason": $"the value is not known: {value.unresolved}",
}
