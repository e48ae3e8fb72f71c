import type { Json } from './document.ts'
import { hasAny, isMap, type JsonMap } from './json.ts'
import type { FileName, Recognised } from './recognised.ts'

/**
 * A Compose file has `services`, a map of what looks like Compose services; a file that is named as one has any of the top-level
 * keys. An override file may name of a service only what it changes.
 */
export function recogniseCompose(value: JsonMap, name: FileName): Recognised | undefined {
  const named = composeName.test(name.base) && hasAny(value, topLevelKeys)
  return named || areServices(value.services) ? { kind: 'compose', dialect: 'go-yaml-v3' } : undefined
}

const composeName = /^(docker-)?(compose|stack)([._-].*)?\.(ya?ml|json)$/i
const topLevelKeys = ['services', 'include', 'volumes', 'networks', 'secrets', 'configs', 'models']

function areServices(services: Json | undefined): boolean {
  if (!isMap(services)) return false
  const entries = Object.values(services)
  const likely = entries.filter(isService).length
  return likely > 0 && likely * 2 > entries.length
}

/** One of the keys that nothing else has in that form, or nothing but keys of a Compose service. */
function isService(service: Json): boolean {
  if (!isMap(service)) return false
  const keys = Object.keys(service)
  if (typeof service.image === 'string' && keys.every(key => serviceKeys.has(key) || key.startsWith('x-'))) return true
  return keys.length > 0 && keys.every(key => serviceKeys.has(key) || key.startsWith('x-')) && !keys.every(key => ambiguousKeys.has(key))
}

const serviceKeys = new Set(
  `annotations attach blkio_config build cap_add cap_drop cgroup cgroup_parent command configs container_name cpu_count cpu_percent
  cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares cpus cpuset credential_spec depends_on deploy develop device_cgroup_rules
  devices dns dns_opt dns_search domainname entrypoint env_file environment expose extends external_links extra_hosts gpus group_add
  healthcheck hostname image init ipc isolation label_file labels links logging mac_address mem_limit mem_reservation mem_swappiness
  memswap_limit models network_mode networks oom_kill_disable oom_score_adj pid pids_limit platform ports post_start pre_stop privileged
  profiles provider pull_policy read_only restart runtime scale secrets security_opt shm_size stdin_open stop_grace_period stop_signal
  storage_opt sysctls tmpfs tty ulimits use_api_socket user userns_mode uts volume_driver volumes volumes_from working_dir`.split(/\s+/),
)

/** Keys that services of other programs have too (`services: {gateway: {ports: ...}}` in the values of a chart). */
const ambiguousKeys = new Set(['annotations', 'labels', 'ports', 'command', 'provider', 'deploy', 'user', 'scale', 'models'])
