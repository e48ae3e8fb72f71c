import { textAt, valueAt, viewsAt, type View } from './view.ts'
import { knownProgram } from './program.ts'

/** A program whose health endpoints `data.probes` knows, and where this container has it listen. */
export type Serves = {
  program: 'hangar' | 'openmcp' | 'bridge-gateway' | 'bridge-router'
  ports: { health: Port; metrics?: Port }
}

/**
 * A port that something sets, or the default of the program or of its image. `sure` where nothing else can decide it: a configuration
 * that was not given, a variable that comes from elsewhere.
 */
export type Port = ({ number: number } | { default: 'program' | 'image' }) & { sure: boolean }

/** A configuration that a container reads. */
export type ConfigRead = { kind: string; value: unknown }

/** What a container serves, by its program or by the part of the workload that it is; `configs` are those that it mounts. */
export function servesOf(container: View, part: { component?: string; system?: string }, configs: readonly ConfigRead[]): Serves | undefined {
  const program = programOf(container, part, configs)
  if (program === undefined) return undefined
  return { program, ports: ports[program](container, configs) }
}

function programOf(container: View, part: { component?: string; system?: string }, configs: readonly ConfigRead[]): Serves['program'] | undefined {
  const known = knownProgram(container)
  const component = known?.component ?? part.component
  if (component === 'hangar') return 'hangar'
  if (component !== 'gateway' && component !== 'router') return undefined
  const system = known?.system ?? part.system ?? systemOf(container, configs)
  if (system === 'bridge') return component === 'gateway' ? 'bridge-gateway' : 'bridge-router'
  return system === 'openmcp' && component === 'gateway' ? 'openmcp' : undefined
}

/** The two programs that are called mcp-gateway, by what only one of them is given. */
function systemOf(container: View, configs: readonly ConfigRead[]): string | undefined {
  if (configs.some(({ kind }) => kind.startsWith('bridge-'))) return 'bridge'
  const isOpen = /(^|\s)--(listen-addr|catalog)\b/.test(commandLine(container)) || viewsAt(container, 'ports').some(({ containerPort }) => containerPort === 4444)
  return isOpen ? 'openmcp' : undefined
}

const ports: { [program in Serves['program']]: (container: View, configs: readonly ConfigRead[]) => Serves['ports'] } = {
  hangar: container => ({ health: hangarPort(container) }),
  openmcp(container) {
    const [, port] = /(?:^|\s)--listen-addr[=\s]\S*:(\d{1,5})(?=\s|$)/.exec(commandLine(container)) ?? []
    return { health: port === undefined ? { default: 'program', sure: false } : { number: Number(port), sure: true } }
  },
  'bridge-gateway': (container, configs) => ({
    health: bridgePort(container, 'MCP_GATEWAY_SERVER_HEALTH_PORT', configs, 'bridge-gateway-config', config => keyIn(keyIn(config, 'server'), 'health_port')),
    metrics: bridgePort(container, 'MCP_GATEWAY_SERVER_METRICS_PORT', configs, 'bridge-gateway-config', config => keyIn(keyIn(config, 'server'), 'metrics_port')),
  }),
  'bridge-router': (container, configs) => ({
    health: bridgePort(container, 'MCP_METRICS_ENDPOINT', configs, 'bridge-router-config', config => keyIn(keyIn(config, 'metrics'), 'endpoint')),
  }),
}

/** `--port` decides; without a command of its own the image's is run; else the variable, else the program's default. */
function hangarPort(container: View): Port {
  const line = commandLine(container)
  const [, word] = /(?:^|\s)--port[=\s]["']?([^\s"']+)/.exec(line) ?? []
  if (word !== undefined) return portIn(expanded(word, container)) ?? { default: 'image', sure: false }
  if (line === '') return { default: 'image', sure: true }
  // A script of one's own may pass anything on.
  if (!/hangar/.test(line) && Array.isArray(container.command) && container.command.length > 0) return { default: 'image', sure: false }
  return variable(container, 'MCP_HTTP_PORT') ?? { default: 'program', sure: true }
}

function bridgePort(container: View, name: string, configs: readonly ConfigRead[], kind: string, read: (config: unknown) => unknown): Port {
  const given = variable(container, name)
  if (given !== undefined && (given.sure || viewsAt(container, 'env').some(entry => entry.name === name))) return given
  const [config, ...others] = configs.filter(each => each.kind === kind)
  if (config === undefined || others.length > 0) return { default: 'program', sure: false }
  const written = read(config.value)
  if (written === undefined || written === null) return { default: 'program', sure: given === undefined }
  return portIn(written) ?? { default: 'program', sure: false }
}

/** A variable of the container that sets a port; not sure where its value comes from elsewhere, undefined where it is not set. */
function variable(container: View, name: string): Port | undefined {
  const entry = viewsAt(container, 'env').findLast(each => each.name === name)
  if (entry !== undefined) return portIn(entry.value) ?? { default: 'program', sure: false }
  return viewsAt(container, 'envFrom').length > 0 ? { default: 'program', sure: false } : undefined
}

/** The port in a number, a text of digits or an address. */
function portIn(written: unknown): Port | undefined {
  const [, digits] = /^(?:\S*:)?(\d{1,5})$/.exec(typeof written === 'number' ? String(written) : typeof written === 'string' ? written.trim() : '') ?? []
  return digits === undefined ? undefined : { number: Number(digits), sure: true }
}

/** `$(NAME)` and `$NAME` are what the container's own variables say. */
function expanded(word: string, container: View): unknown {
  const [, name] = /^\$[({]?(\w+)[)}]?$/.exec(word) ?? []
  return name === undefined ? word : viewsAt(container, 'env').findLast(each => each.name === name)?.value
}

const longest = 20_000

/** The words of the command in one line, a script among them as it stands; what is not known is left out. */
function commandLine(container: View): string {
  const words = [container.command, container.args].flatMap(part => (Array.isArray(part) ? part : typeof part === 'string' ? [part] : []))
  return words.map(word => (typeof word === 'string' ? word : typeof word === 'number' ? String(word) : '{{}}')).join(' ').slice(0, longest)
}

/** mcp-bridge reads its keys in any case. */
function keyIn(config: unknown, key: string): unknown {
  const own = valueAt(config, key)
  if (own !== undefined || typeof config !== 'object' || config === null) return own
  const name = Object.keys(config).find(each => each.toLowerCase() === key)
  return name === undefined ? undefined : valueAt(config, name)
}

/** A service of a Compose project as a container: its image by the name that is written, else the one that it is built on. */
export function serviceAsContainer(service: View): View {
  const image = textAt(service, 'image') || textAt(service, 'program')
  const [command, args] = ['entrypoint', 'command'].map(key => valueAt(service, key, 'argv'))
  return { image, ...(command !== undefined && { command }), ...(args !== undefined && { args }), env: service.environment, envFrom: service.env_file }
}
