import type { Json, Path } from '../artefact/document.ts'
import { loose, programName, unwrapped, type Program } from './client-launch.ts'
import { holdsProviderToken } from './secret.ts'
import { isSecretName, type SecretRules } from './secret-name.ts'

/** A path of a server's start that is not the same wherever it is started. `variable`: not known; the others are faults. */
export type PathFault = { path: Path; what: string; why: 'relative' | 'home' | 'placeholder' | 'variable' }

/** What of a server's command, arguments and working directory is a path and not absolute. */
export function pathFaults(program: Program, { client, documented, rules }: { client: string; documented: boolean; rules: SecretRules }): PathFault[] {
  const faults: PathFault[] = []
  const judge = (path: Path, what: string, text: string) => {
    const why = loose(text, client) ?? (!documented && placeholder.test(text) ? 'placeholder' as const : undefined)
    if (why !== undefined) faults.push({ path, what, why })
  }
  const { command, args, cwd } = program
  if (typeof command === 'string' && /[\\/]|^[~$]/.test(command)) judge(['command'], 'the command', command)
  if (typeof cwd === 'string') judge(['cwd'], 'the working directory', cwd)
  if (typeof command !== 'string') return faults
  for (const { index, text, what } of pathArguments(command, args, rules)) judge(['args', index], what, text)
  return faults
}

/** A path that stands for one to be filled in. */
const placeholder = /(^|[\\/])(absolute[\\/])?path[\\/]to([\\/]|$)|^[\\/]?(absolute|full)[\\/]|[\\/](your|my)[-_]?(user(name)?|name|project|path|folder)([\\/]|$)|<[^>]+>|\bYOUR_/i

type PathArgument = { index: number; text: string; what: string }

function pathArguments(command: string, args: Json[], rules: SecretRules): PathArgument[] {
  const [program, given] = unwrapped(command, args)
  const offset = args.length - given.length
  const name = programName(program)
  if (containerTools.has(name)) return mountedPaths(given).map(found => ({ ...found, index: found.index + offset }))
  const found: PathArgument[] = []
  let packages = packageRunners.has(name) ? 1 : 0
  let based = false
  for (let index = 0; index < given.length; index++) {
    const argument = given[index]
    if (typeof argument !== 'string') continue
    const [, option, inline] = /^(--?[A-Za-z][\w.-]*)(?:=([\s\S]*))?$/.exec(argument) ?? []
    if (option !== undefined) {
      const at = inline === undefined ? index + 1 : index
      const value = inline ?? given[index + 1]
      if (typeof value === 'string' && pathOptions.has(option)) {
        found.push({ index: at + offset, text: value, what: `the value of ${option}` })
        based ||= baseOptions.has(option) && loose(value, '') === undefined
        if (inline === undefined) index++
      } else if (isValueOnly(option, name, rules)) index += inline === undefined ? 1 : 0
      else if (specOptions.has(option) || inline !== undefined) {
        if (typeof value === 'string' && surePath.test(value)) found.push({ index: at + offset, text: value, what: `the value of ${option}` })
        if (specOptions.has(option)) packages = 0
        if (inline === undefined) index++
      }
      continue
    }
    if (packages > 0) packages -= subcommands.has(argument) ? 0 : 1
    else if (isPath(argument) && !(based && loose(argument, '') === 'relative')) found.push({ index: index + offset, text: argument, what: `argument ${index + offset + 1}` })
  }
  return found
}

const containerTools = new Set(['docker', 'podman', 'nerdctl', 'finch'])
/** Their first argument names a package. */
const packageRunners = new Set(['npx', 'bunx', 'uvx', 'pipx', 'pnpx'])
const subcommands = new Set(['run', 'exec', 'dlx'])
const pathOptions = new Set(['--directory', '--project', '--config', '--config-file', '--env-file', '--cwd', '--prefix', '-C'])
/** After these, relative paths are below a known folder. */
const baseOptions = new Set(['--directory', '--cwd', '-C'])
/** Their value is a package or a module. */
const specOptions = new Set(['--from', '--package', '-p', '--with', '-m', '--python', '--header', '-H'])

/** What cannot be a package, a module or a name. */
const surePath = /^\.{1,2}([\\/]|$)|^~|^\$\{?HOME\b/

/** Options whose value is no path whatever it looks like: secrets, and programs given as text. */
function isValueOnly(option: string, program: string, rules: SecretRules): boolean {
  const isCode = /^(-c|-e|--eval|--command)$/.test(option) && /^(python|node|sh|bash|zsh|powershell|pwsh|deno|bun)/.test(program)
  return isCode || otherOptions.test(option) || isSecretName(option.replace(/^-+/, ''), undefined, rules)
}

const otherOptions = /^--(repo|model|image|(local-)?timezone|tz|route|endpoint|scope|(mime|media|content)-type)$/

function isPath(argument: string): boolean {
  if (/^~|^\$\{?HOME\b|^\.{1,2}$|^\{\{[^{}]*\}\}[\\/]/.test(argument)) return true
  if (holdsProviderToken(argument) || /^[a-z][a-z0-9+.-]*:(\/\/|[^\\/])/i.test(argument) && !/^[A-Za-z]:[\\/]/.test(argument)) return false
  if (/^[@{[]|\s|[=,;|&]/.test(argument) && !/^[./\\]|^[A-Za-z]:[\\/]/.test(argument)) return false
  if (/^[\w.-]+\/[\w.-]+@[\w.^~-]+$/.test(argument)) return false
  return /[\\/]/.test(argument) || /\.(py|js|mjs|cjs|ts|jar)(:\w+)?$/.test(argument)
}

/** The sources of `-v`, `--volume` and `--mount`; what else `docker run` is given is images, variables and paths in the container. */
function mountedPaths(args: Json[]): PathArgument[] {
  const found: PathArgument[] = []
  for (let index = 0; index < args.length; index++) {
    const [, option, inline] = /^(-v|--volume|--mount|--env-file)(?:=([\s\S]*))?$/.exec(String(args[index])) ?? []
    if (option === undefined) continue
    const at = inline === undefined ? ++index : index
    const value = inline ?? args[at]
    if (typeof value !== 'string') continue
    const source = option === '--env-file' ? value : option === '--mount' ? mountSource(value) : /^(?:[A-Za-z]:[\\/])?[^:]*/.exec(value)![0]
    const isBind = option === '--env-file' || (option === '--mount' ? /type=bind/.test(value) : /[\\/]|^[.~$]/.test(source))
    if (isBind && source !== '') found.push({ index: at, text: source, what: `the value of ${option}` })
  }
  return found
}

function mountSource(value: string): string {
  return /(?:^|,)(?:src|source)=([^,]*)/.exec(value)?.[1] ?? ''
}
