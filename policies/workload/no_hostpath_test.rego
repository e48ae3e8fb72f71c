package mcp.controls.workload.no_hostpath_test

import data.mcp.controls.workload.no_hostpath as control
import data.mcp.lib.testing

test_a_host_path_is_found_once_a_volume if {
	control.findings == {{
		"artefact": 0,
		"case": "pss-baseline",
		"path": ["spec", "volumes", 1, "hostPath"],
		"message": "volume socket is the path /var/run/docker.sock of the node",
	}} with input as testing.pod({"volumes": [
		{"name": "tmp", "emptyDir": {}},
		{"name": "socket", "hostPath": {"path": "/var/run/docker.sock"}},
	]})
}

test_no_part_of_the_volume_need_be_there if {
	every volume in [{"hostPath": {}}, {"name": "x", "hostPath": {"path": 7}}, {"name": {"unresolved": "a template"}, "hostPath": "text"}] {
		count(control.findings) == 1 with input as testing.pod({"volumes": [volume]})
	}
}

test_other_volumes_are_met if {
	result := control with input as testing.pod({"volumes": [{"name": "x", "hostPath": null, "emptyDir": {}}]})
	result.findings == set()
	result.judged == {{"artefact": 0, "case": "pss-baseline"}}
}

test_a_log_shipper_may_read_what_it_watches if {
	every directory in ["/", "/proc", "/sys/", "/var/log", "/var/log/pods", "/etc/machine-id"] {
		given := shipper(directory, [{"name": "v", "mountPath": "/host", "readOnly": true}])
		result := control with input as given
		result.findings == set()
		{answer.reason | some answer in result.excused} == {"ships the logs of the node"}
		count(control.findings) == 1 with input as given with data.params.profile as "pss-baseline"
	}
}

test_it_may_not_write_or_read_other_paths if {
	every given in [
		shipper("/var/log", [{"name": "v", "mountPath": "/host"}]),
		shipper("/var/log", [{"name": "v", "mountPath": "/a", "readOnly": true}, {"name": "v", "mountPath": "/b", "readOnly": false}]),
		shipper("/etc", [{"name": "v", "mountPath": "/host", "readOnly": true}]),
		shipper("/var/log/../../etc", [{"name": "v", "mountPath": "/host", "readOnly": true}]),
		shipper("/var/logs", [{"name": "v", "mountPath": "/host", "readOnly": true}]),
	] {
		count(control.findings) == 1 with input as given
	}
}

test_a_volume_that_is_a_template_is_undecided if {
	result := control with input as testing.unknown(testing.pod({"volumes": {"unresolved": "a template"}}), ["spec", "volumes"])
	result.findings == set()
	count(result.undecided) == 1
	own := testing.unknown(testing.pod({"volumes": [{"hostPath": {"unresolved": "a template"}}]}), ["spec", "volumes", 0, "hostPath"])
	control.findings == set() with input as own
	count(control.undecided) == 1 with input as own
	named := testing.unknown(testing.pod({"volumes": [{"configMap": {"name": {"unresolved": "x"}}}]}), ["spec", "volumes", 0, "configMap", "name"])
	count(control.undecided) == 0 with input as named
}

shipper(directory, mounts) := testing.daemon(
	"log-agent",
	{"mcp-policy.io/host-access": "ships the logs of the node"},
	{"volumes": [{"name": "v", "hostPath": {"path": directory}}], "containers": [{"name": "x", "volumeMounts": mounts}]},
)

mounting(volumes, program) := {"artefacts": [{"kind": "compose", "value": {"services": [{
	"name": "agent",
	"deployed": true,
	"mark": "development",
	"program": program,
	"volumes": volumes,
}]}}]}

test_compose_mounts_of_the_host_are_found_read_only_too if {
	every source in ["/var/run/docker.sock", "/", "/etc", "/proc", "/sys", "/root", "/home", "/run/containerd/containerd.sock"] {
		control.findings == {{
			"artefact": 0,
			"case": "bind-mounts",
			"path": ["services", 0, "volumes", 0],
			"message": $"service agent mounts {source} of its host",
		}} with input as mounting([{"type": "bind", "source": source, "target": "/x", "read_only": true}], "agent")
	}
}

test_compose_may_mount_other_folders if {
	every source in ["./etc", "/etc/localtime", "/home/app/data", "/srv", "~"] {
		result := control with input as mounting([{"type": "bind", "source": source}, {"type": "volume", "source": "etc"}, {"type": "tmpfs"}], "agent")
		result.findings == set()
		result.judged == {{"artefact": 0, "case": "bind-mounts"}}
	}
}

test_only_the_socket_is_a_socket_proxys if {
	control.findings == set() with input as mounting([{"type": "bind", "source": "/var/run/docker.sock"}], "docker-socket-proxy")
	count(control.findings) == 1 with input as mounting([{"type": "bind", "source": "/etc"}], "docker-socket-proxy")
}

test_a_variable_for_the_source_is_undecided if {
	result := control with input as mounting([{"type": "bind", "source": {"unresolved": "the variable SOCK"}}], "agent")
	result.findings == set()
	result.undecided == {{
		"artefact": 0,
		"case": "bind-mounts",
		"path": ["services", 0, "volumes", 0],
		"reason": "what service agent mounts is not known: the variable SOCK",
	}}
}

test_hangar_servers_mount_the_same_paths if {
	servers := {"files": {"volumes": ["/etc/:/host/etc:ro", "./data:/data", {"unresolved": "the variable DIR"}]}, "none": {"mode": "remote"}}
	result := control with input as {"artefacts": [{"kind": "hangar-config", "value": {"mcp_servers": servers}}]}
	{found.path | some found in result.findings} == {["mcp_servers", "files", "volumes", 0]}
	count(result.undecided) == 1
}

test_values_of_the_chart_of_hangar_are_a_configuration if {
	values := {"mcp_servers": {"files": {"mode": "docker", "volumes": ["/etc:/etc:ro", "/srv/a:/a"]}}}
	result := control with input as testing.helm_values(values, {"chart": "mcp-hangar"})
	{found.path | some found in result.findings} == {["mcp_servers", "files", "volumes", 0]}
	result.judged == {{"artefact": 0, "case": "bind-mounts"}}
	other := control with input as testing.helm_values(values, {})
	other.findings | other.judged == set()
}
