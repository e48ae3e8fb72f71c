package mcp.controls.workload.selinux_options_test

import data.mcp.controls.workload.selinux_options as control
import data.mcp.lib.testing

test_type_user_and_role_are_found if {
	control.findings == {{
		"artefact": 0,
		"case": "pss-baseline",
		"path": ["spec", "containers", 0, "securityContext", "seLinuxOptions", field],
		"message": $"container gateway has the SELinux {field} {value}",
	} |
		some field, value in {"type": "spc_t", "user": "system_u", "role": "sysadm_r"}
	} with input as container({"type": "spc_t", "user": "system_u", "role": "sysadm_r", "level": "s0:c1"})
}

test_the_pod_is_judged if {
	count(control.findings) == 1 with input as testing.pod({"securityContext": {"seLinuxOptions": {"type": "spc_t"}}})
}

test_container_types_and_empty_values_are_met if {
	every options in [{"level": "s0:c1"}, {"type": "container_t"}, {"type": "", "user": "", "role": ""}, {"type": null}] {
		count(control.findings) == 0 with input as container(options)
	}
}

test_container_engine_t_is_met_from_1_31 if {
	every minor, number in {30: 1, 31: 0} {
		count(control.findings) == number with input as testing.version(container({"type": "container_engine_t"}), minor)
	}
}

test_a_template_is_undecided if {
	path := ["spec", "containers", 0, "securityContext", "seLinuxOptions", "role"]
	result := control with input as testing.unknown(container({"role": {"unresolved": "a template"}}), path)
	result.findings == set()
	{answer.path | some answer in result.undecided} == {path}
}

container(options) := testing.container({"securityContext": {"seLinuxOptions": options}})
