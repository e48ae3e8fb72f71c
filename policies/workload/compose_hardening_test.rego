package mcp.controls.workload.compose_hardening_test

import data.mcp.controls.workload.compose_hardening as control
import data.mcp.lib.testing

# A service that every case is met by; what is given overrides it.
hardened := {
	"runs_as": {"name": "10001", "root": false},
	"security_opt": ["no-new-privileges:true"],
	"cap_drop": ["ALL"],
	"read_only": true,
}

given(service) := testing.compose_service(object.union(hardened, service), {})

bare(service) := testing.compose_service(service, {})

messages(case, input_value) := found if found := {each.message | some each in control.findings; each.case == case} with input as input_value

reference(repository) := {"repository": repository, "name": repository, "pin": "version", "tag": "1.2.3"}

from(repository) := object.union(object.remove(hardened, ["runs_as"]), {"reference": reference(repository)})

test_all_is_met if {
	result := control with input as given({})
	result.findings == set()
	result.undecided == set()
	result.judged == {
		{"artefact": 0, "case": "non-root"},
		{"artefact": 0, "case": "no-privileged"},
		{"artefact": 0, "case": "security-context"},
	}
}

test_root_is_found if {
	control.findings == {{
		"artefact": 0,
		"case": "non-root",
		"path": ["services", 0, "runs_as"],
		"message": "service gateway runs as root: its user is 0",
	}} with input as given({"runs_as": {"name": "0", "root": true}})
}

test_an_unknown_image_that_names_no_user_is_found if {
	messages("non-root", bare(from("acme/tools"))) == {"service gateway names no user, and its image is not known to run as another one than root"}
	messages("non-root", bare(from("caddy"))) != set()
	messages("non-root", bare(from("postgres"))) == set()
	messages("non-root", bare(from("library/redis"))) == set()
	messages("non-root", bare(from("bitnami/redis"))) == set()
	messages("non-root", bare(from("prom/prometheus"))) == set()
	messages("non-root", bare(object.union(from("acme/tools"), {"reference": {"tag": "1.2-nonroot"}}))) == set()
}

test_nginx_keeps_root_for_its_master if {
	messages("non-root", bare(object.union(from("nginx"), {"cap_drop": []}))) == {"service gateway starts as root, and keeps more capabilities than nginx needs"}
	messages("non-root", bare(object.union(from("nginx"), {"program": "nginx", "cap_add": ["CAP_CHOWN", "setuid", "SETGID"]}))) == set()
	messages("non-root", bare(object.union(from("nginx"), {"cap_add": ["SYS_TIME"]}))) != set()
}

built(facts) := object.union(object.remove(hardened, ["runs_as"]), {"build": {"context": "."}, "built": facts})

test_the_dockerfile_decides if {
	messages("non-root", bare(built({"user": {"name": "app", "root": false}, "base": reference("python")}))) == set()
	messages("non-root", bare(built({"user": {"name": "root", "root": true}, "base": reference("python")}))) == {"service gateway runs as root: the Dockerfile that it builds ends as root"}
	messages("non-root", bare(built({"base": reference("python")}))) == {"service gateway names no user, nor does the Dockerfile that it builds"}
	messages("non-root", bare(built({"base": "scratch"}))) != set()
	messages("non-root", bare(built({"base": reference("postgres")}))) == set()
	result := control with input as bare(object.union(object.remove(hardened, ["runs_as"]), {"build": {"context": "."}}))
	result.findings == set()
	{each.reason | some each in result.undecided} == {"the user of service gateway is not known: the Dockerfile that it builds is not among the files"}
}

test_what_a_variable_decides_is_not_judged if {
	result := control with input as given({"runs_as": {"unresolved": "the variable UID"}, "privileged": {"unresolved": "the variable P"}, "read_only": {"unresolved": "the variable R"}, "cap_add": [{"unresolved": "the variable C"}, {"unresolved": "the variable D"}]})
	result.findings == set()
	{[each.case, each.path[2]] | some each in result.undecided} == {
		["non-root", "runs_as"],
		["no-privileged", "privileged"],
		["no-privileged", "cap_add"],
		["security-context", "cap_add"],
		["security-context", "read_only"],
	}
	unknown := control with input as bare(object.union(object.remove(hardened, ["runs_as"]), {"reference": {"pin": "unresolved", "unresolved": "the variable IMAGE"}}))
	unknown.findings == set()
	count(unknown.undecided) == 1
}

test_a_shell_in_place_of_the_start_script_is_a_warning if {
	shell := object.union(from("redis"), {"command": {"form": "exec", "argv": ["sh", "-c", "redis-server"]}})
	{[found.level, found.message] | some found in control.findings} == {["warn", "service gateway runs as root: it starts sh in place of what drops root in its image"]} with input as bare(shell)
	control.findings == set() with input as bare(object.union(from("redis"), {"command": {"form": "shell", "argv": ["redis-server"]}}))
	control.findings == set() with input as bare(object.union(from("postgres"), {"entrypoint": {"form": "exec", "argv": ["docker-entrypoint.sh"]}}))
	count(control.findings) == 1 with input as bare(object.union(from("postgres"), {"entrypoint": {"form": "exec", "argv": ["/dump"]}}))
}

test_privileged_is_critical if {
	control.findings == {{
		"artefact": 0,
		"case": "no-privileged",
		"path": ["services", 0, "privileged"],
		"message": "service gateway is privileged",
		"severity": "critical",
	}} with input as given({"privileged": true})
	count(control.findings) == 1 with input as given({"privileged": "true"})
	control.findings == set() with input as given({"privileged": "false"})
}

test_privileges_are_found_one_by_one if {
	privileges := {
		"cap_add": ["CAP_SYS_ADMIN", "net_admin", "NET_BIND_SERVICE", "ALL"],
		"devices": ["/dev/kvm:/dev/kvm", "/dev/null", {"source": "/dev/fuse", "target": "/dev/fuse"}],
		"pid": "host",
		"ipc": "service:cache",
		"userns_mode": "host",
		"security_opt": ["seccomp:unconfined", "apparmor=unconfined", "no-new-privileges:true"],
		"build": {"privileged": true, "entitlements": ["network.host", "security.insecure"]},
	}
	messages("no-privileged", given(privileges)) == {
		"service gateway adds the capability SYS_ADMIN",
		"service gateway adds the capability NET_ADMIN",
		"service gateway adds the capability ALL",
		"service gateway has the device /dev/kvm of its host",
		"service gateway has the device /dev/fuse of its host",
		"service gateway has the process IDs of its host",
		"service gateway has the user namespace of its host",
		"service gateway runs without seccomp",
		"service gateway runs without AppArmor",
		"service gateway is built with privileges on the machine that builds it",
	}
}

hangar(words) := testing.config("hangar-config", {"mcp_servers": {"shell": {"mode": "subprocess", "command": ["docker"], "args": words}}}, {})

test_hangar_servers_start_no_privileged_container if {
	{found.path | some found in control.findings} == {["mcp_servers", "shell", "args", 1]} with input as hangar(["run", "--privileged", "acme/shell"])
	result := control with input as hangar(["run", "--privileged=false", "acme/shell"])
	result.findings == set()
	result.judged == {{"artefact": 0, "case": "no-privileged"}}
}

test_one_that_lacks_is_a_warning_and_two_are_a_fault if {
	{[found.level, found.path[2], found.message] | some found in control.findings} == {["warn", "read_only", "service gateway can write to its root filesystem"]} with input as given({"read_only": false})
	control.findings == {{
		"artefact": 0,
		"case": "security-context",
		"path": ["services", 0],
		"message": "service gateway does not drop all capabilities, can write to its root filesystem",
	}} with input as given({"read_only": false, "cap_drop": ["NET_RAW"]})
	count(control.findings) == 1 with input as given({"security_opt": [], "cap_drop": [], "read_only": null})
}

test_only_a_store_adds_capabilities if {
	messages("security-context", given({"cap_add": ["CHOWN"]})) == {"service gateway adds capabilities that it should not need"}
	messages("security-context", given({"cap_add": ["CHOWN", "FOWNER"], "program": "postgres"})) == set()
	messages("security-context", given({"cap_add": ["NET_BIND_SERVICE"]})) == set()
}

test_a_reason_stands_for_a_readonly_root if {
	volume := [{"type": "volume", "source": "data", "target": "/data", "read_only": false}]
	reason := {"read_only": false, "x-mcp-policy-writable": "the index is rebuilt in place"}
	result := control with input as given(object.union(reason, {"volumes": volume}))
	result.findings == set()
	{each.reason | some each in result.excused} == {"the index is rebuilt in place"}
	unset := control with input as bare({"volumes": volume, "x-mcp-policy-writable": "the index is rebuilt in place"})
	{each.reason | some each in unset.excused} == {"the index is rebuilt in place"}
	count(control.findings) == 1 with input as given(reason)
	count(control.findings) == 1 with input as given({"read_only": false, "volumes": volume, "x-mcp-policy-writable": " "})
}

test_development_is_judged_for_privileges_alone if {
	result := control with input as bare({"mark": "development", "privileged": true, "runs_as": {"name": "root", "root": true}})
	{found.case | some found in result.findings} == {"no-privileged"}
	result.judged == {{"artefact": 0, "case": "no-privileged"}}
	{answer.case | some answer in result.inapplicable} == {"non-root", "security-context"}
}

test_a_part_of_a_service_is_not_judged_for_what_it_does_not_say if {
	result := control with input as bare({"incomplete": "the file that it changes is not among the files"})
	result.findings == set()
	{each.case | some each in result.undecided} == {"non-root", "security-context"}
}

test_odd_shapes_are_no_pass if {
	result := control with input as given({"security_opt": "no-new-privileges:true", "cap_drop": "ALL", "cap_add": "SYS_ADMIN", "devices": {"a": "b"}, "privileged": []})
	{[found.case, found.message] | some found in result.findings} == {
		["no-privileged", "service gateway adds the capability SYS_ADMIN"],
		["security-context", "service gateway lacks no-new-privileges, does not drop all capabilities"],
	}
}
