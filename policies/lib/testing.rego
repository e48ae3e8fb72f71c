# METADATA
# description: Inputs for the tests of controls, in the shape that the host projects.
package mcp.lib.testing

pod(spec) := {"artefacts": [{
	"kind": "kubernetes",
	"value": {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "example"}, "spec": spec},
	"pod_path": ["spec"],
}]}

container(value) := pod({"containers": [object.union({"name": "gateway", "image": "registry.example/gateway:1.2.3"}, value)]})
