import { accessSync, constants } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'
import { UsageError } from './usage.ts'

/** What a git command came to. */
export type GitRun = { status: number; stdout: Buffer; stderr: string }

/** Long enough for the tree of a very large repository, short enough for a repository that makes git wait for ever. */
const longest = 30_000
const most = 512 * 1024 * 1024

/**
 * Runs a git command that reads objects and refs, and nothing of the working tree: no index, no attributes, so no filter, no textconv and no
 * monitor of the file system. Settings that name programs are overridden all the same, and no transport is allowed, so that a repository
 * that lacks objects fetches none. git itself refuses the repository of another user. Throws a UsageError where git cannot be run.
 */
export function git(root: string, args: string[], patience = longest): GitRun {
  const program = programNamed('git')
  if (program === undefined) throw new UsageError('--since: git is not on the PATH')
  // Loaded here alone: without --since no process is ever started.
  const { spawnSync } = process.getBuiltinModule('node:child_process')
  const { status, stdout, stderr, error } = spawnSync(program, ['--no-pager', '--no-optional-locks', '--literal-pathspecs', ...overridden, '-C', root, ...args], {
    env: environment(process.env), stdio: ['ignore', 'pipe', 'pipe'], timeout: patience, killSignal: 'SIGKILL', maxBuffer: most, shell: false, windowsHide: true,
  })
  if (error !== undefined) {
    const code = (error as NodeJS.ErrnoException).code
    const why = code === 'ETIMEDOUT' ? `git did not answer in ${patience / 1000} seconds` : code === 'ENOBUFS' ? `git answered with more than ${most} bytes` : `git could not be run: ${code}`
    throw new UsageError(`--since: ${root}: ${why}`)
  }
  return { status: status ?? 1, stdout, stderr: stderr.toString('utf8').slice(0, 4096) }
}

const overridden = [
  'core.fsmonitor=false', 'core.hooksPath=/dev/null', 'core.pager=cat', 'core.sshCommand=false', 'core.gitProxy=', 'core.alternateRefsCommand=', 'core.attributesFile=/dev/null',
  'credential.helper=', 'protocol.allow=never', 'diff.external=', 'submodule.recurse=false', 'gc.auto=0', 'maintenance.auto=false',
].flatMap(setting => ['-c', setting])

/** Configuration that the user has set stays, for `safe.directory`; what speaks of another repository (in a hook, say) does not. */
function environment(own: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(own).filter(([name]) => !name.startsWith('GIT_') || /^GIT_CONFIG(_|$)/.test(name))
  return {
    ...Object.fromEntries(kept),
    LC_ALL: 'C', GIT_ALLOW_PROTOCOL: 'none', GIT_NO_LAZY_FETCH: '1', GIT_NO_REPLACE_OBJECTS: '1', GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', GIT_ASKPASS: '', SSH_ASKPASS: '',
    GIT_SSH_COMMAND: 'false', NoDefaultCurrentDirectoryInExePath: '1',
  }
}

/** A program by the absolute folders of the PATH: never one of the folder that is scanned. */
function programNamed(name: string): string | undefined {
  const names = process.platform === 'win32' ? [`${name}.exe`] : [name]
  return (process.env.PATH ?? '').split(delimiter).filter(isAbsolute).flatMap(folder => names.map(one => join(folder, one))).find(isProgram)
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
