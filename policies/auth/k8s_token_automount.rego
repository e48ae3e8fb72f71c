# METADATA
# title: Mount a Kubernetes token only where the API is used
# description: |
#   A token in a pod that runs third-party tools is an invitation to the API server.
#
#   Judged are the parts of an MCP system and what stands beside them. A pod mounts a token unless its `automountServiceAccountToken` is false, or it says
#   nothing and its ServiceAccount says false; the account is `default` where none is named. Hangar's operator leaves the field of an MCPServer's pod
#   out, so the account decides. A projected volume with a serviceAccountToken mounts one too, unless its audience is another than the API server (Vault,
#   a cloud's identity). The API is needed by Hangar's operator, by a gateway of mcp-bridge whose configuration looks for servers in the cluster (its
#   default), by Hangar with a discovery source of type kubernetes, and under an account, `default` apart, that a RoleBinding or ClusterRoleBinding names.
#   Any other need is said in the annotations `mcp-policy.io/needs-kubernetes-api: "true"` and `mcp-policy.io/needs-kubernetes-api-reason`.
#
#   Where not all that is deployed together was given, an account that is named and not given is undecided, and so is one that no binding given here names.
#   Undecided too are a gateway and a Hangar whose configuration is not to be seen, and what a template decides. ToolHive's operator makes an account for
#   each server, so only what is written there is judged.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/
# custom:
#   severity: medium
#   admission: warn
#   artefacts: [kubernetes]
#   items: [bridge-017]
#   also: [CIS-K8s-1.8 5.1.6]
#   fix: "yes: set automountServiceAccountToken: false on workloads that are not in the need list"
#   remediation: |
#     Write `automountServiceAccountToken: false` in the pod's spec, or in its ServiceAccount, which is the place for an MCPServer of Hangar's operator.
package mcp.controls.auth.k8s_token_automount

import data.mcp.lib.finding
import data.mcp.lib.kubernetes
import data.mcp.lib.untold
import data.mcp.lib.value
import data.mcp.lib.workloads

judged contains {"artefact": pod.artefact} if {
	some pod in _pods
	not _open(pod)
}

findings contains finding.at(token, token.message) if {
	some token in _tokens
	not _asks(token.pod)
	not _may_ask(token.pod)
	not _reason(token.pod)
}

excused contains object.union(finding.at(token, token.message), {"reason": reason}) if {
	some token in _tokens
	not _asks(token.pod)
	not _may_ask(token.pod)
	reason := _reason(token.pod)
}

undecided contains {"artefact": token.artefact, "path": token.path, "reason": $"{token.message}, and {reason}"} if {
	some token in _tokens
	not _asks(token.pod)
	reason := _may_ask(token.pod)
}

undecided contains {"artefact": pod.artefact, "path": array.concat(pod.path, ["automountServiceAccountToken"]), "reason": reason} if {
	some pod in _pods
	not _asks(pod)
	reason := _open(pod)
}

undecided contains answer if {
	some answer in value.uncased(untold.pods("", ["automountServiceAccountToken"]))
	_accounts[answer.artefact]
}

inapplicable contains {"artefact": pod.artefact, "reason": "its operator makes an account for it"} if {
	some pod in _pods
	_operated(pod)
}

# Places that put a token for the API server into a pod.
_tokens := array.concat(
	[token |
		some pod in _pods
		message := _mounted(pod)
		token := {
			"artefact": pod.artefact,
			"path": array.concat(pod.path, ["automountServiceAccountToken"]),
			"pod": pod,
			"message": message,
		}
	],
	[token |
		some pod in _pods
		some index, volume in pod.value.volumes
		some position, source in volume.projected.sources
		is_object(source.serviceAccountToken)
		_for_api_server(object.get(source.serviceAccountToken, "audience", ""))
		token := {
			"artefact": pod.artefact,
			"path": array.concat(pod.path, ["volumes", index, "projected", "sources", position, "serviceAccountToken"]),
			"pod": pod,
			"message": $"volume {_name(volume)} mounts a token for the Kubernetes API",
		}
	],
)

_name(volume) := volume.name if {
	is_string(volume.name)
} else := "without a name"

_for_api_server("")

_for_api_server(null)

_for_api_server(audience) if _api_server[audience]

_api_server := {
	"api": true,
	"kubernetes": true,
	"kubernetes.default.svc": true,
	"https://kubernetes.default.svc": true,
	"https://kubernetes.default.svc.cluster.local": true,
}

# How the pod comes to its token, or undefined where it has none or that is not known.
_mounted(pod) := "the pod mounts a token for the Kubernetes API: automountServiceAccountToken is true" if {
	pod.value.automountServiceAccountToken == true
} else := "automountServiceAccountToken is neither true nor false" if {
	given := object.get(pod.value, "automountServiceAccountToken", null)
	given != null
	given != false
	not value.unresolved(given)
} else := $"the pod mounts a token for the Kubernetes API: neither it nor ServiceAccount {account.name} says automountServiceAccountToken: false" if {
	_silent(pod)
	account := _account(pod)
	is_string(account.name)
	object.get(account, "automount", true) != false
	not value.unresolved(object.get(account, "automount", true))
	_told(account)
	not _operated(pod)
}

_told(account) if account.found

_told(account) if account.whole

_told(account) if account.name == "default"

# Why it is not known whether the pod has a token, or undefined.
_open(pod) := $"the ServiceAccount is not known: {account.name.unresolved}" if {
	_silent(pod)
	not _operated(pod)
	account := _account(pod)
	value.unresolved(account.name)
} else := $"automountServiceAccountToken of ServiceAccount {account.name} is not known: {account.automount.unresolved}" if {
	_silent(pod)
	account := _account(pod)
	value.unresolved(account.automount)
} else := $"ServiceAccount {account.name} was not given, and may say automountServiceAccountToken: false" if {
	_silent(pod)
	not _operated(pod)
	account := _account(pod)
	not _told(account)
}

default _silent(_) := false

_silent(pod) if object.get(pod.value, "automountServiceAccountToken", null) == null

# ToolHive's operator runs a server under an account of its own, unless one is named.
default _operated(_) := false

_operated(pod) if {
	pod.operator == "toolhive"
	_account(pod).name == "default"
	_silent(pod)
}

# Pods that have something to ask the API server.
default _asks(_) := false

_asks(pod) if pod.component == "operator"

_asks(pod) if _account(pod).bound

_asks(pod) if _account(pod).discovers == true

# Why they may have, or undefined.
_may_ask(pod) := "whether its configuration looks for servers in the cluster is not known" if {
	account := _account(pod)
	account.discovers == null
} else := $"a binding of ServiceAccount {account.name} may not have been given" if {
	account := _account(pod)
	not account.whole
	is_string(account.name)
	account.name != "default"
} else := $"the ServiceAccount is not known: {account.name.unresolved}" if {
	account := _account(pod)
	value.unresolved(account.name)
}

_reason(pod) := reason if {
	reason := _annotated(pod.metadata.annotations)
} else := _annotated(pod.object.metadata.annotations)

_annotated(annotations) := trim_space(reason) if {
	annotations["mcp-policy.io/needs-kubernetes-api"] == "true"
	reason := annotations["mcp-policy.io/needs-kubernetes-api-reason"]
	trim_space(reason) != ""
}

_account(pod) := workloads.fact(pod, "account", {})

# Those of which the host tells the account: the parts of an MCP system and what stands beside it.
_pods := [pod |
	some pod in kubernetes.pods
	_accounts[pod.artefact]
]

_accounts := {index: true |
	some index, artefact in input.artefacts
	artefact.account
}
