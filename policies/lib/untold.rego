# METADATA
# description: |
#   Answers of `undecided` for what a template or a variable decides, at, above or below some steps from every pod, container or both.
#   Arrays, empty for nearly every input.
package mcp.lib.untold

import data.mcp.lib.kubernetes
import data.mcp.lib.value

pods(case, steps) := [answer |
	some pod in kubernetes.unresolved_pods
	some answer in value.untold(case, pod, steps)
]

containers(case, steps) := array.concat(
	[answer |
		some container in kubernetes.unresolved_containers
		some answer in value.untold(case, container, steps)
	],
	lists(case),
)

contexts(case, steps) := array.concat(pods(case, steps), containers(case, steps))

# Lists of containers that are not known at all.
lists(case) := [answer |
	some pod in kubernetes.unresolved_pods
	some list in ["containers", "initContainers", "ephemeralContainers"]
	given := pod.value[list]
	is_string(given.unresolved)
	answer := value.undecided(case, pod, [list], given)
]
