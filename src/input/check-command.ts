import { shellCommands, type Pipeline, type SimpleCommand } from './shell.ts'

/** What the command of a health check comes to. */
export type CheckCommand = {
  /** It succeeds whatever happens: what makes it so, in words for a message. */
  constant?: string
  /** A shell operator that an exec form hands to the program as an argument. */
  operator?: string
  /** The exec form has a whole command line where the program's name belongs. */
  unsplit?: true
  /** It checks the syntax of a configuration, not whether the service answers: `nginx -t`. */
  syntax?: string
  /** Names of the programs that it runs, without folders. */
  programs: string[]
  /** Programs with their first argument where it is a word, `mcp-gateway health`: for tables of subcommands. */
  subcommands: string[]
  asks: Asked[]
}

/** Where a check asks over the network; `sibling` where the host is another service of its Compose project. */
export type Asked = {
  host: string
  port: number | null
  /** What it asks HTTP servers for, without what follows `?`; absent where that is not written. */
  path?: string
  /** It asks in TLS. */
  tls?: true
  sibling?: true
}

/** The command of `["CMD", ...]`: a program and its arguments, and no shell. */
export function execCheck(argv: string[]): CheckCommand {
  if (argv.length > 0 && /\s/.test(argv[0].trim()) && !argv[0].includes('\\')) return { programs: [], subcommands: [], asks: asked(argv), unsplit: true }
  const check = checkOf([{ join: '', negated: false, commands: [argv] }], argv)
  const operator = argv.find(argument => argument === '||' || argument === '&&' || argument === '|' || argument === ';')
  return operator === undefined ? check : { ...check, operator }
}

/** The command of `["CMD-SHELL", script]`, or of a plain text: a script for the shell. */
export function shellCheck(script: string): CheckCommand {
  const pipelines = shellCommands(script.slice(0, longest))
  return pipelines === undefined ? { programs: [], subcommands: [], asks: asked([script]) } : checkOf(pipelines, [script])
}

const longest = 20_000

function checkOf(pipelines: Pipeline[], texts: string[]): CheckCommand {
  const inner = pipelines.flatMap(({ commands }) => commands).map(withoutWrappers)
  const scripts = inner.map(scriptOf)
  const nested = scripts.flatMap(script => (script === undefined ? [] : [shellCheck(script)]))
  const own = inner.filter((command, index) => scripts[index] === undefined && typeof command[0] === 'string' && command[0] !== 'exit')
  const names = own.map(command => baseName(command[0]!))
  const check: CheckCommand = {
    programs: unique([...names, ...nested.flatMap(({ programs }) => programs)]),
    subcommands: unique([
      ...own.flatMap((command, index) => (/^[a-z][a-z-]*$/.test(command[1] ?? '') ? [`${names[index]} ${command[1]}`] : [])),
      ...nested.flatMap(({ subcommands }) => subcommands),
    ]),
    asks: asked(texts),
  }
  const status = statusOf(pipelines)
  if (status.always === 0) check.constant = status.why
  const syntax = own.find((command, index) => names[index] === 'nginx' && (command.includes('-t') || command.includes('-T')))
  const isSyntax = syntax !== undefined || nested.some(other => other.syntax !== undefined)
  if (isSyntax) check.syntax = 'nginx -t'
  return check
}

/** The exit status that is known beforehand, if one is. */
type Status = { always?: 0 | 1; why: string }

function statusOf(pipelines: Pipeline[]): Status {
  let status: Status = { why: '' }
  for (const pipeline of pipelines) {
    const next = statusOfPipeline(pipeline)
    if (pipeline.join === '&&') status = status.always === 1 ? status : status.always === 0 ? next : next.always === 1 ? next : { why: '' }
    else if (pipeline.join === '||') status = status.always === 0 ? status : next.always === 0 ? next : status.always === 1 ? next : { why: '' }
    else status = next
  }
  return status
}

function statusOfPipeline({ commands, negated }: Pipeline): Status {
  const status = statusOfCommand(withoutWrappers(commands.at(-1)!), commands.length > 1)
  if (!negated || status.always === undefined) return status
  return { always: status.always === 0 ? 1 : 0, why: `! ${status.why}` }
}

function statusOfCommand(command: SimpleCommand, piped: boolean): Status {
  const [program, ...given] = command
  if (typeof program !== 'string') return { why: '' }
  const name = baseName(program)
  const script = scriptOf(command)
  if (script !== undefined) {
    const pipelines = shellCommands(script)
    return pipelines === undefined ? { why: '' } : statusOf(pipelines)
  }
  if (name === 'false') return { always: 1, why: name }
  if (name === 'exit') return exitStatus(given)
  if (succeeding.has(name)) return { always: 0, why: name }
  if (piped && swallowing.has(name) && given.every(argument => argument?.startsWith('-'))) return { always: 0, why: name }
  if (given.length === 1 && /^(--version|--help|-V|-h)$/.test(given[0] ?? '')) return { always: 0, why: `${name} ${given[0]}` }
  const code = codeOf(name, given)
  return code === undefined ? { why: '' } : code
}

const succeeding = new Set(['true', ':', 'echo', 'printf', 'sleep', 'date', 'pwd', 'whoami', 'hostname', 'uname'])
/** At the end of a pipe these succeed whatever comes in. */
const swallowing = new Set(['cat', 'tee', 'wc', 'head'])

function exitStatus([code]: SimpleCommand): Status {
  if (typeof code !== 'string') return { why: '' }
  return /^0+$/.test(code) ? { always: 0, why: 'exit 0' } : { always: 1, why: `exit ${code}` }
}

/** `python -c` and `node -e` with nothing in them that could fail. */
function codeOf(name: string, given: SimpleCommand): Status | undefined {
  const python = /^python[\d.]*$/.test(name)
  if (!python && name !== 'node') return undefined
  const at = given.findIndex(argument => argument !== null && (python ? /^-\w*c$/ : /^(-e|--eval)$/).test(argument))
  const code = at === -1 ? undefined : given[at + 1]
  if (typeof code !== 'string') return undefined
  const statements = code.split(/[;\n]/).map(statement => statement.trim()).filter(statement => statement !== '')
  if (!statements.every(statement => (python ? harmlessPython : harmlessNode).test(statement))) return undefined
  return { always: 0, why: `${name} code that only imports, prints or exits with 0` }
}

const text = String.raw`(?:'[^']*'|"[^"]*")`
const printed = String.raw`\(\s*(?:(?:${text}|[\w.]+)(?:\s*,\s*(?:${text}|[\w.]+))*)?\s*\)`
const harmlessPython = new RegExp(String.raw`^(?:import\s[\w.,\s]+|from\s[\w.]+\simport\s[\w.,\s*()]+|pass|None|True|\d+|${text}|print${printed}|(?:sys\.exit|exit|quit|os\._exit|raise SystemExit)\s*\(?\s*(?:0|None)?\s*\)?)$`)
const harmlessNode = new RegExp(String.raw`^(?:(?:const|let|var)\s\w+\s*=\s*require\(${text}\)|require\(${text}\)|console\.log${printed}|process\.exit\(\s*0?\s*\)|\d+|true)$`)

/** What `sh -c` runs. */
function scriptOf(command: SimpleCommand): string | undefined {
  const [program, ...given] = command
  if (typeof program !== 'string' || !/^(ba|da|a|z)?sh$/.test(baseName(program))) return undefined
  const at = given.findIndex(argument => argument !== null && /^-\w*c$/.test(argument))
  return at === -1 ? undefined : given[at + 1] ?? undefined
}

/** `timeout 5 curl ...` runs curl. */
function withoutWrappers(command: SimpleCommand): SimpleCommand {
  let rest = command
  for (let turn = 0; turn < 8; turn++) {
    const name = typeof rest[0] === 'string' ? baseName(rest[0]) : ''
    if (!wrappers.has(name) || rest.length === 1) return rest
    let index = 1
    while (index < rest.length && (/^-|^\d+[smh]?$|^\w+=/.test(rest[index] ?? ''))) index++
    rest = rest.slice(index)
  }
  return rest
}

const wrappers = new Set(['exec', 'command', 'timeout', 'nice', 'env', 'busybox', 'tini', 'dumb-init', 'gosu', 'su-exec'])

function asked(texts: string[]): Asked[] {
  const text = texts.join(' ').slice(0, longest)
  const urls = [...text.matchAll(/\b(https?|tcp|wss?|redis):\/\/(?:[^\s/@'"]{0,200}@)?(\[[0-9a-fA-F:]+\]|[A-Za-z0-9_.-]+)(?::(\d{1,5}))?((?:\/[\w.~/-]*)?)/g)]
  const bare = [...text.matchAll(/(?<=^|[\s'"=(])(localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]):(\d{1,5})((?:\/[\w.~/-]*)?)/g)]
  return [
    ...urls.map(([, scheme, host, port, path]): Asked => ({
      host,
      port: port === undefined ? defaultPorts[scheme] ?? null : Number(port),
      ...(scheme.startsWith('http') && { path: path === '' ? '/' : path }),
      ...(scheme === 'https' && { tls: true }),
    })),
    ...bare.map(([, host, port, path]): Asked => ({ host, port: Number(port), ...(path !== '' && { path }) })),
  ]
}

const defaultPorts: { [scheme: string]: number } = { http: 80, ws: 80, https: 443, wss: 443 }

function baseName(program: string): string {
  return program.slice(Math.max(program.lastIndexOf('/'), program.lastIndexOf('\\')) + 1)
}

function unique(texts: string[]): string[] {
  return [...new Set(texts)]
}
