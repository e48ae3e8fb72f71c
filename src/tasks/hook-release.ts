import { spawnSync } from 'node:child_process'
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './opa.ts'

/** A repository that has a release: its path, the tag, and what the release script said. */
export type Released = { repository: string; tag: string; version: string; said: string }

/**
 * Clones this repository and has the release script make a release there: of what is committed, with a date in the changelog, and without
 * running the tests. A script that was stopped by an obstacle is an error.
 */
export function releasedClone(repository: string, environment: NodeJS.ProcessEnv): Released {
  const run = (command: string, args: string[], cwd = repository): string => {
    const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', env: environment })
    if (status !== 0) throw new Error(`${command} ${args.join(' ')}: exit ${status}\n${stdout}${stderr}`)
    return stdout
  }
  run('git', ['-c', 'protocol.file.allow=always', 'clone', '--quiet', root, repository], root)
  symlinkSync(join(root, 'node_modules'), join(repository, 'node_modules'), 'dir')
  writeFileSync(join(repository, '.git', 'info', 'exclude'), 'node_modules\n')

  const manifest = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as { version: string; scripts: Record<string, string> }
  const { version, scripts } = manifest
  edit('package.json', () => `${JSON.stringify({ ...manifest, scripts: { ...scripts, check: 'node --version' } }, null, 2)}\n`)
  edit('CHANGELOG.md', text => text.replace(`## ${version} - unreleased`, `## ${version} - 2027-01-31`))
  run('git', ['commit', '--quiet', '--all', '--message', 'ready'])
  const said = run(process.execPath, [join('src', 'tasks', 'release.ts'), version])
  return { repository, tag: `v${version}`, version, said }

  function edit(file: string, change: (text: string) => string): void {
    const path = join(repository, file)
    writeFileSync(path, change(readFileSync(path, 'utf8')))
  }
}
