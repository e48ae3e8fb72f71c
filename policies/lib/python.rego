# METADATA
# description: Values as a program in Python takes them.
package mcp.lib.python

import data.mcp.lib.value

# A switch: any text is on, also `"false"`.
truth(given) := "unknown" if {
	value.unresolved(given)
} else := "no" if {
	_empty(given)
} else := "yes"

default _empty(_) := false

_empty(false)

_empty(null)

_empty(0)

_empty("")

_empty([])

_empty({})
