import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { documentsFor } from './bench-documents.ts'
import { configOf, project, type Ran } from './hook-project.ts'
import type { Released } from './hook-release.ts'

const installations = 3
const commits = 7

/** Prints what a commit costs: the first one, which installs the hook, those that come later, and what pre-commit itself takes. */
export function benchHook(scratch: string, program: string, environment: NodeJS.ProcessEnv, { repository, tag }: Released): void {
  const home = environment.PRE_COMMIT_HOME!
  const manifests = Object.fromEntries(documentsFor(100).map((text, index) => [`deploy/${index}.yaml`, text]))
  const first: number[] = []
  for (let round = 0; round < installations; round++) {
    rmSync(home, { recursive: true, force: true })
    const { commit } = project(join(scratch, `first-${round}`), program, environment, configOf(repository, tag, 'mcp-policy', 'args: [--fail-on, never]'))
    first.push(secondsOf(commit(manifests)))
  }
  const user = project(join(scratch, 'later'), program, environment, configOf(repository, tag, 'mcp-policy', 'args: [--fail-on, never]'))
  secondsOf(user.commit(manifests))
  const nothing = project(join(scratch, 'nothing'), program, environment, 'repos:\n- repo: local\n  hooks: [{id: nothing, name: nothing, entry: "true", language: system}]\n')
  const alone = join(scratch, 'tree')
  spawnSync('git', ['clone', '--quiet', '--branch', tag, repository, alone], { env: environment })

  const later: number[] = []
  const readme: number[] = []
  const empty: number[] = []
  const lint: number[] = []
  for (let round = 0; round < commits; round++) {
    later.push(secondsOf(user.commit({ 'deploy/0.yaml': `# ${round}\n${manifests['deploy/0.yaml']}` })))
    readme.push(secondsOf(user.commit({ 'README.md': `${round}\n` })))
    empty.push(secondsOf(nothing.commit({ 'deploy/0.yaml': `# ${round}\n` })))
    lint.push(secondsOf(user.run('node', join(alone, 'dist', 'mcp-policy.cjs'), 'lint', '--fail-on', 'never', '.')))
  }
  const node = spawnSync('node', ['--version'], { env: environment, encoding: 'utf8' }).stdout.trim()
  process.stdout.write(`Node ${node}, ${cpus().length} x ${cpus()[0]?.model ?? 'CPU'}, ${Object.keys(manifests).length} manifests, load ${readFileSync('/proc/loadavg', 'utf8').split(' ')[0]}\n\n`)
  process.stdout.write('| what | median | from, to | runs |\n|---|---|---|---|\n')
  for (const [what, seconds] of [
    ['first commit: fetches and installs the hook, then runs it', first],
    ['later commit of a manifest', later],
    ['later commit of the README alone: nothing runs', readme],
    ['a commit with a hook that does nothing', empty],
    ['`mcp-policy lint .` alone', lint],
  ] as const) process.stdout.write(row(what, seconds))
}

function secondsOf({ status, text, seconds }: Ran): number {
  if (status !== 0) throw new Error(text)
  return seconds
}

function row(what: string, seconds: number[]): string {
  const sorted = [...seconds].sort((a, b) => a - b)
  const shown = (value: number) => `${value.toFixed(1)} s`
  return `| ${what} | ${shown(sorted[Math.floor(sorted.length / 2)])} | ${shown(sorted[0])}, ${shown(sorted[sorted.length - 1])} | ${sorted.length} |\n`
}
