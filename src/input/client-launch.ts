import type { Json } from '../artefact/document.ts'

/** What a client starts. */
export type Program = { command: Json | undefined; args: Json[]; cwd?: Json }

/**
 * How a Python server is started; `runtime` is `python` only where the command or a script says that it is one.
 *
 * - `uv`: by uv in a project that an absolute path names, or with all that it needs on the command line.
 * - `package`: uvx and the like, which bring the package along.
 * - `no-directory`, `loose-directory`: by uv without a project, or with one that depends on the working directory.
 * - `direct`: by an interpreter or another tool that the client may not find.
 */
export type Launch = {
  runtime: 'python' | 'other'
  program: string
  python?: 'uv' | 'package' | 'no-directory' | 'loose-directory' | 'direct'
  unresolved?: string
}

export function launchOf({ command, args }: Program): Launch | undefined {
  if (typeof command !== 'string' || command.trim() === '') return undefined
  const [program, given] = unwrapped(command, args)
  const name = programName(program)
  if (/[${]/.test(name)) return { runtime: 'other', program: '', unresolved: 'the command is a variable' }
  if (name === 'uv') return { runtime: 'python', program: name, ...uvLaunch(given) }
  if (name === 'uvx' || name === 'pipx') return { runtime: 'python', program: name, python: 'package' }
  const isPython = pythonTools.has(name) || /^(python|pythonw|py|pypy)[\d.]*$/.test(name)
  return isPython ? { runtime: 'python', program: name, python: 'direct' } : { runtime: 'other', program: name }
}

const pythonTools = new Set(['fastmcp', 'mcp', 'poetry', 'pdm', 'hatch', 'rye', 'pipenv', 'uvicorn', 'conda'])

/** `cmd /c npx ...` starts npx. */
export function unwrapped(command: string, args: Json[]): [string, Json[]] {
  const name = programName(command)
  if (name === 'cmd' && typeof args[0] === 'string' && /^\/[ck]$/i.test(args[0]) && typeof args[1] === 'string') return [args[1], args.slice(2)]
  if ((name === 'wsl' || name === 'env') && typeof args[0] === 'string' && !/^-|=/.test(args[0])) return [args[0], args.slice(1)]
  return [command, args]
}

/** The name of a program without its folder and `.exe`, lower case. */
export function programName(command: string): string {
  return command.trim().slice(Math.max(command.lastIndexOf('/'), command.lastIndexOf('\\')) + 1).replace(/\.(exe|cmd|bat)$/i, '').toLowerCase()
}

/** Options of uv that take a value; what follows another option may be the program. */
const valued = new Set([
  '--directory', '--project', '--with', '--with-editable', '--with-requirements', '--python', '-p', '--extra', '--group', '--env-file', '--index', '--index-url',
  '--extra-index-url', '--config-file', '--cache-dir', '--only-group', '--no-group', '--package', '--from', '-m', '--module', '--refresh-package', '-w',
])

function uvLaunch(args: Json[]): { python: NonNullable<Launch['python']>; unresolved?: string } {
  let directory: string | undefined
  let alone = false
  let ran = false
  for (let index = 0; index < args.length; index++) {
    const argument = args[index]
    if (typeof argument !== 'string') continue
    const [option, inline] = /^--[a-z-]+=/.test(argument) ? [argument.slice(0, argument.indexOf('=')), argument.slice(argument.indexOf('=') + 1)] : [argument]
    const value = inline ?? args[index + 1]
    if (option === '--directory' || option === '--project') directory = typeof value === 'string' ? value : ''
    if (option === '--script' || option === '-s' || option === '--no-project' || option === '--with' || option === '--with-requirements') alone = true
    if (valued.has(option) && inline === undefined) index++
    else if (!option.startsWith('-')) {
      if (option === 'tool' && !ran) return { python: 'package' }
      if (option !== 'run' || ran) break
      ran = true
    }
  }
  if (directory === undefined) return { python: alone ? 'uv' : 'no-directory' }
  const why = loose(directory, '')
  if (why === undefined) return { python: 'uv' }
  return why === 'variable' ? { python: 'uv', unresolved: 'the directory is a variable' } : { python: 'loose-directory' }
}

/** Why a path depends on who starts the program; undefined for an absolute one. `client` expands its own variables. */
export function loose(path: string, client: string): 'relative' | 'home' | 'variable' | undefined {
  if (/^[\\/]|^[A-Za-z]:[\\/]|^file:\/\//.test(path)) return undefined
  if (/^~|^\$\{?HOME\b|^%(USERPROFILE|HOMEPATH|APPDATA|LOCALAPPDATA)%|^\$\{?env:HOME\}?|^\$env:/i.test(path)) return 'home'
  if (/^\$\{(workspaceFolder|userHome|CLAUDE_PLUGIN_ROOT|extensionPath)\b/.test(path) && client !== 'claude-desktop') return undefined
  if (/^(\$|\{\{|%\w+%|<[^>]+>)/.test(path)) return 'variable'
  return 'relative'
}
