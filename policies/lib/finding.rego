# METADATA
# description: The shapes that a control answers with. A place is anything with an artefact and a path.
package mcp.lib.finding

at(place, message) := {
	"artefact": place.artefact,
	"path": place.path,
	"message": message,
}

in_case(case, place, message) := {
	"artefact": place.artefact,
	"case": case,
	"path": place.path,
	"message": message,
}

# A finding that the catalogue words as a warning: it never denies, and what is judged and has only such findings is met.
warning(case, place, message) := {
	"artefact": place.artefact,
	"case": case,
	"level": "warn",
	"path": place.path,
	"message": message,
}

# The same for a control without cases.
advice(place, message) := {
	"artefact": place.artefact,
	"level": "warn",
	"path": place.path,
	"message": message,
}

# The place below another one.
below(place, steps) := {
	"artefact": place.artefact,
	"path": array.concat(place.path, steps),
}
