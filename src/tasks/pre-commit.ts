import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'

const version = '4.7.0'

/** The real pre-commit, in a virtual environment that later runs use again; or why it cannot be had here. */
export function preCommit(): { program: string; python: string; version: string } | { missing: string } {
  const folder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'mcp-policy', `pre-commit-${version}`)
  const python = join(folder, 'bin', 'python')
  const program = join(folder, 'bin', 'pre-commit')
  const works = () => spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout?.trim() === `pre-commit ${version}`
  if (!works()) {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(join(folder, '..'), { recursive: true })
    for (const [command, args] of [['python3', ['-m', 'venv', folder]], [python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `pre-commit==${version}`]]] as const) {
      const { status, error, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' })
      if (status !== 0) return { missing: `${command} ${args.join(' ')}: ${error?.message ?? `exit ${status}\n${stdout}${stderr}`}` }
    }
    if (!works()) return { missing: `${program} does not run` }
  }
  return { program, python, version }
}

/**
 * The environment of a developer who commits: no scripts of npm around it, so that `node` is the machine's, no settings of git but these.
 * npm is kept off the network: what it would fetch, fails.
 */
export function developer(home: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(npm_|GIT_|PRE_COMMIT|CI$|NODE_OPTIONS$|FORCE_COLOR$)/i.test(name))
  return {
    ...Object.fromEntries(inherited),
    PATH: (process.env.PATH ?? '').split(delimiter).filter(folder => !folder.includes('node_modules')).join(delimiter),
    PRE_COMMIT_HOME: home,
    PRE_COMMIT_COLOR: 'never',
    npm_config_offline: 'true',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'dev',
    GIT_AUTHOR_EMAIL: 'dev@example.com',
    GIT_COMMITTER_NAME: 'dev',
    GIT_COMMITTER_EMAIL: 'dev@example.com',
  }
}
