# METADATA
# description: Inputs for the tests of controls, in the shape that the host projects.
package mcp.lib.testing

pod(spec) := {"artefacts": [{
	"kind": "kubernetes",
	"value": {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "example"}, "spec": spec},
	"pod_path": ["spec"],
	"pod_metadata_path": ["metadata"],
}]}

container(value) := pod({"containers": [object.union({"name": "gateway", "image": "registry.example/gateway:1.2.3"}, value)]})

# A pod on every node, of a component, with annotations on its template.
daemon(component, annotations, spec) := {"artefacts": [{
	"kind": "kubernetes",
	"value": {
		"apiVersion": "apps/v1",
		"kind": "DaemonSet",
		"metadata": {"name": "example"},
		"spec": {"template": {"metadata": {"annotations": annotations}, "spec": spec}},
	},
	"pod_path": ["spec", "template", "spec"],
	"pod_metadata": {"annotations": annotations},
	"pod_metadata_path": ["spec", "template", "metadata"],
	"component": component,
}]}

# The same input with facts of the host beside the value.
with_facts(original, facts) := {"artefacts": [object.union(artefact, facts) | some artefact in original.artefacts]}

# The same input, for a version of Kubernetes.
version(original, minor) := with_facts(original, {"pod_security_minor": minor})

# The same input, in which a template decides what stands at this path.
unknown(original, path) := with_facts(original, {"unresolved": [{"path": path, "what": "a template"}]})

injected_init := {
	"name": "istio-init",
	"image": "registry.example/istio/proxyv2:1.24.0",
	"injected": true,
	"securityContext": {"runAsUser": 0, "runAsNonRoot": false, "capabilities": {"add": ["NET_ADMIN", "NET_RAW"]}},
}

# A set with one workload of an MCP component; what is given overrides its row.
inventory(workload, more) := {"inventory": object.union(
	{
		"whole": true,
		"workloads": [object.union(
			{
				"artefact": 0,
				"kind": "Deployment",
				"name": "gateway",
				"labels": {},
				"component": "gateway",
				"is_mcp": true,
				"subject": "mcp",
				"services": [],
				"effective_replicas": 3,
				"pdbs": [],
			},
			workload,
		)],
		"pdbs": [],
		"hpas": [],
		"scaled_objects": [],
		"services": [],
		"routes": [],
	},
	more,
)}

helm_values(value, facts) := {"artefacts": [object.union({"kind": "helm-values", "value": value}, facts)]}

# A configuration of one of the systems; `facts` are what the host worked out.
config(kind, value, facts) := {"artefacts": [object.union({"kind": kind, "value": value}, facts)]}

compose_service(value, facts) := {"artefacts": [object.union(
	{
		"kind": "compose",
		"value": {"services": [object.union({"name": "gateway", "mark": "unmarked", "deployed": true, "program": ""}, value)]},
	},
	facts,
)]}

# An env file that sets these names.
env_file(names) := {"artefacts": [{"kind": "env-file", "mark": "unmarked", "value": {"variables": [{"name": name, "value": "true"} | some name in names]}}]}

# A Deployment of an MCP component whose program is its first container, with facts of the host.
program(container, facts) := deployment({"containers": [object.union({"name": "gateway"}, container)]}, facts)

deployment(spec, facts) := {"artefacts": [object.union(
	{
		"kind": "kubernetes",
		"value": {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "example"}, "spec": {"template": {"spec": spec}}},
		"pod_path": ["spec", "template", "spec"],
		"pod_metadata_path": ["spec", "template", "metadata"],
		"component": "gateway",
		"subject": "mcp",
		"main": 0,
		"services": [],
	},
	facts,
)]}

# The container of a Deployment-like pod with an image, and what the host adds beside the object.
process(image, value) := {"artefacts": [{
	"kind": "kubernetes",
	"value": {
		"apiVersion": "v1",
		"kind": "Pod",
		"metadata": {"name": "example"},
		"spec": {"containers": [object.union({"name": "main", "image": image}, value)]},
	},
	"pod_path": ["spec"],
	"pod_metadata_path": ["metadata"],
}]}

# An env file with values.
env_values(mark, values) := {"artefacts": [{
	"kind": "env-file",
	"mark": mark,
	"value": {"variables": [{"name": name, "value": given} | some name, given in values]},
}]}

client_server(process) := {"artefacts": [{"kind": "mcp-client-config", "value": {"servers": [{"name": "web", "process": process}]}}]}
