# METADATA
# description: Written by the build from the controls; see src/tasks/main-rego.ts.
package mcp.main

lint_bridge_gateway_config := {"findings": [data.mcp.controls.auth.required.findings, data.mcp.controls.config.keys_known.findings, data.mcp.controls.config.no_inert_keys.findings, data.mcp.controls.resilience.bridge_circuit_breaker.findings, data.mcp.controls.secrets.no_plaintext_in_config.findings], "excused": [], "undecided": [data.mcp.controls.auth.required.undecided, data.mcp.controls.config.no_inert_keys.undecided, data.mcp.controls.resilience.bridge_circuit_breaker.undecided]}

outcomes_bridge_gateway_config := {"judged": [data.mcp.controls.auth.required.judged, data.mcp.controls.config.keys_known.judged, data.mcp.controls.config.no_inert_keys.judged, data.mcp.controls.resilience.bridge_circuit_breaker.judged, data.mcp.controls.secrets.no_plaintext_in_config.judged], "inapplicable": [data.mcp.controls.auth.required.inapplicable, data.mcp.controls.secrets.no_plaintext_in_config.inapplicable]}

lint_bridge_router_config := {"findings": [data.mcp.controls.config.keys_known.findings, data.mcp.controls.config.no_inert_keys.findings, data.mcp.controls.secrets.no_plaintext_in_config.findings], "excused": [], "undecided": [data.mcp.controls.config.no_inert_keys.undecided]}

outcomes_bridge_router_config := {"judged": [data.mcp.controls.config.keys_known.judged, data.mcp.controls.config.no_inert_keys.judged, data.mcp.controls.secrets.no_plaintext_in_config.judged], "inapplicable": [data.mcp.controls.secrets.no_plaintext_in_config.inapplicable]}

lint_compose := {"findings": [data.mcp.controls.auth.no_unsafe_flag.findings, data.mcp.controls.config.no_inert_keys.findings, data.mcp.controls.health.compose_healthcheck.findings, data.mcp.controls.image.pinned_tag.findings, data.mcp.controls.net.compose_internal_network.findings, data.mcp.controls.net.compose_published_ports.findings, data.mcp.controls.secrets.no_plaintext_in_config.findings, data.mcp.controls.workload.compose_hardening.findings, data.mcp.controls.workload.compose_resources.findings, data.mcp.controls.workload.no_hostpath.findings], "excused": [data.mcp.controls.workload.compose_hardening.excused, data.mcp.controls.workload.no_hostpath.excused], "undecided": [data.mcp.controls.auth.no_unsafe_flag.undecided, data.mcp.controls.config.no_inert_keys.undecided, data.mcp.controls.health.compose_healthcheck.undecided, data.mcp.controls.image.pinned_tag.undecided, data.mcp.controls.net.compose_internal_network.undecided, data.mcp.controls.net.compose_published_ports.undecided, data.mcp.controls.workload.compose_hardening.undecided, data.mcp.controls.workload.compose_resources.undecided, data.mcp.controls.workload.no_hostpath.undecided]}

outcomes_compose := {"judged": [data.mcp.controls.auth.no_unsafe_flag.judged, data.mcp.controls.config.no_inert_keys.judged, data.mcp.controls.health.compose_healthcheck.judged, data.mcp.controls.image.pinned_tag.judged, data.mcp.controls.net.compose_internal_network.judged, data.mcp.controls.net.compose_published_ports.judged, data.mcp.controls.secrets.no_plaintext_in_config.judged, data.mcp.controls.workload.compose_hardening.judged, data.mcp.controls.workload.compose_resources.judged, data.mcp.controls.workload.no_hostpath.judged], "inapplicable": [data.mcp.controls.auth.no_unsafe_flag.inapplicable, data.mcp.controls.health.compose_healthcheck.inapplicable, data.mcp.controls.net.compose_internal_network.inapplicable, data.mcp.controls.net.compose_published_ports.inapplicable, data.mcp.controls.secrets.no_plaintext_in_config.inapplicable, data.mcp.controls.workload.compose_hardening.inapplicable, data.mcp.controls.workload.compose_resources.inapplicable]}

lint_dockerfile := {"findings": [data.mcp.controls.health.compose_healthcheck.findings, data.mcp.controls.image.multistage.findings, data.mcp.controls.image.non_root_user.findings, data.mcp.controls.image.pinned_tag.findings], "excused": [], "undecided": [data.mcp.controls.health.compose_healthcheck.undecided, data.mcp.controls.image.non_root_user.undecided, data.mcp.controls.image.pinned_tag.undecided]}

outcomes_dockerfile := {"judged": [data.mcp.controls.health.compose_healthcheck.judged, data.mcp.controls.image.multistage.judged, data.mcp.controls.image.non_root_user.judged, data.mcp.controls.image.pinned_tag.judged], "inapplicable": [data.mcp.controls.health.compose_healthcheck.inapplicable, data.mcp.controls.image.multistage.inapplicable]}

lint_env_file := {"findings": [data.mcp.controls.config.no_inert_keys.findings, data.mcp.controls.net.compose_internal_network.findings], "excused": [], "undecided": [data.mcp.controls.config.no_inert_keys.undecided, data.mcp.controls.net.compose_internal_network.undecided]}

outcomes_env_file := {"judged": [data.mcp.controls.config.no_inert_keys.judged, data.mcp.controls.net.compose_internal_network.judged], "inapplicable": [data.mcp.controls.net.compose_internal_network.inapplicable]}

lint_hangar_config := {"findings": [data.mcp.controls.auth.required.findings, data.mcp.controls.config.keys_known.findings, data.mcp.controls.config.no_inert_keys.findings, data.mcp.controls.image.pinned_tag.findings, data.mcp.controls.resilience.hangar_failure_thresholds.findings, data.mcp.controls.resilience.hangar_groups.findings, data.mcp.controls.resilience.hangar_idle_ttl.findings, data.mcp.controls.secrets.no_plaintext_in_config.findings, data.mcp.controls.store.hangar_event_store.findings, data.mcp.controls.workload.compose_hardening.findings, data.mcp.controls.workload.hangar_container_sandbox.findings, data.mcp.controls.workload.hangar_server_resources.findings, data.mcp.controls.workload.no_hostpath.findings], "excused": [data.mcp.controls.workload.compose_hardening.excused, data.mcp.controls.workload.no_hostpath.excused], "undecided": [data.mcp.controls.auth.required.undecided, data.mcp.controls.config.no_inert_keys.undecided, data.mcp.controls.image.pinned_tag.undecided, data.mcp.controls.resilience.hangar_failure_thresholds.undecided, data.mcp.controls.resilience.hangar_groups.undecided, data.mcp.controls.resilience.hangar_idle_ttl.undecided, data.mcp.controls.store.hangar_event_store.undecided, data.mcp.controls.workload.compose_hardening.undecided, data.mcp.controls.workload.hangar_container_sandbox.undecided, data.mcp.controls.workload.hangar_server_resources.undecided, data.mcp.controls.workload.no_hostpath.undecided]}

outcomes_hangar_config := {"judged": [data.mcp.controls.auth.required.judged, data.mcp.controls.config.keys_known.judged, data.mcp.controls.config.no_inert_keys.judged, data.mcp.controls.image.pinned_tag.judged, data.mcp.controls.resilience.hangar_failure_thresholds.judged, data.mcp.controls.resilience.hangar_groups.judged, data.mcp.controls.resilience.hangar_idle_ttl.judged, data.mcp.controls.secrets.no_plaintext_in_config.judged, data.mcp.controls.store.hangar_event_store.judged, data.mcp.controls.workload.compose_hardening.judged, data.mcp.controls.workload.hangar_container_sandbox.judged, data.mcp.controls.workload.hangar_server_resources.judged, data.mcp.controls.workload.no_hostpath.judged], "inapplicable": [data.mcp.controls.auth.required.inapplicable, data.mcp.controls.resilience.hangar_failure_thresholds.inapplicable, data.mcp.controls.resilience.hangar_groups.inapplicable, data.mcp.controls.resilience.hangar_idle_ttl.inapplicable, data.mcp.controls.secrets.no_plaintext_in_config.inapplicable, data.mcp.controls.workload.compose_hardening.inapplicable, data.mcp.controls.workload.hangar_container_sandbox.inapplicable, data.mcp.controls.workload.hangar_server_resources.inapplicable]}

lint_helm_values := {"findings": [data.mcp.controls.auth.no_unsafe_flag.findings, data.mcp.controls.auth.required.findings, data.mcp.controls.config.keys_known.findings, data.mcp.controls.config.no_inert_keys.findings, data.mcp.controls.image.pinned_tag.findings, data.mcp.controls.resilience.hangar_failure_thresholds.findings, data.mcp.controls.resilience.hangar_groups.findings, data.mcp.controls.resilience.hangar_idle_ttl.findings, data.mcp.controls.resilience.pdb.findings, data.mcp.controls.scale.hpa.findings, data.mcp.controls.secrets.no_plaintext_in_config.findings, data.mcp.controls.store.hangar_event_store.findings, data.mcp.controls.workload.hangar_container_sandbox.findings, data.mcp.controls.workload.hangar_server_resources.findings], "excused": [], "undecided": [data.mcp.controls.auth.no_unsafe_flag.undecided, data.mcp.controls.auth.required.undecided, data.mcp.controls.config.no_inert_keys.undecided, data.mcp.controls.image.pinned_tag.undecided, data.mcp.controls.resilience.hangar_failure_thresholds.undecided, data.mcp.controls.resilience.hangar_groups.undecided, data.mcp.controls.resilience.hangar_idle_ttl.undecided, data.mcp.controls.resilience.pdb.undecided, data.mcp.controls.scale.hpa.undecided, data.mcp.controls.store.hangar_event_store.undecided, data.mcp.controls.workload.hangar_container_sandbox.undecided, data.mcp.controls.workload.hangar_server_resources.undecided]}

outcomes_helm_values := {"judged": [data.mcp.controls.auth.no_unsafe_flag.judged, data.mcp.controls.auth.required.judged, data.mcp.controls.config.keys_known.judged, data.mcp.controls.config.no_inert_keys.judged, data.mcp.controls.image.pinned_tag.judged, data.mcp.controls.resilience.hangar_failure_thresholds.judged, data.mcp.controls.resilience.hangar_groups.judged, data.mcp.controls.resilience.hangar_idle_ttl.judged, data.mcp.controls.resilience.pdb.judged, data.mcp.controls.scale.hpa.judged, data.mcp.controls.secrets.no_plaintext_in_config.judged, data.mcp.controls.store.hangar_event_store.judged, data.mcp.controls.workload.hangar_container_sandbox.judged, data.mcp.controls.workload.hangar_server_resources.judged], "inapplicable": [data.mcp.controls.auth.no_unsafe_flag.inapplicable, data.mcp.controls.auth.required.inapplicable, data.mcp.controls.resilience.hangar_failure_thresholds.inapplicable, data.mcp.controls.resilience.hangar_groups.inapplicable, data.mcp.controls.resilience.hangar_idle_ttl.inapplicable, data.mcp.controls.resilience.pdb.inapplicable, data.mcp.controls.scale.hpa.inapplicable, data.mcp.controls.secrets.no_plaintext_in_config.inapplicable, data.mcp.controls.workload.hangar_container_sandbox.inapplicable, data.mcp.controls.workload.hangar_server_resources.inapplicable]}

lint_kubernetes := {"findings": [data.mcp.controls.auth.no_unsafe_flag.findings, data.mcp.controls.config.crd_fields_known.findings, data.mcp.controls.config.no_inert_keys.findings, data.mcp.controls.health.liveness_probe.findings, data.mcp.controls.health.readiness_probe.findings, data.mcp.controls.image.pinned_tag.findings, data.mcp.controls.net.policy_no_open_cidr.findings, data.mcp.controls.secrets.env_from_secret.findings, data.mcp.controls.secrets.not_in_configmap.findings, data.mcp.controls.workload.apparmor.findings, data.mcp.controls.workload.drop_capabilities.findings, data.mcp.controls.workload.memory_limit.findings, data.mcp.controls.workload.no_host_namespaces.findings, data.mcp.controls.workload.no_host_ports.findings, data.mcp.controls.workload.no_host_process.findings, data.mcp.controls.workload.no_hostpath.findings, data.mcp.controls.workload.no_privilege_escalation.findings, data.mcp.controls.workload.no_privileged.findings, data.mcp.controls.workload.no_probe_host.findings, data.mcp.controls.workload.proc_mount.findings, data.mcp.controls.workload.readonly_rootfs.findings, data.mcp.controls.workload.requests.findings, data.mcp.controls.workload.run_as_non_root.findings, data.mcp.controls.workload.seccomp.findings, data.mcp.controls.workload.selinux_options.findings, data.mcp.controls.workload.sysctls.findings, data.mcp.controls.workload.volume_types.findings], "excused": [data.mcp.controls.workload.drop_capabilities.excused, data.mcp.controls.workload.no_host_namespaces.excused, data.mcp.controls.workload.no_host_ports.excused, data.mcp.controls.workload.no_hostpath.excused, data.mcp.controls.workload.no_privilege_escalation.excused, data.mcp.controls.workload.readonly_rootfs.excused], "undecided": [data.mcp.controls.auth.no_unsafe_flag.undecided, data.mcp.controls.config.no_inert_keys.undecided, data.mcp.controls.health.liveness_probe.undecided, data.mcp.controls.health.readiness_probe.undecided, data.mcp.controls.image.pinned_tag.undecided, data.mcp.controls.net.policy_no_open_cidr.undecided, data.mcp.controls.secrets.env_from_secret.undecided, data.mcp.controls.secrets.not_in_configmap.undecided, data.mcp.controls.workload.apparmor.undecided, data.mcp.controls.workload.drop_capabilities.undecided, data.mcp.controls.workload.memory_limit.undecided, data.mcp.controls.workload.no_host_namespaces.undecided, data.mcp.controls.workload.no_host_ports.undecided, data.mcp.controls.workload.no_host_process.undecided, data.mcp.controls.workload.no_hostpath.undecided, data.mcp.controls.workload.no_privilege_escalation.undecided, data.mcp.controls.workload.no_privileged.undecided, data.mcp.controls.workload.no_probe_host.undecided, data.mcp.controls.workload.proc_mount.undecided, data.mcp.controls.workload.readonly_rootfs.undecided, data.mcp.controls.workload.requests.undecided, data.mcp.controls.workload.run_as_non_root.undecided, data.mcp.controls.workload.seccomp.undecided, data.mcp.controls.workload.selinux_options.undecided, data.mcp.controls.workload.sysctls.undecided, data.mcp.controls.workload.volume_types.undecided]}

outcomes_kubernetes := {"judged": [data.mcp.controls.auth.no_unsafe_flag.judged, data.mcp.controls.config.crd_fields_known.judged, data.mcp.controls.config.no_inert_keys.judged, data.mcp.controls.health.liveness_probe.judged, data.mcp.controls.health.readiness_probe.judged, data.mcp.controls.image.pinned_tag.judged, data.mcp.controls.net.policy_no_open_cidr.judged, data.mcp.controls.secrets.env_from_secret.judged, data.mcp.controls.secrets.not_in_configmap.judged, data.mcp.controls.workload.apparmor.judged, data.mcp.controls.workload.drop_capabilities.judged, data.mcp.controls.workload.memory_limit.judged, data.mcp.controls.workload.no_host_namespaces.judged, data.mcp.controls.workload.no_host_ports.judged, data.mcp.controls.workload.no_host_process.judged, data.mcp.controls.workload.no_hostpath.judged, data.mcp.controls.workload.no_privilege_escalation.judged, data.mcp.controls.workload.no_privileged.judged, data.mcp.controls.workload.no_probe_host.judged, data.mcp.controls.workload.proc_mount.judged, data.mcp.controls.workload.readonly_rootfs.judged, data.mcp.controls.workload.requests.judged, data.mcp.controls.workload.run_as_non_root.judged, data.mcp.controls.workload.seccomp.judged, data.mcp.controls.workload.selinux_options.judged, data.mcp.controls.workload.sysctls.judged, data.mcp.controls.workload.volume_types.judged], "inapplicable": [data.mcp.controls.auth.no_unsafe_flag.inapplicable, data.mcp.controls.health.liveness_probe.inapplicable, data.mcp.controls.health.readiness_probe.inapplicable, data.mcp.controls.workload.readonly_rootfs.inapplicable]}

lint_mcp_client_config := {"findings": [data.mcp.controls.agent.claude_code_configured.findings, data.mcp.controls.agent.client_config.findings, data.mcp.controls.secrets.no_plaintext_in_config.findings], "excused": [], "undecided": [data.mcp.controls.agent.claude_code_configured.undecided, data.mcp.controls.agent.client_config.undecided]}

outcomes_mcp_client_config := {"judged": [data.mcp.controls.agent.claude_code_configured.judged, data.mcp.controls.agent.client_config.judged, data.mcp.controls.secrets.no_plaintext_in_config.judged], "inapplicable": [data.mcp.controls.agent.claude_code_configured.inapplicable, data.mcp.controls.agent.client_config.inapplicable, data.mcp.controls.secrets.no_plaintext_in_config.inapplicable]}

lint_reading := {"findings": [data.mcp.controls.input.ambiguous_scalar.findings, data.mcp.controls.input.duplicate_key.findings, data.mcp.controls.input.exemption.findings, data.mcp.controls.input.hidden_text.findings, data.mcp.controls.input.not_evaluated.findings, data.mcp.controls.input.over_limit.findings], "excused": [], "undecided": []}

outcomes_reading := {"judged": [data.mcp.controls.input.ambiguous_scalar.judged, data.mcp.controls.input.duplicate_key.judged, data.mcp.controls.input.exemption.judged, data.mcp.controls.input.hidden_text.judged, data.mcp.controls.input.not_evaluated.judged, data.mcp.controls.input.over_limit.judged], "inapplicable": []}

lint_set := {"findings": [data.mcp.controls.net.policy_covers_workload.findings, data.mcp.controls.net.service_selects_pods.findings, data.mcp.controls.resilience.hangar_groups.findings, data.mcp.controls.resilience.pdb.findings, data.mcp.controls.scale.hpa.findings], "excused": [data.mcp.controls.net.service_selects_pods.excused], "undecided": [data.mcp.controls.net.policy_covers_workload.undecided, data.mcp.controls.net.service_selects_pods.undecided, data.mcp.controls.resilience.hangar_groups.undecided, data.mcp.controls.resilience.pdb.undecided, data.mcp.controls.scale.hpa.undecided]}

outcomes_set := {"judged": [data.mcp.controls.net.policy_covers_workload.judged, data.mcp.controls.net.service_selects_pods.judged, data.mcp.controls.resilience.hangar_groups.judged, data.mcp.controls.resilience.pdb.judged, data.mcp.controls.scale.hpa.judged], "inapplicable": [data.mcp.controls.net.policy_covers_workload.inapplicable, data.mcp.controls.net.service_selects_pods.inapplicable, data.mcp.controls.resilience.hangar_groups.inapplicable, data.mcp.controls.resilience.pdb.inapplicable, data.mcp.controls.scale.hpa.inapplicable]}

control_agent_claude_code_configured := {"findings": data.mcp.controls.agent.claude_code_configured.findings, "inapplicable": data.mcp.controls.agent.claude_code_configured.inapplicable, "judged": data.mcp.controls.agent.claude_code_configured.judged, "undecided": data.mcp.controls.agent.claude_code_configured.undecided}

control_agent_client_config := {"findings": data.mcp.controls.agent.client_config.findings, "inapplicable": data.mcp.controls.agent.client_config.inapplicable, "judged": data.mcp.controls.agent.client_config.judged, "undecided": data.mcp.controls.agent.client_config.undecided}

control_auth_no_unsafe_flag := {"findings": data.mcp.controls.auth.no_unsafe_flag.findings, "inapplicable": data.mcp.controls.auth.no_unsafe_flag.inapplicable, "judged": data.mcp.controls.auth.no_unsafe_flag.judged, "undecided": data.mcp.controls.auth.no_unsafe_flag.undecided}

control_auth_required := {"findings": data.mcp.controls.auth.required.findings, "inapplicable": data.mcp.controls.auth.required.inapplicable, "judged": data.mcp.controls.auth.required.judged, "undecided": data.mcp.controls.auth.required.undecided}

control_config_crd_fields_known := {"findings": data.mcp.controls.config.crd_fields_known.findings, "judged": data.mcp.controls.config.crd_fields_known.judged}

control_config_keys_known := {"findings": data.mcp.controls.config.keys_known.findings, "judged": data.mcp.controls.config.keys_known.judged}

control_config_no_inert_keys := {"findings": data.mcp.controls.config.no_inert_keys.findings, "judged": data.mcp.controls.config.no_inert_keys.judged, "undecided": data.mcp.controls.config.no_inert_keys.undecided}

control_health_compose_healthcheck := {"findings": data.mcp.controls.health.compose_healthcheck.findings, "inapplicable": data.mcp.controls.health.compose_healthcheck.inapplicable, "judged": data.mcp.controls.health.compose_healthcheck.judged, "undecided": data.mcp.controls.health.compose_healthcheck.undecided}

control_health_liveness_probe := {"findings": data.mcp.controls.health.liveness_probe.findings, "inapplicable": data.mcp.controls.health.liveness_probe.inapplicable, "judged": data.mcp.controls.health.liveness_probe.judged, "undecided": data.mcp.controls.health.liveness_probe.undecided}

control_health_readiness_probe := {"findings": data.mcp.controls.health.readiness_probe.findings, "inapplicable": data.mcp.controls.health.readiness_probe.inapplicable, "judged": data.mcp.controls.health.readiness_probe.judged, "undecided": data.mcp.controls.health.readiness_probe.undecided}

control_image_multistage := {"findings": data.mcp.controls.image.multistage.findings, "inapplicable": data.mcp.controls.image.multistage.inapplicable, "judged": data.mcp.controls.image.multistage.judged}

control_image_non_root_user := {"findings": data.mcp.controls.image.non_root_user.findings, "judged": data.mcp.controls.image.non_root_user.judged, "undecided": data.mcp.controls.image.non_root_user.undecided}

control_image_pinned_tag := {"findings": data.mcp.controls.image.pinned_tag.findings, "judged": data.mcp.controls.image.pinned_tag.judged, "undecided": data.mcp.controls.image.pinned_tag.undecided}

control_input_ambiguous_scalar := {"findings": data.mcp.controls.input.ambiguous_scalar.findings, "judged": data.mcp.controls.input.ambiguous_scalar.judged}

control_input_duplicate_key := {"findings": data.mcp.controls.input.duplicate_key.findings, "judged": data.mcp.controls.input.duplicate_key.judged}

control_input_exemption := {"findings": data.mcp.controls.input.exemption.findings, "judged": data.mcp.controls.input.exemption.judged}

control_input_hidden_text := {"findings": data.mcp.controls.input.hidden_text.findings, "judged": data.mcp.controls.input.hidden_text.judged}

control_input_not_evaluated := {"findings": data.mcp.controls.input.not_evaluated.findings, "judged": data.mcp.controls.input.not_evaluated.judged}

control_input_over_limit := {"findings": data.mcp.controls.input.over_limit.findings, "judged": data.mcp.controls.input.over_limit.judged}

control_net_compose_internal_network := {"findings": data.mcp.controls.net.compose_internal_network.findings, "inapplicable": data.mcp.controls.net.compose_internal_network.inapplicable, "judged": data.mcp.controls.net.compose_internal_network.judged, "undecided": data.mcp.controls.net.compose_internal_network.undecided}

control_net_compose_published_ports := {"findings": data.mcp.controls.net.compose_published_ports.findings, "inapplicable": data.mcp.controls.net.compose_published_ports.inapplicable, "judged": data.mcp.controls.net.compose_published_ports.judged, "undecided": data.mcp.controls.net.compose_published_ports.undecided}

control_net_policy_covers_workload := {"findings": data.mcp.controls.net.policy_covers_workload.findings, "inapplicable": data.mcp.controls.net.policy_covers_workload.inapplicable, "judged": data.mcp.controls.net.policy_covers_workload.judged, "undecided": data.mcp.controls.net.policy_covers_workload.undecided}

control_net_policy_no_open_cidr := {"findings": data.mcp.controls.net.policy_no_open_cidr.findings, "judged": data.mcp.controls.net.policy_no_open_cidr.judged, "undecided": data.mcp.controls.net.policy_no_open_cidr.undecided}

control_net_service_selects_pods := {"excused": data.mcp.controls.net.service_selects_pods.excused, "findings": data.mcp.controls.net.service_selects_pods.findings, "inapplicable": data.mcp.controls.net.service_selects_pods.inapplicable, "judged": data.mcp.controls.net.service_selects_pods.judged, "undecided": data.mcp.controls.net.service_selects_pods.undecided}

control_resilience_bridge_circuit_breaker := {"findings": data.mcp.controls.resilience.bridge_circuit_breaker.findings, "judged": data.mcp.controls.resilience.bridge_circuit_breaker.judged, "undecided": data.mcp.controls.resilience.bridge_circuit_breaker.undecided}

control_resilience_hangar_failure_thresholds := {"findings": data.mcp.controls.resilience.hangar_failure_thresholds.findings, "inapplicable": data.mcp.controls.resilience.hangar_failure_thresholds.inapplicable, "judged": data.mcp.controls.resilience.hangar_failure_thresholds.judged, "undecided": data.mcp.controls.resilience.hangar_failure_thresholds.undecided}

control_resilience_hangar_groups := {"findings": data.mcp.controls.resilience.hangar_groups.findings, "inapplicable": data.mcp.controls.resilience.hangar_groups.inapplicable, "judged": data.mcp.controls.resilience.hangar_groups.judged, "undecided": data.mcp.controls.resilience.hangar_groups.undecided}

control_resilience_hangar_idle_ttl := {"findings": data.mcp.controls.resilience.hangar_idle_ttl.findings, "inapplicable": data.mcp.controls.resilience.hangar_idle_ttl.inapplicable, "judged": data.mcp.controls.resilience.hangar_idle_ttl.judged, "undecided": data.mcp.controls.resilience.hangar_idle_ttl.undecided}

control_resilience_pdb := {"findings": data.mcp.controls.resilience.pdb.findings, "inapplicable": data.mcp.controls.resilience.pdb.inapplicable, "judged": data.mcp.controls.resilience.pdb.judged, "undecided": data.mcp.controls.resilience.pdb.undecided}

control_scale_hpa := {"findings": data.mcp.controls.scale.hpa.findings, "inapplicable": data.mcp.controls.scale.hpa.inapplicable, "judged": data.mcp.controls.scale.hpa.judged, "undecided": data.mcp.controls.scale.hpa.undecided}

control_secrets_env_from_secret := {"findings": data.mcp.controls.secrets.env_from_secret.findings, "judged": data.mcp.controls.secrets.env_from_secret.judged, "undecided": data.mcp.controls.secrets.env_from_secret.undecided}

control_secrets_no_plaintext_in_config := {"findings": data.mcp.controls.secrets.no_plaintext_in_config.findings, "inapplicable": data.mcp.controls.secrets.no_plaintext_in_config.inapplicable, "judged": data.mcp.controls.secrets.no_plaintext_in_config.judged}

control_secrets_not_in_configmap := {"findings": data.mcp.controls.secrets.not_in_configmap.findings, "judged": data.mcp.controls.secrets.not_in_configmap.judged, "undecided": data.mcp.controls.secrets.not_in_configmap.undecided}

control_store_hangar_event_store := {"findings": data.mcp.controls.store.hangar_event_store.findings, "judged": data.mcp.controls.store.hangar_event_store.judged, "undecided": data.mcp.controls.store.hangar_event_store.undecided}

control_workload_apparmor := {"findings": data.mcp.controls.workload.apparmor.findings, "judged": data.mcp.controls.workload.apparmor.judged, "undecided": data.mcp.controls.workload.apparmor.undecided}

control_workload_compose_hardening := {"excused": data.mcp.controls.workload.compose_hardening.excused, "findings": data.mcp.controls.workload.compose_hardening.findings, "inapplicable": data.mcp.controls.workload.compose_hardening.inapplicable, "judged": data.mcp.controls.workload.compose_hardening.judged, "undecided": data.mcp.controls.workload.compose_hardening.undecided}

control_workload_compose_resources := {"findings": data.mcp.controls.workload.compose_resources.findings, "inapplicable": data.mcp.controls.workload.compose_resources.inapplicable, "judged": data.mcp.controls.workload.compose_resources.judged, "undecided": data.mcp.controls.workload.compose_resources.undecided}

control_workload_drop_capabilities := {"excused": data.mcp.controls.workload.drop_capabilities.excused, "findings": data.mcp.controls.workload.drop_capabilities.findings, "judged": data.mcp.controls.workload.drop_capabilities.judged, "undecided": data.mcp.controls.workload.drop_capabilities.undecided}

control_workload_hangar_container_sandbox := {"findings": data.mcp.controls.workload.hangar_container_sandbox.findings, "inapplicable": data.mcp.controls.workload.hangar_container_sandbox.inapplicable, "judged": data.mcp.controls.workload.hangar_container_sandbox.judged, "undecided": data.mcp.controls.workload.hangar_container_sandbox.undecided}

control_workload_hangar_server_resources := {"findings": data.mcp.controls.workload.hangar_server_resources.findings, "inapplicable": data.mcp.controls.workload.hangar_server_resources.inapplicable, "judged": data.mcp.controls.workload.hangar_server_resources.judged, "undecided": data.mcp.controls.workload.hangar_server_resources.undecided}

control_workload_memory_limit := {"findings": data.mcp.controls.workload.memory_limit.findings, "judged": data.mcp.controls.workload.memory_limit.judged, "undecided": data.mcp.controls.workload.memory_limit.undecided}

control_workload_no_host_namespaces := {"excused": data.mcp.controls.workload.no_host_namespaces.excused, "findings": data.mcp.controls.workload.no_host_namespaces.findings, "judged": data.mcp.controls.workload.no_host_namespaces.judged, "undecided": data.mcp.controls.workload.no_host_namespaces.undecided}

control_workload_no_host_ports := {"excused": data.mcp.controls.workload.no_host_ports.excused, "findings": data.mcp.controls.workload.no_host_ports.findings, "judged": data.mcp.controls.workload.no_host_ports.judged, "undecided": data.mcp.controls.workload.no_host_ports.undecided}

control_workload_no_host_process := {"findings": data.mcp.controls.workload.no_host_process.findings, "judged": data.mcp.controls.workload.no_host_process.judged, "undecided": data.mcp.controls.workload.no_host_process.undecided}

control_workload_no_hostpath := {"excused": data.mcp.controls.workload.no_hostpath.excused, "findings": data.mcp.controls.workload.no_hostpath.findings, "judged": data.mcp.controls.workload.no_hostpath.judged, "undecided": data.mcp.controls.workload.no_hostpath.undecided}

control_workload_no_privilege_escalation := {"excused": data.mcp.controls.workload.no_privilege_escalation.excused, "findings": data.mcp.controls.workload.no_privilege_escalation.findings, "judged": data.mcp.controls.workload.no_privilege_escalation.judged, "undecided": data.mcp.controls.workload.no_privilege_escalation.undecided}

control_workload_no_privileged := {"findings": data.mcp.controls.workload.no_privileged.findings, "judged": data.mcp.controls.workload.no_privileged.judged, "undecided": data.mcp.controls.workload.no_privileged.undecided}

control_workload_no_probe_host := {"findings": data.mcp.controls.workload.no_probe_host.findings, "judged": data.mcp.controls.workload.no_probe_host.judged, "undecided": data.mcp.controls.workload.no_probe_host.undecided}

control_workload_proc_mount := {"findings": data.mcp.controls.workload.proc_mount.findings, "judged": data.mcp.controls.workload.proc_mount.judged, "undecided": data.mcp.controls.workload.proc_mount.undecided}

control_workload_readonly_rootfs := {"excused": data.mcp.controls.workload.readonly_rootfs.excused, "findings": data.mcp.controls.workload.readonly_rootfs.findings, "inapplicable": data.mcp.controls.workload.readonly_rootfs.inapplicable, "judged": data.mcp.controls.workload.readonly_rootfs.judged, "undecided": data.mcp.controls.workload.readonly_rootfs.undecided}

control_workload_requests := {"findings": data.mcp.controls.workload.requests.findings, "judged": data.mcp.controls.workload.requests.judged, "undecided": data.mcp.controls.workload.requests.undecided}

control_workload_run_as_non_root := {"findings": data.mcp.controls.workload.run_as_non_root.findings, "judged": data.mcp.controls.workload.run_as_non_root.judged, "undecided": data.mcp.controls.workload.run_as_non_root.undecided}

control_workload_seccomp := {"findings": data.mcp.controls.workload.seccomp.findings, "judged": data.mcp.controls.workload.seccomp.judged, "undecided": data.mcp.controls.workload.seccomp.undecided}

control_workload_selinux_options := {"findings": data.mcp.controls.workload.selinux_options.findings, "judged": data.mcp.controls.workload.selinux_options.judged, "undecided": data.mcp.controls.workload.selinux_options.undecided}

control_workload_sysctls := {"findings": data.mcp.controls.workload.sysctls.findings, "judged": data.mcp.controls.workload.sysctls.judged, "undecided": data.mcp.controls.workload.sysctls.undecided}

control_workload_volume_types := {"findings": data.mcp.controls.workload.volume_types.findings, "judged": data.mcp.controls.workload.volume_types.judged, "undecided": data.mcp.controls.workload.volume_types.undecided}
