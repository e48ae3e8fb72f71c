# METADATA
# title: Set CPU and memory requests on every container
# description: |
#   The scheduler places pods by their requests, the autoscaler counts in them, and what requests nothing is evicted first.
#   Every container needs `resources.requests.cpu` and `.memory` above 0, init containers, native sidecars and those of Jobs included, or
#   its pod has them in `spec.resources` (Kubernetes 1.34). A limit alone is its own request. One finding for each container says what is
#   missing. Ephemeral containers and what a mesh or an agent injects are not judged.
#   A limit of more than 8 times the memory or 20 times the CPU that is requested is a warning: the node is sold many times over.
#   A LimitRange of type Container that gives a request, a limit, a maximum or a minimum is as good, where it is in the run for the namespace.
#   An MCPServer of Hangar has its requests in `spec.resources`; of ToolHive there, or in container `mcp` of `podTemplateSpec`; a
#   VirtualMCPServer has the operator's.
#   Limits: whether the values fit the program is not known. A request that a template decides is undecided.
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
# custom:
#   severity: medium
#   admission: warn
#   artefacts: [kubernetes]
#   items: [python-133, hangar-037]
#   fix: "no"
#   remediation: "Set what the container uses on an ordinary day: `requests: {cpu: 100m, memory: 128Mi}`."
package mcp.controls.workload.requests

import data.mcp.lib.finding
import data.mcp.lib.kubernetes
import data.mcp.lib.resources
import data.mcp.lib.untold
import data.mcp.lib.value
import data.mcp.lib.workloads

judged contains {"artefact": pod.artefact} if some pod in kubernetes.pods

findings contains finding.at(finding.below(container, _place(lacks)), message) if {
	some container in workloads.own_containers
	lacks := _lacks(container)
	lacks != []
	message := $"{container.title} has {concat(" and ", [lack.words | some lack in lacks])}"
}

findings contains finding.at(finding.below(pod, _place(lacks)), $"the pod has {words}") if {
	some pod in kubernetes.pods
	pod.value.resources
	lacks := _wrongs(pod)
	lacks != []
	words := concat(" and ", [lack.words | some lack in lacks])
}

findings contains finding.advice(finding.below(holder, ["resources", "limits", name]), message) if {
	some holder in resources.holders
	some name, most in _most
	limit := resources.amount(holder, "limits", name)
	request := resources.amount(holder, "requests", name)
	request > 0
	limit > request * most
	message := $"the {_names[name]} limit of {holder.title} is more than {most} times its request"
}

undecided contains answer if {
	some container in workloads.own_containers
	container.unresolved != []
	_lacks(container) == []
	some name in _resources
	not _sure(container, name)
	some answer in value.uncased(value.unsure("", _fields(container, name)))
}

undecided contains answer if some answer in value.uncased(untold.lists(""))

_resources := ["cpu", "memory"]

_names := {"cpu": "CPU", "memory": "memory"}

_most := {"cpu": 20, "memory": 8}

_place([lack]) := ["resources", "requests", lack.name]

_place(lacks) := ["resources", "requests"] if count(lacks) > 1

# What is missing in a container, and what is written there and is no request.
_lacks(container) := array.concat(
	[{"name": name, "words": words} |
		some name in _resources
		words := $"no {_names[name]} request"
		not _requested(container, name)
		value.unsure("", _fields(container, name)) == []
	],
	_wrongs(container),
)

_wrongs(holder) := [{"name": name, "words": words} |
	some name in _resources
	resources.written(holder, "requests", name)
	words := _wrong(holder, name, resources.amount(holder, "requests", name))
]

_wrong(holder, name, null) := $"a {_names[name]} request that is no quantity, {resources.shown(holder, "requests", name)}"

_wrong(holder, name, amount) := $"a {_names[name]} request of {resources.shown(holder, "requests", name)}" if {
	is_number(amount)
	amount <= 0
}

# What would have to be known to say that a request is missing.
_fields(container, name) := [[holder, ["resources", side, name]] |
	some holder in [container, container.pod]
	some side in ["requests", "limits"]
]

_requested(container, name) if {
	some holder in [container, container.pod]
	resources.written(holder, "requests", name)
}

# A limit that is a number above 0 is the request, too.
_requested(container, name) if {
	some holder in [container, container.pod]
	resources.amount(holder, "limits", name) > 0
}

_requested(container, name) if resources.by_range(container, "requests", name)

_requested(container, _) if resources.by_operator(container)

# A number that is known says enough.
_sure(container, name) if {
	some holder in [container, container.pod]
	some side in ["requests", "limits"]
	resources.amount(holder, side, name)
}

_sure(container, name) if resources.by_range(container, "requests", name)

_sure(container, _) if resources.by_operator(container)
