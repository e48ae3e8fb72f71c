# METADATA
# description: What the reader of a file noticed; one artefact of kind `reading` for a file of which there is something to say.
package mcp.lib.reading

# What was not evaluated: `reason`, `detail`, `hint`.
default uncovered := []

uncovered := [entry |
	some index, artefact in input.artefacts
	some position, value in artefact.value.uncovered
	entry := {"artefact": index, "path": ["uncovered", position], "value": value}
]

# What was read and may not mean what its author thinks: `kind`, `detail`.
default remarks := []

remarks := [entry |
	some index, artefact in input.artefacts
	some position, value in artefact.value.remarks
	entry := {"artefact": index, "path": ["remarks", position], "value": value}
]

# Every file that was read stands here, so that a control can say that it judged it.
default files := []

files := [{"artefact": index, "path": []} | some index, _ in input.artefacts]
