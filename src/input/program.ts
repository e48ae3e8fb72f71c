import { imageName, imageRepository } from './workload.ts'
import { textAt, textsAt, type View } from './view.ts'

/** What a container runs, as far as its image and command tell. */
export type Program = { component: string; system?: string }

const programs = new Map<string, Program>([
  ['mcp-hangar', { component: 'hangar', system: 'hangar' }],
  ['mcp-hangar-operator', { component: 'operator', system: 'hangar' }],
  ['mcp-bridge-gateway', { component: 'gateway', system: 'bridge' }],
  ['mcp-bridge-router', { component: 'router', system: 'bridge' }],
  // Open MCP Gateway and the binary of mcp-bridge share this name; the registry path or the mounted configuration tells.
  ['mcp-gateway', { component: 'gateway' }],
])

/** A program of the known systems, by the image's name or by the command that is started. */
export function knownProgram(container: View): Program | undefined {
  const image = textAt(container, 'image')
  const known = programs.get(imageName(image)) ?? programs.get(startedBy(container))
  if (known?.system !== undefined || known === undefined) return known
  return image.startsWith('ghcr.io/agentic/') ? { ...known, system: 'openmcp' } : known
}

const supports = new Map<string, string>(Object.entries({
  redis: ['redis', 'valkey', 'redis-stack-server'],
  postgres: ['postgres', 'postgresql', 'pgvector', 'timescaledb'],
  mysql: ['mysql', 'mariadb'],
  proxy: ['nginx', 'traefik', 'caddy', 'envoy', 'haproxy'],
  prometheus: ['prometheus'],
  grafana: ['grafana'],
  'log-agent': ['fluent-bit', 'fluentd', 'promtail', 'alloy', 'vector', 'filebeat'],
  'node-exporter': ['node-exporter'],
}).flatMap(([component, names]) => names.map(name => [name, component] as const)))

/** What supports an MCP system, by the image's name: a store, a proxy, an observer. */
export function supportProgram(container: View): string | undefined {
  return supports.get(imageName(textAt(container, 'image')))
}

/** The support that one of an object's names says it is, as a word between `-`, `_` and `.`: `mcp-redis`, `nginx`. */
export function supportNamed(names: readonly string[]): string | undefined {
  for (const name of names) {
    const words = name.toLowerCase().split(/[-_./]/)
    for (const word of [name.toLowerCase(), ...words]) {
      const component = supports.get(word)
      if (component !== undefined && !words.includes('exporter')) return component
    }
  }
  return undefined
}

/** True for a container that only measures another one, like redis_exporter. */
export function isExporter(container: View): boolean {
  const name = imageName(textAt(container, 'image'))
  return name.endsWith('-exporter') || name.endsWith('_exporter')
}

const dumps = ['pg_dump', 'pg_dumpall', 'pg_basebackup', 'mysqldump', 'mariadb-dump', 'mongodump', 'redis-cli --rdb']

/** True for a container whose command writes a copy of a database. */
export function runsDump(container: View): boolean {
  const text = commandOf(container).join(' ').slice(0, longestScript)
  return dumps.some(dump => text.includes(dump))
}

/** The tokens of `text` are what stands between `/ - _ . :`. What is our own, mcp-policy and mcp-policy-*, has none. */
export function hasMcpToken(text: string): boolean {
  const lower = text.toLowerCase()
  for (let start = lower.indexOf('mcp'); start >= 0; start = lower.indexOf('mcp', start + 3)) {
    if (isBorder(lower, start - 1) && isBorder(lower, start + 3)) return !isOurs(lower)
  }
  return false
}

export function imageHasMcpToken(image: string): boolean {
  return imageRepository(image).split('/').some(hasMcpToken)
}

const wrappers = new Set(['env', 'exec', 'tini', 'dumb-init', 'nohup', 'sudo', 'gosu', 'su-exec', 'uv', 'uvx', 'pipx', 'run', 'catatonit'])
const mcpPrograms = new Set(['fastmcp', 'supergateway', 'mcpo'])
const beforePrograms = new Set([...wrappers, 'npx', 'bunx', 'pnpm', 'npm', 'dlx', 'node', 'bun'])

/** True for a container of any image whose command starts an MCP server: `npx -y @modelcontextprotocol/server-git`, `uvx mcp-proxy`. */
export function startsMcp(container: View): boolean {
  if (mcpPrograms.has(imageName(textAt(container, 'image')))) return true
  return scriptsIn(commandOf(container)).some(words => {
    const started = words.find(word => !word.startsWith('-') && !word.includes('=') && !beforePrograms.has(baseName(word)) && !isPython(baseName(word)))
    return started !== undefined && isMcpProgram(started)
  })
}

/** A word with a colon is an address or a path of two, no program. */
function isMcpProgram(word: string): boolean {
  if (word.startsWith('@modelcontextprotocol/')) return true
  if (word.includes(':')) return false
  const version = word.lastIndexOf('@')
  const name = version > 0 ? word.slice(0, version) : word
  return mcpPrograms.has(baseName(name)) || hasMcpToken(name.startsWith('@') ? name : baseName(name))
}

function isBorder(text: string, index: number): boolean {
  return index < 0 || index >= text.length || '/-_.:'.includes(text[index])
}

function isOurs(name: string): boolean {
  return name === 'mcp-policy' || name.startsWith('mcp-policy-')
}

function commandOf(container: View): string[] {
  return [...textsAt(container, 'command'), ...textsAt(container, 'args')]
}

const longestScript = 4096
const shells = new Set(['sh', 'bash', 'ash', 'dash', 'zsh'])

/** The name of the first known program that the command starts, else of the first program, else empty. */
function startedBy(container: View): string {
  const started = scriptsIn(commandOf(container)).map(programOf)
  return started.find(name => programs.has(name)) ?? started.at(-1) ?? ''
}

/** The commands that a container runs, in words: those of a script, else the one. */
function scriptsIn(words: string[]): string[][] {
  if (words.length === 0) return []
  const script = shells.has(baseName(words[0])) ? words.find((word, index) => index > 0 && !word.startsWith('-')) : undefined
  if (script === undefined) return [words]
  return script.slice(0, longestScript).split(/[;&|\n]+/).map(part => part.trim().split(/\s+/))
}

/** The program behind wrappers: `uv run mcp-hangar serve` and `python -m mcp_hangar` are mcp-hangar. */
function programOf(words: string[]): string {
  for (let index = 0; index < words.length; index++) {
    const name = baseName(words[index])
    if (wrappers.has(name) || name.startsWith('-') || name.includes('=')) continue
    if (!isPython(name)) return name
    return words[index + 1] === '-m' ? (words[index + 2] ?? '').split('.')[0].replaceAll('_', '-') : name
  }
  return ''
}

function isPython(name: string): boolean {
  return name.startsWith('python') && name.length <= 'python3.14'.length
}

function baseName(word: string): string {
  return word.slice(word.lastIndexOf('/') + 1)
}
